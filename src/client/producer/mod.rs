//! The simulated producer: records in, Produce requests out, as `org.apache.kafka.clients.producer.KafkaProducer` does it.
//!
//! `accumulator` keeps the batches, `sequences` numbers them, `sender` sends them and deals with the answers, `retries` with what failed,
//! `topics` chooses partitions, `transactions` lets records count together or not at all.
//! Left out: interceptors, headers' and records' serializers (an application hands over bytes).

mod accumulator;
pub mod config;
pub mod record;
mod retries;
mod sender;
mod sequences;
mod topics;
mod transactions;

pub use config::{Acks, CompressionType, PartitionerClass, ProducerConfig};
pub use record::{Fate, ProducerRecord};
pub(super) use sender::is_metadata_stale;
pub use sequences::Identity;
pub use transactions::{Failure, Transaction, TransactionCall, TransactionOutcome, TransactionState};

use super::alarm::Alarm;
use super::cluster::Cluster;
use super::config::ConfigError;
use super::partitioner::StickyPartition;
use crate::base::{ConnectionId, Context, Duration, EventId, EventKind, Instant, NodeId, Offset, ProcessId, TopicPartition};
use crate::base::{SortedMap, SortedSet};
use crate::network::{Action, Listener, Process};
use crate::wire::ErrorCode;
use crate::wire::Rope;
use accumulator::{Accumulator, ProducerBatch};
use sequences::Sequences;
use std::collections::VecDeque;
use std::sync::Arc;
use topics::Topics;
use transactions::{Calls, Step, Transactions};

/// Of how many records that are done with the fate is kept.
const FATES_KEPT: usize = 1_000;

/// Where a client is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    Running,
    /// `close` was called: what is under way is finished first.
    Closing,
    Closed,
    /// Its process ended without a word.
    Crashed,
}

/// What a request of a producer was about.
#[derive(Clone, Debug)]
enum Request {
    InitProducerId,
    /// By the request's number.
    Produce(u64),
    /// To the coordinator of its transactions, or in search of it.
    Transaction(Step),
}

/// A record whose `send` waits.
#[derive(Clone, Debug)]
struct Blocked {
    number: u64,
    record: ProducerRecord,
    deadline: Instant,
    cause: Option<EventId>,
}

/// What a producer has for a partition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Batches that wait, with their records and bytes.
    pub batches: usize,
    pub records: usize,
    pub bytes: usize,
    /// Batches that were sent and not answered.
    pub in_flight: usize,
    /// How often the one that is sent most often was.
    pub attempts: u32,
    /// Of the next record, where records are numbered.
    pub next_sequence: Option<i32>,
}

/// A producer as a process of the simulation.
#[derive(Clone, Debug)]
pub struct Producer {
    name: Arc<str>,
    config: ProducerConfig,
    life: Life,
    cluster: Cluster<Request>,
    accumulator: Accumulator,
    sequences: Sequences,
    /// Asked for an identity, and not before when to ask again.
    acquiring: bool,
    acquire_at: Instant,
    acquire_failures: u32,
    /// Where it has a `transactional.id`.
    transactions: Option<Transactions>,
    calls: Calls,
    topics: Topics,
    blocked: VecDeque<Blocked>,
    in_flight: SortedMap<u64, Vec<ProducerBatch>>,
    requests: u64,
    /// Partitions with a batch in flight, where only one may be.
    muted: SortedSet<TopicPartition>,
    flushing: bool,
    sent: u64,
    fates: SortedMap<u64, Fate>,
    done: VecDeque<u64>,
    acknowledged: u64,
    failed: u64,
    last_error: Option<(&'static str, Arc<str>)>,
    alarm: Option<Alarm>,
    /// The timer that has just rung.
    woken_by: Option<EventId>,
}

impl Producer {
    /// A producer that begins to connect when it is started. `name` is its client id, unless the configuration has another.
    ///
    /// # Errors
    /// A configuration that Kafka refuses, in its words.
    pub fn new(process: ProcessId, name: &str, bootstrap: Vec<NodeId>, config: ProducerConfig) -> Result<Self, ConfigError> {
        config.check()?;
        let client_id: Arc<str> = if config.client_id.is_empty() { name.into() } else { config.client_id.as_str().into() };
        Ok(Self {
            name: name.into(),
            life: Life::Running,
            cluster: Cluster::new(process, bootstrap, &config.common(client_id), true),
            accumulator: Accumulator::new(&config),
            sequences: Sequences::default(),
            acquiring: false,
            acquire_at: Instant::ZERO,
            acquire_failures: 0,
            transactions: config.transactional_id.as_deref().map(Transactions::new),
            calls: Calls::default(),
            topics: Topics::default(),
            blocked: VecDeque::new(),
            in_flight: SortedMap::new(),
            requests: 0,
            muted: SortedSet::new(),
            flushing: false,
            sent: 0,
            fates: SortedMap::new(),
            done: VecDeque::new(),
            acknowledged: 0,
            failed: 0,
            last_error: None,
            alarm: None,
            woken_by: None,
            config,
        })
    }

