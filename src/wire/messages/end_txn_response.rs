//! `EndTxnResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 5; flexible since 3.
#[derive(Clone, Debug, PartialEq)]
pub struct EndTxnResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    /// Since version 5.
    pub producer_id: i64,
    /// Since version 5.
    pub producer_epoch: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for EndTxnResponse {
    fn default() -> Self {
        Self { throttle_time_ms: 0, error_code: 0, producer_id: -1, producer_epoch: -1, tags: Tags::default() }
    }
}

impl Visit for EndTxnResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.i64(&Field { name: "ProducerId", since: 5, default: -1, ignorable: true, ..FIELD }, &mut self.producer_id);
        c.i16(&Field { name: "ProducerEpoch", since: 5, default: -1, ignorable: true, ..FIELD }, &mut self.producer_epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for EndTxnResponse {}

impl Message for EndTxnResponse {
    const NAME: &'static str = "EndTxnResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=5;
    const FLEXIBLE_SINCE: i16 = 3;
}

impl Response for EndTxnResponse {
    const KEY: ApiKey = ApiKey::EndTxn;
}
