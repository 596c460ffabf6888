//! `PartitionChangeRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionChangeRecord {
    pub partition_id: i32,
    pub topic_id: Uuid,
    /// Tag 0.
    pub isr: Option<Vec<i32>>,
    /// Tag 1.
    pub leader: i32,
    /// Tag 2.
    pub replicas: Option<Vec<i32>>,
    /// Tag 3.
    pub removing_replicas: Option<Vec<i32>>,
    /// Tag 4.
    pub adding_replicas: Option<Vec<i32>>,
    /// Tag 5.
    pub leader_recovery_state: i8,
    /// Since version 1; tag 8.
    pub directories: Option<Vec<Uuid>>,
    /// Since version 2; tag 6.
    pub eligible_leader_replicas: Option<Vec<i32>>,
    /// Since version 2; tag 7.
    pub last_known_elr: Option<Vec<i32>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for PartitionChangeRecord {
    fn default() -> Self {
        Self {
            partition_id: -1,
            topic_id: Default::default(),
            isr: None,
            leader: -2,
            replicas: None,
            removing_replicas: None,
            adding_replicas: None,
            leader_recovery_state: -1,
            directories: None,
            eligible_leader_replicas: None,
            last_known_elr: None,
            tags: Tags::default(),
        }
    }
}

impl Visit for PartitionChangeRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionId", default: -1, ..FIELD }, &mut self.partition_id);
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.begin_tags(&mut self.tags);
        c.nullable_array(&Field { name: "Isr", null_since: 0, null_until: i16::MAX, tag: 0, null: true, ..FIELD }, &mut self.isr);
        c.i32(&Field { name: "Leader", tag: 1, default: -2, ..FIELD }, &mut self.leader);
        c.nullable_array(&Field { name: "Replicas", null_since: 0, null_until: i16::MAX, tag: 2, null: true, ..FIELD }, &mut self.replicas);
        c.nullable_array(
            &Field { name: "RemovingReplicas", null_since: 0, null_until: i16::MAX, tag: 3, null: true, ..FIELD },
            &mut self.removing_replicas,
        );
        c.nullable_array(
            &Field { name: "AddingReplicas", null_since: 0, null_until: i16::MAX, tag: 4, null: true, ..FIELD },
            &mut self.adding_replicas,
        );
        c.i8(&Field { name: "LeaderRecoveryState", tag: 5, default: -1, ..FIELD }, &mut self.leader_recovery_state);
        c.nullable_array(
            &Field { name: "EligibleLeaderReplicas", since: 2, null_since: 2, null_until: i16::MAX, tag: 6, null: true, ..FIELD },
            &mut self.eligible_leader_replicas,
        );
        c.nullable_array(
            &Field { name: "LastKnownElr", since: 2, null_since: 2, null_until: i16::MAX, tag: 7, null: true, ..FIELD },
            &mut self.last_known_elr,
        );
        c.nullable_array(
            &Field { name: "Directories", since: 1, null_since: 1, null_until: i16::MAX, tag: 8, null: true, ..FIELD },
            &mut self.directories,
        );
        c.end_tags(&mut self.tags);
    }
}

impl Part for PartitionChangeRecord {}

impl Message for PartitionChangeRecord {
    const NAME: &'static str = "PartitionChangeRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 0;
}
