//! `ConsumerGroupPartitionMetadataValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumerGroupPartitionMetadataValue {
    /// The list of topic metadata.
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

/// The list of topic metadata.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicMetadata {
    /// The topic id.
    pub topic_id: Uuid,
    /// The topic name.
    pub topic_name: String,
    /// The number of partitions of the topic.
    pub num_partitions: i32,
    /// Deprecated: this field is not used after 4.0. Partitions mapped to a set of racks. If the rack information is unavailable for
    /// all the partitions, an empty list is stored.
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

/// Deprecated: this field is not used after 4.0. Partitions mapped to a set of racks. If the rack information is unavailable for
/// all the partitions, an empty list is stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionMetadata {
    /// The partition number.
    pub partition: i32,
    /// The set of racks that the partition is mapped to.
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
