//! What a log knows of transactions, by example. For any log, against a model: `model`.

mod model;

use super::*;
use crate::base::{LeaderEpoch, Offset, ProducerEpoch, ProducerId, TopicPartition};
use crate::wire::batch::{BatchBuilder, Producer, TransactionEnd};
use crate::wire::compression::Compression;
use std::sync::Arc;

const NOW: i64 = 1_700_000_000_000;
const DAY_MS: i64 = 86_400_000;

fn log_with(change: impl FnOnce(&mut LogConfig)) -> Log {
    let mut config = LogConfig::default();
    change(&mut config);
    Log::new(TopicPartition::new("t", 0), Arc::new(config), NOW)
}

fn log() -> Log {
    log_with(|_| {})
}

const fn at(origin: Origin) -> Append {
    Append { leader_epoch: LeaderEpoch(0), origin, guard: None, transaction_version: 0, now_ms: NOW }
}

/// A client's batch of some records.
fn batch(id: i64, epoch: i16, base_sequence: i32, records: usize) -> BatchBuilder {
    let mut builder = BatchBuilder::new(Compression::None);
    for _ in 0..records {
        builder.append(NOW, Some(b"k"), Some(b"value"), &[]).unwrap();
    }
    builder.with_producer(Producer { id: ProducerId(id), epoch: ProducerEpoch(epoch), base_sequence })
}

fn append(log: &mut Log, builder: &BatchBuilder, guard: Option<VerificationGuard>) -> Result<Appended, AppendError> {
    log.append_as_leader(builder.build().unwrap(), Append { guard, ..at(Origin::Client) })
}

fn verify(log: &mut Log, id: i64, epoch: i16, first_sequence: i32) -> Option<VerificationGuard> {
    log.begin_verification(ProducerId(id), first_sequence, ProducerEpoch(epoch), false, NOW).unwrap()
}

/// A producer whose epoch changes with each transaction.
fn verify_v2(log: &mut Log, id: i64, epoch: i16, first_sequence: i32) -> Option<VerificationGuard> {
    log.begin_verification(ProducerId(id), first_sequence, ProducerEpoch(epoch), true, NOW).unwrap()
}

/// One record in a transaction, which is verified if need be.
fn write(log: &mut Log, id: i64, epoch: i16, sequence: i32) -> Appended {
    let guard = verify(log, id, epoch, sequence);
    append(log, &batch(id, epoch, sequence, 1).transactional(true), guard).unwrap()
}

/// A record without a producer.
fn write_plain(log: &mut Log) {
    let mut builder = BatchBuilder::new(Compression::None);
    builder.append(NOW, Some(b"k"), Some(b"value"), &[]).unwrap();
    append(log, &builder, None).unwrap();
}

const fn marker(id: i64, epoch: i16, committed: bool) -> TransactionEnd {
    let (producer_id, producer_epoch) = (ProducerId(id), ProducerEpoch(epoch));
    TransactionEnd { producer_id, producer_epoch, committed, coordinator_epoch: 5, timestamp: NOW }
}

fn end_by(log: &mut Log, end: TransactionEnd, transaction_version: i16) -> Result<Appended, AppendError> {
    log.append_as_leader(end.to_batch().unwrap(), Append { transaction_version, ..at(Origin::Coordinator) })
}

fn commit(log: &mut Log, id: i64, epoch: i16) {
    end_by(log, marker(id, epoch, true), 0).unwrap();
}

fn abort(log: &mut Log, id: i64, epoch: i16) {
    end_by(log, marker(id, epoch, false), 0).unwrap();
}

fn stable(log: &Log, high_watermark: i64) -> i64 {
    log.last_stable_offset(Offset(high_watermark)).0
}

/// Producer, first, last and last stable offset.
fn plain(aborted: Vec<AbortedTransaction>) -> Vec<(i64, i64, i64, i64)> {
    aborted.into_iter().map(|it| (it.producer_id.0, it.first_offset.0, it.last_offset.0, it.last_stable_offset.0)).collect()
}

fn aborted(log: &Log, from: i64, up_to: i64) -> Vec<(i64, i64, i64, i64)> {
    plain(log.aborted_transactions(Offset(from), Offset(up_to)))
}

