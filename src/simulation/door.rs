//! The door for outside clients: bytes come in and go out as on a TCP connection, with their length prefixes.

use super::node::{Down, NodeState};
use super::run::Simulation;
use super::start::broker_process;
use crate::base::{ConnectionId, NodeId};
use crate::broker::Broker;
use crate::network::OUTSIDE;
use crate::wire::Rope;
use crate::wire::frame::FrameReader;
use std::sync::Arc;

/// What the host has to do for an outside client.
#[derive(Clone, Debug)]
pub enum Output {
    /// Write these bytes.
    Bytes { connection: ConnectionId, bytes: Rope },
    /// Close the connection, once all that was to be written is.
    Close { connection: ConnectionId },
}

/// How a broker answers at its port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Connections are made; of a broker that stands still by its machine, without its knowing.
    Open,
    /// Its process is gone: connections are refused.
    Refused,
    /// Its machine is gone: nobody answers.
    Silent,
}

impl Simulation {
    /// How a broker answers at its port.
    pub fn door(&self, node: NodeId) -> Door {
        let opens = self.broker(node).is_some_and(|broker| self.is_port_open(broker));
        match self.nodes.get(&node).filter(|node| node.broker).map(|node| node.state) {
            Some(NodeState::Running | NodeState::Stopping | NodeState::Paused) if opens => Door::Open,
            Some(NodeState::Running | NodeState::Stopping | NodeState::Paused) => Door::Refused,
            Some(NodeState::Down(Down::PowerLost)) => Door::Silent,
            Some(NodeState::Down(Down::Stopped | Down::Killed | Down::DiskFull)) | None => Door::Refused,
        }
    }

    /// A broker that was started again opens its port when it is ready to serve; at the session's beginning all listen at once, so that one
    /// may connect before anything has happened.
    pub(super) fn is_port_open(&self, broker: &Broker) -> bool {
        broker.listens() || self.nodes.get(&broker.node()).is_some_and(|node| !node.restarted)
    }

    /// The address of an outside client, as text.
    pub fn host_of_outside(&self, connection: ConnectionId) -> Option<&str> {
        self.outside.get(&connection).map(|outside| &*outside.host)
    }

    /// Whether what an outside client sends is taken by its broker, and does not wait on the way.
    pub fn takes(&self, connection: ConnectionId) -> bool {
        let Some(outside) = self.outside.get(&connection) else { return true };
        let running = self.nodes.get(&outside.to).is_some_and(|node| matches!(node.state, NodeState::Running | NodeState::Stopping));
        running && self.network.reaches(OUTSIDE, broker_process(outside.to))
    }
}

/// One outside client's connection.
#[derive(Clone, Debug)]
pub(super) struct Outside {
    pub to: NodeId,
    /// The client's address in text, as DescribeGroups shows it.
    pub host: Arc<str>,
    pub reader: FrameReader,
}
