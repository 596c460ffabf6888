//! Logs as files, for a user to take away: what `kafka-dump-log.sh` and other tools of Apache Kafka read.
//!
//! A file is named by a path: the node whose disk it lies on, the partition's directory, the file. `2/orders-0/00000000000000000000.log`.

use super::session::Session;
use crate::base::{NodeId, PartitionIndex, TopicPartition};
use crate::log::Log;
use crate::wire::Rope;

/// A file that can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedFile {
    pub path: String,
    /// How large it is.
    pub bytes: usize,
}

impl Session {
    /// The files on the cluster's disks whose path begins so: with nothing, a node, or a node and a directory. None where there is no such
    /// node or directory.
    pub fn exported_files(&self, below: &str) -> Option<Vec<ExportedFile>> {
        let (node, directory) = match below.split_once('/') {
            Some((node, directory)) => (Some(node), Some(partition_of(directory)?)),
            None if below.is_empty() => (None, None),
            None => (Some(below), None),
        };
        let node = node.map(|node| node.parse().map(NodeId)).transpose().ok()?;
        let simulation = self.simulation();
        let nodes: Vec<_> = simulation.nodes().map(|known| known.id).filter(|id| node.is_none_or(|node| node == *id)).collect();
        let wanted = |log: &&Log| directory.as_ref().is_none_or(|directory| log.partition() == directory);
        let logs: Vec<_> =
            nodes.iter().flat_map(|id| simulation.logs_on_disk(*id).into_iter().filter(wanted).map(move |log| (id, log))).collect();
        let files = logs.iter().flat_map(|(id, log)| log.file_names().into_iter().map(move |name| (id, log, name)));
        let file = |(id, log, name): (&&NodeId, &&Log, String)| {
            let bytes = log.file(&name).map_or(0, |content| content.len());
            ExportedFile { path: format!("{id}/{}/{name}", directory_of(log.partition())), bytes }
        };
        (!logs.is_empty()).then(|| files.map(file).collect())
    }

    /// A file's content. None where there is no such file.
    pub fn exported_file(&self, path: &str) -> Option<Rope> {
        let (node, rest) = path.split_once('/')?;
        let (directory, name) = rest.split_once('/')?;
        let log = self.simulation().log_on_disk(NodeId(node.parse().ok()?), &partition_of(directory)?)?;
        log.file(name)
    }
}

fn directory_of(partition: &TopicPartition) -> String {
    format!("{}-{}", partition.topic, partition.partition.0)
}

fn partition_of(directory: &str) -> Option<TopicPartition> {
    let (topic, partition) = directory.rsplit_once('-')?;
    Some(TopicPartition { topic: topic.into(), partition: PartitionIndex(partition.parse().ok()?) })
}
