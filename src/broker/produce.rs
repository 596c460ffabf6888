//! Produce 3-13: writes batches to partitions that this broker leads. 0-2 are advertised, but end the connection (KIP-896).
//!
//! - acks=0 gets no answer; where something is wrong, the connection ends. acks=1 is answered once the leader has the batch, acks=-1 once
//!   all in-sync replicas have it, or after the timeout.
//! - v5: log start offset. v8: record errors (KIP-467). v10: the leader, where it is another (KIP-951). v13: topic ids (KIP-516).
//! - A partition that comes twice is written once, as it came last. Null records: no answer, ever, as from Apache Kafka.
//! - Before a transaction's first batch is written to a partition, its coordinator is asked (KIP-890): whether the partition was added to
//!   the transaction, or, from v12 on, to add it.

use super::connections::{Answer, RequestContext};
use super::purgatory::Delayed;
use super::replica_manager::{Refusal, ReplicaManager, Write};
use super::verification::{Asked, Operation, VerificationId};
use super::{Broker, BrokerTimer, endpoints};
use crate::base::SortedMap;
use crate::base::{
    Context, Duration, Instant, Offset, PartitionIndex, ProducerEpoch, ProducerId, TopicPartition, Uuid,
    bugs::{self, Bug},
};
use crate::log::{AppendError, Origin, VerificationGuard, single_batch};
use crate::wire::batch::{BatchError, BatchHeader};
use crate::wire::messages::produce_response::{
    BatchIndexAndErrorMessage, LeaderIdAndEpoch, NodeEndpoint, PartitionProduceResponse, TopicProduceResponse,
};
use crate::wire::messages::{ProduceRequest, ProduceResponse};
use crate::wire::{Batch, Compression, ErrorCode, Rope};
use std::sync::Arc;

/// Topics that only brokers write to.
pub(super) const INTERNAL_TOPICS: [&str; 3] = ["__consumer_offsets", "__transaction_state", "__share_group_state"];
/// Clients of this name may write to internal topics.
const ADMIN_CLIENT: &str = "__admin_client";
const ALL: i16 = -1;

/// One partition's part of a request, and later of its answer.
#[derive(Clone, Debug)]
struct Part {
    topic: String,
    topic_id: Uuid,
    /// None where the topic is not known.
    partition: Option<TopicPartition>,
    response: PartitionProduceResponse,
    /// With acks=-1: the offset that must be committed first.
    required: Option<Offset>,
}

/// A request with acks=-1 that waits for replication.
#[derive(Clone, Debug)]
pub(super) struct DelayedProduce {
    request: RequestContext,
    parts: Vec<Part>,
}

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, mut body: ProduceRequest) -> Answer {
    let transactional_id = body.transactional_id.take();
    let (acks, timeout) = (body.acks, Duration::from_kafka_ms(body.timeout_ms.into()));
    let Some(parts) = collect(broker, request, body) else { return Answer::Later };
    let admin = request.client_id.as_deref() == Some(ADMIN_CLIENT);
    let writer = Writer { request: request.clone(), acks, timeout, admin };
    let Some(transactional_id) = transactional_id else {
        if parts.iter().any(|(_, records)| transactional(records).is_some()) {
            return writer.refuse_all(broker, parts, ErrorCode::TransactionalIdAuthorizationFailed);
        }
        return writer.write_all(broker, cx, parts, &Verified::default());
    };
    match Unverified::of(&parts) {
        Ok(None) => writer.write_all(broker, cx, parts, &Verified::default()),
        Ok(Some(unverified)) => {
            verify(broker, cx, Waiting { writer, parts, transactional_id: transactional_id.into(), unverified, since: cx.now })
        }
        Err(error) => writer.refuse_all(broker, parts, error),
    }
}

/// The wait is over: what is not committed by now has timed out.
pub(super) fn finish(broker: &mut Broker, cx: &mut Context<'_>, delayed: &DelayedProduce) {
    let mut response = respond(broker, delayed.request.version, delayed.in_time());
    broker.complete(cx, &delayed.request, &mut response);
}

