//! `EndTxnMarker`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};

/// Versions 0 to 0; never flexible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EndTxnMarker {
    pub coordinator_epoch: i32,
}

impl Visit for EndTxnMarker {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "CoordinatorEpoch", ..FIELD }, &mut self.coordinator_epoch);
    }
}

impl Part for EndTxnMarker {}

impl Message for EndTxnMarker {
    const NAME: &'static str = "EndTxnMarker";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
}
