//! `OffsetFetchResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 10; flexible since 6.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetFetchResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// The responses per topic.
    pub topics: Vec<OffsetFetchResponseTopic>,
    /// The top-level error code, or 0 if there was no error.
    pub error_code: i16,
    /// The responses per group id.
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

/// The responses per topic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetFetchResponseTopic {
    /// The topic name.
    pub name: String,
    /// The responses per partition.
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

/// The responses per partition.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchResponsePartition {
    /// The partition index.
    pub partition_index: i32,
    /// The committed message offset.
    pub committed_offset: i64,
    /// The leader epoch.
    pub committed_leader_epoch: i32,
    /// The partition metadata.
    pub metadata: Option<String>,
    /// The error code, or 0 if there was no error.
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

/// The responses per group id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetFetchResponseGroup {
    /// The group ID.
    pub group_id: String,
    /// The responses per topic.
    pub topics: Vec<OffsetFetchResponseTopics>,
    /// The group-level error code, or 0 if there was no error.
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

/// The responses per topic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetFetchResponseTopics {
    /// The topic name.
    pub name: String,
    /// The topic ID.
    pub topic_id: Uuid,
    /// The responses per partition.
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

/// The responses per partition.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchResponsePartitions {
    /// The partition index.
    pub partition_index: i32,
    /// The committed message offset.
    pub committed_offset: i64,
    /// The leader epoch.
    pub committed_leader_epoch: i32,
    /// The partition metadata.
    pub metadata: Option<String>,
    /// The partition-level error code, or 0 if there was no error.
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
