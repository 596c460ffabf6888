//! From records to an image.

use super::{
    BrokerImage, ConfigResource, ControllerImage, ListenerImage, MetadataDelta, MetadataImage, PartitionImage, ResourceType, TopicImage,
};
use crate::base::bugs::{self, Bug};
use crate::base::{LeaderEpoch, NodeId, Offset, PartitionIndex, ProducerId, TopicPartition, Uuid};
use crate::wire::batch::{Batch, BatchError, ControlType, Record};
use crate::wire::messages::{
    BrokerRegistrationChangeRecord, ConfigRecord, FeatureLevelRecord, LeaderChangeMessage, PartitionChangeRecord, PartitionRecord,
    RegisterBrokerRecord, RegisterControllerRecord,
};
use crate::wire::{MetadataRecord, Rope, WireError, decode};
use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// The log does not fit the image: it was read from the wrong place, or is damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplayError {
    Batch(BatchError),
    Record(WireError),
    /// The batch does not follow on what was replayed before.
    Gap {
        expected: Offset,
        found: Offset,
    },
    UnknownTopic(Uuid),
    UnknownPartition(Uuid, i32),
    UnknownBroker(i32),
    UnknownResourceType(i8),
}

impl fmt::Display for ReplayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Batch(error) => write!(f, "a batch of the metadata log cannot be read: {error}"),
            Self::Record(error) => write!(f, "a record of the metadata log cannot be read: {error}"),
            Self::Gap { expected, found } => write!(f, "the metadata log goes on at offset {expected}, but a batch begins at {found}"),
            Self::UnknownTopic(id) => write!(f, "the metadata log speaks of topic {id}, which there is not"),
            Self::UnknownPartition(id, index) => {
                write!(f, "the metadata log speaks of partition {index} of topic {id}, which there is not")
            }
            Self::UnknownBroker(id) => write!(f, "the metadata log speaks of broker {id}, which is not registered"),
            Self::UnknownResourceType(code) => write!(f, "the metadata log has configs of resource type {code}"),
        }
    }
}

impl std::error::Error for ReplayError {}

impl From<BatchError> for ReplayError {
    fn from(error: BatchError) -> Self {
        Self::Batch(error)
    }
}

impl From<WireError> for ReplayError {
    fn from(error: WireError) -> Self {
        Self::Record(error)
    }
}

impl MetadataImage {
    /// Replays whole batches, as a Fetch returns them, up to the quorum's high watermark. After an error the image is as it was.
    pub fn replay(&mut self, batches: &Rope, high_watermark: Offset) -> Result<MetadataDelta, ReplayError> {
        self.replay_batches(Batch::parse_all(batches.to_bytes())?.iter(), high_watermark)
    }

    /// The same of batches that have been read.
    pub fn replay_batches(
        &mut self,
        batches: impl Iterator<Item = impl Borrow<Batch>>,
        high_watermark: Offset,
    ) -> Result<MetadataDelta, ReplayError> {
        let mut next = self.clone();
        let mut delta = MetadataDelta::default();
        for batch in batches.take_while(|batch| batch.borrow().header.last_offset() < high_watermark) {
            let batch = batch.borrow();
            if batch.header.last_offset() >= next.next_offset {
                next.replay_batch(batch, &mut delta)?;
            }
        }
        *self = next;
        Ok(delta)
    }

    /// All up to here has been replayed, record by record.
    pub(in crate::controller) const fn reached(&mut self, next_offset: Offset, epoch: LeaderEpoch) {
        self.next_offset = next_offset;
        self.last_epoch = epoch.0;
    }

    fn replay_batch(&mut self, batch: &Batch, delta: &mut MetadataDelta) -> Result<(), ReplayError> {
        let (expected, found) = (self.next_offset, batch.header.base_offset);
        if expected != found {
            return Err(ReplayError::Gap { expected, found });
        }
        for record in batch.records()? {
            let record = record?;
            if batch.header.attributes.is_control() {
                self.replay_control(&record, delta)?;
            } else {
                let value = record.value.unwrap_or_default();
                self.replay_record(&MetadataRecord::decode(value)?.0, delta)?;
            }
        }
        self.next_offset = batch.header.next_offset();
        self.last_epoch = batch.header.leader_epoch.0;
        Ok(())
    }

