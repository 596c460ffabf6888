//! `partita command`: gives a running cluster a command from the shell, over its page's port.

use super::options::{CommandOptions, What};
use crate::playground::{ApiEffect, Command, ConfigOf, OutcomeState, Party};
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::Duration;

/// The server answers within its own patience, and a little.
const ANSWER_WITHIN: Duration = Duration::from_secs(40);

/// Why nothing came of it: the server is not there, or is no such server.
pub(super) struct NoAnswer(pub String);

/// Gives the command. Status 0: it is done; 1: it was refused; 2: there was nobody to ask.
pub(super) fn run(options: &CommandOptions) -> ExitCode {
    let asked = match &options.what {
        Some(What::State) => ask_text(options, "GET", "/state", ""),
        what => match command(options.json.as_deref(), what.as_ref()) {
            Ok(command) => ask_text(options, "POST", "/command", &command),
            Err(error) => Err(NoAnswer(error)),
        },
    };
    match asked {
        Ok((status, body)) => report(status, &body),
        Err(NoAnswer(why)) => {
            eprintln!("partita: {why}");
            ExitCode::from(2)
        }
    }
}

fn report(status: u16, body: &str) -> ExitCode {
    match serde_json::from_str::<OutcomeState>(body) {
        Ok(OutcomeState::Done { text, partition, offset, .. }) => {
            let place = partition.zip(offset).map(|(partition, offset)| format!(", partition {partition}, offset {offset}"));
            println!("{text}{}", place.unwrap_or_default());
            ExitCode::SUCCESS
        }
        Ok(OutcomeState::Pending) => {
            println!("The cluster has not answered yet; the command goes on.");
            ExitCode::SUCCESS
        }
        Ok(OutcomeState::Failed { error, message, .. }) => {
            eprintln!("partita: {}{message}", error.map(|error| format!("{error}: ")).unwrap_or_default());
            ExitCode::from(1)
        }
        Err(_) if status == 200 => match serde_json::from_str::<Value>(body) {
            Ok(state) => {
                print!("{}", in_words(&state));
                ExitCode::SUCCESS
            }
            Err(_) => unknown(status),
        },
        Err(_) => unknown(status),
    }
}

fn unknown(status: u16) -> ExitCode {
    eprintln!("partita: what answers there is no `partita serve` of this version (HTTP status {status})");
    ExitCode::from(2)
}

/// A line a node, and one for each link that is not as it should be.
fn in_words(state: &Value) -> String {
    let mut lines = String::new();
    let list = |name: &str| state.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let word = |of: &Value, name: &str| match of.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
        None => String::new(),
    };
    for node in list("nodes") {
        let roles: Vec<_> = list_of(&node, "roles");
        let _ = writeln!(lines, "node {} ({}) {}", word(&node, "node"), roles.join(", "), word(&node, "state"));
    }
    for link in list("links") {
        let cut = if link.get("cut") == Some(&Value::Bool(true)) { "cut" } else { "set" };
        let _ = writeln!(lines, "link from {} to {}: {cut}", word(&link, "from"), word(&link, "to"));
    }
    lines
}

fn list_of(of: &Value, name: &str) -> Vec<String> {
    let list = of.get(name).and_then(Value::as_array);
    list.map(|list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect()).unwrap_or_default()
}

/// The command as JSON.
fn command(json: Option<&str>, what: Option<&What>) -> Result<String, String> {
    let command = match (json, what) {
        (Some(json), _) => Command::from_json(json).map_err(|error| format!("--json: this is no command: {error}"))?,
        (None, Some(what)) => of_words(what)?,
        (None, None) => return Err("which command? (see --help)".to_owned()),
    };
    serde_json::to_string(&command).map_err(|error| error.to_string())
}

