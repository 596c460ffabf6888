//! `ExpireDelegationTokenRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ExpireDelegationTokenResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 1 to 2; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExpireDelegationTokenRequest {
    pub hmac: Bytes,
    pub expiry_time_period_ms: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ExpireDelegationTokenRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.bytes(&Field { name: "Hmac", ..FIELD }, &mut self.hmac);
        c.i64(&Field { name: "ExpiryTimePeriodMs", ..FIELD }, &mut self.expiry_time_period_ms);
        c.tags(&mut self.tags);
    }
}

impl Part for ExpireDelegationTokenRequest {}

impl Message for ExpireDelegationTokenRequest {
    const NAME: &'static str = "ExpireDelegationTokenRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=2;
    const FLEXIBLE_SINCE: i16 = 2;
    const TAIL_IGNORED: bool = true;
}

impl Request for ExpireDelegationTokenRequest {
    const KEY: ApiKey = ApiKey::ExpireDelegationToken;
    type Response = ExpireDelegationTokenResponse;
}
