//! Before a producer's first batch of a transaction is written, its partition's leader asks the coordinator whether the transaction is open
//! and has this partition (KIP-890; `VerificationGuard`, `VerificationStateEntry`). A guard says that it has been asked, and that no marker
//! has been written since.

use super::error::AppendError;
use super::partition_log::Log;
use crate::base::{ProducerEpoch, ProducerId, SortedMap};
use crate::wire::batch::BatchHeader;
use std::sync::Arc;

/// What an append has to show as the first of a transaction: from [`Log::begin_verification`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerificationGuard(u64);

/// A transaction that is being verified, or has been, and of which nothing has been written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verification {
    guard: VerificationGuard,
    since_ms: i64,
    /// The first batch must not come behind this sequence number, as then one before it is missing.
    pub(super) lowest_sequence: i32,
    epoch: ProducerEpoch,
    /// The producer's epoch changes with every transaction: its first batch in this log begins at 0.
    pub(super) supports_epoch_bump: bool,
}

impl Verification {
    fn update(&mut self, first_sequence: i32, epoch: ProducerEpoch) {
        if epoch > self.epoch {
            (self.epoch, self.lowest_sequence) = (epoch, first_sequence);
        } else if epoch == self.epoch {
            self.lowest_sequence = self.lowest_sequence.min(first_sequence);
        }
    }

    /// Whether this batch of a transaction leaves the verification as it is: a marker of the transaction before, which came late.
    fn outlives(&self, header: &BatchHeader) -> bool {
        self.supports_epoch_bump && header.attributes.is_control() && header.producer_epoch == self.epoch
    }
}

/// All verifications of a log. They are this process' own: no other replica knows them, nor does the next process.
#[derive(Clone, Debug, Default)]
pub(super) struct Verifications {
    by_producer: SortedMap<ProducerId, Verification>,
    /// How many guards there have been: each is another.
    guards: u64,
}

impl Verifications {
    pub(super) fn get(&self, producer_id: ProducerId) -> Option<&Verification> {
        self.by_producer.get(&producer_id)
    }

    pub(super) fn is_verified(&self, producer_id: ProducerId, guard: Option<VerificationGuard>) -> bool {
        guard.is_some() && guard == self.get(producer_id).map(|verification| verification.guard)
    }

    fn begin(&mut self, producer_id: ProducerId, new: Verification) -> VerificationGuard {
        let guards = &mut self.guards;
        let verification = self.by_producer.entry(producer_id).or_insert_with(|| {
            *guards = guards.saturating_add(1);
            Verification { guard: VerificationGuard(*guards), ..new }
        });
        verification.update(new.lowest_sequence, new.epoch);
        verification.guard
    }

    fn has_expired(&self, now_ms: i64, expiration_ms: i64) -> bool {
        self.by_producer.values().any(|verification| now_ms.saturating_sub(verification.since_ms) >= expiration_ms)
    }

    fn expire(&mut self, now_ms: i64, expiration_ms: i64) {
        self.by_producer.retain(|_, verification| now_ms.saturating_sub(verification.since_ms) < expiration_ms);
    }
}

impl Log {
    /// A transactional batch is about to be written. `None`: its transaction is open in this log already, and there is nothing to verify. Else
    /// the guard that the append has to show once the coordinator has confirmed the transaction
    /// (`UnifiedLog.maybeStartTransactionVerification`). `supports_epoch_bump`: the client is one whose epoch changes with each transaction
    /// (transaction version 2).
    ///
    /// # Errors
    /// `InvalidProducerEpoch`, where a newer producer of this id has written.
    pub fn begin_verification(
        &mut self,
        producer_id: ProducerId,
        first_sequence: i32,
        epoch: ProducerEpoch,
        supports_epoch_bump: bool,
        now_ms: i64,
    ) -> Result<Option<VerificationGuard>, AppendError> {
        if self.producers.get(producer_id).is_some_and(|state| epoch < state.epoch) {
            return Err(AppendError::InvalidProducerEpoch);
        }
        if self.has_open_transaction(producer_id, epoch) {
            return Ok(None);
        }
        let guard = VerificationGuard(0);
        let new = Verification { guard, since_ms: now_ms, lowest_sequence: first_sequence, epoch, supports_epoch_bump };
        Ok(Some(Arc::make_mut(&mut self.verifications).begin(producer_id, new)))
    }

    /// A batch has been written: what was verified has begun, or has ended elsewhere.
    pub(super) fn end_verification(&mut self, header: &BatchHeader) {
        if self.verifications.get(header.producer_id).is_some_and(|verification| !verification.outlives(header)) {
            Arc::make_mut(&mut self.verifications).by_producer.remove(&header.producer_id);
        }
    }

    pub(super) fn expire_verifications(&mut self, now_ms: i64, expiration_ms: i64) {
        if self.verifications.has_expired(now_ms, expiration_ms) {
            Arc::make_mut(&mut self.verifications).expire(now_ms, expiration_ms);
        }
    }

    /// Another process goes on with the log.
    pub(super) fn forget_verifications(&mut self) {
        if !self.verifications.by_producer.is_empty() {
            Arc::make_mut(&mut self.verifications).by_producer.clear();
        }
    }

    /// Whether [`Log::expire_producers`] would find something to forget.
    pub fn has_expired_producers(&self, now_ms: i64, expiration_ms: i64) -> bool {
        self.producers.has_expired(now_ms, expiration_ms) || self.verifications.has_expired(now_ms, expiration_ms)
    }
}
