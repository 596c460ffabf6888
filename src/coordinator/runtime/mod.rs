//! The coordinator runtime (Kafka's `CoordinatorRuntime`): every handled request and every timer yields an [`Outcome`]. Its records are
//! appended to the shard's partition as one batch and replayed into the shard's state; its replies wait until what was written is
//! committed. When the append fails nothing is replayed, and the replies become errors.

mod loading;

pub use loading::Replayed;

use crate::base::SortedMap;
use crate::base::{
    Context, Duration, EventId, Instant, LeaderEpoch, Offset, PartitionIndex, ProducerEpoch, ProducerId, Timers, TopicPartition,
};
use crate::log::VerificationGuard;
use crate::wire::ErrorCode;
use crate::wire::batch::TransactionEnd;
use bytes::Bytes;
use loading::Loading;
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

/// A record as it lies in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRecord {
    pub key: Bytes,
    /// None: a tombstone.
    pub value: Option<Bytes>,
}

/// What a partition's log has, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Logged {
    /// A record; with the producer whose transaction it is part of.
    Record(LogRecord, Option<ProducerId>),
    /// The end of a producer's transaction.
    End { producer: ProducerId, commit: bool },
}

/// The internal topic's partitions as the runtime needs them (Kafka's `PartitionWriter` and `CoordinatorLoader`).
pub trait Storage {
    /// Appends the records as one batch, as the partition's leader; as part of a producer's transaction where there is one. Returns the log
    /// end offset after it.
    fn append(
        &mut self,
        cx: &mut Context<'_>,
        partition: &TopicPartition,
        records: Vec<LogRecord>,
        writer: Option<TransactionalWriter>,
    ) -> Result<Offset, ErrorCode>;
    /// Appends the end of a transaction. Returns the log end offset after it.
    fn append_end(
        &mut self,
        cx: &mut Context<'_>,
        partition: &TopicPartition,
        end: TransactionEnd,
        transaction_version: i16,
    ) -> Result<Offset, ErrorCode>;
    /// Up to where the partition is committed.
    fn high_watermark(&self, partition: &TopicPartition) -> Offset;
    /// Hands over a part of the partition's records, in order, from an offset on or from the log's start if that is later; each with the
    /// offset after its batch.
    fn replay(&self, partition: &TopicPartition, from: Offset, sink: &mut dyn FnMut(Logged, Offset)) -> Result<Replayed, ErrorCode>;
}

/// An answer that may have to become an error, since its records could not be written.
pub trait Reply {
    /// `error` is that of the append, or NOT_COORDINATOR when the shard was unloaded, or REQUEST_TIMED_OUT.
    fn failed(self, error: ErrorCode) -> Self;
}

/// A producer that writes to a partition as part of its transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransactionalWriter {
    pub producer: ProducerId,
    pub epoch: ProducerEpoch,
    /// What the log gave for a partition that was not part of the transaction before.
    pub guard: Option<VerificationGuard>,
}

/// One partition's state machine.
pub trait Shard: Clone + Sized {
    type Config: Clone + fmt::Debug;
    type Record: Clone;
    /// Names a timer of this shard.
    type Timer: Ord + Clone + fmt::Debug;
    /// To whom a reply goes.
    type Token: Clone + fmt::Debug;
    type Reply: Reply + Clone + fmt::Debug;
    /// What a handler wants to do once its records are appended.
    type Then: Clone + fmt::Debug;

