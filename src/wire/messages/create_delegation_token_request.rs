//! `CreateDelegationTokenRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::CreateDelegationTokenResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 3; flexible since 2.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateDelegationTokenRequest {
    /// Since version 3.
    pub owner_principal_type: Option<String>,
    /// Since version 3.
    pub owner_principal_name: Option<String>,
    pub renewers: Vec<CreatableRenewers>,
    pub max_lifetime_ms: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for CreateDelegationTokenRequest {
    fn default() -> Self {
        Self {
            owner_principal_type: Some(Default::default()),
            owner_principal_name: Some(Default::default()),
            renewers: Default::default(),
            max_lifetime_ms: 0,
            tags: Tags::default(),
        }
    }
}

impl Visit for CreateDelegationTokenRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(
            &Field { name: "OwnerPrincipalType", since: 3, null_since: 3, null_until: i16::MAX, ..FIELD },
            &mut self.owner_principal_type,
        );
        c.nullable_string(
            &Field { name: "OwnerPrincipalName", since: 3, null_since: 3, null_until: i16::MAX, ..FIELD },
            &mut self.owner_principal_name,
        );
        c.array(&Field { name: "Renewers", ..FIELD }, &mut self.renewers);
        c.i64(&Field { name: "MaxLifetimeMs", ..FIELD }, &mut self.max_lifetime_ms);
        c.tags(&mut self.tags);
    }
}

impl Part for CreateDelegationTokenRequest {}

/// What `Renewers` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatableRenewers {
    pub principal_type: String,
    pub principal_name: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for CreatableRenewers {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "PrincipalType", ..FIELD }, &mut self.principal_type);
        c.string(&Field { name: "PrincipalName", ..FIELD }, &mut self.principal_name);
        c.tags(&mut self.tags);
    }
}

impl Part for CreatableRenewers {}

impl Message for CreateDelegationTokenRequest {
    const NAME: &'static str = "CreateDelegationTokenRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=3;
    const FLEXIBLE_SINCE: i16 = 2;
    const TAIL_IGNORED: bool = true;
}

impl Request for CreateDelegationTokenRequest {
    const KEY: ApiKey = ApiKey::CreateDelegationToken;
    type Response = CreateDelegationTokenResponse;
}
