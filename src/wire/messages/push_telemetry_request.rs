//! `PushTelemetryRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::PushTelemetryResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PushTelemetryRequest {
    pub client_instance_id: Uuid,
    pub subscription_id: i32,
    pub terminating: bool,
    pub compression_type: i8,
    pub metrics: Bytes,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PushTelemetryRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "ClientInstanceId", ..FIELD }, &mut self.client_instance_id);
        c.i32(&Field { name: "SubscriptionId", ..FIELD }, &mut self.subscription_id);
        c.bool(&Field { name: "Terminating", ..FIELD }, &mut self.terminating);
        c.i8(&Field { name: "CompressionType", ..FIELD }, &mut self.compression_type);
        c.bytes(&Field { name: "Metrics", ..FIELD }, &mut self.metrics);
        c.tags(&mut self.tags);
    }
}

impl Part for PushTelemetryRequest {}

impl Message for PushTelemetryRequest {
    const NAME: &'static str = "PushTelemetryRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for PushTelemetryRequest {
    const KEY: ApiKey = ApiKey::PushTelemetry;
    type Response = PushTelemetryResponse;
}
