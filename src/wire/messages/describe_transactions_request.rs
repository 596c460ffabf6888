//! `DescribeTransactionsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::DescribeTransactionsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTransactionsRequest {
    pub transactional_ids: Vec<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeTransactionsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "TransactionalIds", ..FIELD }, &mut self.transactional_ids);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeTransactionsRequest {}

impl Message for DescribeTransactionsRequest {
    const NAME: &'static str = "DescribeTransactionsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for DescribeTransactionsRequest {
    const KEY: ApiKey = ApiKey::DescribeTransactions;
    type Response = DescribeTransactionsResponse;
}
