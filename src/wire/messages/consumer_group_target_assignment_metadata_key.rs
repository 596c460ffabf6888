//! `ConsumerGroupTargetAssignmentMetadataKey`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};
use crate::wire::versioned::CoordinatorKey;

/// Versions 0 to 0; never flexible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumerGroupTargetAssignmentMetadataKey {
    /// Versions 0 to 0.
    pub group_id: String,
}

impl Visit for ConsumerGroupTargetAssignmentMetadataKey {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", until: 0, ..FIELD }, &mut self.group_id);
    }
}

impl Part for ConsumerGroupTargetAssignmentMetadataKey {}

impl Message for ConsumerGroupTargetAssignmentMetadataKey {
    const NAME: &'static str = "ConsumerGroupTargetAssignmentMetadataKey";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
}

impl CoordinatorKey for ConsumerGroupTargetAssignmentMetadataKey {
    const KEY: i16 = 6;
}
