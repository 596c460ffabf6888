//! `AbortTransactionRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AbortTransactionRecord {
    /// Tag 0.
    pub reason: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AbortTransactionRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.begin_tags(&mut self.tags);
        c.nullable_string(&Field { name: "Reason", null_since: 0, null_until: i16::MAX, tag: 0, null: true, ..FIELD }, &mut self.reason);
        c.end_tags(&mut self.tags);
    }
}

impl Part for AbortTransactionRecord {}

impl Message for AbortTransactionRecord {
    const NAME: &'static str = "AbortTransactionRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
