//! `StreamsGroupMemberMetadataValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamsGroupMemberMetadataValue {
    pub instance_id: Option<String>,
    pub rack_id: Option<String>,
    pub client_id: String,
    pub client_host: String,
    pub rebalance_timeout_ms: i32,
    pub topology_epoch: i32,
    pub process_id: String,
    pub user_endpoint: Option<Endpoint>,
    pub client_tags: Vec<KeyValue>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for StreamsGroupMemberMetadataValue {
    fn default() -> Self {
        Self {
            instance_id: Some(Default::default()),
            rack_id: Some(Default::default()),
            client_id: Default::default(),
            client_host: Default::default(),
            rebalance_timeout_ms: -1,
            topology_epoch: 0,
            process_id: Default::default(),
            user_endpoint: None,
            client_tags: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for StreamsGroupMemberMetadataValue {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(&Field { name: "InstanceId", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.instance_id);
        c.nullable_string(&Field { name: "RackId", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.rack_id);
        c.string(&Field { name: "ClientId", ..FIELD }, &mut self.client_id);
        c.string(&Field { name: "ClientHost", ..FIELD }, &mut self.client_host);
        c.i32(&Field { name: "RebalanceTimeoutMs", default: -1, ..FIELD }, &mut self.rebalance_timeout_ms);
        c.i32(&Field { name: "TopologyEpoch", ..FIELD }, &mut self.topology_epoch);
        c.string(&Field { name: "ProcessId", ..FIELD }, &mut self.process_id);
        c.nullable_nested(
            &Field { name: "UserEndpoint", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.user_endpoint,
        );
        c.array(&Field { name: "ClientTags", ..FIELD }, &mut self.client_tags);
        c.tags(&mut self.tags);
    }
}

impl Part for StreamsGroupMemberMetadataValue {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Endpoint {
    pub host: String,
    pub port: u16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Endpoint {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.u16(&Field { name: "Port", ..FIELD }, &mut self.port);
        c.tags(&mut self.tags);
    }
}

impl Part for Endpoint {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyValue {
    pub key: String,
    pub value: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for KeyValue {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Key", ..FIELD }, &mut self.key);
        c.string(&Field { name: "Value", ..FIELD }, &mut self.value);
        c.tags(&mut self.tags);
    }
}

impl Part for KeyValue {}

impl Message for StreamsGroupMemberMetadataValue {
    const NAME: &'static str = "StreamsGroupMemberMetadataValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
