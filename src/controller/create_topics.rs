//! CreateTopics, versions 2 to 7 (`ReplicationControlManager.createTopics`).
//!
//! All topics of a request that are in order are created by one batch; each of the others has its error. From version 5 on the answer
//! tells the topic's configs (KIP-525), from 7 on its id. With `validateOnly` nothing is created, but an id is told all the same.
//!
//! Left out: more than one replica (see [`super::placement`]), policies, quotas.

use super::METADATA_TOPIC;
use super::config::{BrokerLayers, BrokerSettings, Values, validate};
use super::connections::{Answer, RequestContext};
use super::error::ApiError;
use super::image::{MetadataImage, PartitionImage};
use super::node::{Controller, Outcome};
use super::placement::place;
use crate::base::SortedMap;
use crate::base::{Context, LeaderEpoch, NodeId, Order, Rng, Uuid, topic_name};
use crate::wire::messages::create_topics_request::{CreatableReplicaAssignment, CreatableTopic};
use crate::wire::messages::create_topics_response::{CreatableTopicConfigs, CreatableTopicResult};
use crate::wire::messages::{ConfigRecord, CreateTopicsRequest, CreateTopicsResponse, PartitionRecord, TopicRecord};
use crate::wire::{ErrorCode, MetadataRecord};

/// The most partitions of one request (`ReplicationControlManager.MAX_PARTITIONS_PER_BATCH`).
pub(super) const PARTITIONS_MAX: usize = 10_000;

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: CreateTopicsRequest) -> Answer {
    let admitted = controller.admit(body.timeout_ms).and_then(|()| check_size(&body, controller.config.settings.num_partitions));
    let outcome = match admitted {
        Ok(()) => {
            Creation { image: &controller.image, settings: &controller.config.settings, node: controller.config.node }.all(cx.rng, body)
        }
        Err(error) => Outcome::answer(CreateTopicsResponse {
            topics: body.topics.iter().map(|topic| refused(&topic.name, error.clone())).collect(),
            ..Default::default()
        }),
    };
    controller.finish(cx, request, outcome)
}

fn check_size(body: &CreateTopicsRequest, default: i32) -> Result<(), ApiError> {
    let count = |topic: &CreatableTopic| match (topic.assignments.as_slice(), topic.num_partitions) {
        ([], -1) => usize::try_from(default).unwrap_or(0),
        ([], number) => usize::try_from(number).unwrap_or(0),
        (assignments, _) => assignments.len(),
    };
    check_partition_count(body.topics.iter().map(count).fold(0, usize::saturating_add))
}

pub(super) fn check_partition_count(count: usize) -> Result<(), ApiError> {
    if count <= PARTITIONS_MAX {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::PolicyViolation, "Excessively large number of partitions per request."))
}

fn refused(name: &str, error: ApiError) -> CreatableTopicResult {
    CreatableTopicResult { name: name.to_owned(), error_code: error.code.code(), error_message: error.message, ..Default::default() }
}

/// The cluster that topics are to be created in.
struct Creation<'a> {
    image: &'a MetadataImage,
    settings: &'a BrokerSettings,
    node: NodeId,
}

