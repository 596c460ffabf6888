//! `DescribeLogDirsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::DescribeLogDirsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 5; flexible since 2.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeLogDirsRequest {
    pub topics: Option<Vec<DescribableLogDirTopic>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeLogDirsRequest {
    fn default() -> Self {
        Self { topics: Some(Default::default()), tags: Tags::default() }
    }
}

impl Visit for DescribeLogDirsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_array(&Field { name: "Topics", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeLogDirsRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribableLogDirTopic {
    pub topic: String,
    pub partitions: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribableLogDirTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Topic", ..FIELD }, &mut self.topic);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribableLogDirTopic {}

impl Message for DescribeLogDirsRequest {
    const NAME: &'static str = "DescribeLogDirsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=5;
    const FLEXIBLE_SINCE: i16 = 2;
    const TAIL_IGNORED: bool = true;
}

impl Request for DescribeLogDirsRequest {
    const KEY: ApiKey = ApiKey::DescribeLogDirs;
    type Response = DescribeLogDirsResponse;
}
