//! `ConsumerGroupMemberMetadataValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerGroupMemberMetadataValue {
    pub instance_id: Option<String>,
    pub rack_id: Option<String>,
    pub client_id: String,
    pub client_host: String,
    pub subscribed_topic_names: Vec<String>,
    pub subscribed_topic_regex: Option<String>,
    pub rebalance_timeout_ms: i32,
    pub server_assignor: Option<String>,
    /// Tag 0.
    pub classic_member_metadata: Option<ClassicMemberMetadata>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ConsumerGroupMemberMetadataValue {
    fn default() -> Self {
        Self {
            instance_id: Some(Default::default()),
            rack_id: Some(Default::default()),
            client_id: Default::default(),
            client_host: Default::default(),
            subscribed_topic_names: Default::default(),
            subscribed_topic_regex: Some(Default::default()),
            rebalance_timeout_ms: -1,
            server_assignor: Some(Default::default()),
            classic_member_metadata: Some(Default::default()),
            tags: Tags::default(),
        }
    }
}

impl Visit for ConsumerGroupMemberMetadataValue {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(&Field { name: "InstanceId", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.instance_id);
        c.nullable_string(&Field { name: "RackId", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.rack_id);
        c.string(&Field { name: "ClientId", ..FIELD }, &mut self.client_id);
        c.string(&Field { name: "ClientHost", ..FIELD }, &mut self.client_host);
        c.array(&Field { name: "SubscribedTopicNames", ..FIELD }, &mut self.subscribed_topic_names);
        c.nullable_string(
            &Field { name: "SubscribedTopicRegex", null_since: 0, null_until: i16::MAX, ..FIELD },
            &mut self.subscribed_topic_regex,
        );
        c.i32(&Field { name: "RebalanceTimeoutMs", default: -1, ..FIELD }, &mut self.rebalance_timeout_ms);
        c.nullable_string(&Field { name: "ServerAssignor", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.server_assignor);
        c.begin_tags(&mut self.tags);
        c.nullable_nested(
            &Field { name: "ClassicMemberMetadata", null_since: 0, null_until: i16::MAX, tag: 0, ..FIELD },
            &mut self.classic_member_metadata,
        );
        c.end_tags(&mut self.tags);
    }
}

impl Part for ConsumerGroupMemberMetadataValue {}

/// What `ClassicMemberMetadata` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClassicMemberMetadata {
    pub session_timeout_ms: i32,
    pub supported_protocols: Vec<ClassicProtocol>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ClassicMemberMetadata {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "SessionTimeoutMs", ..FIELD }, &mut self.session_timeout_ms);
        c.array(&Field { name: "SupportedProtocols", ..FIELD }, &mut self.supported_protocols);
        c.tags(&mut self.tags);
    }
}

impl Part for ClassicMemberMetadata {}

/// What `SupportedProtocols` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClassicProtocol {
    pub name: String,
    pub metadata: Bytes,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ClassicProtocol {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.bytes(&Field { name: "Metadata", ..FIELD }, &mut self.metadata);
        c.tags(&mut self.tags);
    }
}

impl Part for ClassicProtocol {}

impl Message for ConsumerGroupMemberMetadataValue {
    const NAME: &'static str = "ConsumerGroupMemberMetadataValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
