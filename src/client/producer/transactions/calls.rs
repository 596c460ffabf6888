//! The application's calls: `initTransactions` when it starts, then those that it makes, one after the other and after the records that it
//! sent before. It waits for a commit or an abort for `max.block.ms`.

use super::super::{Life, Producer};
use super::requests::{Attempt, Step};
use super::{Ending, Failure, INITIALIZE, Operation, TransactionState, Transactions};
use crate::base::{Context, Duration, EventId, Instant, SortedMap, TransactionStep};
use crate::client::alarm::Alarm;
use std::collections::VecDeque;

/// Of how many calls the outcome is kept.
const OUTCOMES_KEPT: usize = 100;

/// What an application can ask of its transactional producer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransactionCall {
    Begin,
    Commit,
    Abort,
}

impl TransactionCall {
    /// Java's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Begin => "beginTransaction",
            Self::Commit => "commitTransaction",
            Self::Abort => "abortTransaction",
        }
    }

    fn timed_out(self) -> Failure {
        let message = match self {
            Self::Begin | Self::Commit => {
                "CommitTransaction timed out - did not complete EndTxn with the transaction coordinator within max.block.ms"
            }
            Self::Abort => {
                "AbortTransaction timed out - did not complete EndTxn(abort) with the transaction coordinator within max.block.ms"
            }
        };
        Failure::new("REQUEST_TIMED_OUT", message)
    }
}

/// What has become of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransactionOutcome {
    /// The application waits, for this call or for one before it.
    Pending,
    Done,
    Failed(Failure),
}

#[derive(Clone, Debug)]
struct Call {
    number: u64,
    what: TransactionCall,
    /// The number of the last record that was sent before it.
    after: u64,
    /// Until when it waits, once it has begun.
    deadline: Option<Instant>,
    cause: Option<EventId>,
}

/// Calls that wait, and what became of the last ones.
#[derive(Clone, Debug, Default)]
pub(in crate::client::producer) struct Calls {
    made: u64,
    queue: VecDeque<Call>,
    outcomes: SortedMap<u64, TransactionOutcome>,
}

impl Calls {
    pub fn any(&self) -> bool {
        !self.queue.is_empty()
    }

    fn settle(&mut self, number: u64, outcome: TransactionOutcome) {
        self.outcomes.insert(number, outcome);
        while self.outcomes.len() > OUTCOMES_KEPT {
            self.outcomes.pop_first();
        }
    }
}

impl Transactions {
    /// The application waits for `initTransactions`.
    pub(in crate::client::producer) fn is_starting(&self) -> bool {
        self.operation.as_ref().is_some_and(|operation| operation.name == INITIALIZE)
    }

    fn begin(&mut self, identity: Option<super::Identity>) -> Result<(), Failure> {
        self.check_operation(TransactionCall::Begin.name())?;
        self.check_state(identity)?;
        self.transition(TransactionState::InTransaction)
    }
}

impl Producer {
    /// Opens a transaction; its number, from 1, tells its [`TransactionOutcome`]. Records sent from now on are part of it.
    pub fn begin_transaction(&mut self, cx: &mut Context<'_>) -> u64 {
        self.call(cx, TransactionCall::Begin)
    }

    /// Commits the open transaction, once all its records are written.
    pub fn commit_transaction(&mut self, cx: &mut Context<'_>) -> u64 {
        self.call(cx, TransactionCall::Commit)
    }

    /// Aborts the open transaction; records of it that wait to be sent are given up.
    pub fn abort_transaction(&mut self, cx: &mut Context<'_>) -> u64 {
        self.call(cx, TransactionCall::Abort)
    }

    /// What became of a call; none where that is long ago.
    pub fn transaction_outcome(&self, number: u64) -> Option<&TransactionOutcome> {
        self.calls.outcomes.get(&number)
    }

    fn call(&mut self, cx: &mut Context<'_>, what: TransactionCall) -> u64 {
        self.calls.made += 1;
        let number = self.calls.made;
        let refused = if self.transactions.is_none() {
            Some(if self.config.idempotent() {
                "Transactional method invoked on a non-transactional producer."
            } else {
                "Cannot use transactional methods without enabling transactions by setting the transactional.id configuration property"
            })
        } else {
            (self.life != Life::Running).then_some("Cannot perform operation after producer has been closed")
        };
        if let Some(message) = refused {
            self.calls.settle(number, TransactionOutcome::Failed(Failure::illegal(message)));
            return number;
        }
        self.calls.settle(number, TransactionOutcome::Pending);
        self.calls.queue.push_back(Call { number, what, after: self.sent, deadline: None, cause: cx.cause });
        self.step(cx);
        number
    }

    /// The number of the last record whose turn it is: those that were sent after a call that is waited for have to wait, too.
    pub(in crate::client::producer) fn turn(&self) -> u64 {
        if self.transactions.as_ref().is_some_and(Transactions::is_starting) {
            return 0;
        }
        self.calls.queue.front().map_or(u64::MAX, |call| call.after)
    }

