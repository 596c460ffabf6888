//! What npm brings: wasm-opt for the page; kafkajs, a driver for the browser and axe for the tests. Pinned by `tests/package-lock.json`.

use crate::say::Step;
use crate::{Result, run};
use std::process::Command;

const OLDEST: u32 = 20;

/// `node`, with the program to run to be added.
pub fn node() -> Result<Command> {
    let mend = format!("Install Node.js {OLDEST} or newer, with npm: the page's optimiser and the tests need it.");
    let told = run::output(run::command("node").arg("--version")).ok_or_else(|| format!("node is not here.\n{mend}"))?;
    let major = told.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST) {
        return Err(format!("node is {told}, too old.\n{mend}"));
    }
    Ok(run::command("node"))
}

/// The packages that the lock file names.
pub fn packages() -> Result<()> {
    node()?;
    let tests = run::root().join("tests");
    let lock = std::fs::read(tests.join("package-lock.json")).map_err(|error| format!("tests/package-lock.json: {error}"))?;
    let installed = tests.join("node_modules/.installed-by-lock.json");
    if std::fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let step = Step::begin("packages from npm: wasm-opt, kafkajs, playwright-core, axe-core", "a download of 30 MB, half a minute");
    let mut npm = run::command("npm");
    npm.current_dir(&tests).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    let mend = "Check that npm can download packages (`npm ping`), then start the chore again.";
    run::quietly(&mut npm, step, |line| line.to_owned(), mend)?;
    std::fs::write(&installed, lock).map_err(|error| format!("{}: {error}", installed.display()))
}
