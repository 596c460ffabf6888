//! What compaction takes and what it leaves: by example, and for any log.

use super::*;
use crate::base::SortedMap;
use crate::base::{LeaderEpoch, Offset, ProducerEpoch, ProducerId, TopicPartition};
use crate::wire::batch::{Batch, BatchBuilder, ControlType, EndTransactionMarker, Producer, Record};
use crate::wire::compression::Compression;
use proptest::prelude::*;
use std::sync::Arc;

const NOW: i64 = 1_700_000_000_000;
const RETENTION: i64 = 10_000;

/// A compacted log in which every batch begins a segment of its own, as long as `segment_bytes` is small.
fn log_with(change: impl FnOnce(&mut LogConfig)) -> Log {
    let mut config =
        LogConfig { segment_bytes: 100, compacted: true, deleted: false, delete_retention_ms: RETENTION, ..LogConfig::default() };
    change(&mut config);
    Log::new(TopicPartition::new("t", 0), Arc::new(config), NOW)
}

fn at(now_ms: i64) -> Append {
    Append { leader_epoch: LeaderEpoch(0), origin: Origin::Coordinator, guard: None, transaction_version: 0, now_ms }
}

/// Words such as `a=1`, or `a` for a tombstone, as a batch.
fn batch(words: &str) -> BatchBuilder {
    let mut builder = BatchBuilder::new(Compression::None);
    for word in words.split_whitespace() {
        let (key, value) = word.split_once('=').map_or((word, None), |(key, value)| (key, Some(value)));
        builder.append(NOW, Some(key.as_bytes()), value.map(str::as_bytes), &[]).unwrap();
    }
    builder
}

/// Batches, separated by `|`.
fn log_of(batches: &str) -> Log {
    let mut log = log_with(|_| {});
    batches.split('|').for_each(|words| write(&mut log, &batch(words)));
    log
}

fn write(log: &mut Log, builder: &BatchBuilder) {
    let batch = builder.build().unwrap();
    let header = batch.header;
    let guard = log.begin_verification(header.producer_id, header.base_sequence, header.producer_epoch, false, NOW).unwrap();
    log.append_as_leader(batch, Append { guard, ..at(NOW) }).unwrap();
}

fn clean_at(log: &mut Log, now_ms: i64) -> Cleaning {
    let cleanable = log.cleanable(log.end_offset(), now_ms);
    log.clean(&cleanable, now_ms).unwrap()
}

fn all(log: &Log) -> Vec<Batch> {
    log.batches(Offset(0), log.end_offset()).collect()
}

fn word(record: &Record) -> String {
    let text = |bytes: &bytes::Bytes| String::from_utf8_lossy(bytes).into_owned();
    let (key, value) = (record.key.as_ref().map(text).unwrap_or_default(), record.value.as_ref().map(text));
    value.map_or(format!("{}:{key}", record.offset), |value| format!("{}:{key}={value}", record.offset))
}

/// Each batch as its records, with their offsets; an empty one as `-`.
fn shown(log: &Log) -> String {
    let shown = |batch: Batch| {
        batch.verify_crc().unwrap();
        let words: Vec<_> = batch.records().unwrap().map(|record| word(&record.unwrap())).collect();
        if words.is_empty() { "-".to_owned() } else { words.join(" ") }
    };
    all(log).into_iter().map(shown).collect::<Vec<_>>().join(" | ")
}

#[test]
fn of_each_key_the_latest_record_stays_where_it_was() {
    let mut log = log_of("a=1 b=1 | a=2 c=1 | b=2 | a=3");
    let cleaning = clean_at(&mut log, NOW);
    assert_eq!(shown(&log), "2:a=2 3:c=1 | 4:b=2 | 5:a=3", "a=3 is in the active segment, which takes no part");
    assert_eq!((cleaning.from, cleaning.to, cleaning.records_before, cleaning.records_after), (Offset(0), Offset(5), 5, 3));
    assert_eq!((log.start_offset(), log.end_offset()), (Offset(0), Offset(6)));
}

#[test]
fn the_active_segment_takes_no_part() {
    let mut log = log_of("a=1 | a=2");
    clean_at(&mut log, NOW);
    assert_eq!(shown(&log), "0:a=1 | 1:a=2");
}

#[test]
fn one_knows_what_took_a_records_place() {
    let mut log = log_of("a=1 b=1 | a=2 c=1 | b=2 | x=1");
    clean_at(&mut log, NOW);
    let removed: Vec<_> = log.cleaned().between(Offset(0), Offset(9)).collect();
    assert_eq!(removed, [(Offset(0), Removal::SupersededBy(Offset(2))), (Offset(1), Removal::SupersededBy(Offset(4)))]);
    assert_eq!(log.cleaned().get(Offset(2)), None);
}

