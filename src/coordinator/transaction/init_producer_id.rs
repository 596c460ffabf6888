//! InitProducerId: a producer comes under a transactional id. It gets the id's producer id with the next epoch, which fences the one before;
//! a transaction that is still open is aborted first, and the producer asks again (KIP-98, KIP-360).

use super::metadata::Identity;
use super::{Addressee, Transaction, TransactionConfig, TransactionMetadata, TransactionReply, TransactionShard, TransactionState};
use crate::base::{Context, ProducerEpoch, ProducerId};
use crate::coordinator::runtime::Outcome;
use crate::wire::ErrorCode;
use crate::wire::messages::{InitProducerIdRequest, InitProducerIdResponse};
use std::sync::Arc;

/// An InitProducerId request with a transactional id.
#[derive(Clone, Debug)]
pub struct InitProducerId<T> {
    pub request: InitProducerIdRequest,
    /// The request's.
    pub version: i16,
    /// An id that nobody has, where [`TransactionShard::init_needs_producer_id`] says so and there is one.
    pub fresh: Option<ProducerId>,
    pub token: T,
}

/// What Kafka checks before it asks whether it is the coordinator: an empty transactional id is INVALID_REQUEST, and so is a producer id
/// without epoch or the other way round; a timeout must be above 0 and no longer than `transaction.max.timeout.ms`. Nothing is done in two
/// phases (KIP-939).
///
/// # Errors
/// INVALID_REQUEST, TRANSACTIONAL_ID_AUTHORIZATION_FAILED, UNSUPPORTED_VERSION, INVALID_TRANSACTION_TIMEOUT
pub fn validate_init_producer_id(request: &InitProducerIdRequest, config: &TransactionConfig) -> Result<(), ErrorCode> {
    if (request.producer_id == -1) != (request.producer_epoch == -1) || request.transactional_id.as_deref().is_none_or(str::is_empty) {
        Err(ErrorCode::InvalidRequest)
    } else if request.enable2_pc {
        Err(ErrorCode::TransactionalIdAuthorizationFailed)
    } else if request.keep_prepared_txn {
        Err(ErrorCode::UnsupportedVersion)
    } else if request.transaction_timeout_ms <= 0 || request.transaction_timeout_ms > config.max_timeout_ms {
        Err(ErrorCode::InvalidTransactionTimeout)
    } else {
        Ok(())
    }
}

/// How a producer is let in.
enum Admission {
    /// The transactional id is new.
    Begin { new: TransactionMetadata, next: TransactionMetadata },
    /// The producer goes on, or another takes its place.
    Begun { next: TransactionMetadata },
    /// Not yet: the open transaction is aborted, with an epoch that fences its producer.
    Fence { aborted: TransactionMetadata },
}

impl<T: Addressee> TransactionShard<T> {
    /// Whether the request is refused for want of a fresh producer id.
    pub fn init_needs_producer_id(&self, request: &InitProducerIdRequest) -> bool {
        matches!(self.admit(request, None, 0), Err(ErrorCode::CoordinatorLoadInProgress))
    }

    /// Lets a producer in. A valid request ([`validate_init_producer_id`]) is what it takes.
    pub fn init_producer_id(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>, init: InitProducerId<T>) {
        let id: Arc<str> = init.request.transactional_id.as_deref().unwrap_or_default().into();
        let admission = match self.admit(&init.request, init.fresh, cx.time_ms()) {
            Ok(admission) => admission,
            Err(error) => return out.reply_at_once(init.token, TransactionReply::init_producer_id_error(error, init.version)),
        };
        let reply = match admission {
            Admission::Begin { new, next } => {
                // It is there before it is written: if it cannot be, the producer that comes next has its id.
                self.transactions.insert(Arc::clone(&id), Transaction::new(Arc::clone(&id), new));
                self.welcome(cx, out, &id, next)
            }
            Admission::Begun { next } => self.welcome(cx, out, &id, next),
            Admission::Fence { aborted } => {
                self.write(cx, out, &id, aborted, "another producer has come under this transactional id");
                TransactionReply::init_producer_id_error(ErrorCode::ConcurrentTransactions, init.version)
            }
        };
        out.reply(init.token, reply);
    }

    fn welcome(&self, cx: &mut Context<'_>, out: &mut Outcome<Self>, id: &Arc<str>, next: TransactionMetadata) -> TransactionReply {
        let response =
            InitProducerIdResponse { producer_id: next.producer_id.0, producer_epoch: next.producer_epoch.0, ..Default::default() };
        self.write(cx, out, id, next, "a producer has come");
        TransactionReply::InitProducerId(response)
    }

    fn admit(&self, request: &InitProducerIdRequest, fresh: Option<ProducerId>, now_ms: i64) -> Result<Admission, ErrorCode> {
        let fresh = fresh.ok_or(ErrorCode::CoordinatorLoadInProgress);
        let timeout_ms = request.transaction_timeout_ms;
        let expected = (request.producer_id != -1)
            .then_some(Identity { id: ProducerId(request.producer_id), epoch: ProducerEpoch(request.producer_epoch) });
        let expected_epoch = expected.map(|expected| expected.epoch);
        let Some(transaction) = self.transactions.get(request.transactional_id.as_deref().unwrap_or_default()) else {
            let new = TransactionMetadata::new(fresh?, timeout_ms, now_ms);
            let next = new.incremented(timeout_ms, expected_epoch, now_ms)?;
            return Ok(Admission::Begin { new, next });
        };
        let metadata = transaction.metadata();
        if transaction.is_pending() {
            return Err(ErrorCode::ConcurrentTransactions);
        }
        if expected.is_some_and(|expected| !metadata.knows(expected)) {
            return Err(ErrorCode::ProducerFenced);
        }
        match metadata.state {
            TransactionState::Empty | TransactionState::CompleteCommit | TransactionState::CompleteAbort => {
                let is_current = expected_epoch.is_none_or(|expected| expected == metadata.producer_epoch);
                let next = if metadata.is_epoch_exhausted() && is_current {
                    metadata.rotated(fresh?, timeout_ms, expected_epoch, now_ms)
                } else {
                    metadata.incremented(timeout_ms, expected_epoch, now_ms)?
                };
                Ok(Admission::Begun { next })
            }
            TransactionState::Ongoing => Ok(Admission::Fence { aborted: metadata.fenced(fresh.ok(), now_ms)? }),
            TransactionState::PrepareCommit | TransactionState::PrepareAbort => Err(ErrorCode::ConcurrentTransactions),
        }
    }
}
