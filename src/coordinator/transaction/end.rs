//! EndTxn: a producer commits or aborts its transaction. The answer comes once that is written; the markers follow by themselves.
//!
//! From version 5 on (KIP-890) the answer has the epoch of the next transaction, and a producer that did not hear of it may ask again with the
//! old one. Before, the producer keeps its epoch.

use super::metadata::{EXHAUSTED, Identity};
use super::{Addressee, Transaction, TransactionMetadata, TransactionReply, TransactionShard, TransactionState, TransactionVersion};
use crate::base::{Context, ProducerEpoch, ProducerId};
use crate::coordinator::runtime::Outcome;
use crate::wire::ErrorCode;
use crate::wire::messages::{EndTxnRequest, EndTxnResponse};

/// An EndTxn request.
#[derive(Clone, Debug)]
pub struct EndTransaction<T> {
    pub request: EndTxnRequest,
    /// The request's.
    pub version: i16,
    /// An id that nobody has, where [`TransactionShard::end_needs_producer_id`] says so and there is one.
    pub fresh: Option<ProducerId>,
    pub token: T,
}

/// What becomes of a request to end a transaction.
enum Ending {
    Prepared(TransactionMetadata),
    /// It has ended so before.
    Done,
}

impl<T: Addressee> TransactionShard<T> {
    /// Whether the request is refused for want of a fresh producer id.
    pub fn end_needs_producer_id(&self, request: &EndTxnRequest, version: i16) -> bool {
        let ending =
            self.transactions.get(request.transactional_id.as_str()).map(|transaction| end(transaction, request, version, None, 0));
        matches!(ending, Some(Err(ErrorCode::CoordinatorLoadInProgress)))
    }

    /// Commits or aborts a transaction.
    pub fn end_transaction(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>, ending: EndTransaction<T>) {
        let EndTransaction { request, version, fresh, token } = ending;
        let Some(transaction) = self.transactions.get(request.transactional_id.as_str()) else {
            let error = ErrorCode::InvalidProducerIdMapping;
            return out.reply_at_once(token, TransactionReply::end_transaction_error(error, version));
        };
        match end(transaction, &request, version, fresh, cx.time_ms()) {
            Ok(Ending::Prepared(prepared)) => {
                let reply = succeeded(&prepared.completed(cx.time_ms()), version);
                let reason = if request.committed { "its producer commits" } else { "its producer aborts" };
                self.write(cx, out, &transaction.id, prepared, reason);
                out.reply(token, reply);
            }
            Ok(Ending::Done) => out.reply_at_once(token, succeeded(transaction.metadata(), version)),
            Err(error) => out.reply_at_once(token, TransactionReply::end_transaction_error(error, version)),
        }
    }
}

/// The producer that the next transaction has; of no concern to old clients.
fn succeeded(metadata: &TransactionMetadata, version: i16) -> TransactionReply {
    TransactionReply::EndTransaction(if TransactionVersion::of_end_txn(version).bumps_epoch() {
        EndTxnResponse { producer_id: metadata.producer_id.0, producer_epoch: metadata.producer_epoch.0, ..Default::default() }
    } else {
        EndTxnResponse::default()
    })
}

fn end(
    transaction: &Transaction,
    request: &EndTxnRequest,
    request_version: i16,
    fresh: Option<ProducerId>,
    now_ms: i64,
) -> Result<Ending, ErrorCode> {
    let producer = Identity { id: ProducerId(request.producer_id), epoch: ProducerEpoch(request.producer_epoch) };
    let version = TransactionVersion::of_end_txn(request_version);
    let metadata = transaction.metadata();
    let prepared = |fate| metadata.prepared(fate, version, fresh, now_ms).map(Ending::Prepared);
    if version.bumps_epoch() {
        let is_retry = check_bumped(transaction, producer)?;
        match (metadata.state, request.committed) {
            (TransactionState::Ongoing, true) => prepared(TransactionState::PrepareCommit),
            (TransactionState::Ongoing, false) => prepared(TransactionState::PrepareAbort),
            (TransactionState::CompleteCommit, true) | (TransactionState::CompleteAbort, false) if is_retry => Ok(Ending::Done),
            // Nothing was written: the producer only wants its next epoch.
            (TransactionState::CompleteCommit | TransactionState::CompleteAbort, false) if !is_retry => {
                prepared(TransactionState::PrepareAbort)
            }
            (TransactionState::Empty, false) => prepared(TransactionState::PrepareAbort),
            (TransactionState::PrepareCommit, true) | (TransactionState::PrepareAbort, false) => Err(ErrorCode::ConcurrentTransactions),
            (
                TransactionState::Empty
                | TransactionState::PrepareCommit
                | TransactionState::PrepareAbort
                | TransactionState::CompleteCommit
                | TransactionState::CompleteAbort,
                _,
            ) => Err(ErrorCode::InvalidTxnState),
        }
    } else {
        check(transaction, producer)?;
        match (metadata.state, request.committed) {
            (TransactionState::Ongoing, true) => prepared(TransactionState::PrepareCommit),
            (TransactionState::Ongoing, false) => prepared(TransactionState::PrepareAbort),
            (TransactionState::CompleteCommit, true) | (TransactionState::CompleteAbort, false) => Ok(Ending::Done),
            (TransactionState::PrepareCommit, true) | (TransactionState::PrepareAbort, false) => Err(ErrorCode::ConcurrentTransactions),
            (
                TransactionState::Empty
                | TransactionState::PrepareCommit
                | TransactionState::PrepareAbort
                | TransactionState::CompleteCommit
                | TransactionState::CompleteAbort,
                _,
            ) => Err(ErrorCode::InvalidTxnState),
        }
    }
}

/// Of a client that keeps its epoch.
fn check(transaction: &Transaction, producer: Identity) -> Result<(), ErrorCode> {
    let metadata = transaction.metadata();
    if metadata.producer_id != producer.id {
        Err(ErrorCode::InvalidProducerIdMapping)
    } else if metadata.producer_epoch != producer.epoch {
        Err(ErrorCode::ProducerFenced)
    } else if transaction.is_pending() {
        Err(ErrorCode::ConcurrentTransactions)
    } else {
        Ok(())
    }
}

/// Of a client whose epoch moves with each transaction. True: it asks again, with the epoch, or the producer id, of before.
fn check_bumped(transaction: &Transaction, producer: Identity) -> Result<bool, ErrorCode> {
    let metadata = transaction.metadata();
    let has_old_id =
        metadata.previous_producer_id == Some(producer.id) && producer.epoch == EXHAUSTED && metadata.producer_epoch == ProducerEpoch(0);
    let has_old_epoch = i32::from(metadata.producer_epoch.0) == i32::from(producer.epoch.0) + 1;
    let is_current = metadata.producer_epoch == producer.epoch;
    let may_ask = match metadata.state {
        TransactionState::Empty | TransactionState::Ongoing => is_current,
        TransactionState::PrepareCommit | TransactionState::PrepareAbort => has_old_epoch,
        TransactionState::CompleteCommit | TransactionState::CompleteAbort => has_old_epoch || has_old_id || is_current,
    };
    if transaction.is_pending() {
        Err(ErrorCode::ConcurrentTransactions)
    } else if metadata.producer_id != producer.id && !has_old_id {
        Err(ErrorCode::InvalidProducerIdMapping)
    } else if !may_ask {
        Err(ErrorCode::ProducerFenced)
    } else {
        Ok(has_old_epoch || has_old_id)
    }
}
