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
    pub broker_id: i32,
    pub broker_epoch: i64,
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

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicData {
    /// Since version 2.
    pub topic_id: Uuid,
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

/// What `Partitions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionData {
    pub partition_index: i32,
    pub leader_epoch: i32,
    /// Versions 0 to 2.
    pub new_isr: Vec<i32>,
    /// Since version 3.
    pub new_isr_with_epochs: Vec<BrokerState>,
    /// Since version 1.
    pub leader_recovery_state: i8,
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

/// What `NewIsrWithEpochs` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerState {
    /// Since version 3.
    pub broker_id: i32,
    /// Since version 3.
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
