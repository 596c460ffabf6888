//! `FetchRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::FetchResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 4 to 18; flexible since 12.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchRequest {
    /// Since version 12; tag 0.
    pub cluster_id: Option<String>,
    /// Versions 0 to 14.
    pub replica_id: i32,
    /// Since version 15; tag 1.
    pub replica_state: ReplicaState,
    pub max_wait_ms: i32,
    pub min_bytes: i32,
    /// Since version 3.
    pub max_bytes: i32,
    /// Since version 4.
    pub isolation_level: i8,
    /// Since version 7.
    pub session_id: i32,
    /// Since version 7.
    pub session_epoch: i32,
    pub topics: Vec<FetchTopic>,
    /// Since version 7.
    pub forgotten_topics_data: Vec<ForgottenTopic>,
    /// Since version 11.
    pub rack_id: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for FetchRequest {
    fn default() -> Self {
        Self {
            cluster_id: None,
            replica_id: -1,
            replica_state: Default::default(),
            max_wait_ms: 0,
            min_bytes: 0,
            max_bytes: 2147483647,
            isolation_level: 0,
            session_id: 0,
            session_epoch: -1,
            topics: Default::default(),
            forgotten_topics_data: Default::default(),
            rack_id: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for FetchRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ReplicaId", until: 14, default: -1, ..FIELD }, &mut self.replica_id);
        c.i32(&Field { name: "MaxWaitMs", ..FIELD }, &mut self.max_wait_ms);
        c.i32(&Field { name: "MinBytes", ..FIELD }, &mut self.min_bytes);
        c.i32(&Field { name: "MaxBytes", since: 3, default: 2147483647, ignorable: true, ..FIELD }, &mut self.max_bytes);
        c.i8(&Field { name: "IsolationLevel", since: 4, ignorable: true, ..FIELD }, &mut self.isolation_level);
        c.i32(&Field { name: "SessionId", since: 7, ignorable: true, ..FIELD }, &mut self.session_id);
        c.i32(&Field { name: "SessionEpoch", since: 7, default: -1, ignorable: true, ..FIELD }, &mut self.session_epoch);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.array(&Field { name: "ForgottenTopicsData", since: 7, ..FIELD }, &mut self.forgotten_topics_data);
        c.string(&Field { name: "RackId", since: 11, ignorable: true, ..FIELD }, &mut self.rack_id);
        c.begin_tags(&mut self.tags);
        c.nullable_string(
            &Field { name: "ClusterId", since: 12, null_since: 12, null_until: i16::MAX, tag: 0, null: true, ignorable: true, ..FIELD },
            &mut self.cluster_id,
        );
        c.nested(&Field { name: "ReplicaState", since: 15, tag: 1, ..FIELD }, &mut self.replica_state);
        c.end_tags(&mut self.tags);
    }
}

impl Part for FetchRequest {}

/// What `ReplicaState` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicaState {
    /// Since version 15.
    pub replica_id: i32,
    /// Since version 15.
    pub replica_epoch: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ReplicaState {
    fn default() -> Self {
        Self { replica_id: -1, replica_epoch: -1, tags: Tags::default() }
    }
}

impl Visit for ReplicaState {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ReplicaId", since: 15, default: -1, ..FIELD }, &mut self.replica_id);
        c.i64(&Field { name: "ReplicaEpoch", since: 15, default: -1, ..FIELD }, &mut self.replica_epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for ReplicaState {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FetchTopic {
    /// Versions 0 to 12.
    pub topic: String,
    /// Since version 13.
    pub topic_id: Uuid,
    pub partitions: Vec<FetchPartition>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for FetchTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Topic", until: 12, ignorable: true, ..FIELD }, &mut self.topic);
        c.uuid(&Field { name: "TopicId", since: 13, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for FetchTopic {}

/// What `Partitions` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchPartition {
    pub partition: i32,
    /// Since version 9.
    pub current_leader_epoch: i32,
    pub fetch_offset: i64,
    /// Since version 12.
    pub last_fetched_epoch: i32,
    /// Since version 5.
    pub log_start_offset: i64,
    pub partition_max_bytes: i32,
    /// Since version 17; tag 0.
    pub replica_directory_id: Uuid,
    /// Since version 18; tag 1.
    pub high_watermark: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for FetchPartition {
    fn default() -> Self {
        Self {
            partition: 0,
            current_leader_epoch: -1,
            fetch_offset: 0,
            last_fetched_epoch: -1,
            log_start_offset: -1,
            partition_max_bytes: 0,
            replica_directory_id: Default::default(),
            high_watermark: 9223372036854775807,
            tags: Tags::default(),
        }
    }
}

impl Visit for FetchPartition {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Partition", ..FIELD }, &mut self.partition);
        c.i32(&Field { name: "CurrentLeaderEpoch", since: 9, default: -1, ignorable: true, ..FIELD }, &mut self.current_leader_epoch);
        c.i64(&Field { name: "FetchOffset", ..FIELD }, &mut self.fetch_offset);
        c.i32(&Field { name: "LastFetchedEpoch", since: 12, default: -1, ..FIELD }, &mut self.last_fetched_epoch);
        c.i64(&Field { name: "LogStartOffset", since: 5, default: -1, ignorable: true, ..FIELD }, &mut self.log_start_offset);
        c.i32(&Field { name: "PartitionMaxBytes", ..FIELD }, &mut self.partition_max_bytes);
        c.begin_tags(&mut self.tags);
        c.uuid(&Field { name: "ReplicaDirectoryId", since: 17, tag: 0, ignorable: true, ..FIELD }, &mut self.replica_directory_id);
        c.i64(
            &Field { name: "HighWatermark", since: 18, tag: 1, default: 9223372036854775807, ignorable: true, ..FIELD },
            &mut self.high_watermark,
        );
        c.end_tags(&mut self.tags);
    }
}

impl Part for FetchPartition {}

/// What `ForgottenTopicsData` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForgottenTopic {
    /// Versions 7 to 12.
    pub topic: String,
    /// Since version 13.
    pub topic_id: Uuid,
    /// Since version 7.
    pub partitions: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ForgottenTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Topic", since: 7, until: 12, ignorable: true, ..FIELD }, &mut self.topic);
        c.uuid(&Field { name: "TopicId", since: 13, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", since: 7, ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for ForgottenTopic {}

impl Message for FetchRequest {
    const NAME: &'static str = "FetchRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 4..=18;
    const FLEXIBLE_SINCE: i16 = 12;
    const TAIL_IGNORED: bool = true;
}

impl Request for FetchRequest {
    const KEY: ApiKey = ApiKey::Fetch;
    type Response = FetchResponse;
}
