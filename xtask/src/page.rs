//! The page: `dist/`.

use crate::say::Step;
use crate::{Result, order, run, setup};
use std::path::PathBuf;
use std::process::Command;

/// What the page is made of.
const SOURCES: [&str; 7] = ["src", "www", "static", "Cargo.toml", "Cargo.lock", "Trunk.toml", "rust-toolchain.toml"];

/// Builds the page, small, unless it stands as its sources are; its folder.
pub fn build() -> Result<PathBuf> {
    setup::page()?;
    fetch()?;
    let (dist, stamp) = (run::root().join("dist"), run::root().join("target/page-sources"));
    let sources = sources();
    if dist.join("partita_bg.wasm").is_file() && std::fs::read_to_string(&stamp).is_ok_and(|built| built == sources) {
        return Ok(dist);
    }
    let step = Step::begin("the page", "two to three minutes the first time, seconds if nothing changed");
    let mend = "The lines above are the compiler's or trunk's.";
    let mut built = trunk();
    built.args(["build", "--release"]).env("CARGO_ENCODED_RUSTFLAGS", rustflags());
    run::quietly(&mut built, step, |line| line.trim().to_owned(), mend)?;
    order::apply(&dist.join("partita_bg.wasm"))?;
    // Without the stamp the next build only takes longer.
    drop(std::fs::write(stamp, sources));
    Ok(dist)
}

/// What the compiler is told for the page, as cargo takes it. Where a crate might panic, its file's name stays in the module: it says which
/// crate's, and not where it lay on the machine that built the page.
fn rustflags() -> String {
    let crates = std::fs::read_dir(setup::cargo_home().join("registry/src")).into_iter().flatten();
    let remapped = crates.filter_map(|folder| Some(format!("--remap-path-prefix={}=crates", folder.ok()?.path().display())));
    let told = std::env::var("RUSTFLAGS").unwrap_or_default();
    told.split_whitespace().map(str::to_owned).chain(remapped).collect::<Vec<_>>().join("\u{1f}")
}

/// Every file that the page is made of, with its size and when it was changed: a line each, in order of name.
fn sources() -> String {
    let mut lines = Vec::new();
    let mut open: Vec<PathBuf> = SOURCES.iter().map(|name| run::root().join(name)).collect();
    while let Some(path) = open.pop() {
        match std::fs::read_dir(&path) {
            Ok(entries) => open.extend(entries.filter_map(|entry| Some(entry.ok()?.path()))),
            Err(_) => {
                lines.extend(std::fs::metadata(&path).map(|file| format!("{} {} {:?}", path.display(), file.len(), file.modified().ok())))
            }
        }
    }
    lines.sort();
    lines.join("\n")
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
