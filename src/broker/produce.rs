//! Produce 3-13: writes batches to partitions that this broker leads. 0-2 are advertised, but end the connection (KIP-896).
//!
//! - acks=0 gets no answer; where something is wrong, the connection ends. acks=1 is answered once the leader has the batch, acks=-1 once
//!   all in-sync replicas have it, or after the timeout.
//! - v5: log start offset. v8: record errors (KIP-467). v10: the leader, where it is another (KIP-951). v13: topic ids (KIP-516).
//! - A partition that comes twice is written once, as it came last. Null records: no answer, ever, as from Apache Kafka.
//!
//! Left out: transactions. A transactional batch is refused, as nobody has been given a transactional id.

use super::connections::{Answer, RequestContext};
use super::purgatory::Delayed;
use super::replica_manager::{Refusal, ReplicaManager};
use super::{Broker, endpoints};
use crate::base::SortedMap;
use crate::base::{
    Context, Duration, Offset, PartitionIndex, TopicPartition, Uuid,
    bugs::{self, Bug},
};
use crate::log::{AppendError, Origin, single_batch};
use crate::wire::batch::BatchError;
use crate::wire::messages::produce_response::{
    BatchIndexAndErrorMessage, LeaderIdAndEpoch, NodeEndpoint, PartitionProduceResponse, TopicProduceResponse,
};
use crate::wire::messages::{ProduceRequest, ProduceResponse};
use crate::wire::{Batch, Compression, ErrorCode, Rope};

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

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: ProduceRequest) -> Answer {
    let transactional_id = body.transactional_id.is_some();
    let (acks, timeout) = (body.acks, Duration::from_kafka_ms(body.timeout_ms.into()));
    let Some(wanted) = collect(broker, request, body) else { return Answer::Later };
    if !transactional_id && wanted.iter().any(|(_, records)| is_transactional(records)) {
        let parts = wanted.into_iter().map(|(part, _)| part.failed(ErrorCode::TransactionalIdAuthorizationFailed)).collect();
        return answer(broker, request, acks, parts);
    }
    let writer = Writer { acks, version: request.version, admin: request.client_id.as_deref() == Some(ADMIN_CLIENT) };
    let parts: Vec<Part> = wanted.into_iter().map(|(part, records)| writer.write(broker, cx, part, records)).collect();
    broker.partitions_moved(cx);
    let mut delayed = DelayedProduce { request: request.clone(), parts };
    if delayed.settle(&broker.replicas) {
        return answer(broker, request, acks, delayed.parts);
    }
    let watched = delayed.parts.iter().filter(|part| part.required.is_some()).filter_map(|part| part.partition.clone()).collect();
    broker.delay(cx, Delayed::Produce(delayed), watched, timeout);
    Answer::Later
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

/// Whether the first batch is marked as part of a transaction.
fn is_transactional(records: &Rope) -> bool {
    single_batch(records.clone()).is_ok_and(|batch| batch.header.attributes.is_transactional())
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

struct Writer {
    acks: i16,
    version: i16,
    admin: bool,
}

impl Writer {
    fn write(&self, broker: &mut Broker, cx: &mut Context<'_>, mut part: Part, records: Rope) -> Part {
        let Some(partition) = part.partition.clone() else {
            return part.failed(if self.version >= 13 { ErrorCode::UnknownTopicId } else { ErrorCode::UnknownTopicOrPartition });
        };
        if broker.image.partition(&partition).is_none() {
            return part.failed(ErrorCode::UnknownTopicOrPartition);
        }
        let batch = match self.check(&partition, records) {
            Ok(batch) => batch,
            Err(error) => return part.failed_with(error),
        };
        let cause = cx.cause;
        let written = broker.replicas.append_as_leader(cx, &partition, batch, Origin::Client, self.acks == ALL);
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
        if self.version < 7 && batch.header.attributes.compression() == Some(Compression::Zstd) {
            return Err(ErrorCode::UnsupportedCompressionType);
        }
        if !matches!(self.acks, -1..=1) {
            return Err(ErrorCode::InvalidRequiredAcks);
        }
        if INTERNAL_TOPICS.contains(&&*partition.topic) && !self.admin {
            return Err(ErrorCode::InvalidTopicException);
        }
        if batch.header.attributes.is_transactional() {
            return Err(ErrorCode::InvalidProducerIdMapping);
        }
        Ok(())
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
fn progress(name: &TopicPartition, required: Offset, replicas: &ReplicaManager) -> Option<ErrorCode> {
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
