//! The nodes of a cluster: which processes each has, and how they are started.

use super::actor::Actor;
use super::node::Node;
use super::run::Simulation;
use crate::base::SortedSet;
use crate::base::{EventId, NodeId, ProcessId, Rng, Uuid};
use crate::broker::{Broker, BrokerConfig, BrokerDisk};
use crate::controller::{Controller, ControllerConfig, ControllerDisk};
use std::sync::Arc;

impl Simulation {
    /// Starts all nodes, with empty disks; controllers that are nodes of their own first.
    pub(super) fn start_nodes(&mut self) {
        let config = Arc::clone(&self.config);
        let voters: SortedSet<_> = config.voters().collect();
        let brokers: SortedSet<_> = config.nodes().collect();
        for id in voters.difference(&brokers).chain(&brokers).copied() {
            let node = Node::new(id, brokers.contains(&id), voters.contains(&id));
            node.processes().for_each(|process| self.network.put_on(process, node.machine()));
            self.nodes.insert(id, node);
            self.boot(id, None);
        }
    }

    /// Starts a node's controller with what its disk holds.
    pub(super) fn start_controller(&mut self, node: NodeId, disk: ControllerDisk, cause: Option<EventId>) {
        let process = controller_process(node);
        let controller = ControllerConfig {
            node,
            voters: self.config.voters().collect(),
            endpoints: self.config.voters().map(|voter| (voter, self.config.controller_endpoint(voter))).collect(),
            cluster_id: self.cluster_id(),
            settings: self.config.settings.clone(),
            first_connection: self.nodes.get(&node).map_or(0, |known| known.next_connection(process)),
        };
        self.insert(process, "controller", Actor::Controller(Box::new(Controller::new(controller, disk))));
        self.act_because(process, cause, |actor, cx| {
            if let Actor::Controller(controller) = actor {
                controller.start(cx);
            }
        });
    }

    /// Starts a node's broker with what its disk holds.
    pub(super) fn start_broker(&mut self, node: NodeId, disk: BrokerDisk, cause: Option<EventId>) {
        let (host, port) = self.config.advertised(node);
        let process = broker_process(node);
        let broker = BrokerConfig {
            node,
            voters: self.config.voters().collect(),
            cluster_id: self.cluster_id(),
            client_id: node.to_string().into(),
            host: host.into(),
            port,
            settings: self.config.settings_of(node),
            first_connection: self.nodes.get(&node).map_or(0, |known| known.next_connection(process)),
        };
        self.insert(process, "broker", Actor::Broker(Box::new(Broker::new(broker, disk))));
        self.act_because(process, cause, |actor, cx| {
            if let Actor::Broker(broker) = actor {
                broker.start(cx);
            }
        });
    }

    /// What all nodes were formatted with.
    fn cluster_id(&self) -> Arc<str> {
        Uuid::random(&mut Rng::stream(self.config.seed, "cluster")).to_string().into()
    }
}

/// The process that is a node's broker.
pub const fn broker_process(node: NodeId) -> ProcessId {
    ProcessId::broker(node)
}

/// The process that is a node's controller.
pub const fn controller_process(node: NodeId) -> ProcessId {
    ProcessId::controller(node)
}
