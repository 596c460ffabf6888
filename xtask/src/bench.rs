//! `cargo xtask bench`: what the project promises of size and speed, as figures.

use crate::{Result, page, run, serve, setup};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

/// Records written and read over TCP.
const RECORDS: &str = "1000000";

/// So many records are in the logs when a frame's work is measured.
const LOGS: [&str; 2] = ["1000", "1000000"];

/// Names and numbers, as a program printed them.
type Figures = Vec<(String, f64)>;

pub fn bench(arguments: &[String]) -> Result<()> {
    let kafka = match arguments {
        [] => None,
        [flag, address] if flag == "--kafka" => Some(address.as_str()),
        _ => return Err("usage: cargo xtask bench [--kafka HOST:PORT]".to_owned()),
    };
    let dist = page::build()?;
    let browser = setup::browser()?;
    let python = setup::python()?;
    println!("\n── the page ──");
    let measured = figures(setup::node()?.arg("benches/page.mjs").arg(&dist).env("CHROMIUM", &browser.chromium))?;
    for how in ["raw", "gzip", "brotli"] {
        println!("weight, {how:<34} {:>9.0} KB", figure(&measured, &format!("weight {how}"))? / 1000.0);
    }
    println!("from navigation to a live cluster          {:>9.2} s", figure(&measured, "live")?);

    frames(&dist, &browser.chromium)?;

    println!("\n── the engine ──");
    let native = figures(run::cargo().args(["bench", "--quiet", "--locked", "--bench", "engine"]))?;
    let names = native.iter().map(|(name, _)| name);
    let wasm = figures(setup::node()?.arg("benches/engine.mjs").arg(engine_in_wasm()?).args(names))?;
    for (name, seconds) in &native {
        println!("{name:<20} natively             {seconds:>9.3} s");
        println!("{name:<20} wasm ÷ native        {:>9.2}", figure(&wasm, name)? / seconds);
    }

    for bench in ["memory", "age"] {
        for (name, figure) in figures(run::cargo().args(["bench", "--quiet", "--locked", "--bench", bench]))? {
            println!("{name:<60} {figure:>9.2}");
        }
    }

    println!("\n── over TCP: one client (librdkafka), {RECORDS} records of 100 bytes, 6 partitions, acks=all ──");
    let server = Server::start(&serve::server("release")?)?;
    let ours = throughput(&python, &server.bootstrap)?;
    drop(server);
    let theirs = kafka.map(|address| throughput(&python, address)).transpose()?;
    for (name, rate) in &ours {
        println!("{name:<20} records a second     {rate:>9.0}");
        match &theirs {
            Some(theirs) => println!("{name:<20} ours ÷ Apache Kafka  {:>9.2}", rate / figure(theirs, name)?),
            None => println!("{name:<20} (with --kafka HOST:PORT: beside Apache Kafka)"),
        }
    }
    Ok(())
}

/// The work of a frame, with few records in the logs and with very many.
fn frames(dist: &Path, chromium: &Path) -> Result<()> {
    println!("\n── a frame of the page: 9 brokers, 100 partitions, 100 consumers, 5,000 records a second ──");
    let measured = figures(setup::node()?.arg("benches/frame.mjs").arg(dist).args(LOGS).env("CHROMIUM", chromium))?;
    for (name, figure) in &measured {
        println!("{name:<60} {figure:>9.2}");
    }
    let [few, many] = LOGS;
    for share in ["p50", "p99"] {
        let of = |records: &str| figure(&measured, &format!("{records} records: the frame's work, {share}, ms"));
        println!("{:<60} {:>9.2}", format!("the frame's work, {share}: {many} records ÷ {few}"), of(many)? / of(few)?);
    }
    Ok(())
}

fn throughput(python: &Path, bootstrap: &str) -> Result<Figures> {
    let of = |replicas| figures(run::command(python).args(["benches/throughput.py", bootstrap, RECORDS, replicas]));
    Ok([of("1")?, of("3")?].concat())
}

/// Runs a program that prints lines of a name, a tab and a number.
fn figures(command: &mut std::process::Command) -> Result<Figures> {
    let what = format!("{:?}", command.get_program());
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| format!("{what}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{what} failed ({})", output.status));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, number)| Some((name.to_owned(), number.parse().ok()?)))
        .collect())
}

fn figure(figures: &Figures, name: &str) -> Result<f64> {
    figures.iter().find(|(known, _)| known == name).map(|(_, number)| *number).ok_or_else(|| format!("{name} was not measured"))
}

/// The engine's workloads compiled as the page is, for Node: the folder.
fn engine_in_wasm() -> Result<PathBuf> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut cargo = run::cargo();
    cargo.args(["build", "--quiet", "--locked", "--bench", "engine", "--no-default-features", "--profile", "page", "--target", TARGET]);
    let json = run::output(cargo.arg("--message-format=json")).ok_or("the engine's workloads could not be compiled for wasm")?;
    let ends = |file: &&str| file.ends_with(".wasm") && file.contains("engine-");
    let file = json.split('"').rfind(ends).ok_or("cargo did not say where the compiled workloads are")?;
    let folder = run::root().join("target/bench-wasm");
    let mut bindgen = run::command(setup::tools().join("bin/wasm-bindgen"));
    bindgen.args(["--target", "nodejs", "--out-name", "engine", "--out-dir"]).arg(&folder).arg(file);
    run::shown(&mut bindgen, "wasm-bindgen")?;
    Ok(folder)
}

/// A server that ends when this is dropped.
struct Server {
    child: Child,
    bootstrap: String,
}

impl Server {
    fn start(program: &Path) -> Result<Self> {
        let mut command = run::command(program);
        command.args(["serve", "--no-http", "--port", "0"]).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let lines = child.stdout.take().map(BufReader::new).into_iter().flat_map(|out| out.lines().map_while(|line| line.ok()));
        let mut server = Self { child, bootstrap: String::new() };
        for line in lines {
            if let Some((_, address)) = line.split_once(" on ").filter(|(what, _)| *what == "broker 1") {
                server.bootstrap = address.to_owned();
            }
            if line == "ready" {
                return Ok(server);
            }
        }
        Err("partita serve ended before it was ready".to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
