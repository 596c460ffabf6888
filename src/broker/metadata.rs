//! Metadata 0-13: brokers, topics, leaders.
//!
//! - Topics by name, or by id from v12 on (KIP-516; v10 and v11 carry an id but may not use it: INVALID_REQUEST for all). With both, the id counts.
//! - All topics: null from v1 on, the empty list in v0.
//! - A topic that does not exist is UNKNOWN_TOPIC_OR_PARTITION; it is created where the client (v4 on; before, always) and
//!   `auto.create.topics.enable` allow it, and is there when it is asked for again.
//! - `controller_id` is some broker that lives: brokers forward what only the controller can do (KIP-590).
//! - Listeners: all brokers have one, so that `LISTENER_NOT_FOUND` does not occur.

use super::Broker;
use super::authorization::{CLUSTER_OPERATIONS, TOPIC_OPERATIONS, asked};
use super::connections::{Answer, RequestContext};
use super::find_coordinator::{offsets_topic, transactions_topic};
use crate::base::SortedSet;
use crate::base::{Context, NodeId, Uuid, topic_name};
use crate::controller::MetadataImage;
use crate::controller::image::{PartitionImage, TopicImage};
use crate::coordinator::group::partition::GROUP_METADATA_TOPIC;
use crate::coordinator::transaction::partition::TRANSACTION_STATE_TOPIC;
use crate::wire::ErrorCode;
use crate::wire::messages::create_topics_request::CreatableTopic;
use crate::wire::messages::metadata_request::MetadataRequestTopic;
use crate::wire::messages::metadata_response::{MetadataResponseBroker, MetadataResponsePartition, MetadataResponseTopic};
use crate::wire::messages::{MetadataRequest, MetadataResponse};

/// The listener that clients use.
pub(super) const LISTENER: &str = "PLAINTEXT";

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: MetadataRequest) -> Answer {
    if let Some(mut refused) = refuse_unusable_ids(request.version, &body) {
        return request.reply(&mut refused);
    }
    let everything = body.topics.as_ref().is_none_or(|topics| request.version == 0 && topics.is_empty());
    let mut topics = if everything {
        broker.image.topics().map(|topic| describe(&broker.image, request.version, topic)).collect()
    } else {
        let may_create = request.version < 4 || body.allow_auto_topic_creation;
        named_topics(broker, cx, request, body.topics.unwrap_or_default(), may_create)
    };
    for topic in &mut topics {
        let asked_for = body.include_topic_authorized_operations && topic.error_code != ErrorCode::UnknownTopicId as i16;
        topic.topic_authorized_operations = asked(asked_for, TOPIC_OPERATIONS);
    }
    let mut response = MetadataResponse {
        brokers: brokers(&broker.image),
        cluster_id: Some(broker.config.cluster_id.to_string()),
        controller_id: some_broker(broker, cx),
        topics,
        cluster_authorized_operations: asked(body.include_cluster_authorized_operations, CLUSTER_OPERATIONS),
        ..Default::default()
    };
    request.reply(&mut response)
}

/// What is refused as a whole: an id where the version may not use it, and a topic with neither name nor id.
fn refuse_unusable_ids(version: i16, body: &MetadataRequest) -> Option<MetadataResponse> {
    let topics = body.topics.as_ref()?;
    let error = if version < 12 && topics.iter().any(|topic| topic.name.is_none() || !topic.topic_id.is_zero()) {
        ErrorCode::InvalidRequest
    } else if topics.iter().any(|topic| topic.name.is_none() && topic.topic_id.is_zero()) {
        ErrorCode::UnknownServerError
    } else {
        return None;
    };
    let refused = topics.iter().map(|topic| MetadataResponseTopic {
        error_code: error as i16,
        name: Some(topic.name.clone().unwrap_or_default()),
        topic_id: topic.topic_id,
        ..Default::default()
    });
    let error_code = if version >= 13 { error as i16 } else { 0 };
    Some(MetadataResponse { topics: refused.collect(), cluster_id: None, controller_id: -1, error_code, ..Default::default() })
}

