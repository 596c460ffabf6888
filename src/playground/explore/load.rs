//! Topics, producers and consumers of a plan.

use super::draw::Draw;
use super::plan::{Planned, Theme};
use crate::base::SortedMap;
use crate::playground::{Assignor, Command, ConfigOf, Keys, Reset, Setup, Transactions};

const OFFSETS_TOPIC: &str = "__consumer_offsets";
/// When topics are made: the cluster stands, mostly.
const TOPICS_MS: u64 = 1_000;
/// When clients begin.
pub(super) const BEGINS_MS: u64 = 2_000;

/// A topic that the plan makes.
pub(super) struct Topic {
    pub name: String,
    pub partitions: i32,
    pub replication_factor: i16,
    pub compacted: bool,
}

pub(super) fn topics(draw: &mut Draw, scenario: Theme, setup: &Setup, inputs: &mut Vec<Planned>) -> Vec<Topic> {
    let count = draw.between(1, 2);
    let topics: Vec<Topic> = (0..count)
        .map(|number| {
            let most = i16::try_from(setup.brokers.min(3)).unwrap_or(1);
            let replication_factor = if draw.percent(75) { most } else { i16::try_from(draw.between_i32(1, most.into())).unwrap_or(1) };
            Topic {
                name: format!("t{number}"),
                partitions: draw.between_i32(1, 3),
                replication_factor,
                compacted: scenario == Theme::Compaction && (number == 0 || draw.percent(50)),
            }
        })
        .collect();
    for topic in &topics {
        let mut configs = SortedMap::new();
        if topic.replication_factor >= 2 && draw.percent(50) {
            configs.insert("min.insync.replicas".to_owned(), draw.between(1, 2).to_string());
        }
        if draw.percent(15) {
            configs.insert("unclean.leader.election.enable".to_owned(), "true".to_owned());
        }
        if topic.compacted {
            compaction(draw, &mut configs);
        }
        let command = Command::CreateTopic {
            name: topic.name.clone(),
            partitions: topic.partitions,
            replication_factor: topic.replication_factor,
            configs,
        };
        inputs.push(Planned { at_ms: TOPICS_MS, command });
    }
    topics
}

/// Short lags, so that there is something to clean.
fn compaction(draw: &mut Draw, configs: &mut SortedMap<String, String>) {
    let mut set = |name: &str, value: String| drop(configs.insert(name.to_owned(), value));
    set("cleanup.policy", if draw.percent(80) { "compact" } else { "compact,delete" }.to_owned());
    set("segment.ms", (draw.between(1, 6) * 1_000).to_string());
    set("min.cleanable.dirty.ratio", if draw.percent(50) { "0.01" } else { "0.5" }.to_owned());
    set("min.compaction.lag.ms", (draw.between(0, 3) * 500).to_string());
    set("max.compaction.lag.ms", (draw.between(4, 10) * 1_000).to_string());
    set("delete.retention.ms", (draw.between(0, 6) * 5_000).to_string());
}

pub(super) fn clients(draw: &mut Draw, scenario: Theme, topics: &[Topic], until_ms: u64, inputs: &mut Vec<Planned>) {
    for number in 1..=draw.between(1, 3) {
        let Some(topic) = draw.one_of(topics) else { continue };
        let name = format!("p{number}");
        let at_ms = BEGINS_MS + draw.between(0, 1_500);
        inputs.push(Planned { at_ms, command: producer(draw, &name, topic) });
        if draw.percent(15) {
            let at_ms = at_ms + draw.between(3_000, until_ms);
            inputs.push(Planned { at_ms, command: Command::RemoveProducer { producer: name } });
        }
    }
    for topic in topics.iter().filter(|topic| topic.compacted) {
        tombstones(draw, topic, until_ms, inputs);
    }
    let groups = if scenario == Theme::Groups { 2 } else { draw.between(0, 1) };
    let mut number = 0;
    for group in 1..=groups {
        let assignor = *draw
            .one_of(&[Assignor::Default, Assignor::CooperativeSticky, Assignor::Sticky, Assignor::Range])
            .unwrap_or(&Assignor::Default);
        let most = if scenario == Theme::Groups { 4 } else { 2 };
        for _ in 0..draw.between(1, most) {
            number += 1;
            member(draw, scenario, (group, number), assignor, topics, until_ms, inputs);
        }
    }
}

/// `__consumer_offsets` is compacted after seconds, not after a week.
pub(super) fn compacted_offsets(draw: &mut Draw, scenario: Theme, inputs: &mut Vec<Planned>) {
    let percent = if scenario == Theme::Compaction { 50 } else { 10 };
    if !draw.percent(percent) {
        return;
    }
    let at_ms = BEGINS_MS + draw.between(2_000, 6_000);
    let mut set = |key: &str, value: String| {
        let (of, name) = (ConfigOf::Topic, OFFSETS_TOPIC.to_owned());
        inputs.push(Planned { at_ms, command: Command::AlterConfig { of, name, key: key.to_owned(), value: Some(value) } });
    };
    set("segment.ms", (draw.between(1, 4) * 1_000).to_string());
    set("min.cleanable.dirty.ratio", "0.01".to_owned());
}

