//! `AlterClientQuotasResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlterClientQuotasResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// The quota configuration entries to alter.
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

/// The quota configuration entries to alter.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryData {
    /// The error code, or `0` if the quota alteration succeeded.
    pub error_code: i16,
    /// The error message, or `null` if the quota alteration succeeded.
    pub error_message: Option<String>,
    /// The quota entity to alter.
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

/// The quota entity to alter.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityData {
    /// The entity type.
    pub entity_type: String,
    /// The name of the entity, or null if the default.
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
