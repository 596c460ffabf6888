//! The runtime, with a shard that counts: what is appended when, who is answered when.

use super::runtime::{LogRecord, Logged, Outcome, Replayed, Reply, Runtime, Shard, Storage, TransactionalWriter};
use crate::base::{Context, Duration, Instant, LeaderEpoch, Offset, PartitionIndex, ProcessId, Recorder, Rng, TopicPartition};
use crate::wire::ErrorCode;
use crate::wire::batch::TransactionEnd;
use bytes::Bytes;

/// Its state: the sum of all its records.
#[derive(Clone, Debug)]
struct Counter {
    sum: u8,
}

#[derive(Clone, Debug, PartialEq)]
struct Answer(Result<u8, ErrorCode>);

impl Reply for Answer {
    fn failed(self, error: ErrorCode) -> Self {
        Self(Err(error))
    }
}

impl Shard for Counter {
    type Config = ();
    type Record = u8;
    type Timer = ();
    type Token = &'static str;
    type Reply = Answer;
    type Then = &'static str;

    fn new(_config: &()) -> Self {
        Self { sum: 0 }
    }

    fn encode(record: u8) -> Result<LogRecord, ErrorCode> {
        Ok(LogRecord { key: Bytes::from(vec![record]), value: None })
    }

    fn decode(record: LogRecord) -> Option<u8> {
        record.key.first().copied()
    }

    fn replay(&mut self, record: &u8, _after: Offset) {
        self.sum += record;
    }

    fn committed(&mut self, _high_watermark: Offset) -> Vec<(&'static str, Answer)> {
        Vec::new()
    }

    fn awaits_commit(&self) -> bool {
        false
    }

    fn loaded(&mut self, _cx: &mut Context<'_>, out: &mut Outcome<Self>) {
        out.set_timer((), Duration::from_secs(60));
    }

    fn timer(&mut self, _cx: &mut Context<'_>, (): (), out: &mut Outcome<Self>) {
        out.records.push(100);
    }

    fn appended(&mut self, _cx: &mut Context<'_>, then: &'static str, result: Result<(), ErrorCode>, out: &mut Outcome<Self>) {
        out.reply(then, Answer(result.map(|()| self.sum)));
    }

    fn unloaded(self) -> Vec<(&'static str, Answer)> {
        vec![("parked", Answer(Err(ErrorCode::NotCoordinator)))]
    }
}

/// A log in memory whose high watermark is where the test puts it.
#[derive(Default)]
struct Memory {
    records: Vec<LogRecord>,
    high_watermark: i64,
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
        Offset(self.high_watermark)
    }

    /// Two records at a time.
    fn replay(&self, _: &TopicPartition, from: Offset, sink: &mut dyn FnMut(Logged, Offset)) -> Result<Replayed, ErrorCode> {
        let rest = (1..).map(Offset).zip(&self.records).skip(from.0 as usize);
        rest.take(2).for_each(|(after, record)| sink(Logged::Record(record.clone(), None), after));
        let next = Offset((from.0 + 2).min(self.records.len() as i64));
        Ok(Replayed { next, is_end: next.0 == self.records.len() as i64 })
    }
}

struct Bench {
    runtime: Runtime<Counter>,
    log: Memory,
    now: Instant,
    rng: Rng,
    recorder: Recorder,
}

const PARTITION: PartitionIndex = PartitionIndex(3);

macro_rules! context {
    ($bench:ident) => {
        Context::new($bench.now, 0, ProcessId(1), &mut $bench.rng, None, &mut $bench.recorder)
    };
}

impl Bench {
    fn new() -> Self {
        let runtime = Runtime::new("counts", (), Duration::from_secs(5));
        Self { runtime, log: Memory::default(), now: Instant::ZERO, rng: Rng::stream(1, "test"), recorder: Recorder::default() }
    }

    fn elected(records: &[u8]) -> Self {
        let mut bench = Self::new();
        bench.log.records = records.iter().map(|record| Counter::encode(*record).unwrap()).collect();
        bench.elect();
        while bench.runtime.loading().next().is_some() {
            bench.wake();
        }
        bench
    }

    fn elect(&mut self) {
        let cx = context!(self);
        self.runtime.elected(&cx, PARTITION, LeaderEpoch(0));
    }

    /// Lets the next timer come due.
    fn wake(&mut self) {
        self.now = self.runtime.next_due().unwrap();
        let mut cx = context!(self);
        self.runtime.wake(&mut cx, &mut self.log);
    }

    fn handle(&mut self, handler: impl FnOnce(&mut Counter, &mut Outcome<Counter>)) -> Result<(), ErrorCode> {
        let mut cx = context!(self);
        self.runtime.handle(&mut cx, &mut self.log, PARTITION, |state, _, out| handler(state, out))
    }

    fn add(&mut self, number: u8) {
        let add = |state: &mut Counter, out: &mut Outcome<Counter>| {
            out.records.push(number);
            out.reply("adder", Answer(Ok(state.sum)));
        };
        self.handle(add).unwrap();
    }

