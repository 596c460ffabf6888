//! `TxnOffsetCommitResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 5; flexible since 3.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TxnOffsetCommitResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// The responses for each topic.
    pub topics: Vec<TxnOffsetCommitResponseTopic>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TxnOffsetCommitResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for TxnOffsetCommitResponse {}

/// The responses for each topic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TxnOffsetCommitResponseTopic {
    /// The topic name.
    pub name: String,
    /// The responses for each partition in the topic.
    pub partitions: Vec<TxnOffsetCommitResponsePartition>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TxnOffsetCommitResponseTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TxnOffsetCommitResponseTopic {}

/// The responses for each partition in the topic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TxnOffsetCommitResponsePartition {
    /// The partition index.
    pub partition_index: i32,
    /// The error code, or 0 if there was no error.
    pub error_code: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TxnOffsetCommitResponsePartition {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.tags(&mut self.tags);
    }
}

impl Part for TxnOffsetCommitResponsePartition {}

impl Message for TxnOffsetCommitResponse {
    const NAME: &'static str = "TxnOffsetCommitResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=5;
    const FLEXIBLE_SINCE: i16 = 3;
}

impl Response for TxnOffsetCommitResponse {
    const KEY: ApiKey = ApiKey::TxnOffsetCommit;
}
