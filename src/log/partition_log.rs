//! The log itself: its segments, its start and its end (`UnifiedLog`, `LocalLog`).

use super::cleaned::Cleaned;
use super::config::LogConfig;
use super::leader_epochs::{EpochEnd, LeaderEpochs};
use super::producers::ProducerStates;
use super::segment::Segment;
use super::transaction_index::AbortedTransaction;
use super::verification::Verifications;
use crate::base::{LeaderEpoch, Offset, TopicPartition};
use crate::wire::Batch;
use crate::wire::batch::{BatchHeader, TransactionEnd};
use std::sync::Arc;

/// A partition's log on one replica. A clone shares all batches.
#[derive(Clone, Debug)]
pub struct Log {
    pub(super) partition: TopicPartition,
    pub(super) config: Arc<LogConfig>,
    /// All segments but the last, which never change.
    pub(super) sealed: Vec<Arc<Segment>>,
    /// The segment that is written to.
    pub(super) active: Arc<Segment>,
    pub(super) start: Offset,
    pub(super) end: Offset,
    /// The recovery point: what lies before is on the disk for sure.
    pub(super) flushed: Offset,
    pub(super) last_flush_ms: i64,
    /// The active segment's base offset, where nobody has asked since it began.
    pub(super) rolled: Option<Offset>,
    pub(super) epochs: LeaderEpochs,
    pub(super) producers: Arc<ProducerStates>,
    pub(super) verifications: Arc<Verifications>,
    /// Up to here the log is compacted; also what has become of the records that are not there any more.
    pub(super) cleaned_to: Offset,
    pub(super) cleaned: Arc<Cleaned>,
}

/// A segment, for those who look at a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentSummary {
    pub base_offset: Offset,
    /// In bytes.
    pub size: u64,
}

impl Log {
    /// An empty log, from offset 0 on.
    pub fn new(partition: TopicPartition, config: Arc<LogConfig>, now_ms: i64) -> Self {
        Self {
            partition,
            config,
            sealed: Vec::new(),
            active: Arc::new(Segment::new(Offset(0), now_ms, Arc::default())),
            start: Offset(0),
            end: Offset(0),
            flushed: Offset(0),
            last_flush_ms: now_ms,
            rolled: None,
            epochs: LeaderEpochs::default(),
            producers: Arc::default(),
            verifications: Arc::default(),
            cleaned_to: Offset(0),
            cleaned: Arc::default(),
        }
    }

    pub const fn partition(&self) -> &TopicPartition {
        &self.partition
    }

    pub fn config(&self) -> &LogConfig {
        &self.config
    }

    /// The topic's settings have changed. What is written stays as it is.
    pub fn set_config(&mut self, config: Arc<LogConfig>) {
        self.config = config;
    }

    /// The first offset that may be read.
    pub const fn start_offset(&self) -> Offset {
        self.start
    }

    /// The offset that the next record gets.
    pub const fn end_offset(&self) -> Offset {
        self.end
    }

    /// Of all batches, in bytes.
    pub fn size_in_bytes(&self) -> u64 {
        self.segments().map(Segment::size).fold(0, u64::saturating_add)
    }

