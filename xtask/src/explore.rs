//! `cargo xtask explore`: random histories, as many as are asked for, in an optimised build.

use crate::{Result, run};

/// Builds the explorer and hands it the options: `--seeds N`, `--from S`, `--scenario X`.
pub fn explore(arguments: &[String]) -> Result<()> {
    crate::page::fetch()?;
    let mut command = run::cargo();
    command.args(["bench", "--quiet", "--locked", "--bench", "explore", "--"]).args(arguments);
    run::shown(&mut command, "the exploration")
}
