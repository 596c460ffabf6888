//! `ListTransactionsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ListTransactionsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ListTransactionsRequest {
    pub state_filters: Vec<String>,
    pub producer_id_filters: Vec<i64>,
    /// Since version 1.
    pub duration_filter: i64,
    /// Since version 2.
    pub transactional_id_pattern: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ListTransactionsRequest {
    fn default() -> Self {
        Self {
            state_filters: Default::default(),
            producer_id_filters: Default::default(),
            duration_filter: -1,
            transactional_id_pattern: None,
            tags: Tags::default(),
        }
    }
}

impl Visit for ListTransactionsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "StateFilters", ..FIELD }, &mut self.state_filters);
        c.array(&Field { name: "ProducerIdFilters", ..FIELD }, &mut self.producer_id_filters);
        c.i64(&Field { name: "DurationFilter", since: 1, default: -1, ..FIELD }, &mut self.duration_filter);
        c.nullable_string(
            &Field { name: "TransactionalIdPattern", since: 2, null_since: 2, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.transactional_id_pattern,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for ListTransactionsRequest {}

impl Message for ListTransactionsRequest {
    const NAME: &'static str = "ListTransactionsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for ListTransactionsRequest {
    const KEY: ApiKey = ApiKey::ListTransactions;
    type Response = ListTransactionsResponse;
}
