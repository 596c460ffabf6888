//! Logs with transactions against Apache Kafka's: what its `UnifiedLog` (4.3.1) answered, step by step, to producers, coordinators and readers
//! that do whatever comes to mind, sensible or not (`transactions/unified-log.txt`).
//!
//! A line is a step, the answer, the log's end and its last stable offset, and all producers as DescribeProducers lists them: id, epoch, last
//! sequence number, coordinator epoch, start of the transaction. The steps:
//! - `verify PRODUCER FIRST-SEQUENCE EPOCH EPOCH-BUMP`, answered with the number of the guard, or `none`
//! - `transactional PRODUCER EPOCH SEQUENCE RECORDS WHOSE-GUARD`, `idempotent PRODUCER EPOCH SEQUENCE RECORDS`, `plain`: a client's batch
//! - `offsets PRODUCER EPOCH`: a coordinator's batch
//! - `marker PRODUCER EPOCH COMMITTED COORDINATOR-EPOCH TRANSACTION-VERSION`
//! - `committed N`, `start N`: the high watermark, or the log's start, becomes what the log's end was N steps ago
//! - `delete`: old segments; `expire MS`: producers, so much later
//! - `read FROM MAX-BYTES`: read_committed, answered with how many bytes that are, and the aborted transactions, `PRODUCER:FIRST`
//! - `aborted FROM TO`: the transaction indexes, answered with `PRODUCER:FIRST:LAST:LAST-STABLE`

use partita::base::{LeaderEpoch, Offset, ProducerEpoch, ProducerId, SortedMap, TopicPartition};
use partita::log::{Append, AppendError, Log, LogConfig, Origin, ReadLimits, VerificationGuard};
use partita::wire::batch::{Producer, TransactionEnd};
use partita::wire::{Batch, BatchBuilder, Compression};
use std::fmt::Write as _;
use std::sync::Arc;

const NOW: i64 = 1_700_000_000_000;
const EXPIRATION_MS: i64 = 86_400_000;

struct Scene {
    log: Log,
    high_watermark: Offset,
    /// Each producer's guard of late, and all that there ever were.
    guards: SortedMap<i64, VerificationGuard>,
    known_guards: Vec<VerificationGuard>,
    /// The log's end after each step.
    ends: Vec<Offset>,
}

/// `of`: the producer, its epoch and the sequence number.
fn batch(of: Option<(i64, i64, i64)>, records: i64, transactional: bool) -> Batch {
    let mut builder = BatchBuilder::new(Compression::None).transactional(transactional);
    for _ in 0..records {
        builder.append(NOW, Some(b"k"), Some(b"value"), &[]).unwrap();
    }
    builder.set_producer(of.map(|(id, epoch, sequence)| Producer {
        id: ProducerId(id),
        epoch: ProducerEpoch(epoch as i16),
        base_sequence: sequence as i32,
    }));
    builder.build().unwrap()
}

impl Scene {
    fn new(segment_bytes: u64, index_interval_bytes: u64) -> Self {
        let config = LogConfig { segment_bytes, index_interval_bytes, segment_index_bytes: 4096, ..LogConfig::default() };
        Self {
            log: Log::new(TopicPartition::new("t", 0), Arc::new(config), NOW),
            high_watermark: Offset(0),
            guards: SortedMap::new(),
            known_guards: Vec::new(),
            ends: vec![Offset(0)],
        }
    }

    fn append(&mut self, batch: Batch, origin: Origin, guard: Option<VerificationGuard>, transaction_version: i64) -> String {
        let append = Append { leader_epoch: LeaderEpoch(0), origin, guard, transaction_version: transaction_version as i16, now_ms: NOW };
        match self.log.append_as_leader(batch, append) {
            Ok(appended) => format!("at {}", appended.first_offset),
            Err(error) => format!("{error:?}"),
        }
    }

    fn note_guard(&mut self, producer: i64, verified: Result<Option<VerificationGuard>, AppendError>) -> String {
        let guard = match verified {
            Ok(Some(guard)) => guard,
            Ok(None) => {
                self.guards.remove(&producer);
                return "none".to_owned();
            }
            Err(error) => return format!("{error:?}"),
        };
        self.guards.insert(producer, guard);
        if !self.known_guards.contains(&guard) {
            self.known_guards.push(guard);
        }
        format!("g{}", self.known_guards.iter().position(|known| *known == guard).unwrap())
    }

    /// What the log's end was so many steps ago.
    fn end_before(&self, steps: i64) -> Offset {
        self.ends[self.ends.len().saturating_sub(1 + usize::try_from(steps).unwrap())]
    }

