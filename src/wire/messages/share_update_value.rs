//! `ShareUpdateValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareUpdateValue {
    pub snapshot_epoch: i32,
    pub leader_epoch: i32,
    pub start_offset: i64,
    /// Tag 0.
    pub delivery_complete_count: i32,
    pub state_batches: Vec<StateBatch>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ShareUpdateValue {
    fn default() -> Self {
        Self {
            snapshot_epoch: 0,
            leader_epoch: 0,
            start_offset: 0,
            delivery_complete_count: -1,
            state_batches: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for ShareUpdateValue {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "SnapshotEpoch", ..FIELD }, &mut self.snapshot_epoch);
        c.i32(&Field { name: "LeaderEpoch", ..FIELD }, &mut self.leader_epoch);
        c.i64(&Field { name: "StartOffset", ..FIELD }, &mut self.start_offset);
        c.array(&Field { name: "StateBatches", ..FIELD }, &mut self.state_batches);
        c.begin_tags(&mut self.tags);
        c.i32(&Field { name: "DeliveryCompleteCount", tag: 0, default: -1, ..FIELD }, &mut self.delivery_complete_count);
        c.end_tags(&mut self.tags);
    }
}

impl Part for ShareUpdateValue {}

/// What `StateBatches` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StateBatch {
    pub first_offset: i64,
    pub last_offset: i64,
    pub delivery_state: i8,
    pub delivery_count: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for StateBatch {
    fn visit(&mut self, c: &mut Codec) {
        c.i64(&Field { name: "FirstOffset", ..FIELD }, &mut self.first_offset);
        c.i64(&Field { name: "LastOffset", ..FIELD }, &mut self.last_offset);
        c.i8(&Field { name: "DeliveryState", ..FIELD }, &mut self.delivery_state);
        c.i16(&Field { name: "DeliveryCount", ..FIELD }, &mut self.delivery_count);
        c.tags(&mut self.tags);
    }
}

impl Part for StateBatch {}

impl Message for ShareUpdateValue {
    const NAME: &'static str = "ShareUpdateValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
