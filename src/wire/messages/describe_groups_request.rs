//! `DescribeGroupsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::DescribeGroupsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 6; flexible since 5.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeGroupsRequest {
    pub groups: Vec<String>,
    /// Since version 3.
    pub include_authorized_operations: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeGroupsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Groups", ..FIELD }, &mut self.groups);
        c.bool(&Field { name: "IncludeAuthorizedOperations", since: 3, ..FIELD }, &mut self.include_authorized_operations);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeGroupsRequest {}

impl Message for DescribeGroupsRequest {
    const NAME: &'static str = "DescribeGroupsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=6;
    const FLEXIBLE_SINCE: i16 = 5;
    const TAIL_IGNORED: bool = true;
}

impl Request for DescribeGroupsRequest {
    const KEY: ApiKey = ApiKey::DescribeGroups;
    type Response = DescribeGroupsResponse;
}
