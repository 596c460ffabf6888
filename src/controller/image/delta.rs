//! What a run of metadata records changed (`org.apache.kafka.image.MetadataDelta`): whoever replays them acts on this.

use super::{ConfigResource, PartitionImage, TopicImage};
use crate::base::{NodeId, TopicPartition, Uuid};
use crate::base::{SortedMap, SortedSet};
use std::sync::Arc;

/// What changed between two images.
#[derive(Clone, Debug, Default)]
pub struct MetadataDelta {
    /// By id; those which were deleted again at once are not among them.
    pub topics_created: SortedMap<Uuid, Arc<str>>,
    /// As they were before.
    pub topics_deleted: SortedMap<Uuid, Arc<TopicImage>>,
    /// New and changed partitions, with what they were before; none where the partition is new.
    pub partitions: SortedMap<TopicPartition, Option<PartitionImage>>,
    pub configs: SortedSet<ConfigResource>,
    /// Brokers that were registered, fenced, unfenced or removed.
    pub brokers: SortedSet<NodeId>,
    /// Finalised features have other levels, or the quorum another leader.
    pub cluster_changed: bool,
}

impl MetadataDelta {
    pub fn is_empty(&self) -> bool {
        self.topics_created.is_empty()
            && self.topics_deleted.is_empty()
            && self.partitions.is_empty()
            && self.configs.is_empty()
            && self.brokers.is_empty()
            && !self.cluster_changed
    }

    pub(super) fn topic_deleted(&mut self, topic: Arc<TopicImage>) {
        self.partitions.retain(|partition, _| partition.topic != topic.name);
        if self.topics_created.remove(&topic.id).is_none() {
            self.topics_deleted.insert(topic.id, topic);
        }
    }

    /// `before` counts only the first time.
    pub(super) fn partition_changed(&mut self, partition: TopicPartition, before: Option<PartitionImage>) {
        self.partitions.entry(partition).or_insert(before);
    }
}
