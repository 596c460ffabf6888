//! `CreateTopicsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 2 to 7; flexible since 5.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateTopicsResponse {
    /// Since version 2.
    pub throttle_time_ms: i32,
    pub topics: Vec<CreatableTopicResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for CreateTopicsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", since: 2, ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for CreateTopicsResponse {}

/// What `Topics` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct CreatableTopicResult {
    pub name: String,
    /// Since version 7.
    pub topic_id: Uuid,
    pub error_code: i16,
    /// Since version 1.
    pub error_message: Option<String>,
    /// Since version 5; tag 0.
    pub topic_config_error_code: i16,
    /// Since version 5.
    pub num_partitions: i32,
    /// Since version 5.
    pub replication_factor: i16,
    /// Since version 5.
    pub configs: Option<Vec<CreatableTopicConfigs>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for CreatableTopicResult {
    fn default() -> Self {
        Self {
            name: Default::default(),
            topic_id: Default::default(),
            error_code: 0,
            error_message: Some(Default::default()),
            topic_config_error_code: 0,
            num_partitions: -1,
            replication_factor: -1,
            configs: Some(Default::default()),
            tags: Tags::default(),
        }
    }
}

impl Visit for CreatableTopicResult {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.uuid(&Field { name: "TopicId", since: 7, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", since: 1, null_since: 0, null_until: i16::MAX, ignorable: true, ..FIELD },
            &mut self.error_message,
        );
        c.i32(&Field { name: "NumPartitions", since: 5, default: -1, ignorable: true, ..FIELD }, &mut self.num_partitions);
        c.i16(&Field { name: "ReplicationFactor", since: 5, default: -1, ignorable: true, ..FIELD }, &mut self.replication_factor);
        c.nullable_array(
            &Field { name: "Configs", since: 5, null_since: 5, null_until: i16::MAX, ignorable: true, ..FIELD },
            &mut self.configs,
        );
        c.begin_tags(&mut self.tags);
        c.i16(&Field { name: "TopicConfigErrorCode", since: 5, tag: 0, ignorable: true, ..FIELD }, &mut self.topic_config_error_code);
        c.end_tags(&mut self.tags);
    }
}

impl Part for CreatableTopicResult {}

/// What `Configs` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct CreatableTopicConfigs {
    /// Since version 5.
    pub name: String,
    /// Since version 5.
    pub value: Option<String>,
    /// Since version 5.
    pub read_only: bool,
    /// Since version 5.
    pub config_source: i8,
    /// Since version 5.
    pub is_sensitive: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for CreatableTopicConfigs {
    fn default() -> Self {
        Self {
            name: Default::default(),
            value: Some(Default::default()),
            read_only: false,
            config_source: -1,
            is_sensitive: false,
            tags: Tags::default(),
        }
    }
}

impl Visit for CreatableTopicConfigs {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", since: 5, ..FIELD }, &mut self.name);
        c.nullable_string(&Field { name: "Value", since: 5, null_since: 5, null_until: i16::MAX, ..FIELD }, &mut self.value);
        c.bool(&Field { name: "ReadOnly", since: 5, ..FIELD }, &mut self.read_only);
        c.i8(&Field { name: "ConfigSource", since: 5, default: -1, ignorable: true, ..FIELD }, &mut self.config_source);
        c.bool(&Field { name: "IsSensitive", since: 5, ..FIELD }, &mut self.is_sensitive);
        c.tags(&mut self.tags);
    }
}

impl Part for CreatableTopicConfigs {}

impl Message for CreateTopicsResponse {
    const NAME: &'static str = "CreateTopicsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 2..=7;
    const FLEXIBLE_SINCE: i16 = 5;
}

impl Response for CreateTopicsResponse {
    const KEY: ApiKey = ApiKey::CreateTopics;
}