/// What a read_committed reader is told of when it reads that many bytes.
fn told(log: &Log, from: i64, max_bytes: u64) -> Vec<i64> {
    let limits = ReadLimits { up_to: log.end_offset(), max_bytes, min_one_batch: true, aborted: true };
    log.read(Offset(from), limits).unwrap().aborted.iter().map(|aborted| aborted.first_offset.0).collect()
}

fn state(log: &Log, id: i64) -> &ProducerState {
    log.producers().get(ProducerId(id)).unwrap()
}

/// The same batches on another replica.
fn replica_of(log: &Log, change: impl FnOnce(&mut LogConfig)) -> Log {
    let mut replica = log_with(change);
    for batch in log.batches(Offset(0), log.end_offset()) {
        replica.append_as_follower(batch.to_rope(), LeaderEpoch(0), NOW).unwrap();
    }
    replica
}

#[test]
fn a_log_is_stable_up_to_its_first_open_transaction() {
    let mut log = log();
    write_plain(&mut log);
    write(&mut log, 1, 0, 0);
    write(&mut log, 2, 0, 0);
    assert_eq!([stable(&log, 3), stable(&log, 1), stable(&log, 0)], [1, 1, 0], "never more than the high watermark");
    commit(&mut log, 1, 0);
    assert_eq!(stable(&log, 4), 2);
    abort(&mut log, 2, 0);
    assert_eq!(stable(&log, 5), 5);
}

#[test]
fn a_transaction_whose_marker_is_not_committed_keeps_the_log_unstable() {
    let mut log = log();
    write(&mut log, 1, 0, 0);
    commit(&mut log, 1, 0);
    write(&mut log, 2, 0, 0);
    commit(&mut log, 2, 0);
    let all = |log: &Log| [0, 1, 2, 3, 4].map(|high_watermark| stable(log, high_watermark));
    assert_eq!(all(&log), [0, 0, 2, 2, 4]);
    log.transactions_committed(Offset(2));
    assert_eq!(all(&log)[2..], [2, 2, 4]);
    log.transactions_committed(Offset(4));
    assert_eq!(stable(&log, 4), 4);
}

#[test]
fn the_first_record_of_a_transaction_needs_the_guard_that_verifying_it_began_with() {
    let mut log = log();
    let first = batch(1, 0, 0, 2).transactional(true);
    assert_eq!(append(&mut log, &first, None), Err(AppendError::InvalidTxnState));
    let guard = verify(&mut log, 1, 0, 0);
    let of_another = verify(&mut log, 2, 0, 0);
    assert_ne!(guard, of_another);
    assert_eq!(append(&mut log, &first, None), Err(AppendError::InvalidTxnState));
    assert_eq!(append(&mut log, &first, of_another), Err(AppendError::InvalidTxnState));
    assert!(!log.has_open_transaction(ProducerId(1), ProducerEpoch(0)));
    append(&mut log, &first, guard).unwrap();
    assert!(log.has_open_transaction(ProducerId(1), ProducerEpoch(0)) && !log.has_open_transaction(ProducerId(1), ProducerEpoch(1)));
    assert_eq!(verify(&mut log, 1, 0, 2), None, "there is nothing to verify any more");
    append(&mut log, &batch(1, 0, 2, 1).transactional(true), None).unwrap();
}

#[test]
fn a_coordinators_records_of_a_transaction_need_a_guard_too() {
    let mut log = log();
    let offsets = batch(1, 0, 0, 1).transactional(true).build().unwrap();
    assert_eq!(log.append_as_leader(offsets.clone(), at(Origin::Coordinator)), Err(AppendError::InvalidTxnState));
    let guard = verify(&mut log, 1, 0, 0);
    log.append_as_leader(offsets.clone(), Append { guard, ..at(Origin::Coordinator) }).unwrap();
    let again = log.append_as_leader(offsets, at(Origin::Coordinator)).unwrap();
    assert!(!again.duplicate, "their sequence number is always 0");
}

#[test]
fn a_duplicate_needs_no_guard() {
    let mut log = log();
    write(&mut log, 1, 0, 0);
    commit(&mut log, 1, 0);
    assert!(append(&mut log, &batch(1, 0, 0, 1).transactional(true), None).unwrap().duplicate);
}

#[test]
fn a_marker_ends_a_verification() {
    let mut log = log();
    let guard = verify(&mut log, 1, 0, 0);
    abort(&mut log, 1, 0);
    assert_eq!(append(&mut log, &batch(1, 0, 0, 1).transactional(true), guard), Err(AppendError::InvalidTxnState));
    assert_ne!(verify(&mut log, 1, 0, 0), guard, "another guard");
}

