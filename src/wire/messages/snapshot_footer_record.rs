//! `SnapshotFooterRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapshotFooterRecord {
    pub version: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for SnapshotFooterRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "Version", ..FIELD }, &mut self.version);
        c.tags(&mut self.tags);
    }
}

impl Part for SnapshotFooterRecord {}

impl Message for SnapshotFooterRecord {
    const NAME: &'static str = "SnapshotFooterRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
