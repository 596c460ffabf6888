//! `cargo xtask explore`: plays random histories with every invariant checked after every step, as many as are asked for; shrinks one that
//! fails, and prints what it takes to see it.

use partita::playground::explore::{Failure, Plan, Played, Theme, play, shrink};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How often a failing plan is played again to make it shorter.
const TRIES: u32 = 600;
/// Failures after which it is enough.
const FAILURES_MAX: u32 = 5;

struct Options {
    seeds: u64,
    from: u64,
    scenario: Option<Theme>,
}

fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    // What a panic says is part of the failure; where it was is found by playing the plan.
    std::panic::set_hook(Box::new(|_| {}));
    let failures = explore(&options);
    if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn options(arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options { seeds: 1_000, from: 1, scenario: None };
    // Cargo tells a benchmark that it is one.
    let mut arguments = arguments.filter(|argument| argument != "--bench");
    while let Some(flag) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{flag} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{flag} takes a number, not '{value}'"));
        match flag.as_str() {
            "--seeds" => options.seeds = number()?,
            "--from" => options.from = number()?,
            "--scenario" if value == "all" => options.scenario = None,
            "--scenario" => options.scenario = Some(Theme::from_name(&value).ok_or_else(|| unknown_scenario(&value))?),
            _ => return Err(format!("unknown option {flag}; there are --seeds N, --from S, --scenario X")),
        }
    }
    Ok(options)
}

fn unknown_scenario(name: &str) -> String {
    let known: Vec<_> = Theme::ALL.iter().map(|scenario| scenario.name()).collect();
    format!("there is no scenario '{name}'; there are {}, all", known.join(", "))
}

/// Returns how many seeds failed.
fn explore(options: &Options) -> u32 {
    let begun = Instant::now();
    let mut told = begun;
    let (mut played, mut steps, mut acknowledged, mut failures) = (0_u64, 0_u64, 0_u64, 0_u32);
    for seed in options.from..options.from.saturating_add(options.seeds) {
        let plan = Plan::generate(seed, options.scenario);
        match attempt(&plan) {
            Ok(history) => {
                steps += history.steps;
                acknowledged += history.acknowledged;
                if let Some(failure) = history.failure {
                    failures += 1;
                    tell(seed, &plan, &failure);
                }
            }
            Err(failure) => {
                failures += 1;
                tell(seed, &plan, &failure);
            }
        }
        played += 1;
        if told.elapsed() > Duration::from_secs(10) || seed + 1 == options.from.saturating_add(options.seeds) || failures == FAILURES_MAX {
            told = Instant::now();
            let minutes = begun.elapsed().as_secs_f64() / 60.0;
            println!(
                "{played} seeds ({} to {seed}), {failures} failed; {:.0} seeds a minute; {} steps and {} acknowledged records a seed",
                options.from,
                played as f64 / minutes,
                steps / played,
                acknowledged / played
            );
        }
        if failures == FAILURES_MAX {
            println!("{FAILURES_MAX} failures are enough");
            break;
        }
    }
    failures
}

/// Plays a plan; a panic is a failure like others.
fn attempt(plan: &Plan) -> Result<Played, Failure> {
    catch_unwind(AssertUnwindSafe(|| play(plan))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(Failure::Panic { message: text.unwrap_or_default() })
    })
}

fn failure_of(plan: &Plan) -> Option<Failure> {
    match attempt(plan) {
        Ok(played) => played.failure,
        Err(failure) => Some(failure),
    }
}

fn tell(seed: u64, plan: &Plan, failure: &Failure) {
    println!("\n✗ seed {seed} ({}): {failure}", plan.scenario.name());
    let shorter = shrink(plan, TRIES, |candidate| failure_of(candidate).is_some_and(|other| other.is_like(failure)));
    let mut ended_ms = shorter.heal_at_ms;
    if let Ok(played) = attempt(&shorter) {
        // A moment more, so that what is wrong is there.
        ended_ms = played.session.now().as_millis() + 1;
        println!("  shrunk: {}", played.failure.map_or_else(String::new, |failure| failure.to_string()));
    }
    println!("  cluster: {}", json(&shorter.setup));
    for input in &shorter.inputs {
        println!("  {:>7.3} s  {}", input.at_ms as f64 / 1_000.0, json(&input.command));
    }
    println!("  {:>7.3} s  all is made whole", shorter.heal_at_ms as f64 / 1_000.0);
    println!("  open it in the page: http://127.0.0.1:8080/#{}\n", shorter.to_scenario(ended_ms).to_link());
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| error.to_string())
}
