//! `ConfigRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfigRecord {
    pub resource_type: i8,
    pub resource_name: String,
    pub name: String,
    pub value: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ConfigRecord {
    fn default() -> Self {
        Self {
            resource_type: 0,
            resource_name: Default::default(),
            name: Default::default(),
            value: Some(Default::default()),
            tags: Tags::default(),
        }
    }
}

impl Visit for ConfigRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.i8(&Field { name: "ResourceType", ..FIELD }, &mut self.resource_type);
        c.string(&Field { name: "ResourceName", ..FIELD }, &mut self.resource_name);
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.nullable_string(&Field { name: "Value", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.value);
        c.tags(&mut self.tags);
    }
}

impl Part for ConfigRecord {}

impl Message for ConfigRecord {
    const NAME: &'static str = "ConfigRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
