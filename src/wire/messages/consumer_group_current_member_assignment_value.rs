//! `ConsumerGroupCurrentMemberAssignmentValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumerGroupCurrentMemberAssignmentValue {
    pub member_epoch: i32,
    pub previous_member_epoch: i32,
    pub state: i8,
    pub assigned_partitions: Vec<TopicPartitions>,
    pub partitions_pending_revocation: Vec<TopicPartitions>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ConsumerGroupCurrentMemberAssignmentValue {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "MemberEpoch", ..FIELD }, &mut self.member_epoch);
        c.i32(&Field { name: "PreviousMemberEpoch", ..FIELD }, &mut self.previous_member_epoch);
        c.i8(&Field { name: "State", ..FIELD }, &mut self.state);
        c.array(&Field { name: "AssignedPartitions", ..FIELD }, &mut self.assigned_partitions);
        c.array(&Field { name: "PartitionsPendingRevocation", ..FIELD }, &mut self.partitions_pending_revocation);
        c.tags(&mut self.tags);
    }
}

impl Part for ConsumerGroupCurrentMemberAssignmentValue {}

/// Used in several places of the message.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicPartitions {
    pub topic_id: Uuid,
    pub partitions: Vec<i32>,
    /// Tag 0.
    pub assignment_epochs: Option<Vec<i32>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for TopicPartitions {
    fn default() -> Self {
        Self {
            topic_id: Default::default(),
            partitions: Default::default(),
            assignment_epochs: Some(Default::default()),
            tags: Tags::default(),
        }
    }
}

impl Visit for TopicPartitions {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.begin_tags(&mut self.tags);
        c.nullable_array(
            &Field { name: "AssignmentEpochs", null_since: 0, null_until: i16::MAX, tag: 0, ..FIELD },
            &mut self.assignment_epochs,
        );
        c.end_tags(&mut self.tags);
    }
}

impl Part for TopicPartitions {}

impl Message for ConsumerGroupCurrentMemberAssignmentValue {
    const NAME: &'static str = "ConsumerGroupCurrentMemberAssignmentValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
