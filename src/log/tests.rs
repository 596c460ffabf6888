//! What a log does, against hand-written cases and against a model that is nothing but a vector.

use super::*;
use crate::base::{LeaderEpoch, Offset, ProducerEpoch, ProducerId, TopicPartition};
use crate::wire::batch::{Batch, BatchBuilder, HEADER_LEN, Producer, TimestampType};
use crate::wire::compression::Compression;
use bytes::Bytes;
use proptest::prelude::*;
use std::sync::Arc;

const NOW: i64 = 1_700_000_000_000;

fn log_with(change: impl FnOnce(&mut LogConfig)) -> Log {
    let mut config = LogConfig::default();
    change(&mut config);
    Log::new(TopicPartition::new("t", 0), Arc::new(config), NOW)
}

fn log() -> Log {
    log_with(|_| {})
}

fn batch(timestamps: &[i64]) -> BatchBuilder {
    let mut builder = BatchBuilder::new(Compression::None);
    for timestamp in timestamps {
        builder.append(*timestamp, Some(b"k"), Some(b"value"), &[]).unwrap();
    }
    builder
}

fn bytes(builder: &BatchBuilder) -> Bytes {
    builder.build().unwrap().to_rope().to_bytes()
}

fn as_client(epoch: i32) -> Append {
    Append { leader_epoch: LeaderEpoch(epoch), origin: Origin::Client, guard: None, transaction_version: 0, now_ms: NOW }
}

fn append_bytes(log: &mut Log, records: Bytes, append: Append) -> Result<Appended, AppendError> {
    log.append_as_leader(single_batch(records.into())?, append)
}

fn append(log: &mut Log, builder: &BatchBuilder) -> Result<Appended, AppendError> {
    append_bytes(log, bytes(builder), as_client(0))
}

fn bases(log: &Log) -> Vec<i64> {
    log.segment_summaries().map(|segment| segment.base_offset.0).collect()
}

fn fill(log: &mut Log, batches: usize) {
    for _ in 0..batches {
        append(log, &batch(&[NOW])).unwrap();
    }
}

fn append_raw(log: &mut Log, patch: impl FnOnce(&mut Batch)) -> Result<Appended, AppendError> {
    let mut raw = batch(&[NOW, NOW]).build().unwrap();
    patch(&mut raw);
    raw.header.crc = raw.header.compute_crc(raw.body());
    append_bytes(log, raw.to_rope().to_bytes(), as_client(0))
}

fn sequenced(id: i64, epoch: i16, base_sequence: i32, records: usize) -> BatchBuilder {
    batch(&vec![NOW; records]).with_producer(Producer { id: ProducerId(id), epoch: ProducerEpoch(epoch), base_sequence })
}

fn read(log: &Log, from: i64, max_bytes: u64) -> Vec<(i64, i64)> {
    let limits = ReadLimits { up_to: log.end_offset(), max_bytes, min_one_batch: true, aborted: false };
    let records = log.read(Offset(from), limits).unwrap().records.to_bytes();
    Batch::parse_all(records).unwrap().iter().map(|batch| (batch.header.base_offset.0, batch.header.last_offset().0)).collect()
}

#[test]
fn a_batch_gets_the_next_offsets_and_the_leaders_epoch() {
    let mut log = log();
    append(&mut log, &batch(&[NOW, NOW])).unwrap();
    let appended = append_bytes(&mut log, bytes(&batch(&[NOW])), as_client(4)).unwrap();
    assert_eq!((appended.first_offset, appended.last_offset, log.end_offset()), (Offset(2), Offset(2), Offset(3)));
    let epochs: Vec<i32> = log.batches(Offset(0), log.end_offset()).map(|batch| batch.header.leader_epoch.0).collect();
    assert_eq!(epochs, [0, 4]);
    assert_eq!(log.end_of_epoch(LeaderEpoch(0)), EpochEnd { epoch: LeaderEpoch(0), offset: Offset(2) });
}

