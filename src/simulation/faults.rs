//! Faults that a user causes: of links, disks, clocks and single APIs; those of whole nodes are in `node`. Each leaves an event, which is the
//! cause of what it brings about.

use super::actor::Actor;
use super::api_fault::ApiFault;
use super::node::{Down, Impossible, NodeAct, NodeState};
use super::run::Simulation;
use crate::base::SortedMap;
use crate::base::{ConnectionId, Duration, EventId, EventKind, Instant, NodeId, ProcessId, Recorder};
use crate::network::LinkSpeed;
use crate::network::Parcel;
use crate::wire::{ApiKey, ErrorCode};
use std::fmt;
use std::sync::Arc;

/// What becomes of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiEffect {
    /// It does not arrive, nor does anything after it on its connection.
    Lost,
    /// It says so instead of what it said.
    Error(ErrorCode),
    /// It leaves so much later.
    Delay(Duration),
}

impl fmt::Display for ApiEffect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost => f.write_str("lost"),
            Self::Error(error) => f.write_str(error.name()),
            Self::Delay(delay) => write!(f, "delayed by {} ms", delay.as_millis()),
        }
    }
}

/// What is known of faults beside the nodes' states.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    pub apis: Vec<ApiFault>,
    /// The event that cut the link from one machine to another.
    cuts: SortedMap<(ProcessId, ProcessId), EventId>,
}

/// What troubles a node's processes while they run; all zero where nothing does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hardship {
    /// How long every input takes them.
    pub per_input: Duration,
    /// How long every append takes their disk.
    pub per_append: Duration,
    pub disk_full: bool,
    /// How much their clock is wrong, in ms.
    pub clock_offset_ms: i64,
}

/// One direction of a link that is not as all others are. Machines are named by their first process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkState {
    pub from: ProcessId,
    pub to: ProcessId,
    pub cut: bool,
    pub speed: LinkSpeed,
}

impl Simulation {
    // ── links ──

    /// The links that are not as all others are.
    pub fn links(&self) -> impl Iterator<Item = LinkState> {
        self.network.links().map(|((from, to), cut, speed)| LinkState { from, to, cut, speed })
    }

    /// Whether nothing that one machine sends arrives at the other.
    pub fn is_cut(&self, from: ProcessId, to: ProcessId) -> bool {
        self.network.is_cut(from, to)
    }

    /// All that is on its way between processes, and when it arrives, soonest first.
    pub fn travelling(&self) -> impl Iterator<Item = (Instant, &Parcel)> {
        self.network.travelling()
    }

    /// Both ends of each connection, the one that opened it first.
    pub fn connected(&self) -> impl Iterator<Item = (ProcessId, ProcessId)> {
        self.network.connected()
    }

    /// Whether there is a connection between two machines.
    pub fn are_connected(&self, one: ProcessId, other: ProcessId) -> bool {
        !self.network.between(one, other).is_empty()
    }

    /// The machine that a process is on, by its first process.
    pub fn machine_of(&self, process: ProcessId) -> ProcessId {
        self.network.machine(process)
    }

    /// Nothing arrives any more from one machine at the other, nor the other way round unless `one_way`. None where it was so already.
    pub fn cut(&mut self, from: ProcessId, to: ProcessId, one_way: bool, cause: Option<EventId>) -> Option<EventId> {
        let there = self.network.set_cut(from, to, true);
        let back = !one_way && self.network.set_cut(to, from, true);
        if !there && !back {
            return None;
        }
        let event = self.note_of(from, cause, EventKind::LinkCut { from, to, one_way });
        self.silenced(from, to, event);
        if !one_way {
            self.silenced(to, from, event);
        }
        Some(event)
    }

    /// The link between two machines is whole, in both directions. None where it was.
    pub fn heal(&mut self, from: ProcessId, to: ProcessId, cause: Option<EventId>) -> Option<EventId> {
        let there = self.network.set_cut(from, to, false);
        let back = self.network.set_cut(to, from, false);
        self.heard_again(from, to);
        self.heard_again(to, from);
        (there || back).then(|| self.note_of(from, cause, EventKind::LinkHealed { from, to }))
    }

    /// The link between two machines has this speed, in both directions.
    pub fn set_link(&mut self, from: ProcessId, to: ProcessId, speed: LinkSpeed, cause: Option<EventId>) -> EventId {
        self.network.set_speed(from, to, Some(speed));
        self.network.set_speed(to, from, Some(speed));
        let (latency, jitter) = (speed.latency, speed.jitter);
        let bytes_per_second = speed.bytes_per_second.map(std::num::NonZeroU64::get);
        self.note_of(from, cause, EventKind::LinkSet { from, to, latency, jitter, bytes_per_second })
    }

