//! `ShareFetchResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use crate::wire::rope::Rope;

/// Versions 1 to 2; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareFetchResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// The top-level response error code.
    pub error_code: i16,
    /// The top-level error message, or null if there was no error.
    pub error_message: Option<String>,
    /// The time in milliseconds for which the acquired records are locked.
    pub acquisition_lock_timeout_ms: i32,
    /// The response topics.
    pub responses: Vec<ShareFetchableTopicResponse>,
    /// Endpoints for all current leaders enumerated in PartitionData with error NOT_LEADER_OR_FOLLOWER.
    pub node_endpoints: Vec<NodeEndpoint>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ShareFetchResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.error_message,
        );
        c.i32(&Field { name: "AcquisitionLockTimeoutMs", since: 1, ..FIELD }, &mut self.acquisition_lock_timeout_ms);
        c.array(&Field { name: "Responses", ..FIELD }, &mut self.responses);
        c.array(&Field { name: "NodeEndpoints", ..FIELD }, &mut self.node_endpoints);
        c.tags(&mut self.tags);
    }
}

impl Part for ShareFetchResponse {}

/// The response topics.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareFetchableTopicResponse {
    /// The unique topic ID.
    pub topic_id: Uuid,
    /// The topic partitions.
    pub partitions: Vec<PartitionData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ShareFetchableTopicResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for ShareFetchableTopicResponse {}

/// The topic partitions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionData {
    /// The partition index.
    pub partition_index: i32,
    /// The fetch error code, or 0 if there was no fetch error.
    pub error_code: i16,
    /// The fetch error message, or null if there was no fetch error.
    pub error_message: Option<String>,
    /// The acknowledge error code, or 0 if there was no acknowledge error.
    pub acknowledge_error_code: i16,
    /// The acknowledge error message, or null if there was no acknowledge error.
    pub acknowledge_error_message: Option<String>,
    /// The current leader of the partition.
    pub current_leader: LeaderIdAndEpoch,
    /// The record data.
    pub records: Option<Rope>,
    /// The acquired records.
    pub acquired_records: Vec<AcquiredRecords>,
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
        c.i16(&Field { name: "AcknowledgeErrorCode", ..FIELD }, &mut self.acknowledge_error_code);
        c.nullable_string(
            &Field { name: "AcknowledgeErrorMessage", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.acknowledge_error_message,
        );
        c.nested(&Field { name: "CurrentLeader", ..FIELD }, &mut self.current_leader);
        c.nullable_records(&Field { name: "Records", null_since: 0, null_until: 0, null: true, ..FIELD }, &mut self.records);
        c.array(&Field { name: "AcquiredRecords", ..FIELD }, &mut self.acquired_records);
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

/// The acquired records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AcquiredRecords {
    /// The earliest offset in this batch of acquired records.
    pub first_offset: i64,
    /// The last offset of this batch of acquired records.
    pub last_offset: i64,
    /// The delivery count of this batch of acquired records.
    pub delivery_count: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AcquiredRecords {
    fn visit(&mut self, c: &mut Codec) {
        c.i64(&Field { name: "FirstOffset", ..FIELD }, &mut self.first_offset);
        c.i64(&Field { name: "LastOffset", ..FIELD }, &mut self.last_offset);
        c.i16(&Field { name: "DeliveryCount", ..FIELD }, &mut self.delivery_count);
        c.tags(&mut self.tags);
    }
}

impl Part for AcquiredRecords {}

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

impl Message for ShareFetchResponse {
    const NAME: &'static str = "ShareFetchResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=2;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for ShareFetchResponse {
    const KEY: ApiKey = ApiKey::ShareFetch;
}
