//! `DescribeConfigsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 4; flexible since 4.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeConfigsResponse {
    pub throttle_time_ms: i32,
    pub results: Vec<DescribeConfigsResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeConfigsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Results", ..FIELD }, &mut self.results);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeConfigsResponse {}

/// What `Results` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeConfigsResult {
    pub error_code: i16,
    pub error_message: Option<String>,
    pub resource_type: i8,
    pub resource_name: String,
    pub configs: Vec<DescribeConfigsResourceResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeConfigsResult {
    fn default() -> Self {
        Self {
            error_code: 0,
            error_message: Some(Default::default()),
            resource_type: 0,
            resource_name: Default::default(),
            configs: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for DescribeConfigsResult {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(&Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.error_message);
        c.i8(&Field { name: "ResourceType", ..FIELD }, &mut self.resource_type);
        c.string(&Field { name: "ResourceName", ..FIELD }, &mut self.resource_name);
        c.array(&Field { name: "Configs", ..FIELD }, &mut self.configs);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeConfigsResult {}

/// What `Configs` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeConfigsResourceResult {
    pub name: String,
    pub value: Option<String>,
    pub read_only: bool,
    /// Since version 1.
    pub config_source: i8,
    pub is_sensitive: bool,
    /// Since version 1.
    pub synonyms: Vec<DescribeConfigsSynonym>,
    /// Since version 3.
    pub config_type: i8,
    /// Since version 3.
    pub documentation: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeConfigsResourceResult {
    fn default() -> Self {
        Self {
            name: Default::default(),
            value: Some(Default::default()),
            read_only: false,
            config_source: -1,
            is_sensitive: false,
            synonyms: Default::default(),
            config_type: 0,
            documentation: Some(Default::default()),
            tags: Tags::default(),
        }
    }
}

impl Visit for DescribeConfigsResourceResult {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.nullable_string(&Field { name: "Value", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.value);
        c.bool(&Field { name: "ReadOnly", ..FIELD }, &mut self.read_only);
        c.i8(&Field { name: "ConfigSource", since: 1, default: -1, ignorable: true, ..FIELD }, &mut self.config_source);
        c.bool(&Field { name: "IsSensitive", ..FIELD }, &mut self.is_sensitive);
        c.array(&Field { name: "Synonyms", since: 1, ignorable: true, ..FIELD }, &mut self.synonyms);
        c.i8(&Field { name: "ConfigType", since: 3, ignorable: true, ..FIELD }, &mut self.config_type);
        c.nullable_string(
            &Field { name: "Documentation", since: 3, null_since: 0, null_until: i16::MAX, ignorable: true, ..FIELD },
            &mut self.documentation,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeConfigsResourceResult {}

/// What `Synonyms` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeConfigsSynonym {
    /// Since version 1.
    pub name: String,
    /// Since version 1.
    pub value: Option<String>,
    /// Since version 1.
    pub source: i8,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeConfigsSynonym {
    fn default() -> Self {
        Self { name: Default::default(), value: Some(Default::default()), source: 0, tags: Tags::default() }
    }
}

impl Visit for DescribeConfigsSynonym {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", since: 1, ..FIELD }, &mut self.name);
        c.nullable_string(&Field { name: "Value", since: 1, null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.value);
        c.i8(&Field { name: "Source", since: 1, ..FIELD }, &mut self.source);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeConfigsSynonym {}

impl Message for DescribeConfigsResponse {
    const NAME: &'static str = "DescribeConfigsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=4;
    const FLEXIBLE_SINCE: i16 = 4;
}

impl Response for DescribeConfigsResponse {
    const KEY: ApiKey = ApiKey::DescribeConfigs;
}
