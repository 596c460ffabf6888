//! What clients are told, what is written, and which markers are sent when.
//!
//! `producers` has InitProducerId, `partitions` what a transaction writes to, `ending` EndTxn and the markers, `time` timeouts and expiry,
//! `commitment` what is told while records are not committed, and what another coordinator reads, `replay` any run of all that, `record` the
//! log.

mod commitment;
mod ending;
mod partitions;
mod producers;
mod record;
#[cfg(not(target_arch = "wasm32"))]
mod replay;
mod time;

use super::partition::TRANSACTION_STATE_TOPIC;
use super::*;
use crate::base::{
    Context, Duration, Instant, LeaderEpoch, Offset, PartitionIndex, ProcessId, ProducerEpoch, ProducerId, Recorder, Rng, TopicPartition,
};
use crate::coordinator::runtime::{LogRecord, Logged, Outcome, Replayed, Runtime, Storage, TransactionalWriter};
use crate::wire::ErrorCode;
use crate::wire::batch::TransactionEnd;
use crate::wire::messages::add_partitions_to_txn_request::{AddPartitionsToTxnTopic, AddPartitionsToTxnTransaction};
use crate::wire::messages::{EndTxnRequest, InitProducerIdRequest};
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Broker,
    Client,
}

impl Addressee for Token {
    fn broker() -> Self {
        Self::Broker
    }
}

type Shard = TransactionShard<Token>;

/// A log in memory. Everything is committed at once, unless the test says up to where.
#[derive(Clone, Default)]
struct Memory {
    records: Vec<LogRecord>,
    high_watermark: Option<i64>,
    broken: Option<ErrorCode>,
}

impl Storage for Memory {
    fn append(
        &mut self,
        _cx: &mut Context<'_>,
        _partition: &TopicPartition,
        records: Vec<LogRecord>,
        _writer: Option<TransactionalWriter>,
    ) -> Result<Offset, ErrorCode> {
        self.broken.map_or(Ok(()), Err)?;
        self.records.extend(records);
        Ok(Offset(self.records.len() as i64))
    }

    fn append_end(&mut self, _: &mut Context<'_>, _: &TopicPartition, _: TransactionEnd, _: i16) -> Result<Offset, ErrorCode> {
        Err(ErrorCode::UnknownServerError)
    }

    fn high_watermark(&self, _partition: &TopicPartition) -> Offset {
        Offset(self.high_watermark.unwrap_or(self.records.len() as i64))
    }

    fn replay(&self, _: &TopicPartition, _: Offset, sink: &mut dyn FnMut(Logged, Offset)) -> Result<Replayed, ErrorCode> {
        (1..).map(Offset).zip(&self.records).for_each(|(after, record)| sink(Logged::Record(record.clone(), None), after));
        Ok(Replayed { next: Offset(self.records.len() as i64), is_end: true })
    }
}

/// A coordinator of one transactional id, with the broker around it.
struct Bench {
    runtime: Runtime<Shard>,
    log: Memory,
    now: Instant,
    rng: Rng,
    recorder: Recorder,
    /// The next producer id to be given out; none: the controller has not given any.
    next_id: Option<i64>,
    markers: Vec<TransactionMarkers>,
    answers: Vec<TransactionReply>,
}

const PARTITION: PartitionIndex = PartitionIndex(3);
const ID: &str = "payments";
/// A producer's id and epoch.
type Producer = (i64, i16);

impl Bench {
    fn new() -> Self {
        Self::elected(Memory::default(), Instant::ZERO, 0)
    }

    fn elected(log: Memory, now: Instant, epoch: i32) -> Self {
        let mut bench = Self {
            runtime: Runtime::new(TRANSACTION_STATE_TOPIC, TransactionConfig::default(), Duration::from_secs(60)),
            log,
            now,
            rng: Rng::stream(7, "transactions"),
            recorder: Recorder::default(),
            next_id: Some(1000),
            markers: Vec::new(),
            answers: Vec::new(),
        };
        bench.elect(epoch);
        bench.wait(1);
        bench
    }

    /// Another broker takes over.
    fn failed_over(&self, epoch: i32) -> Self {
        Self::elected(self.log.clone(), self.now, epoch)
    }

    fn elect(&mut self, epoch: i32) {
        let cx = Context::new(self.now, 0, ProcessId(1), &mut self.rng, None, &mut self.recorder);
        self.runtime.elected(&cx, PARTITION, LeaderEpoch(epoch));
        self.take_replies();
    }