    /// The shard before its first record.
    fn new(config: &Self::Config) -> Self;
    /// The leader epoch of the partition in which this broker coordinates, before anything is replayed and whenever it changes. Returns
    /// what is to be told now.
    fn leads_in(&mut self, _epoch: LeaderEpoch) -> Vec<(Self::Token, Self::Reply)> {
        Vec::new()
    }
    fn encode(record: Self::Record) -> Result<LogRecord, ErrorCode>;
    /// None: not a record that this shard knows; it is passed over.
    fn decode(record: LogRecord) -> Option<Self::Record>;
    /// What was written changes the state. Called for each record, when it is appended and when the partition is loaded. The record is
    /// committed once the high watermark is at `after`.
    fn replay(&mut self, record: &Self::Record, after: Offset);
    /// The same for a record that is part of a producer's open transaction: it counts once that is committed. Only for shards whose
    /// outcomes have a `writer`.
    fn replay_transactional(&mut self, _producer: ProducerId, _record: &Self::Record, _after: Offset) {}
    /// A producer's transaction has ended in this partition.
    fn transaction_ended(&mut self, _producer: ProducerId, _commit: bool, _after: Offset) {}
    /// The high watermark is here: what was written before is committed. Returns what is to be told now, after the replies that waited.
    fn committed(&mut self, high_watermark: Offset) -> Vec<(Self::Token, Self::Reply)>;
    /// Something that was written is not committed, as far as this shard has been told and needs to know.
    fn awaits_commit(&self) -> bool;
    /// All records are replayed: timers may be set.
    fn loaded(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>);
    /// A timer came due.
    fn timer(&mut self, cx: &mut Context<'_>, timer: Self::Timer, out: &mut Outcome<Self>);
    /// The append of an outcome with a `then` succeeded (its records are replayed) or failed (they are not).
    fn appended(&mut self, cx: &mut Context<'_>, then: Self::Then, result: Result<(), ErrorCode>, out: &mut Outcome<Self>);
    /// The shard goes: whoever is parked in it gets an answer.
    fn unloaded(self) -> Vec<(Self::Token, Self::Reply)>;
}

/// What a handler yields.
#[derive(Clone, Debug)]
pub struct Outcome<S: Shard> {
    /// To be appended as one batch, and replayed.
    pub records: Vec<S::Record>,
    /// The producer whose transaction the records are part of.
    pub writer: Option<TransactionalWriter>,
    /// To be done after the append.
    pub then: Option<S::Then>,
    /// To be sent when everything written so far is committed.
    pub replies: Vec<(S::Token, S::Reply)>,
    /// To be sent at once: what was read is committed, or need not be.
    pub reads: Vec<(S::Token, S::Reply)>,
    pub timers: Vec<TimerChange<S::Timer>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimerChange<K> {
    /// In place of the timer of this key, if there is one.
    Set(K, Duration),
    Cancel(K),
}

impl<S: Shard> Default for Outcome<S> {
    fn default() -> Self {
        Self { records: Vec::new(), writer: None, then: None, replies: Vec::new(), reads: Vec::new(), timers: Vec::new() }
    }
}

impl<S: Shard> Outcome<S> {
    pub fn reply(&mut self, token: S::Token, reply: S::Reply) {
        self.replies.push((token, reply));
    }

    /// Answers without waiting for what has been written.
    pub fn reply_at_once(&mut self, token: S::Token, reply: S::Reply) {
        self.reads.push((token, reply));
    }

    pub fn set_timer(&mut self, timer: S::Timer, after: Duration) {
        self.timers.push(TimerChange::Set(timer, after));
    }

    pub fn cancel_timer(&mut self, timer: S::Timer) {
        self.timers.push(TimerChange::Cancel(timer));
    }
}

/// All shards of one kind that this broker leads. A clone shares those that nothing happens to.
#[derive(Clone, Debug)]
pub struct Runtime<S: Shard> {
    topic: Arc<str>,
    config: S::Config,
    /// How long a reply waits for its records to be committed (`offsets.commit.timeout.ms`).
    commit_timeout: Duration,
    active: SortedMap<PartitionIndex, Arc<Active<S>>>,
    loading: SortedMap<PartitionIndex, Arc<Loading<S>>>,
    timers: Timers<TimerKey<S::Timer>>,
    ready: VecDeque<Ready<S>>,
}

/// A shard that is loaded.
#[derive(Clone, Debug)]
struct Active<S: Shard> {
    state: S,
    epoch: LeaderEpoch,
    /// The log end offset after what this shard wrote or loaded last.
    written: Offset,
    /// In the order of their offsets.
    held: VecDeque<Held<S>>,
}

/// Replies that wait for the high watermark.
#[derive(Clone, Debug)]
struct Held<S: Shard> {
    until: Offset,
    deadline: Instant,
    replies: Vec<(S::Token, S::Reply)>,
}

/// An answer that may be sent, and what brought it about.
#[derive(Clone, Debug)]
pub struct Ready<S: Shard> {
    pub token: S::Token,
    pub reply: S::Reply,
    pub cause: Option<EventId>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum TimerKey<K> {
    /// To load the next part of the partition.
    Load(PartitionIndex),
    /// The oldest held replies of the partition have waited long enough.
    CommitTimeout(PartitionIndex),
    Shard(PartitionIndex, K),
}

impl<K> TimerKey<K> {
    fn partition(&self) -> PartitionIndex {
        match self {
            Self::Load(partition) | Self::CommitTimeout(partition) | Self::Shard(partition, _) => *partition,
        }
    }
}

impl<S: Shard> Runtime<S> {
    pub fn new(topic: &str, config: S::Config, commit_timeout: Duration) -> Self {
        Self {
            topic: topic.into(),
            config,
            commit_timeout,
            active: SortedMap::new(),
            loading: SortedMap::new(),
            timers: Timers::default(),
            ready: VecDeque::new(),
        }
    }

    /// The partition's state, where this broker coordinates it.
    pub fn shard(&self, partition: PartitionIndex) -> Option<&S> {
        self.active.get(&partition).map(|active| &active.state)
    }

    /// The partitions that are loaded, with their state.
    pub fn shards(&self) -> impl Iterator<Item = (PartitionIndex, &S)> {
        self.active.iter().map(|(partition, active)| (*partition, &active.state))
    }

    /// This broker leads the partition no longer: whoever waits is sent away.
    pub fn resigned(&mut self, partition: PartitionIndex, cause: Option<EventId>) {
        if self.loading.remove(&partition).is_some() {
            self.timers.cancel(&TimerKey::Load(partition));
        }
        let Some(active) = self.active.remove(&partition).map(Arc::unwrap_or_clone) else { return };
        self.timers.retain(|key| key.partition() != partition);
        let held = active.held.into_iter().flat_map(|held| held.replies);
        let failed = held.map(|(token, reply)| (token, reply.failed(ErrorCode::NotCoordinator)));
        let sent_away = failed.chain(active.state.unloaded()).map(|(token, reply)| Ready { token, reply, cause });
        self.ready.extend(sent_away);
    }

    /// Lets the partition's shard handle something.
    ///
    /// # Errors
    /// NOT_COORDINATOR, and COORDINATOR_LOAD_IN_PROGRESS; `handler` is not called then.
    pub fn handle(
        &mut self,
        cx: &mut Context<'_>,
        storage: &mut impl Storage,
        partition: PartitionIndex,
        handler: impl FnOnce(&mut S, &mut Context<'_>, &mut Outcome<S>),
    ) -> Result<(), ErrorCode> {
        if self.loading.contains_key(&partition) {
            return Err(ErrorCode::CoordinatorLoadInProgress);
        }
        if !self.active.contains_key(&partition) {
            return Err(ErrorCode::NotCoordinator);
        }
        self.run(cx, storage, partition, handler);
        Ok(())
    }

    /// Ends a producer's transaction in the partition. Returns the log end offset after it.
    ///
    /// # Errors
    /// NOT_COORDINATOR, COORDINATOR_LOAD_IN_PROGRESS, and what the log refuses.
    pub fn end_transaction(
        &mut self,
        cx: &mut Context<'_>,
        storage: &mut impl Storage,
        partition: PartitionIndex,
        end: TransactionEnd,
        transaction_version: i16,
    ) -> Result<Offset, ErrorCode> {
        if self.loading.contains_key(&partition) {
            return Err(ErrorCode::CoordinatorLoadInProgress);
        }
        let topic_partition = self.topic_partition(partition);
        let active = self.active.get_mut(&partition).map(Arc::make_mut).ok_or(ErrorCode::NotCoordinator)?;
        let after = storage.append_end(cx, &topic_partition, end, transaction_version)?;
        active.written = after;
        active.state.transaction_ended(end.producer_id, end.committed, after);
        self.committed(partition, storage.high_watermark(&topic_partition), cx.cause);
        Ok(after)
    }

    /// The partition's high watermark moved: what waited for it is answered.
    pub fn committed(&mut self, partition: PartitionIndex, high_watermark: Offset, cause: Option<EventId>) {
        let concerned = |active: &&mut Arc<Active<S>>| !active.held.is_empty() || active.state.awaits_commit();
        let Some(active) = self.active.get_mut(&partition).filter(concerned).map(Arc::make_mut) else { return };
        let told = active.state.committed(high_watermark);
        while let Some(held) = active.held.pop_front_if(|held| held.until <= high_watermark) {
            self.ready.extend(held.replies.into_iter().map(|(token, reply)| Ready { token, reply, cause }));
        }
        self.ready.extend(told.into_iter().map(|(token, reply)| Ready { token, reply, cause }));
        if active.held.is_empty() {
            self.timers.cancel(&TimerKey::CommitTimeout(partition));
        }
    }

    /// When the first timer is due.
    pub fn next_due(&self) -> Option<Instant> {
        self.timers.next_due()
    }

    /// Handles one timer that is due, if there is one.
    pub fn wake(&mut self, cx: &mut Context<'_>, storage: &mut impl Storage) {
        let Some((key, cause)) = self.timers.pop_due(cx.now) else { return };
        cx.cause = cause;
        match key {
            TimerKey::Shard(partition, timer) => self.run(cx, storage, partition, |state, cx, out| state.timer(cx, timer, out)),
            TimerKey::CommitTimeout(partition) => self.give_up(cx, partition),
            TimerKey::Load(partition) => self.load_on(cx, storage, partition),
        }
    }

    /// The next answer to be sent.
    pub fn poll_reply(&mut self) -> Option<Ready<S>> {
        self.ready.pop_front()
    }

    fn topic_partition(&self, partition: PartitionIndex) -> TopicPartition {
        TopicPartition { topic: self.topic.clone(), partition }
    }

    /// Runs a handler, then what it yields, until nothing is left to do.
    fn run(
        &mut self,
        cx: &mut Context<'_>,
        storage: &mut impl Storage,
        partition: PartitionIndex,
        handler: impl FnOnce(&mut S, &mut Context<'_>, &mut Outcome<S>),
    ) {
        let topic_partition = self.topic_partition(partition);
        let Some(active) = self.active.get_mut(&partition).map(Arc::make_mut) else { return };
        let mut out = Outcome::default();
        handler(&mut active.state, cx, &mut out);
        loop {
            change_timers(&mut self.timers, cx, partition, out.timers);
            self.ready.extend(out.reads.into_iter().map(|(token, reply)| Ready { token, reply, cause: cx.cause }));
            let result = active.append(cx, storage, &topic_partition, out.records, out.writer);
            match result {
                Ok(()) => active.hold(cx.now + self.commit_timeout, out.replies),
                Err(error) => {
                    let failed = out.replies.into_iter().map(|(token, reply)| (token, reply.failed(error)));
                    self.ready.extend(failed.map(|(token, reply)| Ready { token, reply, cause: cx.cause }));
                }
            }
            let Some(then) = out.then else { break };
            out = Outcome::default();
            active.state.appended(cx, then, result, &mut out);
        }
        if let Some(oldest) = active.held.front() {
            let key = TimerKey::CommitTimeout(partition);
            if self.timers.due(&key) != Some(oldest.deadline) {
                self.timers.set(key, oldest.deadline, cx.cause);
            }
        }
        self.committed(partition, storage.high_watermark(&topic_partition), cx.cause);
    }

    /// What has waited for the high watermark for too long is answered with an error; what was written stays.
    fn give_up(&mut self, cx: &mut Context<'_>, partition: PartitionIndex) {
        let Some(active) = self.active.get_mut(&partition).map(Arc::make_mut) else { return };
        while let Some(held) = active.held.pop_front_if(|held| held.deadline <= cx.now) {
            let failed = held.replies.into_iter().map(|(token, reply)| (token, reply.failed(ErrorCode::RequestTimedOut)));
            self.ready.extend(failed.map(|(token, reply)| Ready { token, reply, cause: cx.cause }));
        }
        if let Some(oldest) = active.held.front() {
            self.timers.set(TimerKey::CommitTimeout(partition), oldest.deadline, cx.cause);
        }
    }
}

impl<S: Shard> Active<S> {
    fn append(
        &mut self,
        cx: &mut Context<'_>,
        storage: &mut impl Storage,
        partition: &TopicPartition,
        records: Vec<S::Record>,
        writer: Option<TransactionalWriter>,
    ) -> Result<(), ErrorCode> {
        if records.is_empty() {
            return Ok(());
        }
        let encoded = records.iter().cloned().map(S::encode).collect::<Result<Vec<_>, _>>()?;
        self.written = storage.append(cx, partition, encoded, writer)?;
        for record in &records {
            match writer {
                Some(writer) => self.state.replay_transactional(writer.producer, record, self.written),
                None => self.state.replay(record, self.written),
            }
        }
        Ok(())
    }

    fn hold(&mut self, deadline: Instant, replies: Vec<(S::Token, S::Reply)>) {
        if !replies.is_empty() {
            self.held.push_back(Held { until: self.written, deadline, replies });
        }
    }
}

fn change_timers<K: Ord + Clone>(
    timers: &mut Timers<TimerKey<K>>,
    cx: &Context<'_>,
    partition: PartitionIndex,
    changes: Vec<TimerChange<K>>,
) {
    for change in changes {
        match change {
            TimerChange::Set(key, after) => timers.set(TimerKey::Shard(partition, key), cx.now + after, cx.cause),
            TimerChange::Cancel(key) => {
                timers.cancel(&TimerKey::Shard(partition, key));
            }
        }
    }
}
