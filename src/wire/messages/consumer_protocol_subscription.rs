//! `ConsumerProtocolSubscription`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};
use bytes::Bytes;

/// Versions 0 to 3; never flexible.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerProtocolSubscription {
    pub topics: Vec<String>,
    pub user_data: Option<Bytes>,
    /// Since version 1.
    pub owned_partitions: Vec<TopicPartition>,
    /// Since version 2.
    pub generation_id: i32,
    /// Since version 3.
    pub rack_id: Option<String>,
}

impl Default for ConsumerProtocolSubscription {
    fn default() -> Self {
        Self { topics: Default::default(), user_data: None, owned_partitions: Default::default(), generation_id: -1, rack_id: None }
    }
}

impl Visit for ConsumerProtocolSubscription {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.nullable_bytes(&Field { name: "UserData", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.user_data);
        c.array(&Field { name: "OwnedPartitions", since: 1, ignorable: true, ..FIELD }, &mut self.owned_partitions);
        c.i32(&Field { name: "GenerationId", since: 2, default: -1, ignorable: true, ..FIELD }, &mut self.generation_id);
        c.nullable_string(
            &Field { name: "RackId", since: 3, null_since: 3, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.rack_id,
        );
    }
}

impl Part for ConsumerProtocolSubscription {}

/// What `OwnedPartitions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicPartition {
    /// Since version 1.
    pub topic: String,
    /// Since version 1.
    pub partitions: Vec<i32>,
}

impl Visit for TopicPartition {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Topic", since: 1, ..FIELD }, &mut self.topic);
        c.array(&Field { name: "Partitions", since: 1, ..FIELD }, &mut self.partitions);
    }
}

impl Part for TopicPartition {}

impl Message for ConsumerProtocolSubscription {
    const NAME: &'static str = "ConsumerProtocolSubscription";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=3;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
}
