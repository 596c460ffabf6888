//! A partition as one of its replicas has it (`kafka.cluster.Partition`): the log, who leads, who is in sync, and how far it is committed.

use super::disk::StoredReplica;
use crate::base::{Instant, LeaderEpoch, NodeId, Offset, TopicPartition, Uuid};
use crate::controller::image::PartitionImage;
use crate::log::{Append, AppendError, Appended, EpochEnd, Log, LogConfig, Origin};
use crate::wire::{Batch, ErrorCode};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the leader knows of a follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Follower {
    /// The offset that it fetched last: it has everything before.
    pub end_offset: Offset,
    pub start_offset: Offset,
    /// When it fetched last.
    pub fetched: Instant,
}

/// A replica of a partition on this broker.
#[derive(Clone, Debug)]
pub struct Partition {
    node: NodeId,
    topic_id: Uuid,
    log: Log,
    leader: Option<NodeId>,
    leader_epoch: LeaderEpoch,
    /// Where this broker's leadership began; none on followers.
    leader_epoch_start: Option<Offset>,
    replicas: Vec<NodeId>,
    isr: Vec<NodeId>,
    high_watermark: Offset,
    /// The high watermark that a restarted broker begins with.
    checkpointed: Offset,
    /// Those that have fetched since this broker began to lead.
    followers: BTreeMap<NodeId, Follower>,
}

/// How far a reader may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
    /// Followers, and the debugging consumer.
    LogEnd,
    /// read_uncommitted.
    HighWatermark,
    /// read_committed.
    LastStable,
}

impl Partition {
    pub(super) fn new(node: NodeId, topic_id: Uuid, partition: TopicPartition, config: Arc<LogConfig>, now_ms: i64) -> Self {
        Self {
            node,
            topic_id,
            log: Log::new(partition, config, now_ms),
            leader: None,
            leader_epoch: LeaderEpoch(-1),
            leader_epoch_start: None,
            replicas: Vec::new(),
            isr: Vec::new(),
            high_watermark: Offset(0),
            checkpointed: Offset(0),
            followers: BTreeMap::new(),
        }
    }

    /// A replica as an earlier process left it.
    pub(super) fn restored(node: NodeId, stored: StoredReplica, config: Arc<LogConfig>) -> Self {
        let StoredReplica { topic_id, mut log, high_watermark } = stored;
        log.set_config(config);
        let high_watermark = high_watermark.max(log.start_offset()).min(log.end_offset());
        Self {
            node,
            topic_id,
            log,
            leader: None,
            leader_epoch: LeaderEpoch(-1),
            leader_epoch_start: None,
            replicas: Vec::new(),
            isr: Vec::new(),
            high_watermark,
            checkpointed: high_watermark,
            followers: BTreeMap::new(),
        }
    }

    pub(super) fn into_stored(self) -> StoredReplica {
        StoredReplica { topic_id: self.topic_id, log: self.log, high_watermark: self.checkpointed }
    }

    pub(super) fn is_checkpointed(&self) -> bool {
        self.checkpointed == self.high_watermark
    }

    pub(super) const fn checkpoint(&mut self) {
        self.checkpointed = self.high_watermark;
    }

    /// Makes the replica what the metadata says: leader or follower, in this epoch. Returns whether the high watermark moved.
    pub(super) fn apply(&mut self, image: &PartitionImage) -> bool {
        self.replicas.clone_from(&image.replicas);
        self.isr.clone_from(&image.isr);
        self.leader = image.leader;
        let new_epoch = image.leader_epoch > self.leader_epoch;
        self.leader_epoch = image.leader_epoch;
        if !self.is_leader() {
            self.leader_epoch_start = None;
            self.followers.clear();
            return false;
        }
        if new_epoch || self.leader_epoch_start.is_none() {
            self.log.begin_epoch(image.leader_epoch);
            self.leader_epoch_start = Some(self.log.end_offset());
            self.followers.clear();
        }
        self.advance_high_watermark()
    }

    pub(super) fn set_config(&mut self, config: Arc<LogConfig>) {
        self.log.set_config(config);
    }

    pub const fn log(&self) -> &Log {
        &self.log
    }

    pub(super) const fn log_mut(&mut self) -> &mut Log {
        &mut self.log
    }

    pub const fn topic_id(&self) -> Uuid {
        self.topic_id
    }

    pub const fn leader(&self) -> Option<NodeId> {
        self.leader
    }

    pub const fn leader_epoch(&self) -> LeaderEpoch {
        self.leader_epoch
    }

    pub fn is_leader(&self) -> bool {
        self.leader == Some(self.node)
    }

    pub fn isr(&self) -> &[NodeId] {
        &self.isr
    }

    /// What the leader knows of its followers; empty on a follower.
    pub const fn followers(&self) -> &BTreeMap<NodeId, Follower> {
        &self.followers
    }

    /// The offset that all in-sync replicas have reached.
    pub const fn high_watermark(&self) -> Offset {
        self.high_watermark
    }

    /// Where the first open transaction begins; as there are none, the high watermark.
    pub const fn last_stable_offset(&self) -> Offset {
        self.high_watermark
    }

