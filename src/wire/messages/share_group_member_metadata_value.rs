//! `ShareGroupMemberMetadataValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareGroupMemberMetadataValue {
    pub rack_id: Option<String>,
    pub client_id: String,
    pub client_host: String,
    pub subscribed_topic_names: Vec<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ShareGroupMemberMetadataValue {
    fn default() -> Self {
        Self {
            rack_id: Some(Default::default()),
            client_id: Default::default(),
            client_host: Default::default(),
            subscribed_topic_names: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for ShareGroupMemberMetadataValue {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(&Field { name: "RackId", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.rack_id);
        c.string(&Field { name: "ClientId", ..FIELD }, &mut self.client_id);
        c.string(&Field { name: "ClientHost", ..FIELD }, &mut self.client_host);
        c.array(&Field { name: "SubscribedTopicNames", ..FIELD }, &mut self.subscribed_topic_names);
        c.tags(&mut self.tags);
    }
}

impl Part for ShareGroupMemberMetadataValue {}

impl Message for ShareGroupMemberMetadataValue {
    const NAME: &'static str = "ShareGroupMemberMetadataValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