    fn advance(&mut self, seconds: u64) {
        let until = self.now + Duration::from_secs(seconds);
        while let Some(due) = self.runtime.next_due().filter(|due| *due <= until) {
            self.now = due;
            let mut cx = context!(self);
            self.runtime.wake(&mut cx, &mut self.log);
        }
        self.now = until;
    }

    fn sum(&self) -> Option<u8> {
        self.runtime.shard(PARTITION).map(|counter| counter.sum)
    }

    fn answers(&mut self) -> Vec<(&'static str, Result<u8, ErrorCode>)> {
        std::iter::from_fn(|| self.runtime.poll_reply()).map(|ready| (ready.token, ready.reply.0)).collect()
    }
}

#[test]
fn a_shard_is_loaded_by_replaying_its_log() {
    let bench = Bench::elected(&[1, 2, 3]);
    assert_eq!(bench.sum(), Some(6));
}

#[test]
fn while_a_shard_is_being_loaded_it_answers_nothing() {
    let mut bench = Bench::new();
    bench.log.records = [1, 2, 3].map(|record| Counter::encode(record).unwrap()).to_vec();
    bench.elect();
    for _ in 0..2 {
        assert_eq!(bench.handle(|_, _| unreachable!()), Err(ErrorCode::CoordinatorLoadInProgress));
        bench.wake();
    }
    assert_eq!((bench.handle(|_, _| {}), bench.sum()), (Ok(()), Some(6)));
}

#[test]
fn what_is_read_is_answered_at_once() {
    let mut bench = Bench::elected(&[]);
    bench.add(1);
    bench.handle(|state, out| out.reply_at_once("reader", Answer(Ok(state.sum)))).unwrap();
    assert_eq!(bench.answers(), [("reader", Ok(1))]);
}

#[test]
fn without_an_election_there_is_no_coordinator() {
    let mut bench = Bench::new();
    assert_eq!(bench.handle(|_, _| unreachable!()), Err(ErrorCode::NotCoordinator));
}

#[test]
fn a_reply_waits_until_its_record_is_committed() {
    let mut bench = Bench::elected(&[]);
    bench.add(1);
    assert_eq!((bench.sum(), bench.answers()), (Some(1), vec![]));
    bench.runtime.committed(PARTITION, Offset(1), None);
    assert_eq!(bench.answers(), [("adder", Ok(0))]);
}

#[test]
fn a_reply_without_records_waits_for_those_before_it() {
    let mut bench = Bench::elected(&[]);
    bench.add(1);
    bench.handle(|state, out| out.reply("reader", Answer(Ok(state.sum)))).unwrap();
    assert_eq!(bench.answers(), []);
    bench.runtime.committed(PARTITION, Offset(1), None);
    assert_eq!(bench.answers(), [("adder", Ok(0)), ("reader", Ok(1))]);
    bench.log.high_watermark = 1;
    bench.handle(|state, out| out.reply("reader", Answer(Ok(state.sum)))).unwrap();
    assert_eq!(bench.answers(), [("reader", Ok(1))]);
}

#[test]
fn a_failed_append_leaves_the_state_and_becomes_an_error() {
    let mut bench = Bench::elected(&[]);
    bench.log.broken = Some(ErrorCode::NotEnoughReplicas);
    bench.add(1);
    assert_eq!(bench.sum(), Some(0));
    assert_eq!(bench.answers(), [("adder", Err(ErrorCode::NotEnoughReplicas))]);
}

#[test]
fn what_is_to_be_done_afterwards_sees_the_records_or_the_error() {
    let mut bench = Bench::elected(&[]);
    let then = |_: &mut Counter, out: &mut Outcome<Counter>| {
        out.records.push(7);
        out.then = Some("then");
    };
    bench.log.high_watermark = 1;
    bench.handle(then).unwrap();
    bench.log.broken = Some(ErrorCode::KafkaStorageError);
    bench.handle(then).unwrap();
    assert_eq!(bench.answers(), [("then", Ok(7)), ("then", Err(ErrorCode::KafkaStorageError))]);
}

#[test]
fn a_timer_may_write_records() {
    let mut bench = Bench::elected(&[]);
    bench.advance(59);
    assert_eq!(bench.sum(), Some(0));
    bench.advance(1);
    assert_eq!(bench.sum(), Some(100));
    assert_eq!(bench.log.records.len(), 1);
}

#[test]
fn a_reply_whose_record_is_not_committed_in_time_becomes_an_error() {
    let mut bench = Bench::elected(&[]);
    bench.add(1);
    bench.advance(2);
    bench.add(1);
    bench.advance(3);
    assert_eq!(bench.answers(), [("adder", Err(ErrorCode::RequestTimedOut))]);
    bench.advance(2);
    assert_eq!(bench.answers(), [("adder", Err(ErrorCode::RequestTimedOut))]);
    assert_eq!(bench.sum(), Some(2));
}

#[test]
fn resigning_sends_everybody_away_and_forgets_the_timers() {
    let mut bench = Bench::elected(&[]);
    bench.add(1);
    bench.runtime.resigned(PARTITION, None);
    assert_eq!(bench.answers(), [("adder", Err(ErrorCode::NotCoordinator)), ("parked", Err(ErrorCode::NotCoordinator))]);
    assert_eq!((bench.sum(), bench.runtime.next_due()), (None, None));
}
