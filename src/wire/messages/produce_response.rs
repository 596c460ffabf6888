//! `ProduceResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 3 to 13; flexible since 9.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProduceResponse {
    pub responses: Vec<TopicProduceResponse>,
    /// Since version 1.
    pub throttle_time_ms: i32,
    /// Since version 10; tag 0.
    pub node_endpoints: Vec<NodeEndpoint>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ProduceResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Responses", ..FIELD }, &mut self.responses);
        c.i32(&Field { name: "ThrottleTimeMs", since: 1, ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.begin_tags(&mut self.tags);
        c.array(&Field { name: "NodeEndpoints", since: 10, tag: 0, ..FIELD }, &mut self.node_endpoints);
        c.end_tags(&mut self.tags);
    }
}

impl Part for ProduceResponse {}

/// What `Responses` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicProduceResponse {
    /// Versions 0 to 12.
    pub name: String,
    /// Since version 13.
    pub topic_id: Uuid,
    pub partition_responses: Vec<PartitionProduceResponse>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicProduceResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", until: 12, ignorable: true, ..FIELD }, &mut self.name);
        c.uuid(&Field { name: "TopicId", since: 13, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "PartitionResponses", ..FIELD }, &mut self.partition_responses);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicProduceResponse {}

/// What `PartitionResponses` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionProduceResponse {
    pub index: i32,
    pub error_code: i16,
    pub base_offset: i64,
    /// Since version 2.
    pub log_append_time_ms: i64,
    /// Since version 5.
    pub log_start_offset: i64,
    /// Since version 8.
    pub record_errors: Vec<BatchIndexAndErrorMessage>,
    /// Since version 8.
    pub error_message: Option<String>,
    /// Since version 10; tag 0.
    pub current_leader: LeaderIdAndEpoch,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for PartitionProduceResponse {
    fn default() -> Self {
        Self {
            index: 0,
            error_code: 0,
            base_offset: 0,
            log_append_time_ms: -1,
            log_start_offset: -1,
            record_errors: Default::default(),
            error_message: None,
            current_leader: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for PartitionProduceResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Index", ..FIELD }, &mut self.index);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.i64(&Field { name: "BaseOffset", ..FIELD }, &mut self.base_offset);
        c.i64(&Field { name: "LogAppendTimeMs", since: 2, default: -1, ignorable: true, ..FIELD }, &mut self.log_append_time_ms);
        c.i64(&Field { name: "LogStartOffset", since: 5, default: -1, ignorable: true, ..FIELD }, &mut self.log_start_offset);
        c.array(&Field { name: "RecordErrors", since: 8, ignorable: true, ..FIELD }, &mut self.record_errors);
        c.nullable_string(
            &Field { name: "ErrorMessage", since: 8, null_since: 8, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.error_message,
        );
        c.begin_tags(&mut self.tags);
        c.nested(&Field { name: "CurrentLeader", since: 10, tag: 0, ..FIELD }, &mut self.current_leader);
        c.end_tags(&mut self.tags);
    }
}

impl Part for PartitionProduceResponse {}

/// What `RecordErrors` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BatchIndexAndErrorMessage {
    /// Since version 8.
    pub batch_index: i32,
    /// Since version 8.
    pub batch_index_error_message: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for BatchIndexAndErrorMessage {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "BatchIndex", since: 8, ..FIELD }, &mut self.batch_index);
        c.nullable_string(
            &Field { name: "BatchIndexErrorMessage", since: 8, null_since: 8, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.batch_index_error_message,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for BatchIndexAndErrorMessage {}

/// What `CurrentLeader` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct LeaderIdAndEpoch {
    /// Since version 10.
    pub leader_id: i32,
    /// Since version 10.
    pub leader_epoch: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for LeaderIdAndEpoch {
    fn default() -> Self {
        Self { leader_id: -1, leader_epoch: -1, tags: Tags::default() }
    }
}

impl Visit for LeaderIdAndEpoch {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "LeaderId", since: 10, default: -1, ..FIELD }, &mut self.leader_id);
        c.i32(&Field { name: "LeaderEpoch", since: 10, default: -1, ..FIELD }, &mut self.leader_epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for LeaderIdAndEpoch {}

/// What `NodeEndpoints` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeEndpoint {
    /// Since version 10.
    pub node_id: i32,
    /// Since version 10.
    pub host: String,
    /// Since version 10.
    pub port: i32,
    /// Since version 10.
    pub rack: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for NodeEndpoint {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "NodeId", since: 10, ..FIELD }, &mut self.node_id);
        c.string(&Field { name: "Host", since: 10, ..FIELD }, &mut self.host);
        c.i32(&Field { name: "Port", since: 10, ..FIELD }, &mut self.port);
        c.nullable_string(&Field { name: "Rack", since: 10, null_since: 10, null_until: i16::MAX, null: true, ..FIELD }, &mut self.rack);
        c.tags(&mut self.tags);
    }
}

impl Part for NodeEndpoint {}

impl Message for ProduceResponse {
    const NAME: &'static str = "ProduceResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 3..=13;
    const FLEXIBLE_SINCE: i16 = 9;
}

impl Response for ProduceResponse {
    const KEY: ApiKey = ApiKey::Produce;
}
