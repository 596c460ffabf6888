//! `AddOffsetsToTxnRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::AddOffsetsToTxnResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 4; flexible since 3.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddOffsetsToTxnRequest {
    pub transactional_id: String,
    pub producer_id: i64,
    pub producer_epoch: i16,
    pub group_id: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AddOffsetsToTxnRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "TransactionalId", ..FIELD }, &mut self.transactional_id);
        c.i64(&Field { name: "ProducerId", ..FIELD }, &mut self.producer_id);
        c.i16(&Field { name: "ProducerEpoch", ..FIELD }, &mut self.producer_epoch);
        c.string(&Field { name: "GroupId", ..FIELD }, &mut self.group_id);
        c.tags(&mut self.tags);
    }
}

impl Part for AddOffsetsToTxnRequest {}

impl Message for AddOffsetsToTxnRequest {
    const NAME: &'static str = "AddOffsetsToTxnRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=4;
    const FLEXIBLE_SINCE: i16 = 3;
    const TAIL_IGNORED: bool = true;
}

impl Request for AddOffsetsToTxnRequest {
    const KEY: ApiKey = ApiKey::AddOffsetsToTxn;
    type Response = AddOffsetsToTxnResponse;
}
