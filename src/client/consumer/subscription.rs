//! What a consumer reads, and where it stands in each partition (`SubscriptionState`).

use super::config::OffsetReset;
use crate::base::{Instant, LeaderEpoch, NodeId, Offset, TopicPartition};
use crate::base::{SortedMap, SortedSet};
use std::sync::Arc;

/// How a consumer came by its partitions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Subscription {
    #[default]
    None,
    /// By `subscribe`: the group assigns them.
    Topics(SortedSet<Arc<str>>),
    /// By `assign`, by hand.
    Assigned,
}

/// What a partition needs before it can be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// Its position: from the committed offset, if there is one.
    NeedsCommitted,
    /// Its position: from the log's start or end.
    NeedsReset(OffsetReset),
    /// To know that the leader's log has what was read, as far as its position.
    NeedsValidation,
    /// Nothing.
    Ready,
}

/// Where a consumer stands in a partition.
#[derive(Clone, Debug)]
pub struct Progress {
    pub readiness: Readiness,
    /// The next offset to hand to the application; -1 before it is known.
    pub position: Offset,
    /// Of the last record handed over; -1 before the first.
    pub epoch: LeaderEpoch,
    /// Of the leader by which the position is known to be good; -1 before there is one.
    pub validated: LeaderEpoch,
    /// What this consumer last committed or found committed.
    pub committed: Option<Offset>,
    /// As the last fetch had it.
    pub high_watermark: Option<Offset>,
    /// Likewise, where only what was committed is read: up to where no transaction is open.
    pub last_stable: Option<Offset>,
    pub log_start: Option<Offset>,
    /// By the application.
    pub paused: bool,
    /// It is about to be given back: nothing more is read from it.
    pub leaving: bool,
    /// A reset is not to be tried before this.
    pub retry_at: Instant,
    /// The replica that the leader has sent it to, and until when (KIP-392).
    pub preferred: Option<(NodeId, Instant)>,
}

impl Progress {
    fn new() -> Self {
        Self {
            readiness: Readiness::NeedsCommitted,
            position: Offset(-1),
            epoch: LeaderEpoch(-1),
            validated: LeaderEpoch(-1),
            committed: None,
            high_watermark: None,
            last_stable: None,
            log_start: None,
            paused: false,
            leaving: false,
            retry_at: Instant::ZERO,
            preferred: None,
        }
    }

    /// Where to fetch from, other than the leader.
    pub(super) fn preferred_replica(&self, now: Instant) -> Option<NodeId> {
        self.preferred.filter(|(_, until)| *until > now).map(|(replica, _)| replica)
    }

    /// Up to where it may read, as far as the last fetch knew (`partitionEndOffset`).
    pub fn end(&self) -> Option<Offset> {
        self.last_stable.or(self.high_watermark)
    }

    /// Offsets up to the end that it has not come to yet.
    pub fn lag(&self) -> Option<i64> {
        let end = self.end().filter(|_| self.readiness == Readiness::Ready)?;
        Some((end.0 - self.position.0).max(0))
    }

    pub(super) fn is_fetchable(&self) -> bool {
        self.readiness == Readiness::Ready && !self.paused && !self.leaving
    }

    pub(super) fn seek(&mut self, offset: Offset) {
        self.position = offset;
        self.epoch = LeaderEpoch(-1);
        self.validated = LeaderEpoch(-1);
        self.readiness = Readiness::Ready;
    }
}

/// The partitions that a consumer has.
#[derive(Clone, Debug, Default)]
pub(super) struct Partitions(SortedMap<TopicPartition, Progress>);

impl Partitions {
    pub fn iter(&self) -> impl Iterator<Item = (&TopicPartition, &Progress)> {
        self.0.iter()
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&TopicPartition, &mut Progress)> {
        self.0.iter_mut()
    }

    pub fn keys(&self) -> Vec<TopicPartition> {
        self.0.keys().cloned().collect()
    }

    pub fn get(&self, partition: &TopicPartition) -> Option<&Progress> {
        self.0.get(partition)
    }

    pub fn get_mut(&mut self, partition: &TopicPartition) -> Option<&mut Progress> {
        self.0.get_mut(partition)
    }

    pub fn contains(&self, partition: &TopicPartition) -> bool {
        self.0.contains_key(partition)
    }

    /// Has exactly these; what was there before keeps its progress.
    pub fn assign(&mut self, partitions: impl IntoIterator<Item = TopicPartition>) {
        let mut before = std::mem::take(&mut self.0);
        self.0 = partitions
            .into_iter()
            .map(|partition| {
                let progress = before.remove(&partition).unwrap_or_else(Progress::new);
                (partition, progress)
            })
            .collect();
    }

    pub fn remove(&mut self, partitions: &[TopicPartition]) {
        self.0.retain(|partition, _| !partitions.contains(partition));
    }

    /// The positions to commit: of all partitions that have one (`allConsumed`).
    pub fn consumed(&self) -> Vec<(TopicPartition, Offset, LeaderEpoch)> {
        let ready = self.0.iter().filter(|(_, progress)| progress.readiness == Readiness::Ready);
        ready.map(|(partition, progress)| (partition.clone(), progress.position, progress.epoch)).collect()
    }
}
