//! `ListConfigResourcesResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListConfigResourcesResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub config_resources: Vec<ConfigResource>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ListConfigResourcesResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.array(&Field { name: "ConfigResources", ..FIELD }, &mut self.config_resources);
        c.tags(&mut self.tags);
    }
}

impl Part for ListConfigResourcesResponse {}

/// What `ConfigResources` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfigResource {
    pub resource_name: String,
    /// Since version 1.
    pub resource_type: i8,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ConfigResource {
    fn default() -> Self {
        Self { resource_name: Default::default(), resource_type: 16, tags: Tags::default() }
    }
}

impl Visit for ConfigResource {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "ResourceName", ..FIELD }, &mut self.resource_name);
        c.i8(&Field { name: "ResourceType", since: 1, default: 16, ignorable: true, ..FIELD }, &mut self.resource_type);
        c.tags(&mut self.tags);
    }
}

impl Part for ConfigResource {}

impl Message for ListConfigResourcesResponse {
    const NAME: &'static str = "ListConfigResourcesResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for ListConfigResourcesResponse {
    const KEY: ApiKey = ApiKey::ListConfigResources;
}
