//! `ListTransactionsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTransactionsResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub unknown_state_filters: Vec<String>,
    pub transaction_states: Vec<TransactionState>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ListTransactionsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.array(&Field { name: "UnknownStateFilters", ..FIELD }, &mut self.unknown_state_filters);
        c.array(&Field { name: "TransactionStates", ..FIELD }, &mut self.transaction_states);
        c.tags(&mut self.tags);
    }
}

impl Part for ListTransactionsResponse {}

/// What `TransactionStates` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransactionState {
    pub transactional_id: String,
    pub producer_id: i64,
    pub transaction_state: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TransactionState {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "TransactionalId", ..FIELD }, &mut self.transactional_id);
        c.i64(&Field { name: "ProducerId", ..FIELD }, &mut self.producer_id);
        c.string(&Field { name: "TransactionState", ..FIELD }, &mut self.transaction_state);
        c.tags(&mut self.tags);
    }
}

impl Part for TransactionState {}

impl Message for ListTransactionsResponse {
    const NAME: &'static str = "ListTransactionsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for ListTransactionsResponse {
    const KEY: ApiKey = ApiKey::ListTransactions;
}
