//! What becomes of batches with their transaction: those that were never sent are given up with it, and one that is given up for another
//! reason spoils it (`Sender`, `TransactionManager.handleFailedBatch`).

use super::super::Producer;
use super::super::accumulator::ProducerBatch;
use super::{Failure, TransactionState};
use crate::base::Context;
use crate::wire::ErrorCode;

/// What records get that had not been sent when their transaction was aborted (`TransactionAbortedException`).
const ABORTED: &str = "TRANSACTION_ABORTED";

impl Producer {
    /// Gives up the batches that will not be sent in this state.
    pub(super) fn give_up_after(&mut self, cx: &mut Context<'_>, state: TransactionState) {
        let Some(transactions) = &self.transactions else { return };
        let ending = transactions.ending.map(|ending| ending.cause);
        match (state, transactions.last_error.clone()) {
            (TransactionState::FatalError, Some(error)) => self.give_up_all(cx, &error),
            (TransactionState::AbortableError, Some(error)) => self.give_up_unsent(cx, &error),
            (TransactionState::Aborting, _) => {
                let outer = std::mem::replace(&mut cx.cause, ending);
                self.give_up_unsent(cx, &Failure::new(ABORTED, "Failing batch since transaction was aborted"));
                cx.cause = outer;
            }
            _ => {}
        }
    }

    /// Those with a sequence number have been sent: the coordinator must not end the transaction before it is known what became of them.
    fn give_up_unsent(&mut self, cx: &mut Context<'_>, failure: &Failure) {
        let unsent = self.accumulator.take(|batch| batch.numbered.is_none());
        self.drop_batches(cx, unsent, failure);
    }

    pub(super) fn give_up_all(&mut self, cx: &mut Context<'_>, failure: &Failure) {
        let mut batches = self.accumulator.take(|_| true);
        batches.extend(std::mem::take(&mut self.in_flight).into_values().flatten());
        self.muted.clear();
        self.drop_batches(cx, batches, failure);
    }

    fn drop_batches(&mut self, cx: &mut Context<'_>, batches: Vec<ProducerBatch>, failure: &Failure) {
        for batch in batches {
            self.accumulator.release(&batch);
            for number in &batch.numbers {
                self.fail_record(cx, *number, &batch.partition, failure.error, &failure.message);
            }
        }
    }

    /// A record was refused, or a batch given up: so is the transaction (`maybeTransitionToErrorState`).
    pub(in crate::client::producer) fn spoil_transaction(&mut self, cx: &mut Context<'_>, error: ErrorCode, message: &str) {
        let Some(transactions) = &mut self.transactions else { return };
        if matches!(
            error,
            ErrorCode::ClusterAuthorizationFailed
                | ErrorCode::TransactionalIdAuthorizationFailed
                | ErrorCode::ProducerFenced
                | ErrorCode::UnsupportedVersion
                | ErrorCode::InvalidProducerIdMapping
        ) {
            return self.become_fatal(cx, Failure::new(error.name(), message));
        }
        if !transactions.is_ongoing() {
            return;
        }
        let failure = if error.is_retriable() || error == ErrorCode::InvalidTxnState {
            let text = format!("Transaction Request was aborted after exhausting retries. ({}: {message})", error.name());
            Failure::new(ErrorCode::TransactionAbortable.name(), text)
        } else {
            Failure::new(error.name(), message)
        };
        transactions.raise_epoch |= transactions.raises_epoch_itself() && !transactions.is_completing();
        self.become_abortable(cx, failure);
    }

    /// A batch was given up. Where it is known not to have been written, those that follow it take its place.
    pub(in crate::client::producer) fn close_gap(&mut self, batch: &ProducerBatch, known_unwritten: bool) {
        let Some((identity, first)) = batch.numbered else { return };
        if !known_unwritten {
            return self.sequences.given_up(&batch.partition, identity, first, false);
        }
        let count = batch.builder.count();
        self.sequences.left_out(&batch.partition, identity, first, count);
        let follows = |other: &&mut ProducerBatch| other.partition == batch.partition;
        for later in self.in_flight.values_mut().flatten().filter(follows) {
            later.move_up(first, count);
        }
        self.accumulator.queue_mut(&batch.partition).for_each(|later| later.move_up(first, count));
    }

    /// A batch was split: its parts have its numbers among them, as the epoch stays the same for the whole transaction.
    pub(in crate::client::producer) fn number_parts(&mut self, batch: &ProducerBatch) {
        let Some((identity, first)) = batch.numbered else { return };
        let mut counts = Vec::new();
        let mut left = batch.numbers.len();
        let mut next = first;
        for part in self.accumulator.queue_mut(&batch.partition) {
            if left == 0 {
                break;
            }
            left = left.saturating_sub(part.numbers.len());
            part.numbered = Some((identity, next));
            next += part.builder.count();
            counts.push(part.builder.count());
        }
        self.sequences.split(&batch.partition, identity, first, &counts);
    }

    /// Of a batch that was given up nobody knows whether it was written, and there is nothing left that could tell (`maybeResolveSequences`).
    pub(super) fn see_to_gaps(&mut self, cx: &mut Context<'_>) {
        if self.sequences.take_gaps().is_empty() {
            return;
        }
        let lost = "The client hasn't received acknowledgment for some previously sent messages and can no longer retry them.";
        let failure = |rest: &str| Failure::new(ErrorCode::TransactionAbortable.name(), format!("{lost} {rest}"));
        let abortable = failure("It is safe to abort the transaction and continue.");
        self.become_abortable_if_possible(cx, abortable, failure("It isn't safe to continue."));
    }
}