#[test]
fn a_late_marker_does_not_end_the_verification_of_the_next_transaction() {
    let mut log = log();
    let guard = verify_v2(&mut log, 1, 0, 0);
    append(&mut log, &batch(1, 0, 0, 1).transactional(true), guard).unwrap();
    let guard = verify_v2(&mut log, 1, 1, 0);
    end_by(&mut log, marker(1, 1, true), 2).unwrap();
    append(&mut log, &batch(1, 1, 0, 1).transactional(true), guard).unwrap();
    assert_eq!(state(&log, 1).transaction_start, Some(Offset(2)));
}

#[test]
fn a_verification_expires_as_producers_do_and_ends_with_its_process() {
    let mut log = log();
    let guard = verify(&mut log, 1, 0, 0);
    log.expire_producers(NOW + DAY_MS - 1, DAY_MS);
    assert_eq!(verify(&mut log, 1, 0, 0), guard);
    assert!(log.has_expired_producers(NOW + DAY_MS, DAY_MS));
    log.expire_producers(NOW + DAY_MS, DAY_MS);
    assert!(!log.has_expired_producers(NOW + DAY_MS, DAY_MS));
    assert_eq!(append(&mut log, &batch(1, 0, 0, 1).transactional(true), guard), Err(AppendError::InvalidTxnState));
    let guard = verify(&mut log, 1, 0, 0);
    log.load(NOW);
    assert_eq!(append(&mut log, &batch(1, 0, 0, 1).transactional(true), guard), Err(AppendError::InvalidTxnState));
    assert_ne!(verify(&mut log, 1, 0, 0), guard, "and no guard comes twice");
}

#[test]
fn a_batch_does_not_overtake_one_that_was_verified_with_it() {
    let mut log = log();
    let guard = verify(&mut log, 1, 0, 7);
    assert_eq!(verify(&mut log, 1, 0, 5), guard);
    assert_eq!(append(&mut log, &batch(1, 0, 7, 1).transactional(true), guard), Err(AppendError::OutOfOrderSequence));
    append(&mut log, &batch(1, 0, 5, 2).transactional(true), guard).unwrap();
    append(&mut log, &batch(1, 0, 7, 1).transactional(true), None).unwrap();
}

#[test]
fn a_newer_epoch_is_verified_from_its_own_first_sequence_number_on() {
    let mut log = log();
    verify(&mut log, 1, 0, 0);
    let guard = verify(&mut log, 1, 1, 4);
    assert_eq!(verify(&mut log, 1, 0, 0), guard, "an older one changes nothing");
    append(&mut log, &batch(1, 1, 4, 1).transactional(true), guard).unwrap();
}

#[test]
fn a_producer_whose_epoch_changes_with_each_transaction_begins_each_at_0() {
    let mut log = log();
    let guard = verify_v2(&mut log, 1, 3, 2);
    assert_eq!(append(&mut log, &batch(1, 3, 2, 1).transactional(true), guard), Err(AppendError::OutOfOrderSequence));
    let guard = verify(&mut log, 2, 3, 2);
    append(&mut log, &batch(2, 3, 2, 1).transactional(true), guard).unwrap();
}

#[test]
fn an_older_epoch_is_neither_verified_nor_written() {
    let mut log = log();
    write(&mut log, 1, 4, 0);
    let verified = log.begin_verification(ProducerId(1), 0, ProducerEpoch(3), false, NOW);
    assert_eq!(verified, Err(AppendError::InvalidProducerEpoch));
    let written = append(&mut log, &batch(1, 3, 0, 1).transactional(true), None);
    assert_eq!(written, Err(AppendError::InvalidProducerEpoch));
}

#[test]
fn a_record_without_a_transaction_cannot_come_in_the_middle_of_one() {
    let mut log = log();
    write(&mut log, 1, 0, 0);
    assert_eq!(append(&mut log, &batch(1, 0, 1, 1), None), Err(AppendError::InvalidTxnState));
    commit(&mut log, 1, 0);
    append(&mut log, &batch(1, 0, 1, 1), None).unwrap();
}

