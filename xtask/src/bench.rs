use crate::Result;

pub fn bench(_arguments: &[String]) -> Result<()> {
    Err("not written yet".to_owned())
}
