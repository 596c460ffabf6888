//! `ElectLeadersRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ElectLeadersResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 2.
#[derive(Clone, Debug, PartialEq)]
pub struct ElectLeadersRequest {
    /// Type of elections to conduct for the partition. A value of '0' elects the preferred replica. A value of '1' elects the first
    /// live replica if there are no in-sync replica.
    pub election_type: i8,
    /// The topic partitions to elect leaders.
    pub topic_partitions: Option<Vec<TopicPartitions>>,
    /// The time in ms to wait for the election to complete.
    pub timeout_ms: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ElectLeadersRequest {
    fn default() -> Self {
        Self { election_type: 0, topic_partitions: Some(Default::default()), timeout_ms: 60000, tags: Tags::default() }
    }
}

impl Visit for ElectLeadersRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.i8(&Field { name: "ElectionType", since: 1, ..FIELD }, &mut self.election_type);
        c.nullable_array(&Field { name: "TopicPartitions", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.topic_partitions);
        c.i32(&Field { name: "TimeoutMs", default: 60000, ..FIELD }, &mut self.timeout_ms);
        c.tags(&mut self.tags);
    }
}

impl Part for ElectLeadersRequest {}

/// The topic partitions to elect leaders.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicPartitions {
    /// The name of a topic.
    pub topic: String,
    /// The partitions of this topic whose leader should be elected.
    pub partitions: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicPartitions {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Topic", ..FIELD }, &mut self.topic);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicPartitions {}

impl Message for ElectLeadersRequest {
    const NAME: &'static str = "ElectLeadersRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 2;
    const TAIL_IGNORED: bool = true;
}

impl Request for ElectLeadersRequest {
    const KEY: ApiKey = ApiKey::ElectLeaders;
    type Response = ElectLeadersResponse;
}
