//! `OffsetForLeaderEpochResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 2 to 4; flexible since 4.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetForLeaderEpochResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// Each topic we fetched offsets for.
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

/// Each topic we fetched offsets for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetForLeaderTopicResult {
    /// The topic name.
    pub topic: String,
    /// Each partition in the topic we fetched offsets for.
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

/// Each partition in the topic we fetched offsets for.
#[derive(Clone, Debug, PartialEq)]
pub struct EpochEndOffset {
    /// The error code 0, or if there was no error.
    pub error_code: i16,
    /// The partition index.
    pub partition: i32,
    /// The leader epoch of the partition.
    pub leader_epoch: i32,
    /// The end offset of the epoch.
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
