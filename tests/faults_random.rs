//! Faults at random: whatever breaks, all is whole again after it was healed. `SEEDS=FROM,COUNT` runs others, and more, than usual.

use partita::base::{Duration, EventKind, NodeId, Rng};
use partita::playground::{Command, Session};
use partita::simulation::{Config, NodeState, Roles};

fn give(session: &mut Session, request: u64, command: &str) {
    let command: Command = serde_json::from_str(command).unwrap_or_else(|error| panic!("{command}: {error}"));
    session.apply(request, command);
}

fn pass(session: &mut Session, ms: u64) -> u64 {
    let until = session.now() + Duration::from_millis(ms);
    let mut steps = 0;
    while session.next_due().is_some_and(|due| due <= until) {
        session.step();
        steps += 1;
    }
    session.advance(until);
    steps
}

fn any_fault(rng: &mut Rng) -> String {
    let node = 1 + rng.below(3);
    let other = 1 + rng.below(3);
    let party = ["1", "2", "3", "\"brokers\"", "\"controllers\"", "\"clients\"", "\"all\"", "\"p1\""][rng.below(8) as usize];
    let api = ["PRODUCE", "FETCH", "METADATA", "OFFSET_COMMIT", "HEARTBEAT", "VOTE", "ALTER_PARTITION", "BROKER_HEARTBEAT", "JOIN_GROUP"]
        [rng.below(9) as usize];
    let effect = ["\"lost\"", "{\"error\":\"REQUEST_TIMED_OUT\"}", "{\"delay\":3000}"][rng.below(3) as usize];
    match rng.below(16) {
        0 => format!(r#"{{"do":"killBroker","node":{node}}}"#),
        1 => format!(r#"{{"do":"killBroker","node":{node},"machine":true}}"#),
        2 => format!(r#"{{"do":"stopBroker","node":{node}}}"#),
        3..=5 => format!(r#"{{"do":"restartBroker","node":{node}}}"#),
        6 => format!(r#"{{"do":"pauseBroker","node":{node}}}"#),
        7 => format!(r#"{{"do":"resumeBroker","node":{node}}}"#),
        8 => format!(r#"{{"do":"slowBroker","node":{node},"factor":{}}}"#, rng.below(200)),
        9 => format!(r#"{{"do":"slowDisk","node":{node},"ms":{}}}"#, rng.below(300)),
        10 => format!(r#"{{"do":"cutLink","from":{node},"to":{party},"oneWay":{}}}"#, rng.below(2) == 0),
        11 => format!(r#"{{"do":"healLink","from":{node},"to":{party}}}"#),
        12 => format!(
            r#"{{"do":"setLink","from":{node},"to":{other},"latencyUs":{},"jitterUs":{},"bytesPerSecond":100000}}"#,
            rng.below(50_000),
            rng.below(20_000)
        ),
        13 => format!(r#"{{"do":"breakConnections","from":{node},"to":{party}}}"#),
        14 => format!(r#"{{"do":"faultApi","node":{node},"api":"{api}","count":{},"effect":{effect}}}"#, 1 + rng.below(5)),
        _ => format!(r#"{{"do":"setClock","node":{node},"offsetMs":{}}}"#, rng.below(100_000)),
    }
}

/// Breaks a cluster at random, heals it, and gives what is not whole then.
fn run(seed: u64) -> Vec<String> {
    let mut rng = Rng::stream(seed, "faults at random");
    let roles = if rng.below(3) == 0 { Roles::Apart } else { Roles::Combined };
    let mut session = Session::new(Config { seed, roles, ..Config::default() }).expect("a cluster");
    pass(&mut session, 1_000);
    give(
        &mut session,
        1,
        r#"{"do":"createTopic","name":"orders","partitions":3,"replicationFactor":3,"configs":{"min.insync.replicas":"2"}}"#,
    );
    pass(&mut session, 1_000);
    give(&mut session, 2, r#"{"do":"addProducer","topic":"orders","perMinute":600}"#);
    give(&mut session, 3, r#"{"do":"addConsumer","group":"billing","topics":["orders"],"from":"earliest"}"#);
    give(&mut session, 4, r#"{"do":"addConsumer","group":"billing","topics":["orders"],"from":"earliest"}"#);
    pass(&mut session, 10_000);
    let mut faults = Vec::new();
    let mut wrong = Vec::new();
    for request in 10..10 + 5 + rng.below(15) {
        let fault = any_fault(&mut rng);
        give(&mut session, request, &fault);
        faults.push(fault);
        let ms = 500 + rng.below(12_000);
        let steps = pass(&mut session, ms);
        if steps > ms * 20 {
            wrong.push(format!("{steps} steps in {ms} ms after {faults:?}"));
        }
    }
    give(&mut session, 1_000, r#"{"do":"healAll"}"#);
    pass(&mut session, 100_000);
    let simulation = session.simulation();
    for node in simulation.nodes() {
        if node.state != NodeState::Running {
            wrong.push(format!("node {} {}", node.id, node.state.text()));
        }
    }
    for id in [1, 2, 3] {
        if simulation.broker(NodeId(id)).is_none_or(|broker| broker.is_fenced()) {
            wrong.push(format!("broker {id} is fenced"));
        }
    }
    let active = simulation.controllers().filter(|controller| controller.is_active()).count();
    if active != 1 {
        wrong.push(format!("{active} active controllers"));
    }
    if let Some(image) = simulation.controllers().find(|controller| controller.is_active()).map(|controller| controller.image()) {
        for topic in image.topics() {
            for (index, partition) in topic.partitions.iter().enumerate() {
                if partition.isr.len() != partition.replicas.len() {
                    wrong.push(format!("{}-{index}: leader {:?}, isr {:?}", topic.name, partition.leader, partition.isr));
                }
            }
        }
    }
    let last = session.trace().last().expect("an event");
    let mut after = session.clone();
    pass(&mut after, 20_000);
    for what in ["acknowledged", "consumed"] {
        let happened = after.trace().since(last).filter(|event| match event.kind {
            EventKind::Acknowledged { .. } => what == "acknowledged",
            EventKind::Consumed { .. } => what == "consumed",
            _ => false,
        });
        if happened.count() < 100 {
            wrong.push(format!("few records are {what}"));
        }
    }
    if !wrong.is_empty() {
        wrong.push(format!("seed {seed}, {roles:?}: {faults:#?}"));
    }
    wrong
}

#[test]
fn whatever_breaks_is_whole_again_when_it_is_healed() {
    let (from, count) = match std::env::var("SEEDS") {
        Ok(seeds) => {
            let (from, count) = seeds.split_once(',').expect("FROM,COUNT");
            (from.parse().expect("a seed"), count.parse().expect("a count"))
        }
        Err(_) => (1, 3),
    };
    let wrong: Vec<_> = (from..from + count).flat_map(run).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
