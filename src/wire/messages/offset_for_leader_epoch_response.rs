//! `OffsetForLeaderEpochResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 2 to 4; flexible since 4.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetForLeaderEpochResponse {
    /// Since version 2.
    pub throttle_time_ms: i32,
    pub topics: Vec<OffsetForLeaderTopicResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for OffsetForLeaderEpochResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", since: 2, ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetForLeaderEpochResponse {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetForLeaderTopicResult {
    pub topic: String,
    pub partitions: Vec<EpochEndOffset>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for OffsetForLeaderTopicResult {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Topic", ..FIELD }, &mut self.topic);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetForLeaderTopicResult {}

/// What `Partitions` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct EpochEndOffset {
    pub error_code: i16,
    pub partition: i32,
    /// Since version 1.
    pub leader_epoch: i32,
    pub end_offset: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for EpochEndOffset {
    fn default() -> Self {
        Self { error_code: 0, partition: 0, leader_epoch: -1, end_offset: -1, tags: Tags::default() }
    }
}

impl Visit for EpochEndOffset {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.i32(&Field { name: "Partition", ..FIELD }, &mut self.partition);
        c.i32(&Field { name: "LeaderEpoch", since: 1, default: -1, ignorable: true, ..FIELD }, &mut self.leader_epoch);
        c.i64(&Field { name: "EndOffset", default: -1, ..FIELD }, &mut self.end_offset);
        c.tags(&mut self.tags);
    }
}

impl Part for EpochEndOffset {}

impl Message for OffsetForLeaderEpochResponse {
    const NAME: &'static str = "OffsetForLeaderEpochResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 2..=4;
    const FLEXIBLE_SINCE: i16 = 4;
}

impl Response for OffsetForLeaderEpochResponse {
    const KEY: ApiKey = ApiKey::OffsetForLeaderEpoch;
}
