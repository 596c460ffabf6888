//! `CreateDelegationTokenResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 1 to 3; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateDelegationTokenResponse {
    pub error_code: i16,
    pub principal_type: String,
    pub principal_name: String,
    /// Since version 3.
    pub token_requester_principal_type: String,
    /// Since version 3.
    pub token_requester_principal_name: String,
    pub issue_timestamp_ms: i64,
    pub expiry_timestamp_ms: i64,
    pub max_timestamp_ms: i64,
    pub token_id: String,
    pub hmac: Bytes,
    pub throttle_time_ms: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for CreateDelegationTokenResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.string(&Field { name: "PrincipalType", ..FIELD }, &mut self.principal_type);
        c.string(&Field { name: "PrincipalName", ..FIELD }, &mut self.principal_name);
        c.string(&Field { name: "TokenRequesterPrincipalType", since: 3, ..FIELD }, &mut self.token_requester_principal_type);
        c.string(&Field { name: "TokenRequesterPrincipalName", since: 3, ..FIELD }, &mut self.token_requester_principal_name);
        c.i64(&Field { name: "IssueTimestampMs", ..FIELD }, &mut self.issue_timestamp_ms);
        c.i64(&Field { name: "ExpiryTimestampMs", ..FIELD }, &mut self.expiry_timestamp_ms);
        c.i64(&Field { name: "MaxTimestampMs", ..FIELD }, &mut self.max_timestamp_ms);
        c.string(&Field { name: "TokenId", ..FIELD }, &mut self.token_id);
        c.bytes(&Field { name: "Hmac", ..FIELD }, &mut self.hmac);
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.tags(&mut self.tags);
    }
}

impl Part for CreateDelegationTokenResponse {}

impl Message for CreateDelegationTokenResponse {
    const NAME: &'static str = "CreateDelegationTokenResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=3;
    const FLEXIBLE_SINCE: i16 = 2;
}

impl Response for CreateDelegationTokenResponse {
    const KEY: ApiKey = ApiKey::CreateDelegationToken;
}
