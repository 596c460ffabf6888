//! `DescribeQuorumResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeQuorumResponse {
    pub error_code: i16,
    /// Since version 2.
    pub error_message: Option<String>,
    pub topics: Vec<TopicData>,
    /// Since version 2.
    pub nodes: Vec<Node>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeQuorumResponse {
    fn default() -> Self {
        Self {
            error_code: 0,
            error_message: Some(Default::default()),
            topics: Default::default(),
            nodes: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for DescribeQuorumResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", since: 2, null_since: 2, null_until: i16::MAX, ignorable: true, ..FIELD },
            &mut self.error_message,
        );
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.array(&Field { name: "Nodes", since: 2, ..FIELD }, &mut self.nodes);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeQuorumResponse {}

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
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionData {
    pub partition_index: i32,
    pub error_code: i16,
    /// Since version 2.
    pub error_message: Option<String>,
    pub leader_id: i32,
    pub leader_epoch: i32,
    pub high_watermark: i64,
    pub current_voters: Vec<ReplicaState>,
    pub observers: Vec<ReplicaState>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for PartitionData {
    fn default() -> Self {
        Self {
            partition_index: 0,
            error_code: 0,
            error_message: Some(Default::default()),
            leader_id: 0,
            leader_epoch: 0,
            high_watermark: 0,
            current_voters: Default::default(),
            observers: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for PartitionData {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", since: 2, null_since: 2, null_until: i16::MAX, ignorable: true, ..FIELD },
            &mut self.error_message,
        );
        c.i32(&Field { name: "LeaderId", ..FIELD }, &mut self.leader_id);
        c.i32(&Field { name: "LeaderEpoch", ..FIELD }, &mut self.leader_epoch);
        c.i64(&Field { name: "HighWatermark", ..FIELD }, &mut self.high_watermark);
        c.array(&Field { name: "CurrentVoters", ..FIELD }, &mut self.current_voters);
        c.array(&Field { name: "Observers", ..FIELD }, &mut self.observers);
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionData {}

/// What `Nodes` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Since version 2.
    pub node_id: i32,
    /// Since version 2.
    pub listeners: Vec<Listener>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Node {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "NodeId", since: 2, ..FIELD }, &mut self.node_id);
        c.array(&Field { name: "Listeners", since: 2, ..FIELD }, &mut self.listeners);
        c.tags(&mut self.tags);
    }
}

impl Part for Node {}

/// What `Listeners` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listener {
    /// Since version 2.
    pub name: String,
    /// Since version 2.
    pub host: String,
    /// Since version 2.
    pub port: u16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Listener {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", since: 2, ..FIELD }, &mut self.name);
        c.string(&Field { name: "Host", since: 2, ..FIELD }, &mut self.host);
        c.u16(&Field { name: "Port", since: 2, ..FIELD }, &mut self.port);
        c.tags(&mut self.tags);
    }
}

impl Part for Listener {}

/// Used in several places of the message.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicaState {
    pub replica_id: i32,
    /// Since version 2.
    pub replica_directory_id: Uuid,
    pub log_end_offset: i64,
    /// Since version 1.
    pub last_fetch_timestamp: i64,
    /// Since version 1.
    pub last_caught_up_timestamp: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ReplicaState {
    fn default() -> Self {
        Self {
            replica_id: 0,
            replica_directory_id: Default::default(),
            log_end_offset: 0,
            last_fetch_timestamp: -1,
            last_caught_up_timestamp: -1,
            tags: Tags::default(),
        }
    }
}

impl Visit for ReplicaState {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ReplicaId", ..FIELD }, &mut self.replica_id);
        c.uuid(&Field { name: "ReplicaDirectoryId", since: 2, ..FIELD }, &mut self.replica_directory_id);
        c.i64(&Field { name: "LogEndOffset", ..FIELD }, &mut self.log_end_offset);
        c.i64(&Field { name: "LastFetchTimestamp", since: 1, default: -1, ignorable: true, ..FIELD }, &mut self.last_fetch_timestamp);
        c.i64(
            &Field { name: "LastCaughtUpTimestamp", since: 1, default: -1, ignorable: true, ..FIELD },
            &mut self.last_caught_up_timestamp,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for ReplicaState {}

impl Message for DescribeQuorumResponse {
    const NAME: &'static str = "DescribeQuorumResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for DescribeQuorumResponse {
    const KEY: ApiKey = ApiKey::DescribeQuorum;
}
