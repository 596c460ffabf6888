//! `ShareUpdateKey`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};
use crate::wire::versioned::CoordinatorKey;

/// Versions 0 to 0; never flexible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareUpdateKey {
    /// Versions 0 to 0.
    pub group_id: String,
    /// Versions 0 to 0.
    pub topic_id: Uuid,
    /// Versions 0 to 0.
    pub partition: i32,
}

impl Visit for ShareUpdateKey {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", until: 0, ..FIELD }, &mut self.group_id);
        c.uuid(&Field { name: "TopicId", until: 0, ..FIELD }, &mut self.topic_id);
        c.i32(&Field { name: "Partition", until: 0, ..FIELD }, &mut self.partition);
    }
}

impl Part for ShareUpdateKey {}

impl Message for ShareUpdateKey {
    const NAME: &'static str = "ShareUpdateKey";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
}

impl CoordinatorKey for ShareUpdateKey {
    const KEY: i16 = 1;
}
