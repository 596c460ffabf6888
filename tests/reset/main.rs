//! Resetting a group's offsets says and does what `kafka-consumer-groups.sh --reset-offsets` of Apache Kafka 4.3.1 was recorded to say and do
//! (`recorded.txt`): each of its commands is asked for a preview first, then carried out.

#![cfg(not(target_arch = "wasm32"))]

use partita::base::{Duration, Instant};
use partita::playground::{Command, OutcomeState, ResetTo, Session};
use partita::simulation::Config;
use partita::view::query::answer;
use partita::view::query::reset::{ResetAsk, ResetPreview};
use partita::view::{Answer, Query};
use std::fmt::Write as _;

const RECORDED: &str = include_str!("recorded.txt");
const SHELL: &str = "$ kafka-consumer-groups.sh --bootstrap-server localhost:9092 ";
const MINUTE: u64 = 60;
const DAY_MS: i64 = 86_400_000;

struct Play {
    session: Session,
    requests: u64,
}

impl Play {
    fn give(&mut self, command: &str) -> OutcomeState {
        let command: Command = serde_json::from_str(command).unwrap_or_else(|error| panic!("{command}: {error}"));
        self.carry_out(command)
    }

    fn carry_out(&mut self, command: Command) -> OutcomeState {
        self.requests += 1;
        self.session.apply(self.requests, command);
        self.go_on(2);
        self.session.outcomes().find(|outcome| outcome.request == self.requests).expect("an outcome").state.clone()
    }

    fn go_on(&mut self, seconds: u64) {
        self.session.advance(self.session.now() + Duration::from_secs(seconds));
    }

    fn preview(&self, reset: ResetAsk) -> ResetPreview {
        match answer(&self.session, &Query::Reset { reset }) {
            Answer::Reset { preview } => preview,
            other => panic!("not about a reset: {other:?}"),
        }
    }
}

