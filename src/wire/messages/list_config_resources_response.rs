//! `ListConfigResourcesResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListConfigResourcesResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// The error code, or 0 if there was no error.
    pub error_code: i16,
    /// Each config resource in the response.
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

/// Each config resource in the response.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfigResource {
    /// The resource name.
    pub resource_name: String,
    /// The resource type.
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
