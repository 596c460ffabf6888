//! What becomes of batches that failed or waited too long: sent again, with the same sequence numbers or new ones, or given up
//! (`Sender.canRetry`, `TransactionManager.canRetry`, `getExpiredInflightBatches`).

use super::Producer;
use super::accumulator::ProducerBatch;
use super::record::Fate;
use super::sender::{Ready, Verdict};
use crate::base::{Context, Duration, Instant};
use crate::wire::ErrorCode;

impl Producer {
    pub(super) fn can_retry(&mut self, now: Instant, batch: &ProducerBatch, error: ErrorCode) -> bool {
        let in_time = now.since(batch.created) < Duration::from_kafka_ms(self.config.delivery_timeout_ms.into());
        in_time && i64::from(batch.attempts) <= i64::from(self.config.retries) && (error.is_retriable() || self.can_renumber(batch, error))
    }

    /// Whether an idempotent producer mends a sequence by itself (`TransactionManager.canRetry`).
    fn can_renumber(&mut self, batch: &ProducerBatch, error: ErrorCode) -> bool {
        let Some((_, first)) = batch.numbered else { return false };
        match error {
            // Within a transaction it only waits for those before it; a gap spoils the transaction.
            ErrorCode::OutOfOrderSequenceNumber if self.transactions.is_some() => {
                let in_turn = self.sequences.is_next(&batch.partition, first) && !batch.renumbered;
                !self.sequences.is_unresolved(&batch.partition) && !in_turn
            }
            ErrorCode::OutOfOrderSequenceNumber | ErrorCode::UnknownProducerId if self.transactions.is_none() => {
                let lost = self.sequences.is_unresolved(&batch.partition) || self.sequences.is_next(&batch.partition, first);
                if error == ErrorCode::UnknownProducerId || lost {
                    self.sequences.begin_anew(&batch.partition);
                }
                true
            }
            _ => false,
        }
    }

    pub(super) fn retry(&mut self, cx: &mut Context<'_>, mut batch: ProducerBatch, verdict: &Verdict) {
        self.cluster.note_retry(cx, verdict.error.name());
        self.last_error = Some((verdict.error.name(), verdict.message().into()));
        batch.cause = cx.cause;
        batch.not_before = cx.now + self.cluster.retry_in(cx, batch.attempts.saturating_sub(1));
        for number in &batch.numbers {
            self.fates.insert(*number, Fate::Batched(batch.partition.clone()));
        }
        if batch.numbered.is_some_and(|(identity, first)| !self.sequences.stands(&batch.partition, identity, first)) {
            batch.numbered = None;
        }
        self.accumulator.put_back(batch, self.config.idempotent());
    }

    pub(super) fn give_up(&mut self, cx: &mut Context<'_>, batch: &ProducerBatch, error: ErrorCode, message: &str) {
        self.accumulator.release(batch);
        let known_unwritten = !error.is_retriable();
        if self.transactions.is_some() {
            self.spoil_transaction(cx, error, message);
            self.close_gap(batch, known_unwritten);
        } else if let Some((identity, first)) = batch.numbered {
            self.sequences.given_up(&batch.partition, identity, first, known_unwritten);
        }
        for number in &batch.numbers {
            self.fail_record(cx, *number, &batch.partition, error.name(), message);
        }
    }

    pub(super) fn give_up_expired(&mut self, cx: &mut Context<'_>) {
        let in_flight = self.expired_in_flight(cx.now);
        for batch in self.accumulator.expired(cx.now).into_iter().chain(in_flight) {
            let (count, ms) = (batch.numbers.len(), cx.now.since(batch.created).as_millis());
            let message = format!("Expiring {count} record(s) for {}:{ms} ms has passed since batch creation", batch.partition);
            self.give_up(cx, &batch, ErrorCode::RequestTimedOut, &message);
        }
    }

    /// What is under way has no more time than what waits (`getExpiredInflightBatches`); an answer that comes later says nothing to anybody.
    fn expired_in_flight(&mut self, now: Instant) -> Vec<ProducerBatch> {
        if self.next_expiry_in_flight().is_none_or(|(at, _)| at > now) {
            return Vec::new();
        }
        let mut expired = Vec::new();
        let accumulator = &self.accumulator;
        for batches in self.in_flight.values_mut() {
            let (late, rest) = std::mem::take(batches).into_iter().partition(|batch| accumulator.expires(batch) <= now);
            *batches = rest;
            expired.extend::<Vec<_>>(late);
        }
        self.in_flight.retain(|_, batches| !batches.is_empty());
        for batch in &expired {
            self.muted.remove(&batch.partition);
        }
        expired
    }

    pub(super) fn next_expiry_in_flight(&self) -> Option<Ready> {
        self.in_flight.values().flatten().map(|batch| (self.accumulator.expires(batch), batch.cause)).min()
    }
}
