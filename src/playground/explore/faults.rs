//! What breaks in a plan, and mostly is made whole again before all is.

use super::draw::Draw;
use super::load::{BEGINS_MS, Topic};
use super::plan::{Planned, Theme};
use crate::playground::command::{ApiEffect, Party};
use crate::playground::{Command, Setup};
use crate::simulation::Roles;

/// Controllers that are nodes of their own are numbered from here.
const APART: i32 = 101;

/// What can happen.
#[derive(Clone, Copy)]
enum Fault {
    Kill,
    KillMachine,
    Stop,
    Pause,
    Slow,
    SlowDisk,
    FullDisk,
    Clock,
    Cut,
    CutOneWay,
    Isolate,
    Link,
    Break,
    Api,
    Elect,
    Reassign,
}

/// How likely each is.
const fn weights(scenario: Theme) -> &'static [(u64, Fault)] {
    use Fault::*;
    match scenario {
        Theme::Failover => {
            &[(8, Kill), (5, KillMachine), (4, Stop), (5, Pause), (2, Slow), (1, SlowDisk), (1, FullDisk), (1, Clock), (2, Api), (2, Elect)]
        }
        Theme::Partition => &[(6, Cut), (4, CutOneWay), (4, Isolate), (4, Link), (4, Break), (3, Api), (2, Pause), (1, Kill)],
        Theme::Reassign => &[(7, Reassign), (4, Elect), (4, Kill), (2, KillMachine), (2, Stop), (2, Pause), (2, Cut), (1, Isolate)],
        Theme::Compaction => &[(4, Kill), (2, KillMachine), (2, Stop), (2, Pause), (1, Cut)],
        Theme::Groups => &[(4, Kill), (2, KillMachine), (2, Stop), (4, Pause), (3, Api), (3, Cut), (2, Break), (1, Slow)],
        Theme::Controllers => {
            &[(6, Kill), (3, KillMachine), (3, Stop), (4, Pause), (3, Cut), (3, CutOneWay), (3, Isolate), (2, Break), (1, Link)]
        }
    }
}

pub(super) fn faults(draw: &mut Draw, scenario: Theme, setup: &Setup, topics: &[Topic], last_ms: u64, inputs: &mut Vec<Planned>) {
    for _ in 0..draw.between(1, 7) {
        let Some(fault) = draw.weighted(weights(scenario)) else { continue };
        let at_ms = draw.between(BEGINS_MS, last_ms);
        let until_ms = at_ms + draw.weighted(&[(3, 800), (4, 4_000), (2, 12_000)]).map_or(1, |most| draw.between(50, most));
        let lasts = draw.percent(80) && until_ms < last_ms;
        let (begins, ends) = commands(draw, fault, scenario, setup, topics);
        inputs.extend(begins.into_iter().map(|command| Planned { at_ms, command }));
        if lasts {
            inputs.extend(ends.into_iter().map(|command| Planned { at_ms: until_ms, command }));
        }
    }
}

/// Now and then an operator deletes records that may not have been read, up to an offset or all of them.
pub(super) fn deletions(draw: &mut Draw, topics: &[Topic], last_ms: u64, inputs: &mut Vec<Planned>) {
    if !draw.percent(20) {
        return;
    }
    for _ in 0..draw.between(1, 3) {
        let Some(topic) = draw.one_of(topics) else { continue };
        let (topic, partition) = (topic.name.clone(), draw.between_i32(0, topic.partitions - 1));
        let before = draw.percent(70).then(|| i64::from(draw.between_i32(1, 60)));
        inputs.push(Planned { at_ms: draw.between(BEGINS_MS, last_ms), command: Command::DeleteRecords { topic, partition, before } });
    }
}

