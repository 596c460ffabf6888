//! `DescribeDelegationTokenRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::DescribeDelegationTokenResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 3; flexible since 2.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeDelegationTokenRequest {
    pub owners: Option<Vec<DescribeDelegationTokenOwner>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeDelegationTokenRequest {
    fn default() -> Self {
        Self { owners: Some(Default::default()), tags: Tags::default() }
    }
}

impl Visit for DescribeDelegationTokenRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_array(&Field { name: "Owners", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.owners);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeDelegationTokenRequest {}

/// What `Owners` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeDelegationTokenOwner {
    pub principal_type: String,
    pub principal_name: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeDelegationTokenOwner {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "PrincipalType", ..FIELD }, &mut self.principal_type);
        c.string(&Field { name: "PrincipalName", ..FIELD }, &mut self.principal_name);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeDelegationTokenOwner {}

impl Message for DescribeDelegationTokenRequest {
    const NAME: &'static str = "DescribeDelegationTokenRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=3;
    const FLEXIBLE_SINCE: i16 = 2;
    const TAIL_IGNORED: bool = true;
}

impl Request for DescribeDelegationTokenRequest {
    const KEY: ApiKey = ApiKey::DescribeDelegationToken;
    type Response = DescribeDelegationTokenResponse;
}
