//! `DelegationTokenRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DelegationTokenRecord {
    pub owner: String,
    pub requester: String,
    pub renewers: Vec<String>,
    pub issue_timestamp: i64,
    pub max_timestamp: i64,
    pub expiration_timestamp: i64,
    pub token_id: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DelegationTokenRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Owner", ..FIELD }, &mut self.owner);
        c.string(&Field { name: "Requester", ..FIELD }, &mut self.requester);
        c.array(&Field { name: "Renewers", ..FIELD }, &mut self.renewers);
        c.i64(&Field { name: "IssueTimestamp", ..FIELD }, &mut self.issue_timestamp);
        c.i64(&Field { name: "MaxTimestamp", ..FIELD }, &mut self.max_timestamp);
        c.i64(&Field { name: "ExpirationTimestamp", ..FIELD }, &mut self.expiration_timestamp);
        c.string(&Field { name: "TokenId", ..FIELD }, &mut self.token_id);
        c.tags(&mut self.tags);
    }
}

impl Part for DelegationTokenRecord {}

impl Message for DelegationTokenRecord {
    const NAME: &'static str = "DelegationTokenRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
