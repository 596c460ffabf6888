//! `DescribeShareGroupOffsetsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::DescribeShareGroupOffsetsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeShareGroupOffsetsRequest {
    pub groups: Vec<DescribeShareGroupOffsetsRequestGroup>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeShareGroupOffsetsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Groups", ..FIELD }, &mut self.groups);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeShareGroupOffsetsRequest {}

/// What `Groups` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeShareGroupOffsetsRequestGroup {
    pub group_id: String,
    pub topics: Option<Vec<DescribeShareGroupOffsetsRequestTopic>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeShareGroupOffsetsRequestGroup {
    fn default() -> Self {
        Self { group_id: Default::default(), topics: Some(Default::default()), tags: Tags::default() }
    }
}

impl Visit for DescribeShareGroupOffsetsRequestGroup {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", ..FIELD }, &mut self.group_id);
        c.nullable_array(&Field { name: "Topics", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeShareGroupOffsetsRequestGroup {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeShareGroupOffsetsRequestTopic {
    pub topic_name: String,
    pub partitions: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeShareGroupOffsetsRequestTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "TopicName", ..FIELD }, &mut self.topic_name);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeShareGroupOffsetsRequestTopic {}

impl Message for DescribeShareGroupOffsetsRequest {
    const NAME: &'static str = "DescribeShareGroupOffsetsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for DescribeShareGroupOffsetsRequest {
    const KEY: ApiKey = ApiKey::DescribeShareGroupOffsets;
    type Response = DescribeShareGroupOffsetsResponse;
}
