//! `cargo xtask test`: every runner, one after another, and their sum on the last line.

use crate::setup::{self, Browser};
use crate::{Result, page, run, serve};
use std::io::{BufRead as _, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The names that `cargo xtask test` takes.
const SUITES: [&str; 5] = ["engine", "explore", "wasm", "clients", "page"];

/// Tests that ran.
#[derive(Clone, Copy, Default)]
struct Tally {
    passed: u32,
    failed: u32,
    skipped: u32,
}

/// Runs the named suites; all, where none is named.
pub fn test(names: &[String]) -> Result<()> {
    if let Some(unknown) = names.iter().find(|name| !SUITES.contains(&name.as_str())) {
        return Err(format!("there are no tests called `{unknown}`; there are {}", SUITES.join(", ")));
    }
    let mut total = Tally::default();
    for suite in SUITES.into_iter().filter(|suite| names.is_empty() || names.iter().any(|name| name == suite)) {
        let tally = match runners(suite) {
            Ok(runners) => runners.into_iter().map(run_one).sum(),
            Err(message) => {
                eprintln!("✗ {suite}: cannot be run: {message}");
                Tally { failed: 1, ..Tally::default() }
            }
        };
        total = [total, tally].into_iter().sum();
    }
    println!("\n{total}");
    if total.failed > 0 { Err("some tests failed".to_owned()) } else { Ok(()) }
}

struct Runner {
    name: &'static str,
    command: Command,
}

fn runners(suite: &str) -> Result<Vec<Runner>> {
    match suite {
        "engine" => engine(),
        "explore" => explore(),
        "wasm" => wasm(),
        "clients" => clients(),
        "page" => page_tests(),
        _ => Ok(Vec::new()),
    }
}

fn engine() -> Result<Vec<Runner>> {
    page::fetch()?;
    let mut command = run::cargo();
    command.args(["test", "--locked", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]);
    Ok(vec![Runner { name: "engine, natively", command }])
}

/// Random histories, and deliberate bugs that must be found in them: thousands, so in an optimised build.
fn explore() -> Result<Vec<Runner>> {
    page::fetch()?;
    let mut command = run::cargo();
    command.args(["test", "--locked", "--profile", "explore", "--features", "deliberate-bugs", "--test", "explore"]);
    Ok(vec![Runner { name: "random histories", command }])
}

/// The tests of `tests/wasm.rs` and those inside of `src/ui`, in headless Chromium.
fn wasm() -> Result<Vec<Runner>> {
    setup::page()?;
    page::fetch()?;
    let Browser { chromium, chromedriver } = setup::browser()?;
    let capabilities = run::root().join("target/webdriver.json");
    let arguments = CHROMIUM_ARGUMENTS.map(|argument| format!("\"{argument}\"")).join(", ");
    let json = format!("{{\"goog:chromeOptions\": {{\"binary\": {:?}, \"args\": [{arguments}]}}}}\n", chromium.display().to_string());
    std::fs::write(&capabilities, json).map_err(|error| format!("{}: {error}", capabilities.display()))?;
    let mut command = run::cargo();
    command.args(["test", "--locked", "--target", "wasm32-unknown-unknown", "--no-default-features", "--lib", "--test", "wasm"]);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", setup::tools().join("bin").join(setup::WASM_BINDGEN_TEST_RUNNER));
    command.env("CHROMEDRIVER", chromedriver).env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities).env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    Ok(vec![Runner { name: "engine, in Chromium", command }])
}

const CHROMIUM_ARGUMENTS: [&str; 9] = [
    "headless",
    "no-sandbox",
    "disable-gpu",
    "disable-dev-shm-usage",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
];

/// Real clients against `partita serve`.
fn clients() -> Result<Vec<Runner>> {
    setup::packages()?;
    let python = setup::python()?;
    let server = serve::server("dev")?;
    let mut kafkajs = node_test("tests/clients")?;
    kafkajs.env("PARTITA", &server);
    let mut others = run::command(python);
    others.args(["-m", "unittest", "discover", "--verbose", "--start-directory", "tests/clients"]).env("PARTITA", &server);
    if let Some(kcat) = setup::kcat() {
        others.env("KCAT", kcat);
    }
    others.env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(vec![
        Runner { name: "kafkajs against `partita serve`", command: kafkajs },
        Runner { name: "kafka-python, confluent-kafka and kcat against `partita serve`", command: others },
    ])
}

