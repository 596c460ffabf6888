//! `OffsetFetchResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 10; flexible since 6.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetFetchResponse {
    /// Since version 3.
    pub throttle_time_ms: i32,
    /// Versions 0 to 7.
    pub topics: Vec<OffsetFetchResponseTopic>,
    /// Versions 2 to 7.
    pub error_code: i16,
    /// Since version 8.
    pub groups: Vec<OffsetFetchResponseGroup>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for OffsetFetchResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", since: 3, ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Topics", until: 7, ..FIELD }, &mut self.topics);
        c.i16(&Field { name: "ErrorCode", since: 2, until: 7, ignorable: true, ..FIELD }, &mut self.error_code);
        c.array(&Field { name: "Groups", since: 8, ..FIELD }, &mut self.groups);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetFetchResponse {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetFetchResponseTopic {
    /// Versions 0 to 7.
    pub name: String,
    /// Versions 0 to 7.
    pub partitions: Vec<OffsetFetchResponsePartition>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for OffsetFetchResponseTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", until: 7, ..FIELD }, &mut self.name);
        c.array(&Field { name: "Partitions", until: 7, ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetFetchResponseTopic {}

/// What `Partitions` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchResponsePartition {
    /// Versions 0 to 7.
    pub partition_index: i32,
    /// Versions 0 to 7.
    pub committed_offset: i64,
    /// Versions 5 to 7.
    pub committed_leader_epoch: i32,
    /// Versions 0 to 7.
    pub metadata: Option<String>,
    /// Versions 0 to 7.
    pub error_code: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for OffsetFetchResponsePartition {
    fn default() -> Self {
        Self {
            partition_index: 0,
            committed_offset: 0,
            committed_leader_epoch: -1,
            metadata: Some(Default::default()),
            error_code: 0,
            tags: Tags::default(),
        }
    }
}

impl Visit for OffsetFetchResponsePartition {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", until: 7, ..FIELD }, &mut self.partition_index);
        c.i64(&Field { name: "CommittedOffset", until: 7, ..FIELD }, &mut self.committed_offset);
        c.i32(
            &Field { name: "CommittedLeaderEpoch", since: 5, until: 7, default: -1, ignorable: true, ..FIELD },
            &mut self.committed_leader_epoch,
        );
        c.nullable_string(&Field { name: "Metadata", until: 7, null_since: 0, null_until: 7, ..FIELD }, &mut self.metadata);
        c.i16(&Field { name: "ErrorCode", until: 7, ..FIELD }, &mut self.error_code);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetFetchResponsePartition {}

/// What `Groups` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetFetchResponseGroup {
    /// Since version 8.
    pub group_id: String,
    /// Since version 8.
    pub topics: Vec<OffsetFetchResponseTopics>,
    /// Since version 8.
    pub error_code: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for OffsetFetchResponseGroup {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", since: 8, ..FIELD }, &mut self.group_id);
        c.array(&Field { name: "Topics", since: 8, ..FIELD }, &mut self.topics);
        c.i16(&Field { name: "ErrorCode", since: 8, ..FIELD }, &mut self.error_code);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetFetchResponseGroup {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetFetchResponseTopics {
    /// Versions 8 to 9.
    pub name: String,
    /// Since version 10.
    pub topic_id: Uuid,
    /// Since version 8.
    pub partitions: Vec<OffsetFetchResponsePartitions>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for OffsetFetchResponseTopics {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", since: 8, until: 9, ignorable: true, ..FIELD }, &mut self.name);
        c.uuid(&Field { name: "TopicId", since: 10, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", since: 8, ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetFetchResponseTopics {}

/// What `Partitions` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchResponsePartitions {
    /// Since version 8.
    pub partition_index: i32,
    /// Since version 8.
    pub committed_offset: i64,
    /// Since version 8.
    pub committed_leader_epoch: i32,
    /// Since version 8.
    pub metadata: Option<String>,
    /// Since version 8.
    pub error_code: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for OffsetFetchResponsePartitions {
    fn default() -> Self {
        Self {
            partition_index: 0,
            committed_offset: 0,
            committed_leader_epoch: -1,
            metadata: Some(Default::default()),
            error_code: 0,
            tags: Tags::default(),
        }
    }
}

impl Visit for OffsetFetchResponsePartitions {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", since: 8, ..FIELD }, &mut self.partition_index);
        c.i64(&Field { name: "CommittedOffset", since: 8, ..FIELD }, &mut self.committed_offset);
        c.i32(&Field { name: "CommittedLeaderEpoch", since: 8, default: -1, ignorable: true, ..FIELD }, &mut self.committed_leader_epoch);
        c.nullable_string(&Field { name: "Metadata", since: 8, null_since: 8, null_until: i16::MAX, ..FIELD }, &mut self.metadata);
        c.i16(&Field { name: "ErrorCode", since: 8, ..FIELD }, &mut self.error_code);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetFetchResponsePartitions {}

impl Message for OffsetFetchResponse {
    const NAME: &'static str = "OffsetFetchResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=10;
    const FLEXIBLE_SINCE: i16 = 6;
}

impl Response for OffsetFetchResponse {
    const KEY: ApiKey = ApiKey::OffsetFetch;
}
