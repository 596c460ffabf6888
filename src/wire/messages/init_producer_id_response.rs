//! `InitProducerIdResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 6; flexible since 2.
#[derive(Clone, Debug, PartialEq)]
pub struct InitProducerIdResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub producer_id: i64,
    pub producer_epoch: i16,
    /// Since version 6.
    pub ongoing_txn_producer_id: i64,
    /// Since version 6.
    pub ongoing_txn_producer_epoch: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for InitProducerIdResponse {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: 0,
            producer_id: -1,
            producer_epoch: 0,
            ongoing_txn_producer_id: -1,
            ongoing_txn_producer_epoch: -1,
            tags: Tags::default(),
        }
    }
}

impl Visit for InitProducerIdResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.i64(&Field { name: "ProducerId", default: -1, ..FIELD }, &mut self.producer_id);
        c.i16(&Field { name: "ProducerEpoch", ..FIELD }, &mut self.producer_epoch);
        c.i64(&Field { name: "OngoingTxnProducerId", since: 6, default: -1, ..FIELD }, &mut self.ongoing_txn_producer_id);
        c.i16(&Field { name: "OngoingTxnProducerEpoch", since: 6, default: -1, ..FIELD }, &mut self.ongoing_txn_producer_epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for InitProducerIdResponse {}

impl Message for InitProducerIdResponse {
    const NAME: &'static str = "InitProducerIdResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=6;
    const FLEXIBLE_SINCE: i16 = 2;
}

impl Response for InitProducerIdResponse {
    const KEY: ApiKey = ApiKey::InitProducerId;
}
