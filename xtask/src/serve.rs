//! `cargo xtask serve`: from a clean clone to a cluster that listens.

use crate::say::Step;
use crate::{Result, page, run};
use std::path::PathBuf;

pub fn serve(arguments: &[String]) -> Result<()> {
    let dist = page::build()?;
    let mut server = run::command(server("release")?);
    server.arg("serve").arg("--page").arg(dist).args(arguments);
    start(server)
}

/// Builds the server and says where it lies. `profile` is `dev` or `release`.
pub fn server(profile: &str) -> Result<PathBuf> {
    let step = Step::begin(format!("the server ({profile})"), "one to three minutes the first time, then seconds");
    let mut cargo = run::cargo();
    cargo.args(["build", "--locked", "--bin", "partita", "--profile", profile]);
    let mut compiled = 0;
    let how_far = |line: &str| {
        compiled += u32::from(line.trim_start().starts_with("Compiling "));
        format!("{compiled} crates")
    };
    run::quietly(&mut cargo, step, how_far, "The lines above are the compiler's.")?;
    let folder = if profile == "dev" { "debug" } else { profile };
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from).unwrap_or_else(|| run::root().join("target"));
    Ok(target.join(folder).join("partita"))
}

/// The server takes this process' place, so that Ctrl-C and its exit status are its own.
#[cfg(unix)]
fn start(mut server: std::process::Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    let error = server.exec();
    Err(format!("{} cannot be started: {error}", server.get_program().to_string_lossy()))
}

#[cfg(not(unix))]
fn start(mut server: std::process::Command) -> Result<()> {
    run::shown(&mut server, "partita serve")
}