/// Some of the idempotent producers write in transactions, a few of them under one transactional id; and some consumers read what is committed.
pub(super) fn transactions(draw: &mut Draw, setup: &mut Setup, inputs: &mut [Planned]) {
    if !draw.percent(40) {
        return;
    }
    let mut set = |name: &str, value: String| drop(setup.settings.insert(name.to_owned(), value));
    set("transaction.state.log.num.partitions", draw.between(1, 3).to_string());
    set("transaction.state.log.replication.factor", setup.brokers.min(3).to_string());
    set("transaction.state.log.min.isr", setup.brokers.min(2).to_string());
    for Planned { command, .. } in inputs {
        match command {
            Command::AddProducer { name: Some(name), acks, config, transactions, .. } => {
                if acks != "all" || config.contains_key("enable.idempotence") || !draw.percent(60) {
                    continue;
                }
                let id = if draw.percent(20) { "shared" } else { name };
                config.insert("transactional.id".to_owned(), id.to_owned());
                config.insert("transaction.timeout.ms".to_owned(), (draw.between(2, 20) * 1_000).to_string());
                let abort_every = u32::try_from(draw.between(0, 4)).unwrap_or_default();
                *transactions = Some(Transactions { per_transaction: u32::try_from(draw.between(1, 8)).unwrap_or(1), abort_every });
            }
            Command::AddConsumer { config, .. } if draw.percent(50) => {
                config.insert("isolation.level".to_owned(), "read_committed".to_owned());
            }
            _ => {}
        }
    }
}

/// Keys are deleted now and then.
fn tombstones(draw: &mut Draw, topic: &Topic, until_ms: u64, inputs: &mut Vec<Planned>) {
    for _ in 0..draw.between(1, 8) {
        let command = Command::Publish {
            producer: None,
            topic: topic.name.clone(),
            key: Some(format!("k{}", draw.between(1, 12))),
            value: None,
            headers: Vec::new(),
            partition: None,
            base64: false,
        };
        inputs.push(Planned { at_ms: draw.between(BEGINS_MS, until_ms), command });
    }
}

fn producer(draw: &mut Draw, name: &str, topic: &Topic) -> Command {
    let acks = draw.weighted(&[(8, "all"), (2, "1"), (1, "0")]).unwrap_or("all");
    let mut config = SortedMap::new();
    let mut set = |name: &str, value: String| drop(config.insert(name.to_owned(), value));
    set("linger.ms", draw.between(0, 40).to_string());
    let request_timeout = draw.between(2, 8) * 500;
    set("request.timeout.ms", request_timeout.to_string());
    set("delivery.timeout.ms", (request_timeout + 100 + draw.between(0, 30) * 1_000).to_string());
    set("max.in.flight.requests.per.connection", draw.between(1, 5).to_string());
    if draw.percent(25) {
        set("enable.idempotence", "false".to_owned());
    }
    if draw.percent(20) {
        let codec = *draw.one_of(&["gzip", "snappy", "lz4", "zstd"]).unwrap_or(&"none");
        set("compression.type", codec.to_owned());
    }
    let keys = if topic.compacted || draw.percent(60) {
        Keys::Drawn { prefix: "k".to_owned(), count: u32::try_from(draw.between(2, 12)).unwrap_or(2) }
    } else {
        Keys::None
    };
    Command::AddProducer {
        name: Some(name.to_owned()),
        topic: topic.name.clone(),
        per_minute: u32::try_from(draw.between(2, 12) * 60).unwrap_or(60),
        keys,
        acks: acks.to_owned(),
        config,
        transactions: None,
    }
}

fn member(
    draw: &mut Draw,
    scenario: Theme,
    (group, number): (u64, u64),
    assignor: Assignor,
    topics: &[Topic],
    until_ms: u64,
    inputs: &mut Vec<Planned>,
) {
    let name = format!("c{number}");
    let late = if scenario == Theme::Groups { draw.between(0, until_ms.saturating_sub(BEGINS_MS)) } else { draw.between(0, 3_000) };
    let at_ms = BEGINS_MS + late;
    let session = draw.between(2, 12) * 500;
    let mut config = SortedMap::new();
    let mut set = |name: &str, value: String| drop(config.insert(name.to_owned(), value));
    set("session.timeout.ms", session.to_string());
    set("heartbeat.interval.ms", (session / 3).to_string());
    set("request.timeout.ms", (draw.between(2, 8) * 500).to_string());
    // As long as a member waits for the others, and, a little longer, for the answer to its JoinGroup.
    set("max.poll.interval.ms", "20000".to_owned());
    set("auto.commit.interval.ms", (draw.between(1, 6) * 250).to_string());
    let add = Command::AddConsumer {
        group: format!("g{group}"),
        topics: topics.iter().map(|topic| topic.name.clone()).collect(),
        name: Some(name.clone()),
        assignor,
        from: if draw.percent(70) { Reset::Earliest } else { Reset::Latest },
        instance_id: draw.percent(20).then(|| format!("i{number}")),
        per_minute: None,
        config,
    };
    inputs.push(Planned { at_ms, command: add.clone() });
    if draw.percent(if scenario == Theme::Groups { 60 } else { 15 }) {
        let gone_ms = at_ms + draw.between(500, 8_000);
        let crash = draw.percent(50);
        let consumer = name;
        let leave = if crash { Command::CrashConsumer { consumer } } else { Command::StopConsumer { consumer } };
        inputs.push(Planned { at_ms: gone_ms, command: leave });
        if draw.percent(50) {
            inputs.push(Planned { at_ms: gone_ms + draw.between(500, 8_000), command: add });
        }
    }
}
