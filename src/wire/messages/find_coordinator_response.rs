//! `FindCoordinatorResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 6; flexible since 3.
#[derive(Clone, Debug, PartialEq)]
pub struct FindCoordinatorResponse {
    /// Since version 1.
    pub throttle_time_ms: i32,
    /// Versions 0 to 3.
    pub error_code: i16,
    /// Versions 1 to 3.
    pub error_message: Option<String>,
    /// Versions 0 to 3.
    pub node_id: i32,
    /// Versions 0 to 3.
    pub host: String,
    /// Versions 0 to 3.
    pub port: i32,
    /// Since version 4.
    pub coordinators: Vec<Coordinator>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for FindCoordinatorResponse {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: 0,
            error_message: Some(Default::default()),
            node_id: 0,
            host: Default::default(),
            port: 0,
            coordinators: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for FindCoordinatorResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", since: 1, ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", until: 3, ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", since: 1, until: 3, null_since: 1, null_until: 3, ignorable: true, ..FIELD },
            &mut self.error_message,
        );
        c.i32(&Field { name: "NodeId", until: 3, ..FIELD }, &mut self.node_id);
        c.string(&Field { name: "Host", until: 3, ..FIELD }, &mut self.host);
        c.i32(&Field { name: "Port", until: 3, ..FIELD }, &mut self.port);
        c.array(&Field { name: "Coordinators", since: 4, ..FIELD }, &mut self.coordinators);
        c.tags(&mut self.tags);
    }
}

impl Part for FindCoordinatorResponse {}

/// What `Coordinators` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Coordinator {
    /// Since version 4.
    pub key: String,
    /// Since version 4.
    pub node_id: i32,
    /// Since version 4.
    pub host: String,
    /// Since version 4.
    pub port: i32,
    /// Since version 4.
    pub error_code: i16,
    /// Since version 4.
    pub error_message: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for Coordinator {
    fn default() -> Self {
        Self {
            key: Default::default(),
            node_id: 0,
            host: Default::default(),
            port: 0,
            error_code: 0,
            error_message: Some(Default::default()),
            tags: Tags::default(),
        }
    }
}

impl Visit for Coordinator {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Key", since: 4, ..FIELD }, &mut self.key);
        c.i32(&Field { name: "NodeId", since: 4, ..FIELD }, &mut self.node_id);
        c.string(&Field { name: "Host", since: 4, ..FIELD }, &mut self.host);
        c.i32(&Field { name: "Port", since: 4, ..FIELD }, &mut self.port);
        c.i16(&Field { name: "ErrorCode", since: 4, ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", since: 4, null_since: 4, null_until: i16::MAX, ignorable: true, ..FIELD },
            &mut self.error_message,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for Coordinator {}

impl Message for FindCoordinatorResponse {
    const NAME: &'static str = "FindCoordinatorResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=6;
    const FLEXIBLE_SINCE: i16 = 3;
}

impl Response for FindCoordinatorResponse {
    const KEY: ApiKey = ApiKey::FindCoordinator;
}
