//! `DescribeLogDirsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 5; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogDirsResponse {
    pub throttle_time_ms: i32,
    /// Since version 3.
    pub error_code: i16,
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

/// What `Results` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeLogDirsResult {
    pub error_code: i16,
    pub log_dir: String,
    pub topics: Vec<DescribeLogDirsTopic>,
    /// Since version 4.
    pub total_bytes: i64,
    /// Since version 4.
    pub usable_bytes: i64,
    /// Since version 5.
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

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogDirsTopic {
    pub name: String,
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

/// What `Partitions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogDirsPartition {
    pub partition_index: i32,
    pub partition_size: i64,
    pub offset_lag: i64,
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
