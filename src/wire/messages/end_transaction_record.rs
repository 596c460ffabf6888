//! `EndTransactionRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EndTransactionRecord {
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for EndTransactionRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.tags(&mut self.tags);
    }
}

impl Part for EndTransactionRecord {}

impl Message for EndTransactionRecord {
    const NAME: &'static str = "EndTransactionRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
