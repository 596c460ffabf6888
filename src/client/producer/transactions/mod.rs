//! Transactions (KIP-98, KIP-360, KIP-890), as `TransactionManager` has them: what is known of a producer's transaction, and how its state
//! changes.
//!
//! `calls` are the application's; `requests` asks the coordinator, one thing at a time; `answers` says what follows from what it answers;
//! `batches` what becomes of records. Left out: two-phase commits (KIP-939) and offsets that are committed in a transaction.
//!
//! Differs from Apache Kafka 4.3.1: the application calls `initTransactions` by itself when the producer starts, again and again until it
//! is answered; a record that may not be sent is not put into a batch either (Java's stays in it, and goes out with the next transaction);
//! a coordinator that cannot be connected to is looked up every `retry.backoff.ms`, not all the time.

mod answers;
mod batches;
mod calls;
mod requests;
mod state;
#[cfg(test)]
mod tests;

pub(super) use calls::Calls;
pub use calls::{TransactionCall, TransactionOutcome};
pub(super) use requests::Step;
pub use state::{Failure, TransactionState};

use super::{Identity, Producer};
use crate::base::{Context, EventId, EventKind, NodeId, SortedMap, SortedSet, TopicPartition, TransactionStep};
use crate::client::connections::Features;
use requests::Attempt;
use state::ILLEGAL_STATE;
use std::sync::Arc;

/// From this level of `transaction.version` on, a partition is added by being written to, and every transaction has its own epoch.
const IMPLICIT_SINCE: i16 = 2;

/// A transactional producer at a moment, for the eye.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    pub transactional_id: Arc<str>,
    pub state: TransactionState,
    /// Producer id and epoch, once it has them.
    pub identity: Option<Identity>,
    /// The coordinator, while it is known.
    pub coordinator: Option<NodeId>,
    /// Whether it writes by `transaction.version` 2.
    pub implicit: bool,
    /// What the application has handed over in the open transaction: so many records, and to which partitions.
    pub records: u64,
    pub partitions: Vec<TopicPartition>,
    /// How many transactions were ended.
    pub committed: u64,
    pub aborted: u64,
    /// The application waits for a call of its own, and makes no other meanwhile.
    pub waiting: bool,
    /// Why it can only abort, or do nothing more.
    pub error: Option<Failure>,
}

/// How the open transaction is being ended.
#[derive(Clone, Copy, Debug)]
struct Ending {
    commit: bool,
    /// Whether by `transaction.version` 2.
    implicit: bool,
    /// The event by which it began to end.
    cause: EventId,
}

/// What the application waits for, or has given up waiting for and must ask for again (`PendingStateTransition`).
#[derive(Clone, Debug)]
struct Operation {
    /// Java's name of the call.
    name: &'static str,
    result: Option<Result<(), Failure>>,
}

const INITIALIZE: &str = "initTransactions";

/// What a transactional producer keeps of its transactions.
#[derive(Clone, Debug)]
pub(super) struct Transactions {
    id: Arc<str>,
    state: TransactionState,
    last_error: Option<Failure>,
    coordinator: Option<NodeId>,
    /// The coordinator gives another epoch to a producer that names its last (KIP-360).
    coordinator_raises_epochs: bool,
    features_epoch: i64,
    implicit: bool,
    /// Another epoch is to be asked for when the transaction is ended.
    raise_epoch: bool,
    /// The coordinator has, or will have, heard of the transaction.
    started: bool,
    /// Partitions that the coordinator is to be told of, is being told of, and knows of (by version 2 from the write).
    new: SortedSet<TopicPartition>,
    pending: SortedSet<TopicPartition>,
    partitions: SortedSet<TopicPartition>,
    records: u64,
    committed: u64,
    aborted: u64,
    requests: SortedMap<Step, Attempt>,
    in_flight: Option<Step>,
    ending: Option<Ending>,
    operation: Option<Operation>,
}

impl Transactions {
    /// Of a producer that is about to start, and to call `initTransactions`.
    pub fn new(id: &str) -> Self {
        Self {
            id: id.into(),
            state: TransactionState::Initializing,
            last_error: None,
            coordinator: None,
            coordinator_raises_epochs: false,
            features_epoch: -1,
            implicit: false,
            raise_epoch: false,
            started: false,
            new: SortedSet::new(),
            pending: SortedSet::new(),
            partitions: SortedSet::new(),
            records: 0,
            committed: 0,
            aborted: 0,
            requests: [(Step::InitProducerId, Attempt::default())].into_iter().collect(),
            in_flight: None,
            ending: None,
            operation: Some(Operation { name: INITIALIZE, result: None }),
        }
    }

