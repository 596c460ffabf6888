use crate::Result;

pub fn screenshots(_arguments: &[String]) -> Result<()> {
    Err("not written yet".to_owned())
}