    /// The segments, oldest first; never none.
    pub fn segment_summaries(&self) -> impl Iterator<Item = SegmentSummary> + '_ {
        self.segments().map(|segment| SegmentSummary { base_offset: segment.base_offset(), size: segment.size() })
    }

    pub const fn leader_epochs(&self) -> &LeaderEpochs {
        &self.epochs
    }

    /// The producers that the log remembers, with their open transactions.
    pub fn producers(&self) -> &ProducerStates {
        &self.producers
    }

    /// This replica has become the leader: what it writes is of this epoch.
    pub fn begin_epoch(&mut self, epoch: LeaderEpoch) {
        self.epochs.assign(epoch, self.end);
    }

    /// Where the batches of a leader epoch end in this log.
    pub fn end_of_epoch(&self, epoch: LeaderEpoch) -> EpochEnd {
        self.epochs.end_of(epoch, self.end)
    }

    /// The batches from the one that holds `from` on, up to `up_to`, in order; headers as they lie in the log.
    pub fn batches(&self, from: Offset, up_to: Offset) -> impl Iterator<Item = Batch> + '_ {
        let segments = self.segments_from(from);
        let batches = segments.flat_map(move |segment| segment.find(from).map(|cursor| segment.batches_from(cursor)).into_iter().flatten());
        batches.take_while(move |batch| batch.header.base_offset < up_to)
    }

    /// The last batch that begins before `offset`, for those who read backwards.
    pub fn batch_before(&self, offset: Offset) -> Option<Batch> {
        let reach = self.sealed.partition_point(|segment| segment.base_offset() < offset);
        let sealed = self.sealed.get(..reach).unwrap_or_default();
        [&self.active].into_iter().chain(sealed.iter().rev()).find_map(|segment| segment.last_before(offset))
    }

    /// Ends the log at `offset`: a follower gives up what its leader does not have. The batch that holds `offset` goes as a whole.
    pub fn truncate_to(&mut self, offset: Offset) {
        if offset >= self.end {
            // Whoever led without writing anything noted its epoch all the same, and nobody else knows of that.
            self.epochs.truncate_from(self.end);
            return;
        }
        if offset < self.start {
            let created_ms = self.active.created_ms();
            return self.truncate_fully(offset, created_ms);
        }
        let kept = self.sealed.partition_point(|segment| segment.base_offset() <= offset);
        if self.active.base_offset() > offset
            && let Some(last) = kept.checked_sub(1).and_then(|at| self.sealed.get(at))
        {
            self.active = Arc::clone(last);
            self.sealed.truncate(kept.saturating_sub(1));
        }
        self.active = Arc::new(self.active.truncated(offset, self.config.index_interval_bytes));
        self.end = offset;
        self.flushed = self.flushed.min(offset);
        if offset < self.cleaned_to {
            self.cleaned_to = offset;
            Arc::make_mut(&mut self.cleaned).truncate_from(offset);
        }
        self.epochs.truncate_from(offset);
        self.rebuild_producers();
    }

    /// Empties the log, and lets it begin again at `offset`.
    pub fn truncate_fully(&mut self, offset: Offset, now_ms: i64) {
        self.sealed.clear();
        self.active = Arc::new(Segment::new(offset, now_ms, Arc::default()));
        (self.start, self.end, self.flushed, self.cleaned_to) = (offset, offset, offset, offset);
        self.epochs.clear();
        self.cleaned = Arc::default();
        self.producers = Arc::default();
    }

    /// Forgets producers that have not written for `expiration_ms` (`producer.id.expiration.ms`) and are in no transaction, and verifications
    /// that were begun so long ago.
    pub fn expire_producers(&mut self, now_ms: i64, expiration_ms: i64) {
        if self.producers.has_expired(now_ms, expiration_ms) {
            Arc::make_mut(&mut self.producers).expire(now_ms, expiration_ms);
        }
        self.expire_verifications(now_ms, expiration_ms);
    }

    /// From what was known of them as the active segment began, or else from its batches alone: what was known where the log now starts, or
    /// before, counts no more (`ProducerStateManager.truncateAndReload`).
    fn rebuild_producers(&mut self) {
        let before = Some(self.active.producers_before()).filter(|_| self.active.base_offset() > self.start);
        self.producers = before.map(Arc::clone).unwrap_or_default();
        let (active, start) = (Arc::clone(&self.active), self.start);
        let batches = active.headers_and_ends().filter(|(header, _)| header.has_producer_id());
        for (header, end) in batches.skip_while(|(header, _)| header.last_offset() < start) {
            self.take_in(&header, end.as_ref());
        }
    }

    /// A producer's batch has been added. Returns the transaction that it aborts.
    pub(super) fn take_in(&mut self, header: &BatchHeader, end: Option<&TransactionEnd>) -> Option<AbortedTransaction> {
        if header.attributes.is_transactional() {
            self.end_verification(header);
        }
        Arc::make_mut(&mut self.producers).update(header, end)
    }

    pub(super) fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.sealed.iter().chain([&self.active]).map(Arc::as_ref)
    }

    /// The segments from the one that `offset` falls into.
    pub(super) fn segments_from(&self, offset: Offset) -> impl Iterator<Item = &Segment> {
        let before = self.sealed.partition_point(|segment| segment.base_offset() <= offset).saturating_sub(1);
        // Only the active one holds what lies beyond all the sealed.
        let skip = if self.active.base_offset() <= offset { self.sealed.len() } else { before };
        self.segments().skip(skip)
    }
}
