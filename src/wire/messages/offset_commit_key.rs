//! `OffsetCommitKey`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};
use crate::wire::versioned::CoordinatorKey;

/// Versions 0 to 0; never flexible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetCommitKey {
    /// Versions 0 to 0.
    pub group: String,
    /// Versions 0 to 0.
    pub topic: String,
    /// Versions 0 to 0.
    pub partition: i32,
}

impl Visit for OffsetCommitKey {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "group", until: 0, ..FIELD }, &mut self.group);
        c.string(&Field { name: "topic", until: 0, ..FIELD }, &mut self.topic);
        c.i32(&Field { name: "partition", until: 0, ..FIELD }, &mut self.partition);
    }
}

impl Part for OffsetCommitKey {}

impl Message for OffsetCommitKey {
    const NAME: &'static str = "OffsetCommitKey";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
}

impl CoordinatorKey for OffsetCommitKey {
    const KEY: i16 = 1;
}
