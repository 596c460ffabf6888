//! `GetTelemetrySubscriptionsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetTelemetrySubscriptionsResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub client_instance_id: Uuid,
    pub subscription_id: i32,
    pub accepted_compression_types: Vec<i8>,
    pub push_interval_ms: i32,
    pub telemetry_max_bytes: i32,
    pub delta_temporality: bool,
    pub requested_metrics: Vec<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for GetTelemetrySubscriptionsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.uuid(&Field { name: "ClientInstanceId", ..FIELD }, &mut self.client_instance_id);
        c.i32(&Field { name: "SubscriptionId", ..FIELD }, &mut self.subscription_id);
        c.array(&Field { name: "AcceptedCompressionTypes", ..FIELD }, &mut self.accepted_compression_types);
        c.i32(&Field { name: "PushIntervalMs", ..FIELD }, &mut self.push_interval_ms);
        c.i32(&Field { name: "TelemetryMaxBytes", ..FIELD }, &mut self.telemetry_max_bytes);
        c.bool(&Field { name: "DeltaTemporality", ..FIELD }, &mut self.delta_temporality);
        c.array(&Field { name: "RequestedMetrics", ..FIELD }, &mut self.requested_metrics);
        c.tags(&mut self.tags);
    }
}

impl Part for GetTelemetrySubscriptionsResponse {}

impl Message for GetTelemetrySubscriptionsResponse {
    const NAME: &'static str = "GetTelemetrySubscriptionsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for GetTelemetrySubscriptionsResponse {
    const KEY: ApiKey = ApiKey::GetTelemetrySubscriptions;
}
