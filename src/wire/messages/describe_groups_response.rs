//! `DescribeGroupsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 6; flexible since 5.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeGroupsResponse {
    /// Since version 1.
    pub throttle_time_ms: i32,
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

/// What `Groups` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedGroup {
    pub error_code: i16,
    /// Since version 6.
    pub error_message: Option<String>,
    pub group_id: String,
    pub group_state: String,
    pub protocol_type: String,
    pub protocol_data: String,
    pub members: Vec<DescribedGroupMember>,
    /// Since version 3.
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

/// What `Members` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribedGroupMember {
    pub member_id: String,
    /// Since version 4.
    pub group_instance_id: Option<String>,
    pub client_id: String,
    pub client_host: String,
    pub member_metadata: Bytes,
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
