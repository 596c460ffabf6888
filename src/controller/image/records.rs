//! From an image to the records that make it (`ImageWriter` and each image's `write`): what a snapshot holds.

use super::{BrokerImage, ControllerImage, ListenerImage, MetadataImage, PartitionImage, TopicImage};
use crate::base::{LeaderEpoch, NodeId, Offset, PartitionIndex};
use crate::wire::messages::register_broker_record::{BrokerEndpoint, BrokerFeature};
use crate::wire::messages::register_controller_record::{ControllerEndpoint, ControllerFeature};
use crate::wire::messages::{
    ConfigRecord, FeatureLevelRecord, PartitionRecord, ProducerIdsRecord, RegisterBrokerRecord, RegisterControllerRecord, TopicRecord,
};
use crate::wire::{Batch, MetadataRecord};

use super::{MetadataDelta, ReplayError};

const METADATA_VERSION: &str = "metadata.version";

impl MetadataImage {
    /// The records whose replay gives this image, but for its offsets.
    pub fn to_records(&self) -> Vec<MetadataRecord> {
        let mut records = Vec::new();
        // The version first: it says how the rest is to be read.
        let (version, others): (Vec<_>, Vec<_>) = self.features.iter().partition(|(name, _)| &***name == METADATA_VERSION);
        records.extend(version.into_iter().chain(others).map(|(name, level)| {
            MetadataRecord::FeatureLevel(FeatureLevelRecord { name: name.to_string(), feature_level: *level, ..Default::default() })
        }));
        records.extend(self.brokers().map(|broker| MetadataRecord::RegisterBroker(broker_record(broker))));
        records.extend(self.controllers().map(|controller| MetadataRecord::RegisterController(controller_record(controller))));
        for topic in self.topics() {
            records.push(MetadataRecord::Topic(TopicRecord { name: topic.name.to_string(), topic_id: topic.id, ..Default::default() }));
            let partitions = topic.iter().map(|(index, partition)| partition_record(topic, index, partition));
            records.extend(partitions.map(MetadataRecord::Partition));
        }
        for (resource, values) in self.configs.iter() {
            records.extend(values.iter().map(|(name, value)| {
                MetadataRecord::Config(ConfigRecord {
                    resource_type: resource.kind.as_i8(),
                    resource_name: resource.name.to_string(),
                    name: name.to_string(),
                    value: Some(value.to_string()),
                    ..Default::default()
                })
            }));
        }
        if self.next_producer_id.0 > 0 {
            let record =
                ProducerIdsRecord { broker_id: -1, broker_epoch: -1, next_producer_id: self.next_producer_id.0, ..Default::default() };
            records.push(MetadataRecord::ProducerIds(record));
        }
        records
    }

    /// The image that a snapshot's batches give; it goes on at `next_offset`.
    ///
    /// # Errors
    /// Batches that cannot be read, or do not fit each other.
    pub fn from_snapshot<'a>(
        batches: impl Iterator<Item = &'a Batch>,
        next_offset: Offset,
        epoch: LeaderEpoch,
    ) -> Result<Self, ReplayError> {
        let (mut image, mut delta) = (Self::default(), MetadataDelta::default());
        for batch in batches.filter(|batch| !batch.header.attributes.is_control()) {
            for record in batch.records()? {
                let value = record?.value.unwrap_or_default();
                image.replay_record(&MetadataRecord::decode(value)?.0, &mut delta)?;
            }
        }
        (image.next_offset, image.last_epoch) = (next_offset, epoch.0);
        Ok(image)
    }

    /// What is different here from an earlier image, as a delta: for those who act on deltas, and were given a snapshot.
    pub fn delta_from(&self, before: &Self) -> MetadataDelta {
        let mut delta = MetadataDelta { cluster_changed: true, ..Default::default() };
        for topic in before.topics().filter(|topic| self.topic_by_id(topic.id).is_none()) {
            delta.topics_deleted.insert(topic.id, std::sync::Arc::clone(topic));
        }
        for topic in self.topics() {
            let known = before.topic_by_id(topic.id);
            if known.is_none() {
                delta.topics_created.insert(topic.id, std::sync::Arc::clone(&topic.name));
            }
            for (index, partition) in topic.iter() {
                let earlier = known.and_then(|topic| topic.partition(index));
                if earlier != Some(partition) {
                    delta.partitions.insert(topic.partition_name(index), earlier.cloned());
                }
            }
        }
        let resources = self.configs.keys().chain(before.configs.keys());
        delta.configs.extend(resources.filter(|resource| self.configs.get(*resource) != before.configs.get(*resource)).cloned());
        let brokers = self.brokers.keys().chain(before.brokers.keys());
        delta.brokers.extend(brokers.filter(|id| self.brokers.get(*id) != before.brokers.get(*id)));
        delta
    }
}

fn ids(nodes: &[NodeId]) -> Vec<i32> {
    nodes.iter().map(|node| node.0).collect()
}

fn some_ids(nodes: &[NodeId]) -> Option<Vec<i32>> {
    (!nodes.is_empty()).then(|| ids(nodes))
}

fn broker_record(broker: &BrokerImage) -> RegisterBrokerRecord {
    let end_point = |listener: &ListenerImage| BrokerEndpoint {
        name: listener.name.to_string(),
        host: listener.host.to_string(),
        port: listener.port,
        ..Default::default()
    };
    let features = broker.features.iter().map(|(name, min, max)| BrokerFeature {
        name: name.to_string(),
        min_supported_version: *min,
        max_supported_version: *max,
        ..Default::default()
    });
    RegisterBrokerRecord {
        broker_id: broker.id.0,
        incarnation_id: broker.incarnation,
        broker_epoch: broker.epoch,
        end_points: broker.listeners.iter().map(end_point).collect(),
        features: features.collect(),
        rack: broker.rack.as_deref().map(str::to_owned),
        fenced: broker.fenced,
        in_controlled_shutdown: broker.in_controlled_shutdown,
        log_dirs: broker.directories.clone(),
        ..Default::default()
    }
}

fn controller_record(controller: &ControllerImage) -> RegisterControllerRecord {
    let end_point = |listener: &ListenerImage| ControllerEndpoint {
        name: listener.name.to_string(),
        host: listener.host.to_string(),
        port: listener.port,
        ..Default::default()
    };
    let features = controller.features.iter().map(|(name, min, max)| ControllerFeature {
        name: name.to_string(),
        min_supported_version: *min,
        max_supported_version: *max,
        ..Default::default()
    });
    RegisterControllerRecord {
        controller_id: controller.id.0,
        incarnation_id: controller.incarnation,
        end_points: controller.listeners.iter().map(end_point).collect(),
        features: features.collect(),
        ..Default::default()
    }
}

fn partition_record(topic: &TopicImage, index: PartitionIndex, partition: &PartitionImage) -> PartitionRecord {
    PartitionRecord {
        partition_id: index.0,
        topic_id: topic.id,
        replicas: ids(&partition.replicas),
        isr: ids(&partition.isr),
        removing_replicas: ids(&partition.removing_replicas),
        adding_replicas: ids(&partition.adding_replicas),
        leader: partition.leader.map_or(-1, |leader| leader.0),
        leader_recovery_state: i8::from(partition.is_recovering),
        leader_epoch: partition.leader_epoch.0,
        partition_epoch: partition.partition_epoch,
        directories: partition.directories.clone(),
        eligible_leader_replicas: some_ids(&partition.eligible_leader_replicas),
        last_known_elr: some_ids(&partition.last_known_elr),
        ..Default::default()
    }
}
