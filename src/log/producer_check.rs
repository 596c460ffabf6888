//! Whether a producer's batch may be written where it would be (`ProducerAppendInfo`, `UnifiedLog.analyzeAndValidateProducerState`).

use super::append::{Append, Origin};
use super::error::AppendError;
use super::producers::{ProducerState, ProducerStates, WrittenBatch};
use super::verification::{Verification, Verifications};
use crate::base::bugs::{self, Bug};
use crate::wire::batch::{BatchHeader, TransactionEnd};

/// From this transaction version on, the producer's epoch changes with each transaction, and the marker has the next one already.
const EPOCH_BUMPING_VERSION: i16 = 2;

impl ProducerStates {
    /// Whether a batch may be written, which says `end` if it is a marker: `Some` is the batch as it was written before, `None` goes ahead.
    pub(super) fn check(
        &self,
        header: &BatchHeader,
        end: Option<&TransactionEnd>,
        append: &Append,
        verifications: &Verifications,
    ) -> Result<Option<WrittenBatch>, AppendError> {
        if !header.has_producer_id() {
            return Ok(None);
        }
        let (id, epoch) = (header.producer_id, header.producer_epoch);
        let state = self.get(id);
        if append.origin == Origin::Client && !bugs::has(Bug::AcceptADuplicate) {
            let again = state.and_then(|state| state.written_before(header));
            if again.is_some() {
                return Ok(again);
            }
        }
        if header.attributes.is_control() {
            let end = end.ok_or_else(|| AppendError::InvalidRecord("a control batch that is no transaction's marker".to_owned()))?;
            return check_marker(state, end, append.transaction_version).map(|()| None);
        }
        if state.is_some_and(|state| epoch < state.epoch) {
            return Err(AppendError::InvalidProducerEpoch);
        }
        let is_transactional = header.attributes.is_transactional();
        if is_transactional && !self.has_open_transaction(id, epoch) && !verifications.is_verified(id, append.guard) {
            return Err(AppendError::InvalidTxnState);
        }
        if append.origin == Origin::Client && !bugs::has(Bug::AcceptADuplicate) {
            check_sequence(header, state, verifications.get(id))?;
        }
        if !is_transactional && state.is_some_and(|state| state.transaction_start.is_some()) {
            return Err(AppendError::InvalidTxnState);
        }
        Ok(None)
    }
}

fn check_sequence(header: &BatchHeader, state: Option<&ProducerState>, verification: Option<&Verification>) -> Result<(), AppendError> {
    let first = header.base_sequence;
    let is_missing_some = verification.is_some_and(|verification| {
        let is_first = state.is_none_or(ProducerState::is_empty);
        first > verification.lowest_sequence || verification.supports_epoch_bump && is_first && first != 0
    });
    let follows = match state {
        // An epoch of -1 is that of nobody: any sequence will do.
        None => true,
        Some(state) if state.epoch.0 < 0 => true,
        Some(state) if state.epoch == header.producer_epoch => follows(state.last_sequence(), first),
        Some(_) => first == 0,
    };
    if follows && !is_missing_some { Ok(()) } else { Err(AppendError::OutOfOrderSequence) }
}

/// After the largest sequence number comes 0.
const fn follows(last: i32, next: i32) -> bool {
    next as i64 == last as i64 + 1 || next == 0 && last == i32::MAX
}

fn check_marker(state: Option<&ProducerState>, end: &TransactionEnd, transaction_version: i16) -> Result<(), AppendError> {
    let Some(state) = state else { return Ok(()) };
    // A marker may come again once its transaction has ended, and there is no epoch beyond the last.
    let may_repeat = transaction_version < EPOCH_BUMPING_VERSION || state.transaction_start.is_none() || end.producer_epoch.0 == i16::MAX;
    if end.producer_epoch < state.epoch || (end.producer_epoch == state.epoch && !may_repeat) {
        return Err(AppendError::InvalidProducerEpoch);
    }
    if end.coordinator_epoch < state.coordinator_epoch { Err(AppendError::TransactionCoordinatorFenced) } else { Ok(()) }
}
