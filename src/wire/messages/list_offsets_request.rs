//! `ListOffsetsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ListOffsetsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 11; flexible since 6.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListOffsetsRequest {
    pub replica_id: i32,
    /// Since version 2.
    pub isolation_level: i8,
    pub topics: Vec<ListOffsetsTopic>,
    /// Since version 10.
    pub timeout_ms: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ListOffsetsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ReplicaId", ..FIELD }, &mut self.replica_id);
        c.i8(&Field { name: "IsolationLevel", since: 2, ..FIELD }, &mut self.isolation_level);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.i32(&Field { name: "TimeoutMs", since: 10, ignorable: true, ..FIELD }, &mut self.timeout_ms);
        c.tags(&mut self.tags);
    }
}

impl Part for ListOffsetsRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListOffsetsTopic {
    pub name: String,
    pub partitions: Vec<ListOffsetsPartition>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ListOffsetsTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for ListOffsetsTopic {}

/// What `Partitions` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ListOffsetsPartition {
    pub partition_index: i32,
    /// Since version 4.
    pub current_leader_epoch: i32,
    pub timestamp: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ListOffsetsPartition {
    fn default() -> Self {
        Self { partition_index: 0, current_leader_epoch: -1, timestamp: 0, tags: Tags::default() }
    }
}

impl Visit for ListOffsetsPartition {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i32(&Field { name: "CurrentLeaderEpoch", since: 4, default: -1, ignorable: true, ..FIELD }, &mut self.current_leader_epoch);
        c.i64(&Field { name: "Timestamp", ..FIELD }, &mut self.timestamp);
        c.tags(&mut self.tags);
    }
}

impl Part for ListOffsetsPartition {}

impl Message for ListOffsetsRequest {
    const NAME: &'static str = "ListOffsetsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=11;
    const FLEXIBLE_SINCE: i16 = 6;
    const TAIL_IGNORED: bool = true;
}

impl Request for ListOffsetsRequest {
    const KEY: ApiKey = ApiKey::ListOffsets;
    type Response = ListOffsetsResponse;
}
