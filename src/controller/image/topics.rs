//! Topics and partitions in the image.

use crate::base::SortedMap;
use crate::base::{LeaderEpoch, NodeId, PartitionIndex, TopicPartition, Uuid};
use std::sync::Arc;

/// A topic (`org.apache.kafka.image.TopicImage`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicImage {
    pub name: Arc<str>,
    pub id: Uuid,
    /// By index; there are no gaps.
    pub partitions: Vec<PartitionImage>,
}

/// A partition (`org.apache.kafka.metadata.PartitionRegistration`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartitionImage {
    /// The preferred leader first.
    pub replicas: Vec<NodeId>,
    pub directories: Vec<Uuid>,
    pub isr: Vec<NodeId>,
    pub removing_replicas: Vec<NodeId>,
    pub adding_replicas: Vec<NodeId>,
    /// Replicas that may lead although they are not in sync, for they have all that is committed (KIP-966).
    pub eligible_leader_replicas: Vec<NodeId>,
    pub last_known_elr: Vec<NodeId>,
    pub leader: Option<NodeId>,
    /// The leader came by an unclean election and is still recovering.
    pub is_recovering: bool,
    pub leader_epoch: LeaderEpoch,
    /// Counts every change to the partition.
    pub partition_epoch: i32,
}

impl PartitionImage {
    /// Whether the first of its replicas leads it.
    pub fn is_led_by_preferred(&self) -> bool {
        self.leader.is_some() && self.leader == self.replicas.first().copied()
    }
}

impl TopicImage {
    pub fn partition(&self, index: PartitionIndex) -> Option<&PartitionImage> {
        self.partitions.get(usize::try_from(index.0).ok()?)
    }

    /// Its partitions with their indexes.
    pub fn iter(&self) -> impl Iterator<Item = (PartitionIndex, &PartitionImage)> {
        (0..).map(PartitionIndex).zip(&self.partitions)
    }

    /// The partition's full name.
    pub fn partition_name(&self, index: PartitionIndex) -> TopicPartition {
        TopicPartition { topic: Arc::clone(&self.name), partition: index }
    }
}

/// All topics, by name and by id.
#[derive(Clone, Debug, Default)]
pub(super) struct Topics {
    by_name: SortedMap<Arc<str>, Arc<TopicImage>>,
    names: SortedMap<Uuid, Arc<str>>,
}

impl Topics {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<TopicImage>> {
        self.by_name.values()
    }

    pub(super) fn by_name(&self, name: &str) -> Option<&Arc<TopicImage>> {
        self.by_name.get(name)
    }

    pub(super) fn by_id(&self, id: Uuid) -> Option<&Arc<TopicImage>> {
        self.by_name(self.names.get(&id)?)
    }

    pub(super) fn by_id_mut(&mut self, id: Uuid) -> Option<&mut TopicImage> {
        self.by_name.get_mut(self.names.get(&id)?).map(Arc::make_mut)
    }

    pub(super) fn insert(&mut self, topic: TopicImage) {
        self.names.insert(topic.id, Arc::clone(&topic.name));
        self.by_name.insert(Arc::clone(&topic.name), Arc::new(topic));
    }

    pub(super) fn remove(&mut self, id: Uuid) -> Option<Arc<TopicImage>> {
        self.by_name.remove(&self.names.remove(&id)?)
    }
}
