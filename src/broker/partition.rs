//! A partition as one of its replicas has it (`kafka.cluster.Partition`): the log, who leads, who is in sync, and how far it is committed.

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
            followers: BTreeMap::new(),
        }
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
        self.log.delete_records(offset);
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
