//! `ControlRecordTypeSchema`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};

/// Versions 0 to 0; never flexible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ControlRecordTypeSchema {
    pub type_: i16,
}

impl Visit for ControlRecordTypeSchema {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "Type", ..FIELD }, &mut self.type_);
    }
}

impl Part for ControlRecordTypeSchema {}

impl Message for ControlRecordTypeSchema {
    const NAME: &'static str = "ControlRecordTypeSchema";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
}
