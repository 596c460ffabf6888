//! `InitProducerIdRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::InitProducerIdResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 6; flexible since 2.
#[derive(Clone, Debug, PartialEq)]
pub struct InitProducerIdRequest {
    /// The transactional id, or null if the producer is not transactional.
    pub transactional_id: Option<String>,
    /// The time in ms to wait before aborting idle transactions sent by this producer. This is only relevant if a TransactionalId
    /// has been defined.
    pub transaction_timeout_ms: i32,
    /// The producer id. This is used to disambiguate requests if a transactional id is reused following its expiration.
    pub producer_id: i64,
    /// The producer's current epoch. This will be checked against the producer epoch on the broker, and the request will return an
    /// error if they do not match.
    pub producer_epoch: i16,
    /// True if the client wants to enable two-phase commit (2PC) protocol for transactions.
    pub enable2_pc: bool,
    /// True if the client wants to keep the currently ongoing transaction instead of aborting it.
    pub keep_prepared_txn: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for InitProducerIdRequest {
    fn default() -> Self {
        Self {
            transactional_id: Some(Default::default()),
            transaction_timeout_ms: 0,
            producer_id: -1,
            producer_epoch: -1,
            enable2_pc: false,
            keep_prepared_txn: false,
            tags: Tags::default(),
        }
    }
}

impl Visit for InitProducerIdRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(&Field { name: "TransactionalId", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.transactional_id);
        c.i32(&Field { name: "TransactionTimeoutMs", ..FIELD }, &mut self.transaction_timeout_ms);
        c.i64(&Field { name: "ProducerId", since: 3, default: -1, ..FIELD }, &mut self.producer_id);
        c.i16(&Field { name: "ProducerEpoch", since: 3, default: -1, ..FIELD }, &mut self.producer_epoch);
        c.bool(&Field { name: "Enable2Pc", since: 6, ..FIELD }, &mut self.enable2_pc);
        c.bool(&Field { name: "KeepPreparedTxn", since: 6, ..FIELD }, &mut self.keep_prepared_txn);
        c.tags(&mut self.tags);
    }
}

impl Part for InitProducerIdRequest {}

impl Message for InitProducerIdRequest {
    const NAME: &'static str = "InitProducerIdRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=6;
    const FLEXIBLE_SINCE: i16 = 2;
    const TAIL_IGNORED: bool = true;
}

impl Request for InitProducerIdRequest {
    const KEY: ApiKey = ApiKey::InitProducerId;
    type Response = InitProducerIdResponse;
}
