//! `OffsetCommitRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::OffsetCommitResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 2 to 10; flexible since 8.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetCommitRequest {
    pub group_id: String,
    /// Since version 1.
    pub generation_id_or_member_epoch: i32,
    /// Since version 1.
    pub member_id: String,
    /// Since version 7.
    pub group_instance_id: Option<String>,
    /// Versions 2 to 4.
    pub retention_time_ms: i64,
    pub topics: Vec<OffsetCommitRequestTopic>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for OffsetCommitRequest {
    fn default() -> Self {
        Self {
            group_id: Default::default(),
            generation_id_or_member_epoch: -1,
            member_id: Default::default(),
            group_instance_id: None,
            retention_time_ms: -1,
            topics: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for OffsetCommitRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", ..FIELD }, &mut self.group_id);
        c.i32(
            &Field { name: "GenerationIdOrMemberEpoch", since: 1, default: -1, ignorable: true, ..FIELD },
            &mut self.generation_id_or_member_epoch,
        );
        c.string(&Field { name: "MemberId", since: 1, ignorable: true, ..FIELD }, &mut self.member_id);
        c.nullable_string(
            &Field { name: "GroupInstanceId", since: 7, null_since: 7, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.group_instance_id,
        );
        c.i64(&Field { name: "RetentionTimeMs", since: 2, until: 4, default: -1, ignorable: true, ..FIELD }, &mut self.retention_time_ms);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetCommitRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetCommitRequestTopic {
    /// Versions 0 to 9.
    pub name: String,
    /// Since version 10.
    pub topic_id: Uuid,
    pub partitions: Vec<OffsetCommitRequestPartition>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for OffsetCommitRequestTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", until: 9, ignorable: true, ..FIELD }, &mut self.name);
        c.uuid(&Field { name: "TopicId", since: 10, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetCommitRequestTopic {}

/// What `Partitions` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetCommitRequestPartition {
    pub partition_index: i32,
    pub committed_offset: i64,
    /// Since version 6.
    pub committed_leader_epoch: i32,
    pub committed_metadata: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for OffsetCommitRequestPartition {
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

impl Visit for OffsetCommitRequestPartition {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i64(&Field { name: "CommittedOffset", ..FIELD }, &mut self.committed_offset);
        c.i32(&Field { name: "CommittedLeaderEpoch", since: 6, default: -1, ignorable: true, ..FIELD }, &mut self.committed_leader_epoch);
        c.nullable_string(&Field { name: "CommittedMetadata", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.committed_metadata);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetCommitRequestPartition {}

impl Message for OffsetCommitRequest {
    const NAME: &'static str = "OffsetCommitRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 2..=10;
    const FLEXIBLE_SINCE: i16 = 8;
    const TAIL_IGNORED: bool = true;
}

impl Request for OffsetCommitRequest {
    const KEY: ApiKey = ApiKey::OffsetCommit;
    type Response = OffsetCommitResponse;
}