    fn replay_control(&mut self, record: &Record, delta: &mut MetadataDelta) -> Result<(), ReplayError> {
        let is_leader_change = record.key.as_deref().and_then(ControlType::from_key) == Some(ControlType::LeaderChange);
        if let (true, Some(value)) = (is_leader_change, record.value.clone()) {
            let message = decode::<LeaderChangeMessage>(value, LEADER_CHANGE_VERSION)?;
            self.leader = Some(NodeId(message.leader_id));
            delta.cluster_changed = true;
        }
        Ok(())
    }

    /// Applies one record, and notes in `delta` what it changed.
    pub fn replay_record(&mut self, record: &MetadataRecord, delta: &mut MetadataDelta) -> Result<(), ReplayError> {
        match record {
            MetadataRecord::RegisterBroker(record) => self.broker_registered(record, delta),
            MetadataRecord::UnregisterBroker(record) => {
                Arc::make_mut(&mut self.brokers).remove(&NodeId(record.broker_id));
                delta.brokers.insert(NodeId(record.broker_id));
            }
            MetadataRecord::BrokerRegistrationChange(record) => self.broker_changed(record, delta)?,
            MetadataRecord::FenceBroker(record) => self.change_broker(record.id, delta, |broker| broker.fenced = true)?,
            MetadataRecord::UnfenceBroker(record) => self.change_broker(record.id, delta, |broker| broker.fenced = false)?,
            MetadataRecord::Topic(record) => {
                let name: Arc<str> = record.name.as_str().into();
                delta.topics_created.insert(record.topic_id, Arc::clone(&name));
                Arc::make_mut(&mut self.topics).insert(TopicImage { name, id: record.topic_id, partitions: Vec::new() });
            }
            MetadataRecord::Partition(record) => self.partition_set(record, delta)?,
            MetadataRecord::PartitionChange(record) => self.partition_changed(record, delta)?,
            MetadataRecord::ClearElr(record) => self.elr_cleared(&record.topic_name, delta),
            MetadataRecord::RemoveTopic(record) => self.topic_removed(record.topic_id, delta)?,
            MetadataRecord::Config(record) => self.config_set(record, delta)?,
            MetadataRecord::FeatureLevel(record) => self.feature_set(record, delta),
            MetadataRecord::ProducerIds(record) => self.next_producer_id = ProducerId(record.next_producer_id),
            // A controller writes its transactions whole, in one batch each: what is between the marks needs no waiting.
            MetadataRecord::BeginTransaction(_) | MetadataRecord::EndTransaction(_) | MetadataRecord::NoOp(_) => {}
            MetadataRecord::RegisterController(record) => self.controller_registered(record),
            // Nobody writes these: there are no quotas, ACLs, credentials, tokens, no ZooKeeper.
            MetadataRecord::AbortTransaction(_)
            | MetadataRecord::ClientQuota(_)
            | MetadataRecord::AccessControlEntry(_)
            | MetadataRecord::RemoveAccessControlEntry(_)
            | MetadataRecord::UserScramCredential(_)
            | MetadataRecord::RemoveUserScramCredential(_)
            | MetadataRecord::DelegationToken(_)
            | MetadataRecord::RemoveDelegationToken(_)
            | MetadataRecord::ZkMigrationState(_) => {}
        }
        Ok(())
    }

    fn broker_registered(&mut self, record: &RegisterBrokerRecord, delta: &mut MetadataDelta) {
        let id = NodeId(record.broker_id);
        let listeners = record.end_points.iter().map(|listener| ListenerImage {
            name: listener.name.as_str().into(),
            host: listener.host.as_str().into(),
            port: listener.port,
        });
        let features = record
            .features
            .iter()
            .map(|feature| (feature.name.as_str().into(), feature.min_supported_version, feature.max_supported_version));
        let broker = BrokerImage {
            id,
            epoch: record.broker_epoch,
            incarnation: record.incarnation_id,
            listeners: listeners.collect(),
            features: features.collect(),
            rack: record.rack.as_deref().map(Arc::from),
            directories: record.log_dirs.clone(),
            fenced: record.fenced,
            in_controlled_shutdown: record.in_controlled_shutdown,
        };
        Arc::make_mut(&mut self.brokers).insert(id, Arc::new(broker));
        delta.brokers.insert(id);
    }

