//! Brokers and controllers: what the metadata says of them, what their processes are at, and what is wrong between them.

use crate::base::{NodeId, ProcessId};
use crate::controller::{self, Controller, MetadataImage};
use crate::playground::Session;
use crate::playground::words::Namer;
use crate::simulation::node::{Down, Node, NodeState};
use crate::simulation::{Door, Hardship, LinkState, Simulation, broker_process, controller_process};
use crate::view::{ApiFaultView, BrokerState, BrokerView, ControllerView, FaultsView, Life, LinkView, MachineView, QuorumRole};
use std::sync::Arc;

/// The metadata of the broker that has read furthest; where none runs, of the controller that has.
pub(in crate::view) fn newest_image(simulation: &Simulation) -> Option<&MetadataImage> {
    let brokers = simulation.brokers().map(crate::broker::Broker::image).max_by_key(|image| image.next_offset());
    brokers.or_else(|| simulation.controllers().map(Controller::committed_image).max_by_key(|image| image.next_offset()))
}

pub(super) fn brokers(simulation: &Simulation, image: Option<&MetadataImage>) -> Vec<BrokerView> {
    let view = |node: &Node| {
        let id = node.id;
        let registration = image.and_then(|image| image.broker(id));
        let state = match registration {
            None => BrokerState::Starting,
            // The controller does not know yet that it was gone: what is registered is its life before.
            Some(_) if node.state == NodeState::Running && simulation.door(id) == Door::Refused => BrokerState::Starting,
            Some(broker) if broker.fenced => BrokerState::Fenced,
            Some(broker) if broker.in_controlled_shutdown => BrokerState::Stopping,
            Some(_) => BrokerState::Alive,
        };
        let (host, port) = simulation.config().advertised(id);
        let rack = registration.and_then(|broker| broker.rack.clone());
        BrokerView { id, state, address: format!("{host}:{port}").into(), rack, machine: Some(machine(simulation, node)) }
    };
    simulation.nodes().filter(|node| node.broker).map(view).collect()
}

fn machine(simulation: &Simulation, node: &Node) -> MachineView {
    let hardship = simulation.hardship(node.id);
    let life = match node.state {
        NodeState::Running | NodeState::Stopping => Life::Running,
        NodeState::Paused => Life::Paused,
        NodeState::Down(Down::Stopped) => Life::Stopped,
        NodeState::Down(Down::Killed | Down::PowerLost | Down::DiskFull) => Life::Dead,
    };
    MachineView {
        life,
        since: node.since.and_then(|event| Some(simulation.trace().get(event)?.at)),
        troubles: troubles(&hardship, node.state),
        slow: !hardship.per_input.is_zero(),
        disk_full: hardship.disk_full,
        disk_delay_ms: hardship.per_append.as_millis(),
        clock_offset_ms: hardship.clock_offset_ms,
    }
}

fn troubles(hardship: &Hardship, state: NodeState) -> Vec<Arc<str>> {
    let mut troubles: Vec<Arc<str>> = Vec::new();
    if state == NodeState::Stopping {
        troubles.push("shutting down".into());
    }
    if !hardship.per_input.is_zero() {
        troubles.push(format!("{} for every input", milliseconds(hardship.per_input.as_micros())).into());
    }
    if !hardship.per_append.is_zero() {
        troubles.push(format!("{} for every append", milliseconds(hardship.per_append.as_micros())).into());
    }
    if hardship.disk_full {
        troubles.push("disk full".into());
    }
    if hardship.clock_offset_ms != 0 {
        troubles.push(format!("clock {:+.1} s", hardship.clock_offset_ms as f64 / 1_000.0).into());
    }
    troubles
}

fn milliseconds(us: u64) -> String {
    if us.is_multiple_of(1_000) { format!("{} ms", us / 1_000) } else { format!("{}.{} ms", us / 1_000, us % 1_000 / 100) }
}