/// The request's partitions with their records, in order; `None` where records are null.
fn collect(broker: &Broker, request: &RequestContext, body: ProduceRequest) -> Option<Vec<(Part, Rope)>> {
    let mut parts: Vec<(Part, Rope)> = Vec::new();
    let mut places: SortedMap<(Uuid, String, i32), usize> = SortedMap::new();
    for topic in body.topic_data {
        let known = if request.version >= 13 { broker.image.topic_by_id(topic.topic_id) } else { broker.image.topic(&topic.name) };
        for data in topic.partition_data {
            let records = data.records?;
            let partition = known.map(|known| known.partition_name(PartitionIndex(data.index)));
            let key = (topic.topic_id, topic.name.clone(), data.index);
            match places.get(&key).and_then(|place| parts.get_mut(*place)) {
                Some((_, earlier)) => *earlier = records,
                None => {
                    places.insert(key, parts.len());
                    parts.push((Part::new(topic.name.clone(), topic.topic_id, partition, data.index), records));
                }
            }
        }
    }
    Some(parts)
}

/// The header of the first batch, where that is marked as part of a transaction.
fn transactional(records: &Rope) -> Option<BatchHeader> {
    let batch = single_batch(records.clone()).ok()?;
    Some(batch.header).filter(|header| header.attributes.is_transactional())
}

impl Part {
    fn new(topic: String, topic_id: Uuid, partition: Option<TopicPartition>, index: i32) -> Self {
        let response =
            PartitionProduceResponse { index, base_offset: -1, log_append_time_ms: -1, log_start_offset: -1, ..Default::default() };
        Self { topic, topic_id, partition, response, required: None }
    }

    fn failed(mut self, error: ErrorCode) -> Self {
        self.response.error_code = error.code();
        self
    }

    fn failed_with(mut self, fault: Fault) -> Self {
        self.response.error_message = fault.message;
        self.failed(fault.code)
    }

    fn refused(mut self, refusal: &Refusal) -> Self {
        if let Refusal::TooFewInSync { start_offset } = refusal {
            self.response.log_start_offset = start_offset.0;
        }
        if let Refusal::Log { error, start_offset } = refusal {
            self.response.log_start_offset = if names_log_start(error) { start_offset.0 } else { -1 };
            self.response.record_errors = error
                .record_errors()
                .iter()
                .map(|fault| BatchIndexAndErrorMessage {
                    batch_index: fault.batch_index,
                    batch_index_error_message: Some(fault.message.clone()),
                    ..Default::default()
                })
                .collect();
            self.response.error_message = message_of(error);
        }
        self.failed(refusal.code())
    }
}

/// Apache Kafka leaves the log's start out of the answers to these.
const fn names_log_start(error: &AppendError) -> bool {
    !matches!(error, AppendError::Corrupt(_) | AppendError::TooLarge { .. } | AppendError::LargerThanSegment { .. })
}

/// The words that go with an error, in the few cases where Apache Kafka has some.
fn message_of(error: &AppendError) -> Option<String> {
    match error {
        AppendError::Keyless(_) | AppendError::Timestamps(_) => Some(error.to_string()),
        AppendError::Corrupt(BatchError::Length { length }) => {
            Some(format!("Record size {length} is less than the minimum record overhead (14)"))
        }
        AppendError::Corrupt(BatchError::Magic { magic }) => Some(format!("Invalid magic found in record: {magic}")),
        _ => None,
    }
}

/// Why a batch never reached its log.
struct Fault {
    code: ErrorCode,
    message: Option<String>,
}

/// A request, but for its records.
#[derive(Clone, Debug)]
struct Writer {
    request: RequestContext,
    acks: i16,
    timeout: Duration,
    admin: bool,
}

impl Writer {
    fn refuse_all(&self, broker: &Broker, parts: Vec<(Part, Rope)>, error: ErrorCode) -> Answer {
        answer(broker, &self.request, self.acks, parts.into_iter().map(|(part, _)| part.failed(error)).collect())
    }