#[test]
fn sequence_numbers_go_on_after_a_marker_of_the_same_epoch_and_begin_again_after_one_of_the_next() {
    let mut log = log();
    write(&mut log, 1, 0, 0);
    commit(&mut log, 1, 0);
    assert_eq!((state(&log, 1).last_sequence(), state(&log, 1).coordinator_epoch), (0, 5));
    write(&mut log, 1, 0, 1);
    end_by(&mut log, marker(1, 1, true), 2).unwrap();
    assert_eq!((state(&log, 1).epoch, state(&log, 1).last_sequence()), (ProducerEpoch(1), -1));
    let guard = verify(&mut log, 1, 1, 2);
    assert_eq!(append(&mut log, &batch(1, 1, 2, 1).transactional(true), guard), Err(AppendError::OutOfOrderSequence));
    write(&mut log, 1, 1, 0);
}

#[test]
fn a_markers_epoch_may_not_be_older_than_the_producers() {
    let mut log = log();
    write(&mut log, 1, 4, 0);
    assert_eq!(end_by(&mut log, marker(1, 3, true), 0), Err(AppendError::InvalidProducerEpoch));
    end_by(&mut log, marker(1, 4, true), 0).unwrap();
}

#[test]
fn by_version_2_a_markers_epoch_is_newer_than_its_transactions() {
    let mut log = log();
    write(&mut log, 1, 4, 0);
    assert_eq!(end_by(&mut log, marker(1, 4, true), 2), Err(AppendError::InvalidProducerEpoch));
    end_by(&mut log, marker(1, 5, true), 2).unwrap();
    end_by(&mut log, marker(1, 5, true), 2).unwrap();
    assert_eq!(end_by(&mut log, marker(1, 4, true), 2), Err(AppendError::InvalidProducerEpoch), "but it may come again");
    write(&mut log, 2, i16::MAX, 0);
    end_by(&mut log, marker(2, i16::MAX, true), 2).unwrap();
}

#[test]
fn an_older_coordinator_writes_no_markers() {
    let mut log = log();
    write(&mut log, 1, 0, 0);
    commit(&mut log, 1, 0);
    write(&mut log, 1, 0, 1);
    let older = TransactionEnd { coordinator_epoch: 4, ..marker(1, 0, true) };
    assert_eq!(end_by(&mut log, older, 0), Err(AppendError::TransactionCoordinatorFenced));
    let mut batch = older.to_batch().unwrap();
    batch.place(Offset(3), LeaderEpoch(0));
    log.append_as_follower(batch.to_rope(), LeaderEpoch(0), NOW).unwrap();
    assert_eq!(state(&log, 1).coordinator_epoch, 4, "a follower takes what its leader has");
}

#[test]
fn readers_are_told_of_aborted_transactions_if_they_ask() {
    let mut log = log();
    write(&mut log, 1, 0, 0);
    write(&mut log, 2, 0, 0);
    commit(&mut log, 2, 0);
    abort(&mut log, 1, 0);
    assert_eq!(aborted(&log, 0, 4), [(1, 0, 3, 4)]);
    assert_eq!([told(&log, 0, 1 << 20), told(&log, 3, 1 << 20), told(&log, 4, 1 << 20)], [vec![0], vec![0], vec![]]);
    let limits = ReadLimits { up_to: Offset(4), max_bytes: 1 << 20, min_one_batch: true, aborted: false };
    assert!(log.read(Offset(0), limits).unwrap().aborted.is_empty());
}

#[test]
fn a_marker_without_a_transaction_aborts_nothing() {
    let mut log = log();
    abort(&mut log, 1, 0);
    assert_eq!((aborted(&log, 0, 1), stable(&log, 1)), (vec![], 1));
    assert_eq!((state(&log, 1).epoch, state(&log, 1).coordinator_epoch), (ProducerEpoch(0), 5));
}

#[test]
fn an_aborted_transaction_is_noted_with_where_the_next_open_one_begins() {
    let mut log = log();
    write(&mut log, 1, 0, 0);
    write(&mut log, 2, 0, 0);
    write(&mut log, 3, 0, 0);
    abort(&mut log, 3, 0);
    abort(&mut log, 1, 0);
    abort(&mut log, 2, 0);
    assert_eq!(aborted(&log, 0, 6), [(3, 2, 3, 0), (1, 0, 4, 1), (2, 1, 5, 6)]);
}

