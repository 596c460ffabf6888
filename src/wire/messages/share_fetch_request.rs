//! `ShareFetchRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ShareFetchResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 2; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareFetchRequest {
    pub group_id: Option<String>,
    pub member_id: Option<String>,
    pub share_session_epoch: i32,
    pub max_wait_ms: i32,
    pub min_bytes: i32,
    pub max_bytes: i32,
    /// Since version 1.
    pub max_records: i32,
    /// Since version 1.
    pub batch_size: i32,
    /// Since version 2.
    pub share_acquire_mode: i8,
    /// Since version 2.
    pub is_renew_ack: bool,
    pub topics: Vec<FetchTopic>,
    pub forgotten_topics_data: Vec<ForgottenTopic>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ShareFetchRequest {
    fn default() -> Self {
        Self {
            group_id: None,
            member_id: Some(Default::default()),
            share_session_epoch: 0,
            max_wait_ms: 0,
            min_bytes: 0,
            max_bytes: 2147483647,
            max_records: 0,
            batch_size: 0,
            share_acquire_mode: 0,
            is_renew_ack: false,
            topics: Default::default(),
            forgotten_topics_data: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for ShareFetchRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(&Field { name: "GroupId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.group_id);
        c.nullable_string(&Field { name: "MemberId", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.member_id);
        c.i32(&Field { name: "ShareSessionEpoch", ..FIELD }, &mut self.share_session_epoch);
        c.i32(&Field { name: "MaxWaitMs", ..FIELD }, &mut self.max_wait_ms);
        c.i32(&Field { name: "MinBytes", ..FIELD }, &mut self.min_bytes);
        c.i32(&Field { name: "MaxBytes", default: 2147483647, ..FIELD }, &mut self.max_bytes);
        c.i32(&Field { name: "MaxRecords", since: 1, ..FIELD }, &mut self.max_records);
        c.i32(&Field { name: "BatchSize", since: 1, ..FIELD }, &mut self.batch_size);
        c.i8(&Field { name: "ShareAcquireMode", since: 2, ignorable: true, ..FIELD }, &mut self.share_acquire_mode);
        c.bool(&Field { name: "IsRenewAck", since: 2, ..FIELD }, &mut self.is_renew_ack);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.array(&Field { name: "ForgottenTopicsData", ..FIELD }, &mut self.forgotten_topics_data);
        c.tags(&mut self.tags);
    }
}

impl Part for ShareFetchRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FetchTopic {
    pub topic_id: Uuid,
    pub partitions: Vec<FetchPartition>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for FetchTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for FetchTopic {}

/// What `Partitions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FetchPartition {
    pub partition_index: i32,
    /// Versions 0 to 0.
    pub partition_max_bytes: i32,
    pub acknowledgement_batches: Vec<AcknowledgementBatch>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for FetchPartition {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i32(&Field { name: "PartitionMaxBytes", until: 0, ..FIELD }, &mut self.partition_max_bytes);
        c.array(&Field { name: "AcknowledgementBatches", ..FIELD }, &mut self.acknowledgement_batches);
        c.tags(&mut self.tags);
    }
}

impl Part for FetchPartition {}

/// What `AcknowledgementBatches` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AcknowledgementBatch {
    pub first_offset: i64,
    pub last_offset: i64,
    pub acknowledge_types: Vec<i8>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AcknowledgementBatch {
    fn visit(&mut self, c: &mut Codec) {
        c.i64(&Field { name: "FirstOffset", ..FIELD }, &mut self.first_offset);
        c.i64(&Field { name: "LastOffset", ..FIELD }, &mut self.last_offset);
        c.array(&Field { name: "AcknowledgeTypes", ..FIELD }, &mut self.acknowledge_types);
        c.tags(&mut self.tags);
    }
}

impl Part for AcknowledgementBatch {}

/// What `ForgottenTopicsData` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForgottenTopic {
    pub topic_id: Uuid,
    pub partitions: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ForgottenTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for ForgottenTopic {}

impl Message for ShareFetchRequest {
    const NAME: &'static str = "ShareFetchRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=2;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for ShareFetchRequest {
    const KEY: ApiKey = ApiKey::ShareFetch;
    type Response = ShareFetchResponse;
}
