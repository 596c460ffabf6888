//! `ConsumerGroupTargetAssignmentMemberKey`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};
use crate::wire::versioned::CoordinatorKey;

/// Versions 0 to 0; never flexible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumerGroupTargetAssignmentMemberKey {
    /// Versions 0 to 0.
    pub group_id: String,
    /// Versions 0 to 0.
    pub member_id: String,
}

impl Visit for ConsumerGroupTargetAssignmentMemberKey {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", until: 0, ..FIELD }, &mut self.group_id);
        c.string(&Field { name: "MemberId", until: 0, ..FIELD }, &mut self.member_id);
    }
}

impl Part for ConsumerGroupTargetAssignmentMemberKey {}

impl Message for ConsumerGroupTargetAssignmentMemberKey {
    const NAME: &'static str = "ConsumerGroupTargetAssignmentMemberKey";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
}

impl CoordinatorKey for ConsumerGroupTargetAssignmentMemberKey {
    const KEY: i16 = 7;
}
