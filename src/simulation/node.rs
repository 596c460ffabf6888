//! Nodes: machines that run a broker, a controller, or both. The processes of a node share its fate: they are started, killed, stopped and
//! paused together.

use super::actor::Actor;
use super::run::Simulation;
use super::start::{broker_process, controller_process};
use crate::base::SortedMap;
use crate::base::{EventId, EventKind, NodeId, ProcessId};
use crate::broker::BrokerDisk;
use crate::controller::ControllerDisk;
use std::fmt;
use std::sync::Arc;

/// Why something cannot be done to the cluster; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impossible {
    pub reason: String,
    /// What of the request is wrong, by its name in a command.
    pub field: &'static str,
}

impl Impossible {
    pub(super) fn new(field: &'static str, reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), field }
    }
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(f)
    }
}

impl std::error::Error for Impossible {}

/// What can be done to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeAct {
    Kill,
    Stop,
    Restart,
    Pause,
    Resume,
    FillDisk,
    FreeDisk,
    /// Slowing it or its disk down, setting its clock, faulting its APIs.
    Trouble,
}

/// How a node's processes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeState {
    Running,
    /// A controlled shutdown is under way.
    Stopping,
    /// They stand still.
    Paused,
    Down(Down),
}

/// How a node's processes ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Down {
    Stopped,
    Killed,
    /// With their machine.
    PowerLost,
    /// Their disk was full.
    DiskFull,
}

impl NodeState {
    /// As a predicate: "node 2 …".
    pub const fn text(self) -> &'static str {
        match self {
            Self::Running => "is running",
            Self::Stopping => "is shutting down",
            Self::Paused => "is paused",
            Self::Down(Down::Stopped) => "has shut down",
            Self::Down(Down::Killed) => "is dead",
            Self::Down(Down::PowerLost) => "is dead, without power",
            Self::Down(Down::DiskFull) => "has halted, its disk full",
        }
    }

    pub const fn is_down(self) -> bool {
        matches!(self, Self::Down(_))
    }
}

/// A node, and what is left of it while it is down.
#[derive(Clone, Debug)]
pub struct Node {
    pub id: NodeId,
    pub state: NodeState,
    /// The event that brought it into this state; none since the beginning.
    pub since: Option<EventId>,
    pub broker: bool,
    pub controller: bool,
    /// This is not its first life.
    pub(super) restarted: bool,
    /// Its disk, by the process that writes to it; a process that is up has it.
    broker_disk: Option<BrokerDisk>,
    controller_disk: Option<ControllerDisk>,
    /// The number that each process' next connection has: none is used twice.
    connections: SortedMap<ProcessId, u32>,
}

impl Node {
    /// A node that was never started.
    pub(super) fn new(id: NodeId, broker: bool, controller: bool) -> Self {
        Self {
            id,
            state: NodeState::Running,
            since: None,
            broker,
            controller,
            restarted: false,
            broker_disk: broker.then(BrokerDisk::default),
            controller_disk: controller.then(ControllerDisk::default),
            connections: SortedMap::new(),
        }
    }

    /// The number that the process' next connection has.
    pub(super) fn next_connection(&self, process: ProcessId) -> u32 {
        self.connections.get(&process).copied().unwrap_or_default()
    }

    /// What a broker that is down has left; none while it is up.
    pub const fn broker_disk(&self) -> Option<&BrokerDisk> {
        self.broker_disk.as_ref()
    }

    /// What a controller that is down has left; none while it is up.
    pub const fn controller_disk(&self) -> Option<&ControllerDisk> {
        self.controller_disk.as_ref()
    }

    /// Its processes, the broker first. The first names the machine on the network.
    pub fn processes(&self) -> impl Iterator<Item = ProcessId> + use<> {
        let broker = self.broker.then(|| broker_process(self.id));
        broker.into_iter().chain(self.controller.then(|| controller_process(self.id)))
    }

    pub fn machine(&self) -> ProcessId {
        if self.broker { broker_process(self.id) } else { controller_process(self.id) }
    }

    /// A connection of this number was opened.
    pub(super) fn opened(&mut self, process: ProcessId, number: u32) {
        self.connections.insert(process, number.saturating_add(1));
    }
}

impl Simulation {
    /// Starts a node's processes from its disk, the controller first.
    pub(super) fn boot(&mut self, id: NodeId, cause: Option<EventId>) {
        let Some(node) = self.nodes.get_mut(&id) else { return };
        let (broker, controller) = (node.broker_disk.take(), node.controller_disk.take());
        if let Some(disk) = controller {
            self.start_controller(id, disk, cause);
        }
        if let Some(disk) = broker {
            self.start_broker(id, disk, cause);
        }
    }

