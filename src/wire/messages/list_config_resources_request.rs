//! `ListConfigResourcesRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ListConfigResourcesResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListConfigResourcesRequest {
    /// Since version 1.
    pub resource_types: Vec<i8>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ListConfigResourcesRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "ResourceTypes", since: 1, ..FIELD }, &mut self.resource_types);
        c.tags(&mut self.tags);
    }
}

impl Part for ListConfigResourcesRequest {}

impl Message for ListConfigResourcesRequest {
    const NAME: &'static str = "ListConfigResourcesRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for ListConfigResourcesRequest {
    const KEY: ApiKey = ApiKey::ListConfigResources;
    type Response = ListConfigResourcesResponse;
}
