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
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
    /// Since version 1.
    pub acquisition_lock_timeout_ms: i32,
    pub responses: Vec<ShareFetchableTopicResponse>,
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

/// What `Responses` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareFetchableTopicResponse {
    pub topic_id: Uuid,
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

/// What `Partitions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionData {
    pub partition_index: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
    pub acknowledge_error_code: i16,
    pub acknowledge_error_message: Option<String>,
    pub current_leader: LeaderIdAndEpoch,
    /// Null versions 0 to 0.
    pub records: Option<Rope>,
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

/// What `CurrentLeader` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeaderIdAndEpoch {
    pub leader_id: i32,
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

/// What `AcquiredRecords` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AcquiredRecords {
    pub first_offset: i64,
    pub last_offset: i64,
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

/// What `NodeEndpoints` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeEndpoint {
    pub node_id: i32,
    pub host: String,
    pub port: i32,
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
