//! `JoinGroupResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 9; flexible since 6.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinGroupResponse {
    /// Since version 2.
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub generation_id: i32,
    /// Since version 7.
    pub protocol_type: Option<String>,
    /// Null since version 7.
    pub protocol_name: Option<String>,
    pub leader: String,
    /// Since version 9.
    pub skip_assignment: bool,
    pub member_id: String,
    pub members: Vec<JoinGroupResponseMember>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for JoinGroupResponse {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: 0,
            generation_id: -1,
            protocol_type: None,
            protocol_name: Some(Default::default()),
            leader: Default::default(),
            skip_assignment: false,
            member_id: Default::default(),
            members: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for JoinGroupResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", since: 2, ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.i32(&Field { name: "GenerationId", default: -1, ..FIELD }, &mut self.generation_id);
        c.nullable_string(
            &Field { name: "ProtocolType", since: 7, null_since: 7, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.protocol_type,
        );
        c.nullable_string(&Field { name: "ProtocolName", null_since: 7, null_until: i16::MAX, ..FIELD }, &mut self.protocol_name);
        c.string(&Field { name: "Leader", ..FIELD }, &mut self.leader);
        c.bool(&Field { name: "SkipAssignment", since: 9, ..FIELD }, &mut self.skip_assignment);
        c.string(&Field { name: "MemberId", ..FIELD }, &mut self.member_id);
        c.array(&Field { name: "Members", ..FIELD }, &mut self.members);
        c.tags(&mut self.tags);
    }
}

impl Part for JoinGroupResponse {}

/// What `Members` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JoinGroupResponseMember {
    pub member_id: String,
    /// Since version 5.
    pub group_instance_id: Option<String>,
    pub metadata: Bytes,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for JoinGroupResponseMember {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "MemberId", ..FIELD }, &mut self.member_id);
        c.nullable_string(
            &Field { name: "GroupInstanceId", since: 5, null_since: 5, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.group_instance_id,
        );
        c.bytes(&Field { name: "Metadata", ..FIELD }, &mut self.metadata);
        c.tags(&mut self.tags);
    }
}

impl Part for JoinGroupResponseMember {}

impl Message for JoinGroupResponse {
    const NAME: &'static str = "JoinGroupResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=9;
    const FLEXIBLE_SINCE: i16 = 6;
}

impl Response for JoinGroupResponse {
    const KEY: ApiKey = ApiKey::JoinGroup;
}
