//! Which partitions moved between which members while a group is balanced, so that two members don't exchange partitions of one topic
//! (`AbstractStickyAssignor.PartitionMovements`).

use super::super::java;
use crate::base::SortedMap;
use crate::base::TopicPartition;
use std::sync::Arc;

/// From one member's place to another's.
type Pair = (usize, usize);

#[derive(Default)]
pub(super) struct Movements {
    by_topic: SortedMap<Arc<str>, SortedMap<Pair, Moved>>,
    of_partition: SortedMap<TopicPartition, Pair>,
}

/// What moved, in order, and how many it has been at most: what the order of a Java set depends on.
#[derive(Default)]
struct Moved {
    partitions: Vec<TopicPartition>,
    most: usize,
}

impl Movements {
    pub fn note(&mut self, partition: &TopicPartition, from: usize, to: usize) {
        let origin = self.forget(partition).map_or(from, |(origin, _)| origin);
        if origin == to {
            return;
        }
        self.of_partition.insert(partition.clone(), (origin, to));
        let moved = self.by_topic.entry(partition.topic.clone()).or_default().entry((origin, to)).or_default();
        moved.partitions.push(partition.clone());
        moved.most = moved.most.max(moved.partitions.len());
    }

    fn forget(&mut self, partition: &TopicPartition) -> Option<Pair> {
        let pair = self.of_partition.remove(partition)?;
        if let Some(pairs) = self.by_topic.get_mut(&partition.topic) {
            if let Some(moved) = pairs.get_mut(&pair) {
                moved.partitions.retain(|other| other != partition);
            }
            pairs.retain(|_, moved| !moved.partitions.is_empty());
        }
        Some(pair)
    }

    /// What to move instead: if a partition of the topic has come the other way, that one goes back.
    pub fn instead_of(&self, partition: &TopicPartition, from: usize, to: usize) -> TopicPartition {
        let origin = self.of_partition.get(partition).map_or(from, |(origin, _)| *origin);
        let moved = self.by_topic.get(&partition.topic).and_then(|pairs| pairs.get(&(to, origin)));
        let first =
            moved.and_then(|moved| moved.partitions.iter().min_by_key(|other| java::bucket(java::hash_of_partition(other), moved.most)));
        first.unwrap_or(partition).clone()
    }
}
