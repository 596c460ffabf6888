//! Transactions that a log knows to be open, or to have ended of late: up to where it is stable
//! (`ProducerStateManager`, `UnifiedLog.lastStableOffset`).

use super::partition_log::Log;
use super::transaction_index::AbortedTransaction;
use crate::base::{Offset, ProducerEpoch, ProducerId, SortedMap};
use std::sync::Arc;

/// How long beyond the longest timeout that a transaction may have it is merely slow, in ms (`LATE_TRANSACTION_BUFFER_MS`).
const LATE_TRANSACTION_BUFFER_MS: i64 = 300_000;

/// A log's transactions, by the offset of their first record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Transactions {
    open: SortedMap<Offset, ProducerId>,
    /// Those that have ended, each with its marker's offset, until that is committed.
    ended: SortedMap<Offset, Offset>,
}

impl Transactions {
    pub(super) fn begin(&mut self, first: Offset, producer: ProducerId) {
        self.open.insert(first, producer);
    }

    /// A transaction ends with a marker at `marker`. Returns what the transaction index says of it, should it be aborted.
    pub(super) fn end(&mut self, first: Offset, producer_id: ProducerId, marker: Offset) -> AbortedTransaction {
        self.open.remove(&first);
        self.ended.insert(first, marker);
        let last_stable_offset = self.open.first_key_value().map_or(marker.plus(1), |(first, _)| *first);
        AbortedTransaction { producer_id, first_offset: first, last_offset: marker, last_stable_offset }
    }

    /// The first offset of the first transaction that is open, or that has ended at the high watermark or beyond it.
    fn first_unstable(&self, high_watermark: Offset) -> Option<Offset> {
        let open = self.open.first_key_value().map(|(first, _)| *first);
        let ended = self.ended.iter().find(|(_, marker)| **marker >= high_watermark).map(|(first, _)| *first);
        open.into_iter().chain(ended).min()
    }

    /// Some have ended before this offset.
    pub(super) fn has_ended_before(&self, offset: Offset) -> bool {
        self.ended.values().any(|marker| *marker < offset)
    }

    /// Forgets those that have ended before this offset.
    pub(super) fn forget_ended_before(&mut self, offset: Offset) {
        self.ended.retain(|_, marker| *marker >= offset);
    }

    /// Whose transaction has been open for longest.
    fn oldest(&self) -> Option<ProducerId> {
        self.open.first_key_value().map(|(_, producer)| *producer)
    }
}

impl Log {
    /// The first offset that a read_committed reader may not see: where the first transaction begins that is open, or whose marker is not
    /// committed yet; the high watermark, where there is none before it.
    pub fn last_stable_offset(&self, high_watermark: Offset) -> Offset {
        let unstable = self.producers.transactions().first_unstable(high_watermark);
        unstable.map_or(high_watermark, |first| first.max(self.start).min(high_watermark))
    }

    /// All before the high watermark is committed: transactions that have ended before it need not be known any more. What is asked of the
    /// log is the same without it; with it, it is answered faster.
    pub fn transactions_committed(&mut self, high_watermark: Offset) {
        if self.producers.transactions().has_ended_before(high_watermark) {
            Arc::make_mut(&mut self.producers).forget_ended_before(high_watermark);
        }
    }

    /// Whether the producer is, in this epoch, in a transaction that has written to this log.
    pub fn has_open_transaction(&self, producer_id: ProducerId, epoch: ProducerEpoch) -> bool {
        self.producers.has_open_transaction(producer_id, epoch)
    }

    /// Whether the oldest open transaction has been left alone for longer than its coordinator would let it: it hangs
    /// (`ProducerStateManager.hasLateTransaction`).
    pub fn has_late_transaction(&self, now_ms: i64, max_transaction_timeout_ms: i64) -> bool {
        let oldest = self.producers.transactions().oldest().and_then(|id| self.producers.get(id));
        oldest.is_some_and(|state| state.has_late_transaction(now_ms, max_transaction_timeout_ms))
    }
}

impl super::ProducerState {
    /// Whether its transaction is open, and nothing has been written to it for longer than its coordinator would let it: it hangs.
    pub fn has_late_transaction(&self, now_ms: i64, max_transaction_timeout_ms: i64) -> bool {
        let late_after = max_transaction_timeout_ms.saturating_add(LATE_TRANSACTION_BUFFER_MS);
        self.transaction_start.is_some() && self.last_timestamp > 0 && now_ms.saturating_sub(self.last_timestamp) > late_after
    }
}
