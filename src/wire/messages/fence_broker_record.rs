//! `FenceBrokerRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FenceBrokerRecord {
    pub id: i32,
    pub epoch: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for FenceBrokerRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Id", ..FIELD }, &mut self.id);
        c.i64(&Field { name: "Epoch", ..FIELD }, &mut self.epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for FenceBrokerRecord {}

impl Message for FenceBrokerRecord {
    const NAME: &'static str = "FenceBrokerRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
