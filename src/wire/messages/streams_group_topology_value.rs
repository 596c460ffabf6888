//! `StreamsGroupTopologyValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamsGroupTopologyValue {
    pub epoch: i32,
    pub subtopologies: Vec<Subtopology>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for StreamsGroupTopologyValue {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Epoch", ..FIELD }, &mut self.epoch);
        c.array(&Field { name: "Subtopologies", ..FIELD }, &mut self.subtopologies);
        c.tags(&mut self.tags);
    }
}

impl Part for StreamsGroupTopologyValue {}

/// What `Subtopologies` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subtopology {
    pub subtopology_id: String,
    pub source_topics: Vec<String>,
    pub source_topic_regex: Vec<String>,
    pub state_changelog_topics: Vec<TopicInfo>,
    pub repartition_sink_topics: Vec<String>,
    pub repartition_source_topics: Vec<TopicInfo>,
    pub copartition_groups: Vec<CopartitionGroup>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Subtopology {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "SubtopologyId", ..FIELD }, &mut self.subtopology_id);
        c.array(&Field { name: "SourceTopics", ..FIELD }, &mut self.source_topics);
        c.array(&Field { name: "SourceTopicRegex", ..FIELD }, &mut self.source_topic_regex);
        c.array(&Field { name: "StateChangelogTopics", ..FIELD }, &mut self.state_changelog_topics);
        c.array(&Field { name: "RepartitionSinkTopics", ..FIELD }, &mut self.repartition_sink_topics);
        c.array(&Field { name: "RepartitionSourceTopics", ..FIELD }, &mut self.repartition_source_topics);
        c.array(&Field { name: "CopartitionGroups", ..FIELD }, &mut self.copartition_groups);
        c.tags(&mut self.tags);
    }
}

impl Part for Subtopology {}

/// What `CopartitionGroups` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CopartitionGroup {
    pub source_topics: Vec<i16>,
    pub source_topic_regex: Vec<i16>,
    pub repartition_source_topics: Vec<i16>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for CopartitionGroup {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "SourceTopics", ..FIELD }, &mut self.source_topics);
        c.array(&Field { name: "SourceTopicRegex", ..FIELD }, &mut self.source_topic_regex);
        c.array(&Field { name: "RepartitionSourceTopics", ..FIELD }, &mut self.repartition_source_topics);
        c.tags(&mut self.tags);
    }
}

impl Part for CopartitionGroup {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicConfig {
    pub key: String,
    pub value: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicConfig {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "key", ..FIELD }, &mut self.key);
        c.string(&Field { name: "value", ..FIELD }, &mut self.value);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicConfig {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicInfo {
    pub name: String,
    pub partitions: i32,
    pub replication_factor: i16,
    pub topic_configs: Vec<TopicConfig>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicInfo {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.i32(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.i16(&Field { name: "ReplicationFactor", ..FIELD }, &mut self.replication_factor);
        c.array(&Field { name: "TopicConfigs", ..FIELD }, &mut self.topic_configs);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicInfo {}

impl Message for StreamsGroupTopologyValue {
    const NAME: &'static str = "StreamsGroupTopologyValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
