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
                    writeln!(told, "    {}{}", if depth == 0 { "" } else { "← " }, link.text).expect("text");
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

/// Three brokers, of which the first is the controller.
fn one_controller() -> Config {
    Config { controllers: Some(1), ..Config::default() }
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
    let session = play(one_controller(), &[(10, TOPIC), (10, MEMBER), (100, publish)]);
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
    let session = play(one_controller(), &[(10, TOPIC), (10, SHOP), (10, MEMBER), (10, MEMBER), (200, crash)]);
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
    let session = play(one_controller(), &[(10, TOPIC), (10, SHOP), (100, kill), (300, again)]);
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
    let session = play(one_controller(), &[(10, TOPIC), (10, SHOP), (100, cut)]);
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

const REPLICATED: &str =
    r#"{"do": "createTopic", "name": "orders", "partitions": 3, "replicationFactor": 3, "configs": {"min.insync.replicas": "2"}}"#;

fn is_isr_of_orders(event: &Event) -> bool {
    matches!(&event.kind, EventKind::IsrChanged { partition, .. } if &*partition.topic == "orders")
}

#[test]
fn a_leader_that_was_killed() {
    let kill = r#"{"do": "killBroker", "node": 3}"#;
    let session = play(one_controller(), &[(10, REPLICATED), (10, SHOP), (100, kill)]);
    held(
        "killed-leader",
        &session,
        &[
            (
                "Why has orders another leader",
                |e| matches!(&e.kind, EventKind::LeaderElected { partition, epoch, .. } if &*partition.topic == "orders" && epoch.0 > 0),
            ),
            ("Why did the ISR shrink", is_isr_of_orders),
            ("Why did a producer fail", |e| matches!(e.kind, EventKind::SendFailed { .. })),
        ],
    );
}

#[test]
fn a_follower_that_was_cut_off_from_its_leaders() {
    let cuts = [r#"{"do": "cutLink", "from": 3, "to": 1}"#, r#"{"do": "cutLink", "from": 3, "to": 2}"#];
    let heal = r#"{"do": "healAll"}"#;
    let session = play(one_controller(), &[(10, REPLICATED), (10, SHOP), (100, cuts[0]), (0, cuts[1]), (450, heal)]);
    held(
        "cut-follower",
        &session,
        &[
            ("Why did it fall behind", |e| matches!(&e.kind, EventKind::FellBehind { .. })),
            ("Why was it fenced", |e| matches!(&e.kind, EventKind::BrokerFenced { .. })),
            ("Why did it catch up", |e| matches!(&e.kind, EventKind::CaughtUp { .. })),
            ("Why is it in the ISR again", is_isr_of_orders),
        ],
    );
}

#[test]
fn a_broker_that_was_paused_while_the_cluster_was_busy() {
    let (pause, resume) = (r#"{"do": "pauseBroker", "node": 2}"#, r#"{"do": "resumeBroker", "node": 2}"#);
    let session = play(one_controller(), &[(10, REPLICATED), (10, SHOP), (100, pause), (300, resume)]);
    held(
        "paused-broker",
        &session,
        &[
            ("Why was it fenced", |e| matches!(&e.kind, EventKind::BrokerFenced { .. })),
            ("Why may it lead again", |e| matches!(&e.kind, EventKind::BrokerUnfenced { .. })),
            ("Why is it in the ISR again", is_isr_of_orders),
            ("What was truncated", |e| matches!(&e.kind, EventKind::Truncated { .. })),
        ],
    );
}

#[test]
fn too_few_replicas() {
    let kills = [r#"{"do": "killBroker", "node": 3}"#, r#"{"do": "killBroker", "node": 2}"#];
    let session = play(one_controller(), &[(10, REPLICATED), (10, SHOP), (100, kills[0]), (0, kills[1])]);
    held(
        "too-few-replicas",
        &session,
        &[
            ("Why was a batch refused", |e| matches!(&e.kind, EventKind::Refused { error, .. } if &**error == "NOT_ENOUGH_REPLICAS")),
            ("Why did a producer give up", |e| matches!(e.kind, EventKind::SendFailed { .. })),
        ],
    );
}

#[test]
fn a_record_that_was_acknowledged_and_lost() {
    let shop = r#"{"do": "addProducer", "name": "shop", "topic": "orders", "perMinute": 1200, "acks": "1"}"#;
    // The leader of orders-1 is cut off from its followers but not from its producer; then it dies.
    let cuts = [r#"{"do": "cutLink", "from": 2, "to": 1}"#, r#"{"do": "cutLink", "from": 2, "to": 3}"#];
    // To heal all is to start it again, too.
    let (kill, heal) = (r#"{"do": "killBroker", "node": 2}"#, r#"{"do": "healAll"}"#);
    let script = [(10, REPLICATED), (10, shop), (100, cuts[0]), (0, cuts[1]), (50, kill), (200, heal)];
    let session = play(one_controller(), &script);
    held(
        "lost-record",
        &session,
        &[
            ("What was truncated", |e| matches!(&e.kind, EventKind::Truncated { .. })),
            (
                "Why has orders another leader",
                |e| matches!(&e.kind, EventKind::LeaderElected { partition, epoch, .. } if &*partition.topic == "orders" && epoch.0 > 0),
            ),
        ],
    );
    let lost: u64 = session.ledger().partitions().map(|(_, records)| records.lost).sum();
    assert!(lost > 20, "{lost} acknowledged records are lost");
}

#[test]
fn a_controller_that_was_killed() {
    let mut session = play(Config::default(), &[(10, REPLICATED)]);
    let active = session.simulation().controllers().find(|controller| controller.is_active()).expect("one of three is").node();
    session.apply(9, command(&format!(r#"{{"do": "killBroker", "node": {active}}}"#)));
    session.advance(session.now() + Duration::from_secs(30));
    held(
        "killed-controller",
        &session,
        &[
            ("Why is there another controller", |e| matches!(e.kind, EventKind::ControllerElected { .. })),
            ("Why was the broker fenced", |e| matches!(e.kind, EventKind::BrokerFenced { .. })),
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
