//! `StreamsGroupTargetAssignmentMetadataValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamsGroupTargetAssignmentMetadataValue {
    pub assignment_epoch: i32,
    /// Tag 0.
    pub assignment_timestamp: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for StreamsGroupTargetAssignmentMetadataValue {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "AssignmentEpoch", ..FIELD }, &mut self.assignment_epoch);
        c.begin_tags(&mut self.tags);
        c.i64(&Field { name: "AssignmentTimestamp", tag: 0, ignorable: true, ..FIELD }, &mut self.assignment_timestamp);
        c.end_tags(&mut self.tags);
    }
}

impl Part for StreamsGroupTargetAssignmentMetadataValue {}

impl Message for StreamsGroupTargetAssignmentMetadataValue {
    const NAME: &'static str = "StreamsGroupTargetAssignmentMetadataValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
