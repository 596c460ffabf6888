//! `DescribeUserScramCredentialsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::DescribeUserScramCredentialsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeUserScramCredentialsRequest {
    pub users: Option<Vec<UserName>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeUserScramCredentialsRequest {
    fn default() -> Self {
        Self { users: Some(Default::default()), tags: Tags::default() }
    }
}

impl Visit for DescribeUserScramCredentialsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_array(&Field { name: "Users", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.users);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeUserScramCredentialsRequest {}

/// What `Users` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserName {
    pub name: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for UserName {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.tags(&mut self.tags);
    }
}

impl Part for UserName {}

impl Message for DescribeUserScramCredentialsRequest {
    const NAME: &'static str = "DescribeUserScramCredentialsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for DescribeUserScramCredentialsRequest {
    const KEY: ApiKey = ApiKey::DescribeUserScramCredentials;
    type Response = DescribeUserScramCredentialsResponse;
}
