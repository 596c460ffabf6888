//! `OffsetForLeaderEpochRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::OffsetForLeaderEpochResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 2 to 4; flexible since 4.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetForLeaderEpochRequest {
    /// The broker ID of the follower, of -1 if this request is from a consumer.
    pub replica_id: i32,
    /// Each topic to get offsets for.
    pub topics: Vec<OffsetForLeaderTopic>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for OffsetForLeaderEpochRequest {
    fn default() -> Self {
        Self { replica_id: -2, topics: Default::default(), tags: Tags::default() }
    }
}

impl Visit for OffsetForLeaderEpochRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ReplicaId", since: 3, default: -2, ignorable: true, ..FIELD }, &mut self.replica_id);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetForLeaderEpochRequest {}

/// Each topic to get offsets for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetForLeaderTopic {
    /// The topic name.
    pub topic: String,
    /// Each partition to get offsets for.
    pub partitions: Vec<OffsetForLeaderPartition>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for OffsetForLeaderTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Topic", ..FIELD }, &mut self.topic);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetForLeaderTopic {}

/// Each partition to get offsets for.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetForLeaderPartition {
    /// The partition index.
    pub partition: i32,
    /// An epoch used to fence consumers/replicas with old metadata. If the epoch provided by the client is larger than the current
    /// epoch known to the broker, then the UNKNOWN_LEADER_EPOCH error code will be returned. If the provided epoch is smaller, then
    /// the FENCED_LEADER_EPOCH error code will be returned.
    pub current_leader_epoch: i32,
    /// The epoch to look up an offset for.
    pub leader_epoch: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for OffsetForLeaderPartition {
    fn default() -> Self {
        Self { partition: 0, current_leader_epoch: -1, leader_epoch: 0, tags: Tags::default() }
    }
}

impl Visit for OffsetForLeaderPartition {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Partition", ..FIELD }, &mut self.partition);
        c.i32(&Field { name: "CurrentLeaderEpoch", since: 2, default: -1, ignorable: true, ..FIELD }, &mut self.current_leader_epoch);
        c.i32(&Field { name: "LeaderEpoch", ..FIELD }, &mut self.leader_epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetForLeaderPartition {}

impl Message for OffsetForLeaderEpochRequest {
    const NAME: &'static str = "OffsetForLeaderEpochRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 2..=4;
    const FLEXIBLE_SINCE: i16 = 4;
    const TAIL_IGNORED: bool = true;
}

impl Request for OffsetForLeaderEpochRequest {
    const KEY: ApiKey = ApiKey::OffsetForLeaderEpoch;
    type Response = OffsetForLeaderEpochResponse;
}
