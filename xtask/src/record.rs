//! `cargo xtask record --kafka PROGRAM SCRIPT...`: what Apache Kafka answers to scripts in which brokers are killed, paused and started again.
//!
//! PROGRAM runs a cluster of Apache Kafka: `PROGRAM start 3 SETTING...`, `PROGRAM ask` (a script's lines on standard input, a line of the
//! transcript for each on standard output), `PROGRAM kill 2` (and `shutdown`, `pause`, `resume`, `restart`), `PROGRAM stop`. Every script gets a cluster
//! of its own, as its first line says that it needs. The lines are those of `tests/transcripts`; a line `{"node":"kill 2"}` is carried out
//! when all before it is answered.

use crate::{Result, run};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

pub fn record(arguments: &[String]) -> Result<()> {
    let [flag, program, scripts @ ..] = arguments else { return Err(USAGE.to_owned()) };
    if flag != "--kafka" || scripts.is_empty() {
        return Err(USAGE.to_owned());
    }
    scripts.iter().try_for_each(|script| record_one(program, script))
}

const USAGE: &str = "usage: cargo xtask record --kafka PROGRAM SCRIPT.jsonl...";

fn record_one(program: &str, script: &str) -> Result<()> {
    let text = fs::read_to_string(script).map_err(|error| format!("{script}: {error}"))?;
    let (brokers, settings) = needs(text.lines().next().unwrap_or_default());
    let kafka = |arguments: &[&str]| {
        let mut command = run::command(program);
        command.args(arguments);
        command
    };
    let start: Vec<&str> = ["start", brokers].into_iter().chain(settings.iter().map(String::as_str)).collect();
    run::shown(&mut kafka(&start), "starting Apache Kafka")?;
    let transcript = ask(&mut kafka(&["ask"]), &text, |what| {
        let words: Vec<&str> = what.split_whitespace().collect();
        run::shown(&mut kafka(&words), what)
    });
    // What was just killed may still write: a folder that is not empty yet is removed the second time.
    if run::output(&mut kafka(&["stop"])).is_none() {
        std::thread::sleep(Duration::from_secs(1));
        run::shown(&mut kafka(&["stop"]), "stopping Apache Kafka")?;
    }
    let recorded = format!("{}.expected.jsonl", script.trim_end_matches(".jsonl"));
    fs::write(&recorded, transcript?).map_err(|error| format!("{recorded}: {error}"))?;
    println!("{recorded}");
    Ok(())
}

/// Feeds a script, line by line; what is to be done to nodes is done in between.
fn ask(command: &mut Command, script: &str, mut act: impl FnMut(&str) -> Result<()>) -> Result<String> {
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = spawned.map_err(|error| format!("asking Apache Kafka: {error}"))?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else { return Err("no pipes".to_owned()) };
    let mut answers = BufReader::new(output);
    let mut transcript = String::new();
    for line in script.lines() {
        match node_line(line) {
            Some(what) => {
                // A note is echoed once all before it is done.
                say(&mut input, &format!("{{\"note\":\"{what}\"}}"))?;
                read_note(&mut answers, what, &mut transcript)?;
                act(what)?;
            }
            None => say(&mut input, line)?,
        }
    }
    drop(input);
    while read_line(&mut answers, &mut transcript)? {}
    let status = child.wait().map_err(|error| error.to_string())?;
    status.success().then_some(transcript).ok_or_else(|| format!("the script ended with {status}"))
}

fn say(input: &mut ChildStdin, line: &str) -> Result<()> {
    writeln!(input, "{line}").and_then(|()| input.flush()).map_err(|error| format!("the one who asks is gone: {error}"))
}

fn read_note(answers: &mut BufReader<ChildStdout>, what: &str, transcript: &mut String) -> Result<()> {
    let note = format!("\"note\":\"{what}\"");
    loop {
        let from = transcript.len();
        if !read_line(answers, transcript)? {
            return Err(format!("the script ended before '{what}'"));
        }
        if transcript.get(from..).is_some_and(|line| line.contains(&note)) {
            return Ok(());
        }
    }
}

fn read_line(answers: &mut BufReader<ChildStdout>, transcript: &mut String) -> Result<bool> {
    answers.read_line(transcript).map(|read| read > 0).map_err(|error| format!("reading the answers: {error}"))
}

/// What `{"node":"kill 2"}` asks for.
fn node_line(line: &str) -> Option<&str> {
    line.trim().strip_prefix("{\"node\":\"")?.strip_suffix("\"}")
}

/// The brokers and settings that a script's first line asks for.
fn needs(line: &str) -> (&str, Vec<String>) {
    let brokers = line.split_once("\"brokers\":").and_then(|(_, rest)| rest.split([',', '}']).next()).unwrap_or("3").trim();
    let settings = line.split_once("\"settings\":[").and_then(|(_, rest)| rest.split(']').next()).unwrap_or_default();
    (
        brokers,
        settings.split(',').map(|setting| setting.trim().trim_matches('"').to_owned()).filter(|setting| !setting.is_empty()).collect(),
    )
}