    /// Lets the application go on: records into batches, and calls, in the order in which it came to them. Whether a call was answered.
    pub(in crate::client::producer) fn go_on(&mut self, cx: &mut Context<'_>) -> bool {
        let mut answered = self.start_is_over(cx);
        self.append_blocked(cx);
        while self.answer_call(cx) {
            answered = true;
            self.append_blocked(cx);
        }
        answered
    }

    fn start_is_over(&mut self, cx: &Context<'_>) -> bool {
        let features = self.cluster.net.features();
        let Some(transactions) = self.transactions.as_mut().filter(|transactions| transactions.is_starting()) else { return false };
        let Some(result) = transactions.operation.take_if(|operation| operation.result.is_some()).and_then(|operation| operation.result)
        else {
            return false;
        };
        if result.is_ok() {
            transactions.learn_version(features, true);
        }
        self.let_wait_anew(cx);
        true
    }

    /// Records behind a call begin to wait when it is answered.
    fn let_wait_anew(&mut self, cx: &Context<'_>) {
        let deadline = cx.now + Duration::from_kafka_ms(self.config.max_block_ms);
        self.blocked.iter_mut().for_each(|blocked| blocked.deadline = deadline);
    }

    fn answer_call(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(call) = self.calls.queue.front() else { return false };
        let starting = self.transactions.as_ref().is_some_and(Transactions::is_starting);
        if starting || self.blocked.front().is_some_and(|blocked| blocked.number <= call.after) {
            return false;
        }
        let (number, what) = (call.number, call.what);
        let result = match what {
            TransactionCall::Begin => Some(self.begin(cx)),
            TransactionCall::Commit | TransactionCall::Abort => self.end(cx, what),
        };
        let Some(result) = result else { return false };
        self.calls.queue.pop_front();
        self.calls.settle(number, result.map_or_else(TransactionOutcome::Failed, |()| TransactionOutcome::Done));
        self.let_wait_anew(cx);
        true
    }

    fn begin(&mut self, cx: &mut Context<'_>) -> Result<(), Failure> {
        let identity = self.sequences.identity();
        if let Some(transactions) = &mut self.transactions {
            transactions.begin(identity)?;
        }
        let outer = cx.cause;
        cx.cause = self.calls.queue.front().map_or(outer, |call| call.cause);
        self.note_transaction(cx, TransactionStep::Begun);
        cx.cause = outer;
        Ok(())
    }

    /// What a commit or an abort comes to; `None` while it is waited for.
    fn end(&mut self, cx: &mut Context<'_>, what: TransactionCall) -> Option<Result<(), Failure>> {
        let call = self.calls.queue.front_mut()?;
        let deadline = match call.deadline {
            Some(deadline) => deadline,
            None => {
                let deadline = cx.now + Duration::from_kafka_ms(self.config.max_block_ms);
                call.deadline = Some(deadline);
                let outer = std::mem::replace(&mut cx.cause, call.cause);
                let begun = self.begin_to_end(cx, what);
                cx.cause = outer;
                if begun.is_err() {
                    return Some(begun);
                }
                deadline
            }
        };
        let transactions = self.transactions.as_mut()?;
        if let Some(operation) = transactions.operation.take_if(|operation| operation.result.is_some()) {
            return operation.result;
        }
        (deadline <= cx.now).then(|| Err(what.timed_out()))
    }

    /// Begins to commit or to abort; a call that was given up waiting for is only taken up again.
    pub(in crate::client::producer) fn begin_to_end(&mut self, cx: &mut Context<'_>, what: TransactionCall) -> Result<(), Failure> {
        let (identity, features) = (self.sequences.identity(), self.cluster.net.features());
        let commit = what == TransactionCall::Commit;
        let Some(transactions) = &mut self.transactions else { return Ok(()) };
        if transactions.operation.as_ref().is_some_and(|operation| operation.name == what.name()) {
            return Ok(());
        }
        transactions.check_operation(what.name())?;
        if commit || transactions.state != TransactionState::AbortableError {
            transactions.check_state(identity)?;
        }
        transactions.transition(if commit { TransactionState::Committing } else { TransactionState::Aborting })?;
        if commit {
            transactions.tell_of_new();
        } else {
            transactions.new.clear();
        }
        let implicit = transactions.implicit;
        transactions.learn_version(features, false);
        transactions.requests.insert(Step::EndTxn, Attempt::default());
        if transactions.raise_epoch {
            transactions.requests.insert(Step::RaiseEpoch, Attempt::default());
        }
        transactions.operation = Some(Operation { name: what.name(), result: None });
        let cause = self.note_transaction(cx, if commit { TransactionStep::Committing } else { TransactionStep::Aborting });
        if let (Some(transactions), Some(cause)) = (&mut self.transactions, cause) {
            transactions.ending = Some(Ending { commit, implicit, cause });
        }
        Ok(())
    }

    pub(in crate::client::producer) fn calls_alarm(&self) -> Option<Alarm> {
        let call = self.calls.queue.front()?;
        call.deadline.map(|at| Alarm::named(at, "max.block.ms", call.cause))
    }
}
