//! What a log remembers of idempotent producers: enough to know a batch that comes again, and one that is missing
//! (`ProducerStateManager`, `ProducerStateEntry`, `ProducerAppendInfo`).

use super::append::Origin;
use super::error::AppendError;
use crate::base::SortedMap;
use crate::base::{
    Offset, ProducerEpoch, ProducerId,
    bugs::{self, Bug},
};
use crate::wire::batch::BatchHeader;
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
    /// The newest timestamp of its last batch, in ms.
    pub last_timestamp: i64,
    /// Oldest first.
    batches: VecDeque<WrittenBatch>,
}

impl ProducerState {
    /// Of its last batch in this epoch, the first and the last; none where it has written none.
    pub(super) fn last_offsets(&self) -> Option<(Offset, Offset)> {
        self.batches.back().map(|batch| (batch.first_offset, batch.last_offset))
    }

    /// Of its last record in this epoch; none where it has written none.
    pub(super) fn last_data_offset(&self) -> Option<Offset> {
        self.batches.back().map(|batch| batch.last_offset)
    }

    /// The sequence number of its last record; -1 without one in this epoch.
    pub fn last_sequence(&self) -> i32 {
        self.batches.back().map_or(-1, |batch| batch.last_sequence)
    }
}

/// All producers that the log remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProducerStates(SortedMap<ProducerId, ProducerState>);

impl ProducerStates {
    pub fn get(&self, id: ProducerId) -> Option<&ProducerState> {
        self.0.get(&id)
    }

    pub fn iter(&self) -> impl Iterator<Item = (ProducerId, &ProducerState)> + '_ {
        self.0.iter().map(|(id, state)| (*id, state))
    }

    /// Whether a batch may be written: `Some` is the batch as it was written before, `None` goes ahead.
    pub(super) fn check(&self, header: &BatchHeader, origin: Origin) -> Result<Option<WrittenBatch>, AppendError> {
        let Some(state) = self.0.get(&header.producer_id).filter(|_| header.has_producer_id()) else {
            return Ok(None);
        };
        let same_epoch = header.producer_epoch == state.epoch;
        let (first, last) = (header.base_sequence, header.last_sequence());
        if origin == Origin::Client && same_epoch {
            let again = state.batches.iter().find(|batch| batch.first_sequence == first && batch.last_sequence == last);
            if again.is_some() && !bugs::has(Bug::AcceptADuplicate) {
                return Ok(again.copied());
            }
        }
        if header.producer_epoch < state.epoch {
            return Err(AppendError::InvalidProducerEpoch);
        }
        let follows = if same_epoch { follows(state.last_sequence(), first) } else { first == 0 };
        // An epoch of -1 is that of nobody: any sequence will do.
        if origin == Origin::Client && state.epoch.0 >= 0 && !follows && !bugs::has(Bug::AcceptADuplicate) {
            return Err(AppendError::OutOfOrderSequence);
        }
        Ok(None)
    }

    /// Takes in a batch that has been written.
    pub(super) fn update(&mut self, header: &BatchHeader) {
        if !header.has_producer_id() || header.attributes.is_control() {
            return;
        }
        let fresh = || ProducerState { epoch: header.producer_epoch, last_timestamp: -1, batches: VecDeque::with_capacity(BATCHES) };
        let state = self.0.entry(header.producer_id).or_insert_with(fresh);
        if state.epoch != header.producer_epoch {
            state.epoch = header.producer_epoch;
            state.batches.clear();
        }
        if state.batches.len() == BATCHES {
            state.batches.pop_front();
        }
        state.last_timestamp = header.max_timestamp;
        state.batches.push_back(WrittenBatch {
            first_sequence: header.base_sequence,
            last_sequence: header.last_sequence(),
            first_offset: header.base_offset,
            last_offset: header.last_offset(),
            timestamp: header.max_timestamp,
        });
    }

    /// Forgets producers that have not written for `expiration_ms` (`producer.id.expiration.ms`).
    pub(super) fn expire(&mut self, now_ms: i64, expiration_ms: i64) {
        self.0.retain(|_, state| now_ms.saturating_sub(state.last_timestamp) < expiration_ms);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// After the largest sequence number comes 0.
const fn follows(last: i32, next: i32) -> bool {
    next as i64 == last as i64 + 1 || next == 0 && last == i32::MAX
}
