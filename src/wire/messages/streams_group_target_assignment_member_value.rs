//! `StreamsGroupTargetAssignmentMemberValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamsGroupTargetAssignmentMemberValue {
    pub active_tasks: Vec<TaskIds>,
    pub standby_tasks: Vec<TaskIds>,
    pub warmup_tasks: Vec<TaskIds>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for StreamsGroupTargetAssignmentMemberValue {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "ActiveTasks", ..FIELD }, &mut self.active_tasks);
        c.array(&Field { name: "StandbyTasks", ..FIELD }, &mut self.standby_tasks);
        c.array(&Field { name: "WarmupTasks", ..FIELD }, &mut self.warmup_tasks);
        c.tags(&mut self.tags);
    }
}

impl Part for StreamsGroupTargetAssignmentMemberValue {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskIds {
    pub subtopology_id: String,
    pub partitions: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TaskIds {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "SubtopologyId", ..FIELD }, &mut self.subtopology_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TaskIds {}

impl Message for StreamsGroupTargetAssignmentMemberValue {
    const NAME: &'static str = "StreamsGroupTargetAssignmentMemberValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
