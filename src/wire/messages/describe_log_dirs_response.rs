//! `DescribeLogDirsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 5; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogDirsResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// The error code, or 0 if there was no error.
    pub error_code: i16,
    /// The log directories.
    pub results: Vec<DescribeLogDirsResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeLogDirsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", since: 3, ignorable: true, ..FIELD }, &mut self.error_code);
        c.array(&Field { name: "Results", ..FIELD }, &mut self.results);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeLogDirsResponse {}

/// The log directories.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeLogDirsResult {
    /// The error code, or 0 if there was no error.
    pub error_code: i16,
    /// The absolute log directory path.
    pub log_dir: String,
    /// The topics.
    pub topics: Vec<DescribeLogDirsTopic>,
    /// The total size in bytes of the volume the log directory is in. This value does not include the size of data stored in remote
    /// storage.
    pub total_bytes: i64,
    /// The usable size in bytes of the volume the log directory is in. This value does not include the size of data stored in remote
    /// storage.
    pub usable_bytes: i64,
    /// True if this log directory is cordoned.
    pub is_cordoned: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeLogDirsResult {
    fn default() -> Self {
        Self {
            error_code: 0,
            log_dir: Default::default(),
            topics: Default::default(),
            total_bytes: -1,
            usable_bytes: -1,
            is_cordoned: false,
            tags: Tags::default(),
        }
    }
}

impl Visit for DescribeLogDirsResult {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.string(&Field { name: "LogDir", ..FIELD }, &mut self.log_dir);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.i64(&Field { name: "TotalBytes", since: 4, default: -1, ignorable: true, ..FIELD }, &mut self.total_bytes);
        c.i64(&Field { name: "UsableBytes", since: 4, default: -1, ignorable: true, ..FIELD }, &mut self.usable_bytes);
        c.bool(&Field { name: "IsCordoned", since: 5, ignorable: true, ..FIELD }, &mut self.is_cordoned);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeLogDirsResult {}

/// The topics.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogDirsTopic {
    /// The topic name.
    pub name: String,
    /// The partitions.
    pub partitions: Vec<DescribeLogDirsPartition>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeLogDirsTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeLogDirsTopic {}

/// The partitions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogDirsPartition {
    /// The partition index.
    pub partition_index: i32,
    /// The size of the log segments in this partition in bytes.
    pub partition_size: i64,
    /// The lag of the log's LEO w.r.t. partition's HW (if it is the current log for the partition) or current replica's LEO (if it
    /// is the future log for the partition).
    pub offset_lag: i64,
    /// True if this log is created by AlterReplicaLogDirsRequest and will replace the current log of the replica in the future.
    pub is_future_key: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeLogDirsPartition {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i64(&Field { name: "PartitionSize", ..FIELD }, &mut self.partition_size);
        c.i64(&Field { name: "OffsetLag", ..FIELD }, &mut self.offset_lag);
        c.bool(&Field { name: "IsFutureKey", ..FIELD }, &mut self.is_future_key);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeLogDirsPartition {}

impl Message for DescribeLogDirsResponse {
    const NAME: &'static str = "DescribeLogDirsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=5;
    const FLEXIBLE_SINCE: i16 = 2;
}

impl Response for DescribeLogDirsResponse {
    const KEY: ApiKey = ApiKey::DescribeLogDirs;
}