impl Creation<'_> {
    fn all(&self, rng: &mut Rng, body: CreateTopicsRequest) -> Outcome<CreateTopicsResponse> {
        let mut times: SortedMap<&str, usize> = SortedMap::new();
        for topic in &body.topics {
            *times.entry(&topic.name).or_default() += 1;
        }
        let (mut records, mut topics, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
        for topic in &body.topics {
            if times.get(topic.name.as_str()).is_some_and(|count| *count > 1) {
                if !repeated.contains(&topic.name.as_str()) {
                    repeated.push(topic.name.as_str());
                }
                continue;
            }
            match self.one(rng, topic) {
                Ok((written, result)) => {
                    records.extend(written);
                    topics.push(result);
                }
                Err(error) => topics.push(refused(&topic.name, error)),
            }
        }
        let twice = ApiError::new(ErrorCode::InvalidRequest, "Duplicate topic name.");
        topics.extend(repeated.into_iter().map(|name| refused(name, twice.clone())));
        if body.validate_only {
            records.clear();
        }
        Outcome { records, response: CreateTopicsResponse { topics, ..Default::default() } }
    }

    fn one(&self, rng: &mut Rng, topic: &CreatableTopic) -> Result<(Vec<MetadataRecord>, CreatableTopicResult), ApiError> {
        self.check_name(&topic.name)?;
        let configs = check_configs(topic)?;
        let partitions = self.partitions(rng, topic)?;
        let id = Uuid::random(rng);
        let replication_factor = partitions.first().map_or(0, |partition| partition.replicas.len());
        let result = CreatableTopicResult {
            name: topic.name.clone(),
            topic_id: id,
            // Null where all is well; the specification's default is the empty text.
            error_message: None,
            num_partitions: i32::try_from(partitions.len()).unwrap_or(i32::MAX),
            replication_factor: i16::try_from(replication_factor).unwrap_or(i16::MAX),
            configs: Some(self.described(&configs)),
            ..Default::default()
        };
        Ok((topic_records(&topic.name, id, &configs, &partitions), result))
    }

    fn check_name(&self, name: &str) -> Result<(), ApiError> {
        if name == METADATA_TOPIC {
            let message = format!("Creation of internal topic {METADATA_TOPIC} is prohibited.");
            return Err(ApiError::new(ErrorCode::InvalidRequest, message));
        }
        topic_name::validate(name).map_err(|message| ApiError::new(ErrorCode::InvalidTopicException, message))?;
        if self.image.topic(name).is_some() {
            return Err(ApiError::new(ErrorCode::TopicAlreadyExists, format!("Topic '{name}' already exists.")));
        }
        match self.image.topics().find(|topic| topic_name::collide(&topic.name, name)) {
            Some(other) => {
                Err(ApiError::new(ErrorCode::InvalidTopicException, format!("Topic '{name}' collides with existing topic: {}", other.name)))
            }
            None => Ok(()),
        }
    }

    fn partitions(&self, rng: &mut Rng, topic: &CreatableTopic) -> Result<Vec<PartitionImage>, ApiError> {
        let replicas = if topic.assignments.is_empty() { self.placed(rng, topic)? } else { self.assigned(topic)? };
        Ok(replicas.into_iter().map(|replicas| new_partition(self.image, replicas)).collect())
    }

    fn placed(&self, rng: &mut Rng, topic: &CreatableTopic) -> Result<Vec<Vec<NodeId>>, ApiError> {
        if topic.replication_factor < -1 || topic.replication_factor == 0 {
            let message = "Replication factor must be larger than 0, or -1 to use the default value.";
            return Err(ApiError::new(ErrorCode::InvalidReplicationFactor, message));
        }
        if topic.num_partitions < -1 || topic.num_partitions == 0 {
            return Err(ApiError::new(ErrorCode::InvalidPartitions, "Number of partitions was set to an invalid non-positive value."));
        }
        let count = if topic.num_partitions == -1 { self.settings.num_partitions } else { topic.num_partitions };
        let default = i16::try_from(self.settings.default_replication_factor).unwrap_or(i16::MAX);
        let replication_factor = if topic.replication_factor == -1 { default } else { topic.replication_factor };
        place(self.image, rng, usize::try_from(count).unwrap_or(0), replication_factor)
    }

    fn assigned(&self, topic: &CreatableTopic) -> Result<Vec<Vec<NodeId>>, ApiError> {
        let refuse = |what: &str| {
            let message = format!("A manual partition assignment was specified, but {what} was not set to -1.");
            Err(ApiError::new(ErrorCode::InvalidRequest, message))
        };
        if topic.replication_factor != -1 {
            return refuse("replication factor");
        }
        if topic.num_partitions != -1 {
            return refuse("numPartitions");
        }
        let mut replicas: SortedMap<i32, Vec<NodeId>> = SortedMap::new();
        let mut size = None;
        for CreatableReplicaAssignment { partition_index, broker_ids, .. } in &topic.assignments {
            if replicas.contains_key(partition_index) {
                let message = format!("Found multiple manual partition assignments for partition {partition_index}");
                return Err(ApiError::new(ErrorCode::InvalidReplicaAssignment, message));
            }
            let brokers = check_assignment(self.image, *partition_index, broker_ids, size)?;
            size = Some(brokers.len());
            replicas.insert(*partition_index, brokers);
        }
        if !replicas.keys().copied().eq(0..replicas.len() as i32) {
            let message = "partitions should be a consecutive 0-based integer sequence";
            return Err(ApiError::new(ErrorCode::InvalidReplicaAssignment, message));
        }
        Ok(replicas.into_values().collect())
    }

    /// The topic's configs as this controller sees them.
    fn described(&self, own: &Values) -> Vec<CreatableTopicConfigs> {
        let (cluster, broker) = self.image.broker_configs(self.node);
        let layers = BrokerLayers { broker: &broker, cluster: &cluster, settings: self.settings };
        let entries = layers.topic_entries(own).into_iter();
        let described = entries.map(|entry| CreatableTopicConfigs {
            name: entry.key.name.to_owned(),
            value: entry.value,
            read_only: entry.read_only,
            config_source: entry.source as i8,
            is_sensitive: entry.key.is_sensitive(),
            ..Default::default()
        });
        described.collect()
    }
}

