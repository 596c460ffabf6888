//! `MetadataRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::MetadataResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 13; flexible since 9.
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataRequest {
    /// Null since version 1.
    pub topics: Option<Vec<MetadataRequestTopic>>,
    /// Since version 4.
    pub allow_auto_topic_creation: bool,
    /// Versions 8 to 10.
    pub include_cluster_authorized_operations: bool,
    /// Since version 8.
    pub include_topic_authorized_operations: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for MetadataRequest {
    fn default() -> Self {
        Self {
            topics: Some(Default::default()),
            allow_auto_topic_creation: true,
            include_cluster_authorized_operations: false,
            include_topic_authorized_operations: false,
            tags: Tags::default(),
        }
    }
}

impl Visit for MetadataRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_array(&Field { name: "Topics", null_since: 1, null_until: i16::MAX, ..FIELD }, &mut self.topics);
        c.bool(&Field { name: "AllowAutoTopicCreation", since: 4, default: 1, ..FIELD }, &mut self.allow_auto_topic_creation);
        c.bool(
            &Field { name: "IncludeClusterAuthorizedOperations", since: 8, until: 10, ..FIELD },
            &mut self.include_cluster_authorized_operations,
        );
        c.bool(&Field { name: "IncludeTopicAuthorizedOperations", since: 8, ..FIELD }, &mut self.include_topic_authorized_operations);
        c.tags(&mut self.tags);
    }
}

impl Part for MetadataRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataRequestTopic {
    /// Since version 10.
    pub topic_id: Uuid,
    /// Null since version 10.
    pub name: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for MetadataRequestTopic {
    fn default() -> Self {
        Self { topic_id: Default::default(), name: Some(Default::default()), tags: Tags::default() }
    }
}

impl Visit for MetadataRequestTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", since: 10, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.nullable_string(&Field { name: "Name", null_since: 10, null_until: i16::MAX, ..FIELD }, &mut self.name);
        c.tags(&mut self.tags);
    }
}

impl Part for MetadataRequestTopic {}

impl Message for MetadataRequest {
    const NAME: &'static str = "MetadataRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=13;
    const FLEXIBLE_SINCE: i16 = 9;
    const TAIL_IGNORED: bool = true;
}

impl Request for MetadataRequest {
    const KEY: ApiKey = ApiKey::Metadata;
    type Response = MetadataResponse;
}