fn named_topics(
    broker: &mut Broker,
    cx: &mut Context<'_>,
    request: &RequestContext,
    asked_for: Vec<MetadataRequestTopic>,
    may_create: bool,
) -> Vec<MetadataResponseTopic> {
    // Where any topic is asked for by id, those asked for by name alone are passed over.
    let by_id = asked_for.iter().any(|topic| !topic.topic_id.is_zero());
    let (mut unknown_ids, mut known, mut unknown_names) = (Vec::new(), Vec::new(), Vec::new());
    let mut missing = Vec::new();
    let mut seen = SortedSet::new();
    for topic in asked_for.into_iter().filter(|topic| !(by_id && topic.topic_id.is_zero())) {
        let found = if topic.topic_id.is_zero() {
            broker.image.topic(topic.name.as_deref().unwrap_or_default())
        } else {
            broker.image.topic_by_id(topic.topic_id)
        };
        let identity = found.map_or_else(|| (topic.topic_id, topic.name.clone()), |found| (found.id, Some(found.name.to_string())));
        if !seen.insert(identity) {
            continue;
        }
        match (found, topic.name) {
            (Some(found), _) => known.push(describe(&broker.image, request.version, found)),
            (None, name) if !topic.topic_id.is_zero() => {
                unknown_ids.push(absent(ErrorCode::UnknownTopicId, name.filter(|_| false), topic.topic_id));
            }
            (None, name) => {
                let name = name.unwrap_or_default();
                let error = if topic_name::validate(&name).is_err() {
                    ErrorCode::InvalidTopicException
                } else {
                    ErrorCode::UnknownTopicOrPartition
                };
                if error == ErrorCode::UnknownTopicOrPartition && may_create && broker.settings().auto_create_topics {
                    missing.push(broker.automatic_topic(&name));
                }
                unknown_names.push(absent(error, Some(name), Uuid::ZERO));
            }
        }
    }
    broker.create_topics_automatically(cx, missing);
    unknown_ids.into_iter().chain(known).chain(unknown_names).collect()
}

fn absent(error: ErrorCode, name: Option<String>, topic_id: Uuid) -> MetadataResponseTopic {
    let is_internal = name.as_deref().is_some_and(topic_name::is_internal);
    MetadataResponseTopic { error_code: error as i16, name, topic_id, is_internal, ..Default::default() }
}

fn describe(image: &MetadataImage, version: i16, topic: &TopicImage) -> MetadataResponseTopic {
    MetadataResponseTopic {
        name: Some(topic.name.to_string()),
        topic_id: topic.id,
        is_internal: topic_name::is_internal(&topic.name),
        partitions: topic.iter().map(|(index, partition)| describe_partition(image, version, index.0, partition)).collect(),
        ..Default::default()
    }
}

fn describe_partition(image: &MetadataImage, version: i16, index: i32, partition: &PartitionImage) -> MetadataResponsePartition {
    let leader = partition.leader.filter(|leader| image.is_alive(*leader));
    let error = match (partition.leader, leader) {
        (Some(_), Some(_)) => ErrorCode::None,
        (None, _) => ErrorCode::LeaderNotAvailable,
        // The leader is known, and its listener is not: before v1 there was no word for that.
        (Some(_), None) if version >= 1 => ErrorCode::ListenerNotFound,
        (Some(_), None) => ErrorCode::LeaderNotAvailable,
    };
    MetadataResponsePartition {
        error_code: error as i16,
        partition_index: index,
        leader_id: leader.map_or(-1, |leader| leader.0),
        leader_epoch: partition.leader_epoch.0,
        replica_nodes: ids(&partition.replicas),
        isr_nodes: ids(&partition.isr),
        offline_replicas: offline(image, partition),
        ..Default::default()
    }
}

/// The replicas whose brokers do not live.
pub(super) fn offline(image: &MetadataImage, partition: &PartitionImage) -> Vec<i32> {
    partition.replicas.iter().filter(|replica| !image.is_alive(**replica)).map(|replica| replica.0).collect()
}

pub(super) fn ids(nodes: &[NodeId]) -> Vec<i32> {
    nodes.iter().map(|node| node.0).collect()
}

fn brokers(image: &MetadataImage) -> Vec<MetadataResponseBroker> {
    let described = image.alive_brokers().filter_map(|broker| {
        let listener = broker.listener(LISTENER)?;
        Some(MetadataResponseBroker {
            node_id: broker.id.0,
            host: listener.host.to_string(),
            port: i32::from(listener.port),
            rack: broker.rack.as_deref().map(str::to_owned),
            ..Default::default()
        })
    });
    described.collect()
}

/// A broker that lives, drawn at random as in Kafka; -1 where none does.
pub(super) fn some_broker(broker: &Broker, cx: &mut Context<'_>) -> i32 {
    let alive: Vec<_> = broker.image.alive_brokers().map(|broker| broker.id.0).collect();
    let drawn = usize::try_from(cx.rng.below(alive.len() as u64)).unwrap_or_default();
    alive.get(drawn).copied().unwrap_or(-1)
}

impl Broker {
    /// The topic as it is created without anybody's saying how.
    fn automatic_topic(&self, name: &str) -> CreatableTopic {
        if name == GROUP_METADATA_TOPIC {
            return offsets_topic(self);
        }
        if name == TRANSACTION_STATE_TOPIC {
            return transactions_topic(self);
        }
        let settings = self.settings();
        let replication_factor = i16::try_from(settings.default_replication_factor).unwrap_or(i16::MAX);
        CreatableTopic { name: name.to_owned(), num_partitions: settings.num_partitions, replication_factor, ..Default::default() }
    }
}
