//! `CreatePartitionsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::CreatePartitionsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 3; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatePartitionsRequest {
    pub topics: Vec<CreatePartitionsTopic>,
    pub timeout_ms: i32,
    pub validate_only: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for CreatePartitionsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.i32(&Field { name: "TimeoutMs", ..FIELD }, &mut self.timeout_ms);
        c.bool(&Field { name: "ValidateOnly", ..FIELD }, &mut self.validate_only);
        c.tags(&mut self.tags);
    }
}

impl Part for CreatePartitionsRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct CreatePartitionsTopic {
    pub name: String,
    pub count: i32,
    pub assignments: Option<Vec<CreatePartitionsAssignment>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for CreatePartitionsTopic {
    fn default() -> Self {
        Self { name: Default::default(), count: 0, assignments: Some(Default::default()), tags: Tags::default() }
    }
}

impl Visit for CreatePartitionsTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.i32(&Field { name: "Count", ..FIELD }, &mut self.count);
        c.nullable_array(&Field { name: "Assignments", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.assignments);
        c.tags(&mut self.tags);
    }
}

impl Part for CreatePartitionsTopic {}

/// What `Assignments` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatePartitionsAssignment {
    pub broker_ids: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for CreatePartitionsAssignment {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "BrokerIds", ..FIELD }, &mut self.broker_ids);
        c.tags(&mut self.tags);
    }
}

impl Part for CreatePartitionsAssignment {}

impl Message for CreatePartitionsRequest {
    const NAME: &'static str = "CreatePartitionsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=3;
    const FLEXIBLE_SINCE: i16 = 2;
    const TAIL_IGNORED: bool = true;
}

impl Request for CreatePartitionsRequest {
    const KEY: ApiKey = ApiKey::CreatePartitions;
    type Response = CreatePartitionsResponse;
}
