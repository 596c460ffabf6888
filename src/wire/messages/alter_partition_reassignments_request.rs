//! `AlterPartitionReassignmentsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::AlterPartitionReassignmentsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterPartitionReassignmentsRequest {
    pub timeout_ms: i32,
    /// Since version 1.
    pub allow_replication_factor_change: bool,
    pub topics: Vec<ReassignableTopic>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for AlterPartitionReassignmentsRequest {
    fn default() -> Self {
        Self { timeout_ms: 60000, allow_replication_factor_change: true, topics: Default::default(), tags: Tags::default() }
    }
}

impl Visit for AlterPartitionReassignmentsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "TimeoutMs", default: 60000, ..FIELD }, &mut self.timeout_ms);
        c.bool(&Field { name: "AllowReplicationFactorChange", since: 1, default: 1, ..FIELD }, &mut self.allow_replication_factor_change);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for AlterPartitionReassignmentsRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReassignableTopic {
    pub name: String,
    pub partitions: Vec<ReassignablePartition>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ReassignableTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for ReassignableTopic {}

/// What `Partitions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReassignablePartition {
    pub partition_index: i32,
    pub replicas: Option<Vec<i32>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ReassignablePartition {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.nullable_array(&Field { name: "Replicas", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.replicas);
        c.tags(&mut self.tags);
    }
}

impl Part for ReassignablePartition {}

impl Message for AlterPartitionReassignmentsRequest {
    const NAME: &'static str = "AlterPartitionReassignmentsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for AlterPartitionReassignmentsRequest {
    const KEY: ApiKey = ApiKey::AlterPartitionReassignments;
    type Response = AlterPartitionReassignmentsResponse;
}
