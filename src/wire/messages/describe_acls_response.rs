//! `DescribeAclsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 3; flexible since 2.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeAclsResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
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

/// What `Resources` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeAclsResource {
    pub resource_type: i8,
    pub resource_name: String,
    /// Since version 1.
    pub pattern_type: i8,
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

/// What `Acls` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AclDescription {
    pub principal: String,
    pub host: String,
    pub operation: i8,
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
