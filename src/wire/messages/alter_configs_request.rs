//! `AlterConfigsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::AlterConfigsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlterConfigsRequest {
    pub resources: Vec<AlterConfigsResource>,
    pub validate_only: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AlterConfigsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Resources", ..FIELD }, &mut self.resources);
        c.bool(&Field { name: "ValidateOnly", ..FIELD }, &mut self.validate_only);
        c.tags(&mut self.tags);
    }
}

impl Part for AlterConfigsRequest {}

/// What `Resources` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlterConfigsResource {
    pub resource_type: i8,
    pub resource_name: String,
    pub configs: Vec<AlterableConfig>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AlterConfigsResource {
    fn visit(&mut self, c: &mut Codec) {
        c.i8(&Field { name: "ResourceType", ..FIELD }, &mut self.resource_type);
        c.string(&Field { name: "ResourceName", ..FIELD }, &mut self.resource_name);
        c.array(&Field { name: "Configs", ..FIELD }, &mut self.configs);
        c.tags(&mut self.tags);
    }
}

impl Part for AlterConfigsResource {}

/// What `Configs` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterableConfig {
    pub name: String,
    pub value: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for AlterableConfig {
    fn default() -> Self {
        Self { name: Default::default(), value: Some(Default::default()), tags: Tags::default() }
    }
}

impl Visit for AlterableConfig {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.nullable_string(&Field { name: "Value", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.value);
        c.tags(&mut self.tags);
    }
}

impl Part for AlterableConfig {}

impl Message for AlterConfigsRequest {
    const NAME: &'static str = "AlterConfigsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 2;
    const TAIL_IGNORED: bool = true;
}

impl Request for AlterConfigsRequest {
    const KEY: ApiKey = ApiKey::AlterConfigs;
    type Response = AlterConfigsResponse;
}
