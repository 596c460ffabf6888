//! `SaslHandshakeRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::SaslHandshakeResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};

/// Versions 0 to 1; never flexible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SaslHandshakeRequest {
    pub mechanism: String,
}

impl Visit for SaslHandshakeRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Mechanism", ..FIELD }, &mut self.mechanism);
    }
}

impl Part for SaslHandshakeRequest {}

impl Message for SaslHandshakeRequest {
    const NAME: &'static str = "SaslHandshakeRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
    const TAIL_IGNORED: bool = true;
}

impl Request for SaslHandshakeRequest {
    const KEY: ApiKey = ApiKey::SaslHandshake;
    type Response = SaslHandshakeResponse;
}