    // ── what can be known of nodes ──

    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values()
    }

    /// # Errors
    /// There is no such node.
    pub fn node(&self, id: NodeId) -> Result<&Node, Impossible> {
        self.nodes.get(&id).ok_or_else(|| {
            let known: Vec<_> = self.nodes.keys().map(ToString::to_string).collect();
            Impossible::new("node", format!("There is no node {id}; the nodes are {}.", known.join(", ")))
        })
    }

    /// The node that a process belongs to; none for a client.
    pub fn node_of(&self, process: ProcessId) -> Option<NodeId> {
        self.nodes.values().find(|node| node.processes().any(|its| its == process)).map(|node| node.id)
    }

    /// Whether this can be done to a node now: the others below refuse it for the same reason.
    ///
    /// # Errors
    /// It cannot, or there is no such node.
    pub fn allows(&self, id: NodeId, act: NodeAct) -> Result<&Node, Impossible> {
        let node = self.node(id)?;
        let (done, may) = match act {
            NodeAct::Kill => ("killed", !node.state.is_down()),
            NodeAct::Stop => ("stopped", node.state == NodeState::Running),
            NodeAct::Restart => ("restarted", node.state.is_down()),
            NodeAct::Pause => ("paused", matches!(node.state, NodeState::Running | NodeState::Stopping)),
            NodeAct::Resume => ("resumed", node.state == NodeState::Paused),
            NodeAct::FillDisk if self.is_disk_full(id) => {
                return Err(Impossible::new("node", format!("The disk of node {id} is full already.")));
            }
            NodeAct::FreeDisk if !self.is_disk_full(id) => {
                return Err(Impossible::new("node", format!("The disk of node {id} is not full.")));
            }
            NodeAct::FillDisk | NodeAct::FreeDisk | NodeAct::Trouble => ("", true),
        };
        if may { Ok(node) } else { Err(Impossible::new("node", format!("Node {id} cannot be {done}: it {}.", node.state.text()))) }
    }

    // ── what can be done to nodes ──

    /// The node's processes end without a word; with `machine`, their machine with them: what was not flushed is lost, and nobody hears.
    ///
    /// # Errors
    /// The node is down already, or there is none.
    pub fn kill(&mut self, id: NodeId, machine: bool, cause: Option<EventId>) -> Result<EventId, Impossible> {
        self.allows(id, NodeAct::Kill)?;
        let down = if machine { Down::PowerLost } else { Down::Killed };
        Ok(self.end(id, down, EventKind::NodeKilled { node: id, machine }, cause))
    }

    /// The node is asked to shut down: its broker hands over what it leads, then the node's processes end.
    ///
    /// # Errors
    /// The node is not running, or there is none.
    pub fn stop(&mut self, id: NodeId, cause: Option<EventId>) -> Result<EventId, Impossible> {
        let node = self.allows(id, NodeAct::Stop)?;
        let (machine, has_broker) = (node.machine(), node.broker);
        let stopping = self.note_of(machine, cause, EventKind::NodeStopping { node: id });
        if !has_broker {
            return Ok(self.end(id, Down::Stopped, EventKind::NodeStopped { node: id }, Some(stopping)));
        }
        self.set_state(id, NodeState::Stopping, Some(stopping));
        self.act_because(broker_process(id), Some(stopping), |actor, cx| {
            if let Actor::Broker(broker) = actor {
                broker.begin_shutdown(cx);
            }
        });
        Ok(stopping)
    }

    /// Starts the processes of a node that is down, from its disk.
    ///
    /// # Errors
    /// The node is up, or there is none.
    pub fn restart(&mut self, id: NodeId, cause: Option<EventId>) -> Result<(), Impossible> {
        let node = self.allows(id, NodeAct::Restart)?;
        let (machine, processes) = (node.machine(), node.processes());
        self.network.light(self.now, machine, cause);
        for process in processes {
            self.recorder.heard_again(self.now, process, None);
        }
        self.set_state(id, NodeState::Running, cause);
        if let Some(node) = self.nodes.get_mut(&id) {
            node.restarted = true;
        }
        self.boot(id, cause);
        Ok(())
    }

    /// The node's processes stand still until they are resumed.
    ///
    /// # Errors
    /// The node does not run, or there is none.
    pub fn pause(&mut self, id: NodeId, cause: Option<EventId>) -> Result<EventId, Impossible> {
        let node = self.allows(id, NodeAct::Pause)?;
        let (machine, processes) = (node.machine(), node.processes());
        let event = self.note_of(machine, cause, EventKind::NodePaused { node: id });
        self.set_state(id, NodeState::Paused, Some(event));
        for process in processes {
            self.troubles.change(process, |trouble| trouble.paused = true);
            self.recorder.silence(process, None, event);
            self.note_wake(process);
        }
        Ok(event)
    }

    /// The node's processes go on, and handle late what waited.
    ///
    /// # Errors
    /// The node is not paused, or there is none.
    pub fn resume(&mut self, id: NodeId, cause: Option<EventId>) -> Result<EventId, Impossible> {
        let node = self.allows(id, NodeAct::Resume)?;
        let (machine, processes) = (node.machine(), node.processes());
        let event = self.note_of(machine, cause, EventKind::NodeResumed { node: id });
        let is_stopping = self.broker(id).is_some_and(crate::broker::Broker::is_shutting_down);
        self.set_state(id, if is_stopping { NodeState::Stopping } else { NodeState::Running }, Some(event));
        for process in processes {
            self.troubles.change(process, |trouble| trouble.paused = false);
            self.recorder.heard_again(self.now, process, None);
            self.note_wake(process);
        }
        Ok(event)
    }

    /// The node's processes end, and leave their disk.
    pub(super) fn end(&mut self, id: NodeId, down: Down, event: EventKind, cause: Option<EventId>) -> EventId {
        let Some(node) = self.nodes.get(&id) else { return self.note_of(broker_process(id), cause, event) };
        let (machine, processes) = (node.machine(), node.processes());
        let event = self.note_of(machine, cause, event);
        if down == Down::Stopped {
            self.act_because(controller_process(id), Some(event), |actor, cx| {
                if let Actor::Controller(controller) = actor {
                    controller.shut_down(cx);
                }
            });
        }
        if down == Down::PowerLost {
            self.network.darken(machine);
        }
        for process in processes {
            let Some((actor, _)) = self.actors.remove(&process) else { continue };
            self.forget_wake(process);
            self.troubles.ended(process);
            if down == Down::PowerLost {
                self.network.forget(process);
            } else {
                self.network.drop_process(self.now, process, Some(event));
            }
            self.recorder.silence(process, None, event);
            self.keep_disk(id, down, Arc::unwrap_or_clone(actor));
        }
        self.set_state(id, NodeState::Down(down), Some(event));
        event
    }

    /// A broker that was asked to stop has nothing more to wait for: the node's processes end.
    pub(super) fn end_stopped(&mut self, process: ProcessId, cause: Option<EventId>) {
        let Some(node) = self.node_of(process) else { return };
        let stopping = self.nodes.get(&node).and_then(|node| node.since);
        self.end(node, Down::Stopped, EventKind::NodeStopped { node }, cause.or(stopping));
    }

    fn keep_disk(&mut self, id: NodeId, down: Down, actor: Actor) {
        let Some(node) = self.nodes.get_mut(&id) else { return };
        let offset_ms = self.troubles.get(node.machine()).map_or(0, |trouble| trouble.clock_offset_ms);
        let now_ms = self.config.epoch_ms.saturating_add_unsigned(self.now.as_millis()).saturating_add(offset_ms);
        match actor {
            Actor::Broker(broker) => {
                let mut disk = if down == Down::Stopped { broker.shut_down() } else { broker.halt() };
                if down == Down::PowerLost {
                    disk.lose_unflushed(now_ms);
                }
                if let Some(checker) = self.checker.as_mut().filter(|_| down != Down::Stopped) {
                    Arc::make_mut(checker).failed(id, &disk);
                }
                node.broker_disk = Some(disk);
            }
            Actor::Controller(controller) => {
                let mut disk = controller.halt();
                if down == Down::PowerLost {
                    disk.lose_unflushed(now_ms);
                }
                node.controller_disk = Some(disk);
            }
            Actor::Producer(_) | Actor::Consumer(_) | Actor::Admin(_) => {}
        }
    }

    fn set_state(&mut self, id: NodeId, state: NodeState, since: Option<EventId>) {
        if let Some(node) = self.nodes.get_mut(&id) {
            node.state = state;
            node.since = since;
        }
    }
}
