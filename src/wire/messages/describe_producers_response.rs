//! `DescribeProducersResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeProducersResponse {
    pub throttle_time_ms: i32,
    pub topics: Vec<TopicResponse>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeProducersResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeProducersResponse {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicResponse {
    pub name: String,
    pub partitions: Vec<PartitionResponse>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicResponse {}

/// What `Partitions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionResponse {
    pub partition_index: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
    pub active_producers: Vec<ProducerState>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.error_message,
        );
        c.array(&Field { name: "ActiveProducers", ..FIELD }, &mut self.active_producers);
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionResponse {}

/// What `ActiveProducers` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ProducerState {
    pub producer_id: i64,
    pub producer_epoch: i32,
    pub last_sequence: i32,
    pub last_timestamp: i64,
    pub coordinator_epoch: i32,
    pub current_txn_start_offset: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ProducerState {
    fn default() -> Self {
        Self {
            producer_id: 0,
            producer_epoch: 0,
            last_sequence: -1,
            last_timestamp: -1,
            coordinator_epoch: 0,
            current_txn_start_offset: -1,
            tags: Tags::default(),
        }
    }
}

impl Visit for ProducerState {
    fn visit(&mut self, c: &mut Codec) {
        c.i64(&Field { name: "ProducerId", ..FIELD }, &mut self.producer_id);
        c.i32(&Field { name: "ProducerEpoch", ..FIELD }, &mut self.producer_epoch);
        c.i32(&Field { name: "LastSequence", default: -1, ..FIELD }, &mut self.last_sequence);
        c.i64(&Field { name: "LastTimestamp", default: -1, ..FIELD }, &mut self.last_timestamp);
        c.i32(&Field { name: "CoordinatorEpoch", ..FIELD }, &mut self.coordinator_epoch);
        c.i64(&Field { name: "CurrentTxnStartOffset", default: -1, ..FIELD }, &mut self.current_txn_start_offset);
        c.tags(&mut self.tags);
    }
}

impl Part for ProducerState {}

impl Message for DescribeProducersResponse {
    const NAME: &'static str = "DescribeProducersResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for DescribeProducersResponse {
    const KEY: ApiKey = ApiKey::DescribeProducers;
}
