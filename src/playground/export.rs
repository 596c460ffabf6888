//! Logs as files, for a user to take away: what `kafka-dump-log.sh` and other tools of Apache Kafka read.
//!
//! A file is named by a path: the node whose disk it lies on, the partition's directory, the file. `2/orders-0/00000000000000000000.log`.

use super::session::Session;
use crate::base::NodeId;
use crate::simulation::Directory;
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
            Some((node, directory)) => (Some(node), Some(directory)),
            None if below.is_empty() => (None, None),
            None => (Some(below), None),
        };
        let node = node.map(|node| node.parse().map(NodeId)).transpose().ok()?;
        let simulation = self.simulation();
        let nodes = simulation.nodes().map(|known| known.id).filter(|id| node.is_none_or(|node| node == *id));
        let directories = nodes.flat_map(|id| simulation.directories(id).into_iter().map(move |found| (id, found)));
        let wanted: Vec<_> = directories.filter(|(_, found)| directory.is_none_or(|name| found.name() == name)).collect();
        (!wanted.is_empty()).then(|| wanted.iter().flat_map(|(id, directory)| files(*id, directory)).collect())
    }

    /// A file's content. None where there is no such file.
    pub fn exported_file(&self, path: &str) -> Option<Rope> {
        let (node, rest) = path.split_once('/')?;
        let (directory, name) = rest.split_once('/')?;
        let directories = self.simulation().directories(NodeId(node.parse().ok()?));
        directories.into_iter().find(|found| found.name() == directory)?.file(name)
    }
}

fn files(node: NodeId, directory: &Directory<'_>) -> Vec<ExportedFile> {
    let file = |name: String| {
        let bytes = directory.file(&name).map_or(0, |content| content.len());
        ExportedFile { path: format!("{node}/{}/{name}", directory.name()), bytes }
    };
    directory.file_names().into_iter().map(file).collect()
}
