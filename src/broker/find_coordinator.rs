//! FindCoordinator 0-6: who coordinates a group, or a producer's transactions.
//!
//! - A group's coordinator is the leader of its partition of `__consumer_offsets`, a transactional id's that of its partition of
//!   `__transaction_state`. These topics are created when they are first needed; meanwhile the answer is COORDINATOR_NOT_AVAILABLE.
//! - v1: key types. v4: several keys at once (KIP-699), and successes have an empty message, not `NONE`.
//! - Left out: share coordinators (key type 2). Those keys are INVALID_REQUEST, as unknown types are.

use super::Broker;
use super::connections::{Answer, RequestContext};
use crate::base::{Context, NodeId, PartitionIndex};
use crate::coordinator::group::partition::GROUP_METADATA_TOPIC;
use crate::coordinator::transaction::partition::TRANSACTION_STATE_TOPIC;
use crate::wire::ErrorCode;
use crate::wire::messages::create_topics_request::{CreatableTopic, CreatableTopicConfig};
use crate::wire::messages::find_coordinator_response::Coordinator;
use crate::wire::messages::{FindCoordinatorRequest, FindCoordinatorResponse};

const GROUP: i8 = 0;
const TRANSACTION: i8 = 1;
const SHARE: i8 = 2;

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: FindCoordinatorRequest) -> Answer {
    if request.version >= 4 {
        let find = |key: String| coordinator(broker, cx, request.version, body.key_type, key);
        let coordinators = body.coordinator_keys.into_iter().map(find).collect();
        return request.reply(&mut FindCoordinatorResponse { coordinators, ..Default::default() });
    }
    let found = coordinator(broker, cx, request.version, body.key_type, body.key);
    request.reply(&mut FindCoordinatorResponse {
        error_code: found.error_code,
        error_message: found.error_message,
        node_id: found.node_id,
        host: found.host,
        port: found.port,
        ..Default::default()
    })
}

fn coordinator(broker: &mut Broker, cx: &mut Context<'_>, version: i16, key_type: i8, key: String) -> Coordinator {
    let found = match key_type {
        GROUP => {
            let partition = broker.partition_of_group(&key);
            leader_of(broker, cx, GROUP_METADATA_TOPIC, partition, offsets_topic)
        }
        TRANSACTION => {
            let partition = broker.partition_of_transaction(&key);
            leader_of(broker, cx, TRANSACTION_STATE_TOPIC, partition, transactions_topic)
        }
        SHARE if version >= 4 => Err((ErrorCode::InvalidRequest, "")),
        _ => Err((ErrorCode::InvalidRequest, ErrorCode::InvalidRequest.message())),
    };
    match found {
        Ok(node) => {
            let message = if version >= 4 { "" } else { ErrorCode::None.name() };
            Coordinator { key, error_message: Some(message.to_owned()), ..node }
        }
        Err((error, message)) => Coordinator {
            key,
            node_id: -1,
            port: -1,
            error_code: error as i16,
            error_message: Some(message.to_owned()),
            ..Default::default()
        },
    }
}

fn leader_of(
    broker: &mut Broker,
    cx: &mut Context<'_>,
    topic: &str,
    partition: PartitionIndex,
    wanted: fn(&Broker) -> CreatableTopic,
) -> Result<Coordinator, (ErrorCode, &'static str)> {
    let not_available = (ErrorCode::CoordinatorNotAvailable, ErrorCode::CoordinatorNotAvailable.message());
    if broker.image.topic(topic).is_none() {
        let wanted = wanted(broker);
        broker.create_topics_automatically(cx, vec![wanted]);
        return Err(not_available);
    }
    broker.image.leader_of(topic, partition).and_then(|leader| node(broker, leader)).ok_or(not_available)
}

fn node(broker: &Broker, id: NodeId) -> Option<Coordinator> {
    let image = broker.image.broker(id).filter(|image| image.is_alive())?;
    let listener = image.listener("PLAINTEXT")?;
    Some(Coordinator { node_id: id.0, host: listener.host.to_string(), port: listener.port.into(), ..Default::default() })
}

/// The topic as the settings want it (`GroupCoordinator.groupMetadataTopicConfigs`).
pub(super) fn offsets_topic(broker: &Broker) -> CreatableTopic {
    let settings = &broker.config.settings;
    CreatableTopic {
        name: GROUP_METADATA_TOPIC.to_owned(),
        num_partitions: settings.offsets_topic_num_partitions,
        replication_factor: settings.offsets_topic_replication_factor,
        configs: vec![
            config("cleanup.policy", "compact"),
            config("compression.type", "producer"),
            config("segment.bytes", &settings.offsets_topic_segment_bytes.to_string()),
        ],
        ..Default::default()
    }
}

/// The topic as the settings want it (`TransactionCoordinator.transactionStateTopicConfigs`).
pub(super) fn transactions_topic(broker: &Broker) -> CreatableTopic {
    let settings = &broker.config.settings;
    CreatableTopic {
        name: TRANSACTION_STATE_TOPIC.to_owned(),
        num_partitions: settings.transaction_state_log_num_partitions,
        replication_factor: settings.transaction_state_log_replication_factor,
        configs: vec![
            config("unclean.leader.election.enable", "false"),
            config("compression.type", "uncompressed"),
            config("cleanup.policy", "compact"),
            config("min.insync.replicas", &settings.transaction_state_log_min_isr.to_string()),
            config("segment.bytes", &settings.transaction_state_log_segment_bytes.to_string()),
        ],
        ..Default::default()
    }
}

fn config(name: &str, value: &str) -> CreatableTopicConfig {
    CreatableTopicConfig { name: name.to_owned(), value: Some(value.to_owned()), ..Default::default() }
}
