//! Sets up what is missing, in the versions that the project is tested with.
//!
//! Compiled tools and the Python environment lie in `$CARGO_HOME/partita-tools` (or `$PARTITA_TOOLS`), so that every checkout shares them;
//! what npm brings lies in `tests/node_modules`.

mod browser;
mod cargo_tools;
mod node;
mod python;

pub use browser::{Browser, browser, kcat};
pub use cargo_tools::{TRUNK, WASM_BINDGEN, WASM_BINDGEN_TEST_RUNNER};
pub use node::{node, packages};
pub use python::python;

use crate::{Result, run};
use std::ffi::OsString;
use std::path::PathBuf;

/// The folder of the tools that were compiled for this project.
pub fn tools() -> PathBuf {
    std::env::var_os("PARTITA_TOOLS").map(PathBuf::from).unwrap_or_else(|| cargo_home().join("partita-tools"))
}

/// Where cargo keeps what it downloads.
pub fn cargo_home() -> PathBuf {
    let told = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    told.unwrap_or_else(|| std::env::home_dir().unwrap_or_default().join(".cargo"))
}

/// All that any chore needs.
pub fn everything() -> Result<()> {
    page()?;
    python()?;
    browser()?;
    if kcat().is_none() {
        eprintln!("  (kcat is not here: its tests are skipped)");
    }
    eprintln!("✓ all set up");
    Ok(())
}

/// What building the page needs: the wasm target, wasm-bindgen, trunk, wasm-opt.
pub fn page() -> Result<()> {
    wasm_target()?;
    cargo_tools::install(&WASM_BINDGEN)?;
    cargo_tools::install(&TRUNK)?;
    packages()
}

/// PATH with this project's tools in front.
pub fn path() -> OsString {
    let own = [tools().join("bin"), run::root().join("tests/node_modules/.bin")];
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(own.into_iter().chain(std::env::split_paths(&inherited))).unwrap_or(inherited)
}

const WASM: &str = "wasm32-unknown-unknown";

/// The standard library for wasm. rustup installs it with the toolchain, as `rust-toolchain.toml` asks; a toolchain that was there before may lack it.
pub fn wasm_target() -> Result<()> {
    let sysroot = run::output(run::command("rustc").args(["--print", "sysroot"])).ok_or("rustc is not here: install Rust with rustup")?;
    if PathBuf::from(sysroot).join("lib/rustlib").join(WASM).join("lib").is_dir() {
        return Ok(());
    }
    let step = crate::say::Step::begin("the Rust target wasm32-unknown-unknown", "a download, under a minute");
    let mend = "Install the standard library for wasm32-unknown-unknown: `rustup target add wasm32-unknown-unknown`, or your system's package of it.";
    run::quietly(run::command("rustup").args(["target", "add", WASM]), step, |line| line.to_owned(), mend)
}
