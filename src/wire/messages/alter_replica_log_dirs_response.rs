//! `AlterReplicaLogDirsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 2; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlterReplicaLogDirsResponse {
    /// Duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not violate
    /// any quota.
    pub throttle_time_ms: i32,
    /// The results for each topic.
    pub results: Vec<AlterReplicaLogDirTopicResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AlterReplicaLogDirsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Results", ..FIELD }, &mut self.results);
        c.tags(&mut self.tags);
    }
}

impl Part for AlterReplicaLogDirsResponse {}

/// The results for each topic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlterReplicaLogDirTopicResult {
    /// The name of the topic.
    pub topic_name: String,
    /// The results for each partition.
    pub partitions: Vec<AlterReplicaLogDirPartitionResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AlterReplicaLogDirTopicResult {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "TopicName", ..FIELD }, &mut self.topic_name);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for AlterReplicaLogDirTopicResult {}

/// The results for each partition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlterReplicaLogDirPartitionResult {
    /// The partition index.
    pub partition_index: i32,
    /// The error code, or 0 if there was no error.
    pub error_code: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AlterReplicaLogDirPartitionResult {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.tags(&mut self.tags);
    }
}

impl Part for AlterReplicaLogDirPartitionResult {}

impl Message for AlterReplicaLogDirsResponse {
    const NAME: &'static str = "AlterReplicaLogDirsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=2;
    const FLEXIBLE_SINCE: i16 = 2;
}

impl Response for AlterReplicaLogDirsResponse {
    const KEY: ApiKey = ApiKey::AlterReplicaLogDirs;
}
