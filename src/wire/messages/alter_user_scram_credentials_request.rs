//! `AlterUserScramCredentialsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::AlterUserScramCredentialsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlterUserScramCredentialsRequest {
    pub deletions: Vec<ScramCredentialDeletion>,
    pub upsertions: Vec<ScramCredentialUpsertion>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AlterUserScramCredentialsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Deletions", ..FIELD }, &mut self.deletions);
        c.array(&Field { name: "Upsertions", ..FIELD }, &mut self.upsertions);
        c.tags(&mut self.tags);
    }
}

impl Part for AlterUserScramCredentialsRequest {}

/// What `Deletions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScramCredentialDeletion {
    pub name: String,
    pub mechanism: i8,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ScramCredentialDeletion {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.i8(&Field { name: "Mechanism", ..FIELD }, &mut self.mechanism);
        c.tags(&mut self.tags);
    }
}

impl Part for ScramCredentialDeletion {}

/// What `Upsertions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScramCredentialUpsertion {
    pub name: String,
    pub mechanism: i8,
    pub iterations: i32,
    pub salt: Bytes,
    pub salted_password: Bytes,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ScramCredentialUpsertion {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.i8(&Field { name: "Mechanism", ..FIELD }, &mut self.mechanism);
        c.i32(&Field { name: "Iterations", ..FIELD }, &mut self.iterations);
        c.bytes(&Field { name: "Salt", ..FIELD }, &mut self.salt);
        c.bytes(&Field { name: "SaltedPassword", ..FIELD }, &mut self.salted_password);
        c.tags(&mut self.tags);
    }
}

impl Part for ScramCredentialUpsertion {}

impl Message for AlterUserScramCredentialsRequest {
    const NAME: &'static str = "AlterUserScramCredentialsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for AlterUserScramCredentialsRequest {
    const KEY: ApiKey = ApiKey::AlterUserScramCredentials;
    type Response = AlterUserScramCredentialsResponse;
}
