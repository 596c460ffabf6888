//! `CreateAclsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::CreateAclsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 3; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateAclsRequest {
    pub creations: Vec<AclCreation>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for CreateAclsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Creations", ..FIELD }, &mut self.creations);
        c.tags(&mut self.tags);
    }
}

impl Part for CreateAclsRequest {}

/// What `Creations` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct AclCreation {
    pub resource_type: i8,
    pub resource_name: String,
    /// Since version 1.
    pub resource_pattern_type: i8,
    pub principal: String,
    pub host: String,
    pub operation: i8,
    pub permission_type: i8,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for AclCreation {
    fn default() -> Self {
        Self {
            resource_type: 0,
            resource_name: Default::default(),
            resource_pattern_type: 3,
            principal: Default::default(),
            host: Default::default(),
            operation: 0,
            permission_type: 0,
            tags: Tags::default(),
        }
    }
}

impl Visit for AclCreation {
    fn visit(&mut self, c: &mut Codec) {
        c.i8(&Field { name: "ResourceType", ..FIELD }, &mut self.resource_type);
        c.string(&Field { name: "ResourceName", ..FIELD }, &mut self.resource_name);
        c.i8(&Field { name: "ResourcePatternType", since: 1, default: 3, ..FIELD }, &mut self.resource_pattern_type);
        c.string(&Field { name: "Principal", ..FIELD }, &mut self.principal);
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.i8(&Field { name: "Operation", ..FIELD }, &mut self.operation);
        c.i8(&Field { name: "PermissionType", ..FIELD }, &mut self.permission_type);
        c.tags(&mut self.tags);
    }
}

impl Part for AclCreation {}

impl Message for CreateAclsRequest {
    const NAME: &'static str = "CreateAclsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=3;
    const FLEXIBLE_SINCE: i16 = 2;
    const TAIL_IGNORED: bool = true;
}

impl Request for CreateAclsRequest {
    const KEY: ApiKey = ApiKey::CreateAcls;
    type Response = CreateAclsResponse;
}