    // ── what an application does ──

    /// Begins: connects, learns of the cluster, and gets its producer id.
    pub fn start(&mut self, cx: &mut Context<'_>) {
        cx.because(EventKind::ClientStarted { client: self.name.clone() });
        self.step(cx);
    }

    /// Hands over a record; its number, from 1, tells its [`Fate`].
    pub fn send(&mut self, cx: &mut Context<'_>, record: ProducerRecord) -> u64 {
        self.sent += 1;
        let number = self.sent;
        if let Err((error, message)) = self.check_record(&record) {
            let partition = record.partition.unwrap_or(-1);
            self.fail_record(cx, number, &TopicPartition::new(record.topic, partition), error.name(), &message);
            if error == ErrorCode::MessageTooLarge {
                self.spoil_transaction(cx, error, &message);
                self.step(cx);
            }
            return number;
        }
        let deadline = cx.now + Duration::from_kafka_ms(self.config.max_block_ms);
        self.fates.insert(number, Fate::Blocked);
        self.blocked.push_back(Blocked { number, record, deadline, cause: cx.cause });
        self.step(cx);
        number
    }

    fn check_record(&self, record: &ProducerRecord) -> Result<(), (ErrorCode, String)> {
        if self.life != Life::Running {
            return Err((ErrorCode::UnknownServerError, "Cannot perform operation after producer has been closed".to_owned()));
        }
        if let Some(partition) = record.partition.filter(|partition| *partition < 0) {
            let message = format!("Invalid partition: {partition}. Partition number should always be non-negative or null.");
            return Err((ErrorCode::UnknownTopicOrPartition, message));
        }
        let size = crate::wire::BatchBuilder::upper_bound(record.key.as_deref(), record.value.as_deref(), &record.headers);
        let limits = [("max.request.size", i64::from(self.config.max_request_size)), ("buffer.memory", self.config.buffer_memory)];
        for (name, limit) in limits {
            if size as i64 > limit {
                let which = if name == "buffer.memory" {
                    "the total memory buffer you have configured with the buffer.memory configuration"
                } else {
                    ""
                };
                let message = if which.is_empty() {
                    format!(
                        "The message is {size} bytes when serialized which is larger than {limit}, which is the value of the {name} configuration."
                    )
                } else {
                    format!("The message is {size} bytes when serialized which is larger than {which}.")
                };
                return Err((ErrorCode::MessageTooLarge, message));
            }
        }
        Ok(())
    }

    /// Sends all that waits without letting it wait for company. It is done when [`Producer::pending`] is 0.
    pub fn flush(&mut self, cx: &mut Context<'_>) {
        self.flushing = true;
        self.step(cx);
    }

    /// Finishes what is under way, then closes its connections.
    pub fn close(&mut self, cx: &mut Context<'_>) {
        if self.life == Life::Running {
            self.life = Life::Closing;
            self.step(cx);
        }
    }

    /// Its process ends without a word; what it had not sent is lost.
    pub fn crash(&mut self, cx: &mut Context<'_>) {
        if matches!(self.life, Life::Running | Life::Closing) {
            self.life = Life::Crashed;
            cx.because(EventKind::ClientCrashed { client: self.name.clone() });
            self.cluster.net.close_all(cx);
            self.alarm = None;
        }
    }

    // ── what can be seen ──

    /// The name commands take.
    pub const fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub const fn config(&self) -> &ProducerConfig {
        &self.config
    }

    pub const fn life(&self) -> Life {
        self.life
    }

    /// Producer id and epoch, once it has them.
    pub const fn identity(&self) -> Option<Identity> {
        self.sequences.identity()
    }

    /// How many records it was handed; also the number of the last.
    pub const fn sent(&self) -> u64 {
        self.sent
    }

    pub const fn acknowledged(&self) -> u64 {
        self.acknowledged
    }

    pub const fn failed(&self) -> u64 {
        self.failed
    }

