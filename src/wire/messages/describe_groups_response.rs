//! `DescribeGroupsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 6; flexible since 5.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeGroupsResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// Each described group.
    pub groups: Vec<DescribedGroup>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeGroupsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", since: 1, ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Groups", ..FIELD }, &mut self.groups);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeGroupsResponse {}

/// Each described group.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedGroup {
    /// The describe error, or 0 if there was no error.
    pub error_code: i16,
    /// The describe error message, or null if there was no error.
    pub error_message: Option<String>,
    /// The group ID string.
    pub group_id: String,
    /// The group state string, or the empty string.
    pub group_state: String,
    /// The group protocol type, or the empty string.
    pub protocol_type: String,
    /// The group protocol data, or the empty string.
    pub protocol_data: String,
    /// The group members.
    pub members: Vec<DescribedGroupMember>,
    /// 32-bit bitfield to represent authorized operations for this group.
    pub authorized_operations: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribedGroup {
    fn default() -> Self {
        Self {
            error_code: 0,
            error_message: None,
            group_id: Default::default(),
            group_state: Default::default(),
            protocol_type: Default::default(),
            protocol_data: Default::default(),
            members: Default::default(),
            authorized_operations: -2147483648,
            tags: Tags::default(),
        }
    }
}

impl Visit for DescribedGroup {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", since: 6, null_since: 6, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.error_message,
        );
        c.string(&Field { name: "GroupId", ..FIELD }, &mut self.group_id);
        c.string(&Field { name: "GroupState", ..FIELD }, &mut self.group_state);
        c.string(&Field { name: "ProtocolType", ..FIELD }, &mut self.protocol_type);
        c.string(&Field { name: "ProtocolData", ..FIELD }, &mut self.protocol_data);
        c.array(&Field { name: "Members", ..FIELD }, &mut self.members);
        c.i32(&Field { name: "AuthorizedOperations", since: 3, default: -2147483648, ..FIELD }, &mut self.authorized_operations);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribedGroup {}

/// The group members.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribedGroupMember {
    /// The member id.
    pub member_id: String,
    /// The unique identifier of the consumer instance provided by end user.
    pub group_instance_id: Option<String>,
    /// The client ID used in the member's latest join group request.
    pub client_id: String,
    /// The client host.
    pub client_host: String,
    /// The metadata corresponding to the current group protocol in use.
    pub member_metadata: Bytes,
    /// The current assignment provided by the group leader.
    pub member_assignment: Bytes,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribedGroupMember {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "MemberId", ..FIELD }, &mut self.member_id);
        c.nullable_string(
            &Field { name: "GroupInstanceId", since: 4, null_since: 4, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.group_instance_id,
        );
        c.string(&Field { name: "ClientId", ..FIELD }, &mut self.client_id);
        c.string(&Field { name: "ClientHost", ..FIELD }, &mut self.client_host);
        c.bytes(&Field { name: "MemberMetadata", ..FIELD }, &mut self.member_metadata);
        c.bytes(&Field { name: "MemberAssignment", ..FIELD }, &mut self.member_assignment);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribedGroupMember {}

impl Message for DescribeGroupsResponse {
    const NAME: &'static str = "DescribeGroupsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=6;
    const FLEXIBLE_SINCE: i16 = 5;
}

impl Response for DescribeGroupsResponse {
    const KEY: ApiKey = ApiKey::DescribeGroups;
}