#[test]
fn a_read_from_the_middle_of_a_batch_returns_all_of_it() {
    let mut log = log();
    append(&mut log, &batch(&[NOW; 3])).unwrap();
    append(&mut log, &batch(&[NOW; 3])).unwrap();
    assert_eq!(read(&log, 1, 1 << 20), [(0, 2), (3, 5)]);
    assert_eq!(read(&log, 4, 1 << 20), [(3, 5)]);
    assert_eq!(read(&log, 6, 1 << 20), []);
}

#[test]
fn a_byte_limit_cuts_the_last_batch_but_never_the_first() {
    let mut log = log();
    let size = append(&mut log, &batch(&[NOW])).unwrap().bytes;
    append(&mut log, &batch(&[NOW])).unwrap();
    let len = |max_bytes, min_one_batch| {
        let read = log.read(Offset(0), ReadLimits { up_to: Offset(2), max_bytes, min_one_batch, aborted: false }).unwrap();
        (read.records.len() as u64, read.first_incomplete)
    };
    assert_eq!(len(1, true), (size, false));
    assert_eq!(len(size + 7, true), (size + 7, false));
    assert_eq!(len(7, false), (7, true));
    assert_eq!(len(10 * size, true), (2 * size, false));
}

#[test]
fn what_lies_beyond_the_readers_bound_is_not_read() {
    let mut log = log();
    append(&mut log, &batch(&[NOW; 2])).unwrap();
    append(&mut log, &batch(&[NOW; 2])).unwrap();
    let limits = ReadLimits { up_to: Offset(2), max_bytes: 1 << 20, min_one_batch: true, aborted: false };
    assert_eq!(Batch::parse_all(log.read(Offset(0), limits).unwrap().records.to_bytes()).unwrap().len(), 1);
    assert!(log.read(Offset(3), limits).unwrap().records.is_empty());
}

#[test]
fn offsets_outside_the_log_are_out_of_range() {
    let mut log = log();
    append(&mut log, &batch(&[NOW; 3])).unwrap();
    log.increment_start(Offset(1));
    let limits = ReadLimits { up_to: Offset(3), max_bytes: 100, min_one_batch: true, aborted: false };
    let out = |offset| OffsetOutOfRange { offset: Offset(offset), start: Offset(1), end: Offset(3) };
    assert_eq!(log.read(Offset(0), limits).unwrap_err(), out(0));
    assert_eq!(log.read(Offset(4), limits).unwrap_err(), out(4));
    assert_eq!(read(&log, 1, 100), [(0, 2)], "a batch whose start has been deleted still comes whole");
}

#[test]
fn a_batch_that_does_not_fit_the_segment_begins_another_and_reads_stop_there() {
    let mut log = log_with(|config| config.segment_bytes = 200);
    fill(&mut log, 4);
    let bases: Vec<i64> = log.segment_summaries().map(|segment| segment.base_offset.0).collect();
    assert_eq!(bases, [0, 2]);
    assert_eq!(read(&log, 0, 1 << 20), [(0, 0), (1, 1)]);
    assert_eq!(log.available(Offset(0), Offset(4)), Ok(Available::SealedSegment));
    assert!(matches!(log.available(Offset(3), Offset(4)), Ok(Available::Bytes(bytes)) if bytes > HEADER_LEN as u64));
}

#[test]
fn a_batch_seven_days_younger_than_its_segment_begins_another() {
    let mut log = log();
    let week = 7 * 24 * 3_600_000;
    append(&mut log, &batch(&[NOW - week])).unwrap();
    append(&mut log, &batch(&[NOW])).unwrap();
    assert_eq!(log.segment_summaries().count(), 1);
    append(&mut log, &batch(&[NOW + 1])).unwrap();
    assert_eq!(log.segment_summaries().count(), 2);
}

#[test]
fn a_full_index_begins_another_segment() {
    let mut log = log_with(|config| (config.index_interval_bytes, config.segment_index_bytes) = (0, 24));
    fill(&mut log, 8);
    assert!(log.segment_summaries().count() > 1);
}

