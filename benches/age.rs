//! Whether a session slows down as it grows old: the time that an event takes in its last minute, beside that of its second. Four producers
//! write to three replicas, a group reads, and a keyframe is taken every 10 s, as the page does.
//!
//! Prints `age: MINUTES minutes, records written` and, for `an event's time` and `a keyframe's`, the ratio of the last to the second minute.

use partita::base::{Duration, Instant, SortedMap};
use partita::playground::{Assignor, Command, Keys, Reset, Session};
use partita::simulation::Config;
use std::time::Instant as Clock;

const MINUTES: u64 = 12;
/// Of each producer.
const RECORDS_A_MINUTE: u32 = 20_000;

fn session() -> Session {
    let mut session = Session::new(Config::default()).unwrap_or_else(|error| panic!("{error}"));
    session.advance(Instant::ZERO + Duration::from_secs(5));
    let configs = SortedMap::from([("segment.bytes".to_owned(), "1048576".to_owned())]);
    session.apply(0, Command::CreateTopic { name: "orders".to_owned(), partitions: 3, replication_factor: 3, configs });
    session.advance(session.now() + Duration::from_secs(1));
    for request in 1..=4 {
        session.apply(
            request,
            Command::AddProducer {
                name: None,
                topic: "orders".to_owned(),
                per_minute: RECORDS_A_MINUTE,
                keys: Keys::Drawn { prefix: "key-".to_owned(), count: 1_000 },
                acks: "all".to_owned(),
                config: SortedMap::new(),
                transactions: None,
            },
        );
    }
    session.apply(
        5,
        Command::AddConsumer {
            group: "billing".to_owned(),
            topics: vec!["orders".to_owned()],
            name: None,
            assignor: Assignor::Default,
            from: Reset::Earliest,
            instance_id: None,
            per_minute: None,
            config: SortedMap::new(),
        },
    );
    session
}

/// Seconds that a step took, and a keyframe, over one minute.
fn minute(session: &mut Session, keyframes: &mut Vec<Session>) -> (f64, f64) {
    let (mut stepping, mut keeping) = (0.0, 0.0);
    let before = session.steps();
    for _ in 0..6 {
        let began = Clock::now();
        session.advance(session.now() + Duration::from_secs(10));
        stepping += began.elapsed().as_secs_f64();
        let began = Clock::now();
        keyframes.push(session.clone());
        keeping += began.elapsed().as_secs_f64();
    }
    (stepping / (session.steps() - before) as f64, keeping / 6.0)
}

fn main() {
    let mut session = session();
    let mut keyframes = Vec::new();
    let minutes: Vec<_> = (0..MINUTES).map(|_| minute(&mut session, &mut keyframes)).collect();
    let written: i64 =
        session.simulation().brokers().take(1).flat_map(|broker| broker.replicas().partitions()).map(|(_, p)| p.log().end_offset().0).sum();
    println!("age: {MINUTES} minutes, records written\t{written}");
    if std::env::args().any(|argument| argument == "--all") {
        minutes.iter().for_each(|(step, keyframe)| println!("{:.2} µs a step, {:.1} µs a keyframe", step * 1e6, keyframe * 1e6));
    }
    if let (Some(young), Some(old)) = (minutes.get(1), minutes.last()) {
        println!("age: an event's time, minute {MINUTES} ÷ minute 2\t{:.2}", old.0 / young.0);
        println!("age: a keyframe's time, minute {MINUTES} ÷ minute 2\t{:.2}", old.1 / young.1);
    }
}