    /// Records that are neither acknowledged nor given up.
    pub const fn pending(&self) -> u64 {
        self.sent - self.acknowledged - self.failed
    }

    /// What became of a record; none where that is long ago.
    pub fn fate(&self, number: u64) -> Option<&Fate> {
        self.fates.get(&number)
    }

    /// The partitions of a topic as the producer knows them: how many, so that one can see where a key would go.
    pub fn partition_count(&self, topic: &str) -> Option<i32> {
        self.cluster.metadata.partition_count(topic)
    }

    /// Where records without a key go at present, by topic.
    pub fn sticky(&self) -> impl Iterator<Item = (&Arc<str>, StickyPartition)> {
        self.topics.sticky()
    }

    /// In bytes, of `buffer.memory`.
    pub const fn available_memory(&self) -> usize {
        self.accumulator.available_memory()
    }

    /// Requests under way.
    pub fn requests_in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// Most requests to a broker that may be under way.
    pub const fn requests_in_flight_max(&self) -> i32 {
        self.config.max_in_flight
    }

    /// What it has for each partition that has batches, or numbers.
    pub fn queues(&self) -> SortedMap<TopicPartition, Queue> {
        let mut queues: SortedMap<TopicPartition, Queue> = SortedMap::new();
        for batch in self.accumulator.batches() {
            let queue = queues.entry(batch.partition.clone()).or_default();
            queue.batches += 1;
            queue.records += batch.numbers.len();
            queue.bytes += batch.builder.estimated_size();
            queue.attempts = queue.attempts.max(batch.attempts);
        }
        for batch in self.in_flight.values().flatten() {
            let queue = queues.entry(batch.partition.clone()).or_default();
            queue.in_flight += 1;
            queue.attempts = queue.attempts.max(batch.attempts);
        }
        for (partition, next) in self.sequences.next() {
            queues.entry(partition.clone()).or_default().next_sequence = Some(next);
        }
        queues
    }

    /// The last error that a batch met, while none has succeeded since: Kafka's name and what it says.
    pub fn last_error(&self) -> Option<(&'static str, &str)> {
        self.last_error.as_ref().map(|(error, message)| (*error, &**message))
    }

    // ── fates ──

    fn settle_record(&mut self, number: u64, fate: Fate) {
        self.fates.insert(number, fate);
        self.done.push_back(number);
        while self.done.len() > FATES_KEPT {
            if let Some(oldest) = self.done.pop_front() {
                self.fates.remove(&oldest);
            }
        }
    }

    fn acknowledge_record(&mut self, cx: &mut Context<'_>, number: u64, partition: &TopicPartition, offset: Offset) {
        self.acknowledged += 1;
        cx.trace(EventKind::Acknowledged { client: self.name.clone(), partition: partition.clone(), offset });
        self.settle_record(number, Fate::Acknowledged(partition.clone(), offset));
    }

    fn fail_record(&mut self, cx: &mut Context<'_>, number: u64, partition: &TopicPartition, error: &'static str, message: &str) {
        self.failed += 1;
        self.last_error = Some((error, message.into()));
        cx.trace(EventKind::SendFailed { client: self.name.clone(), partition: partition.clone(), error: error.into() });
        let known = (partition.partition.0 >= 0).then(|| partition.clone());
        self.settle_record(number, Fate::Failed { partition: known, error: error.into(), message: message.into() });
    }
}

impl Process for Producer {
    fn accepted(&mut self, _: &mut Context<'_>, _: ConnectionId, _: Listener, _: &str) {}

    fn connected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        self.cluster.connected(cx, connection);
        self.step(cx);
    }

    fn receive(&mut self, cx: &mut Context<'_>, connection: ConnectionId, frame: Rope) {
        let answers = self.cluster.receive(cx, connection, frame.to_bytes());
        self.take_answers(cx, answers);
    }

    fn disconnected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        let answers = self.cluster.disconnected(cx, connection);
        self.take_answers(cx, answers);
    }

    fn next_due(&self) -> Option<Instant> {
        self.alarm.map(|alarm| alarm.at)
    }

    fn wake(&mut self, cx: &mut Context<'_>) {
        if let Some(alarm) = self.alarm.take_if(|alarm| alarm.at <= cx.now) {
            alarm.ring(cx);
            self.woken_by = cx.cause.filter(|_| alarm.name.is_some());
            let answers = self.cluster.expire(cx);
            self.take_answers(cx, answers);
            self.woken_by = None;
        }
    }

    fn poll_action(&mut self) -> Option<(Action, Option<EventId>)> {
        self.cluster.net.poll_action()
    }
}
