//! `ShareGroupTargetAssignmentMetadataKey`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};
use crate::wire::versioned::CoordinatorKey;

/// Versions 0 to 0; never flexible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareGroupTargetAssignmentMetadataKey {
    /// Versions 0 to 0.
    pub group_id: String,
}

impl Visit for ShareGroupTargetAssignmentMetadataKey {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", until: 0, ..FIELD }, &mut self.group_id);
    }
}

impl Part for ShareGroupTargetAssignmentMetadataKey {}

impl Message for ShareGroupTargetAssignmentMetadataKey {
    const NAME: &'static str = "ShareGroupTargetAssignmentMetadataKey";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
}

impl CoordinatorKey for ShareGroupTargetAssignmentMetadataKey {
    const KEY: i16 = 12;
}
