//! `FetchSnapshotResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use crate::wire::rope::Rope;

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FetchSnapshotResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// The top level response error code.
    pub error_code: i16,
    /// The topics to fetch.
    pub topics: Vec<TopicSnapshot>,
    /// Endpoints for all current-leaders enumerated in PartitionSnapshot.
    pub node_endpoints: Vec<NodeEndpoint>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for FetchSnapshotResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.begin_tags(&mut self.tags);
        c.array(&Field { name: "NodeEndpoints", since: 1, tag: 0, ..FIELD }, &mut self.node_endpoints);
        c.end_tags(&mut self.tags);
    }
}

impl Part for FetchSnapshotResponse {}

/// The topics to fetch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicSnapshot {
    /// The name of the topic to fetch.
    pub name: String,
    /// The partitions to fetch.
    pub partitions: Vec<PartitionSnapshot>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicSnapshot {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicSnapshot {}

/// The partitions to fetch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionSnapshot {
    /// The partition index.
    pub index: i32,
    /// The error code, or 0 if there was no fetch error.
    pub error_code: i16,
    /// The snapshot endOffset and epoch fetched.
    pub snapshot_id: SnapshotId,
    /// The leader of the partition at the time of the snapshot.
    pub current_leader: LeaderIdAndEpoch,
    /// The total size of the snapshot.
    pub size: i64,
    /// The starting byte position within the snapshot included in the Bytes field.
    pub position: i64,
    /// Snapshot data in records format which may not be aligned on an offset boundary.
    pub unaligned_records: Rope,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionSnapshot {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Index", ..FIELD }, &mut self.index);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nested(&Field { name: "SnapshotId", ..FIELD }, &mut self.snapshot_id);
        c.i64(&Field { name: "Size", ..FIELD }, &mut self.size);
        c.i64(&Field { name: "Position", ..FIELD }, &mut self.position);
        c.records(&Field { name: "UnalignedRecords", null: true, ..FIELD }, &mut self.unaligned_records);
        c.begin_tags(&mut self.tags);
        c.nested(&Field { name: "CurrentLeader", tag: 0, ..FIELD }, &mut self.current_leader);
        c.end_tags(&mut self.tags);
    }
}

impl Part for PartitionSnapshot {}

/// The snapshot endOffset and epoch fetched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapshotId {
    /// The snapshot end offset.
    pub end_offset: i64,
    /// The snapshot epoch.
    pub epoch: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for SnapshotId {
    fn visit(&mut self, c: &mut Codec) {
        c.i64(&Field { name: "EndOffset", ..FIELD }, &mut self.end_offset);
        c.i32(&Field { name: "Epoch", ..FIELD }, &mut self.epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for SnapshotId {}

/// The leader of the partition at the time of the snapshot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeaderIdAndEpoch {
    /// The ID of the current leader or -1 if the leader is unknown.
    pub leader_id: i32,
    /// The latest known leader epoch.
    pub leader_epoch: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for LeaderIdAndEpoch {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "LeaderId", ..FIELD }, &mut self.leader_id);
        c.i32(&Field { name: "LeaderEpoch", ..FIELD }, &mut self.leader_epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for LeaderIdAndEpoch {}

/// Endpoints for all current-leaders enumerated in PartitionSnapshot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeEndpoint {
    /// The ID of the associated node.
    pub node_id: i32,
    /// The node's hostname.
    pub host: String,
    /// The node's port.
    pub port: u16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for NodeEndpoint {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "NodeId", since: 1, ..FIELD }, &mut self.node_id);
        c.string(&Field { name: "Host", since: 1, ..FIELD }, &mut self.host);
        c.u16(&Field { name: "Port", since: 1, ..FIELD }, &mut self.port);
        c.tags(&mut self.tags);
    }
}

impl Part for NodeEndpoint {}

impl Message for FetchSnapshotResponse {
    const NAME: &'static str = "FetchSnapshotResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for FetchSnapshotResponse {
    const KEY: ApiKey = ApiKey::FetchSnapshot;
}
