//! `FetchSnapshotResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use crate::wire::rope::Rope;

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FetchSnapshotResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub topics: Vec<TopicSnapshot>,
    /// Since version 1; tag 0.
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

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicSnapshot {
    pub name: String,
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

/// What `Partitions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionSnapshot {
    pub index: i32,
    pub error_code: i16,
    pub snapshot_id: SnapshotId,
    /// Tag 0.
    pub current_leader: LeaderIdAndEpoch,
    pub size: i64,
    pub position: i64,
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

/// What `SnapshotId` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapshotId {
    pub end_offset: i64,
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

/// What `CurrentLeader` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeaderIdAndEpoch {
    pub leader_id: i32,
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

/// What `NodeEndpoints` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeEndpoint {
    /// Since version 1.
    pub node_id: i32,
    /// Since version 1.
    pub host: String,
    /// Since version 1.
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
