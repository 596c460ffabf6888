//! `UserScramCredentialRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserScramCredentialRecord {
    pub name: String,
    pub mechanism: i8,
    pub salt: Bytes,
    pub stored_key: Bytes,
    pub server_key: Bytes,
    pub iterations: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for UserScramCredentialRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.i8(&Field { name: "Mechanism", ..FIELD }, &mut self.mechanism);
        c.bytes(&Field { name: "Salt", ..FIELD }, &mut self.salt);
        c.bytes(&Field { name: "StoredKey", ..FIELD }, &mut self.stored_key);
        c.bytes(&Field { name: "ServerKey", ..FIELD }, &mut self.server_key);
        c.i32(&Field { name: "Iterations", ..FIELD }, &mut self.iterations);
        c.tags(&mut self.tags);
    }
}

impl Part for UserScramCredentialRecord {}

impl Message for UserScramCredentialRecord {
    const NAME: &'static str = "UserScramCredentialRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