#[test]
fn contradictory_batches_are_refused_and_leave_the_log_alone() {
    let mut log = log();
    let invalid = |result: Result<Appended, AppendError>| assert!(matches!(result, Err(AppendError::InvalidRecord(_))), "{result:?}");
    invalid(append_raw(&mut log, |batch| batch.header.base_offset = Offset(5)));
    invalid(append_raw(&mut log, |batch| batch.header.count = 0));
    invalid(append_raw(&mut log, |batch| batch.header.count = 3));
    invalid(append_raw(&mut log, |batch| batch.header.last_offset_delta = 5));
    invalid(append_raw(&mut log, |batch| (batch.header.count, batch.header.last_offset_delta) = (3, 2)));
    invalid(append_raw(&mut log, |batch| (batch.header.count, batch.header.last_offset_delta) = (1, 0)));
    invalid(append_raw(&mut log, |batch| batch.header.attributes = batch.header.attributes.with_control(true)));
    invalid(append_raw(&mut log, |batch| batch.header.producer_id = ProducerId(1)));
    invalid(append_bytes(&mut log, Bytes::new(), as_client(0)));
    invalid(append_bytes(&mut log, [bytes(&batch(&[1])), bytes(&batch(&[1]))].concat().into(), as_client(0)));
    assert!(matches!(append_raw(&mut log, |batch| batch.header.attributes.0 = 6), Err(AppendError::Unreadable(_))));
    let mut corrupt = bytes(&batch(&[NOW])).to_vec();
    corrupt[17] ^= 1;
    assert!(matches!(append_bytes(&mut log, corrupt.into(), as_client(0)), Err(AppendError::Corrupt(_))));
    assert_eq!((log.end_offset(), log.size_in_bytes()), (Offset(0), 0));
}

#[test]
fn the_size_limit_is_of_the_batch_as_it_came() {
    let mut log = log_with(|config| config.max_message_bytes = 150);
    let mut large = BatchBuilder::new(Compression::Gzip);
    large.append(NOW, None, Some(&[0; 10_000]), &[]).unwrap();
    assert!(append(&mut log, &large).is_ok(), "it shrinks below the limit");
    assert!(matches!(append(&mut log, &batch(&[NOW; 9])), Err(AppendError::TooLarge { limit: 150, .. })));
}

#[test]
fn a_compacted_topic_names_every_record_without_a_key() {
    let mut log = log_with(|config| config.compacted = true);
    let mut builder = batch(&[NOW]);
    builder.append(NOW, None, None, &[]).unwrap();
    let error = append(&mut log, &builder).unwrap_err();
    assert_eq!(error.record_errors().iter().map(|error| error.batch_index).collect::<Vec<_>>(), [1]);
    assert!(
        error
            .to_string()
            .ends_with("[RecordError(batchIndex=1, message='Compacted topic cannot accept message without key in topic partition t-0')]")
    );
}

#[test]
fn timestamps_have_bounds_unless_the_broker_sets_them() {
    let mut log = log_with(|config| config.message_timestamp_before_max_ms = 1_000);
    let hour = 3_600_000;
    let of = |log: &mut Log, timestamp| append(log, &batch(&[timestamp])).map_err(|error| matches!(error, AppendError::Timestamps(_)));
    assert_eq!([NOW + hour, NOW - 1_000, -1].map(|timestamp| of(&mut log, timestamp).is_ok()), [true; 3]);
    assert_eq!([of(&mut log, NOW + hour + 1), of(&mut log, NOW - 1_001)], [Err(true); 2]);
    let mut stamped = log_with(|config| config.message_timestamp_type = TimestampType::LogAppendTime);
    assert_eq!(of(&mut stamped, 5).unwrap().log_append_time_ms, NOW);
    let batch = stamped.batches(Offset(0), Offset(1)).next().unwrap();
    batch.verify_crc().unwrap();
    assert_eq!(batch.records().unwrap().next().unwrap().unwrap().timestamp, NOW);
}

#[test]
fn a_newest_timestamp_that_is_not_the_records_is_set_right() {
    let mut log = log();
    append_raw(&mut log, |batch| batch.header.max_timestamp = 5).unwrap();
    let batch = log.batches(Offset(0), Offset(1)).next().unwrap();
    batch.verify_crc().unwrap();
    assert_eq!(batch.header.max_timestamp, NOW);
}

