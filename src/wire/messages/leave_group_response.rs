//! `LeaveGroupResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 5; flexible since 4.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeaveGroupResponse {
    /// Since version 1.
    pub throttle_time_ms: i32,
    pub error_code: i16,
    /// Since version 3.
    pub members: Vec<MemberResponse>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for LeaveGroupResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", since: 1, ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.array(&Field { name: "Members", since: 3, ..FIELD }, &mut self.members);
        c.tags(&mut self.tags);
    }
}

impl Part for LeaveGroupResponse {}

/// What `Members` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberResponse {
    /// Since version 3.
    pub member_id: String,
    /// Since version 3.
    pub group_instance_id: Option<String>,
    /// Since version 3.
    pub error_code: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for MemberResponse {
    fn default() -> Self {
        Self { member_id: Default::default(), group_instance_id: Some(Default::default()), error_code: 0, tags: Tags::default() }
    }
}

impl Visit for MemberResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "MemberId", since: 3, ..FIELD }, &mut self.member_id);
        c.nullable_string(
            &Field { name: "GroupInstanceId", since: 3, null_since: 3, null_until: i16::MAX, ..FIELD },
            &mut self.group_instance_id,
        );
        c.i16(&Field { name: "ErrorCode", since: 3, ..FIELD }, &mut self.error_code);
        c.tags(&mut self.tags);
    }
}

impl Part for MemberResponse {}

impl Message for LeaveGroupResponse {
    const NAME: &'static str = "LeaveGroupResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=5;
    const FLEXIBLE_SINCE: i16 = 4;
}

impl Response for LeaveGroupResponse {
    const KEY: ApiKey = ApiKey::LeaveGroup;
}
