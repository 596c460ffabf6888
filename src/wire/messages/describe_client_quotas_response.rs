//! `DescribeClientQuotasResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 1.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeClientQuotasResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
    pub entries: Option<Vec<EntryData>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeClientQuotasResponse {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: 0,
            error_message: Some(Default::default()),
            entries: Some(Default::default()),
            tags: Tags::default(),
        }
    }
}

impl Visit for DescribeClientQuotasResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(&Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.error_message);
        c.nullable_array(&Field { name: "Entries", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.entries);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeClientQuotasResponse {}

/// What `Entries` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntryData {
    pub entity: Vec<EntityData>,
    pub values: Vec<ValueData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for EntryData {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Entity", ..FIELD }, &mut self.entity);
        c.array(&Field { name: "Values", ..FIELD }, &mut self.values);
        c.tags(&mut self.tags);
    }
}

impl Part for EntryData {}

/// What `Entity` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityData {
    pub entity_type: String,
    pub entity_name: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for EntityData {
    fn default() -> Self {
        Self { entity_type: Default::default(), entity_name: Some(Default::default()), tags: Tags::default() }
    }
}

impl Visit for EntityData {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "EntityType", ..FIELD }, &mut self.entity_type);
        c.nullable_string(&Field { name: "EntityName", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.entity_name);
        c.tags(&mut self.tags);
    }
}

impl Part for EntityData {}

/// What `Values` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueData {
    pub key: String,
    pub value: f64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ValueData {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Key", ..FIELD }, &mut self.key);
        c.f64(&Field { name: "Value", ..FIELD }, &mut self.value);
        c.tags(&mut self.tags);
    }
}

impl Part for ValueData {}

impl Message for DescribeClientQuotasResponse {
    const NAME: &'static str = "DescribeClientQuotasResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 1;
}

impl Response for DescribeClientQuotasResponse {
    const KEY: ApiKey = ApiKey::DescribeClientQuotas;
}
