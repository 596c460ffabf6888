//! `ProducerSnapshot`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};

/// Versions 1 to 1; never flexible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProducerSnapshot {
    /// Versions 1 to 1.
    pub crc: u32,
    /// Versions 1 to 1.
    pub producer_entries: Vec<ProducerEntry>,
}

impl Visit for ProducerSnapshot {
    fn visit(&mut self, c: &mut Codec) {
        c.u32(&Field { name: "Crc", since: 1, until: 1, ..FIELD }, &mut self.crc);
        c.array(&Field { name: "ProducerEntries", since: 1, until: 1, ..FIELD }, &mut self.producer_entries);
    }
}

impl Part for ProducerSnapshot {}

/// What `ProducerEntries` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProducerEntry {
    /// Versions 1 to 1.
    pub producer_id: i64,
    /// Versions 1 to 1.
    pub epoch: i16,
    /// Versions 1 to 1.
    pub last_sequence: i32,
    /// Versions 1 to 1.
    pub last_offset: i64,
    /// Versions 1 to 1.
    pub offset_delta: i32,
    /// Versions 1 to 1.
    pub timestamp: i64,
    /// Versions 1 to 1.
    pub coordinator_epoch: i32,
    /// Versions 1 to 1.
    pub current_txn_first_offset: i64,
}

impl Visit for ProducerEntry {
    fn visit(&mut self, c: &mut Codec) {
        c.i64(&Field { name: "ProducerId", since: 1, until: 1, ..FIELD }, &mut self.producer_id);
        c.i16(&Field { name: "Epoch", since: 1, until: 1, ..FIELD }, &mut self.epoch);
        c.i32(&Field { name: "LastSequence", since: 1, until: 1, ..FIELD }, &mut self.last_sequence);
        c.i64(&Field { name: "LastOffset", since: 1, until: 1, ..FIELD }, &mut self.last_offset);
        c.i32(&Field { name: "OffsetDelta", since: 1, until: 1, ..FIELD }, &mut self.offset_delta);
        c.i64(&Field { name: "Timestamp", since: 1, until: 1, ..FIELD }, &mut self.timestamp);
        c.i32(&Field { name: "CoordinatorEpoch", since: 1, until: 1, ..FIELD }, &mut self.coordinator_epoch);
        c.i64(&Field { name: "CurrentTxnFirstOffset", since: 1, until: 1, ..FIELD }, &mut self.current_txn_first_offset);
    }
}

impl Part for ProducerEntry {}

impl Message for ProducerSnapshot {
    const NAME: &'static str = "ProducerSnapshot";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=1;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
}
