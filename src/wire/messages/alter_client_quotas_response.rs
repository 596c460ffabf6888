//! `AlterClientQuotasResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlterClientQuotasResponse {
    pub throttle_time_ms: i32,
    pub entries: Vec<EntryData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AlterClientQuotasResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Entries", ..FIELD }, &mut self.entries);
        c.tags(&mut self.tags);
    }
}

impl Part for AlterClientQuotasResponse {}

/// What `Entries` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryData {
    pub error_code: i16,
    pub error_message: Option<String>,
    pub entity: Vec<EntityData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for EntryData {
    fn default() -> Self {
        Self { error_code: 0, error_message: Some(Default::default()), entity: Default::default(), tags: Tags::default() }
    }
}

impl Visit for EntryData {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(&Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.error_message);
        c.array(&Field { name: "Entity", ..FIELD }, &mut self.entity);
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

impl Message for AlterClientQuotasResponse {
    const NAME: &'static str = "AlterClientQuotasResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 1;
}

impl Response for AlterClientQuotasResponse {
    const KEY: ApiKey = ApiKey::AlterClientQuotas;
}
