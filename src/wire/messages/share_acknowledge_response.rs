//! `ShareAcknowledgeResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 2; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareAcknowledgeResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// The top level response error code.
    pub error_code: i16,
    /// The top-level error message, or null if there was no error.
    pub error_message: Option<String>,
    /// The time in milliseconds for which the acquired records are locked.
    pub acquisition_lock_timeout_ms: i32,
    /// The response topics.
    pub responses: Vec<ShareAcknowledgeTopicResponse>,
    /// Endpoints for all current leaders enumerated in PartitionData with error NOT_LEADER_OR_FOLLOWER.
    pub node_endpoints: Vec<NodeEndpoint>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ShareAcknowledgeResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.error_message,
        );
        c.i32(&Field { name: "AcquisitionLockTimeoutMs", since: 2, ignorable: true, ..FIELD }, &mut self.acquisition_lock_timeout_ms);
        c.array(&Field { name: "Responses", ..FIELD }, &mut self.responses);
        c.array(&Field { name: "NodeEndpoints", ..FIELD }, &mut self.node_endpoints);
        c.tags(&mut self.tags);
    }
}

impl Part for ShareAcknowledgeResponse {}

/// The response topics.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareAcknowledgeTopicResponse {
    /// The unique topic ID.
    pub topic_id: Uuid,
    /// The topic partitions.
    pub partitions: Vec<PartitionData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ShareAcknowledgeTopicResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for ShareAcknowledgeTopicResponse {}

/// The topic partitions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionData {
    /// The partition index.
    pub partition_index: i32,
    /// The error code, or 0 if there was no error.
    pub error_code: i16,
    /// The error message, or null if there was no error.
    pub error_message: Option<String>,
    /// The current leader of the partition.
    pub current_leader: LeaderIdAndEpoch,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionData {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.error_message,
        );
        c.nested(&Field { name: "CurrentLeader", ..FIELD }, &mut self.current_leader);
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionData {}

/// The current leader of the partition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeaderIdAndEpoch {
    /// The ID of the current leader or -1 if the leader is unknown.
    pub leader_id: i32,
    /// The latest known leader epoch.
    pub leader_epoch: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for LeaderIdAndEpoch {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "LeaderId", ..FIELD }, &mut self.leader_id);
        c.i32(&Field { name: "LeaderEpoch", ..FIELD }, &mut self.leader_epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for LeaderIdAndEpoch {}

/// Endpoints for all current leaders enumerated in PartitionData with error NOT_LEADER_OR_FOLLOWER.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeEndpoint {
    /// The ID of the associated node.
    pub node_id: i32,
    /// The node's hostname.
    pub host: String,
    /// The node's port.
    pub port: i32,
    /// The rack of the node, or null if it has not been assigned to a rack.
    pub rack: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for NodeEndpoint {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "NodeId", ..FIELD }, &mut self.node_id);
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.i32(&Field { name: "Port", ..FIELD }, &mut self.port);
        c.nullable_string(&Field { name: "Rack", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.rack);
        c.tags(&mut self.tags);
    }
}

impl Part for NodeEndpoint {}

impl Message for ShareAcknowledgeResponse {
    const NAME: &'static str = "ShareAcknowledgeResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=2;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for ShareAcknowledgeResponse {
    const KEY: ApiKey = ApiKey::ShareAcknowledge;
}
