//! What a log remembers of idempotent and transactional producers: enough to know a batch that comes again, one that is missing, and which
//! transactions are open (`ProducerStateManager`, `ProducerStateEntry`).

use super::transaction_index::AbortedTransaction;
use super::transactions::Transactions;
use crate::base::{Offset, ProducerEpoch, ProducerId, SortedMap};
use crate::wire::batch::{BatchHeader, TransactionEnd};
use std::collections::VecDeque;

/// How many batches of each producer are remembered: as many as it may have in flight.
const BATCHES: usize = 5;

/// A batch that a producer has written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenBatch {
    first_sequence: i32,
    last_sequence: i32,
    pub(super) first_offset: Offset,
    pub(super) last_offset: Offset,
    /// The newest of its records, in ms.
    pub(super) timestamp: i64,
}

/// One producer, as the log knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProducerState {
    pub epoch: ProducerEpoch,
    /// The newest timestamp of its last batch, or that of its last marker, in ms.
    pub last_timestamp: i64,
    /// Of the coordinator that wrote its last marker; -1 without one.
    pub coordinator_epoch: i32,
    /// The offset of the first record of its open transaction.
    pub transaction_start: Option<Offset>,
    /// Oldest first.
    batches: VecDeque<WrittenBatch>,
}

impl ProducerState {
    fn new(epoch: ProducerEpoch) -> Self {
        let batches = VecDeque::with_capacity(BATCHES);
        Self { epoch, last_timestamp: -1, coordinator_epoch: -1, transaction_start: None, batches }
    }

    /// What it has written in an epoch before counts no more.
    fn enter(&mut self, epoch: ProducerEpoch) {
        if self.epoch != epoch {
            self.epoch = epoch;
            self.batches.clear();
        }
    }

    fn push(&mut self, header: &BatchHeader) {
        self.enter(header.producer_epoch);
        if self.batches.len() == BATCHES {
            self.batches.pop_front();
        }
        self.last_timestamp = header.max_timestamp;
        self.batches.push_back(WrittenBatch {
            first_sequence: header.base_sequence,
            last_sequence: header.last_sequence(),
            first_offset: header.base_offset,
            last_offset: header.last_offset(),
            timestamp: header.max_timestamp,
        });
    }

    /// The batch with the same sequence numbers, where it is one of the last that were written.
    pub(super) fn written_before(&self, header: &BatchHeader) -> Option<WrittenBatch> {
        let (first, last) = (header.base_sequence, header.last_sequence());
        let same = |batch: &&WrittenBatch| batch.first_sequence == first && batch.last_sequence == last;
        self.batches.iter().find(same).copied().filter(|_| header.producer_epoch == self.epoch)
    }

    /// It has written nothing in this epoch.
    pub(super) fn is_empty(&self) -> bool {
        self.batches.is_empty()
    }

    /// Of its last batch in this epoch, the first and the last; none where it has written none.
    pub(super) fn last_offsets(&self) -> Option<(Offset, Offset)> {
        self.batches.back().map(|batch| (batch.first_offset, batch.last_offset))
    }

    /// Of its last record in this epoch; none where it has written none.
    pub(super) fn last_data_offset(&self) -> Option<Offset> {
        self.batches.back().map(|batch| batch.last_offset)
    }

    const fn has_expired(&self, now_ms: i64, expiration_ms: i64) -> bool {
        self.transaction_start.is_none() && now_ms.saturating_sub(self.last_timestamp) >= expiration_ms
    }

    /// The sequence number of its last record; -1 without one in this epoch.
    pub fn last_sequence(&self) -> i32 {
        self.batches.back().map_or(-1, |batch| batch.last_sequence)
    }
}

/// All producers that the log remembers, and their transactions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProducerStates {
    by_id: SortedMap<ProducerId, ProducerState>,
    transactions: Transactions,
}

impl ProducerStates {
    pub fn get(&self, id: ProducerId) -> Option<&ProducerState> {
        self.by_id.get(&id)
    }

    pub fn iter(&self) -> impl Iterator<Item = (ProducerId, &ProducerState)> + '_ {
        self.by_id.iter().map(|(id, state)| (*id, state))
    }

    pub(super) const fn transactions(&self) -> &Transactions {
        &self.transactions
    }

    pub(super) fn has_open_transaction(&self, id: ProducerId, epoch: ProducerEpoch) -> bool {
        self.get(id).is_some_and(|state| state.transaction_start.is_some() && state.epoch == epoch)
    }

    /// Takes in a batch that has been written, and what it says where it is a marker. Returns the transaction that it aborts.
    pub(super) fn update(&mut self, header: &BatchHeader, end: Option<&TransactionEnd>) -> Option<AbortedTransaction> {
        if !header.has_producer_id() {
            return None;
        }
        if header.attributes.is_control() {
            return self.end_transaction(header.base_offset, end?);
        }
        let state = self.by_id.entry(header.producer_id).or_insert_with(|| ProducerState::new(header.producer_epoch));
        state.push(header);
        if header.attributes.is_transactional() && state.transaction_start.is_none() {
            state.transaction_start = Some(header.base_offset);
            self.transactions.begin(header.base_offset, header.producer_id);
        }
        None
    }

    fn end_transaction(&mut self, marker: Offset, end: &TransactionEnd) -> Option<AbortedTransaction> {
        let state = self.by_id.entry(end.producer_id).or_insert_with(|| ProducerState::new(end.producer_epoch));
        state.enter(end.producer_epoch);
        state.coordinator_epoch = end.coordinator_epoch;
        state.last_timestamp = end.timestamp;
        let first = state.transaction_start.take()?;
        let aborted = self.transactions.end(first, end.producer_id, marker);
        (!end.committed).then_some(aborted)
    }

    /// Forgets the transactions that have ended before this offset.
    pub(super) fn forget_ended_before(&mut self, offset: Offset) {
        self.transactions.forget_ended_before(offset);
    }

    pub(super) fn has_expired(&self, now_ms: i64, expiration_ms: i64) -> bool {
        self.by_id.values().any(|state| state.has_expired(now_ms, expiration_ms))
    }

    /// Forgets producers that have not written for `expiration_ms` (`producer.id.expiration.ms`), but for those in a transaction.
    pub(super) fn expire(&mut self, now_ms: i64, expiration_ms: i64) {
        self.by_id.retain(|_, state| !state.has_expired(now_ms, expiration_ms));
    }
}
