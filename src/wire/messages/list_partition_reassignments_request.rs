//! `ListPartitionReassignmentsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ListPartitionReassignmentsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ListPartitionReassignmentsRequest {
    pub timeout_ms: i32,
    pub topics: Option<Vec<ListPartitionReassignmentsTopics>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ListPartitionReassignmentsRequest {
    fn default() -> Self {
        Self { timeout_ms: 60000, topics: None, tags: Tags::default() }
    }
}

impl Visit for ListPartitionReassignmentsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "TimeoutMs", default: 60000, ..FIELD }, &mut self.timeout_ms);
        c.nullable_array(&Field { name: "Topics", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for ListPartitionReassignmentsRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPartitionReassignmentsTopics {
    pub name: String,
    pub partition_indexes: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ListPartitionReassignmentsTopics {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.array(&Field { name: "PartitionIndexes", ..FIELD }, &mut self.partition_indexes);
        c.tags(&mut self.tags);
    }
}

impl Part for ListPartitionReassignmentsTopics {}

impl Message for ListPartitionReassignmentsRequest {
    const NAME: &'static str = "ListPartitionReassignmentsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for ListPartitionReassignmentsRequest {
    const KEY: ApiKey = ApiKey::ListPartitionReassignments;
    type Response = ListPartitionReassignmentsResponse;
}
