//! Which request goes to the coordinator next, and when. One is under way at a time, and nothing is produced meanwhile
//! (`TransactionManager.nextRequest`, `Sender.maybeSendAndPollTransactionalRequest`).

use super::super::{Identity, Producer, Request};
use super::{Failure, TransactionCall, TransactionState, Transactions};
use crate::base::{Context, Duration, EventId, Instant, NodeId, TopicPartition};
use crate::client::alarm::Alarm;
use crate::client::cluster::Tag;
use crate::client::connections::{Channel, SendError};
use crate::wire::messages::add_partitions_to_txn_request::AddPartitionsToTxnTopic;
use crate::wire::messages::{AddPartitionsToTxnRequest, EndTxnRequest, FindCoordinatorRequest, InitProducerIdRequest};
use crate::wire::{ApiKey, ErrorCode};

/// Since this version FindCoordinator asks for several keys.
const KEYS_SINCE: i16 = 4;
/// FindCoordinator's type of key for transactional ids.
const TRANSACTION: i8 = 1;
/// Since this version InitProducerId gives another epoch to a producer that names its last.
const EPOCHS_RAISED_SINCE: i16 = 3;
/// The last version of AddPartitionsToTxn that is for clients.
const CLIENTS_UNTIL: i16 = 3;
/// The last version of EndTxn that leaves the epoch as it is.
const SAME_EPOCH_UNTIL: i16 = 4;
/// How long a new transaction waits for the one before it to be over, in ms.
const SHORT_BACKOFF_MS: i64 = 20;

/// What can be asked, in order of priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::client::producer) enum Step {
    FindCoordinator,
    InitProducerId,
    AddPartitions,
    EndTxn,
    /// InitProducerId again, for another epoch.
    RaiseEpoch,
}

/// How a request waits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Attempt {
    /// It was tried before, so that it has to wait a while first.
    pub retry: bool,
    /// Not for `retry.backoff.ms`, but for as short as it takes the last transaction's markers to be written.
    pub short: bool,
    /// When it may go, once it is known that nothing else keeps it back.
    at: Option<Instant>,
    pub cause: Option<EventId>,
}

impl Transactions {
    /// The coordinator is to be told of new partitions.
    pub(super) fn tell_of_new(&mut self) {
        if !self.new.is_empty() {
            self.pending.append(&mut self.new);
            self.requests.entry(Step::AddPartitions).or_default();
        }
    }

    /// Has a request go again after a while.
    pub(super) fn ask_again(&mut self, step: Step, short: bool, cause: Option<EventId>) {
        self.requests.insert(step, Attempt { retry: true, short, at: None, cause });
    }

    /// The coordinator is another node, or not known.
    pub(super) fn look_up(&mut self, cause: Option<EventId>) {
        self.coordinator = None;
        self.requests.entry(Step::FindCoordinator).or_insert(Attempt { cause, ..Attempt::default() });
    }

    /// What can be asked now, if nothing else has to be done first. `incomplete`: there are batches that are not settled.
    fn next_step(&mut self, incomplete: bool) -> Next {
        self.tell_of_new();
        let Some((step, _)) = self.requests.first_key_value() else { return Next::Nothing };
        let step = *step;
        if step == Step::EndTxn && incomplete {
            return Next::Nothing;
        }
        let finds_all_the_same = self.state == TransactionState::AbortableError && step == Step::FindCoordinator;
        if let Some(error) = self.last_error.clone().filter(|_| self.has_error() && !finds_all_the_same) {
            self.requests.remove(&step);
            self.finish(Err(error));
            return Next::Done;
        }
        if step == Step::EndTxn && !self.started {
            self.requests.remove(&step);
            if !self.requests.contains_key(&Step::RaiseEpoch) {
                self.finish(Ok(()));
            }
            return Next::NothingToEnd;
        }
        Next::Ask(step)
    }
}

enum Next {
    /// Nothing waits, or it has to.
    Nothing,
    /// It will not be asked: an error came before.
    Done,
    /// The coordinator need not hear of the transaction's end, as it has not heard of it.
    NothingToEnd,
    Ask(Step),
}