#[test]
fn a_reader_is_told_of_what_may_lie_in_what_it_got_by_the_offset_index() {
    let mut log = log_with(|config| config.index_interval_bytes = 0);
    for n in 0..4 {
        write(&mut log, n, 0, 0);
        abort(&mut log, n, 0);
    }
    assert_eq!([0, 1, 2, 5].map(|from| told(&log, from, 1)), [vec![0], vec![0], vec![2], vec![4]]);
    let sparse = replica_of(&log, |config| config.index_interval_bytes = 1 << 20);
    assert_eq!(told(&sparse, 2, 1), [2, 4, 6], "all that the segment has");
}

#[test]
fn a_reader_is_told_of_transactions_that_end_in_a_later_segment() {
    let mut log = log_with(|config| config.segment_bytes = 100);
    write(&mut log, 1, 0, 0);
    write(&mut log, 2, 0, 0);
    write_plain(&mut log);
    abort(&mut log, 2, 0);
    abort(&mut log, 1, 0);
    let bases: Vec<i64> = log.segment_summaries().map(|segment| segment.base_offset.0).collect();
    assert_eq!(bases, [0, 1, 2, 3, 4]);
    assert_eq!([0, 1, 2, 3, 4].map(|from| told(&log, from, 1 << 20)), [vec![0], vec![1, 0], vec![1, 0], vec![1, 0], vec![0]]);
}

#[test]
fn a_sparse_offset_index_is_known_without_being_kept() {
    let mut log = log_with(|config| config.index_interval_bytes = 300);
    for n in 0..300 {
        append(&mut log, &batch(1, 0, 3 * n, 3), None).unwrap();
        if n % 7 == 0 {
            write_plain(&mut log);
            append(&mut log, &batch(2, 0, 17 * (n / 7), 17), None).unwrap();
        }
    }
    let index = log.file("00000000000000000000.index").unwrap().to_bytes();
    let number = |bytes: &[u8]| i64::from(i32::from_be_bytes(bytes.try_into().unwrap()));
    let entries: Vec<(i64, i64)> = index.chunks(8).map(|entry| (number(&entry[..4]), number(&entry[4..]))).collect();
    assert!(entries.len() > 50);
    for position in (0..log.size_in_bytes() as i64 + 100).step_by(1) {
        let is_very_first = |at: i64| at == entries[0].1;
        let known = entries.iter().find(|(_, at)| *at > position || *at == position && !is_very_first(*at));
        let known = known.map(|(offset, _)| Offset(*offset));
        assert_eq!(log.active.indexed_from(position as u64, 300), known, "from {position} on");
    }
}

#[test]
fn a_truncated_log_knows_what_it_knew_then() {
    let mut log = log_with(|config| config.segment_bytes = 100);
    write(&mut log, 1, 0, 0);
    abort(&mut log, 1, 0);
    write(&mut log, 1, 0, 1);
    let then = log.clone();
    abort(&mut log, 1, 0);
    write(&mut log, 2, 0, 0);
    assert_eq!(aborted(&log, 0, 5).len(), 2);
    log.truncate_to(Offset(3));
    assert_eq!((log.producers(), aborted(&log, 0, 5)), (then.producers(), vec![(1, 0, 1, 2)]));
    assert_eq!(stable(&log, 3), 2);
    log.truncate_fully(Offset(7), NOW);
    assert_eq!((log.producers().iter().count(), aborted(&log, 0, 9), stable(&log, 9)), (0, vec![], 9));
}

#[test]
fn a_producer_outlives_its_records_also_where_the_log_is_truncated() {
    let mut log = log_with(|config| config.segment_bytes = 100);
    write(&mut log, 1, 0, 0);
    write_plain(&mut log);
    write_plain(&mut log);
    write_plain(&mut log);
    log.increment_start(Offset(2));
    log.delete_old_segments(Offset(2), NOW);
    log.truncate_to(Offset(3));
    assert_eq!(state(&log, 1).transaction_start, Some(Offset(0)));
}

#[test]
fn transactions_are_as_old_as_the_logs_start_lets_them_be() {
    let mut log = log_with(|config| config.segment_bytes = 100);
    write(&mut log, 1, 0, 0);
    write(&mut log, 2, 0, 0);
    abort(&mut log, 2, 0);
    write_plain(&mut log);
    log.increment_start(Offset(2));
    assert_eq!((stable(&log, 4), stable(&log, 1)), (2, 1));
    log.delete_old_segments(Offset(4), NOW);
    assert_eq!(aborted(&log, 0, 4), [(2, 1, 2, 0)], "the segment of the marker is there");
    log.increment_start(Offset(3));
    log.delete_old_segments(Offset(4), NOW);
    assert_eq!((aborted(&log, 0, 4), stable(&log, 4)), (vec![], 3));
    commit(&mut log, 1, 0);
    assert_eq!((stable(&log, 4), stable(&log, 5)), (3, 5));
}