fn of_words(what: &What) -> Result<Command, String> {
    Ok(match what {
        What::Kill { node, machine } => Command::KillBroker { node: *node, machine: *machine },
        What::Stop { node } => Command::StopBroker { node: *node },
        What::Restart { node } => Command::RestartBroker { node: *node },
        What::Pause { node } => Command::PauseBroker { node: *node },
        What::Resume { node } => Command::ResumeBroker { node: *node },
        What::Slow { node, factor } => Command::SlowBroker { node: *node, factor: *factor },
        What::FillDisk { node } => Command::FillDisk { node: *node },
        What::FreeDisk { node } => Command::FreeDisk { node: *node },
        What::SlowDisk { node, ms } => Command::SlowDisk { node: *node, ms: *ms },
        What::Clock { node, offset_ms } => Command::SetClock { node: *node, offset_ms: *offset_ms },
        What::Cut { from, to, one_way } => Command::CutLink { from: party(from), to: party(to), one_way: *one_way },
        What::Heal { from: Some(from), to: Some(to) } => Command::HealLink { from: party(from), to: party(to) },
        What::Heal { .. } => Command::HealAll,
        What::Link { from, to, latency_ms, jitter_ms, bytes_per_second } => Command::SetLink {
            from: party(from),
            to: party(to),
            latency_us: latency_ms.saturating_mul(1_000),
            jitter_us: jitter_ms.saturating_mul(1_000),
            tail_us: 0,
            bytes_per_second: *bytes_per_second,
        },
        What::Break { from, to } => Command::BreakConnections { from: party(from), to: party(to) },
        What::Fault { node, api, count, effect } => {
            Command::FaultApi { node: *node, api: api.clone(), count: *count, effect: effect_of(effect)? }
        }
        What::Elect { partition, unclean } => {
            let (topic, partition) = partition_of(partition)?;
            Command::ElectLeader { topic, partition, unclean: *unclean }
        }
        What::Reassign { partition, brokers } => {
            let (topic, partition) = partition_of(partition)?;
            Command::Reassign { topic, partition, replicas: brokers.clone() }
        }
        What::Cancel { partition } => {
            let (topic, partition) = partition_of(partition)?;
            Command::CancelReassignment { topic, partition }
        }
        What::DeleteRecords { partition, before } => {
            let (topic, partition) = partition_of(partition)?;
            Command::DeleteRecords { topic, partition, before: *before }
        }
        What::Config { words } => config_of(words)?,
        What::State => return Err("state is no command".to_owned()),
    })
}

/// A node by its number, anybody else by name.
fn party(text: &str) -> Party {
    text.parse().map_or_else(|_| Party::Named(text.to_owned()), Party::Node)
}

/// A topic's name may have dashes; the number stands after the last.
fn partition_of(text: &str) -> Result<(String, i32), String> {
    let parts = text.rsplit_once('-').and_then(|(topic, index)| Some((topic.to_owned(), index.parse().ok()?)));
    parts.filter(|(topic, _)| !topic.is_empty()).ok_or_else(|| format!("{text}: a partition is TOPIC-NUMBER, such as orders-0"))
}

fn config_of(words: &[String]) -> Result<Command, String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (of, name, change) = match words[..] {
        ["topic", name, change] => (ConfigOf::Topic, name, change),
        ["group", name, change] => (ConfigOf::Group, name, change),
        ["broker", name, change] => (ConfigOf::Broker, name, change),
        ["brokers", change] => (ConfigOf::Brokers, "", change),
        _ => return Err(format!("{}: a config is of `topic NAME`, `group NAME`, `broker ID` or `brokers`", words.join(" "))),
    };
    let (key, value) = change.split_once('=').map_or((change, None), |(key, value)| (key, Some(value.to_owned())));
    Ok(Command::AlterConfig { of, name: name.to_owned(), key: key.to_owned(), value })
}

fn effect_of(words: &[String]) -> Result<ApiEffect, String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["lost"] => Ok(ApiEffect::Lost),
        ["error", name] => Ok(ApiEffect::Error(name.to_owned())),
        ["delay", ms] => ms.parse().map(ApiEffect::Delay).map_err(|_| format!("delay {ms}: how many ms?")),
        _ => Err(format!("{}: an effect is `lost`, `error NAME` or `delay MS`", words.join(" "))),
    }
}

fn ask_text(options: &CommandOptions, method: &str, path: &str, body: &str) -> Result<(u16, String), NoAnswer> {
    let (status, answer) = ask(options.port, method, path, body)?;
    Ok((status, String::from_utf8_lossy(&answer).into_owned()))
}

/// One request and its answer: HTTP's simplest form will do.
pub(super) fn ask(port: u16, method: &str, path: &str, body: &str) -> Result<(u16, Vec<u8>), NoAnswer> {
    let at = format!("127.0.0.1:{port}");
    let gone = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::ConnectionRefused => {
            NoAnswer(format!("no server listens on {at}: is `partita serve` running, and is its page there? (--port)"))
        }
        _ => NoAnswer(format!("{at} does not answer: {error}")),
    };
    let mut stream = TcpStream::connect(&at).map_err(gone)?;
    stream.set_read_timeout(Some(ANSWER_WITHIN)).map_err(gone)?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {at}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).map_err(gone)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).map_err(gone)?;
    let end_of_head = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let read = end_of_head.and_then(|end| {
        let body = answer.split_off(end.saturating_add(4));
        let head = String::from_utf8_lossy(&answer);
        let status = head.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()?;
        Some((status, body))
    });
    read.ok_or_else(|| NoAnswer(format!("what answers on {at} is no HTTP server")))
}

