//! `DescribeConfigsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::DescribeConfigsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 4; flexible since 4.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeConfigsRequest {
    pub resources: Vec<DescribeConfigsResource>,
    /// Since version 1.
    pub include_synonyms: bool,
    /// Since version 3.
    pub include_documentation: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeConfigsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Resources", ..FIELD }, &mut self.resources);
        c.bool(&Field { name: "IncludeSynonyms", since: 1, ..FIELD }, &mut self.include_synonyms);
        c.bool(&Field { name: "IncludeDocumentation", since: 3, ..FIELD }, &mut self.include_documentation);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeConfigsRequest {}

/// What `Resources` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeConfigsResource {
    pub resource_type: i8,
    pub resource_name: String,
    pub configuration_keys: Option<Vec<String>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeConfigsResource {
    fn default() -> Self {
        Self { resource_type: 0, resource_name: Default::default(), configuration_keys: Some(Default::default()), tags: Tags::default() }
    }
}

impl Visit for DescribeConfigsResource {
    fn visit(&mut self, c: &mut Codec) {
        c.i8(&Field { name: "ResourceType", ..FIELD }, &mut self.resource_type);
        c.string(&Field { name: "ResourceName", ..FIELD }, &mut self.resource_name);
        c.nullable_array(&Field { name: "ConfigurationKeys", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.configuration_keys);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeConfigsResource {}

impl Message for DescribeConfigsRequest {
    const NAME: &'static str = "DescribeConfigsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=4;
    const FLEXIBLE_SINCE: i16 = 4;
    const TAIL_IGNORED: bool = true;
}

impl Request for DescribeConfigsRequest {
    const KEY: ApiKey = ApiKey::DescribeConfigs;
    type Response = DescribeConfigsResponse;
}
