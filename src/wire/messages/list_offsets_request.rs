//! `ListOffsetsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ListOffsetsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 11; flexible since 6.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListOffsetsRequest {
    /// The broker ID of the requester, or -1 if this request is being made by a normal consumer.
    pub replica_id: i32,
    /// This setting controls the visibility of transactional records. Using READ_UNCOMMITTED (isolation_level = 0) makes all records
    /// visible. With READ_COMMITTED (isolation_level = 1), non-transactional and COMMITTED transactional records are visible. To be
    /// more concrete, READ_COMMITTED returns all data from offsets smaller than the current LSO (last stable offset), and enables
    /// the inclusion of the list of aborted transactions in the result, which allows consumers to discard ABORTED transactional
    /// records.
    pub isolation_level: i8,
    /// Each topic in the request.
    pub topics: Vec<ListOffsetsTopic>,
    /// The timeout to await a response in milliseconds for requests that require reading from remote storage for topics enabled with
    /// tiered storage.
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

/// Each topic in the request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListOffsetsTopic {
    /// The topic name.
    pub name: String,
    /// Each partition in the request.
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

/// Each partition in the request.
#[derive(Clone, Debug, PartialEq)]
pub struct ListOffsetsPartition {
    /// The partition index.
    pub partition_index: i32,
    /// The current leader epoch.
    pub current_leader_epoch: i32,
    /// The current timestamp.
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
