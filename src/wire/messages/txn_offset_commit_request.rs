//! `TxnOffsetCommitRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::TxnOffsetCommitResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 5; flexible since 3.
#[derive(Clone, Debug, PartialEq)]
pub struct TxnOffsetCommitRequest {
    pub transactional_id: String,
    pub group_id: String,
    pub producer_id: i64,
    pub producer_epoch: i16,
    /// Since version 3.
    pub generation_id: i32,
    /// Since version 3.
    pub member_id: String,
    /// Since version 3.
    pub group_instance_id: Option<String>,
    pub topics: Vec<TxnOffsetCommitRequestTopic>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for TxnOffsetCommitRequest {
    fn default() -> Self {
        Self {
            transactional_id: Default::default(),
            group_id: Default::default(),
            producer_id: 0,
            producer_epoch: 0,
            generation_id: -1,
            member_id: Default::default(),
            group_instance_id: None,
            topics: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for TxnOffsetCommitRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "TransactionalId", ..FIELD }, &mut self.transactional_id);
        c.string(&Field { name: "GroupId", ..FIELD }, &mut self.group_id);
        c.i64(&Field { name: "ProducerId", ..FIELD }, &mut self.producer_id);
        c.i16(&Field { name: "ProducerEpoch", ..FIELD }, &mut self.producer_epoch);
        c.i32(&Field { name: "GenerationId", since: 3, default: -1, ..FIELD }, &mut self.generation_id);
        c.string(&Field { name: "MemberId", since: 3, ..FIELD }, &mut self.member_id);
        c.nullable_string(
            &Field { name: "GroupInstanceId", since: 3, null_since: 3, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.group_instance_id,
        );
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for TxnOffsetCommitRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TxnOffsetCommitRequestTopic {
    pub name: String,
    pub partitions: Vec<TxnOffsetCommitRequestPartition>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TxnOffsetCommitRequestTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TxnOffsetCommitRequestTopic {}

/// What `Partitions` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct TxnOffsetCommitRequestPartition {
    pub partition_index: i32,
    pub committed_offset: i64,
    /// Since version 2.
    pub committed_leader_epoch: i32,
    pub committed_metadata: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for TxnOffsetCommitRequestPartition {
    fn default() -> Self {
        Self {
            partition_index: 0,
            committed_offset: 0,
            committed_leader_epoch: -1,
            committed_metadata: Some(Default::default()),
            tags: Tags::default(),
        }
    }
}

impl Visit for TxnOffsetCommitRequestPartition {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i64(&Field { name: "CommittedOffset", ..FIELD }, &mut self.committed_offset);
        c.i32(&Field { name: "CommittedLeaderEpoch", since: 2, default: -1, ignorable: true, ..FIELD }, &mut self.committed_leader_epoch);
        c.nullable_string(&Field { name: "CommittedMetadata", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.committed_metadata);
        c.tags(&mut self.tags);
    }
}

impl Part for TxnOffsetCommitRequestPartition {}

impl Message for TxnOffsetCommitRequest {
    const NAME: &'static str = "TxnOffsetCommitRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=5;
    const FLEXIBLE_SINCE: i16 = 3;
    const TAIL_IGNORED: bool = true;
}

impl Request for TxnOffsetCommitRequest {
    const KEY: ApiKey = ApiKey::TxnOffsetCommit;
    type Response = TxnOffsetCommitResponse;
}
