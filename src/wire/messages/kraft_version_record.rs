//! `KRaftVersionRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KRaftVersionRecord {
    pub version: i16,
    pub kraft_version: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for KRaftVersionRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "Version", ..FIELD }, &mut self.version);
        c.i16(&Field { name: "KRaftVersion", ..FIELD }, &mut self.kraft_version);
        c.tags(&mut self.tags);
    }
}

impl Part for KRaftVersionRecord {}

impl Message for KRaftVersionRecord {
    const NAME: &'static str = "KRaftVersionRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
