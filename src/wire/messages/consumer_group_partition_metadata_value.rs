//! `ConsumerGroupPartitionMetadataValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumerGroupPartitionMetadataValue {
    pub topics: Vec<TopicMetadata>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ConsumerGroupPartitionMetadataValue {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for ConsumerGroupPartitionMetadataValue {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicMetadata {
    pub topic_id: Uuid,
    pub topic_name: String,
    pub num_partitions: i32,
    pub partition_metadata: Vec<PartitionMetadata>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicMetadata {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.string(&Field { name: "TopicName", ..FIELD }, &mut self.topic_name);
        c.i32(&Field { name: "NumPartitions", ..FIELD }, &mut self.num_partitions);
        c.array(&Field { name: "PartitionMetadata", ..FIELD }, &mut self.partition_metadata);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicMetadata {}

/// What `PartitionMetadata` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionMetadata {
    pub partition: i32,
    pub racks: Vec<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionMetadata {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Partition", ..FIELD }, &mut self.partition);
        c.array(&Field { name: "Racks", ..FIELD }, &mut self.racks);
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionMetadata {}

impl Message for ConsumerGroupPartitionMetadataValue {
    const NAME: &'static str = "ConsumerGroupPartitionMetadataValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