    /// The first offset that such a reader may not see.
    pub const fn visible_to(&self, isolation: Isolation) -> Offset {
        match isolation {
            Isolation::LogEnd => self.log.end_offset(),
            Isolation::HighWatermark => self.high_watermark(),
            Isolation::LastStable => self.last_stable_offset(),
        }
    }

    /// The leader has been elected, but does not know yet how far its predecessor had committed.
    pub fn is_catching_up(&self) -> bool {
        self.leader_epoch_start.is_some_and(|start| start > self.high_watermark)
    }

    /// Whether a client may be served that knows this leader epoch (-1: it does not say), by the leader only or by any replica.
    ///
    /// # Errors
    /// FENCED_LEADER_EPOCH, UNKNOWN_LEADER_EPOCH, NOT_LEADER_OR_FOLLOWER.
    pub fn check_access(&self, known_epoch: i32, leader_only: bool) -> Result<(), ErrorCode> {
        if known_epoch >= 0 && known_epoch < self.leader_epoch.0 {
            Err(ErrorCode::FencedLeaderEpoch)
        } else if known_epoch > self.leader_epoch.0 {
            Err(ErrorCode::UnknownLeaderEpoch)
        } else if leader_only && !self.is_leader() {
            Err(ErrorCode::NotLeaderOrFollower)
        } else {
            Ok(())
        }
    }

    /// Where a leader epoch ends in this log.
    pub fn end_of_epoch(&self, epoch: LeaderEpoch) -> EpochEnd {
        self.log.end_of_epoch(epoch)
    }

    /// `min.insync.replicas`, but no more than there are replicas.
    fn min_isr(&self) -> usize {
        usize::try_from(self.log.config().min_insync_replicas).unwrap_or(0).min(self.replicas.len())
    }

    /// Fewer replicas are in sync than acks=all asks for.
    pub fn is_under_min_isr(&self) -> bool {
        self.isr.len() < self.min_isr()
    }

    /// Writes a batch, as the leader that this replica must be.
    pub(super) fn append(&mut self, batch: Batch, origin: Origin, now_ms: i64) -> Result<Appended, AppendError> {
        self.log.append_as_leader(batch, Append { leader_epoch: self.leader_epoch, origin, now_ms })
    }

    /// Moves the high watermark up to what all in-sync replicas have; it stays while too few are in sync (KIP-966).
    /// Returns whether it moved.
    pub(super) fn advance_high_watermark(&mut self) -> bool {
        if !self.is_leader() || self.is_under_min_isr() {
            return false;
        }
        let others = self.isr.iter().filter(|replica| **replica != self.node);
        let reached = others.map(|replica| self.followers.get(replica).map_or(Offset(-1), |follower| follower.end_offset));
        let committed = reached.min().unwrap_or(self.log.end_offset()).min(self.log.end_offset());
        let moves = committed > self.high_watermark;
        self.high_watermark = self.high_watermark.max(committed);
        moves
    }

    /// A follower fetches from `offset` on. Returns whether the high watermark moved.
    ///
    /// # Errors
    /// NOT_LEADER_OR_FOLLOWER for a broker that is no replica.
    pub(super) fn follower_fetched(&mut self, replica: NodeId, follower: Follower) -> Result<bool, ErrorCode> {
        if replica == self.node || !self.replicas.contains(&replica) {
            return Err(ErrorCode::NotLeaderOrFollower);
        }
        self.followers.insert(replica, follower);
        Ok(self.advance_high_watermark())
    }

    /// Whether a broker replicates this partition from here.
    pub fn is_follower(&self, replica: NodeId) -> bool {
        replica != self.node && self.replicas.contains(&replica)
    }

    /// Makes `offset` the log's start; -1 stands for the high watermark. Returns where it is now.
    ///
    /// # Errors
    /// POLICY_VIOLATION where `cleanup.policy` does not delete, OFFSET_OUT_OF_RANGE beyond the high watermark.
    pub(super) fn delete_records(&mut self, offset: Offset) -> Result<Offset, ErrorCode> {
        if !self.log.config().deleted {
            return Err(ErrorCode::PolicyViolation);
        }
        let offset = if offset == Offset(-1) { self.high_watermark } else { offset };
        if offset.0 < 0 || offset > self.high_watermark {
            return Err(ErrorCode::OffsetOutOfRange);
        }
        self.log.increment_start(offset);
        Ok(offset)
    }

    /// The log start that all replicas have reached.
    pub fn low_watermark(&self) -> Offset {
        let others = self.replicas.iter().filter(|replica| **replica != self.node);
        let starts = others.map(|replica| self.followers.get(replica).map_or(Offset(-1), |follower| follower.start_offset));
        starts.min().unwrap_or(self.log.start_offset()).min(self.log.start_offset())
    }

