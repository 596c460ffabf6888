//! `EnvelopeRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::EnvelopeResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct EnvelopeRequest {
    pub request_data: Bytes,
    pub request_principal: Option<Bytes>,
    pub client_host_address: Bytes,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for EnvelopeRequest {
    fn default() -> Self {
        Self {
            request_data: Default::default(),
            request_principal: Some(Default::default()),
            client_host_address: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for EnvelopeRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.bytes(&Field { name: "RequestData", ..FIELD }, &mut self.request_data);
        c.nullable_bytes(&Field { name: "RequestPrincipal", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.request_principal);
        c.bytes(&Field { name: "ClientHostAddress", ..FIELD }, &mut self.client_host_address);
        c.tags(&mut self.tags);
    }
}

impl Part for EnvelopeRequest {}

impl Message for EnvelopeRequest {
    const NAME: &'static str = "EnvelopeRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for EnvelopeRequest {
    const KEY: ApiKey = ApiKey::Envelope;
    type Response = EnvelopeResponse;
}
