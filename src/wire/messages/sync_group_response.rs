//! `SyncGroupResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 5; flexible since 4.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SyncGroupResponse {
    /// Since version 1.
    pub throttle_time_ms: i32,
    pub error_code: i16,
    /// Since version 5.
    pub protocol_type: Option<String>,
    /// Since version 5.
    pub protocol_name: Option<String>,
    pub assignment: Bytes,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for SyncGroupResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", since: 1, ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ProtocolType", since: 5, null_since: 5, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.protocol_type,
        );
        c.nullable_string(
            &Field { name: "ProtocolName", since: 5, null_since: 5, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.protocol_name,
        );
        c.bytes(&Field { name: "Assignment", ..FIELD }, &mut self.assignment);
        c.tags(&mut self.tags);
    }
}

impl Part for SyncGroupResponse {}

impl Message for SyncGroupResponse {
    const NAME: &'static str = "SyncGroupResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=5;
    const FLEXIBLE_SINCE: i16 = 4;
}

impl Response for SyncGroupResponse {
    const KEY: ApiKey = ApiKey::SyncGroup;
}
