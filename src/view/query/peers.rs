//! Who is on the network, by the names that the page has for them.

use crate::base::{ConnectionId, NodeId, ProcessId, Uuid};
use crate::controller::{METADATA_TOPIC, METADATA_TOPIC_ID, MetadataImage};
use crate::network::OUTSIDE;
use crate::playground::{Kind, Session};
use crate::simulation::{Actor, broker_process};
use crate::view::build::cluster::newest_image;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a peer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PeerKind {
    Broker,
    Controller,
    Producer,
    Consumer,
    /// The playground's own client for topics, groups and settings.
    Admin,
    /// All clients outside of the simulation.
    Outside,
    /// A simulated client that has ended.
    Gone,
}

/// One end of connections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Peer {
    pub kind: PeerKind,
    /// As the page calls it: a node's number, a client's name.
    pub name: Arc<str>,
    /// A broker's or controller's node.
    pub node: Option<NodeId>,
}

/// What is known of those who speak, and of what they speak about.
pub(super) struct Known<'s> {
    pub session: &'s Session,
    image: Option<&'s MetadataImage>,
}

impl<'s> Known<'s> {
    pub fn of(session: &'s Session) -> Self {
        Self { session, image: newest_image(session.simulation()) }
    }

    /// A topic's name, by its id.
    pub fn topic(&self, id: Uuid) -> Option<String> {
        if id == METADATA_TOPIC_ID {
            return Some(METADATA_TOPIC.to_owned());
        }
        self.image?.topic_by_id(id).map(|topic| topic.name.to_string())
    }

    /// Whether a connection stands, as far as its ends know.
    pub fn stands(&self, connection: ConnectionId) -> bool {
        self.session.simulation().is_connected(connection)
    }

    /// The peer that a process is.
    pub fn of_process(&self, process: ProcessId) -> Peer {
        let simulation = self.session.simulation();
        if let Some(node) = simulation.node_of(process) {
            let kind = if process == broker_process(node) { PeerKind::Broker } else { PeerKind::Controller };
            return Peer { kind, name: node.to_string().into(), node: Some(node) };
        }
        if let Some(client) = self.session.clients().iter().find(|client| client.process == process) {
            let kind = match client.kind {
                Kind::Producer(_) => PeerKind::Producer,
                Kind::Consumer { .. } => PeerKind::Consumer,
            };
            return Peer { kind, name: Arc::clone(&client.name), node: None };
        }
        let (kind, name) = match simulation.actor(process) {
            Some(Actor::Admin(_)) => (PeerKind::Admin, "admin".into()),
            _ if process == OUTSIDE => (PeerKind::Outside, "outside".into()),
            _ => (PeerKind::Gone, format!("client {process}").into()),
        };
        Peer { kind, name, node: None }
    }
}

/// All there are now.
pub(super) fn all(session: &Session) -> Vec<Peer> {
    let known = Known::of(session);
    let nodes = session.simulation().nodes().flat_map(|node| node.processes());
    let clients = session.clients().iter().map(|client| client.process);
    nodes.chain(clients).map(|process| known.of_process(process)).collect()
}
