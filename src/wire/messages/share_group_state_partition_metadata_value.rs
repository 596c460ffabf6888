//! `ShareGroupStatePartitionMetadataValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareGroupStatePartitionMetadataValue {
    pub initializing_topics: Vec<TopicPartitionsInfo>,
    pub initialized_topics: Vec<TopicPartitionsInfo>,
    pub deleting_topics: Vec<TopicInfo>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ShareGroupStatePartitionMetadataValue {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "InitializingTopics", ..FIELD }, &mut self.initializing_topics);
        c.array(&Field { name: "InitializedTopics", ..FIELD }, &mut self.initialized_topics);
        c.array(&Field { name: "DeletingTopics", ..FIELD }, &mut self.deleting_topics);
        c.tags(&mut self.tags);
    }
}

impl Part for ShareGroupStatePartitionMetadataValue {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicPartitionsInfo {
    pub topic_id: Uuid,
    pub topic_name: String,
    pub partitions: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicPartitionsInfo {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.string(&Field { name: "TopicName", ..FIELD }, &mut self.topic_name);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicPartitionsInfo {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicInfo {
    pub topic_id: Uuid,
    pub topic_name: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicInfo {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.string(&Field { name: "TopicName", ..FIELD }, &mut self.topic_name);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicInfo {}

impl Message for ShareGroupStatePartitionMetadataValue {
    const NAME: &'static str = "ShareGroupStatePartitionMetadataValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
