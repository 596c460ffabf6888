//! `DeleteAclsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 3; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteAclsResponse {
    pub throttle_time_ms: i32,
    pub filter_results: Vec<DeleteAclsFilterResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DeleteAclsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "FilterResults", ..FIELD }, &mut self.filter_results);
        c.tags(&mut self.tags);
    }
}

impl Part for DeleteAclsResponse {}

/// What `FilterResults` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteAclsFilterResult {
    pub error_code: i16,
    pub error_message: Option<String>,
    pub matching_acls: Vec<DeleteAclsMatchingAcl>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DeleteAclsFilterResult {
    fn default() -> Self {
        Self { error_code: 0, error_message: Some(Default::default()), matching_acls: Default::default(), tags: Tags::default() }
    }
}

impl Visit for DeleteAclsFilterResult {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(&Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.error_message);
        c.array(&Field { name: "MatchingAcls", ..FIELD }, &mut self.matching_acls);
        c.tags(&mut self.tags);
    }
}

impl Part for DeleteAclsFilterResult {}

/// What `MatchingAcls` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteAclsMatchingAcl {
    pub error_code: i16,
    pub error_message: Option<String>,
    pub resource_type: i8,
    pub resource_name: String,
    /// Since version 1.
    pub pattern_type: i8,
    pub principal: String,
    pub host: String,
    pub operation: i8,
    pub permission_type: i8,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DeleteAclsMatchingAcl {
    fn default() -> Self {
        Self {
            error_code: 0,
            error_message: Some(Default::default()),
            resource_type: 0,
            resource_name: Default::default(),
            pattern_type: 3,
            principal: Default::default(),
            host: Default::default(),
            operation: 0,
            permission_type: 0,
            tags: Tags::default(),
        }
    }
}

impl Visit for DeleteAclsMatchingAcl {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(&Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.error_message);
        c.i8(&Field { name: "ResourceType", ..FIELD }, &mut self.resource_type);
        c.string(&Field { name: "ResourceName", ..FIELD }, &mut self.resource_name);
        c.i8(&Field { name: "PatternType", since: 1, default: 3, ..FIELD }, &mut self.pattern_type);
        c.string(&Field { name: "Principal", ..FIELD }, &mut self.principal);
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.i8(&Field { name: "Operation", ..FIELD }, &mut self.operation);
        c.i8(&Field { name: "PermissionType", ..FIELD }, &mut self.permission_type);
        c.tags(&mut self.tags);
    }
}

impl Part for DeleteAclsMatchingAcl {}

impl Message for DeleteAclsResponse {
    const NAME: &'static str = "DeleteAclsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=3;
    const FLEXIBLE_SINCE: i16 = 2;
}

impl Response for DeleteAclsResponse {
    const KEY: ApiKey = ApiKey::DeleteAcls;
}