    fn read(&self, from: i64, max_bytes: i64) -> String {
        let up_to = self.log.last_stable_offset(self.high_watermark);
        let limits = ReadLimits { up_to, max_bytes: max_bytes as u64, min_one_batch: true, aborted: true };
        let Ok(read) = self.log.read(Offset(from), limits) else { return "OOR".to_owned() };
        let aborted = read.aborted.iter().map(|it| format!(" {}:{}", it.producer_id, it.first_offset));
        format!("read {}{}", read.records.len(), aborted.collect::<String>())
    }

    fn step(&mut self, step: &str) -> String {
        let mut words = step.split(' ');
        let kind = words.next().unwrap();
        let numbers: Vec<i64> = words.map(|word| word.parse().unwrap()).collect();
        match (kind, numbers.as_slice()) {
            ("verify", [id, sequence, epoch, bump]) => {
                let (producer, epoch) = (ProducerId(*id), ProducerEpoch(*epoch as i16));
                let verified = self.log.begin_verification(producer, *sequence as i32, epoch, *bump == 1, NOW);
                self.note_guard(*id, verified)
            }
            ("transactional", [id, epoch, sequence, records, whose]) => {
                let guard = self.guards.get(whose).copied();
                self.append(batch(Some((*id, *epoch, *sequence)), *records, true), Origin::Client, guard, 0)
            }
            ("idempotent", [id, epoch, sequence, records]) => {
                self.append(batch(Some((*id, *epoch, *sequence)), *records, false), Origin::Client, None, 0)
            }
            ("plain", []) => self.append(batch(None, 1, false), Origin::Client, None, 0),
            ("offsets", [id, epoch]) => {
                let guard = self.guards.get(id).copied();
                self.append(batch(Some((*id, *epoch, 0)), 1, true), Origin::Coordinator, guard, 0)
            }
            ("marker", [id, epoch, committed, coordinator_epoch, version]) => {
                let end = TransactionEnd {
                    producer_id: ProducerId(*id),
                    producer_epoch: ProducerEpoch(*epoch as i16),
                    committed: *committed == 1,
                    coordinator_epoch: *coordinator_epoch as i32,
                    timestamp: NOW,
                };
                self.append(end.to_batch().unwrap(), Origin::Coordinator, None, *version)
            }
            ("committed", [steps]) => {
                self.high_watermark = self.high_watermark.max(self.end_before(*steps));
                self.log.transactions_committed(self.high_watermark);
                format!("hw {}", self.high_watermark)
            }
            ("start", [steps]) if self.end_before(*steps) > self.high_watermark => "OOR".to_owned(),
            ("start", [steps]) => {
                self.log.increment_start(self.end_before(*steps));
                format!("start {}", self.log.start_offset())
            }
            ("delete", []) => {
                self.log.delete_old_segments(self.high_watermark, NOW);
                format!("start {} segments {}", self.log.start_offset(), self.log.segment_summaries().count())
            }
            ("expire", [later_ms]) => {
                self.log.expire_producers(NOW + later_ms, EXPIRATION_MS);
                "ok".to_owned()
            }
            ("read", [from, max_bytes]) => self.read(*from, *max_bytes),
            ("aborted", [from, to]) => {
                let found = self.log.aborted_transactions(Offset(*from).max(self.log.start_offset()), Offset(*to));
                let shown = |it: partita::log::AbortedTransaction| {
                    format!(" {}:{}:{}:{}", it.producer_id, it.first_offset, it.last_offset, it.last_stable_offset)
                };
                format!("aborted{}", found.into_iter().map(shown).collect::<String>())
            }
            _ => panic!("no step: {step}"),
        }
    }

    fn told(&mut self, step: &str) -> String {
        let answer = self.step(step);
        self.ends.push(self.log.end_offset());
        let stable = self.log.last_stable_offset(self.high_watermark);
        let mut told = format!("{step} -> {answer} | {} {stable} |", self.log.end_offset());
        for (id, state) in self.log.producers().iter() {
            let start = state.transaction_start.map_or(-1, |start| start.0);
            write!(told, " {id},{},{},{},{start}", state.epoch, state.last_sequence(), state.coordinator_epoch).unwrap();
        }
        told
    }
}

#[test]
fn a_log_answers_as_apache_kafkas() {
    let mut scenes = 0;
    for text in include_str!("transactions/unified-log.txt").split("\n\n") {
        let mut lines = text.lines();
        let head: Vec<u64> = lines.next().unwrap().split(' ').filter_map(|word| word.parse().ok()).collect();
        let mut scene = Scene::new(head[0], head[1]);
        for line in lines {
            let (step, _) = line.split_once(" -> ").unwrap();
            assert_eq!(scene.told(step), line, "in scene {scenes}");
        }
        scenes += 1;
    }
    assert_eq!(scenes, 10);
}
