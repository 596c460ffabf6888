//! `VoteRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::VoteResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct VoteRequest {
    pub cluster_id: Option<String>,
    /// Since version 1.
    pub voter_id: i32,
    pub topics: Vec<TopicData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for VoteRequest {
    fn default() -> Self {
        Self { cluster_id: None, voter_id: -1, topics: Default::default(), tags: Tags::default() }
    }
}

impl Visit for VoteRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(&Field { name: "ClusterId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.cluster_id);
        c.i32(&Field { name: "VoterId", since: 1, default: -1, ignorable: true, ..FIELD }, &mut self.voter_id);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for VoteRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicData {
    pub topic_name: String,
    pub partitions: Vec<PartitionData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicData {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "TopicName", ..FIELD }, &mut self.topic_name);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicData {}

/// What `Partitions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionData {
    pub partition_index: i32,
    pub replica_epoch: i32,
    pub replica_id: i32,
    /// Since version 1.
    pub replica_directory_id: Uuid,
    /// Since version 1.
    pub voter_directory_id: Uuid,
    pub last_offset_epoch: i32,
    pub last_offset: i64,
    /// Since version 2.
    pub pre_vote: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionData {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i32(&Field { name: "ReplicaEpoch", ..FIELD }, &mut self.replica_epoch);
        c.i32(&Field { name: "ReplicaId", ..FIELD }, &mut self.replica_id);
        c.uuid(&Field { name: "ReplicaDirectoryId", since: 1, ignorable: true, ..FIELD }, &mut self.replica_directory_id);
        c.uuid(&Field { name: "VoterDirectoryId", since: 1, ignorable: true, ..FIELD }, &mut self.voter_directory_id);
        c.i32(&Field { name: "LastOffsetEpoch", ..FIELD }, &mut self.last_offset_epoch);
        c.i64(&Field { name: "LastOffset", ..FIELD }, &mut self.last_offset);
        c.bool(&Field { name: "PreVote", since: 2, ..FIELD }, &mut self.pre_vote);
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionData {}

impl Message for VoteRequest {
    const NAME: &'static str = "VoteRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for VoteRequest {
    const KEY: ApiKey = ApiKey::Vote;
    type Response = VoteResponse;
}
