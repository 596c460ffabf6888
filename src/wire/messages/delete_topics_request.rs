//! `DeleteTopicsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::DeleteTopicsResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 6; flexible since 4.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteTopicsRequest {
    /// Since version 6.
    pub topics: Vec<DeleteTopicState>,
    /// Versions 0 to 5.
    pub topic_names: Vec<String>,
    pub timeout_ms: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DeleteTopicsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Topics", since: 6, ..FIELD }, &mut self.topics);
        c.array(&Field { name: "TopicNames", until: 5, ignorable: true, ..FIELD }, &mut self.topic_names);
        c.i32(&Field { name: "TimeoutMs", ..FIELD }, &mut self.timeout_ms);
        c.tags(&mut self.tags);
    }
}

impl Part for DeleteTopicsRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteTopicState {
    /// Since version 6.
    pub name: Option<String>,
    /// Since version 6.
    pub topic_id: Uuid,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DeleteTopicState {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(&Field { name: "Name", since: 6, null_since: 6, null_until: i16::MAX, null: true, ..FIELD }, &mut self.name);
        c.uuid(&Field { name: "TopicId", since: 6, ..FIELD }, &mut self.topic_id);
        c.tags(&mut self.tags);
    }
}

impl Part for DeleteTopicState {}

impl Message for DeleteTopicsRequest {
    const NAME: &'static str = "DeleteTopicsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=6;
    const FLEXIBLE_SINCE: i16 = 4;
    const TAIL_IGNORED: bool = true;
}

impl Request for DeleteTopicsRequest {
    const KEY: ApiKey = ApiKey::DeleteTopics;
    type Response = DeleteTopicsResponse;
}