    fn handle(&mut self, handler: impl FnOnce(&mut Shard, &mut Context<'_>, &mut Outcome<Shard>)) {
        let mut cx = Context::new(self.now, 0, ProcessId(1), &mut self.rng, None, &mut self.recorder);
        assert_eq!(self.runtime.handle(&mut cx, &mut self.log, PARTITION, handler), Ok(()));
        self.take_replies();
    }

    fn take_replies(&mut self) {
        while let Some(ready) = self.runtime.poll_reply() {
            match ready.reply {
                TransactionReply::SendMarkers(markers) => self.markers.push(markers),
                reply => self.answers.push(reply),
            }
        }
    }

    fn wait(&mut self, millis: u64) {
        let until = self.now + Duration::from_millis(millis);
        while let Some(due) = self.runtime.next_due().filter(|due| *due <= until) {
            self.now = due;
            let mut cx = Context::new(self.now, 0, ProcessId(1), &mut self.rng, None, &mut self.recorder);
            self.runtime.wake(&mut cx, &mut self.log);
            self.take_replies();
        }
        self.now = until;
    }

    /// Lets the followers catch up.
    fn commit(&mut self) {
        let end = self.log.records.len() as i64;
        self.log.high_watermark = self.log.high_watermark.map(|_| end);
        self.runtime.committed(PARTITION, Offset(end), None);
        self.take_replies();
    }

    /// From here on nothing is committed by itself.
    fn hold_commits(&mut self) {
        self.log.high_watermark = Some(self.log.records.len() as i64);
    }

    fn claim(&mut self) -> Option<ProducerId> {
        let id = self.next_id?;
        self.next_id = Some(id + 1);
        Some(ProducerId(id))
    }

    fn send_init(&mut self, expected: Option<Producer>) {
        let (producer_id, producer_epoch) = expected.unwrap_or((-1, -1));
        let request = InitProducerIdRequest {
            transactional_id: Some(ID.to_owned()),
            transaction_timeout_ms: 60_000,
            producer_id,
            producer_epoch,
            ..Default::default()
        };
        let fresh = if self.shard().init_needs_producer_id(&request) { self.claim() } else { None };
        self.handle(|shard, cx, out| shard.init_producer_id(cx, out, InitProducerId { request, version: 5, fresh, token: Token::Client }));
    }

    fn init(&mut self, expected: Option<Producer>) -> Result<Producer, ErrorCode> {
        self.send_init(expected);
        match self.answers.pop() {
            Some(TransactionReply::InitProducerId(response)) => {
                result(response.error_code, (response.producer_id, response.producer_epoch))
            }
            other => panic!("{other:?}"),
        }
    }

    /// AddPartitionsToTxn, of a partition's leader since version 4.
    fn send_add(&mut self, producer: Producer, partitions: &[i32], verify_only: bool, version: i16) {
        let topics = vec![AddPartitionsToTxnTopic { name: "orders".to_owned(), partitions: partitions.to_vec(), ..Default::default() }];
        let (producer_id, producer_epoch) = producer;
        let transaction = AddPartitionsToTxnTransaction {
            transactional_id: ID.to_owned(),
            producer_id,
            producer_epoch,
            verify_only,
            topics,
            ..Default::default()
        };
        self.handle(|shard, cx, out| shard.add_partitions(cx, out, AddPartitions { transaction, version, token: Token::Client }));
    }

    /// The partitions' errors.
    fn added(&mut self) -> Vec<ErrorCode> {
        match self.answers.pop() {
            Some(TransactionReply::AddPartitions(result)) => {
                let partitions = result.topic_results.iter().flat_map(|topic| &topic.results_by_partition);
                partitions.map(|partition| ErrorCode::from_i16(partition.partition_error_code).unwrap()).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    fn add(&mut self, producer: Producer, partition: i32) -> ErrorCode {
        self.send_add(producer, &[partition], false, 5);
        self.added()[0]
    }

    fn send_end(&mut self, producer: Producer, committed: bool, version: i16) {
        let (producer_id, producer_epoch) = producer;
        let request = EndTxnRequest { transactional_id: ID.to_owned(), producer_id, producer_epoch, committed, ..Default::default() };
        let fresh = if self.shard().end_needs_producer_id(&request, version) { self.claim() } else { None };
        self.handle(|shard, cx, out| shard.end_transaction(cx, out, EndTransaction { request, version, fresh, token: Token::Client }));
    }

    /// EndTxn; of version 5, the producer of the next transaction.
    fn end(&mut self, producer: Producer, committed: bool, version: i16) -> Result<Producer, ErrorCode> {
        self.send_end(producer, committed, version);
        match self.answers.pop() {
            Some(TransactionReply::EndTransaction(response)) => {
                result(response.error_code, (response.producer_id, response.producer_epoch))
            }
            other => panic!("{other:?}"),
        }
    }

    /// The partitions' leaders write the markers that they were sent.
    fn write_markers(&mut self) {
        for markers in std::mem::take(&mut self.markers) {
            let TransactionMarkers { transactional_id, coordinator_epoch, partitions, .. } = markers;
            self.handle(|shard, cx, out| shard.markers_written(cx, out, &transactional_id, coordinator_epoch, &partitions));
        }
    }

    /// A transaction from its first partition to its end.
    fn transact(&mut self, producer: Producer, committed: bool) -> Producer {
        assert_eq!(self.add(producer, 0), ErrorCode::None);
        let next = self.end(producer, committed, 5).unwrap();
        self.write_markers();
        next
    }

    fn shard(&self) -> &Shard {
        self.runtime.shard(PARTITION).unwrap()
    }

    fn metadata(&self) -> &TransactionMetadata {
        self.shard().transaction(ID).unwrap().metadata()
    }

    fn state(&self) -> TransactionState {
        self.metadata().state
    }

    /// A transactional id of which this is the log.
    fn with(metadata: TransactionMetadata) -> Self {
        let record = TransactionRecord { transactional_id: ID.into(), metadata: Some(metadata) };
        Self::elected(Memory { records: vec![record.encode().unwrap()], ..Default::default() }, Instant::ZERO, 0)
    }
}

fn result(error: i16, producer: Producer) -> Result<Producer, ErrorCode> {
    match ErrorCode::from_i16(error) {
        Some(ErrorCode::None) => Ok(producer),
        Some(error) => {
            assert_eq!(producer, (-1, -1));
            Err(error)
        }
        None => panic!("error {error}"),
    }
}

/// A transactional id whose producer has used up its epochs but for this one.
fn worn(state: TransactionState, epoch: i16) -> TransactionMetadata {
    TransactionMetadata {
        state,
        started_ms: Some(0),
        producer_epoch: ProducerEpoch(epoch),
        partitions: if state == TransactionState::Ongoing { [TopicPartition::new("orders", 0)].into() } else { [].into() },
        version: TransactionVersion::V2,
        ..TransactionMetadata::new(ProducerId(7), 60_000, 0)
    }
}