    fn controller_registered(&mut self, record: &RegisterControllerRecord) {
        let id = NodeId(record.controller_id);
        let listeners = record.end_points.iter().map(|listener| ListenerImage {
            name: listener.name.as_str().into(),
            host: listener.host.as_str().into(),
            port: listener.port,
        });
        let features = record
            .features
            .iter()
            .map(|feature| (feature.name.as_str().into(), feature.min_supported_version, feature.max_supported_version));
        let controller =
            ControllerImage { id, incarnation: record.incarnation_id, listeners: listeners.collect(), features: features.collect() };
        Arc::make_mut(&mut self.controllers).insert(id, controller);
    }

    fn broker_changed(&mut self, record: &BrokerRegistrationChangeRecord, delta: &mut MetadataDelta) -> Result<(), ReplayError> {
        self.change_broker(record.broker_id, delta, |broker| {
            match record.fenced {
                1 => broker.fenced = true,
                -1 => broker.fenced = false,
                _ => {}
            }
            if record.in_controlled_shutdown == 1 {
                broker.in_controlled_shutdown = true;
            }
            if !record.log_dirs.is_empty() {
                broker.directories.clone_from(&record.log_dirs);
            }
        })
    }

    fn change_broker(&mut self, id: i32, delta: &mut MetadataDelta, change: impl FnOnce(&mut BrokerImage)) -> Result<(), ReplayError> {
        let broker = Arc::make_mut(&mut self.brokers).get_mut(&NodeId(id)).ok_or(ReplayError::UnknownBroker(id))?;
        change(Arc::make_mut(broker));
        delta.brokers.insert(NodeId(id));
        Ok(())
    }

    fn partition_set(&mut self, record: &PartitionRecord, delta: &mut MetadataDelta) -> Result<(), ReplayError> {
        let partition = PartitionImage {
            replicas: nodes(&record.replicas),
            directories: record.directories.clone(),
            isr: nodes(&record.isr),
            removing_replicas: nodes(&record.removing_replicas),
            adding_replicas: nodes(&record.adding_replicas),
            eligible_leader_replicas: record.eligible_leader_replicas.as_deref().map(nodes).unwrap_or_default(),
            last_known_elr: record.last_known_elr.as_deref().map(nodes).unwrap_or_default(),
            leader: leader(record.leader),
            is_recovering: record.leader_recovery_state == 1,
            leader_epoch: LeaderEpoch(record.leader_epoch),
            partition_epoch: record.partition_epoch,
        };
        let unknown = ReplayError::UnknownPartition(record.topic_id, record.partition_id);
        let topic = Arc::make_mut(&mut self.topics).by_id_mut(record.topic_id).ok_or(ReplayError::UnknownTopic(record.topic_id))?;
        let name = topic.partition_name(PartitionIndex(record.partition_id));
        let count = topic.partitions.len();
        match usize::try_from(record.partition_id) {
            Ok(index) if index == count => {
                topic.partitions.push(partition);
                delta.partition_changed(name, None);
            }
            Ok(index) => {
                let known = topic.partitions.get_mut(index).ok_or(unknown)?;
                let before = std::mem::replace(known, partition);
                delta.partition_changed(name, Some(before));
            }
            Err(_) => return Err(unknown),
        }
        Ok(())
    }

    fn partition_changed(&mut self, record: &PartitionChangeRecord, delta: &mut MetadataDelta) -> Result<(), ReplayError> {
        let topic = Arc::make_mut(&mut self.topics).by_id_mut(record.topic_id).ok_or(ReplayError::UnknownTopic(record.topic_id))?;
        let name = topic.partition_name(PartitionIndex(record.partition_id));
        let index = usize::try_from(record.partition_id).ok();
        let partition = index.and_then(|index| topic.partitions.get_mut(index));
        let partition = partition.ok_or(ReplayError::UnknownPartition(record.topic_id, record.partition_id))?;
        delta.partition_changed(name, Some(partition.clone()));
        partition.merge(record);
        Ok(())
    }

    fn topic_removed(&mut self, id: Uuid, delta: &mut MetadataDelta) -> Result<(), ReplayError> {
        let topic = Arc::make_mut(&mut self.topics).remove(id).ok_or(ReplayError::UnknownTopic(id))?;
        let resource = ConfigResource::topic(Arc::clone(&topic.name));
        if self.configs.contains_key(&resource) {
            Arc::make_mut(&mut self.configs).remove(&resource);
        }
        delta.topic_deleted(topic);
        Ok(())
    }

