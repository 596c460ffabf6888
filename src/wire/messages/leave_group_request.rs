//! `LeaveGroupRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::LeaveGroupResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 5; flexible since 4.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeaveGroupRequest {
    pub group_id: String,
    /// Versions 0 to 2.
    pub member_id: String,
    /// Since version 3.
    pub members: Vec<MemberIdentity>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for LeaveGroupRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", ..FIELD }, &mut self.group_id);
        c.string(&Field { name: "MemberId", until: 2, ..FIELD }, &mut self.member_id);
        c.array(&Field { name: "Members", since: 3, ..FIELD }, &mut self.members);
        c.tags(&mut self.tags);
    }
}

impl Part for LeaveGroupRequest {}

/// What `Members` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MemberIdentity {
    /// Since version 3.
    pub member_id: String,
    /// Since version 3.
    pub group_instance_id: Option<String>,
    /// Since version 5.
    pub reason: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for MemberIdentity {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "MemberId", since: 3, ..FIELD }, &mut self.member_id);
        c.nullable_string(
            &Field { name: "GroupInstanceId", since: 3, null_since: 3, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.group_instance_id,
        );
        c.nullable_string(
            &Field { name: "Reason", since: 5, null_since: 5, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.reason,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for MemberIdentity {}

impl Message for LeaveGroupRequest {
    const NAME: &'static str = "LeaveGroupRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=5;
    const FLEXIBLE_SINCE: i16 = 4;
    const TAIL_IGNORED: bool = true;
}

impl Request for LeaveGroupRequest {
    const KEY: ApiKey = ApiKey::LeaveGroup;
    type Response = LeaveGroupResponse;
}
