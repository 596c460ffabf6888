//! `GroupMetadataValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 4; flexible since 4.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupMetadataValue {
    pub protocol_type: String,
    pub generation: i32,
    pub protocol: Option<String>,
    pub leader: Option<String>,
    /// Since version 2.
    pub current_state_timestamp: i64,
    pub members: Vec<MemberMetadata>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for GroupMetadataValue {
    fn default() -> Self {
        Self {
            protocol_type: Default::default(),
            generation: 0,
            protocol: Some(Default::default()),
            leader: Some(Default::default()),
            current_state_timestamp: -1,
            members: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for GroupMetadataValue {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "protocolType", ..FIELD }, &mut self.protocol_type);
        c.i32(&Field { name: "generation", ..FIELD }, &mut self.generation);
        c.nullable_string(&Field { name: "protocol", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.protocol);
        c.nullable_string(&Field { name: "leader", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.leader);
        c.i64(&Field { name: "currentStateTimestamp", since: 2, default: -1, ignorable: true, ..FIELD }, &mut self.current_state_timestamp);
        c.array(&Field { name: "members", ..FIELD }, &mut self.members);
        c.tags(&mut self.tags);
    }
}

impl Part for GroupMetadataValue {}

/// Used in several places of the message.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberMetadata {
    pub member_id: String,
    /// Since version 3.
    pub group_instance_id: Option<String>,
    pub client_id: String,
    pub client_host: String,
    /// Since version 1.
    pub rebalance_timeout: i32,
    pub session_timeout: i32,
    pub subscription: Bytes,
    pub assignment: Bytes,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for MemberMetadata {
    fn default() -> Self {
        Self {
            member_id: Default::default(),
            group_instance_id: None,
            client_id: Default::default(),
            client_host: Default::default(),
            rebalance_timeout: -1,
            session_timeout: 0,
            subscription: Default::default(),
            assignment: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for MemberMetadata {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "memberId", ..FIELD }, &mut self.member_id);
        c.nullable_string(
            &Field { name: "groupInstanceId", since: 3, null_since: 3, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.group_instance_id,
        );
        c.string(&Field { name: "clientId", ..FIELD }, &mut self.client_id);
        c.string(&Field { name: "clientHost", ..FIELD }, &mut self.client_host);
        c.i32(&Field { name: "rebalanceTimeout", since: 1, default: -1, ignorable: true, ..FIELD }, &mut self.rebalance_timeout);
        c.i32(&Field { name: "sessionTimeout", ..FIELD }, &mut self.session_timeout);
        c.bytes(&Field { name: "subscription", ..FIELD }, &mut self.subscription);
        c.bytes(&Field { name: "assignment", ..FIELD }, &mut self.assignment);
        c.tags(&mut self.tags);
    }
}

impl Part for MemberMetadata {}

impl Message for GroupMetadataValue {
    const NAME: &'static str = "GroupMetadataValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=4;
    const FLEXIBLE_SINCE: i16 = 4;
}
