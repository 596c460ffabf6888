//! `DescribeTopicPartitionsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTopicPartitionsResponse {
    pub throttle_time_ms: i32,
    pub topics: Vec<DescribeTopicPartitionsResponseTopic>,
    pub next_cursor: Option<Cursor>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeTopicPartitionsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.nullable_nested(&Field { name: "NextCursor", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.next_cursor);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeTopicPartitionsResponse {}

/// What `Topics` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeTopicPartitionsResponseTopic {
    pub error_code: i16,
    pub name: Option<String>,
    pub topic_id: Uuid,
    pub is_internal: bool,
    pub partitions: Vec<DescribeTopicPartitionsResponsePartition>,
    pub topic_authorized_operations: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeTopicPartitionsResponseTopic {
    fn default() -> Self {
        Self {
            error_code: 0,
            name: Some(Default::default()),
            topic_id: Default::default(),
            is_internal: false,
            partitions: Default::default(),
            topic_authorized_operations: -2147483648,
            tags: Tags::default(),
        }
    }
}

impl Visit for DescribeTopicPartitionsResponseTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(&Field { name: "Name", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.name);
        c.uuid(&Field { name: "TopicId", ignorable: true, ..FIELD }, &mut self.topic_id);
        c.bool(&Field { name: "IsInternal", ignorable: true, ..FIELD }, &mut self.is_internal);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.i32(&Field { name: "TopicAuthorizedOperations", default: -2147483648, ..FIELD }, &mut self.topic_authorized_operations);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeTopicPartitionsResponseTopic {}

/// What `Partitions` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeTopicPartitionsResponsePartition {
    pub error_code: i16,
    pub partition_index: i32,
    pub leader_id: i32,
    pub leader_epoch: i32,
    pub replica_nodes: Vec<i32>,
    pub isr_nodes: Vec<i32>,
    pub eligible_leader_replicas: Option<Vec<i32>>,
    pub last_known_elr: Option<Vec<i32>>,
    pub offline_replicas: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeTopicPartitionsResponsePartition {
    fn default() -> Self {
        Self {
            error_code: 0,
            partition_index: 0,
            leader_id: 0,
            leader_epoch: -1,
            replica_nodes: Default::default(),
            isr_nodes: Default::default(),
            eligible_leader_replicas: None,
            last_known_elr: None,
            offline_replicas: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for DescribeTopicPartitionsResponsePartition {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i32(&Field { name: "LeaderId", ..FIELD }, &mut self.leader_id);
        c.i32(&Field { name: "LeaderEpoch", default: -1, ignorable: true, ..FIELD }, &mut self.leader_epoch);
        c.array(&Field { name: "ReplicaNodes", ..FIELD }, &mut self.replica_nodes);
        c.array(&Field { name: "IsrNodes", ..FIELD }, &mut self.isr_nodes);
        c.nullable_array(
            &Field { name: "EligibleLeaderReplicas", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.eligible_leader_replicas,
        );
        c.nullable_array(
            &Field { name: "LastKnownElr", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.last_known_elr,
        );
        c.array(&Field { name: "OfflineReplicas", ignorable: true, ..FIELD }, &mut self.offline_replicas);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeTopicPartitionsResponsePartition {}

/// What `NextCursor` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cursor {
    pub topic_name: String,
    pub partition_index: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Cursor {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "TopicName", ..FIELD }, &mut self.topic_name);
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.tags(&mut self.tags);
    }
}

impl Part for Cursor {}

impl Message for DescribeTopicPartitionsResponse {
    const NAME: &'static str = "DescribeTopicPartitionsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for DescribeTopicPartitionsResponse {
    const KEY: ApiKey = ApiKey::DescribeTopicPartitions;
}
