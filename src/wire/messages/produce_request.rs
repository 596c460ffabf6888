//! `ProduceRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ProduceResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use crate::wire::rope::Rope;

/// Versions 3 to 13; flexible since 9.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProduceRequest {
    /// Since version 3.
    pub transactional_id: Option<String>,
    pub acks: i16,
    pub timeout_ms: i32,
    pub topic_data: Vec<TopicProduceData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ProduceRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(
            &Field { name: "TransactionalId", since: 3, null_since: 3, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.transactional_id,
        );
        c.i16(&Field { name: "Acks", ..FIELD }, &mut self.acks);
        c.i32(&Field { name: "TimeoutMs", ..FIELD }, &mut self.timeout_ms);
        c.array(&Field { name: "TopicData", ..FIELD }, &mut self.topic_data);
        c.tags(&mut self.tags);
    }
}

impl Part for ProduceRequest {}

/// What `TopicData` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicProduceData {
    /// Versions 0 to 12.
    pub name: String,
    /// Since version 13.
    pub topic_id: Uuid,
    pub partition_data: Vec<PartitionProduceData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicProduceData {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", until: 12, ignorable: true, ..FIELD }, &mut self.name);
        c.uuid(&Field { name: "TopicId", since: 13, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "PartitionData", ..FIELD }, &mut self.partition_data);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicProduceData {}

/// What `PartitionData` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionProduceData {
    pub index: i32,
    pub records: Option<Rope>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionProduceData {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Index", ..FIELD }, &mut self.index);
        c.nullable_records(&Field { name: "Records", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.records);
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionProduceData {}

impl Message for ProduceRequest {
    const NAME: &'static str = "ProduceRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 3..=13;
    const FLEXIBLE_SINCE: i16 = 9;
    const TAIL_IGNORED: bool = true;
}

impl Request for ProduceRequest {
    const KEY: ApiKey = ApiKey::Produce;
    type Response = ProduceResponse;
}
