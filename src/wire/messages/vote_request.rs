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
    /// The cluster id.
    pub cluster_id: Option<String>,
    /// The replica id of the voter receiving the request.
    pub voter_id: i32,
    /// The topic data.
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

/// The topic data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicData {
    /// The topic name.
    pub topic_name: String,
    /// The partition data.
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

/// The partition data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionData {
    /// The partition index.
    pub partition_index: i32,
    /// The epoch of the voter sending the request
    pub replica_epoch: i32,
    /// The replica id of the voter sending the request
    pub replica_id: i32,
    /// The directory id of the voter sending the request
    pub replica_directory_id: Uuid,
    /// The directory id of the voter receiving the request
    pub voter_directory_id: Uuid,
    /// The epoch of the last record written to the metadata log.
    pub last_offset_epoch: i32,
    /// The log end offset of the metadata log of the voter sending the request.
    pub last_offset: i64,
    /// Whether the request is a PreVote request (not persisted) or not.
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