    pub fn id(&self) -> String {
        self.id.to_string()
    }

    pub const fn implicit(&self) -> bool {
        self.implicit
    }

    /// The transaction is being ended: nothing waits for company any more.
    pub const fn is_completing(&self) -> bool {
        matches!(self.state, TransactionState::Committing | TransactionState::Aborting)
    }

    /// A transaction is open, if only to be aborted.
    pub const fn is_ongoing(&self) -> bool {
        self.is_completing() || matches!(self.state, TransactionState::InTransaction | TransactionState::AbortableError)
    }

    const fn has_error(&self) -> bool {
        matches!(self.state, TransactionState::AbortableError | TransactionState::FatalError)
    }

    /// Whether a partition's batches may be sent: the coordinator knows of it.
    pub fn may_write(&self, partition: &TopicPartition) -> bool {
        !matches!(self.state, TransactionState::FatalError) && self.partitions.contains(partition)
    }

    /// It is this client that has to ask for another epoch after an error, and it can.
    const fn raises_epoch_itself(&self) -> bool {
        self.coordinator_raises_epochs && !self.implicit
    }

    const fn can_abort_after_error(&self) -> bool {
        self.coordinator_raises_epochs || self.implicit
    }

    /// Learns by which version to write; at the start, and from then on between transactions only.
    fn learn_version(&mut self, features: Features, starting: bool) {
        if self.features_epoch >= features.epoch {
            return;
        }
        self.features_epoch = features.epoch;
        let before = std::mem::replace(&mut self.implicit, features.transaction_version >= IMPLICIT_SINCE);
        self.raise_epoch |= !starting && !before && self.implicit;
    }

    fn transition(&mut self, next: TransactionState) -> Result<(), Failure> {
        if !self.state.may_become(next) {
            let (id, state) = (&self.id, self.state);
            let message = format!("TransactionalId {id}: Invalid transition attempted from state {state} to state {next}");
            return Err(Failure::illegal(message));
        }
        self.state = next;
        if !self.has_error() {
            self.last_error = None;
        }
        Ok(())
    }

    /// Settles what the application waits for, unless it is settled.
    fn finish(&mut self, result: Result<(), Failure>) {
        if let Some(operation) = &mut self.operation {
            operation.result.get_or_insert(result);
        }
    }

    /// The call that the application has to make again before it makes another, having given up waiting for it.
    fn check_operation(&self, name: &str) -> Result<(), Failure> {
        let Some(operation) = &self.operation else { return Ok(()) };
        let before = operation.name;
        let message = format!("Cannot attempt operation `{name}` because the previous call to `{before}` timed out and must be retried");
        Err(Failure::illegal(message))
    }

    /// What a call gets in an error state.
    fn check_state(&self, identity: Option<Identity>) -> Result<(), Failure> {
        let Some(error) = self.last_error.as_ref().filter(|_| self.has_error()) else { return Ok(()) };
        let id = &self.id;
        let (producer, epoch) = identity.map_or((-1, -1), |(producer, epoch)| (producer.0, epoch.0));
        let who = format!("Producer with transactionalId '{id}' and (producerId={producer}, epoch={epoch})");
        let message = match error.error {
            "PRODUCER_FENCED" => format!("{who} has been fenced by another producer with the same transactionalId"),
            "INVALID_PRODUCER_EPOCH" => format!("{who} attempted to produce with an old epoch"),
            ILLEGAL_STATE => format!("{who} cannot execute transactional method because of previous invalid state transition attempt"),
            _ => "Cannot execute transactional method because we are in an error state".to_owned(),
        };
        Err(Failure::new(error.error, message))
    }

    /// Whether a record may go to a partition now (`maybeAddPartition`).
    pub fn check_send(&self, partition: &TopicPartition, identity: Option<Identity>) -> Result<(), Failure> {
        self.check_state(identity)?;
        self.check_operation("send")?;
        if identity.is_none() {
            let message = format!("Cannot add partition {partition} to transaction before completing a call to initTransactions");
            return Err(Failure::illegal(message));
        }
        if self.state != TransactionState::InTransaction {
            let message = format!("Cannot add partition {partition} to transaction while in state  {}", self.state);
            return Err(Failure::illegal(message));
        }
        Ok(())
    }