#[test]
fn a_read_from_an_offset_that_is_gone_goes_on_with_the_next() {
    let mut log = log_of("a=1 b=1 | a=2 | a=3 | c=1");
    clean_at(&mut log, NOW);
    assert_eq!(shown(&log), "1:b=1 | 3:a=3 | 4:c=1");
    let first = |from| {
        let limits = ReadLimits { up_to: Offset(5), max_bytes: 1, min_one_batch: true, aborted: false };
        let read = log.read(Offset(from), limits).unwrap().records.to_bytes();
        Batch::parse_all(read).unwrap().first().map(|batch| (batch.header.base_offset.0, batch.header.last_offset().0))
    };
    assert_eq!([0, 1, 2, 3, 4, 5].map(first), [Some((0, 1)), Some((0, 1)), Some((3, 3)), Some((3, 3)), Some((4, 4)), None]);
}

#[test]
fn a_tombstone_stays_until_its_delete_horizon_which_the_first_compaction_sets() {
    let mut log = log_of("a=1 | a | x=1");
    clean_at(&mut log, NOW + 5);
    assert_eq!(shown(&log), "1:a | 2:x=1");
    let header = all(&log)[0].header;
    assert_eq!(
        (header.delete_horizon_ms(), header.base_timestamp, header.max_timestamp),
        (Some(NOW + 5 + RETENTION), NOW + 5 + RETENTION, NOW)
    );
    assert_eq!(all(&log)[0].records().unwrap().next().unwrap().unwrap().timestamp, NOW, "the record's own time is as it was");
    write(&mut log, &batch("y=1"));
    clean_at(&mut log, NOW + 4 + RETENTION);
    assert_eq!(shown(&log), "1:a | 2:x=1 | 3:y=1");
    write(&mut log, &batch("z=1"));
    clean_at(&mut log, NOW + 5 + RETENTION);
    assert_eq!(shown(&log), "2:x=1 | 3:y=1 | 4:z=1");
    assert_eq!(log.cleaned().get(Offset(1)), Some(Removal::Tombstone));
}

#[test]
fn segments_that_fit_into_one_become_one() {
    let mut log = log_of("a=1 | b=1 | a=2 | a=3 | x=1");
    log.set_config(Arc::new(LogConfig { segment_bytes: 200, ..log.config().clone() }));
    clean_at(&mut log, NOW);
    assert_eq!(shown(&log), "1:b=1 | 3:a=3 | 4:x=1");
    let bases: Vec<i64> = log.segment_summaries().map(|segment| segment.base_offset.0).collect();
    assert_eq!(bases, [0, 2, 4], "two by two, by the sizes that they had");
}

#[test]
fn the_last_batch_of_a_pass_stays_even_without_records() {
    let mut log = log_of("a=1 | b=1 | b | x=1");
    log.set_config(Arc::new(LogConfig { delete_retention_ms: 0, ..log.config().clone() }));
    clean_at(&mut log, NOW);
    assert_eq!(shown(&log), "0:a=1 | 2:b | 3:x=1");
    let cleanable = Cleanable { first_uncleanable: Offset(3), ..log.cleanable(Offset(3), NOW) };
    log.clean(&cleanable, NOW).unwrap();
    assert_eq!(shown(&log), "0:a=1 | - | 3:x=1");
    write(&mut log, &batch("y=1"));
    clean_at(&mut log, NOW);
    assert_eq!(shown(&log), "0:a=1 | 3:x=1 | 4:y=1");
}

#[test]
fn a_producers_last_batch_stays_for_its_sequence_number() {
    let mut log = log_with(|_| {});
    let by = |words: &str, id: i64, base_sequence: i32| {
        batch(words).with_producer(Producer { id: ProducerId(id), epoch: ProducerEpoch(0), base_sequence })
    };
    write(&mut log, &by("a=1", 7, 0));
    write(&mut log, &by("a=2", 7, 1));
    write(&mut log, &by("a=3", 8, 0));
    write(&mut log, &by("x=1", 8, 1));
    clean_at(&mut log, NOW);
    assert_eq!(shown(&log), "- | 2:a=3 | 3:x=1");
    let header = all(&log)[0].header;
    assert_eq!((header.base_offset, header.last_sequence(), header.count, header.max_timestamp), (Offset(1), 1, 0, NOW));
    log.truncate_to(Offset(3));
    assert_eq!(log.producers().get(ProducerId(7)).map(ProducerState::last_sequence), Some(1), "who reads the log anew knows it too");
}

