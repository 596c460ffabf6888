//! `EndQuorumEpochRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::EndQuorumEpochResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EndQuorumEpochRequest {
    pub cluster_id: Option<String>,
    pub topics: Vec<TopicData>,
    /// Since version 1.
    pub leader_endpoints: Vec<LeaderEndpoint>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for EndQuorumEpochRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(&Field { name: "ClusterId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.cluster_id);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.array(&Field { name: "LeaderEndpoints", since: 1, ignorable: true, ..FIELD }, &mut self.leader_endpoints);
        c.tags(&mut self.tags);
    }
}

impl Part for EndQuorumEpochRequest {}

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
    pub leader_id: i32,
    pub leader_epoch: i32,
    /// Versions 0 to 0.
    pub preferred_successors: Vec<i32>,
    /// Since version 1.
    pub preferred_candidates: Vec<ReplicaInfo>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionData {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i32(&Field { name: "LeaderId", ..FIELD }, &mut self.leader_id);
        c.i32(&Field { name: "LeaderEpoch", ..FIELD }, &mut self.leader_epoch);
        c.array(&Field { name: "PreferredSuccessors", until: 0, ignorable: true, ..FIELD }, &mut self.preferred_successors);
        c.array(&Field { name: "PreferredCandidates", since: 1, ignorable: true, ..FIELD }, &mut self.preferred_candidates);
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionData {}

/// What `PreferredCandidates` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplicaInfo {
    /// Since version 1.
    pub candidate_id: i32,
    /// Since version 1.
    pub candidate_directory_id: Uuid,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ReplicaInfo {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "CandidateId", since: 1, ..FIELD }, &mut self.candidate_id);
        c.uuid(&Field { name: "CandidateDirectoryId", since: 1, ..FIELD }, &mut self.candidate_directory_id);
        c.tags(&mut self.tags);
    }
}

impl Part for ReplicaInfo {}

/// What `LeaderEndpoints` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeaderEndpoint {
    /// Since version 1.
    pub name: String,
    /// Since version 1.
    pub host: String,
    /// Since version 1.
    pub port: u16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for LeaderEndpoint {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", since: 1, ..FIELD }, &mut self.name);
        c.string(&Field { name: "Host", since: 1, ..FIELD }, &mut self.host);
        c.u16(&Field { name: "Port", since: 1, ..FIELD }, &mut self.port);
        c.tags(&mut self.tags);
    }
}

impl Part for LeaderEndpoint {}

impl Message for EndQuorumEpochRequest {
    const NAME: &'static str = "EndQuorumEpochRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 1;
    const TAIL_IGNORED: bool = true;
}

impl Request for EndQuorumEpochRequest {
    const KEY: ApiKey = ApiKey::EndQuorumEpoch;
    type Response = EndQuorumEpochResponse;
}