    fn write_all(&self, broker: &mut Broker, cx: &mut Context<'_>, parts: Vec<(Part, Rope)>, verified: &Verified) -> Answer {
        let parts: Vec<Part> = parts.into_iter().map(|(part, records)| self.write(broker, cx, part, records, verified)).collect();
        broker.partitions_moved(cx);
        let mut delayed = DelayedProduce { request: self.request.clone(), parts };
        if delayed.settle(&broker.replicas) {
            return answer(broker, &self.request, self.acks, delayed.parts);
        }
        let watched = delayed.parts.iter().filter(|part| part.required.is_some()).filter_map(|part| part.partition.clone()).collect();
        broker.delay(cx, Delayed::Produce(delayed), watched, self.timeout);
        Answer::Later
    }

    fn write(&self, broker: &mut Broker, cx: &mut Context<'_>, mut part: Part, records: Rope, verified: &Verified) -> Part {
        let Some(partition) = part.partition.clone() else {
            let unknown_id = self.request.version >= 13;
            return part.failed(if unknown_id { ErrorCode::UnknownTopicId } else { ErrorCode::UnknownTopicOrPartition });
        };
        if broker.image.partition(&partition).is_none() {
            return part.failed(ErrorCode::UnknownTopicOrPartition);
        }
        if let Some(error) = verified.errors.get(&partition) {
            return part.failed_with(verified.fault(*error));
        }
        let batch = match self.check(&partition, records) {
            Ok(batch) => batch,
            Err(error) => return part.failed_with(error),
        };
        let cause = cx.cause;
        let write = Write { guard: verified.guards.get(&partition).copied(), ..Write::of(Origin::Client) };
        let written = broker.replicas.append_as_leader(cx, &partition, batch, write, self.acks == ALL);
        cx.cause = cause;
        match written {
            Ok(appended) => {
                let start = broker.replicas.partition(&partition).map_or(Offset(-1), |replica| replica.log().start_offset());
                part.response.base_offset = appended.first_offset.0;
                part.response.log_append_time_ms = appended.log_append_time_ms;
                part.response.log_start_offset = start.0;
                part.required = (self.acks == ALL).then_some(appended.last_offset.plus(1));
                part
            }
            Err(refusal) => part.refused(&refusal),
        }
    }

    fn check(&self, partition: &TopicPartition, records: Rope) -> Result<Batch, Fault> {
        let batch = single_batch(records).map_err(|error| Fault { code: error.code(), message: message_of(&error) })?;
        self.check_envelope(partition, &batch).map_err(|code| Fault { code, message: None })?;
        Ok(batch)
    }

    fn check_envelope(&self, partition: &TopicPartition, batch: &Batch) -> Result<(), ErrorCode> {
        if self.request.version < 7 && batch.header.attributes.compression() == Some(Compression::Zstd) {
            return Err(ErrorCode::UnsupportedCompressionType);
        }
        if !matches!(self.acks, -1..=1) {
            return Err(ErrorCode::InvalidRequiredAcks);
        }
        if INTERNAL_TOPICS.contains(&&*partition.topic) && !self.admin {
            return Err(ErrorCode::InvalidTopicException);
        }
        Ok(())
    }
}

// ── transactions ──

/// What a request's transactional batches say of their producer, and the partitions with their first sequence numbers.
#[derive(Clone, Debug)]
struct Unverified {
    producer: ProducerId,
    epoch: ProducerEpoch,
    partitions: Vec<(TopicPartition, i32)>,
}

/// What is known of a request's partitions once the coordinator has been asked.
#[derive(Clone, Debug, Default)]
struct Verified {
    guards: SortedMap<TopicPartition, VerificationGuard>,
    errors: SortedMap<TopicPartition, ErrorCode>,
    bumps_epochs: bool,
}

/// A request whose partitions the coordinator is asked about.
#[derive(Clone, Debug)]
struct Waiting {
    writer: Writer,
    parts: Vec<(Part, Rope)>,
    transactional_id: Arc<str>,
    unverified: Unverified,
    since: Instant,
}

/// The requests that wait for a coordinator, or to ask it again.
#[derive(Clone, Debug, Default)]
pub(super) struct Unwritten(SortedMap<VerificationId, (Waiting, Verified)>);

impl Unwritten {
    pub(super) fn waits(&self, waiter: VerificationId) -> bool {
        self.0.contains_key(&waiter)
    }
}