fn marker(kind: ControlType, id: i64) -> BatchBuilder {
    let value = EndTransactionMarker { coordinator_epoch: 0 }.value();
    let producer = Producer { id: ProducerId(id), epoch: ProducerEpoch(0), base_sequence: -1 };
    BatchBuilder::control(kind, &value, NOW).unwrap().transactional(true).with_producer(producer)
}

fn transactional(words: &str, id: i64, base_sequence: i32) -> BatchBuilder {
    batch(words).transactional(true).with_producer(Producer { id: ProducerId(id), epoch: ProducerEpoch(0), base_sequence })
}

/// The base offsets of the batches, a marker's with an `m`.
fn places(log: &Log) -> String {
    let place = |batch: &Batch| format!("{}{}", batch.header.base_offset, if batch.header.attributes.is_control() { "m" } else { "" });
    all(log).iter().map(place).collect::<Vec<_>>().join(" ")
}

#[test]
fn aborted_records_go_and_do_not_supersede_and_their_marker_follows_once_none_is_left() {
    let mut log = log_with(|config| config.delete_retention_ms = 100);
    write(&mut log, &batch("a=1"));
    write(&mut log, &transactional("a=2", 7, 0));
    write(&mut log, &marker(ControlType::Abort, 7));
    write(&mut log, &transactional("b=1", 7, 1));
    write(&mut log, &marker(ControlType::Commit, 7));
    write(&mut log, &batch("x=1"));
    clean_at(&mut log, NOW);
    assert_eq!(places(&log), "0 2m 3 4m 5");
    assert_eq!(log.cleaned().get(Offset(1)), Some(Removal::Aborted));
    for later in [0, 99, 100] {
        write(&mut log, &batch(&format!("n{later}=1")));
        clean_at(&mut log, NOW + later);
    }
    assert_eq!(places(&log), "0 3 4m 5 6 7 8", "the other marker stays as long as its transaction's record");
}

#[test]
fn what_is_not_committed_or_too_young_is_not_compacted() {
    let mut log = log_of("a=1 | a=2 | a=3 | x=1");
    assert_eq!(log.cleanable(Offset(2), NOW).first_uncleanable, Offset(2));
    assert_eq!(log.cleanable(Offset(9), NOW).first_uncleanable, Offset(3));
    log.set_config(Arc::new(LogConfig { min_compaction_lag_ms: 1_000, ..log.config().clone() }));
    assert_eq!(log.cleanable(Offset(9), NOW + 999).first_uncleanable, Offset(0));
    assert_eq!(log.cleanable(Offset(9), NOW + 1_000).first_uncleanable, Offset(3));
}

#[test]
fn enough_of_it_must_be_dirty_or_some_of_it_for_too_long() {
    let mut log = log_of("a=1 | b=1 | x=1");
    let worth = |log: &Log, now_ms| log.is_worth_cleaning(&log.cleanable(log.end_offset(), now_ms));
    assert!(worth(&log, NOW));
    clean_at(&mut log, NOW);
    assert_eq!(log.cleanable(log.end_offset(), NOW).dirty_ratio_ppm(), 0);
    write(&mut log, &batch("c=1"));
    assert_eq!(log.cleanable(log.end_offset(), NOW).dirty_ratio_ppm(), 333_333);
    assert!(!worth(&log, NOW));
    log.set_config(Arc::new(LogConfig { max_compaction_lag_ms: 1_000, ..log.config().clone() }));
    assert!(!worth(&log, NOW + 1_000) && worth(&log, NOW + 1_001));
}

#[test]
fn compressed_batches_stay_compressed() {
    let mut log = log_with(|config| config.segment_bytes = 110);
    let mut builder = BatchBuilder::new(Compression::Gzip);
    for (key, value) in [("a", "1"), ("b", "1"), ("a", "2")] {
        builder.append(NOW, Some(key.as_bytes()), Some(value.as_bytes()), &[]).unwrap();
    }
    write(&mut log, &builder);
    write(&mut log, &batch("x=1"));
    clean_at(&mut log, NOW);
    let header = all(&log)[0].header;
    assert_eq!((shown(&log).as_str(), header.attributes.compression()), ("1:b=1 2:a=2 | 3:x=1", Some(Compression::Gzip)));
    assert_eq!((header.base_offset, header.last_offset_delta, header.count), (Offset(0), 2, 2));
}

/// A record of a key from few, with a value or none.
type Plain = (u8, Option<u8>);

