//! `SyncGroupRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::SyncGroupResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 5; flexible since 4.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SyncGroupRequest {
    pub group_id: String,
    pub generation_id: i32,
    pub member_id: String,
    /// Since version 3.
    pub group_instance_id: Option<String>,
    /// Since version 5.
    pub protocol_type: Option<String>,
    /// Since version 5.
    pub protocol_name: Option<String>,
    pub assignments: Vec<SyncGroupRequestAssignment>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for SyncGroupRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", ..FIELD }, &mut self.group_id);
        c.i32(&Field { name: "GenerationId", ..FIELD }, &mut self.generation_id);
        c.string(&Field { name: "MemberId", ..FIELD }, &mut self.member_id);
        c.nullable_string(
            &Field { name: "GroupInstanceId", since: 3, null_since: 3, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.group_instance_id,
        );
        c.nullable_string(
            &Field { name: "ProtocolType", since: 5, null_since: 5, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.protocol_type,
        );
        c.nullable_string(
            &Field { name: "ProtocolName", since: 5, null_since: 5, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.protocol_name,
        );
        c.array(&Field { name: "Assignments", ..FIELD }, &mut self.assignments);
        c.tags(&mut self.tags);
    }
}

impl Part for SyncGroupRequest {}

/// What `Assignments` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SyncGroupRequestAssignment {
    pub member_id: String,
    pub assignment: Bytes,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for SyncGroupRequestAssignment {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "MemberId", ..FIELD }, &mut self.member_id);
        c.bytes(&Field { name: "Assignment", ..FIELD }, &mut self.assignment);
        c.tags(&mut self.tags);
    }
}

impl Part for SyncGroupRequestAssignment {}

impl Message for SyncGroupRequest {
    const NAME: &'static str = "SyncGroupRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=5;
    const FLEXIBLE_SINCE: i16 = 4;
    const TAIL_IGNORED: bool = true;
}

impl Request for SyncGroupRequest {
    const KEY: ApiKey = ApiKey::SyncGroup;
    type Response = SyncGroupResponse;
}
