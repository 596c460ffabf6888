//! What lies on the disks of a cluster's nodes, as Apache Kafka's files: whether the node's processes are up or not.

use super::run::Simulation;
use crate::base::{NodeId, TopicPartition};
use crate::log::Log;

impl Simulation {
    /// The logs on a node's disk, each in a directory of its own: its broker's replicas, and `__cluster_metadata` of its controller.
    pub fn logs_on_disk(&self, node: NodeId) -> Vec<&Log> {
        let broker: Vec<&Log> = match (self.broker(node), self.node(node)) {
            (Some(broker), _) => broker.replicas().partitions().map(|(_, partition)| partition.log()).collect(),
            (None, Ok(node)) => node.broker_disk().into_iter().flat_map(|disk| disk.replicas().map(|(_, replica)| &replica.log)).collect(),
            (None, Err(_)) => Vec::new(),
        };
        let running = self.controllers().find(|controller| controller.node() == node).map(|controller| controller.log().0);
        let controller = running.or_else(|| self.node(node).ok()?.controller_disk().map(crate::controller::ControllerDisk::log));
        broker.into_iter().chain(controller).collect()
    }

    /// The log of a partition on a node's disk.
    pub fn log_on_disk(&self, node: NodeId, partition: &TopicPartition) -> Option<&Log> {
        self.logs_on_disk(node).into_iter().find(|log| log.partition() == partition)
    }
}
