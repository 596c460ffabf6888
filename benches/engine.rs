//! Workloads for the engine alone, without sockets: natively a program that prints how long each takes; in wasm functions that somebody
//! else times. `cargo xtask bench` runs both.

use partita::base::{Duration, Instant};
use partita::playground::{Assignor, Command, Keys, Reset, Session};
use partita::simulation::Config;
use std::collections::BTreeMap;

/// A name and a workload; it returns the trace's hash, so that nothing is left out as unused.
type Workload = (&'static str, fn() -> u64);

const WORKLOADS: [Workload; 2] = [("virtual hour", virtual_hour), ("traffic", traffic)];

fn advance(session: &mut Session, seconds: u64) {
    session.advance(session.now() + Duration::from_secs(seconds));
}

/// A cluster of three brokers with a topic.
fn cluster(partitions: i32) -> Session {
    let mut session = Session::new(Config::default()).unwrap_or_else(|error| panic!("{error}"));
    session.advance(Instant::ZERO + Duration::from_secs(5));
    session.apply(0, Command::CreateTopic { name: "orders".to_owned(), partitions, replication_factor: 1, configs: BTreeMap::new() });
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
        session.apply(request, Command::AddProducer { name: None, topic, per_minute: 60_000, keys, acks: "all".to_owned() });
    }
    advance(&mut session, 60);
    session.trace().hash()
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
