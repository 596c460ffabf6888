//! The cluster as its metadata log tells it: a replay of `__cluster_metadata`, the same for the controller and for every broker
//! (`org.apache.kafka.image.MetadataImage`).
//!
//! Nothing in here decides anything; whoever wants the cluster to change writes records.

mod cluster;
mod delta;
mod records;
mod replay;
#[cfg(test)]
mod tests;
mod topics;

pub use cluster::{BrokerImage, ConfigResource, ControllerImage, ListenerImage, ResourceType};
pub use delta::MetadataDelta;
pub use replay::ReplayError;
pub use topics::{PartitionImage, TopicImage};

use super::config::Values;
use crate::base::SortedMap;
use crate::base::{NodeId, Offset, PartitionIndex, ProducerId, TopicPartition, Uuid};
use std::sync::Arc;
use topics::Topics;

/// The metadata up to an offset. Cloning shares all of it; a change copies what it touches.
#[derive(Clone, Debug, Default)]
pub struct MetadataImage {
    next_offset: Offset,
    last_epoch: i32,
    leader: Option<NodeId>,
    brokers: Arc<SortedMap<NodeId, Arc<BrokerImage>>>,
    controllers: Arc<SortedMap<NodeId, ControllerImage>>,
    topics: Arc<Topics>,
    configs: Arc<SortedMap<ConfigResource, Arc<Values>>>,
    features: Arc<SortedMap<Arc<str>, i16>>,
    next_producer_id: ProducerId,
}

impl MetadataImage {
    /// The offset of the first record that has not been replayed.
    pub const fn next_offset(&self) -> Offset {
        self.next_offset
    }

    /// The leader epoch of the last batch that has been replayed; 0 before the first.
    pub const fn last_epoch(&self) -> i32 {
        self.last_epoch
    }

    /// The active controller, as far as the log tells.
    pub const fn leader(&self) -> Option<NodeId> {
        self.leader
    }

    /// All registered brokers, in order of id, fenced ones too.
    pub fn brokers(&self) -> impl Iterator<Item = &BrokerImage> {
        self.brokers.values().map(|broker| &**broker)
    }

    pub fn broker(&self, id: NodeId) -> Option<&BrokerImage> {
        self.brokers.get(&id).map(|broker| &**broker)
    }

    /// All controllers that have registered, in order of id.
    pub fn controllers(&self) -> impl Iterator<Item = &ControllerImage> {
        self.controllers.values()
    }

    pub fn controller(&self, id: NodeId) -> Option<&ControllerImage> {
        self.controllers.get(&id)
    }

    /// Whether a broker is registered and not fenced.
    pub fn is_alive(&self, id: NodeId) -> bool {
        self.broker(id).is_some_and(BrokerImage::is_alive)
    }

    /// Whether a broker is registered, not fenced and not about to stop: it may lead.
    pub fn is_active(&self, id: NodeId) -> bool {
        self.broker(id).is_some_and(BrokerImage::is_active)
    }

    /// The brokers that clients may talk to.
    pub fn alive_brokers(&self) -> impl Iterator<Item = &BrokerImage> {
        self.brokers().filter(|broker| broker.is_alive())
    }

    /// All topics, in order of name.
    pub fn topics(&self) -> impl Iterator<Item = &Arc<TopicImage>> {
        self.topics.iter()
    }

    pub fn topic(&self, name: &str) -> Option<&Arc<TopicImage>> {
        self.topics.by_name(name)
    }

    pub fn topic_by_id(&self, id: Uuid) -> Option<&Arc<TopicImage>> {
        self.topics.by_id(id)
    }

    pub fn partition(&self, partition: &TopicPartition) -> Option<&PartitionImage> {
        self.topic(&partition.topic)?.partition(partition.partition)
    }

    /// The leader of a partition and its epoch, or why there is none to be had: no such partition.
    pub fn leader_of(&self, topic: &str, partition: PartitionIndex) -> Option<NodeId> {
        self.topic(topic)?.partition(partition)?.leader
    }

    /// What was set for a resource while the cluster ran; empty where nothing was.
    pub fn configs(&self, resource: &ConfigResource) -> Arc<Values> {
        self.configs.get(resource).cloned().unwrap_or_default()
    }

    /// What was set for all brokers (`--entity-default`), and what for this one.
    pub fn broker_configs(&self, id: NodeId) -> (Arc<Values>, Arc<Values>) {
        (self.configs(&ConfigResource::all_brokers()), self.configs(&ConfigResource::broker(id)))
    }

    /// The finalised features and their levels.
    pub fn features(&self) -> &SortedMap<Arc<str>, i16> {
        &self.features
    }

    /// The first producer id that is in nobody's block.
    pub const fn next_producer_id(&self) -> ProducerId {
        self.next_producer_id
    }
}