#[cfg(test)]
mod tests {
    use super::{command, of_words};
    use crate::playground::{ApiEffect, Command, ConfigOf, Party};
    use crate::serve::options::{Program, What};
    use clap::Parser as _;

    fn words(line: &str) -> What {
        match Program::try_parse_from(["partita", "command"].into_iter().chain(line.split(' '))) {
            Ok(Program::Command(options)) => options.what.unwrap_or(What::State),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn words_become_commands() {
        let of = |line| of_words(&words(line)).expect(line);
        assert_eq!(of("kill 2"), Command::KillBroker { node: 2, machine: false });
        assert_eq!(of("kill 2 --machine"), Command::KillBroker { node: 2, machine: true });
        let cut = Command::CutLink { from: Party::Node(1), to: Party::Named("controllers".to_owned()), one_way: true };
        assert_eq!(of("cut 1 controllers --one-way"), cut);
        assert_eq!(of("heal"), Command::HealAll);
        assert_eq!(of("heal 1 3"), Command::HealLink { from: Party::Node(1), to: Party::Node(3) });
        assert_eq!(of("clock 1 -5000"), Command::SetClock { node: 1, offset_ms: -5000 });
        let effect = ApiEffect::Error("REQUEST_TIMED_OUT".to_owned());
        let fault = Command::FaultApi { node: 2, api: "Produce".to_owned(), count: 3, effect };
        assert_eq!(of("fault 2 Produce 3 error REQUEST_TIMED_OUT"), fault);
        assert!(of_words(&words("fault 2 Produce 3 gone")).is_err_and(|error| error.contains("`delay MS`")));
    }

    #[test]
    fn words_of_an_admin_become_commands() {
        let of = |line| of_words(&words(line)).expect(line);
        let topic = || "orders-eu".to_owned();
        assert_eq!(of("elect orders-eu-0"), Command::ElectLeader { topic: topic(), partition: 0, unclean: false });
        assert_eq!(of("elect orders-eu-0 --unclean"), Command::ElectLeader { topic: topic(), partition: 0, unclean: true });
        assert_eq!(of("reassign orders-eu-12 2,3"), Command::Reassign { topic: topic(), partition: 12, replicas: vec![2, 3] });
        assert_eq!(of("cancel orders-eu-0"), Command::CancelReassignment { topic: topic(), partition: 0 });
        assert_eq!(of("delete-records orders-eu-0"), Command::DeleteRecords { topic: topic(), partition: 0, before: None });
        assert_eq!(of("delete-records orders-eu-0 --before 5"), Command::DeleteRecords { topic: topic(), partition: 0, before: Some(5) });
        let config = |of, name: &str, key: &str, value: Option<&str>| Command::AlterConfig {
            of,
            name: name.to_owned(),
            key: key.to_owned(),
            value: value.map(str::to_owned),
        };
        assert_eq!(of("config topic t retention.ms=60000"), config(ConfigOf::Topic, "t", "retention.ms", Some("60000")));
        assert_eq!(of("config brokers num.partitions"), config(ConfigOf::Brokers, "", "num.partitions", None));
        assert_eq!(of("config broker 2 a=b=c"), config(ConfigOf::Broker, "2", "a", Some("b=c")));
        for (line, said) in [("elect orders", "TOPIC-NUMBER"), ("config broker a=1", "`broker ID`")] {
            assert!(of_words(&words(line)).is_err_and(|error| error.contains(said)), "{line}");
        }
    }

    #[test]
    fn json_that_is_no_command_is_refused_before_anybody_is_asked() {
        assert!(command(Some("{"), None).is_err_and(|error| error.starts_with("--json: this is no command")));
        assert!(command(Some(r#"{"do":"explode"}"#), None).is_err_and(|error| error.contains("explode")));
        let stray = command(Some(r#"{"do":"killBroker","node":2,"machin":true}"#), None);
        assert!(stray.is_err_and(|error| error.contains("There is no field 'machin' here")));
        assert!(command(Some(r#"{"do":"healAll"}"#), None).is_ok());
    }
}
