//! `AlterPartitionResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 2 to 3; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlterPartitionResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// The top level response error code.
    pub error_code: i16,
    /// The responses for each topic.
    pub topics: Vec<TopicData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AlterPartitionResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for AlterPartitionResponse {}

/// The responses for each topic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicData {
    /// The ID of the topic.
    pub topic_id: Uuid,
    /// The responses for each partition.
    pub partitions: Vec<PartitionData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicData {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", since: 2, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicData {}

/// The responses for each partition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionData {
    /// The partition index.
    pub partition_index: i32,
    /// The partition level error code.
    pub error_code: i16,
    /// The broker ID of the leader.
    pub leader_id: i32,
    /// The leader epoch.
    pub leader_epoch: i32,
    /// The in-sync replica IDs.
    pub isr: Vec<i32>,
    /// 1 if the partition is recovering from an unclean leader election; 0 otherwise.
    pub leader_recovery_state: i8,
    /// The current epoch for the partition for KRaft controllers.
    pub partition_epoch: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionData {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.i32(&Field { name: "LeaderId", ..FIELD }, &mut self.leader_id);
        c.i32(&Field { name: "LeaderEpoch", ..FIELD }, &mut self.leader_epoch);
        c.array(&Field { name: "Isr", ..FIELD }, &mut self.isr);
        c.i8(&Field { name: "LeaderRecoveryState", since: 1, ignorable: true, ..FIELD }, &mut self.leader_recovery_state);
        c.i32(&Field { name: "PartitionEpoch", ..FIELD }, &mut self.partition_epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionData {}

impl Message for AlterPartitionResponse {
    const NAME: &'static str = "AlterPartitionResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 2..=3;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for AlterPartitionResponse {
    const KEY: ApiKey = ApiKey::AlterPartition;
}
