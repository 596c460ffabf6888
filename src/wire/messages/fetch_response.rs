//! `FetchResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use crate::wire::rope::Rope;

/// Versions 4 to 18; flexible since 12.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FetchResponse {
    /// Since version 1.
    pub throttle_time_ms: i32,
    /// Since version 7.
    pub error_code: i16,
    /// Since version 7.
    pub session_id: i32,
    pub responses: Vec<FetchableTopicResponse>,
    /// Since version 16; tag 0.
    pub node_endpoints: Vec<NodeEndpoint>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for FetchResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", since: 1, ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", since: 7, ignorable: true, ..FIELD }, &mut self.error_code);
        c.i32(&Field { name: "SessionId", since: 7, ..FIELD }, &mut self.session_id);
        c.array(&Field { name: "Responses", ..FIELD }, &mut self.responses);
        c.begin_tags(&mut self.tags);
        c.array(&Field { name: "NodeEndpoints", since: 16, tag: 0, ..FIELD }, &mut self.node_endpoints);
        c.end_tags(&mut self.tags);
    }
}

impl Part for FetchResponse {}

/// What `Responses` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FetchableTopicResponse {
    /// Versions 0 to 12.
    pub topic: String,
    /// Since version 13.
    pub topic_id: Uuid,
    pub partitions: Vec<PartitionData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for FetchableTopicResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Topic", until: 12, ignorable: true, ..FIELD }, &mut self.topic);
        c.uuid(&Field { name: "TopicId", since: 13, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for FetchableTopicResponse {}

/// What `Partitions` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionData {
    pub partition_index: i32,
    pub error_code: i16,
    pub high_watermark: i64,
    /// Since version 4.
    pub last_stable_offset: i64,
    /// Since version 5.
    pub log_start_offset: i64,
    /// Since version 12; tag 0.
    pub diverging_epoch: EpochEndOffset,
    /// Since version 12; tag 1.
    pub current_leader: LeaderIdAndEpoch,
    /// Since version 12; tag 2.
    pub snapshot_id: SnapshotId,
    /// Since version 4.
    pub aborted_transactions: Option<Vec<AbortedTransaction>>,
    /// Since version 11.
    pub preferred_read_replica: i32,
    pub records: Option<Rope>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for PartitionData {
    fn default() -> Self {
        Self {
            partition_index: 0,
            error_code: 0,
            high_watermark: 0,
            last_stable_offset: -1,
            log_start_offset: -1,
            diverging_epoch: Default::default(),
            current_leader: Default::default(),
            snapshot_id: Default::default(),
            aborted_transactions: Some(Default::default()),
            preferred_read_replica: -1,
            records: None,
            tags: Tags::default(),
        }
    }
}

impl Visit for PartitionData {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.i64(&Field { name: "HighWatermark", ..FIELD }, &mut self.high_watermark);
        c.i64(&Field { name: "LastStableOffset", since: 4, default: -1, ignorable: true, ..FIELD }, &mut self.last_stable_offset);
        c.i64(&Field { name: "LogStartOffset", since: 5, default: -1, ignorable: true, ..FIELD }, &mut self.log_start_offset);
        c.nullable_array(
            &Field { name: "AbortedTransactions", since: 4, null_since: 4, null_until: i16::MAX, ignorable: true, ..FIELD },
            &mut self.aborted_transactions,
        );
        c.i32(&Field { name: "PreferredReadReplica", since: 11, default: -1, ..FIELD }, &mut self.preferred_read_replica);
        c.nullable_records(&Field { name: "Records", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.records);
        c.begin_tags(&mut self.tags);
        c.nested(&Field { name: "DivergingEpoch", since: 12, tag: 0, ..FIELD }, &mut self.diverging_epoch);
        c.nested(&Field { name: "CurrentLeader", since: 12, tag: 1, ..FIELD }, &mut self.current_leader);
        c.nested(&Field { name: "SnapshotId", since: 12, tag: 2, ..FIELD }, &mut self.snapshot_id);
        c.end_tags(&mut self.tags);
    }
}

impl Part for PartitionData {}

/// What `DivergingEpoch` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct EpochEndOffset {
    /// Since version 12.
    pub epoch: i32,
    /// Since version 12.
    pub end_offset: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for EpochEndOffset {
    fn default() -> Self {
        Self { epoch: -1, end_offset: -1, tags: Tags::default() }
    }
}

impl Visit for EpochEndOffset {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Epoch", since: 12, default: -1, ..FIELD }, &mut self.epoch);
        c.i64(&Field { name: "EndOffset", since: 12, default: -1, ..FIELD }, &mut self.end_offset);
        c.tags(&mut self.tags);
    }
}

impl Part for EpochEndOffset {}

/// What `CurrentLeader` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct LeaderIdAndEpoch {
    /// Since version 12.
    pub leader_id: i32,
    /// Since version 12.
    pub leader_epoch: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for LeaderIdAndEpoch {
    fn default() -> Self {
        Self { leader_id: -1, leader_epoch: -1, tags: Tags::default() }
    }
}

impl Visit for LeaderIdAndEpoch {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "LeaderId", since: 12, default: -1, ..FIELD }, &mut self.leader_id);
        c.i32(&Field { name: "LeaderEpoch", since: 12, default: -1, ..FIELD }, &mut self.leader_epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for LeaderIdAndEpoch {}

/// What `SnapshotId` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotId {
    pub end_offset: i64,
    pub epoch: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for SnapshotId {
    fn default() -> Self {
        Self { end_offset: -1, epoch: -1, tags: Tags::default() }
    }
}

impl Visit for SnapshotId {
    fn visit(&mut self, c: &mut Codec) {
        c.i64(&Field { name: "EndOffset", default: -1, ..FIELD }, &mut self.end_offset);
        c.i32(&Field { name: "Epoch", default: -1, ..FIELD }, &mut self.epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for SnapshotId {}

/// What `AbortedTransactions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AbortedTransaction {
    /// Since version 4.
    pub producer_id: i64,
    /// Since version 4.
    pub first_offset: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AbortedTransaction {
    fn visit(&mut self, c: &mut Codec) {
        c.i64(&Field { name: "ProducerId", since: 4, ..FIELD }, &mut self.producer_id);
        c.i64(&Field { name: "FirstOffset", since: 4, ..FIELD }, &mut self.first_offset);
        c.tags(&mut self.tags);
    }
}

impl Part for AbortedTransaction {}

/// What `NodeEndpoints` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeEndpoint {
    /// Since version 16.
    pub node_id: i32,
    /// Since version 16.
    pub host: String,
    /// Since version 16.
    pub port: i32,
    /// Since version 16.
    pub rack: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for NodeEndpoint {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "NodeId", since: 16, ..FIELD }, &mut self.node_id);
        c.string(&Field { name: "Host", since: 16, ..FIELD }, &mut self.host);
        c.i32(&Field { name: "Port", since: 16, ..FIELD }, &mut self.port);
        c.nullable_string(&Field { name: "Rack", since: 16, null_since: 16, null_until: i16::MAX, null: true, ..FIELD }, &mut self.rack);
        c.tags(&mut self.tags);
    }
}

impl Part for NodeEndpoint {}

impl Message for FetchResponse {
    const NAME: &'static str = "FetchResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 4..=18;
    const FLEXIBLE_SINCE: i16 = 12;
}

impl Response for FetchResponse {
    const KEY: ApiKey = ApiKey::Fetch;
}
