//! `AlterPartitionRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::AlterPartitionResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 2 to 3; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterPartitionRequest {
    /// The ID of the requesting broker.
    pub broker_id: i32,
    /// The epoch of the requesting broker.
    pub broker_epoch: i64,
    /// The topics to alter ISRs for.
    pub topics: Vec<TopicData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for AlterPartitionRequest {
    fn default() -> Self {
        Self { broker_id: 0, broker_epoch: -1, topics: Default::default(), tags: Tags::default() }
    }
}

impl Visit for AlterPartitionRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "BrokerId", ..FIELD }, &mut self.broker_id);
        c.i64(&Field { name: "BrokerEpoch", default: -1, ..FIELD }, &mut self.broker_epoch);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for AlterPartitionRequest {}

/// The topics to alter ISRs for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicData {
    /// The ID of the topic to alter ISRs for.
    pub topic_id: Uuid,
    /// The partitions to alter ISRs for.
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

/// The partitions to alter ISRs for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionData {
    /// The partition index.
    pub partition_index: i32,
    /// The leader epoch of this partition.
    pub leader_epoch: i32,
    /// The ISR for this partition. Deprecated since version 3.
    pub new_isr: Vec<i32>,
    /// The ISR for this partition.
    pub new_isr_with_epochs: Vec<BrokerState>,
    /// 1 if the partition is recovering from an unclean leader election; 0 otherwise.
    pub leader_recovery_state: i8,
    /// The expected epoch of the partition which is being updated.
    pub partition_epoch: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionData {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i32(&Field { name: "LeaderEpoch", ..FIELD }, &mut self.leader_epoch);
        c.array(&Field { name: "NewIsr", until: 2, ..FIELD }, &mut self.new_isr);
        c.array(&Field { name: "NewIsrWithEpochs", since: 3, ..FIELD }, &mut self.new_isr_with_epochs);
        c.i8(&Field { name: "LeaderRecoveryState", since: 1, ..FIELD }, &mut self.leader_recovery_state);
        c.i32(&Field { name: "PartitionEpoch", ..FIELD }, &mut self.partition_epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionData {}

/// The ISR for this partition.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerState {
    /// The ID of the broker.
    pub broker_id: i32,
    /// The epoch of the broker. It will be -1 if the epoch check is not supported.
    pub broker_epoch: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for BrokerState {
    fn default() -> Self {
        Self { broker_id: 0, broker_epoch: -1, tags: Tags::default() }
    }
}

impl Visit for BrokerState {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "BrokerId", since: 3, ..FIELD }, &mut self.broker_id);
        c.i64(&Field { name: "BrokerEpoch", since: 3, default: -1, ..FIELD }, &mut self.broker_epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for BrokerState {}

impl Message for AlterPartitionRequest {
    const NAME: &'static str = "AlterPartitionRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 2..=3;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for AlterPartitionRequest {
    const KEY: ApiKey = ApiKey::AlterPartition;
    type Response = AlterPartitionResponse;
}
