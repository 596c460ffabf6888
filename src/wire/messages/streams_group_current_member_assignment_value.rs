//! `StreamsGroupCurrentMemberAssignmentValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamsGroupCurrentMemberAssignmentValue {
    pub member_epoch: i32,
    pub previous_member_epoch: i32,
    pub state: i8,
    pub active_tasks: Vec<TaskIds>,
    pub standby_tasks: Vec<TaskIds>,
    pub warmup_tasks: Vec<TaskIds>,
    pub active_tasks_pending_revocation: Vec<TaskIds>,
    pub standby_tasks_pending_revocation: Vec<TaskIds>,
    pub warmup_tasks_pending_revocation: Vec<TaskIds>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for StreamsGroupCurrentMemberAssignmentValue {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "MemberEpoch", ..FIELD }, &mut self.member_epoch);
        c.i32(&Field { name: "PreviousMemberEpoch", ..FIELD }, &mut self.previous_member_epoch);
        c.i8(&Field { name: "State", ..FIELD }, &mut self.state);
        c.array(&Field { name: "ActiveTasks", ..FIELD }, &mut self.active_tasks);
        c.array(&Field { name: "StandbyTasks", ..FIELD }, &mut self.standby_tasks);
        c.array(&Field { name: "WarmupTasks", ..FIELD }, &mut self.warmup_tasks);
        c.array(&Field { name: "ActiveTasksPendingRevocation", ..FIELD }, &mut self.active_tasks_pending_revocation);
        c.array(&Field { name: "StandbyTasksPendingRevocation", ..FIELD }, &mut self.standby_tasks_pending_revocation);
        c.array(&Field { name: "WarmupTasksPendingRevocation", ..FIELD }, &mut self.warmup_tasks_pending_revocation);
        c.tags(&mut self.tags);
    }
}

impl Part for StreamsGroupCurrentMemberAssignmentValue {}

/// Used in several places of the message.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskIds {
    pub subtopology_id: String,
    pub partitions: Vec<i32>,
    /// Tag 0.
    pub assignment_epochs: Option<Vec<i32>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for TaskIds {
    fn default() -> Self {
        Self {
            subtopology_id: Default::default(),
            partitions: Default::default(),
            assignment_epochs: Some(Default::default()),
            tags: Tags::default(),
        }
    }
}

impl Visit for TaskIds {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "SubtopologyId", ..FIELD }, &mut self.subtopology_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.begin_tags(&mut self.tags);
        c.nullable_array(
            &Field { name: "AssignmentEpochs", null_since: 0, null_until: i16::MAX, tag: 0, ..FIELD },
            &mut self.assignment_epochs,
        );
        c.end_tags(&mut self.tags);
    }
}

impl Part for TaskIds {}

impl Message for StreamsGroupCurrentMemberAssignmentValue {
    const NAME: &'static str = "StreamsGroupCurrentMemberAssignmentValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
