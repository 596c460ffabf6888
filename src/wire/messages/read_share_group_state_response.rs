//! `ReadShareGroupStateResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadShareGroupStateResponse {
    pub results: Vec<ReadStateResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ReadShareGroupStateResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Results", ..FIELD }, &mut self.results);
        c.tags(&mut self.tags);
    }
}

impl Part for ReadShareGroupStateResponse {}

/// What `Results` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadStateResult {
    pub topic_id: Uuid,
    pub partitions: Vec<PartitionResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ReadStateResult {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for ReadStateResult {}

/// What `Partitions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionResult {
    pub partition: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
    pub state_epoch: i32,
    pub start_offset: i64,
    pub state_batches: Vec<StateBatch>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionResult {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Partition", ..FIELD }, &mut self.partition);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.error_message,
        );
        c.i32(&Field { name: "StateEpoch", ..FIELD }, &mut self.state_epoch);
        c.i64(&Field { name: "StartOffset", ..FIELD }, &mut self.start_offset);
        c.array(&Field { name: "StateBatches", ..FIELD }, &mut self.state_batches);
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionResult {}

/// What `StateBatches` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StateBatch {
    pub first_offset: i64,
    pub last_offset: i64,
    pub delivery_state: i8,
    pub delivery_count: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for StateBatch {
    fn visit(&mut self, c: &mut Codec) {
        c.i64(&Field { name: "FirstOffset", ..FIELD }, &mut self.first_offset);
        c.i64(&Field { name: "LastOffset", ..FIELD }, &mut self.last_offset);
        c.i8(&Field { name: "DeliveryState", ..FIELD }, &mut self.delivery_state);
        c.i16(&Field { name: "DeliveryCount", ..FIELD }, &mut self.delivery_count);
        c.tags(&mut self.tags);
    }
}

impl Part for StateBatch {}

impl Message for ReadShareGroupStateResponse {
    const NAME: &'static str = "ReadShareGroupStateResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for ReadShareGroupStateResponse {
    const KEY: ApiKey = ApiKey::ReadShareGroupState;
}
