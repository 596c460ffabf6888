//! `DescribeAclsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 3; flexible since 2.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeAclsResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// The error code, or 0 if there was no error.
    pub error_code: i16,
    /// The error message, or null if there was no error.
    pub error_message: Option<String>,
    /// Each Resource that is referenced in an ACL.
    pub resources: Vec<DescribeAclsResource>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeAclsResponse {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: 0,
            error_message: Some(Default::default()),
            resources: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for DescribeAclsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(&Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.error_message);
        c.array(&Field { name: "Resources", ..FIELD }, &mut self.resources);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeAclsResponse {}

/// Each Resource that is referenced in an ACL.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeAclsResource {
    /// The resource type.
    pub resource_type: i8,
    /// The resource name.
    pub resource_name: String,
    /// The resource pattern type.
    pub pattern_type: i8,
    /// The ACLs.
    pub acls: Vec<AclDescription>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeAclsResource {
    fn default() -> Self {
        Self { resource_type: 0, resource_name: Default::default(), pattern_type: 3, acls: Default::default(), tags: Tags::default() }
    }
}

impl Visit for DescribeAclsResource {
    fn visit(&mut self, c: &mut Codec) {
        c.i8(&Field { name: "ResourceType", ..FIELD }, &mut self.resource_type);
        c.string(&Field { name: "ResourceName", ..FIELD }, &mut self.resource_name);
        c.i8(&Field { name: "PatternType", since: 1, default: 3, ..FIELD }, &mut self.pattern_type);
        c.array(&Field { name: "Acls", ..FIELD }, &mut self.acls);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeAclsResource {}

/// The ACLs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AclDescription {
    /// The ACL principal.
    pub principal: String,
    /// The ACL host.
    pub host: String,
    /// The ACL operation.
    pub operation: i8,
    /// The ACL permission type.
    pub permission_type: i8,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AclDescription {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Principal", ..FIELD }, &mut self.principal);
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.i8(&Field { name: "Operation", ..FIELD }, &mut self.operation);
        c.i8(&Field { name: "PermissionType", ..FIELD }, &mut self.permission_type);
        c.tags(&mut self.tags);
    }
}

impl Part for AclDescription {}

impl Message for DescribeAclsResponse {
    const NAME: &'static str = "DescribeAclsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=3;
    const FLEXIBLE_SINCE: i16 = 2;
}

impl Response for DescribeAclsResponse {
    const KEY: ApiKey = ApiKey::DescribeAcls;
}
