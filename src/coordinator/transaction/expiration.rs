//! What goes with time: transactions that are open for longer than their producer's `transaction.timeout.ms` are aborted
//! (`abortTimedOutTransactions`), and transactional ids that nobody has used for `transactional.id.expiration.ms` are forgotten
//! (`removeExpiredTransactionalIds`).

use super::shard::TransactionTimer;
use super::{Addressee, Transaction, TransactionRecord, TransactionReply, TransactionShard, TransactionState};
use crate::base::{Context, Duration, EventKind, ProducerId};
use crate::coordinator::runtime::Outcome;
use crate::wire::ErrorCode;
use std::sync::Arc;

impl<T: Addressee> TransactionShard<T> {
    /// Each is aborted by itself, lest one that cannot be written keeps the others.
    pub(super) fn find_timed_out(&self, cx: &Context<'_>, out: &mut Outcome<Self>) {
        for transaction in self.transactions.values().filter(|transaction| has_timed_out(transaction, cx.time_ms())) {
            let transactional_id = Arc::clone(&transaction.id);
            out.set_timer(TransactionTimer::Abort { transactional_id }, Duration::ZERO);
        }
        out.set_timer(TransactionTimer::TimedOut, Duration::from_kafka_ms(self.config.abort_timed_out_interval_ms));
    }

    /// Aborts the transaction if it has timed out, and fences its producer. `fresh`: an id that nobody has, where one is needed
    /// ([`TransactionReply::ProducerIdNeeded`]).
    pub fn abort_timed_out(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>, id: &Arc<str>, fresh: Option<ProducerId>) {
        let Some(transaction) = self.transactions.get(id).filter(|transaction| has_timed_out(transaction, cx.time_ms())) else { return };
        match transaction.metadata().fenced(fresh, cx.time_ms()) {
            Ok(aborted) => {
                cx.because(EventKind::Timer { name: format!("transaction timeout of {id}").into() });
                self.write(cx, out, id, aborted, "it was open for longer than its timeout");
            }
            Err(ErrorCode::CoordinatorLoadInProgress) if fresh.is_none() => {
                out.reply_at_once(T::broker(), TransactionReply::ProducerIdNeeded { transactional_id: Arc::clone(id) });
            }
            Err(_) => {}
        }
    }

    pub(super) fn expire(&self, cx: &mut Context<'_>, out: &mut Outcome<Self>) {
        let expired_ms = cx.time_ms().saturating_sub(self.config.id_expiration_ms);
        for transaction in self.transactions.values() {
            let metadata = transaction.metadata();
            if metadata.state.has_ended() && !transaction.is_pending() && metadata.updated_ms <= expired_ms {
                out.records.push(TransactionRecord { transactional_id: Arc::clone(&transaction.id), metadata: None });
                cx.trace(EventKind::TransactionalIdExpired { transactional_id: Arc::clone(&transaction.id) });
            }
        }
        out.set_timer(TransactionTimer::Expired, Duration::from_kafka_ms(self.config.remove_expired_interval_ms));
    }
}

/// Without a limit is a transaction that is committed in two phases (KIP-939).
fn has_timed_out(transaction: &Transaction, now_ms: i64) -> bool {
    let metadata = transaction.metadata();
    let end_ms = metadata.started_ms.unwrap_or(-1).saturating_add(metadata.timeout_ms.into());
    metadata.state == TransactionState::Ongoing && !transaction.is_pending() && metadata.timeout_ms != i32::MAX && end_ms < now_ms
}
