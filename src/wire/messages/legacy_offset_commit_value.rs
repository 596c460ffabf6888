//! `LegacyOffsetCommitValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};

/// Versions 0 to 0; never flexible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LegacyOffsetCommitValue {
    /// Versions 0 to 0.
    pub offset: i64,
    /// Versions 0 to 0.
    pub metadata: String,
    /// Versions 0 to 0.
    pub commit_timestamp: i64,
}

impl Visit for LegacyOffsetCommitValue {
    fn visit(&mut self, c: &mut Codec) {
        c.i64(&Field { name: "offset", until: 0, ..FIELD }, &mut self.offset);
        c.string(&Field { name: "metadata", until: 0, ..FIELD }, &mut self.metadata);
        c.i64(&Field { name: "commitTimestamp", until: 0, ..FIELD }, &mut self.commit_timestamp);
    }
}

impl Part for LegacyOffsetCommitValue {}

impl Message for LegacyOffsetCommitValue {
    const NAME: &'static str = "LegacyOffsetCommitValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
}