#[test]
fn a_topic_with_a_codec_of_its_own_recompresses() {
    let mut log = log_with(|config| config.compression_type = Some(Compression::Lz4));
    append(&mut log, &sequenced(3, 0, 0, 2)).unwrap();
    let batch = log.batches(Offset(0), Offset(1)).next().unwrap();
    assert_eq!(batch.header.attributes.compression(), Some(Compression::Lz4));
    assert_eq!((batch.header.producer_id, batch.header.base_sequence, batch.header.count), (ProducerId(3), 0, 2));
    batch.verify_crc().unwrap();
    assert_eq!(batch.records().unwrap().count(), 2);
}

#[test]
fn a_duplicate_is_answered_as_the_first_time_and_not_written() {
    let mut log = log();
    append(&mut log, &sequenced(1, 0, 0, 2)).unwrap();
    append(&mut log, &sequenced(1, 0, 2, 1)).unwrap();
    let again = append(&mut log, &sequenced(1, 0, 0, 2)).unwrap();
    assert!(again.duplicate);
    assert_eq!((again.first_offset, again.last_offset, again.log_append_time_ms), (Offset(0), Offset(1), NOW));
    assert_eq!(log.end_offset(), Offset(3));
    assert_eq!(append(&mut log, &sequenced(1, 0, 0, 1)), Err(AppendError::OutOfOrderSequence));
}

#[test]
fn five_batches_are_remembered() {
    let mut log = log();
    for sequence in 0..6 {
        append(&mut log, &sequenced(1, 0, sequence, 1)).unwrap();
    }
    assert!(append(&mut log, &sequenced(1, 0, 1, 1)).unwrap().duplicate);
    assert_eq!(append(&mut log, &sequenced(1, 0, 0, 1)), Err(AppendError::OutOfOrderSequence));
}

#[test]
fn a_new_epoch_begins_at_0_and_fences_the_old() {
    let mut log = log();
    append(&mut log, &sequenced(1, 0, 0, 1)).unwrap();
    assert_eq!(append(&mut log, &sequenced(1, 1, 1, 1)), Err(AppendError::OutOfOrderSequence));
    append(&mut log, &sequenced(1, 1, 0, 1)).unwrap();
    assert_eq!(append(&mut log, &sequenced(1, 0, 1, 1)), Err(AppendError::InvalidProducerEpoch));
}

#[test]
fn an_unknown_producer_may_begin_anywhere_and_sequences_wrap() {
    let mut log = log();
    append(&mut log, &sequenced(1, 0, i32::MAX - 1, 3)).unwrap();
    append(&mut log, &sequenced(1, 0, 1, 1)).unwrap();
    assert_eq!(append(&mut log, &sequenced(1, 0, 3, 1)), Err(AppendError::OutOfOrderSequence));
}

#[test]
fn an_expired_producer_is_a_stranger_again() {
    let mut log = log();
    append(&mut log, &sequenced(1, 0, 0, 1)).unwrap();
    log.expire_producers(NOW + 1_000, 1_001);
    assert!(log.producers().get(ProducerId(1)).is_some());
    log.expire_producers(NOW + 1_000, 1_000);
    append(&mut log, &sequenced(1, 0, 7, 1)).unwrap();
}

#[test]
fn a_follower_takes_batches_as_they_are_and_knows_what_the_leader_knows() {
    let mut leader = log();
    append(&mut leader, &sequenced(1, 0, 0, 2)).unwrap();
    append_bytes(&mut leader, bytes(&batch(&[NOW])), as_client(3)).unwrap();
    let all = leader.read(Offset(0), ReadLimits { up_to: Offset(3), max_bytes: 1 << 20, min_one_batch: true, aborted: false }).unwrap();
    let mut follower = log();
    let records = all.records.to_bytes();
    assert_eq!(follower.append_as_follower(records.clone().into(), LeaderEpoch(9), NOW), Ok(Offset(3)));
    assert_eq!((follower.leader_epochs(), follower.producers()), (leader.leader_epochs(), leader.producers()));
    assert!(matches!(follower.append_as_follower(records.into(), LeaderEpoch(9), NOW), Err(AppendError::UnexpectedOffset { .. })));
}