/// The leader of the newest epoch: one that has been deposed may not know it yet.
pub(super) fn active_controller(simulation: &Simulation) -> Option<NodeId> {
    simulation.controllers().filter(|c| c.is_active()).max_by_key(|c| c.epoch()).map(Controller::node)
}

pub(super) fn controllers(simulation: &Simulation, before: &[ControllerView]) -> Vec<ControllerView> {
    let view = |node: &Node| {
        let (id, combined, machine) = (node.id, node.broker, Some(machine(simulation, node)));
        let Some(controller) = simulation.controllers().find(|c| c.node() == id) else {
            // What it knew when it ended.
            let known = before.iter().find(|c| c.id == id);
            let (epoch, log_end, high_watermark) = known.map_or((0, 0, 0), |c| (c.epoch, c.log_end, c.high_watermark));
            return ControllerView { id, combined, role: QuorumRole::Absent, epoch, log_end, high_watermark, machine };
        };
        let role = match controller.role() {
            controller::QuorumRole::Unattached => QuorumRole::Unattached,
            controller::QuorumRole::Follower => QuorumRole::Follower,
            controller::QuorumRole::Prospective => QuorumRole::Prospective,
            controller::QuorumRole::Candidate => QuorumRole::Candidate,
            controller::QuorumRole::Leader => QuorumRole::Leader,
            controller::QuorumRole::Resigned => QuorumRole::Resigned,
        };
        let (log, high_watermark) = controller.log();
        let (log_end, high_watermark) = (log.end_offset().0, high_watermark.0);
        ControllerView { id, combined, role, epoch: controller.epoch().0, log_end, high_watermark, machine }
    };
    simulation.nodes().filter(|node| node.controller).map(view).collect()
}

pub(super) fn faults(session: &Session) -> FaultsView {
    let simulation = session.simulation();
    let namer = Namer(session);
    let bent: Vec<LinkState> = simulation.links().collect();
    let mut links: Vec<LinkView> = Vec::new();
    for link in &bent {
        let back = bent.iter().find(|other| (other.from, other.to) == (link.to, link.from));
        // A link that is the same in both directions is told once.
        let both = back.is_some_and(|back| (back.cut, back.speed) == (link.cut, link.speed));
        if both && link.from > link.to {
            continue;
        }
        let what = words(simulation, link);
        if what.is_empty() {
            continue;
        }
        let ends = (namer.process(link.from), namer.process(link.to));
        let text = format!("{} {} {}: {what}", ends.0, if both { "–" } else { "→" }, ends.1);
        let (from, to) = (broker_of(simulation, link.from), broker_of(simulation, link.to));
        links.push(LinkView { from, to, cut: link.cut, text: text.into() });
    }
    let apis = simulation.api_faults().map(|(node, api, left, effect)| {
        let responses =
            if left == 1 { format!("the next {} response", api.name()) } else { format!("the next {left} {} responses", api.name()) };
        ApiFaultView { node, text: format!("{responses} of node {node}: {effect}").into() }
    });
    FaultsView { links, apis: apis.collect() }
}

fn words(simulation: &Simulation, link: &LinkState) -> String {
    if link.cut {
        return "cut".to_owned();
    }
    let usual = simulation.config().latency;
    let speed = &link.speed;
    let mut words = Vec::new();
    if speed.latency != usual || !speed.jitter.is_zero() {
        let more = if speed.jitter.is_zero() { String::new() } else { format!(" + up to {}", milliseconds(speed.jitter.as_micros())) };
        words.push(format!("{}{more}", milliseconds(speed.latency.as_micros())));
    }
    if let Some(bytes) = speed.bytes_per_second {
        words.push(format!("{bytes} B/s"));
    }
    words.join(", ")
}

/// The node whose machine this is.
fn broker_of(simulation: &Simulation, machine: ProcessId) -> Option<NodeId> {
    let is = |node: &&Node| broker_process(node.id) == machine || controller_process(node.id) == machine;
    simulation.nodes().find(is).map(|node| node.id)
}