    // ── clients ──

    /// A client's process stands still, as in a long garbage collection, or goes on and handles late what waited. False where it did so
    /// already, or there is none.
    pub fn pause_client(&mut self, process: ProcessId, name: &Arc<str>, paused: bool, cause: Option<EventId>) -> bool {
        if self.is_paused(process) == paused || self.actor(process).is_none() {
            return false;
        }
        let client = Arc::clone(name);
        let kind = if paused { EventKind::ClientPaused { client } } else { EventKind::ClientResumed { client } };
        self.note_of(process, cause, kind);
        self.troubles.change(process, |trouble| trouble.paused = paused);
        self.note_wake(process);
        true
    }

    /// Whether a process stands still.
    pub fn is_paused(&self, process: ProcessId) -> bool {
        self.troubles.get(process).is_some_and(|trouble| trouble.paused)
    }

    /// All connections between two machines break, at both ends. Gives how many.
    pub fn break_connections(&mut self, from: ProcessId, to: ProcessId, cause: Option<EventId>) -> usize {
        let connections = self.network.between(from, to);
        for connection in &connections {
            self.break_because(*connection, "reset", cause);
        }
        connections.len()
    }

    pub(super) fn break_because(&mut self, connection: ConnectionId, reason: &str, cause: Option<EventId>) {
        let event = self.note_of(connection.opener, cause, EventKind::ConnectionBroken { connection, reason: reason.into() });
        self.network.break_connection(self.now, connection, Some(event));
    }

    /// A frame did not arrive: by reason of what keeps it from arriving, where that is known.
    pub(super) fn frame_lost(&mut self, connection: ConnectionId, from: ProcessId, to: ProcessId, cause: Option<EventId>) {
        let cut = self.faults.cuts.get(&(self.machine_of(from), self.machine_of(to))).copied();
        let event = self.note_of(from, cut.or(cause), EventKind::FrameLost { connection, from, to });
        self.recorder.lost(self.now, from, to, event);
    }

    /// Nothing that one machine's processes send is heard by the other's, by reason of a cut.
    fn silenced(&mut self, from: ProcessId, to: ProcessId, cut: EventId) {
        self.faults.cuts.insert((from, to), cut);
        for (one, other) in self.process_pairs(from, to) {
            self.recorder.silence(one, Some(other), cut);
        }
    }

    fn heard_again(&mut self, from: ProcessId, to: ProcessId) {
        self.faults.cuts.remove(&(from, to));
        for (one, other) in self.process_pairs(from, to) {
            self.recorder.heard_again(self.now, one, Some(other));
        }
    }

    fn process_pairs(&self, from: ProcessId, to: ProcessId) -> Vec<(ProcessId, ProcessId)> {
        let on = |machine: ProcessId| match self.nodes.values().find(|node| node.machine() == machine) {
            Some(node) => node.processes().collect(),
            None => vec![machine],
        };
        let others = on(to);
        on(from).into_iter().flat_map(|one| others.iter().map(move |other| (one, *other))).collect()
    }

    // ── disks, clocks, speed ──

    fn change_node(&mut self, id: NodeId, what: impl Fn(&mut super::trouble::Trouble)) {
        let Some(node) = self.nodes.get(&id) else { return };
        for process in node.processes() {
            self.troubles.change(process, &what);
            self.note_wake(process);
        }
    }

    /// Every input takes the node's processes so long from now on.
    ///
    /// # Errors
    /// There is no such node.
    pub fn slow(&mut self, id: NodeId, per_input: Duration, cause: Option<EventId>) -> Result<EventId, Impossible> {
        let machine = self.node(id)?.machine();
        self.change_node(id, |trouble| trouble.per_input = per_input);
        Ok(self.note_of(machine, cause, EventKind::NodeSlowed { node: id, per_input }))
    }

    /// Every append takes the node's disk so long from now on.
    ///
    /// # Errors
    /// There is no such node.
    pub fn slow_disk(&mut self, id: NodeId, per_append: Duration, cause: Option<EventId>) -> Result<EventId, Impossible> {
        let machine = self.node(id)?.machine();
        self.change_node(id, |trouble| trouble.per_append = per_append);
        Ok(self.note_of(machine, cause, EventKind::DiskSlowed { node: id, per_append }))
    }

