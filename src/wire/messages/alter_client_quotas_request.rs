//! `AlterClientQuotasRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::AlterClientQuotasResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlterClientQuotasRequest {
    pub entries: Vec<EntryData>,
    pub validate_only: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AlterClientQuotasRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Entries", ..FIELD }, &mut self.entries);
        c.bool(&Field { name: "ValidateOnly", ..FIELD }, &mut self.validate_only);
        c.tags(&mut self.tags);
    }
}

impl Part for AlterClientQuotasRequest {}

/// What `Entries` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntryData {
    pub entity: Vec<EntityData>,
    pub ops: Vec<OpData>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for EntryData {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Entity", ..FIELD }, &mut self.entity);
        c.array(&Field { name: "Ops", ..FIELD }, &mut self.ops);
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

/// What `Ops` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpData {
    pub key: String,
    pub value: f64,
    pub remove: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for OpData {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Key", ..FIELD }, &mut self.key);
        c.f64(&Field { name: "Value", ..FIELD }, &mut self.value);
        c.bool(&Field { name: "Remove", ..FIELD }, &mut self.remove);
        c.tags(&mut self.tags);
    }
}

impl Part for OpData {}

impl Message for AlterClientQuotasRequest {
    const NAME: &'static str = "AlterClientQuotasRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 1;
    const TAIL_IGNORED: bool = true;
}

impl Request for AlterClientQuotasRequest {
    const KEY: ApiKey = ApiKey::AlterClientQuotas;
    type Response = AlterClientQuotasResponse;
}
