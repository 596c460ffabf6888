//! `GetTelemetrySubscriptionsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::GetTelemetrySubscriptionsResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetTelemetrySubscriptionsRequest {
    pub client_instance_id: Uuid,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for GetTelemetrySubscriptionsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "ClientInstanceId", ..FIELD }, &mut self.client_instance_id);
        c.tags(&mut self.tags);
    }
}

impl Part for GetTelemetrySubscriptionsRequest {}

impl Message for GetTelemetrySubscriptionsRequest {
    const NAME: &'static str = "GetTelemetrySubscriptionsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for GetTelemetrySubscriptionsRequest {
    const KEY: ApiKey = ApiKey::GetTelemetrySubscriptions;
    type Response = GetTelemetrySubscriptionsResponse;
}
