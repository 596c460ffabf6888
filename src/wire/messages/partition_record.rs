//! `PartitionRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionRecord {
    pub partition_id: i32,
    pub topic_id: Uuid,
    pub replicas: Vec<i32>,
    pub isr: Vec<i32>,
    pub removing_replicas: Vec<i32>,
    pub adding_replicas: Vec<i32>,
    pub leader: i32,
    /// Tag 0.
    pub leader_recovery_state: i8,
    pub leader_epoch: i32,
    pub partition_epoch: i32,
    /// Since version 1.
    pub directories: Vec<Uuid>,
    /// Since version 2; tag 1.
    pub eligible_leader_replicas: Option<Vec<i32>>,
    /// Since version 2; tag 2.
    pub last_known_elr: Option<Vec<i32>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for PartitionRecord {
    fn default() -> Self {
        Self {
            partition_id: -1,
            topic_id: Default::default(),
            replicas: Default::default(),
            isr: Default::default(),
            removing_replicas: Default::default(),
            adding_replicas: Default::default(),
            leader: -1,
            leader_recovery_state: 0,
            leader_epoch: -1,
            partition_epoch: -1,
            directories: Default::default(),
            eligible_leader_replicas: None,
            last_known_elr: None,
            tags: Tags::default(),
        }
    }
}

impl Visit for PartitionRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionId", default: -1, ..FIELD }, &mut self.partition_id);
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Replicas", ..FIELD }, &mut self.replicas);
        c.array(&Field { name: "Isr", ..FIELD }, &mut self.isr);
        c.array(&Field { name: "RemovingReplicas", ..FIELD }, &mut self.removing_replicas);
        c.array(&Field { name: "AddingReplicas", ..FIELD }, &mut self.adding_replicas);
        c.i32(&Field { name: "Leader", default: -1, ..FIELD }, &mut self.leader);
        c.i32(&Field { name: "LeaderEpoch", default: -1, ..FIELD }, &mut self.leader_epoch);
        c.i32(&Field { name: "PartitionEpoch", default: -1, ..FIELD }, &mut self.partition_epoch);
        c.array(&Field { name: "Directories", since: 1, ..FIELD }, &mut self.directories);
        c.begin_tags(&mut self.tags);
        c.i8(&Field { name: "LeaderRecoveryState", tag: 0, ..FIELD }, &mut self.leader_recovery_state);
        c.nullable_array(
            &Field { name: "EligibleLeaderReplicas", since: 2, null_since: 2, null_until: i16::MAX, tag: 1, null: true, ..FIELD },
            &mut self.eligible_leader_replicas,
        );
        c.nullable_array(
            &Field { name: "LastKnownElr", since: 2, null_since: 2, null_until: i16::MAX, tag: 2, null: true, ..FIELD },
            &mut self.last_known_elr,
        );
        c.end_tags(&mut self.tags);
    }
}

impl Part for PartitionRecord {}

impl Message for PartitionRecord {
    const NAME: &'static str = "PartitionRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 0;
}
