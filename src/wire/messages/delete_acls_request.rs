//! `DeleteAclsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::DeleteAclsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 3; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteAclsRequest {
    pub filters: Vec<DeleteAclsFilter>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DeleteAclsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Filters", ..FIELD }, &mut self.filters);
        c.tags(&mut self.tags);
    }
}

impl Part for DeleteAclsRequest {}

/// What `Filters` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteAclsFilter {
    pub resource_type_filter: i8,
    pub resource_name_filter: Option<String>,
    /// Since version 1.
    pub pattern_type_filter: i8,
    pub principal_filter: Option<String>,
    pub host_filter: Option<String>,
    pub operation: i8,
    pub permission_type: i8,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DeleteAclsFilter {
    fn default() -> Self {
        Self {
            resource_type_filter: 0,
            resource_name_filter: Some(Default::default()),
            pattern_type_filter: 3,
            principal_filter: Some(Default::default()),
            host_filter: Some(Default::default()),
            operation: 0,
            permission_type: 0,
            tags: Tags::default(),
        }
    }
}

impl Visit for DeleteAclsFilter {
    fn visit(&mut self, c: &mut Codec) {
        c.i8(&Field { name: "ResourceTypeFilter", ..FIELD }, &mut self.resource_type_filter);
        c.nullable_string(
            &Field { name: "ResourceNameFilter", null_since: 0, null_until: i16::MAX, ..FIELD },
            &mut self.resource_name_filter,
        );
        c.i8(&Field { name: "PatternTypeFilter", since: 1, default: 3, ..FIELD }, &mut self.pattern_type_filter);
        c.nullable_string(&Field { name: "PrincipalFilter", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.principal_filter);
        c.nullable_string(&Field { name: "HostFilter", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.host_filter);
        c.i8(&Field { name: "Operation", ..FIELD }, &mut self.operation);
        c.i8(&Field { name: "PermissionType", ..FIELD }, &mut self.permission_type);
        c.tags(&mut self.tags);
    }
}

impl Part for DeleteAclsFilter {}

impl Message for DeleteAclsRequest {
    const NAME: &'static str = "DeleteAclsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=3;
    const FLEXIBLE_SINCE: i16 = 2;
    const TAIL_IGNORED: bool = true;
}

impl Request for DeleteAclsRequest {
    const KEY: ApiKey = ApiKey::DeleteAcls;
    type Response = DeleteAclsResponse;
}