    pub(super) fn expire_producers(&mut self, now_ms: i64, expiration_ms: i64) {
        self.log.expire_producers(now_ms, expiration_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{BatchBuilder, Compression};

    const EPOCH: LeaderEpoch = LeaderEpoch(3);

    /// Replicas 1, 2 and 3, seen from 1, which leads.
    fn partition(isr: &[i32], change: impl FnOnce(&mut LogConfig)) -> Partition {
        let mut config = LogConfig::default();
        change(&mut config);
        let mut partition = Partition::new(NodeId(1), Uuid::ZERO, TopicPartition::new("t", 0), Arc::new(config), 0);
        partition.apply(&image(isr, 1, EPOCH));
        partition
    }

    fn image(isr: &[i32], leader: i32, leader_epoch: LeaderEpoch) -> PartitionImage {
        PartitionImage {
            replicas: vec![NodeId(1), NodeId(2), NodeId(3)],
            isr: isr.iter().copied().map(NodeId).collect(),
            leader: Some(NodeId(leader)),
            leader_epoch,
            ..Default::default()
        }
    }

    fn append(partition: &mut Partition) {
        let mut builder = BatchBuilder::new(Compression::None);
        builder.append(0, None, Some(b"x"), &[]).unwrap();
        partition.append(builder.build().unwrap(), Origin::Client, 0).unwrap();
        partition.advance_high_watermark();
    }

    fn fetched(partition: &mut Partition, replica: i32, offset: i64) -> Result<bool, ErrorCode> {
        let follower = Follower { end_offset: Offset(offset), start_offset: Offset(0), fetched: Instant::ZERO };
        partition.follower_fetched(NodeId(replica), follower)
    }

    #[test]
    fn the_high_watermark_is_what_all_in_sync_replicas_have() {
        let mut partition = partition(&[1, 2, 3], |_| {});
        (0..3).for_each(|_| append(&mut partition));
        assert_eq!(partition.high_watermark(), Offset(0));
        assert_eq!(fetched(&mut partition, 2, 3), Ok(false));
        assert_eq!(fetched(&mut partition, 3, 1), Ok(true));
        assert_eq!(partition.high_watermark(), Offset(1));
        assert!(partition.apply(&image(&[1, 2], 1, EPOCH)), "a replica that falls out no longer holds it back");
        assert_eq!(partition.high_watermark(), Offset(3));
    }

    #[test]
    fn the_high_watermark_stays_while_too_few_are_in_sync() {
        let mut partition = partition(&[1], |config| config.min_insync_replicas = 2);
        append(&mut partition);
        assert!(partition.is_under_min_isr());
        assert_eq!(partition.high_watermark(), Offset(0));
        let mut few = self::partition(&[1, 2, 3], |config| config.min_insync_replicas = 9);
        assert!(!few.is_under_min_isr(), "more than all replicas cannot be asked for");
        few.apply(&image(&[1, 2], 1, EPOCH));
        assert!(few.is_under_min_isr());
    }

    #[test]
    fn a_broker_that_is_no_replica_does_not_follow() {
        let mut partition = partition(&[1, 2], |_| {});
        assert_eq!(fetched(&mut partition, 7, 0), Err(ErrorCode::NotLeaderOrFollower));
        assert_eq!(fetched(&mut partition, 1, 0), Err(ErrorCode::NotLeaderOrFollower));
    }

    #[test]
    fn a_leader_epoch_is_checked_before_who_leads() {
        let mut partition = partition(&[1], |_| {});
        assert_eq!(partition.check_access(2, true), Err(ErrorCode::FencedLeaderEpoch));
        assert_eq!(partition.check_access(4, true), Err(ErrorCode::UnknownLeaderEpoch));
        assert_eq!([partition.check_access(3, true), partition.check_access(-1, true)], [Ok(()), Ok(())]);
        partition.apply(&image(&[1, 2], 2, LeaderEpoch(4)));
        assert_eq!(partition.check_access(3, true), Err(ErrorCode::FencedLeaderEpoch));
        assert_eq!(partition.check_access(-1, true), Err(ErrorCode::NotLeaderOrFollower));
        assert_eq!(partition.check_access(4, false), Ok(()), "a consumer may read from a follower");
    }

    #[test]
    fn a_new_leader_has_to_catch_up_with_what_was_committed_before() {
        let mut partition = partition(&[1, 2], |_| {});
        append(&mut partition);
        partition.apply(&image(&[1, 2], 1, LeaderEpoch(4)));
        assert!(partition.is_catching_up());
        fetched(&mut partition, 2, 1).unwrap();
        assert!(!partition.is_catching_up());
    }

    #[test]
    fn records_are_deleted_up_to_the_high_watermark_and_on_all_replicas() {
        let mut partition = partition(&[1, 2], |_| {});
        (0..3).for_each(|_| append(&mut partition));
        fetched(&mut partition, 2, 2).unwrap();
        fetched(&mut partition, 3, 0).unwrap();
        assert_eq!(partition.delete_records(Offset(3)), Err(ErrorCode::OffsetOutOfRange));
        assert_eq!(partition.delete_records(Offset(-1)), Ok(Offset(2)));
        assert_eq!((partition.log().start_offset(), partition.low_watermark()), (Offset(2), Offset(0)));
        let mut compacted = self::partition(&[1], |config| config.deleted = false);
        assert_eq!(compacted.delete_records(Offset(0)), Err(ErrorCode::PolicyViolation));
    }
}
