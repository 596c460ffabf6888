//! `ConsumerProtocolAssignment`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};
use bytes::Bytes;

/// Versions 0 to 3; never flexible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumerProtocolAssignment {
    pub assigned_partitions: Vec<TopicPartition>,
    pub user_data: Option<Bytes>,
}

impl Visit for ConsumerProtocolAssignment {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "AssignedPartitions", ..FIELD }, &mut self.assigned_partitions);
        c.nullable_bytes(&Field { name: "UserData", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.user_data);
    }
}

impl Part for ConsumerProtocolAssignment {}

/// What `AssignedPartitions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicPartition {
    pub topic: String,
    pub partitions: Vec<i32>,
}

impl Visit for TopicPartition {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Topic", ..FIELD }, &mut self.topic);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
    }
}

impl Part for TopicPartition {}

impl Message for ConsumerProtocolAssignment {
    const NAME: &'static str = "ConsumerProtocolAssignment";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=3;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
}
