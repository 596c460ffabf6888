//! `EndTxnRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::EndTxnResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 5; flexible since 3.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EndTxnRequest {
    pub transactional_id: String,
    pub producer_id: i64,
    pub producer_epoch: i16,
    pub committed: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for EndTxnRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "TransactionalId", ..FIELD }, &mut self.transactional_id);
        c.i64(&Field { name: "ProducerId", ..FIELD }, &mut self.producer_id);
        c.i16(&Field { name: "ProducerEpoch", ..FIELD }, &mut self.producer_epoch);
        c.bool(&Field { name: "Committed", ..FIELD }, &mut self.committed);
        c.tags(&mut self.tags);
    }
}

impl Part for EndTxnRequest {}

impl Message for EndTxnRequest {
    const NAME: &'static str = "EndTxnRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=5;
    const FLEXIBLE_SINCE: i16 = 3;
    const TAIL_IGNORED: bool = true;
}

impl Request for EndTxnRequest {
    const KEY: ApiKey = ApiKey::EndTxn;
    type Response = EndTxnResponse;
}
