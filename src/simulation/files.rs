//! What lies on the disks of a cluster's nodes, as Apache Kafka's files: whether the node's processes are up or not.

use super::run::Simulation;
use crate::base::{NodeId, Order, TopicPartition};
use crate::controller::{ControllerDisk, Snapshot};
use crate::log::Log;
use crate::wire::Rope;

/// A partition's directory on a node's disk.
#[derive(Clone, Copy, Debug)]
pub struct Directory<'a> {
    pub log: &'a Log,
    /// Of the metadata only; oldest first.
    pub snapshots: &'a [Snapshot],
}

impl Directory<'_> {
    /// `orders-0`.
    pub fn name(&self) -> String {
        let TopicPartition { topic, partition } = self.log.partition();
        format!("{topic}-{partition}")
    }

    /// The names of its files, in the order in which a folder lists them.
    pub fn file_names(&self) -> Vec<String> {
        let mut names = self.log.file_names();
        names.extend(self.snapshots.iter().map(checkpoint_name));
        names.order();
        names
    }

    /// What is in the file of this name; none where there is no such file. What lies in the log is shared, not copied.
    pub fn file(&self, name: &str) -> Option<Rope> {
        let snapshot = self.snapshots.iter().find(|snapshot| checkpoint_name(snapshot) == name);
        snapshot.map(|snapshot| snapshot.bytes.clone().into()).or_else(|| self.log.file(name))
    }
}

fn of_controller(disk: &ControllerDisk) -> Directory<'_> {
    Directory { log: disk.log(), snapshots: disk.snapshots() }
}

/// `Snapshots.filenameFromSnapshotId`.
fn checkpoint_name(snapshot: &Snapshot) -> String {
    format!("{:020}-{:010}.checkpoint", snapshot.id.end_offset.0, snapshot.id.epoch.0)
}

impl Simulation {
    /// The directories on a node's disk: of its broker's replicas, and of its controller's `__cluster_metadata`.
    pub fn directories(&self, node: NodeId) -> Vec<Directory<'_>> {
        let of_log = |log| Directory { log, snapshots: &[] };
        let broker: Vec<_> = match (self.broker(node), self.node(node)) {
            (Some(broker), _) => broker.replicas().partitions().map(|(_, partition)| of_log(partition.log())).collect(),
            (None, Ok(node)) => {
                node.broker_disk().into_iter().flat_map(|disk| disk.replicas().map(|(_, stored)| of_log(&stored.log))).collect()
            }
            (None, Err(_)) => Vec::new(),
        };
        let running = self.controllers().find(|controller| controller.node() == node);
        let running = running.map(|controller| Directory { log: controller.log().0, snapshots: controller.snapshots() });
        let controller = running.or_else(|| self.node(node).ok()?.controller_disk().map(of_controller));
        broker.into_iter().chain(controller).collect()
    }

    /// The log of a partition on a node's disk.
    pub fn log_on_disk(&self, node: NodeId, partition: &TopicPartition) -> Option<&Log> {
        self.directories(node).into_iter().map(|directory| directory.log).find(|log| log.partition() == partition)
    }
}