#[test]
fn truncation_takes_the_batch_that_holds_the_offset_and_what_was_learnt_from_it() {
    let mut log = log_with(|config| config.segment_bytes = 200);
    append(&mut log, &sequenced(1, 0, 0, 1)).unwrap();
    append(&mut log, &sequenced(1, 0, 1, 3)).unwrap();
    append_bytes(&mut log, bytes(&sequenced(1, 0, 4, 1)), as_client(2)).unwrap();
    log.truncate_to(Offset(2));
    assert_eq!((log.end_offset(), log.leader_epochs().latest()), (Offset(2), Some(LeaderEpoch(0))));
    assert_eq!(log.batches(Offset(0), Offset(9)).count(), 1);
    assert_eq!(log.producers().get(ProducerId(1)).map(ProducerState::last_sequence), Some(0));
}

#[test]
fn segments_that_lie_wholly_before_the_start_are_deleted_when_somebody_looks() {
    let mut log = log_with(|config| config.segment_bytes = 200);
    fill(&mut log, 6);
    assert!(log.increment_start(Offset(3)));
    assert!(!log.increment_start(Offset(2)));
    assert_eq!((bases(&log), log.start_offset()), (vec![0, 2, 4], Offset(3)));
    let deleted = log.delete_old_segments(Offset(6), NOW);
    assert_eq!(
        deleted.iter().map(|deleted| (deleted.reason, deleted.from.0, deleted.to.0)).collect::<Vec<_>>(),
        [(DeletionReason::LogStart, 0, 2)]
    );
    assert_eq!((bases(&log), log.start_offset()), (vec![2, 4], Offset(3)));
}

#[test]
fn a_segment_whose_newest_record_is_too_old_is_deleted_below_the_high_watermark_only() {
    let mut log = log_with(|config| (config.segment_bytes, config.retention_ms) = (200, 1_000));
    fill(&mut log, 5);
    assert!(log.delete_old_segments(Offset(5), NOW + 1_000).is_empty());
    assert_eq!(log.delete_old_segments(Offset(3), NOW + 1_001).len(), 1);
    assert_eq!((bases(&log), log.start_offset()), (vec![2, 4], Offset(2)));
    log.delete_old_segments(Offset(5), NOW + 1_001);
    assert_eq!(
        (bases(&log), log.start_offset(), log.end_offset()),
        (vec![5], Offset(5), Offset(5)),
        "an empty segment takes the last one's place"
    );
    assert!(log.delete_old_segments(Offset(5), NOW + 9_999).is_empty());
}

#[test]
fn the_oldest_segments_are_deleted_as_long_as_the_log_is_larger_than_it_may_be() {
    let mut log = log_with(|config| config.segment_bytes = 200);
    fill(&mut log, 6);
    let segment = log.segment_summaries().next().unwrap().size;
    let mut of = |bytes: u64| {
        log.set_config(Arc::new(LogConfig { retention_bytes: bytes as i64, ..log.config().clone() }));
        log.delete_old_segments(Offset(6), NOW);
        bases(&log)
    };
    assert_eq!(of(2 * segment + 1), [0, 2, 4]);
    assert_eq!(of(2 * segment), [2, 4]);
    assert_eq!(of(0), [6]);
}

#[test]
fn a_log_that_only_compacts_keeps_old_segments() {
    let mut log = log_with(|config| (config.segment_bytes, config.deleted, config.compacted) = (200, false, true));
    fill(&mut log, 4);
    assert!(log.delete_old_segments(Offset(4), NOW + 1_000_000_000).is_empty());
}

#[test]
fn a_segment_ends_earlier_by_chance_and_by_the_age_at_which_a_compacted_log_is_to_be_cleaned() {
    let aged = |change: fn(&mut LogConfig), age: i64| {
        let mut log = log_with(change);
        append(&mut log, &batch(&[NOW])).unwrap();
        append(&mut log, &batch(&[NOW + age])).unwrap();
        log.segment_summaries().count()
    };
    assert_eq!(aged(|config| (config.segment_ms, config.segment_jitter_ms) = (1_000, 1_000), 1_000), 2);
    assert_eq!(aged(|config| config.segment_ms = 1_000, 1_000), 1);
    assert_eq!(aged(|config| (config.compacted, config.max_compaction_lag_ms) = (true, 500), 501), 2);
}

