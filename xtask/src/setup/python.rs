//! A Python environment with the clients that the tests run, pinned by `tests/clients/requirements.txt`.

use super::tools;
use crate::say::Step;
use crate::{Result, run};
use std::path::PathBuf;

/// The environment's interpreter.
pub fn python() -> Result<PathBuf> {
    let requirements = run::root().join("tests/clients/requirements.txt");
    let wanted = std::fs::read(&requirements).map_err(|error| format!("{}: {error}", requirements.display()))?;
    let folder = tools().join("python");
    let python = folder.join("bin/python");
    let installed = folder.join("installed-by-requirements.txt");
    if python.is_file() && std::fs::read(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    let step = Step::begin("a Python environment with kafka-python and confluent-kafka", "a download of 10 MB, half a minute");
    let mend = "Install Python 3.10 or newer with its venv module (Debian: python3-venv), check that pip can download packages, then start the chore again.";
    let mut venv = run::command("python3");
    venv.args(["-m", "venv", "--clear"]).arg(&folder);
    run::quietly(&mut venv, Step::begin("  the environment", "seconds"), |line| line.to_owned(), mend)?;
    let mut pip = run::command(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:", "-r"]).arg(&requirements);
    run::quietly(&mut pip, step, |line| line.to_owned(), mend)?;
    std::fs::write(&installed, wanted).map_err(|error| format!("{}: {error}", installed.display()))?;
    Ok(python)
}
