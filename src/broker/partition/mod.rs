//! A partition as one of its replicas has it (`kafka.cluster.Partition`): the log, who leads, who is in sync, and how far it is committed.

mod follower;
mod isr;
#[cfg(test)]
mod tests;

pub use follower::{Follower, FollowerFetch, Peers};
pub(super) use isr::Alteration;
pub use isr::PendingIsr;

use super::disk::StoredReplica;
use super::replica_manager::Write;
use crate::base::SortedMap;
use crate::base::{
    Instant, LeaderEpoch, NodeId, Offset, ProducerEpoch, ProducerId, TopicPartition, Uuid,
    bugs::{self, Bug},
};
use crate::controller::image::PartitionImage;
use crate::log::{Append, AppendError, Appended, EpochEnd, Log, LogConfig, VerificationGuard};
use crate::wire::{Batch, ErrorCode, Rope};
use std::sync::Arc;

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
    /// Counts every change that the controller makes.
    partition_epoch: i32,
    replicas: Vec<NodeId>,
    isr: Vec<NodeId>,
    pending_isr: Option<PendingIsr>,
    high_watermark: Offset,
    /// The high watermark that a restarted broker begins with.
    checkpointed: Offset,
    /// The other replicas; none on a follower.
    followers: SortedMap<NodeId, Follower>,
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
        Self::of_log(node, topic_id, Log::new(partition, config, now_ms), Offset(0))
    }

    /// A replica as an earlier process left it.
    pub(super) fn restored(node: NodeId, stored: StoredReplica, config: Arc<LogConfig>, now_ms: i64) -> Self {
        let StoredReplica { topic_id, mut log, high_watermark } = stored;
        log.set_config(config);
        log.load(now_ms);
        let high_watermark = high_watermark.max(log.start_offset()).min(log.end_offset());
        Self::of_log(node, topic_id, log, high_watermark)
    }

    fn of_log(node: NodeId, topic_id: Uuid, log: Log, high_watermark: Offset) -> Self {
        Self {
            node,
            topic_id,
            log,
            leader: None,
            leader_epoch: LeaderEpoch(-1),
            leader_epoch_start: None,
            partition_epoch: -1,
            replicas: Vec::new(),
            isr: Vec::new(),
            pending_isr: None,
            high_watermark,
            checkpointed: high_watermark,
            followers: SortedMap::new(),
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
    pub(super) fn apply(&mut self, image: &PartitionImage, peers: &Peers, now: Instant) -> bool {
        if bugs::has(Bug::ForgetAFencedEpoch) && self.is_leader() && image.leader != Some(self.node) {
            return false;
        }
        if image.partition_epoch < self.partition_epoch && image.leader_epoch <= self.leader_epoch {
            return false;
        }
        let new_epoch = image.leader_epoch > self.leader_epoch;
        self.partition_epoch = image.partition_epoch;
        self.leader_epoch = image.leader_epoch;
        self.leader = image.leader;
        self.replicas.clone_from(&image.replicas);
        self.isr.clone_from(&image.isr);
        self.pending_isr = None;
        if !self.is_leader() {
            return self.follow();
        }
        self.lead(new_epoch, now);
        self.advance_high_watermark(peers, now)
    }

    fn follow(&mut self) -> bool {
        self.leader_epoch_start = None;
        self.followers.clear();
        // Without epochs there is no finding out where the logs part: what is not known to be committed goes.
        if self.leader.is_some() && self.log.leader_epochs().latest().is_none() && self.high_watermark < self.log.end_offset() {
            self.log.truncate_to(self.high_watermark);
        }
        false
    }

    fn lead(&mut self, new_epoch: bool, now: Instant) {
        let end = self.log.end_offset();
        let (begins, mut known) = (self.leader_epoch_start.is_none(), std::mem::take(&mut self.followers));
        if new_epoch || begins {
            self.log.begin_epoch(self.leader_epoch);
            self.leader_epoch_start = Some(end);
        }
        for replica in self.replicas.iter().copied().filter(|replica| *replica != self.node) {
            let in_sync = self.isr.contains(&replica);
            let follower = match known.remove(&replica) {
                Some(follower) if new_epoch => follower.in_new_epoch(now, in_sync, end),
                Some(follower) => follower,
                None => Follower::unheard(now, in_sync),
            };
            self.followers.insert(replica, follower);
        }
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

    /// Counts every change that the controller makes.
    pub const fn partition_epoch(&self) -> i32 {
        self.partition_epoch
    }

    /// All replicas, the preferred leader first.
    pub fn replicas(&self) -> &[NodeId] {
        &self.replicas
    }

    /// What the leader knows of its followers; empty on a follower.
    pub const fn followers(&self) -> &SortedMap<NodeId, Follower> {
        &self.followers
    }

    /// The offset that all in-sync replicas have reached.
    pub const fn high_watermark(&self) -> Offset {
        self.high_watermark
    }

    /// Where the first transaction begins whose end is not known to be committed; without one, the high watermark.
    pub fn last_stable_offset(&self) -> Offset {
        self.log.last_stable_offset(self.high_watermark)
    }

    /// The first offset that such a reader may not see.
    pub fn visible_to(&self, isolation: Isolation) -> Offset {
        match isolation {
            Isolation::LogEnd => self.log.end_offset(),
            Isolation::HighWatermark if bugs::has(Bug::ReadBeyondTheHighWatermark) => self.log.end_offset(),
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

    /// Writes a batch, as the leader that this replica must be.
    pub(super) fn append(&mut self, batch: Batch, write: Write, now_ms: i64, peers: &Peers) -> Result<Appended, AppendError> {
        let end = self.log.end_offset();
        // Whoever had everything is no longer mentioned by incremental fetches; from now on it counts when that was so.
        for (replica, follower) in self.followers.iter_mut().filter(|(_, follower)| follower.end_offset == end) {
            peers.last_fetch.get(replica).into_iter().for_each(|at| follower.fetched_nothing_new(*at));
        }
        let Write { origin, guard, transaction_version } = write;
        self.log.append_as_leader(batch, Append { leader_epoch: self.leader_epoch, origin, guard, transaction_version, now_ms })
    }

    /// Moves the high watermark up to what all have that are in sync, may be so soon, or could be at any moment; it stays while too few
    /// are in sync (KIP-966). Returns whether it moved.
    pub(super) fn advance_high_watermark(&mut self, peers: &Peers, now: Instant) -> bool {
        if !self.is_leader() || self.is_under_min_isr() {
            return false;
        }
        let end = self.log.end_offset();
        let counts = |replica: NodeId, follower: &Follower| {
            !bugs::has(Bug::HighWatermarkBeyondTheIsr) && self.is_in_maximal_isr(replica)
                || follower.is_caught_up(end, now, peers.lag_max) && peers.may_be_in_sync(replica, follower)
        };
        let counted = self.followers.iter().filter(|(replica, follower)| counts(**replica, follower));
        let committed = counted.map(|(_, follower)| follower.end_offset).fold(end, Offset::min);
        let moves = committed > self.high_watermark;
        self.high_watermark = self.high_watermark.max(committed);
        self.log.transactions_committed(self.high_watermark);
        moves
    }

    /// A follower fetches. False where what it says does not count.
    pub(super) fn follower_fetched(&mut self, fetch: &FollowerFetch, now: Instant) -> bool {
        let end = self.log.end_offset();
        self.followers.get_mut(&fetch.replica).is_some_and(|follower| follower.fetched(fetch, now, end))
    }

    /// Takes what the leader has sent, as its follower; batches of a later leader's epoch than is known here are left. Returns the log's end.
    ///
    /// The leader's log may begin in the middle of a batch, up to where records were deleted. A follower that begins there takes the batch as a
    /// whole, and where its log begins from the leader (`Partition.appendRecordsToFollowerOrFutureReplica`).
    pub(super) fn append_as_follower(&mut self, records: Rope, now_ms: i64) -> Result<Offset, AppendError> {
        let first = (self.log.start_offset() == self.log.end_offset()).then(|| records.clone());
        match (self.log.append_as_follower(records, self.leader_epoch, now_ms), first) {
            (Err(AppendError::UnexpectedOffset { offset, last, end }), Some(records)) if (offset..=last).contains(&end) => {
                self.truncate_fully(offset, now_ms);
                self.log.append_as_follower(records, self.leader_epoch, now_ms)
            }
            (result, _) => result,
        }
    }

    /// Takes over how far the leader says that the partition is committed, as far as this log goes. Returns whether it is news.
    pub(super) fn follow_high_watermark(&mut self, told: Offset) -> bool {
        let before = std::mem::replace(&mut self.high_watermark, told.min(self.log.end_offset()).max(self.log.start_offset()));
        self.log.transactions_committed(self.high_watermark);
        before != self.high_watermark
    }

    /// Takes over where the leader says that the log begins. Returns whether it moved.
    pub(super) fn follow_log_start(&mut self, told: Offset) -> bool {
        self.log.increment_start(told.min(self.high_watermark))
    }

    /// Gives up what the leader does not have.
    pub(super) fn truncate_to(&mut self, end: Offset) {
        self.log.truncate_to(end);
        self.high_watermark = self.high_watermark.min(self.log.end_offset());
    }

    /// Gives up everything, and begins again where the leader's log begins.
    pub(super) fn truncate_fully(&mut self, start: Offset, now_ms: i64) {
        self.log.truncate_fully(start, now_ms);
        self.high_watermark = start;
    }

    /// Whether a broker replicates this partition from here.
    pub fn is_follower(&self, replica: NodeId) -> bool {
        self.followers.contains_key(&replica)
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

    /// The log start that all replicas on living brokers have reached.
    pub fn low_watermark(&self, peers: &Peers) -> Offset {
        let others = self.followers.iter().filter(|(replica, _)| peers.alive.contains_key(replica));
        others.map(|(_, follower)| follower.start_offset).fold(self.log.start_offset(), Offset::min)
    }

    /// What a transaction's first batch has to bring with it; none: the transaction is open here.
    ///
    /// # Errors
    /// What the log refuses.
    pub(super) fn begin_verification(
        &mut self,
        (producer, epoch): (ProducerId, ProducerEpoch),
        sequence: i32,
        bumps_epochs: bool,
        now_ms: i64,
    ) -> Result<Option<VerificationGuard>, AppendError> {
        self.log.begin_verification(producer, sequence, epoch, bumps_epochs, now_ms)
    }

    pub(super) fn expire_producers(&mut self, now_ms: i64, expiration_ms: i64) {
        self.log.expire_producers(now_ms, expiration_ms);
    }
}
