//! `CreateTopicsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::CreateTopicsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 2 to 7; flexible since 5.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateTopicsRequest {
    pub topics: Vec<CreatableTopic>,
    pub timeout_ms: i32,
    /// Since version 1.
    pub validate_only: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for CreateTopicsRequest {
    fn default() -> Self {
        Self { topics: Default::default(), timeout_ms: 60000, validate_only: false, tags: Tags::default() }
    }
}

impl Visit for CreateTopicsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.i32(&Field { name: "timeoutMs", default: 60000, ..FIELD }, &mut self.timeout_ms);
        c.bool(&Field { name: "validateOnly", since: 1, ..FIELD }, &mut self.validate_only);
        c.tags(&mut self.tags);
    }
}

impl Part for CreateTopicsRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatableTopic {
    pub name: String,
    pub num_partitions: i32,
    pub replication_factor: i16,
    pub assignments: Vec<CreatableReplicaAssignment>,
    pub configs: Vec<CreatableTopicConfig>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for CreatableTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.i32(&Field { name: "NumPartitions", ..FIELD }, &mut self.num_partitions);
        c.i16(&Field { name: "ReplicationFactor", ..FIELD }, &mut self.replication_factor);
        c.array(&Field { name: "Assignments", ..FIELD }, &mut self.assignments);
        c.array(&Field { name: "Configs", ..FIELD }, &mut self.configs);
        c.tags(&mut self.tags);
    }
}

impl Part for CreatableTopic {}

/// What `Assignments` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatableReplicaAssignment {
    pub partition_index: i32,
    pub broker_ids: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for CreatableReplicaAssignment {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.array(&Field { name: "BrokerIds", ..FIELD }, &mut self.broker_ids);
        c.tags(&mut self.tags);
    }
}

impl Part for CreatableReplicaAssignment {}

/// What `Configs` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct CreatableTopicConfig {
    pub name: String,
    pub value: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for CreatableTopicConfig {
    fn default() -> Self {
        Self { name: Default::default(), value: Some(Default::default()), tags: Tags::default() }
    }
}

impl Visit for CreatableTopicConfig {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.nullable_string(&Field { name: "Value", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.value);
        c.tags(&mut self.tags);
    }
}

impl Part for CreatableTopicConfig {}

impl Message for CreateTopicsRequest {
    const NAME: &'static str = "CreateTopicsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 2..=7;
    const FLEXIBLE_SINCE: i16 = 5;
    const TAIL_IGNORED: bool = true;
}

impl Request for CreateTopicsRequest {
    const KEY: ApiKey = ApiKey::CreateTopics;
    type Response = CreateTopicsResponse;
}
