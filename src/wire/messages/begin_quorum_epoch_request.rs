//! `BeginQuorumEpochRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::BeginQuorumEpochResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 1.
#[derive(Clone, Debug, PartialEq)]
pub struct BeginQuorumEpochRequest {
    pub cluster_id: Option<String>,
    /// Since version 1.
    pub voter_id: i32,
    pub topics: Vec<TopicData>,
    /// Since version 1.
    pub leader_endpoints: Vec<LeaderEndpoint>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for BeginQuorumEpochRequest {
    fn default() -> Self {
        Self { cluster_id: None, voter_id: -1, topics: Default::default(), leader_endpoints: Default::default(), tags: Tags::default() }
    }
}

impl Visit for BeginQuorumEpochRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(&Field { name: "ClusterId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.cluster_id);
        c.i32(&Field { name: "VoterId", since: 1, default: -1, ignorable: true, ..FIELD }, &mut self.voter_id);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.array(&Field { name: "LeaderEndpoints", since: 1, ignorable: true, ..FIELD }, &mut self.leader_endpoints);
        c.tags(&mut self.tags);
    }
}

impl Part for BeginQuorumEpochRequest {}

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
    /// Since version 1.
    pub voter_directory_id: Uuid,
    pub leader_id: i32,
    pub leader_epoch: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionData {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.uuid(&Field { name: "VoterDirectoryId", since: 1, ignorable: true, ..FIELD }, &mut self.voter_directory_id);
        c.i32(&Field { name: "LeaderId", ..FIELD }, &mut self.leader_id);
        c.i32(&Field { name: "LeaderEpoch", ..FIELD }, &mut self.leader_epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionData {}

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

impl Message for BeginQuorumEpochRequest {
    const NAME: &'static str = "BeginQuorumEpochRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 1;
    const TAIL_IGNORED: bool = true;
}

impl Request for BeginQuorumEpochRequest {
    const KEY: ApiKey = ApiKey::BeginQuorumEpoch;
    type Response = BeginQuorumEpochResponse;
}