/// The commands that begin a fault, and those that end it.
fn commands(draw: &mut Draw, fault: Fault, scenario: Theme, setup: &Setup, topics: &[Topic]) -> (Vec<Command>, Vec<Command>) {
    let node = node(draw, scenario, setup);
    let back = vec![Command::RestartBroker { node }];
    match fault {
        Fault::Kill => (vec![Command::KillBroker { node, machine: false }], back),
        Fault::KillMachine => (vec![Command::KillBroker { node, machine: true }], back),
        Fault::Stop => (vec![Command::StopBroker { node }], back),
        Fault::Pause => (vec![Command::PauseBroker { node }], vec![Command::ResumeBroker { node }]),
        Fault::Slow => {
            let factor = u32::try_from(draw.between(1, 20)).unwrap_or(1);
            (vec![Command::SlowBroker { node, factor }], vec![Command::SlowBroker { node, factor: 0 }])
        }
        Fault::SlowDisk => {
            let ms = u32::try_from(draw.between(1, 50)).unwrap_or(1);
            (vec![Command::SlowDisk { node, ms }], vec![Command::SlowDisk { node, ms: 0 }])
        }
        Fault::FullDisk => (vec![Command::FillDisk { node }], vec![Command::FreeDisk { node }, Command::RestartBroker { node }]),
        Fault::Clock => {
            let offset_ms = i64::from(draw.between_i32(-30_000, 30_000));
            (vec![Command::SetClock { node, offset_ms }], vec![Command::SetClock { node, offset_ms: 0 }])
        }
        Fault::Cut | Fault::CutOneWay => {
            let (from, to) = (Party::Node(node), other(draw, node, setup));
            let cut = Command::CutLink { from: from.clone(), to: to.clone(), one_way: matches!(fault, Fault::CutOneWay) };
            (vec![cut], vec![Command::HealLink { from, to }])
        }
        Fault::Isolate => {
            let from = Party::Node(node);
            let cut = |to: &str| Command::CutLink { from: from.clone(), to: Party::Named(to.to_owned()), one_way: false };
            let heal = |to: &str| Command::HealLink { from: from.clone(), to: Party::Named(to.to_owned()) };
            let parties: &[&str] = if draw.percent(50) { &["brokers", "controllers"] } else { &["all"] };
            (parties.iter().map(|to| cut(to)).collect(), parties.iter().map(|to| heal(to)).collect())
        }
        Fault::Link => {
            let (from, to) = (Party::Node(node), other(draw, node, setup));
            let latency_us = i64::from(draw.between_i32(1_000, 300_000));
            let jitter_us = i64::from(draw.between_i32(0, 200_000));
            let set = |latency_us, jitter_us| Command::SetLink {
                from: from.clone(),
                to: to.clone(),
                latency_us,
                jitter_us,
                tail_us: 0,
                bytes_per_second: None,
            };
            (vec![set(latency_us, jitter_us)], vec![set(500, 0)])
        }
        Fault::Break => (vec![Command::BreakConnections { from: Party::Node(node), to: other(draw, node, setup) }], Vec::new()),
        Fault::Api => (vec![api(draw, node)], Vec::new()),
        Fault::Elect => (draw.one_of(topics).map(|topic| elect(draw, topic)).into_iter().collect(), Vec::new()),
        Fault::Reassign => {
            let Some(topic) = draw.one_of(topics) else { return (Vec::new(), Vec::new()) };
            let (topic, partition) = (topic.name.clone(), draw.between_i32(0, topic.partitions - 1));
            let replicas = replicas(draw, setup.brokers);
            let cancel = Command::CancelReassignment { topic: topic.clone(), partition };
            (vec![Command::Reassign { topic, partition, replicas }], if draw.percent(30) { vec![cancel] } else { Vec::new() })
        }
    }
}

/// A node that something happens to.
fn node(draw: &mut Draw, scenario: Theme, setup: &Setup) -> i32 {
    let apart = setup.roles == Roles::Apart;
    let controllers = setup.controllers.unwrap_or(1);
    let percent = if scenario == Theme::Controllers { 70 } else { 15 };
    if draw.percent(percent) {
        let first = if apart { APART } else { 1 };
        return draw.between_i32(first, first + controllers - 1);
    }
    draw.between_i32(1, setup.brokers)
}

/// Another party of the network.
fn other(draw: &mut Draw, node: i32, setup: &Setup) -> Party {
    let named = *draw.one_of(&["brokers", "controllers", "clients"]).unwrap_or(&"brokers");
    if setup.brokers < 2 || draw.percent(40) {
        return Party::Named(named.to_owned());
    }
    let other = draw.between_i32(1, setup.brokers - 1);
    Party::Node(if other >= node { other + 1 } else { other })
}

fn api(draw: &mut Draw, node: i32) -> Command {
    let api = *draw
        .one_of(&[
            "Produce",
            "Fetch",
            "Metadata",
            "OffsetCommit",
            "OffsetFetch",
            "JoinGroup",
            "SyncGroup",
            "Heartbeat",
            "InitProducerId",
            "FindCoordinator",
        ])
        .unwrap_or(&"Produce");
    let effect = match draw.between(0, 2) {
        0 => ApiEffect::Lost,
        1 => ApiEffect::Error("REQUEST_TIMED_OUT".to_owned()),
        _ => ApiEffect::Delay(u32::try_from(draw.between(100, 6_000)).unwrap_or(100)),
    };
    Command::FaultApi { node, api: api.to_owned(), count: u32::try_from(draw.between(1, 5)).unwrap_or(1), effect }
}

fn elect(draw: &mut Draw, topic: &Topic) -> Command {
    Command::ElectLeader { topic: topic.name.clone(), partition: draw.between_i32(0, topic.partitions - 1), unclean: draw.percent(20) }
}

/// One to three of the brokers, in any order.
fn replicas(draw: &mut Draw, brokers: i32) -> Vec<i32> {
    let mut left: Vec<i32> = (1..=brokers).collect();
    let mut replicas = Vec::new();
    for _ in 0..draw.between(1, 3) {
        let Some(replica) = draw.one_of(&left).copied() else { break };
        left.retain(|other| *other != replica);
        replicas.push(replica);
    }
    replicas
}
