//! `DescribeUserScramCredentialsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeUserScramCredentialsResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
    pub results: Vec<DescribeUserScramCredentialsResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeUserScramCredentialsResponse {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: 0,
            error_message: Some(Default::default()),
            results: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for DescribeUserScramCredentialsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(&Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.error_message);
        c.array(&Field { name: "Results", ..FIELD }, &mut self.results);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeUserScramCredentialsResponse {}

/// What `Results` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeUserScramCredentialsResult {
    pub user: String,
    pub error_code: i16,
    pub error_message: Option<String>,
    pub credential_infos: Vec<CredentialInfo>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeUserScramCredentialsResult {
    fn default() -> Self {
        Self {
            user: Default::default(),
            error_code: 0,
            error_message: Some(Default::default()),
            credential_infos: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for DescribeUserScramCredentialsResult {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "User", ..FIELD }, &mut self.user);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(&Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.error_message);
        c.array(&Field { name: "CredentialInfos", ..FIELD }, &mut self.credential_infos);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeUserScramCredentialsResult {}

/// What `CredentialInfos` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CredentialInfo {
    pub mechanism: i8,
    pub iterations: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for CredentialInfo {
    fn visit(&mut self, c: &mut Codec) {
        c.i8(&Field { name: "Mechanism", ..FIELD }, &mut self.mechanism);
        c.i32(&Field { name: "Iterations", ..FIELD }, &mut self.iterations);
        c.tags(&mut self.tags);
    }
}

impl Part for CredentialInfo {}

impl Message for DescribeUserScramCredentialsResponse {
    const NAME: &'static str = "DescribeUserScramCredentialsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for DescribeUserScramCredentialsResponse {
    const KEY: ApiKey = ApiKey::DescribeUserScramCredentials;
}