/// What the recording's first lines say: topics, records and a group with a member.
fn scene() -> Play {
    let mut play = Play { session: Session::new(Config::default()).expect("three brokers can be"), requests: 0 };
    play.go_on(5);
    for (name, partitions) in [("orders", 2), ("empty", 1)] {
        play.give(&format!(
            r#"{{"do":"createTopic","name":"{name}","partitions":{partitions},"replicationFactor":1,"configs":{{"retention.ms":"-1"}}}}"#
        ));
    }
    for minute in 0..10 {
        play.session.advance((Instant::ZERO + Duration::from_secs(minute * MINUTE)).max(play.session.now()));
        for partition in if minute < 4 { 0..2 } else { 0..1 } {
            play.give(&format!(r#"{{"do":"publish","topic":"orders","value":"v","partition":{partition}}}"#));
        }
    }
    play.give(r#"{"do":"deleteRecords","topic":"orders","partition":0,"before":3}"#);
    play.give(r#"{"do":"addConsumer","group":"busy","topics":["orders"]}"#);
    play.go_on(10);
    play
}

/// The value after an option.
fn option<'a>(words: &[&'a str], name: &str) -> Option<&'a str> {
    words.iter().position(|word| *word == name).and_then(|at| words.get(at + 1)).copied()
}

/// `2026-01-01T00:05:30.000` as ms since 1970: the first of a month.
fn datetime_ms(text: &str, epoch_ms: i64) -> i64 {
    let (date, time) = text.split_once('T').expect("a date and a time");
    let days = match date {
        "2026-01-01" => 0,
        "2027-06-01" => 365 + 31 + 28 + 31 + 30 + 31,
        other => panic!("{other} is no day of the recording"),
    };
    let of_day = time.split(':').map(|part| part.parse::<f64>().expect("a number")).fold(0.0, |sum, part| sum * 60.0 + part);
    epoch_ms + days * DAY_MS + (of_day * 1_000.0) as i64
}

fn asked(words: &[&str], epoch_ms: i64) -> ResetAsk {
    let number = |name: &str| option(words, name).and_then(|text| text.parse::<i64>().ok());
    let to = if let Some(offset) = number("--to-offset") {
        ResetTo::Offset { offset }
    } else if let Some(by) = number("--shift-by") {
        ResetTo::ShiftBy { by }
    } else if let Some(text) = option(words, "--to-datetime") {
        ResetTo::Datetime { ms: datetime_ms(text, epoch_ms) }
    } else if option(words, "--by-duration") == Some("P3650D") {
        ResetTo::ByDuration { ms: 3_650 * DAY_MS }
    } else if words.contains(&"--to-earliest") {
        ResetTo::Earliest
    } else if words.contains(&"--to-latest") {
        ResetTo::Latest
    } else {
        assert!(words.contains(&"--to-current"), "{words:?}");
        ResetTo::Current
    };
    let (topic, partitions) = match option(words, "--topic").map(|topic| topic.split_once(':').unwrap_or((topic, ""))) {
        Some((topic, partitions)) => (Some(topic.into()), partitions.split(',').filter_map(|part| part.parse().ok()).collect()),
        None => (None, Vec::new()),
    };
    ResetAsk { group: option(words, "--group").expect("a group").into(), topic, partitions, to }
}

/// What the tool would print of this, its table's rows in order of topic and partition.
fn printed(ask: &ResetAsk, preview: &ResetPreview) -> String {
    let mut text = String::new();
    let head = format!("{:<15} {:<15} {:<10} NEW-OFFSET\n", "GROUP", "TOPIC", "PARTITION");
    match &preview.refused {
        Some(refused) if refused.starts_with("Assignments") => return format!("Error: {refused}\n{head}"),
        Some(refused) => return format!("Error: Executing consumer group command failed due to {refused}\n"),
        None => {}
    }
    if let Some(why) = preview.rows.iter().find(|row| row.becomes.is_none()).and_then(|row| row.note.as_ref()) {
        return format!("{why}\n");
    }
    let (warned, noted): (Vec<&str>, Vec<&str>) =
        preview.rows.iter().filter_map(|row| row.note.as_deref()).partition(|note| note.starts_with("Partition"));
    for note in warned {
        let _ = writeln!(text, "Warn: {note}");
    }
    text += &head;
    for row in &preview.rows {
        let _ = writeln!(text, "{:<15} {:<15} {:<10} {}", ask.group, row.topic, row.partition, row.becomes.unwrap_or(-1));
    }
    for note in noted {
        let _ = writeln!(text, "{note}");
    }
    text
}

/// A recorded output, with its table's rows in order of topic and partition, as ours are; in the recording a hash map's order is theirs.
fn in_order(recorded: &str, group: &str) -> String {
    let is_row = |line: &&str| line.starts_with(&format!("{group} "));
    let mut rows: Vec<&str> = recorded.lines().filter(is_row).collect();
    rows.sort_unstable();
    let mut rows = rows.into_iter();
    recorded
        .lines()
        .map(|line| if is_row(&line) { rows.next().unwrap_or(line) } else { line })
        .fold(String::new(), |text, line| text + line + "\n")
}

#[test]
fn offsets_are_reset_as_apache_kafkas_tool_resets_them() {
    let mut play = scene();
    let epoch_ms = Config::default().epoch_ms;
    for block in RECORDED.split(SHELL).skip(1) {
        let (command, output) = block.split_once('\n').expect("a command and its output");
        let words: Vec<&str> = command.split_whitespace().collect();
        if words[0] == "--describe" {
            describes(&play, option(&words, "--group").expect("a group"), output);
            continue;
        }
        let ask = asked(&words, epoch_ms);
        let preview = play.preview(ask.clone());
        assert_eq!(printed(&ask, &preview), in_order(output.trim_end(), &ask.group), "{command}");
        let ResetAsk { group, topic, partitions, to } = ask.clone();
        let topic = topic.map(|topic| topic.to_string());
        let outcome = play.carry_out(Command::ResetOffsets { group: group.to_string(), topic, partitions, to });
        let failed = preview.refused.is_some() || preview.rows.iter().any(|row| row.becomes.is_none());
        match outcome {
            OutcomeState::Done { .. } => assert!(!failed, "{command} is done, and was foretold to be refused"),
            OutcomeState::Failed { message, .. } => assert!(failed && output.contains(&*message), "{command}: {message}"),
            OutcomeState::Pending => panic!("{command} is not answered"),
        }
        for row in preview.rows.iter().filter(|_| !failed) {
            let to = ResetAsk { to: ResetTo::Current, ..ask.clone() };
            let now = play.preview(to).rows.into_iter().find(|now| (&now.topic, now.partition) == (&row.topic, row.partition));
            assert_eq!(now.and_then(|now| now.committed), row.becomes, "{command}: {} {}", row.topic, row.partition);
        }
    }
}

/// What the group has committed is what the tool described.
fn describes(play: &Play, group: &str, output: &str) {
    for row in output.lines().filter(|line| line.starts_with(group)) {
        let words: Vec<&str> = row.split_whitespace().collect();
        let ask = ResetAsk {
            group: group.into(),
            topic: Some(words[1].into()),
            partitions: vec![words[2].parse().expect("a number")],
            to: ResetTo::Latest,
        };
        let shown = &play.preview(ask).rows[0];
        assert_eq!((shown.committed, shown.becomes), (words[3].parse().ok(), words[4].parse().ok()), "{row}");
    }
}