#[test]
fn a_producer_in_a_transaction_does_not_expire() {
    let mut log = log();
    write(&mut log, 1, 0, 0);
    append(&mut log, &batch(2, 0, 0, 1), None).unwrap();
    log.expire_producers(NOW + 2 * DAY_MS, DAY_MS);
    assert_eq!(log.producers().iter().map(|(id, _)| id.0).collect::<Vec<_>>(), [1]);
    assert!(!log.has_expired_producers(NOW + 2 * DAY_MS, DAY_MS));
    commit(&mut log, 1, 0);
    log.expire_producers(NOW + 2 * DAY_MS, DAY_MS);
    assert_eq!(log.producers().iter().count(), 0);
}

#[test]
fn a_transaction_hangs_once_its_coordinator_must_have_ended_it_long_ago() {
    let mut log = log();
    write(&mut log, 1, 0, 0);
    write(&mut log, 2, 0, 0);
    let timeout = 900_000;
    let late = |log: &Log, later: i64| log.has_late_transaction(NOW + later, timeout);
    assert_eq!([late(&log, timeout + 300_000), late(&log, timeout + 300_001)], [false, true]);
    assert!(state(&log, 1).has_late_transaction(NOW + timeout + 300_001, timeout));
    commit(&mut log, 1, 0);
    commit(&mut log, 2, 0);
    assert!(!late(&log, timeout + 300_001) && !state(&log, 1).has_late_transaction(NOW + timeout + 300_001, timeout));
}

#[test]
fn compaction_stops_at_an_open_transaction() {
    let mut log = log_with(|config| (config.segment_bytes, config.compacted) = (100, true));
    write_plain(&mut log);
    write(&mut log, 1, 0, 0);
    write_plain(&mut log);
    write_plain(&mut log);
    let stable = log.last_stable_offset(Offset(4));
    assert_eq!(log.cleanable(stable, NOW).first_uncleanable, Offset(1));
}

#[test]
fn compaction_forgets_an_aborted_transaction_once_no_record_of_it_is_left() {
    let mut log = log_with(|config| (config.segment_bytes, config.compacted) = (100, true));
    write(&mut log, 1, 0, 0);
    abort(&mut log, 1, 0);
    write(&mut log, 2, 0, 0);
    abort(&mut log, 2, 0);
    write(&mut log, 1, 0, 1);
    commit(&mut log, 1, 0);
    let mut clean = || {
        write_plain(&mut log);
        let cleanable = log.cleanable(log.end_offset(), NOW);
        log.clean(&cleanable, NOW).unwrap();
        aborted(&log, 0, 9)
    };
    assert_eq!(clean(), [(1, 0, 1, 2), (2, 2, 3, 4)]);
    assert_eq!(clean(), [(2, 2, 3, 4)], "the other's last batch stays, empty, for its sequence number");
}

#[test]
fn aborted_transactions_and_producers_are_in_the_files() {
    let mut log = log();
    write(&mut log, 7, 2, 0);
    write(&mut log, 8, 0, 0);
    assert!(!log.file_names().iter().any(|name| name.ends_with(".txnindex")));
    abort(&mut log, 7, 2);
    let index = log.file("00000000000000000000.txnindex").unwrap().to_bytes();
    let numbers = [7_i64, 0, 2, 1].map(i64::to_be_bytes).concat();
    assert_eq!(index, [vec![0, 0], numbers].concat());
    assert!(log.file_names().contains(&"00000000000000000000.txnindex".to_owned()));
    let snapshot = log.file("00000000000000000003.snapshot").unwrap().to_bytes();
    assert!(
        snapshot.ends_with(&[(-1_i32).to_be_bytes().to_vec(), 1_i64.to_be_bytes().to_vec()].concat()),
        "producer 8 is in a transaction"
    );
}

#[test]
fn a_clone_keeps_its_transactions() {
    let mut log = log();
    write(&mut log, 1, 0, 0);
    let keyframe = log.clone();
    abort(&mut log, 1, 0);
    assert_eq!((stable(&keyframe, 1), aborted(&keyframe, 0, 2)), (0, vec![]));
}