#[derive(Clone, Debug)]
enum Step {
    Append(Vec<Plain>),
    /// So much later.
    Clean(u16),
    Delete(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => prop::collection::vec((0_u8..6, prop::option::weighted(0.7, any::<u8>())), 1..5).prop_map(Step::Append),
        2 => (0_u16..8_000).prop_map(Step::Clean),
        1 => any::<u8>().prop_map(Step::Delete),
    ]
}

/// All that was ever written, by offset; when a tombstone was compacted first.
#[derive(Default)]
struct Model {
    written: SortedMap<i64, Plain>,
    first_cleaned: SortedMap<i64, i64>,
    cleaned_to: i64,
}

impl Model {
    fn is_superseded(&self, offset: i64, before: i64) -> bool {
        let key = self.written.get(&offset).unwrap().0;
        self.written.range(offset + 1..before).any(|(_, (other, _))| *other == key)
    }

    /// What must be there, and what may: checked against what is.
    fn check(&self, log: &Log, now_ms: i64) {
        let records = log.batches(Offset(0), log.end_offset()).flat_map(|batch| batch.records().unwrap());
        let found: SortedMap<i64, Plain> = records
            .map(|record| {
                let record = record.unwrap();
                (record.offset.0, (record.key.as_ref().unwrap()[0], record.value.as_ref().map(|value| value[0])))
            })
            .collect();
        for (offset, plain) in &found {
            assert_eq!(self.written.get(offset), Some(plain), "a record is what it was, where it was");
            assert!(
                *offset < log.start_offset().0 || *offset >= self.cleaned_to || !self.is_superseded(*offset, self.cleaned_to),
                "{offset} should have gone"
            );
        }
        for (offset, (_, value)) in self.written.range(log.start_offset().0..) {
            let is_due = value.is_none() && self.first_cleaned.get(offset).is_some_and(|first| first + RETENTION <= now_ms);
            let may_go = *offset < self.cleaned_to && (self.is_superseded(*offset, self.cleaned_to) || is_due);
            assert!(found.contains_key(offset) || may_go, "{offset} should be there");
            let told = log.cleaned().get(Offset(*offset)).is_some();
            assert_eq!(told, !found.contains_key(offset), "why {offset} is gone");
        }
        for from in log.start_offset().0..log.end_offset().0 {
            let limits = ReadLimits { up_to: log.end_offset(), max_bytes: 1, min_one_batch: true, aborted: false };
            let read = Batch::parse_all(log.read(Offset(from), limits).unwrap().records.to_bytes()).unwrap();
            let expected = log.batches(Offset(from), log.end_offset()).next();
            assert_eq!(read.first(), expected.as_ref(), "from {from}");
        }
    }
}

proptest! {
    #[test]
    fn compaction_keeps_the_latest_of_each_key_and_nothing_that_it_may_not(
        steps in prop::collection::vec(step(), 1..60),
        segment_bytes in 80_u64..600,
        codec in 0_i16..3,
    ) {
        let mut log = log_with(|config| (config.segment_bytes, config.deleted) = (segment_bytes, true));
        let mut model = Model::default();
        let mut now_ms = NOW;
        for step in steps {
            match step {
                Step::Append(records) => {
                    let mut builder = BatchBuilder::new(Compression::from_id(codec).unwrap());
                    for (offset, (key, value)) in (log.end_offset().0..).zip(&records) {
                        builder.append(NOW, Some(&[*key]), value.as_ref().map(std::slice::from_ref), &[]).unwrap();
                        model.written.insert(offset, (*key, *value));
                    }
                    if let Ok(batch) = builder.build() && batch.size_in_bytes() as u64 <= segment_bytes {
                        log.append_as_leader(batch, at(now_ms)).unwrap();
                    } else {
                        model.written.split_off(&log.end_offset().0);
                    }
                }
                Step::Clean(later) => {
                    now_ms += i64::from(later);
                    let end = log.end_offset();
                    let cleaning = clean_at(&mut log, now_ms);
                    prop_assert_eq!(log.end_offset(), end);
                    model.cleaned_to = model.cleaned_to.max(cleaning.to.0);
                    let tombstones = model.written.range(..cleaning.to.0).filter(|(_, (_, value))| value.is_none());
                    tombstones.for_each(|(offset, _)| { model.first_cleaned.entry(*offset).or_insert(now_ms); });
                }
                Step::Delete(at) => {
                    log.increment_start(Offset(i64::from(at) % (log.end_offset().0 + 1)));
                }
            }
            model.check(&log, now_ms);
        }
    }
}
