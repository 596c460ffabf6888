//! Why: chains of causes that are short and true and end. Each lesson's chains are in a file that a person can read; with
//! `PARTITA_RECORD=1` they are written anew.

use partita::base::{Duration, Event, EventKind, Instant, Offset};
use partita::playground::{Command, Session, why};
use partita::simulation::Config;
use std::fmt::Write as _;
use std::path::Path;

/// What is asked of a session: a title, and which event is meant (the last that passes).
type Question = (&'static str, fn(&Event) -> bool);

fn command(json: &str) -> Command {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

/// Plays lines of `seconds json`, each given when so many seconds have passed since the one before.
fn play(config: Config, script: &[(u64, &str)]) -> Session {
    let mut session = Session::new(config).expect("a cluster that can be");
    for (request, (seconds, json)) in (1..).zip(script) {
        session.advance(session.now() + Duration::from_millis(*seconds * 100));
        session.apply(request, command(json));
        let failed = session.outcomes().find(|outcome| outcome.request == request).expect("it is answered");
        assert!(!format!("{:?}", failed.state).contains("Failed"), "{json}: {failed:?}");
    }
    session.advance(session.now() + Duration::from_secs(60));
    session
}

fn held(lesson: &str, session: &Session, questions: &[Question]) {
    let mut told = String::new();
    for (title, is_meant) in questions {
        writeln!(told, "{title}?").expect("text");
        match session.trace().events().rev().find(|event| is_meant(event)) {
            None => writeln!(told, "    it did not happen").expect("text"),
            Some(event) => {
                for (depth, link) in why(session, event.id).iter().enumerate() {
                    writeln!(told, "    {}{}  [{}]", if depth == 0 { "" } else { "← " }, link.text, link.at).expect("text");
                }
            }
        }
        writeln!(told).expect("text");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/why/{lesson}.txt"));
    if std::env::var_os("PARTITA_RECORD").is_some() {
        std::fs::write(&path, &told).expect("it can be written");
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(known == told, "{} has other chains:\n{told}", path.display());
}

fn of(event: &Event, topic: &str) -> bool {
    match &event.kind {
        EventKind::LeaderElected { partition, .. }
        | EventKind::Appended { partition, .. }
        | EventKind::Acknowledged { partition, .. }
        | EventKind::OffsetCommitted { partition, .. }
        | EventKind::Consumed { partition, .. } => &*partition.topic == topic,
        _ => false,
    }
}

const TOPIC: &str = r#"{"do": "createTopic", "name": "orders", "partitions": 3, "replicationFactor": 1}"#;
const SHOP: &str = r#"{"do": "addProducer", "name": "shop", "topic": "orders", "perMinute": 120}"#;
const MEMBER: &str = r#"{"do": "addConsumer", "group": "billing", "topics": ["orders"], "from": "earliest"}"#;

#[test]
fn a_record_on_its_way() {
    let publish = r#"{"do": "publish", "topic": "orders", "key": "a", "value": "1"}"#;
    let session = play(Config::default(), &[(10, TOPIC), (10, MEMBER), (100, publish)]);
    held(
        "record",
        &session,
        &[
            ("Why has orders a leader", |e| of(e, "orders") && matches!(e.kind, EventKind::LeaderElected { .. })),
            ("Why was the record appended", |e| of(e, "orders") && matches!(e.kind, EventKind::Appended { .. })),
            ("Why was it acknowledged", |e| of(e, "orders") && matches!(e.kind, EventKind::Acknowledged { .. })),
            ("Why was it read", |e| of(e, "orders") && matches!(e.kind, EventKind::Consumed { .. })),
            ("Why was it committed", |e| {
                of(e, "orders") && matches!(&e.kind, EventKind::OffsetCommitted { offset, .. } if *offset == Offset(1))
            }),
        ],
    );
}

#[test]
fn a_member_that_crashed() {
    let crash = r#"{"do": "crashConsumer", "consumer": "c1"}"#;
    let session = play(Config::default(), &[(10, TOPIC), (10, SHOP), (10, MEMBER), (10, MEMBER), (200, crash)]);
    held(
        "crashed-member",
        &session,
        &[
            ("Why was the member removed", |e| matches!(e.kind, EventKind::MemberExpired { .. })),
            ("Why did the group rebalance", |e| matches!(&e.kind, EventKind::GroupState { state, .. } if &**state == "PreparingRebalance")),
            ("Why is it stable", |e| matches!(&e.kind, EventKind::GroupState { state, .. } if &**state == "Stable")),
            ("Why did the other get all", |e| matches!(&e.kind, EventKind::Assigned { .. })),
            ("Why is there a coordinator", |e| matches!(&e.kind, EventKind::CoordinatorLoaded { .. })),
        ],
    );
}

#[test]
fn a_broker_that_was_killed() {
    let (kill, again) = (r#"{"do": "killBroker", "node": 3}"#, r#"{"do": "restartBroker", "node": 3}"#);
    let session = play(Config::default(), &[(10, TOPIC), (10, SHOP), (100, kill), (300, again)]);
    held(
        "killed-broker",
        &session,
        &[
            ("Why was broker 3 fenced", |e| matches!(e.kind, EventKind::BrokerFenced { .. })),
            ("Why had a partition no leader", |e| {
                of(e, "orders") && matches!(&e.kind, EventKind::LeaderElected { leader, .. } if leader.0 == -1)
            }),
            ("Why may broker 3 lead again", |e| matches!(e.kind, EventKind::BrokerUnfenced { .. })),
            ("Why has it a leader again", |e| of(e, "orders") && matches!(e.kind, EventKind::LeaderElected { .. })),
        ],
    );
}

#[test]
fn a_broker_that_was_cut_off() {
    let cut = r#"{"do": "cutLink", "from": 2, "to": 1}"#;
    let session = play(Config::default(), &[(10, TOPIC), (10, SHOP), (100, cut)]);
    held(
        "cut-broker",
        &session,
        &[
            ("Why was broker 2 fenced", |e| matches!(e.kind, EventKind::BrokerFenced { .. })),
            ("Why had a partition no leader", |e| {
                of(e, "orders") && matches!(&e.kind, EventKind::LeaderElected { leader, .. } if leader.0 == -1)
            }),
        ],
    );
}

#[test]
fn every_chain_of_a_busy_session_is_short_and_ends() {
    let crash = r#"{"do": "crashConsumer", "consumer": "c1"}"#;
    let session = play(Config { seed: 9, ..Config::default() }, &[(10, TOPIC), (10, SHOP), (10, MEMBER), (10, MEMBER), (200, crash)]);
    let mut longest = 0;
    for event in session.trace().events() {
        let chain = session.trace().why(event.id);
        longest = longest.max(chain.len());
        assert!(chain.len() < 64, "{:?} has {} causes", event, chain.len());
        let end = chain.last().expect("at least itself");
        assert!(end.cause.is_none());
    }
    println!("the longest of {} chains has {longest} events", session.trace().events().len());
    assert!(session.now() > Instant::ZERO);
}
