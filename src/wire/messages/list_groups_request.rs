//! `ListGroupsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ListGroupsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 5; flexible since 3.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListGroupsRequest {
    /// Since version 4.
    pub states_filter: Vec<String>,
    /// Since version 5.
    pub types_filter: Vec<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ListGroupsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "StatesFilter", since: 4, ..FIELD }, &mut self.states_filter);
        c.array(&Field { name: "TypesFilter", since: 5, ..FIELD }, &mut self.types_filter);
        c.tags(&mut self.tags);
    }
}

impl Part for ListGroupsRequest {}

impl Message for ListGroupsRequest {
    const NAME: &'static str = "ListGroupsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=5;
    const FLEXIBLE_SINCE: i16 = 3;
    const TAIL_IGNORED: bool = true;
}

impl Request for ListGroupsRequest {
    const KEY: ApiKey = ApiKey::ListGroups;
    type Response = ListGroupsResponse;
}
