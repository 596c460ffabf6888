//! Sessions that a user might have.

use partita::base::{Duration, EventKind, Instant, SortedMap};
use partita::playground::explore::{Plan, Theme, play};
use partita::playground::{Assignor, Command, Keys, Reset, Session, TransactionAct, Transactions};
use partita::simulation::Config;

pub type Scenario = (&'static str, fn(u64) -> Session);

pub const SCENARIOS: &[Scenario] = &[
    ("scene", scene),
    ("members-come-and-go", members_come_and_go),
    ("topics-come-and-go", topics_come_and_go),
    ("keys-and-codecs", every_kind_of_record),
    ("brokers-die-and-come-back", brokers_die_and_come_back),
    ("links-are-cut", links_are_cut),
    ("controllers-die-and-come-back", controllers_die_and_come_back),
    ("transactions", transactions),
];

/// Whether an event of this kind is always brought about by another.
pub const fn needs_a_cause(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::Response { .. }
            | EventKind::Appended { .. }
            | EventKind::GroupState { .. }
            | EventKind::TransactionState { .. }
            | EventKind::Assigned { .. }
            | EventKind::TopicCreated { .. }
    )
}

fn seeded(seed: u64) -> Config {
    Config { seed, ..Config::default() }
}

fn advance(session: &mut Session, millis: u64) {
    session.advance(session.now() + Duration::from_millis(millis));
}

fn scene(seed: u64) -> Session {
    let mut session = Session::scene(seeded(seed)).expect("a configuration that is right");
    session.advance(Instant::from_micros(60_000_000));
    session
}

fn consumer(group: &str, assignor: Assignor) -> Command {
    Command::AddConsumer {
        group: group.to_owned(),
        topics: vec!["orders".to_owned()],
        name: None,
        assignor,
        from: Reset::Earliest,
        instance_id: None,
        per_minute: None,
        config: SortedMap::new(),
    }
}

fn members_come_and_go(seed: u64) -> Session {
    let mut session = scene(seed);
    session.apply(1, consumer("billing", Assignor::Default));
    advance(&mut session, 7_000);
    session.apply(2, Command::CrashConsumer { consumer: "c1".to_owned() });
    advance(&mut session, 50_000);
    session.apply(3, Command::StopConsumer { consumer: "c2".to_owned() });
    for request in 4..7 {
        session.apply(request, consumer("analytics", Assignor::CooperativeSticky));
        advance(&mut session, 4_000);
    }
    session.apply(7, Command::SetConsumerPace { consumer: "c3".to_owned(), per_minute: Some(6) });
    advance(&mut session, 30_000);
    session
}

fn topics_come_and_go(seed: u64) -> Session {
    let mut session = scene(seed);
    for (request, partitions) in (0..).zip([1, 12, 3]) {
        let name = format!("topic-{request}");
        session.apply(request, Command::CreateTopic { name, partitions, replication_factor: 1, configs: SortedMap::new() });
        advance(&mut session, 500);
    }
    session.apply(10, Command::AddPartitions { topic: "orders".to_owned(), total: 5 });
    session.apply(11, Command::CreateTopic { name: "topic-0".to_owned(), partitions: 1, replication_factor: 1, configs: SortedMap::new() });
    session.apply(12, Command::DeleteTopic { name: "topic-1".to_owned() });
    advance(&mut session, 20_000);
    session
}

fn every_kind_of_record(seed: u64) -> Session {
    let mut session = scene(seed);
    for number in 0..30_u64 {
        session.apply(
            number,
            Command::Publish {
                producer: None,
                topic: "orders".to_owned(),
                key: (number % 3 > 0).then(|| format!("key-{number}")),
                value: (number % 5 > 0).then(|| "x".repeat(usize::try_from(number).unwrap_or_default() * 50)),
                headers: vec![("trace".to_owned(), Some(number.to_string())); usize::try_from(number % 3).unwrap_or_default()],
                partition: (number % 7 == 0).then_some(1),
                base64: false,
            },
        );
        advance(&mut session, 100 + 13 * number);
    }
    let drawn = Keys::Drawn { prefix: "k".to_owned(), count: 4 };
    for (request, acks) in (100..).zip(["0", "1"]) {
        let topic = "orders".to_owned();
        session.apply(
            request,
            Command::AddProducer {
                name: None,
                topic,
                per_minute: 600,
                keys: drawn.clone(),
                acks: acks.to_owned(),
                config: SortedMap::new(),
                transactions: None,
            },
        );
    }
    advance(&mut session, 10_000);
    session
}

/// Producers that commit and abort, one of them by hand, and a coordinator that dies.
fn transactions(seed: u64) -> Session {
    let mut session = scene(seed);
    for (request, (name, per_minute, abort_every)) in (0..).zip([("payments", 300, 3), ("teller", 0, 0)]) {
        let transactions = Some(Transactions { per_transaction: 4, abort_every });
        let config = [("transactional.id".to_owned(), name.to_owned())].into_iter().collect();
        let (name, topic, acks) = (Some(name.to_owned()), "orders".to_owned(), "all".to_owned());
        session.apply(request, Command::AddProducer { name, topic, per_minute, keys: Keys::default(), acks, config, transactions });
    }
    let Command::AddConsumer { group, topics, name, assignor, from, instance_id, per_minute, .. } = consumer("careful", Assignor::Default)
    else {
        return session;
    };
    let config = [("isolation.level".to_owned(), "read_committed".to_owned())].into_iter().collect();
    session.apply(2, Command::AddConsumer { group, topics, name, assignor, from, instance_id, per_minute, config });
    advance(&mut session, 10_000);
    session.apply(3, Command::Transaction { producer: "teller".to_owned(), what: TransactionAct::Begin });
    session.apply(4, Command::KillBroker { node: 2, machine: false });
    advance(&mut session, 20_000);
    session.apply(5, Command::Transaction { producer: "teller".to_owned(), what: TransactionAct::Abort });
    session.apply(6, Command::RestartBroker { node: 2 });
    advance(&mut session, 20_000);
    session
}

/// A random history, to the moment when all that broke is whole again.
fn explored(seed: u64, theme: Theme) -> Session {
    play(&Plan::generate(seed, Some(theme))).expect("a cluster that can be").session
}

fn brokers_die_and_come_back(seed: u64) -> Session {
    explored(seed, Theme::Failover)
}

fn links_are_cut(seed: u64) -> Session {
    explored(seed, Theme::Partition)
}

fn controllers_die_and_come_back(seed: u64) -> Session {
    explored(seed, Theme::Controllers)
}
