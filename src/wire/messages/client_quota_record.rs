//! `ClientQuotaRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientQuotaRecord {
    pub entity: Vec<EntityData>,
    pub key: String,
    pub value: f64,
    pub remove: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ClientQuotaRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Entity", ..FIELD }, &mut self.entity);
        c.string(&Field { name: "Key", ..FIELD }, &mut self.key);
        c.f64(&Field { name: "Value", ..FIELD }, &mut self.value);
        c.bool(&Field { name: "Remove", ..FIELD }, &mut self.remove);
        c.tags(&mut self.tags);
    }
}

impl Part for ClientQuotaRecord {}

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

impl Message for ClientQuotaRecord {
    const NAME: &'static str = "ClientQuotaRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
