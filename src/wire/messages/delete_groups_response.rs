//! `DeleteGroupsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteGroupsResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// The deletion results.
    pub results: Vec<DeletableGroupResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DeleteGroupsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Results", ..FIELD }, &mut self.results);
        c.tags(&mut self.tags);
    }
}

impl Part for DeleteGroupsResponse {}

/// The deletion results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeletableGroupResult {
    /// The group id.
    pub group_id: String,
    /// The deletion error, or 0 if the deletion succeeded.
    pub error_code: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DeletableGroupResult {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", ..FIELD }, &mut self.group_id);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.tags(&mut self.tags);
    }
}

impl Part for DeletableGroupResult {}

impl Message for DeleteGroupsResponse {
    const NAME: &'static str = "DeleteGroupsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 2;
}

impl Response for DeleteGroupsResponse {
    const KEY: ApiKey = ApiKey::DeleteGroups;
}