fn check_configs(topic: &CreatableTopic) -> Result<Values, ApiError> {
    let without: Vec<_> = topic.configs.iter().filter(|config| config.value.is_none()).map(|config| config.name.as_str()).collect();
    if !without.is_empty() {
        let message = format!("Null value not supported for topic configs: {}", without.join(","));
        return Err(ApiError::new(ErrorCode::InvalidConfig, message));
    }
    let values = topic.configs.iter().filter_map(|config| Some((config.name.as_str().into(), config.value.as_deref()?.into()))).collect();
    validate::validate_topic(&values)?;
    Ok(values)
}

/// Checks the replicas that somebody chose for a new partition: one of them at least can lead.
pub(super) fn check_assignment(image: &MetadataImage, index: i32, brokers: &[i32], size: Option<usize>) -> Result<Vec<NodeId>, ApiError> {
    let replicas = check_replicas(image, brokers, size)?;
    if replicas.iter().any(|id| image.is_active(*id)) {
        return Ok(replicas);
    }
    let message =
        format!("All brokers specified in the manual partition assignment for partition {index} are fenced or in controlled shutdown.");
    Err(ApiError::new(ErrorCode::InvalidReplicaAssignment, message))
}

/// Checks the replicas that somebody chose for a partition (`validateManualPartitionAssignment`).
pub(super) fn check_replicas(image: &MetadataImage, brokers: &[i32], size: Option<usize>) -> Result<Vec<NodeId>, ApiError> {
    let refuse = |message: String| Err(ApiError::new(ErrorCode::InvalidReplicaAssignment, message));
    if brokers.is_empty() {
        return refuse("The manual partition assignment includes an empty replica list.".to_owned());
    }
    let mut sorted = brokers.to_vec();
    sorted.order();
    let mut previous = None;
    for id in sorted {
        if image.broker(NodeId(id)).is_none() {
            return refuse(format!("The manual partition assignment includes broker {id}, but no such broker is registered."));
        }
        if previous == Some(id) {
            return refuse(format!("The manual partition assignment includes the broker {id} more than once."));
        }
        previous = Some(id);
    }
    if let Some(size) = size.filter(|size| *size != brokers.len()) {
        return refuse(format!(
            "The manual partition assignment includes a partition with {} replica(s), but this is not consistent with previous partitions, which \
             have {size} replica(s).",
            brokers.len()
        ));
    }
    Ok(brokers.iter().copied().map(NodeId).collect())
}

/// A partition at its beginning: those of its replicas that live are in sync, and the first of them leads.
pub(super) fn new_partition(image: &MetadataImage, replicas: Vec<NodeId>) -> PartitionImage {
    let isr: Vec<_> = replicas.iter().copied().filter(|id| image.is_active(*id)).collect();
    let directory = |id: &NodeId| image.broker(*id).and_then(|broker| broker.directories.first().copied()).unwrap_or(Uuid::ZERO);
    PartitionImage {
        directories: replicas.iter().map(directory).collect(),
        leader: isr.first().copied(),
        leader_epoch: LeaderEpoch(0),
        isr,
        replicas,
        ..Default::default()
    }
}

pub(super) fn partition_record(topic: Uuid, index: usize, partition: &PartitionImage) -> MetadataRecord {
    let ids = |nodes: &[NodeId]| nodes.iter().map(|id| id.0).collect();
    MetadataRecord::Partition(PartitionRecord {
        partition_id: i32::try_from(index).unwrap_or(i32::MAX),
        topic_id: topic,
        replicas: ids(&partition.replicas),
        isr: ids(&partition.isr),
        leader: partition.leader.map_or(-1, |id| id.0),
        leader_epoch: partition.leader_epoch.0,
        partition_epoch: partition.partition_epoch,
        directories: partition.directories.clone(),
        ..Default::default()
    })
}

/// The topic, then its configs, then its partitions.
fn topic_records(name: &str, id: Uuid, configs: &Values, partitions: &[PartitionImage]) -> Vec<MetadataRecord> {
    let mut records = vec![MetadataRecord::Topic(TopicRecord { name: name.to_owned(), topic_id: id, ..Default::default() })];
    records.extend(configs.iter().map(|(key, value)| {
        MetadataRecord::Config(ConfigRecord {
            resource_type: super::image::ResourceType::Topic.as_i8(),
            resource_name: name.to_owned(),
            name: key.to_string(),
            value: Some(value.to_string()),
            ..Default::default()
        })
    }));
    records.extend(partitions.iter().enumerate().map(|(index, partition)| partition_record(id, index, partition)));
    records
}
