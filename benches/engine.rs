//! Workloads for the engine alone, without sockets: natively a program that prints how long each takes; in wasm functions that somebody
//! else times. `cargo xtask bench` runs both.

use partita::base::{Duration, EventId, Instant, LeaderEpoch, Offset, SortedMap, TopicPartition};
use partita::log::{Append, Log, Origin, ReadLimits};
use partita::playground::{Assignor, Command, History, Keys, Reset, Session, Setup, Target};
use partita::simulation::Config;
use partita::wire::{BatchBuilder, Compression};
use std::cell::RefCell;
use std::sync::Arc;

/// A name and a workload; it returns the trace's hash, so that nothing is left out as unused.
type Workload = (&'static str, fn() -> u64);

const WORKLOADS: [Workload; 7] = [
    ("virtual hour", virtual_hour),
    ("traffic", traffic),
    ("100 seeks at 100 000 events", seeks),
    ("100 keyframes", keyframes),
    ("log: appends", appends),
    ("log: reads, start", reads_at_start),
    ("log: reads, end", reads_at_end),
];

fn advance(session: &mut Session, seconds: u64) {
    session.advance(session.now() + Duration::from_secs(seconds));
}

/// A cluster of three brokers with a topic.
fn cluster(partitions: i32) -> Session {
    let mut session = Session::new(Config::default()).unwrap_or_else(|error| panic!("{error}"));
    session.advance(Instant::ZERO + Duration::from_secs(5));
    session.apply(0, Command::CreateTopic { name: "orders".to_owned(), partitions, replication_factor: 1, configs: SortedMap::new() });
    advance(&mut session, 1);
    session
}

fn consumers(session: &mut Session, count: u64) {
    for request in 1..=count {
        session.apply(
            request,
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
    }
    advance(session, 10);
}

/// An hour in which nothing is written: 3 brokers, 6 partitions, 4 consumers.
fn virtual_hour() -> u64 {
    let mut session = cluster(6);
    consumers(&mut session, 4);
    advance(&mut session, 3_600);
    session.trace().hash()
}

/// A minute with four producers of 1,000 records a second each, read by a group of three.
fn traffic() -> u64 {
    let mut session = cluster(6);
    consumers(&mut session, 3);
    for request in 10..14 {
        let keys = Keys::Drawn { prefix: "key-".to_owned(), count: 1_000 };
        let topic = "orders".to_owned();
        session.apply(
            request,
            Command::AddProducer {
                name: None,
                topic,
                per_minute: 60_000,
                keys,
                acks: "all".to_owned(),
                config: SortedMap::new(),
                transactions: None,
            },
        );
    }
    advance(&mut session, 60);
    session.trace().hash()
}

/// How many events there are to be gone to.
const EVENTS: u64 = 100_000;

thread_local! {
    /// Played once: a workload's best run is one that finds it.
    static BUSY: RefCell<Option<History>> = const { RefCell::new(None) };
}

/// The first scene with a busy producer besides: three replicas of each record, a group that reads.
fn busy() -> History {
    let mut history = History::scene(Setup::default()).unwrap_or_else(|error| panic!("{error}"));
    let keys = Keys::Drawn { prefix: "key-".to_owned(), count: 100 };
    let (topic, config) = ("orders".to_owned(), SortedMap::new());
    history
        .apply(1, Command::AddProducer { name: None, topic, per_minute: 3_000, keys, acks: "all".to_owned(), config, transactions: None });
    while history.end_event().0 < EVENTS {
        history.advance(history.now() + Duration::from_millis(100));
    }
    history
}

fn in_busy(work: impl FnOnce(&mut History) -> u64) -> u64 {
    BUSY.with_borrow_mut(|history| work(history.get_or_insert_with(busy)))
}

/// To events all over the session, never near the one before.
fn seeks() -> u64 {
    in_busy(|history| {
        for number in 0..100 {
            let event = 1 + number * 61_803 % EVENTS;
            history.seek(Target::Event(EventId(event))).unwrap_or_else(|refusal| panic!("{}", refusal.message));
        }
        history.session().trace().hash()
    })
}

/// What a keyframe takes: a clone of the session.
fn keyframes() -> u64 {
    in_busy(|history| (0..100).map(|_| std::hint::black_box(history.session().clone()).steps()).sum())
}

const BATCHES: i64 = 200_000;
const READS: i64 = 1_000_000;

/// A log of batches of one record of 100 bytes, each checked as a client's.
fn log() -> Log {
    let mut log = Log::new(TopicPartition::new("orders", 0), Arc::default(), 0);
    let mut builder = BatchBuilder::new(Compression::None);
    let append = Append { leader_epoch: LeaderEpoch(0), origin: Origin::Client, guard: None, transaction_version: 0, now_ms: 0 };
    let batch = builder.append(0, Some(b"key"), Some(&[7; 100]), &[]).and_then(|()| builder.build());
    let batch = batch.unwrap_or_else(|error| panic!("{error}"));
    for _ in 0..BATCHES {
        log.append_as_leader(batch.clone(), append).unwrap_or_else(|error| panic!("{error}"));
    }
    log
}

fn appends() -> u64 {
    log().size_in_bytes()
}

/// Reads of ten batches each, spread over a thousand offsets.
fn reads(log: &Log, from: i64) -> u64 {
    let limits = ReadLimits { up_to: log.end_offset(), max_bytes: 1_700, min_one_batch: true, aborted: false };
    let read = |n: i64| log.read(Offset(from + n % 1_000), limits).map_or(0, |read| read.records.len() as u64);
    (0..READS).map(read).sum()
}

fn reads_at_start() -> u64 {
    reads(&log(), 0)
}

fn reads_at_end() -> u64 {
    reads(&log(), BATCHES - 1_010)
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    for (name, workload) in WORKLOADS {
        let best = (0..3).map(|_| {
            let began = std::time::Instant::now();
            std::hint::black_box(workload());
            began.elapsed()
        });
        println!("{name}\t{:.3}", best.min().unwrap_or_default().as_secs_f64());
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

/// Runs the workload of this name; false where there is none.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn run(name: &str) -> bool {
    WORKLOADS.iter().find(|(known, _)| *known == name).map(|(_, workload)| std::hint::black_box(workload())).is_some()
}
