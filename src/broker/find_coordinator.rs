//! FindCoordinator 0-6: who coordinates a group.
//!
//! - A group's coordinator is the leader of its partition of `__consumer_offsets`. That topic is created when it is first needed;
//!   meanwhile the answer is COORDINATOR_NOT_AVAILABLE.
//! - v1: key types. v4: several keys at once (KIP-699), and successes have an empty message, not `NONE`.
//! - Left out: transaction coordinators (key type 1) and share coordinators (2). Those keys are INVALID_REQUEST, as unknown types are.

use super::Broker;
use super::connections::{Answer, RequestContext};
use crate::base::{Context, NodeId};
use crate::coordinator::group::partition::GROUP_METADATA_TOPIC;
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
        GROUP => group_coordinator(broker, cx, &key),
        TRANSACTION => Err((ErrorCode::InvalidRequest, "Transactions are not implemented by this broker.")),
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

fn group_coordinator(broker: &mut Broker, cx: &mut Context<'_>, group: &str) -> Result<Coordinator, (ErrorCode, &'static str)> {
    let not_available = (ErrorCode::CoordinatorNotAvailable, ErrorCode::CoordinatorNotAvailable.message());
    if broker.image.topic(GROUP_METADATA_TOPIC).is_none() {
        let topic = offsets_topic(broker);
        broker.create_topics_automatically(cx, vec![topic]);
        return Err(not_available);
    }
    let leader = broker.image.leader_of(GROUP_METADATA_TOPIC, broker.partition_of_group(group));
    leader.and_then(|leader| node(broker, leader)).ok_or(not_available)
}

fn node(broker: &Broker, id: NodeId) -> Option<Coordinator> {
    let image = broker.image.broker(id).filter(|image| image.is_alive())?;
    let listener = image.listener("PLAINTEXT")?;
    Some(Coordinator { node_id: id.0, host: listener.host.to_string(), port: listener.port.into(), ..Default::default() })
}

/// The topic as the settings want it (`GroupCoordinator.groupMetadataTopicConfigs`).
pub(super) fn offsets_topic(broker: &Broker) -> CreatableTopic {
    let settings = &broker.config.settings;
    let config =
        |name: &str, value: &str| CreatableTopicConfig { name: name.to_owned(), value: Some(value.to_owned()), ..Default::default() };
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