impl Producer {
    /// Sees to the transaction. True while nothing may be produced.
    pub(in crate::client::producer) fn transact(&mut self, cx: &mut Context<'_>) -> bool {
        self.see_to_gaps(cx);
        loop {
            let Some(transactions) = &self.transactions else { return false };
            let state = transactions.state;
            if state != TransactionState::FatalError && transactions.in_flight.is_some() {
                return true;
            }
            self.give_up_after(cx, state);
            let incomplete = !self.accumulator.is_empty() || !self.in_flight.is_empty();
            let Some(transactions) = &mut self.transactions else { return false };
            match transactions.next_step(incomplete) {
                Next::Nothing => return state == TransactionState::FatalError,
                Next::Done => {}
                Next::NothingToEnd => self.transaction_ended(cx),
                Next::Ask(step) => {
                    if self.ask(cx, step) {
                        return true;
                    }
                }
            }
        }
    }

    /// Asks, or waits until it can; false where something else has to be asked first.
    fn ask(&mut self, cx: &mut Context<'_>, step: Step) -> bool {
        let Some(transactions) = &mut self.transactions else { return true };
        let Some(mut attempt) = transactions.requests.get(&step).copied() else { return false };
        let channel = match (step, transactions.coordinator) {
            (Step::FindCoordinator, _) => match self.cluster.least_loaded(cx) {
                Some(channel) => channel,
                None => return true,
            },
            (_, Some(node)) => Channel::Broker(node),
            (_, None) => {
                transactions.look_up(cx.cause);
                transactions.ask_again(step, attempt.short, attempt.cause.or(cx.cause));
                return false;
            }
        };
        if !self.cluster.net.ensure(cx, channel) {
            if step == Step::FindCoordinator || !self.cluster.net.is_unavailable(cx.now, channel) {
                return true;
            }
            transactions.coordinator = None;
            transactions.ask_again(Step::FindCoordinator, false, cx.cause);
            transactions.ask_again(step, attempt.short, attempt.cause);
            return false;
        }
        if step != Step::FindCoordinator {
            let version = self.cluster.net.version(channel, ApiKey::InitProducerId).flatten();
            transactions.coordinator_raises_epochs = version.is_some_and(|version| version >= EPOCHS_RAISED_SINCE);
        }
        if self.cluster.net.in_flight(channel) >= self.config.max_in_flight as usize {
            return true;
        }
        if attempt.retry {
            let backoff = if attempt.short { self.config.retry_backoff_ms.min(SHORT_BACKOFF_MS) } else { self.config.retry_backoff_ms };
            let at = *attempt.at.get_or_insert(cx.now + Duration::from_kafka_ms(backoff));
            if at > cx.now {
                transactions.requests.insert(step, attempt);
                return true;
            }
        }
        self.request(cx, channel, step, attempt)
    }

    fn request(&mut self, cx: &mut Context<'_>, channel: Channel, step: Step, attempt: Attempt) -> bool {
        let identity = self.sequences.identity();
        let Some(transactions) = &mut self.transactions else { return true };
        transactions.requests.remove(&step);
        let ending = transactions.ending.filter(|_| step == Step::EndTxn);
        let net = &mut self.cluster.net;
        let tag = Tag::Own(Request::Transaction(step));
        let timeout = Duration::from_kafka_ms(self.config.request_timeout_ms.into());
        let outer = cx.cause;
        cx.cause = ending.map(|ending| ending.cause).filter(|_| !attempt.retry).or(attempt.cause).or(outer);
        let sent = match step {
            Step::FindCoordinator => {
                let batched = net.version(channel, ApiKey::FindCoordinator).flatten().is_some_and(|version| version >= KEYS_SINCE);
                net.send(cx, channel, &mut find_coordinator(transactions.id(), batched), tag)
            }
            Step::InitProducerId | Step::RaiseEpoch => {
                let known = identity.filter(|_| step == Step::RaiseEpoch);
                let mut request = init_producer_id(transactions.id(), self.config.transaction_timeout_ms, known);
                net.send(cx, channel, &mut request, tag)
            }
            Step::AddPartitions => {
                let mut request = add_partitions(transactions.id(), identity, transactions.pending.iter());
                net.send_with(cx, channel, &mut request, tag, CLIENTS_UNTIL, timeout)
            }
            Step::EndTxn => {
                let most = if ending.is_some_and(|ending| ending.implicit) { i16::MAX } else { SAME_EPOCH_UNTIL };
                let (producer, epoch) = identity.map_or((-1, -1), |(producer, epoch)| (producer.0, epoch.0));
                let mut request = EndTxnRequest {
                    transactional_id: transactions.id(),
                    producer_id: producer,
                    producer_epoch: epoch,
                    committed: ending.is_some_and(|ending| ending.commit),
                    ..Default::default()
                };
                net.send_with(cx, channel, &mut request, tag, most, timeout)
            }
        };
        cx.cause = outer;
        match sent {
            Ok(()) => transactions.in_flight = Some(step),
            Err(SendError::NotReady) => drop(transactions.requests.insert(step, attempt)),
            Err(error @ (SendError::UnsupportedVersion(_) | SendError::Encoding(_))) => {
                self.become_fatal(cx, Failure::new(ErrorCode::UnsupportedVersion.name(), error.to_string()));
                return false;
            }
        }
        true
    }