impl Unverified {
    /// None: no batch is transactional.
    ///
    /// # Errors
    /// Batches of several producers.
    fn of(parts: &[(Part, Rope)]) -> Result<Option<Self>, ErrorCode> {
        let mut found: Option<Self> = None;
        for (part, records) in parts {
            let (Some(partition), Some(header)) = (&part.partition, transactional(records)) else { continue };
            let known = found.get_or_insert(Self { producer: header.producer_id, epoch: header.producer_epoch, partitions: Vec::new() });
            if (known.producer, known.epoch) != (header.producer_id, header.producer_epoch) {
                return Err(ErrorCode::InvalidProducerIdMapping);
            }
            known.partitions.push((partition.clone(), header.base_sequence));
        }
        Ok(found)
    }
}

impl Verified {
    /// In the words that producers know: one that adds no partitions by writing retries what it knows to be retriable.
    fn fault(&self, error: ErrorCode) -> Fault {
        match error {
            ErrorCode::InvalidTxnState => Fault { code: error, message: Some("Partition was not added to the transaction".to_owned()) },
            ErrorCode::NetworkException
            | ErrorCode::CoordinatorLoadInProgress
            | ErrorCode::CoordinatorNotAvailable
            | ErrorCode::NotCoordinator => not_verified(error),
            ErrorCode::ConcurrentTransactions if !self.bumps_epochs => not_verified(error),
            error => Fault { code: error, message: None },
        }
    }
}

fn not_verified(error: ErrorCode) -> Fault {
    let message = format!("Unable to verify the partition has been added to the transaction. Underlying error: {}", error.name());
    Fault { code: ErrorCode::NotEnoughReplicas, message: Some(message) }
}

/// Has the coordinator asked about those partitions in which the transaction is not open yet; then writes.
fn verify(broker: &mut Broker, cx: &mut Context<'_>, waiting: Waiting) -> Answer {
    let operation = Operation::of_produce(waiting.writer.request.version);
    let Unverified { producer, epoch, partitions } = &waiting.unverified;
    let mut verified = Verified { bumps_epochs: operation.bumps_epochs(), ..Verified::default() };
    for (partition, sequence) in partitions {
        match broker.begin_verification(cx, partition, (*producer, *epoch), *sequence, operation.bumps_epochs()) {
            Ok(Some(guard)) => {
                verified.guards.insert(partition.clone(), guard);
            }
            Ok(None) => {}
            Err(error) => {
                verified.errors.insert(partition.clone(), error);
            }
        }
    }
    if verified.guards.is_empty() {
        return waiting.writer.write_all(broker, cx, waiting.parts, &verified);
    }
    let waiter = broker.verifications.next();
    let asked = Asked {
        transactional_id: Arc::clone(&waiting.transactional_id),
        producer: *producer,
        epoch: *epoch,
        partitions: verified.guards.keys().cloned().collect(),
        operation,
        waiter,
    };
    broker.unwritten.0.insert(waiter, (waiting, verified));
    broker.verify(cx, asked);
    Answer::Later
}

impl Broker {
    /// The coordinator has answered: what it agreed to is written. While it is busy with the transaction before, producers that add their
    /// partitions by writing have it asked again for a moment.
    pub(super) fn batches_verified(&mut self, cx: &mut Context<'_>, waiter: VerificationId, errors: SortedMap<TopicPartition, ErrorCode>) {
        let Some((waiting, mut verified)) = self.unwritten.0.remove(&waiter) else { return };
        let is_busy = errors.values().any(|error| *error == ErrorCode::ConcurrentTransactions);
        verified.errors.extend(errors);
        let settings = self.settings();
        let patience = settings.add_partitions_to_txn_retry_backoff_max.min(settings.request_timeout);
        if verified.bumps_epochs && is_busy && cx.now < waiting.since + patience {
            let again = cx.now + settings.add_partitions_to_txn_retry_backoff;
            self.unwritten.0.insert(waiter, (waiting, Verified::default()));
            return self.timers.set(BrokerTimer::Verification(waiter), again, cx.cause);
        }
        let request = waiting.writer.request.clone();
        let answer = waiting.writer.write_all(self, cx, waiting.parts, &verified);
        self.settle(cx, &request, answer);
    }

