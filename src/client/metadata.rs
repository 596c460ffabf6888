//! What a client knows of the cluster: brokers, topics, partitions and their leaders, from Metadata responses
//! (`org.apache.kafka.clients.Metadata`, `MetadataSnapshot`).

use crate::base::SortedMap;
use crate::base::{LeaderEpoch, NodeId, Order, PartitionIndex, TopicPartition, Uuid};
use crate::wire::ErrorCode;
use crate::wire::messages::MetadataResponse;
use crate::wire::messages::metadata_response::{MetadataResponsePartition, MetadataResponseTopic};
use std::sync::Arc;

/// A topic, as the last response that named it had it.
#[derive(Clone, Debug)]
pub struct Topic {
    pub name: Arc<str>,
    /// Zero where the brokers do not say.
    pub id: Uuid,
    pub internal: bool,
    /// By number.
    pub partitions: Vec<Leadership>,
    /// The partitions that have a leader.
    pub available: Vec<PartitionIndex>,
}

/// Who leads a partition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leadership {
    pub leader: Option<NodeId>,
    /// Of the leader; -1 where the brokers do not say.
    pub epoch: LeaderEpoch,
}

/// What a client knows of the cluster.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// By id.
    pub brokers: Vec<NodeId>,
    pub controller: Option<NodeId>,
    topics: SortedMap<Arc<str>, Topic>,
    names: SortedMap<Uuid, Arc<str>>,
    /// What the last response said of the topics that were asked for and are not known.
    pub errors: SortedMap<Arc<str>, ErrorCode>,
    /// Counts responses.
    pub version: u64,
}

impl Metadata {
    pub fn topic(&self, name: &str) -> Option<&Topic> {
        self.topics.get(name)
    }

    pub fn topics(&self) -> impl Iterator<Item = &Topic> {
        self.topics.values()
    }

    /// By topic id, as Fetch and Produce name topics since version 13.
    pub fn name_of(&self, id: Uuid) -> Option<&Arc<str>> {
        self.names.get(&id)
    }

    /// Zero where it is not known.
    pub fn id_of(&self, topic: &str) -> Uuid {
        self.topics.get(topic).map_or(Uuid::ZERO, |topic| topic.id)
    }

    pub fn partition_count(&self, topic: &str) -> Option<i32> {
        self.topics.get(topic).map(|topic| topic.partitions.len() as i32)
    }

    pub fn leadership(&self, partition: &TopicPartition) -> Leadership {
        let topic = self.topics.get(&partition.topic);
        let known = topic.and_then(|topic| topic.partitions.get(usize::try_from(partition.partition.0).ok()?));
        known.copied().unwrap_or_default()
    }

    pub fn leader(&self, partition: &TopicPartition) -> Option<NodeId> {
        self.leadership(partition).leader
    }

    /// A broker that is no longer a partition's leader has said who is (KIP-951). False where that is nothing new.
    pub(super) fn learn_leader(&mut self, partition: &TopicPartition, leader: NodeId, epoch: LeaderEpoch) -> bool {
        let known = self.brokers.contains(&leader);
        let topic = self.topics.get_mut(&partition.topic).filter(|_| known);
        let slot = topic.and_then(|topic| topic.partitions.get_mut(usize::try_from(partition.partition.0).ok()?));
        let Some(slot) = slot.filter(|slot| slot.epoch < epoch) else { return false };
        *slot = Leadership { leader: Some(leader), epoch };
        true
    }

    /// Takes in a response; topics that `keep` does not want are forgotten. Whether all is well: no topic or partition has an error that
    /// asks for another look.
    pub(super) fn update(&mut self, response: MetadataResponse, keep: impl Fn(&str) -> bool) -> bool {
        self.version += 1;
        if !response.brokers.is_empty() {
            self.brokers = response.brokers.iter().map(|broker| NodeId(broker.node_id)).collect();
            self.brokers.order();
        }
        self.controller = (response.controller_id >= 0).then_some(NodeId(response.controller_id));
        self.errors.clear();
        let mut before = std::mem::take(&mut self.topics);
        let mut settled = true;
        for topic in response.topics {
            settled &= self.take_in(topic, &mut before);
        }
        self.topics.retain(|name, _| keep(name));
        self.names = self.topics.values().filter(|topic| !topic.id.is_zero()).map(|topic| (topic.id, topic.name.clone())).collect();
        settled
    }

    fn take_in(&mut self, topic: MetadataResponseTopic, before: &mut SortedMap<Arc<str>, Topic>) -> bool {
        let Some(name) = topic.name else { return true };
        let (name, known) = before.remove_entry(name.as_str()).map_or_else(|| (Arc::from(name), None), |(name, known)| (name, Some(known)));
        let error = ErrorCode::from_i16(topic.error_code).unwrap_or(ErrorCode::UnknownServerError);
        if !error.is_none() {
            self.errors.insert(name, error);
            return !error.is_retriable();
        }
        let known = known.filter(|known| known.id == topic.topic_id);
        let mut partitions = vec![Leadership::default(); topic.partitions.len()];
        let mut settled = true;
        for partition in &topic.partitions {
            settled &= partition.error_code == 0;
            if let Some(slot) = usize::try_from(partition.partition_index).ok().and_then(|index| partitions.get_mut(index)) {
                let older = known.as_ref().and_then(|known| known.partitions.get(partition.partition_index as usize));
                *slot = newer(partition, older.copied());
            }
        }
        let available =
            (0..).zip(&partitions).filter(|(_, leadership)| leadership.leader.is_some()).map(|(index, _)| PartitionIndex(index));
        let available = available.collect();
        self.topics.insert(name.clone(), Topic { name, id: topic.topic_id, internal: topic.is_internal, partitions, available });
        settled
    }
}

/// A broker that lags behind must not take a client back to an older leader.
fn newer(partition: &MetadataResponsePartition, known: Option<Leadership>) -> Leadership {
    let told = Leadership {
        leader: (partition.leader_id >= 0).then_some(NodeId(partition.leader_id)),
        epoch: LeaderEpoch(partition.leader_epoch),
    };
    known.filter(|known| told.epoch.0 >= 0 && known.epoch > told.epoch).unwrap_or(told)
}