    /// Whether the transaction's end waits for batches that are settled meanwhile.
    pub(in crate::client::producer) fn waits_for_batches(&self) -> bool {
        let complete = self.accumulator.is_empty() && self.in_flight.is_empty();
        complete && self.transactions.as_ref().is_some_and(|transactions| !transactions.requests.is_empty())
    }

    /// Whether nothing keeps a producer that closes from leaving: an open transaction is aborted first.
    pub(in crate::client::producer) fn has_left_its_transaction(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(transactions) = self.transactions.as_ref().filter(|transactions| transactions.is_ongoing()) else { return true };
        if transactions.is_completing() {
            return false;
        }
        // Where it cannot even begin to abort, the coordinator will, in time.
        if self.begin_to_end(cx, TransactionCall::Abort).is_err() {
            return true;
        }
        self.transact(cx);
        !self.transactions.as_ref().is_some_and(Transactions::is_ongoing)
    }

    /// When the request that waits may go.
    pub(in crate::client::producer) fn transaction_alarm(&self, now: Instant) -> Option<Alarm> {
        let transactions = self.transactions.as_ref().filter(|transactions| transactions.in_flight.is_none())?;
        let (step, attempt) = transactions.requests.first_key_value()?;
        let channel = transactions.coordinator.filter(|_| *step != Step::FindCoordinator).map(Channel::Broker);
        let connect = channel.filter(|channel| !self.cluster.net.is_open(*channel)).and_then(|channel| self.cluster.net.retry_at(channel));
        attempt.at.max(connect).filter(|at| *at > now).map(|at| Alarm::named(at, "retry.backoff.ms", attempt.cause))
    }

    pub(super) fn know_coordinator(&mut self, node: NodeId) {
        if let Some(transactions) = &mut self.transactions {
            transactions.coordinator = Some(node);
        }
    }
}

fn find_coordinator(id: String, batched: bool) -> FindCoordinatorRequest {
    if batched {
        FindCoordinatorRequest { key_type: TRANSACTION, coordinator_keys: vec![id], ..Default::default() }
    } else {
        FindCoordinatorRequest { key_type: TRANSACTION, key: id, ..Default::default() }
    }
}

fn init_producer_id(id: String, timeout_ms: i32, known: Option<Identity>) -> InitProducerIdRequest {
    let (producer, epoch) = known.map_or((-1, -1), |(producer, epoch)| (producer.0, epoch.0));
    InitProducerIdRequest {
        transactional_id: Some(id),
        transaction_timeout_ms: timeout_ms,
        producer_id: producer,
        producer_epoch: epoch,
        ..Default::default()
    }
}

fn add_partitions<'p>(
    id: String,
    identity: Option<Identity>,
    partitions: impl Iterator<Item = &'p TopicPartition>,
) -> AddPartitionsToTxnRequest {
    let (producer, epoch) = identity.map_or((-1, -1), |(producer, epoch)| (producer.0, epoch.0));
    let mut topics: Vec<AddPartitionsToTxnTopic> = Vec::new();
    for partition in partitions {
        match topics.last_mut().filter(|topic| topic.name == *partition.topic) {
            Some(topic) => topic.partitions.push(partition.partition.0),
            None => topics.push(AddPartitionsToTxnTopic {
                name: partition.topic.to_string(),
                partitions: vec![partition.partition.0],
                ..Default::default()
            }),
        }
    }
    AddPartitionsToTxnRequest {
        v3_and_below_transactional_id: id,
        v3_and_below_producer_id: producer,
        v3_and_below_producer_epoch: epoch,
        v3_and_below_topics: topics,
        ..Default::default()
    }
}