    /// Another `min.insync.replicas` counts: who was eligible by the old one is no longer. An empty name: of all topics.
    fn elr_cleared(&mut self, topic: &str, delta: &mut MetadataDelta) {
        let has_elr = |partition: &PartitionImage| !partition.eligible_leader_replicas.is_empty() || !partition.last_known_elr.is_empty();
        let named = self.topics.iter().filter(|known| topic.is_empty() || *known.name == *topic);
        let ids: Vec<_> = named.filter(|known| known.partitions.iter().any(has_elr)).map(|known| known.id).collect();
        for id in ids {
            let Some(topic) = Arc::make_mut(&mut self.topics).by_id_mut(id) else { continue };
            let name = Arc::clone(&topic.name);
            for (index, partition) in (0..).map(PartitionIndex).zip(&mut topic.partitions).filter(|(_, partition)| has_elr(partition)) {
                delta.partition_changed(TopicPartition { topic: Arc::clone(&name), partition: index }, Some(partition.clone()));
                partition.merge(&PartitionChangeRecord {
                    eligible_leader_replicas: Some(Vec::new()),
                    last_known_elr: Some(Vec::new()),
                    ..Default::default()
                });
            }
        }
    }

    fn config_set(&mut self, record: &ConfigRecord, delta: &mut MetadataDelta) -> Result<(), ReplayError> {
        let kind = ResourceType::from_i8(record.resource_type).ok_or(ReplayError::UnknownResourceType(record.resource_type))?;
        let resource = ConfigResource { kind, name: record.resource_name.as_str().into() };
        let configs = Arc::make_mut(&mut self.configs);
        let values = Arc::make_mut(configs.entry(resource.clone()).or_default());
        match &record.value {
            Some(value) => values.insert(record.name.as_str().into(), value.as_str().into()),
            None => values.remove(record.name.as_str()),
        };
        if values.is_empty() {
            configs.remove(&resource);
        }
        delta.configs.insert(resource);
        Ok(())
    }

    fn feature_set(&mut self, record: &FeatureLevelRecord, delta: &mut MetadataDelta) {
        let features = Arc::make_mut(&mut self.features);
        if record.feature_level == 0 {
            features.remove(record.name.as_str());
        } else {
            features.insert(record.name.as_str().into(), record.feature_level);
        }
        delta.cluster_changed = true;
    }
}

const LEADER_CHANGE_VERSION: i16 = 0;
/// What a PartitionChangeRecord says of a leader that stays.
const NO_LEADER_CHANGE: i32 = -2;

impl PartitionImage {
    /// Applies a change to this partition.
    pub(in crate::controller) fn merge(&mut self, record: &PartitionChangeRecord) {
        let merge = |mine: &mut Vec<NodeId>, change: &Option<Vec<i32>>| {
            if let Some(ids) = change {
                *mine = nodes(ids);
            }
        };
        merge(&mut self.isr, &record.isr);
        merge(&mut self.replicas, &record.replicas);
        merge(&mut self.removing_replicas, &record.removing_replicas);
        merge(&mut self.adding_replicas, &record.adding_replicas);
        merge(&mut self.eligible_leader_replicas, &record.eligible_leader_replicas);
        merge(&mut self.last_known_elr, &record.last_known_elr);
        if let Some(directories) = &record.directories {
            self.directories.clone_from(directories);
        }
        if record.leader != NO_LEADER_CHANGE {
            self.leader = leader(record.leader);
            let next = self.leader_epoch.0.saturating_add(i32::from(!bugs::has(Bug::TwoLeadersInAnEpoch)));
            self.leader_epoch = LeaderEpoch(next);
        }
        if record.leader_recovery_state != -1 {
            self.is_recovering = record.leader_recovery_state == 1;
        }
        self.partition_epoch = self.partition_epoch.saturating_add(1);
    }
}

fn nodes(ids: impl AsRef<[i32]>) -> Vec<NodeId> {
    ids.as_ref().iter().copied().map(NodeId).collect()
}

fn leader(id: i32) -> Option<NodeId> {
    (id >= 0).then_some(NodeId(id))
}
