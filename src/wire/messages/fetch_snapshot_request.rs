//! `FetchSnapshotRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::FetchSnapshotResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchSnapshotRequest {
    /// Tag 0.
    pub cluster_id: Option<String>,
    pub replica_id: i32,
    pub max_bytes: i32,
    pub topics: Vec<TopicSnapshot>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for FetchSnapshotRequest {
    fn default() -> Self {
        Self { cluster_id: None, replica_id: -1, max_bytes: 2147483647, topics: Default::default(), tags: Tags::default() }
    }
}

impl Visit for FetchSnapshotRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ReplicaId", default: -1, ..FIELD }, &mut self.replica_id);
        c.i32(&Field { name: "MaxBytes", default: 2147483647, ..FIELD }, &mut self.max_bytes);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.begin_tags(&mut self.tags);
        c.nullable_string(
            &Field { name: "ClusterId", null_since: 0, null_until: i16::MAX, tag: 0, null: true, ..FIELD },
            &mut self.cluster_id,
        );
        c.end_tags(&mut self.tags);
    }
}

impl Part for FetchSnapshotRequest {}

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
    pub partition: i32,
    pub current_leader_epoch: i32,
    pub snapshot_id: SnapshotId,
    pub position: i64,
    /// Since version 1; tag 0.
    pub replica_directory_id: Uuid,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionSnapshot {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Partition", ..FIELD }, &mut self.partition);
        c.i32(&Field { name: "CurrentLeaderEpoch", ..FIELD }, &mut self.current_leader_epoch);
        c.nested(&Field { name: "SnapshotId", ..FIELD }, &mut self.snapshot_id);
        c.i64(&Field { name: "Position", ..FIELD }, &mut self.position);
        c.begin_tags(&mut self.tags);
        c.uuid(&Field { name: "ReplicaDirectoryId", since: 1, tag: 0, ignorable: true, ..FIELD }, &mut self.replica_directory_id);
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

impl Message for FetchSnapshotRequest {
    const NAME: &'static str = "FetchSnapshotRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for FetchSnapshotRequest {
    const KEY: ApiKey = ApiKey::FetchSnapshot;
    type Response = FetchSnapshotResponse;
}
