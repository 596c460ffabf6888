//! `DescribeClientQuotasRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::DescribeClientQuotasResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeClientQuotasRequest {
    pub components: Vec<ComponentData>,
    pub strict: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeClientQuotasRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Components", ..FIELD }, &mut self.components);
        c.bool(&Field { name: "Strict", ..FIELD }, &mut self.strict);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeClientQuotasRequest {}

/// What `Components` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ComponentData {
    pub entity_type: String,
    pub match_type: i8,
    pub match_: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ComponentData {
    fn default() -> Self {
        Self { entity_type: Default::default(), match_type: 0, match_: Some(Default::default()), tags: Tags::default() }
    }
}

impl Visit for ComponentData {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "EntityType", ..FIELD }, &mut self.entity_type);
        c.i8(&Field { name: "MatchType", ..FIELD }, &mut self.match_type);
        c.nullable_string(&Field { name: "Match", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.match_);
        c.tags(&mut self.tags);
    }
}

impl Part for ComponentData {}

impl Message for DescribeClientQuotasRequest {
    const NAME: &'static str = "DescribeClientQuotasRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 1;
    const TAIL_IGNORED: bool = true;
}

impl Request for DescribeClientQuotasRequest {
    const KEY: ApiKey = ApiKey::DescribeClientQuotas;
    type Response = DescribeClientQuotasResponse;
}
