//! The page: `dist/`.

use crate::say::Step;
use crate::{Result, run, setup};
use std::path::PathBuf;
use std::process::Command;

/// Builds the page, small; its folder.
pub fn build() -> Result<PathBuf> {
    setup::page()?;
    fetch()?;
    let step = Step::begin("the page", "two to three minutes the first time, seconds if nothing changed");
    let mend = "The lines above are the compiler's or trunk's.";
    run::quietly(trunk().args(["build", "--release"]), step, |line| line.trim().to_owned(), mend)?;
    Ok(run::root().join("dist"))
}

/// The page with its own engine at http://127.0.0.1:8081, built without optimisation and again whenever a file changes.
pub fn dev(arguments: &[String]) -> Result<()> {
    setup::page()?;
    fetch()?;
    run::shown(trunk().args(["serve", "--dist", "target/dev-page"]).args(arguments), "trunk serve")
}

/// trunk, which takes its tools from PATH and downloads nothing.
fn trunk() -> Command {
    let mut trunk = run::command(setup::tools().join("bin/trunk"));
    trunk.env("PATH", setup::path()).env("TRUNK_OFFLINE", "true").env("NO_COLOR", "true").env("TRUNK_SKIP_VERSION_CHECK", "true");
    trunk
}

/// All crates that Cargo.lock names, so that nothing needs the network later.
pub fn fetch() -> Result<()> {
    run::shown(
        run::cargo().args(["fetch", "--locked", "--quiet"]),
        "`cargo fetch`: the crates that Cargo.lock names could not all be downloaded, it",
    )
}
