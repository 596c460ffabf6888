//! `ShareGroupDescribeRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ShareGroupDescribeResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 1; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareGroupDescribeRequest {
    pub group_ids: Vec<String>,
    pub include_authorized_operations: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ShareGroupDescribeRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "GroupIds", ..FIELD }, &mut self.group_ids);
        c.bool(&Field { name: "IncludeAuthorizedOperations", ..FIELD }, &mut self.include_authorized_operations);
        c.tags(&mut self.tags);
    }
}

impl Part for ShareGroupDescribeRequest {}

impl Message for ShareGroupDescribeRequest {
    const NAME: &'static str = "ShareGroupDescribeRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=1;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for ShareGroupDescribeRequest {
    const KEY: ApiKey = ApiKey::ShareGroupDescribe;
    type Response = ShareGroupDescribeResponse;
}
