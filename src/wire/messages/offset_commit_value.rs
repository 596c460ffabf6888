//! `OffsetCommitValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 4; flexible since 4.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetCommitValue {
    pub offset: i64,
    /// Since version 3.
    pub leader_epoch: i32,
    pub metadata: String,
    pub commit_timestamp: i64,
    /// Versions 1 to 1.
    pub expire_timestamp: i64,
    /// Since version 4; tag 0.
    pub topic_id: Uuid,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for OffsetCommitValue {
    fn default() -> Self {
        Self {
            offset: 0,
            leader_epoch: -1,
            metadata: Default::default(),
            commit_timestamp: 0,
            expire_timestamp: -1,
            topic_id: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for OffsetCommitValue {
    fn visit(&mut self, c: &mut Codec) {
        c.i64(&Field { name: "offset", ..FIELD }, &mut self.offset);
        c.i32(&Field { name: "leaderEpoch", since: 3, default: -1, ignorable: true, ..FIELD }, &mut self.leader_epoch);
        c.string(&Field { name: "metadata", ..FIELD }, &mut self.metadata);
        c.i64(&Field { name: "commitTimestamp", ..FIELD }, &mut self.commit_timestamp);
        c.i64(&Field { name: "expireTimestamp", since: 1, until: 1, default: -1, ignorable: true, ..FIELD }, &mut self.expire_timestamp);
        c.begin_tags(&mut self.tags);
        c.uuid(&Field { name: "topicId", since: 4, tag: 0, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.end_tags(&mut self.tags);
    }
}

impl Part for OffsetCommitValue {}

impl Message for OffsetCommitValue {
    const NAME: &'static str = "OffsetCommitValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=4;
    const FLEXIBLE_SINCE: i16 = 4;
}
