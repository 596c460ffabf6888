//! `FindCoordinatorRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::FindCoordinatorResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 6; flexible since 3.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FindCoordinatorRequest {
    /// Versions 0 to 3.
    pub key: String,
    /// Since version 1.
    pub key_type: i8,
    /// Since version 4.
    pub coordinator_keys: Vec<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for FindCoordinatorRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Key", until: 3, ..FIELD }, &mut self.key);
        c.i8(&Field { name: "KeyType", since: 1, ..FIELD }, &mut self.key_type);
        c.array(&Field { name: "CoordinatorKeys", since: 4, ..FIELD }, &mut self.coordinator_keys);
        c.tags(&mut self.tags);
    }
}

impl Part for FindCoordinatorRequest {}

impl Message for FindCoordinatorRequest {
    const NAME: &'static str = "FindCoordinatorRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=6;
    const FLEXIBLE_SINCE: i16 = 3;
    const TAIL_IGNORED: bool = true;
}

impl Request for FindCoordinatorRequest {
    const KEY: ApiKey = ApiKey::FindCoordinator;
    type Response = FindCoordinatorResponse;
}