/// The page as it is shipped, driven in Chromium.
fn page_tests() -> Result<Vec<Runner>> {
    let browser = setup::browser()?;
    let dist = page::build()?;
    let server = serve::server("dev")?;
    let mut command = node_test("tests/page")?;
    command.env("PARTITA", server).env("PARTITA_PAGE", dist).env("CHROMIUM", browser.chromium);
    Ok(vec![Runner { name: "the page, in Chromium", command }])
}

/// Node's own runner over the `*.test.mjs` of a folder, one file after another: they share two cores with what they test.
fn node_test(folder: &str) -> Result<Command> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(run::root().join(folder))
        .map_err(|error| format!("{folder}: {error}"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    let mut command = setup::node()?;
    command.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(files);
    Ok(command)
}

/// Runs one, shows what it prints, and counts. One that ran no test, or failed without saying which, counts as a failed test.
fn run_one(Runner { name, mut command }: Runner) -> Tally {
    println!("\n── {name} ──");
    let mut tally = Tally::default();
    let failed = match show(&mut command, |line| tally.read(line)) {
        Err(message) => Some(message),
        Ok(false) if tally.failed == 0 => Some("it failed before or after its tests".to_owned()),
        Ok(_) if tally.passed + tally.failed == 0 => Some("it ran no test".to_owned()),
        Ok(_) => None,
    };
    if let Some(message) = failed {
        println!("✗ {name}: {message}");
        tally.failed += 1;
    }
    tally
}

/// Whether the command succeeded. Its standard output and error are shown and read line by line.
fn show(command: &mut Command, mut read: impl FnMut(&str)) -> Result<bool> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
    let (sender, receiver) = std::sync::mpsc::channel();
    let pipes: [Option<Box<dyn Read + Send>>; 2] =
        [child.stdout.take().map(|pipe| Box::new(pipe) as _), child.stderr.take().map(|pipe| Box::new(pipe) as _)];
    for pipe in pipes.into_iter().flatten() {
        let sender = sender.clone();
        std::thread::spawn(move || {
            let mut pipe = BufReader::new(pipe);
            let mut line = Vec::new();
            while pipe.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
                drop(sender.send(String::from_utf8_lossy(&line).trim_end().to_owned()));
                line.clear();
            }
        });
    }
    drop(sender);
    for line in receiver {
        println!("{line}");
        read(&line);
    }
    child.wait().map(|status| status.success()).map_err(|error| error.to_string())
}

impl Tally {
    /// Adds what a runner's closing line says: cargo's and wasm-bindgen's, Node's, unittest's.
    fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(result) = line.strip_prefix("test result: ") {
            self.passed += number_before(result, " passed");
            self.failed += number_before(result, " failed");
            self.skipped += number_before(result, " ignored");
        } else if let Some((word, count)) = line.strip_prefix("ℹ ").and_then(|rest| rest.split_once(' ')) {
            let count = count.parse().unwrap_or(0);
            match word {
                "pass" => self.passed += count,
                "fail" | "cancelled" => self.failed += count,
                "skipped" => self.skipped += count,
                _ => {}
            }
        } else if let Some(ran) = line.strip_prefix("Ran ").filter(|ran| ran.contains(" test")) {
            self.passed += ran.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(0);
        } else if line == "OK" || line.starts_with("OK (") || line.starts_with("FAILED (") {
            let failed = number_after(line, "failures=") + number_after(line, "errors=");
            let skipped = number_after(line, "skipped=");
            self.passed = self.passed.saturating_sub(failed + skipped);
            self.failed += failed;
            self.skipped += skipped;
        }
    }
}

fn number_before(text: &str, word: &str) -> u32 {
    let digits = text.split(word).next().unwrap_or_default().rsplit(' ').next();
    if text.contains(word) { digits.and_then(|digits| digits.parse().ok()).unwrap_or(0) } else { 0 }
}

fn number_after(text: &str, word: &str) -> u32 {
    let rest = text.split_once(word).map(|(_, rest)| rest).unwrap_or_default();
    rest.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |sum, one| Self {
            passed: sum.passed + one.passed,
            failed: sum.failed + one.failed,
            skipped: sum.skipped + one.skipped,
        })
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn the_closing_lines_of_all_runners_are_summed() {
        let mut tally = Tally::default();
        tally.read("test result: FAILED. 12 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s");
        tally.read("ℹ pass 7");
        tally.read("ℹ fail 1");
        tally.read("ℹ cancelled 0");
        tally.read("Ran 5 tests in 1.234s");
        tally.read("FAILED (failures=1, errors=1, skipped=1)");
        tally.read("Ran 1 test in 0.1s");
        tally.read("OK");
        assert_eq!(tally.to_string(), "22 passed, 4 failed, 3 skipped");
    }
}
