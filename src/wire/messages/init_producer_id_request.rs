//! `InitProducerIdRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::InitProducerIdResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 6; flexible since 2.
#[derive(Clone, Debug, PartialEq)]
pub struct InitProducerIdRequest {
    pub transactional_id: Option<String>,
    pub transaction_timeout_ms: i32,
    /// Since version 3.
    pub producer_id: i64,
    /// Since version 3.
    pub producer_epoch: i16,
    /// Since version 6.
    pub enable2_pc: bool,
    /// Since version 6.
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