    /// Asks a busy coordinator again.
    pub(super) fn verify_again(&mut self, cx: &mut Context<'_>, waiter: VerificationId) {
        let Some((waiting, _)) = self.unwritten.0.remove(&waiter) else { return };
        let request = waiting.writer.request.clone();
        let answer = verify(self, cx, waiting);
        self.settle(cx, &request, answer);
    }

    /// What a partition wants to be told before it takes a transaction's first batch; none: the transaction is open there.
    pub(super) fn begin_verification(
        &mut self,
        cx: &Context<'_>,
        partition: &TopicPartition,
        producer: (ProducerId, ProducerEpoch),
        sequence: i32,
        bumps_epochs: bool,
    ) -> Result<Option<VerificationGuard>, ErrorCode> {
        self.replica(partition)?;
        self.replicas.begin_verification(partition, producer, sequence, bumps_epochs, cx.time_ms())
    }
}

impl DelayedProduce {
    pub(super) const fn request(&self) -> &RequestContext {
        &self.request
    }

    /// Notes the answer of every partition that is committed as far as it must be, or cannot be any more: what happens to it while the
    /// others are waited for changes that no more (`DelayedProduce.tryComplete`). Returns whether none is waited for.
    pub(super) fn settle(&mut self, replicas: &ReplicaManager) -> bool {
        for part in &mut self.parts {
            let (Some(required), Some(name)) = (part.required, &part.partition) else { continue };
            if let Some(error) = progress(name, required, replicas) {
                part.required = None;
                part.response.error_code = error.code();
            }
        }
        self.parts.iter().all(|part| part.required.is_none())
    }

    /// The answers at the deadline.
    fn in_time(&self) -> Vec<Part> {
        let late = |part: &Part| if part.required.is_some() { part.clone().failed(ErrorCode::RequestTimedOut) } else { part.clone() };
        self.parts.iter().map(late).collect()
    }
}

/// What has become of a written batch; `None` while it waits to be committed.
pub(super) fn progress(name: &TopicPartition, required: Offset, replicas: &ReplicaManager) -> Option<ErrorCode> {
    let Some(partition) = replicas.partition(name).filter(|partition| partition.is_leader()) else {
        return Some(ErrorCode::NotLeaderOrFollower);
    };
    if partition.high_watermark() < required && !bugs::has(Bug::AcknowledgeBeforeTheIsrHasIt) {
        None
    } else if partition.is_under_min_isr_at_most() {
        // Kafka's check, which takes two threads to fail: under the minimum the high watermark does not move (KIP-966).
        Some(ErrorCode::NotEnoughReplicasAfterAppend)
    } else {
        Some(ErrorCode::None)
    }
}

fn answer(broker: &Broker, request: &RequestContext, acks: i16, parts: Vec<Part>) -> Answer {
    if acks == 0 {
        let failed = parts.iter().any(|part| part.response.error_code != ErrorCode::None.code());
        return if failed { Answer::Close } else { Answer::NoReply };
    }
    request.reply(&mut respond(broker, request.version, parts))
}

fn respond(broker: &Broker, version: i16, parts: Vec<Part>) -> ProduceResponse {
    let mut response = ProduceResponse::default();
    let mut leaders = endpoints::Leaders::default();
    for mut part in parts {
        if version >= 10
            && part.response.error_code == ErrorCode::NotLeaderOrFollower.code()
            && let Some(partition) = &part.partition
        {
            let (leader_id, leader_epoch) = leaders.note(broker, partition);
            part.response.current_leader = LeaderIdAndEpoch { leader_id, leader_epoch, ..Default::default() };
        }
        match response.responses.iter_mut().find(|topic| topic.name == part.topic && topic.topic_id == part.topic_id) {
            Some(topic) => topic.partition_responses.push(part.response),
            None => response.responses.push(TopicProduceResponse {
                name: part.topic,
                topic_id: part.topic_id,
                partition_responses: vec![part.response],
                ..Default::default()
            }),
        }
    }
    response.node_endpoints = leaders
        .into_iter()
        .map(|node| NodeEndpoint { node_id: node.id, host: node.host, port: node.port, rack: node.rack, ..Default::default() })
        .collect();
    response
}