#[test]
fn the_newest_record_is_found_with_its_time() {
    let mut log = log();
    assert_eq!(log.offset_of_max_timestamp(), Ok(None));
    append(&mut log, &batch(&[1_000, 3_000, 2_000])).unwrap();
    append(&mut log, &batch(&[5_000, 4_000])).unwrap();
    let newest = log.offset_of_max_timestamp().unwrap().unwrap();
    assert_eq!((newest.offset, newest.timestamp), (Offset(3), 5_000));
}

#[test]
fn a_clone_keeps_what_it_had() {
    let mut log = log();
    append(&mut log, &sequenced(1, 0, 0, 1)).unwrap();
    let keyframe = log.clone();
    append(&mut log, &sequenced(1, 0, 1, 1)).unwrap();
    assert_eq!((keyframe.end_offset(), read(&keyframe, 0, 1 << 20)), (Offset(1), vec![(0, 0)]));
}

#[test]
fn a_machine_that_goes_down_loses_what_was_not_flushed() {
    let mut log = log();
    append(&mut log, &sequenced(1, 0, 0, 2)).unwrap();
    assert!(log.flush(NOW) && !log.flush(NOW));
    append(&mut log, &sequenced(1, 0, 2, 3)).unwrap();
    assert_eq!((log.flushed_offset(), log.is_unflushed()), (Offset(2), true));
    assert_eq!(log.lose_unflushed(NOW), 3);
    assert_eq!((log.end_offset(), log.flushed_offset()), (Offset(2), Offset(2)));
    assert_eq!(log.producers().get(ProducerId(1)).map(ProducerState::last_sequence), Some(1));
}

#[test]
fn a_log_whose_start_was_not_flushed_begins_again_there() {
    let mut log = log();
    fill(&mut log, 3);
    log.increment_start(Offset(2));
    log.lose_unflushed(NOW);
    assert_eq!((log.start_offset(), log.end_offset()), (Offset(2), Offset(2)));
}

#[test]
fn a_log_that_was_ended_inside_a_batch_ends_before_it_when_it_is_loaded() {
    let mut log = log();
    append(&mut log, &sequenced(1, 0, 0, 2)).unwrap();
    append(&mut log, &sequenced(1, 0, 2, 3)).unwrap();
    log.truncate_to(Offset(4));
    assert_eq!((log.end_offset(), log.size_in_bytes() > 0), (Offset(4), true));
    log.load(NOW);
    assert_eq!((log.start_offset(), log.end_offset()), (Offset(0), Offset(2)));
}

#[test]
fn a_log_whose_batches_all_lie_before_its_start_is_loaded_as_an_empty_one() {
    let mut log = log();
    append(&mut log, &sequenced(1, 0, 0, 4)).unwrap();
    log.increment_start(Offset(3));
    log.truncate_to(Offset(3));
    log.load(NOW);
    assert_eq!((log.start_offset(), log.end_offset()), (Offset(3), Offset(3)));
}

#[test]
fn a_segment_that_is_done_with_is_flushed() {
    let mut log = log_with(|config| config.segment_bytes = 200);
    fill(&mut log, 3);
    assert_eq!(log.flushed_offset(), Offset(2));
}

#[test]
fn flush_messages_and_flush_ms_bound_what_can_be_lost() {
    let mut log = log_with(|config| (config.flush_messages, config.flush_ms) = (2, 1_000));
    fill(&mut log, 1);
    assert_eq!((log.flushed_offset(), log.is_due_for_flush(NOW + 999), log.is_due_for_flush(NOW + 1_000)), (Offset(0), false, true));
    fill(&mut log, 1);
    assert_eq!((log.flushed_offset(), log.is_due_for_flush(NOW + 1_000)), (Offset(2), false));
}

