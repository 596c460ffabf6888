//! `DescribeProducersResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeProducersResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// Each topic in the response.
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

/// Each topic in the response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicResponse {
    /// The topic name.
    pub name: String,
    /// Each partition in the response.
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

/// Each partition in the response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionResponse {
    /// The partition index.
    pub partition_index: i32,
    /// The partition error code, or 0 if there was no error.
    pub error_code: i16,
    /// The partition error message, which may be null if no additional details are available.
    pub error_message: Option<String>,
    /// The active producers for the partition.
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

/// The active producers for the partition.
#[derive(Clone, Debug, PartialEq)]
pub struct ProducerState {
    /// The producer id.
    pub producer_id: i64,
    /// The producer epoch.
    pub producer_epoch: i32,
    /// The last sequence number sent by the producer.
    pub last_sequence: i32,
    /// The last timestamp sent by the producer.
    pub last_timestamp: i64,
    /// The current epoch of the producer group.
    pub coordinator_epoch: i32,
    /// The current transaction start offset of the producer.
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