    /// A record went into a batch for this partition.
    pub fn wrote(&mut self, partition: &TopicPartition) {
        self.records += 1;
        if self.partitions.contains(partition) {
            return;
        }
        if self.implicit {
            self.partitions.insert(partition.clone());
            self.started = true;
        } else if !self.pending.contains(partition) {
            self.new.insert(partition.clone());
        }
    }
}

impl Producer {
    /// The transactional producer, as it stands; none where it has no `transactional.id`.
    pub fn transaction(&self) -> Option<Transaction> {
        let transactions = self.transactions.as_ref()?;
        let mut partitions: SortedSet<TopicPartition> = transactions.partitions.clone();
        partitions.extend(transactions.new.iter().chain(transactions.pending.iter()).cloned());
        Some(Transaction {
            transactional_id: transactions.id.clone(),
            state: transactions.state,
            identity: self.sequences.identity(),
            coordinator: transactions.coordinator,
            implicit: transactions.implicit,
            records: transactions.records + self.records_on_their_way(),
            partitions: partitions.iter().cloned().collect(),
            committed: transactions.committed,
            aborted: transactions.aborted,
            waiting: self.calls.any() || transactions.is_starting(),
            error: transactions.last_error.clone(),
        })
    }

    /// Records whose `send` waits, and that will be part of the open transaction.
    fn records_on_their_way(&self) -> u64 {
        let open = self.transactions.as_ref().is_some_and(|transactions| transactions.state == TransactionState::InTransaction);
        let turn = self.turn();
        self.blocked.iter().filter(|blocked| open && blocked.number <= turn).count() as u64
    }

    fn note_transaction(&mut self, cx: &mut Context<'_>, what: TransactionStep) -> Option<EventId> {
        let transactional_id = self.transactions.as_ref()?.id.clone();
        Some(cx.trace(EventKind::Transaction { client: self.name.clone(), transactional_id, what }))
    }

    /// From now on the transaction can only be aborted; one that is being aborted is anyway.
    fn become_abortable(&mut self, cx: &mut Context<'_>, failure: Failure) {
        let Some(transactions) = &mut self.transactions else { return };
        if transactions.state == TransactionState::Aborting {
            return;
        }
        let before = transactions.state;
        if let Err(illegal) = transactions.transition(TransactionState::AbortableError) {
            return self.become_fatal(cx, illegal);
        }
        transactions.last_error = Some(failure.clone());
        if before != TransactionState::AbortableError {
            self.note_failure(cx, &failure, false);
        }
    }

    fn become_fatal(&mut self, cx: &mut Context<'_>, failure: Failure) {
        let Some(transactions) = &mut self.transactions else { return };
        if transactions.state == TransactionState::FatalError {
            return;
        }
        transactions.state = TransactionState::FatalError;
        transactions.last_error = Some(failure.clone());
        transactions.finish(Err(failure.clone()));
        self.note_failure(cx, &failure, true);
    }

    fn note_failure(&mut self, cx: &mut Context<'_>, failure: &Failure, fatal: bool) {
        let Some(transactions) = &self.transactions else { return };
        let (client, transactional_id) = (self.name.clone(), transactions.id.clone());
        cx.trace(EventKind::TransactionFailed { client, transactional_id, error: failure.error.into(), fatal });
    }

    /// Abortable where another epoch can be had afterwards, else fatal.
    fn become_abortable_if_possible(&mut self, cx: &mut Context<'_>, abortable: Failure, fatal: Failure) {
        let Some(transactions) = &mut self.transactions else { return };
        if transactions.can_abort_after_error() {
            transactions.raise_epoch |= transactions.raises_epoch_itself();
            self.become_abortable(cx, abortable);
        } else {
            self.become_fatal(cx, fatal);
        }
    }

    /// The transaction is over (`resetTransactionState`).
    fn transaction_ended(&mut self, cx: &mut Context<'_>) {
        let Some(transactions) = &mut self.transactions else { return };
        let next = if transactions.raise_epoch { TransactionState::Initializing } else { TransactionState::Ready };
        if let Err(illegal) = transactions.transition(next) {
            return self.become_fatal(cx, illegal);
        }
        transactions.raise_epoch = false;
        transactions.started = false;
        transactions.new.clear();
        transactions.pending.clear();
        transactions.partitions.clear();
        transactions.records = 0;
        let committed = transactions.ending.take().is_some_and(|ending| ending.commit);
        *(if committed { &mut transactions.committed } else { &mut transactions.aborted }) += 1;
        self.note_transaction(cx, if committed { TransactionStep::Committed } else { TransactionStep::Aborted });
    }
}
