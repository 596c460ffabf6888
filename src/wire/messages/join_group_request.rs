//! `JoinGroupRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::JoinGroupResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 9; flexible since 6.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinGroupRequest {
    pub group_id: String,
    pub session_timeout_ms: i32,
    /// Since version 1.
    pub rebalance_timeout_ms: i32,
    pub member_id: String,
    /// Since version 5.
    pub group_instance_id: Option<String>,
    pub protocol_type: String,
    pub protocols: Vec<JoinGroupRequestProtocol>,
    /// Since version 8.
    pub reason: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for JoinGroupRequest {
    fn default() -> Self {
        Self {
            group_id: Default::default(),
            session_timeout_ms: 0,
            rebalance_timeout_ms: -1,
            member_id: Default::default(),
            group_instance_id: None,
            protocol_type: Default::default(),
            protocols: Default::default(),
            reason: None,
            tags: Tags::default(),
        }
    }
}

impl Visit for JoinGroupRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", ..FIELD }, &mut self.group_id);
        c.i32(&Field { name: "SessionTimeoutMs", ..FIELD }, &mut self.session_timeout_ms);
        c.i32(&Field { name: "RebalanceTimeoutMs", since: 1, default: -1, ignorable: true, ..FIELD }, &mut self.rebalance_timeout_ms);
        c.string(&Field { name: "MemberId", ..FIELD }, &mut self.member_id);
        c.nullable_string(
            &Field { name: "GroupInstanceId", since: 5, null_since: 5, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.group_instance_id,
        );
        c.string(&Field { name: "ProtocolType", ..FIELD }, &mut self.protocol_type);
        c.array(&Field { name: "Protocols", ..FIELD }, &mut self.protocols);
        c.nullable_string(
            &Field { name: "Reason", since: 8, null_since: 8, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.reason,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for JoinGroupRequest {}

/// What `Protocols` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JoinGroupRequestProtocol {
    pub name: String,
    pub metadata: Bytes,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for JoinGroupRequestProtocol {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.bytes(&Field { name: "Metadata", ..FIELD }, &mut self.metadata);
        c.tags(&mut self.tags);
    }
}

impl Part for JoinGroupRequestProtocol {}

impl Message for JoinGroupRequest {
    const NAME: &'static str = "JoinGroupRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=9;
    const FLEXIBLE_SINCE: i16 = 6;
    const TAIL_IGNORED: bool = true;
}

impl Request for JoinGroupRequest {
    const KEY: ApiKey = ApiKey::JoinGroup;
    type Response = JoinGroupResponse;
}
