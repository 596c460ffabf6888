//! Tools that are compiled: trunk and wasm-bindgen. Unoptimised and without the features that speak TLS (nothing is downloaded with
//! them) they take three minutes on two cores instead of eight, and are quick enough for their work.

use super::tools;
use crate::say::Step;
use crate::{Result, run};

/// A package with programs, in the one version that is used.
pub struct CargoTool {
    package: &'static str,
    version: &'static str,
    /// Those needed of its programs.
    programs: &'static [&'static str],
    /// How many crates are compiled for it.
    crates: u32,
    expected: &'static str,
}

/// Its version is that of the crate `wasm-bindgen` in Cargo.toml: they must be the same.
pub const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    version: "0.2.129",
    programs: &["wasm-bindgen", WASM_BINDGEN_TEST_RUNNER],
    crates: 149,
    expected: "compiled once, about a minute on two cores",
};
pub const WASM_BINDGEN_TEST_RUNNER: &str = "wasm-bindgen-test-runner";
pub const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    version: "0.21.14",
    programs: &["trunk"],
    crates: 358,
    expected: "compiled once, two to three minutes on two cores",
};

pub fn install(tool: &CargoTool) -> Result<()> {
    if tool.programs.iter().all(|program| is_installed(tool, program)) {
        return Ok(());
    }
    let step = Step::begin(format!("{} {}", tool.package, tool.version), tool.expected);
    let build = tools().join("build");
    let mut command = run::cargo();
    command.current_dir(std::env::temp_dir());
    command.args(["install", "--locked", "--force", "--debug", "--no-default-features", "--root"]).arg(tools());
    command.arg(format!("{}@{}", tool.package, tool.version));
    command.args(tool.programs.iter().flat_map(|program| ["--bin", program]));
    command.env("CARGO_TARGET_DIR", &build).env("CARGO_INCREMENTAL", "0");
    command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_PROFILE_DEV_OPT_LEVEL", "0").env("CARGO_PROFILE_DEV_PANIC", "abort");
    let mut compiled = 0;
    let how_far = |line: &str| {
        compiled += u32::from(line.trim_start().starts_with("Compiling "));
        format!("{compiled} of {} crates", tool.crates.max(compiled))
    };
    let mend =
        "Check that crates can be downloaded and that a C linker (`cc`) is there, then start the chore again: it goes on where it stopped.";
    let done = run::quietly(&mut command, step, how_far, mend);
    if done.is_ok() {
        // Half a gigabyte that nobody needs again.
        drop(std::fs::remove_dir_all(build));
    }
    done
}

fn is_installed(tool: &CargoTool, program: &str) -> bool {
    let told = run::output(run::command(tools().join("bin").join(program)).arg("--version"));
    told.is_some_and(|told| told.split_whitespace().nth(1) == Some(tool.version))
}
