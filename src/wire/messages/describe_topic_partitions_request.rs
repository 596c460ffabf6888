//! `DescribeTopicPartitionsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::DescribeTopicPartitionsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeTopicPartitionsRequest {
    pub topics: Vec<TopicRequest>,
    pub response_partition_limit: i32,
    pub cursor: Option<Cursor>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeTopicPartitionsRequest {
    fn default() -> Self {
        Self { topics: Default::default(), response_partition_limit: 2000, cursor: None, tags: Tags::default() }
    }
}

impl Visit for DescribeTopicPartitionsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.i32(&Field { name: "ResponsePartitionLimit", default: 2000, ..FIELD }, &mut self.response_partition_limit);
        c.nullable_nested(&Field { name: "Cursor", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.cursor);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeTopicPartitionsRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicRequest {
    pub name: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicRequest {}

/// What `Cursor` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cursor {
    pub topic_name: String,
    pub partition_index: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Cursor {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "TopicName", ..FIELD }, &mut self.topic_name);
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.tags(&mut self.tags);
    }
}

impl Part for Cursor {}

impl Message for DescribeTopicPartitionsRequest {
    const NAME: &'static str = "DescribeTopicPartitionsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for DescribeTopicPartitionsRequest {
    const KEY: ApiKey = ApiKey::DescribeTopicPartitions;
    type Response = DescribeTopicPartitionsResponse;
}
