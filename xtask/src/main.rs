//! The project's chores, `cargo xtask CHORE`. Each sets up by itself what it needs and the machine lacks.
//!
//! No dependencies that take time to compile: this is the first thing that a newcomer builds.

mod bench;
mod explore;
mod order;
mod page;
mod protocol;
mod record;
mod run;
mod say;
mod screenshots;
mod serve;
mod setup;
mod test;

use std::process::ExitCode;

/// What went wrong, in words for the one who started the chore: what failed, and how to mend it.
pub type Result<T> = std::result::Result<T, String>;

const USAGE: &str = "\
cargo xtask CHORE [OPTIONS]

  serve [OPTIONS OF `partita serve`]   build the page and the server, then start it: the page at http://127.0.0.1:8080
  test [NAME...]                       run all tests, or only those named: engine explore wasm clients page
  dev                                  the page with its own engine, rebuilt as files change
  page                                 build the page into dist/
  setup                                install everything that the other chores would
  bench [--kafka HOST:PORT]            measure, beside Apache Kafka where one is given
  explore [--seeds N] [--from S] [--scenario X]
                                       random histories, every invariant checked after every step
  protocol --jars DIR                  the codec of Kafka's messages anew, from Apache Kafka's jars
  record --kafka PROGRAM SCRIPT...     what Apache Kafka answers to scripts in which its brokers fail
  screenshots [DIR]                    the README's pictures of the page, by default into docs
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (chore, rest) = match arguments.split_first() {
        Some((chore, rest)) => (chore.as_str(), rest),
        None => ("help", [].as_slice()),
    };
    let done = match chore {
        "serve" => serve::serve(rest),
        "test" => test::test(rest),
        "dev" => page::dev(rest),
        "page" => page::build().map(|_| ()),
        "setup" => setup::everything(),
        "bench" => bench::bench(rest),
        "explore" => explore::explore(rest),
        "protocol" => protocol::run(rest),
        "record" => record::record(rest),
        "screenshots" => screenshots::screenshots(rest),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        other => Err(format!("there is no chore `{other}`\n\n{USAGE}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("cargo xtask {chore}: {message}");
            ExitCode::FAILURE
        }
    }
}
