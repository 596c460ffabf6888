//! `ShareAcknowledgeRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ShareAcknowledgeResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 2; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareAcknowledgeRequest {
    pub group_id: Option<String>,
    pub member_id: Option<String>,
    pub share_session_epoch: i32,
    /// Since version 2.
    pub is_renew_ack: bool,
    pub topics: Vec<AcknowledgeTopic>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ShareAcknowledgeRequest {
    fn default() -> Self {
        Self {
            group_id: None,
            member_id: Some(Default::default()),
            share_session_epoch: 0,
            is_renew_ack: false,
            topics: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for ShareAcknowledgeRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(&Field { name: "GroupId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.group_id);
        c.nullable_string(&Field { name: "MemberId", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.member_id);
        c.i32(&Field { name: "ShareSessionEpoch", ..FIELD }, &mut self.share_session_epoch);
        c.bool(&Field { name: "IsRenewAck", since: 2, ..FIELD }, &mut self.is_renew_ack);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for ShareAcknowledgeRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AcknowledgeTopic {
    pub topic_id: Uuid,
    pub partitions: Vec<AcknowledgePartition>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AcknowledgeTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for AcknowledgeTopic {}

/// What `Partitions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AcknowledgePartition {
    pub partition_index: i32,
    pub acknowledgement_batches: Vec<AcknowledgementBatch>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AcknowledgePartition {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.array(&Field { name: "AcknowledgementBatches", ..FIELD }, &mut self.acknowledgement_batches);
        c.tags(&mut self.tags);
    }
}

impl Part for AcknowledgePartition {}

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

impl Message for ShareAcknowledgeRequest {
    const NAME: &'static str = "ShareAcknowledgeRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=2;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for ShareAcknowledgeRequest {
    const KEY: ApiKey = ApiKey::ShareAcknowledge;
    type Response = ShareAcknowledgeResponse;
}
