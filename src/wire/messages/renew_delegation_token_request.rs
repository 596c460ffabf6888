//! `RenewDelegationTokenRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::RenewDelegationTokenResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 1 to 2; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RenewDelegationTokenRequest {
    pub hmac: Bytes,
    pub renew_period_ms: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for RenewDelegationTokenRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.bytes(&Field { name: "Hmac", ..FIELD }, &mut self.hmac);
        c.i64(&Field { name: "RenewPeriodMs", ..FIELD }, &mut self.renew_period_ms);
        c.tags(&mut self.tags);
    }
}

impl Part for RenewDelegationTokenRequest {}

impl Message for RenewDelegationTokenRequest {
    const NAME: &'static str = "RenewDelegationTokenRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=2;
    const FLEXIBLE_SINCE: i16 = 2;
    const TAIL_IGNORED: bool = true;
}

impl Request for RenewDelegationTokenRequest {
    const KEY: ApiKey = ApiKey::RenewDelegationToken;
    type Response = RenewDelegationTokenResponse;
}