    /// There is no room on the node's disk, or there is again.
    ///
    /// # Errors
    /// It is so already, or there is no such node.
    pub fn fill_disk(&mut self, id: NodeId, full: bool, cause: Option<EventId>) -> Result<EventId, Impossible> {
        let machine = self.allows(id, if full { NodeAct::FillDisk } else { NodeAct::FreeDisk })?.machine();
        self.change_node(id, |trouble| trouble.disk_full = full);
        let kind = if full { EventKind::DiskFilled { node: id } } else { EventKind::DiskFreed { node: id } };
        Ok(self.note_of(machine, cause, kind))
    }

    /// What troubles a node's processes while they run.
    pub fn hardship(&self, id: NodeId) -> Hardship {
        let trouble = self.nodes.get(&id).and_then(|node| self.troubles.get(node.machine()));
        trouble.map_or_else(Hardship::default, |trouble| Hardship {
            per_input: trouble.per_input,
            per_append: trouble.per_append,
            disk_full: trouble.disk_full,
            clock_offset_ms: trouble.clock_offset_ms,
        })
    }

    pub fn is_disk_full(&self, id: NodeId) -> bool {
        self.nodes.get(&id).and_then(|node| self.troubles.get(node.machine())).is_some_and(|trouble| trouble.disk_full)
    }

    /// The node's clock is wrong by so much from now on.
    ///
    /// # Errors
    /// There is no such node.
    pub fn set_clock(&mut self, id: NodeId, offset_ms: i64, cause: Option<EventId>) -> Result<EventId, Impossible> {
        let machine = self.node(id)?.machine();
        self.change_node(id, |trouble| trouble.clock_offset_ms = offset_ms);
        Ok(self.note_of(machine, cause, EventKind::ClockSet { node: id, offset_ms }))
    }

    /// An append failed: what the input would have done is taken back, and the node halts, as Kafka does without a log directory left.
    pub(super) fn append_failed(&mut self, process: ProcessId, before: Actor, recorder: Recorder, cause: Option<EventId>) {
        self.recorder = recorder;
        if let Some((actor, _)) = self.actors.get_mut(&process) {
            *actor = Arc::new(before);
        }
        if let Some(id) = self.node_of(process) {
            self.end(id, Down::DiskFull, EventKind::DiskFull { node: id }, cause);
        }
    }

    // ── single APIs ──

    /// The node's next `count` responses to requests of this API meet with `effect`.
    ///
    /// # Errors
    /// There is no such node.
    pub fn fault_api(
        &mut self,
        id: NodeId,
        api: ApiKey,
        count: u32,
        effect: ApiEffect,
        cause: Option<EventId>,
    ) -> Result<EventId, Impossible> {
        let machine = self.node(id)?.machine();
        let kind = EventKind::ApiFaultSet { node: id, api: api as i16, count, effect: effect.to_string().into() };
        let event = self.note_of(machine, cause, kind);
        self.faults.apis.push(ApiFault { node: id, api, left: count, effect, event });
        Ok(event)
    }

    /// The faults of single APIs that have not run out: of which node, of which API, how many responses more, and what becomes of them.
    pub fn api_faults(&self) -> impl Iterator<Item = (NodeId, ApiKey, u32, ApiEffect)> {
        self.faults.apis.iter().filter(|fault| fault.left > 0).map(|fault| (fault.node, fault.api, fault.left, fault.effect))
    }

    // ── all of it ──

    /// Everything is whole again: links, disks, clocks and APIs as at the start, nodes resumed and restarted.
    pub fn heal_all(&mut self, cause: Option<EventId>) -> EventId {
        let event = self.note_of(crate::network::OUTSIDE, cause, EventKind::AllHealed);
        self.faults.apis.clear();
        let links: Vec<_> = self.network.links().map(|(ends, ..)| ends).collect();
        for (from, to) in links {
            if self.network.set_cut(from, to, false) {
                self.heard_again(from, to);
            }
            self.network.set_speed(from, to, None);
        }
        let nodes: Vec<_> = self.nodes.values().map(|node| (node.id, node.state)).collect();
        for (id, state) in nodes {
            self.change_node(id, |trouble| {
                trouble.per_input = Duration::ZERO;
                trouble.per_append = Duration::ZERO;
                trouble.disk_full = false;
                trouble.clock_offset_ms = 0;
            });
            // Neither is refused in these states.
            let _ = match state {
                NodeState::Paused => self.resume(id, Some(event)).map(drop),
                NodeState::Down(_) => self.restart(id, Some(event)),
                NodeState::Running | NodeState::Stopping => Ok(()),
            };
        }
        event
    }

    pub(super) fn count_connection(&mut self, process: ProcessId, connection: ConnectionId) {
        if let Some(id) = self.node_of(process)
            && let Some(node) = self.nodes.get_mut(&id)
        {
            node.opened(process, connection.number);
        }
    }
}
