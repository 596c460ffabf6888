//! `DeleteTopicsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 6; flexible since 4.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteTopicsResponse {
    /// Since version 1.
    pub throttle_time_ms: i32,
    pub responses: Vec<DeletableTopicResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DeleteTopicsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", since: 1, ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Responses", ..FIELD }, &mut self.responses);
        c.tags(&mut self.tags);
    }
}

impl Part for DeleteTopicsResponse {}

/// What `Responses` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DeletableTopicResult {
    /// Null since version 6.
    pub name: Option<String>,
    /// Since version 6.
    pub topic_id: Uuid,
    pub error_code: i16,
    /// Since version 5.
    pub error_message: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DeletableTopicResult {
    fn default() -> Self {
        Self { name: Some(Default::default()), topic_id: Default::default(), error_code: 0, error_message: None, tags: Tags::default() }
    }
}

impl Visit for DeletableTopicResult {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(&Field { name: "Name", null_since: 6, null_until: i16::MAX, ..FIELD }, &mut self.name);
        c.uuid(&Field { name: "TopicId", since: 6, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", since: 5, null_since: 5, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.error_message,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for DeletableTopicResult {}

impl Message for DeleteTopicsResponse {
    const NAME: &'static str = "DeleteTopicsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=6;
    const FLEXIBLE_SINCE: i16 = 4;
}

impl Response for DeleteTopicsResponse {
    const KEY: ApiKey = ApiKey::DeleteTopics;
}