#[test]
fn replicas_and_clones_keep_a_full_chunk_once() {
    let mut leader = log();
    fill(&mut leader, 130);
    let mut follower = log();
    let limits = ReadLimits { up_to: Offset(130), max_bytes: 1 << 20, min_one_batch: true, aborted: false };
    let records = leader.read(Offset(0), limits).unwrap().records;
    follower.append_as_follower(records.clone(), LeaderEpoch(9), NOW).unwrap();
    let chunks = |log: &Log| log.active.chunks().iter().map(|placed| placed.chunk.clone()).collect::<Vec<_>>();
    let shared: Vec<bool> = chunks(&leader).iter().zip(chunks(&follower)).map(|(one, other)| one.is_shared_with(&other)).collect();
    assert_eq!(shared, [true, true, false], "the last is still open");
    assert_eq!(follower.read(Offset(0), limits).unwrap().records, records);
}

#[derive(Clone, Debug)]
enum Step {
    Append(Vec<i64>),
    DeleteRecords(u8),
    Truncate(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => prop::collection::vec(0_i64..50, 1..5).prop_map(Step::Append),
        1 => any::<u8>().prop_map(Step::DeleteRecords),
        1 => any::<u8>().prop_map(Step::Truncate),
    ]
}

/// A log as a vector: each batch's base offset and its records' timestamps.
#[derive(Default)]
struct Model {
    batches: Vec<(i64, Vec<i64>)>,
    start: i64,
    end: i64,
}

impl Model {
    fn take(&mut self, step: &Step) {
        match step {
            Step::Append(timestamps) => {
                self.batches.push((self.end, timestamps.clone()));
                self.end += timestamps.len() as i64;
            }
            Step::DeleteRecords(at) => self.start = self.start.max(i64::from(*at) % (self.end + 1)),
            Step::Truncate(at) => {
                let at = i64::from(*at) % (self.end + 1);
                if at < self.start {
                    (self.start, self.end) = (at, at);
                    self.batches.clear();
                } else if at < self.end {
                    self.end = at;
                    self.batches.retain(|(base, records)| base + records.len() as i64 <= at);
                }
            }
        }
    }

    fn from(&self, offset: i64) -> Vec<i64> {
        self.batches.iter().filter(|(base, records)| base + records.len() as i64 > offset).map(|(base, _)| *base).collect()
    }

    fn by_time(&self, timestamp: i64) -> Option<i64> {
        let records = self.batches.iter().flat_map(|(base, records)| (*base..).zip(records));
        records.into_iter().find(|(offset, time)| *offset >= self.start && **time >= timestamp).map(|(offset, _)| offset)
    }
}

proptest! {
    #[test]
    fn a_log_is_a_vector_of_batches(steps in prop::collection::vec(step(), 1..80), segment_bytes in 150_u64..2_000) {
        let mut log = log_with(|config| config.segment_bytes = segment_bytes);
        let mut model = Model::default();
        for step in &steps {
            match step {
                Step::Append(timestamps) => {
                    append(&mut log, &batch(timestamps)).unwrap();
                }
                Step::DeleteRecords(at) => {
                    log.increment_start(Offset(i64::from(*at) % (model.end + 1)));
                }
                Step::Truncate(at) => log.truncate_to(Offset(i64::from(*at) % (model.end + 1))),
            }
            model.take(step);
            prop_assert_eq!((log.start_offset().0, log.end_offset().0), (model.start, model.end));
        }
        for offset in model.start..=model.end {
            let found: Vec<i64> = log.batches(Offset(offset), log.end_offset()).map(|batch| batch.header.base_offset.0).collect();
            prop_assert_eq!(&found, &model.from(offset));
            let first = read(&log, offset, 1).first().map(|(base, _)| *base);
            prop_assert_eq!(first, model.from(offset).first().copied());
            let before = log.batch_before(Offset(offset)).map(|batch| batch.header.base_offset.0);
            prop_assert_eq!(before, model.batches.iter().rev().map(|(base, _)| *base).find(|base| *base < offset));
        }
        for timestamp in 0..51 {
            let found = log.offset_for_timestamp(timestamp).unwrap().map(|found| found.offset.0);
            prop_assert_eq!(found, model.by_time(timestamp));
        }
    }
}
