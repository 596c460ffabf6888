//! EndTxn, and the markers that follow.

use super::*;

#[test]
fn a_commit_goes_to_all_partitions_with_the_next_epoch() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.send_add(producer, &[0, 1], false, 5);
    assert_eq!(bench.end(producer, true, 5), Ok((1000, 1)));
    assert_eq!(bench.state(), TransactionState::PrepareCommit);
    let markers = TransactionMarkers {
        transactional_id: ID.into(),
        producer_id: ProducerId(1000),
        producer_epoch: ProducerEpoch(1),
        coordinator_epoch: LeaderEpoch(0),
        is_commit: true,
        partitions: vec![TopicPartition::new("orders", 0), TopicPartition::new("orders", 1)],
        version: TransactionVersion::V2,
    };
    assert_eq!(bench.markers, [markers]);
}

#[test]
fn a_transaction_is_complete_when_the_last_partition_has_its_marker() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.send_add(producer, &[0, 1], false, 5);
    bench.end(producer, false, 5).unwrap();
    let id = Arc::from(ID);
    let written = [TopicPartition::new("orders", 1)];
    bench.handle(|shard, cx, out| shard.markers_written(cx, out, &id, LeaderEpoch(0), &written));
    assert_eq!(bench.state(), TransactionState::PrepareAbort);
    assert_eq!(bench.metadata().partitions, [TopicPartition::new("orders", 0)].into());
    bench.write_markers();
    assert_eq!(bench.state(), TransactionState::CompleteAbort);
    assert!(bench.metadata().partitions.is_empty());
    let complete = bench.log.records.len();
    bench.handle(|shard, cx, out| shard.markers_written(cx, out, &id, LeaderEpoch(0), &written));
    assert_eq!(bench.log.records.len(), complete);
}

#[test]
fn an_old_clients_producer_keeps_its_epoch() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.send_add(producer, &[0], false, 3);
    assert_eq!(bench.end(producer, true, 4), Ok((-1, -1)));
    assert_eq!((bench.markers[0].producer_epoch, bench.markers[0].version), (ProducerEpoch(0), TransactionVersion::V0));
    assert_eq!(bench.end(producer, true, 4), Err(ErrorCode::ConcurrentTransactions));
    bench.write_markers();
    assert_eq!(bench.end(producer, true, 4), Ok((-1, -1)));
    assert_eq!(bench.end(producer, false, 4), Err(ErrorCode::InvalidTxnState));
    assert_eq!(bench.add(producer, 0), ErrorCode::None);
}

#[test]
fn an_old_clients_end_without_a_beginning_is_refused() {
    let mut bench = Bench::new();
    assert_eq!(bench.end((1000, 0), true, 4), Err(ErrorCode::InvalidProducerIdMapping));
    let producer = bench.init(None).unwrap();
    assert_eq!(bench.end(producer, true, 4), Err(ErrorCode::InvalidTxnState));
    assert_eq!(bench.end(producer, false, 4), Err(ErrorCode::InvalidTxnState));
    assert_eq!(bench.end((5, 0), false, 4), Err(ErrorCode::InvalidProducerIdMapping));
    assert_eq!(bench.end((1000, 1), false, 4), Err(ErrorCode::ProducerFenced));
    assert_eq!(bench.end((1000, 1), false, 1), Err(ErrorCode::InvalidProducerEpoch));
}

#[test]
fn aborting_nothing_moves_the_epoch() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    assert_eq!(bench.end(producer, true, 5), Err(ErrorCode::InvalidTxnState));
    assert_eq!(bench.end(producer, false, 5), Ok((1000, 1)));
    // There is nobody to send them to.
    assert_eq!(bench.markers[0].partitions, []);
    bench.write_markers();
    assert_eq!(bench.state(), TransactionState::CompleteAbort);
    let next = bench.transact((1000, 1), true);
    assert_eq!(bench.end(next, true, 5), Err(ErrorCode::InvalidTxnState));
    assert_eq!(bench.end(next, false, 5), Ok((1000, 3)));
    bench.write_markers();
    assert_eq!(bench.end((1000, 3), true, 5), Err(ErrorCode::InvalidTxnState));
    assert_eq!(bench.end((1000, 3), false, 5), Ok((1000, 4)));
}

#[test]
fn a_producer_that_did_not_hear_of_its_epoch_asks_again_with_the_old_one() {
    for committed in [true, false] {
        let mut bench = Bench::new();
        let producer = bench.init(None).unwrap();
        bench.add(producer, 0);
        let next = bench.end(producer, committed, 5);
        assert_eq!(next, Ok((1000, 1)));
        assert_eq!(bench.end(producer, committed, 5), Err(ErrorCode::ConcurrentTransactions));
        assert_eq!(bench.end(producer, !committed, 5), Err(ErrorCode::ConcurrentTransactions));
        bench.write_markers();
        assert_eq!(bench.end(producer, committed, 5), next);
        assert_eq!(bench.end(producer, !committed, 5), Err(ErrorCode::InvalidTxnState));
        assert_eq!(bench.metadata().producer_epoch, ProducerEpoch(1));
    }
}

#[test]
fn epochs_of_long_ago_are_fenced() {
    let mut bench = Bench::new();
    let first = bench.init(None).unwrap();
    let second = bench.transact(first, true);
    let third = bench.transact(second, true);
    assert_eq!(third, (1000, 2));
    assert_eq!(bench.end(first, true, 5), Err(ErrorCode::ProducerFenced));
    bench.add(third, 0);
    assert_eq!(bench.end(second, true, 5), Err(ErrorCode::ProducerFenced));
    assert_eq!(bench.end((5, 2), true, 5), Err(ErrorCode::InvalidProducerIdMapping));
}

#[test]
fn the_last_epoch_ends_a_transaction_and_another_id_begins_the_next() {
    let mut bench = Bench::with(worn(TransactionState::Ongoing, i16::MAX - 1));
    let last = (7, i16::MAX - 1);
    assert_eq!(bench.end(last, true, 5), Ok((1000, 0)));
    let metadata = bench.metadata();
    assert_eq!((metadata.producer_id, metadata.producer_epoch), (ProducerId(7), ProducerEpoch(i16::MAX)));
    assert_eq!(metadata.next_producer_id, Some(ProducerId(1000)));
    bench.write_markers();
    let metadata = bench.metadata();
    assert_eq!((metadata.producer_id, metadata.producer_epoch), (ProducerId(1000), ProducerEpoch(0)));
    assert_eq!((metadata.previous_producer_id, metadata.next_producer_id), (Some(ProducerId(7)), None));
    // It did not hear of its new id.
    assert_eq!(bench.end(last, true, 5), Ok((1000, 0)));
    assert_eq!(bench.transact((1000, 0), true), (1000, 1));
    assert_eq!(bench.end(last, true, 5), Err(ErrorCode::InvalidProducerIdMapping));
}

#[test]
fn the_epoch_before_the_last_but_one_has_a_successor() {
    let mut bench = Bench::with(worn(TransactionState::Ongoing, i16::MAX - 2));
    assert_eq!(bench.end((7, i16::MAX - 2), false, 5), Ok((7, i16::MAX - 1)));
    assert_eq!(bench.metadata().next_producer_id, None);
}

#[test]
fn without_another_id_the_last_epoch_cannot_end_a_transaction() {
    let mut bench = Bench::with(worn(TransactionState::Ongoing, i16::MAX - 1));
    bench.next_id = None;
    assert_eq!(bench.end((7, i16::MAX - 1), true, 5), Err(ErrorCode::CoordinatorLoadInProgress));
    assert_eq!(bench.state(), TransactionState::Ongoing);
}

#[test]
fn an_end_that_cannot_be_written_is_written_later() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.add(producer, 0);
    bench.end(producer, true, 5).unwrap();
    bench.log.broken = Some(ErrorCode::NotEnoughReplicas);
    bench.write_markers();
    bench.wait(1_000);
    assert_eq!(bench.state(), TransactionState::PrepareCommit);
    bench.log.broken = None;
    bench.wait(1_000);
    assert_eq!(bench.state(), TransactionState::CompleteCommit);
}

#[test]
fn every_state_has_the_predecessors_that_kafka_gives_it() {
    use TransactionState::{CompleteAbort, CompleteCommit, Empty, Ongoing, PrepareAbort, PrepareCommit};
    let predecessors =
        |state: TransactionState| TransactionState::ALL.into_iter().filter(|previous| state.may_follow(*previous)).collect::<Vec<_>>();
    assert_eq!(predecessors(Empty), [Empty, CompleteCommit, CompleteAbort]);
    assert_eq!(predecessors(Ongoing), [Empty, Ongoing, CompleteCommit, CompleteAbort]);
    assert_eq!(predecessors(PrepareCommit), [Ongoing]);
    assert_eq!(predecessors(PrepareAbort), [Empty, Ongoing, CompleteCommit, CompleteAbort]);
    assert_eq!(predecessors(CompleteCommit), [PrepareCommit]);
    assert_eq!(predecessors(CompleteAbort), [PrepareAbort]);
}

/// What Apache Kafka 4.3.1 answered, and the epochs that its markers had.
#[test]
fn old_and_new_clients_and_a_second_producer_are_answered_as_kafka_answers_them() {
    let mut bench = Bench::new();
    let first = bench.init(None).unwrap();
    bench.send_add(first, &[0], true, 4);
    assert_eq!(bench.added(), [ErrorCode::TransactionAbortable]);
    bench.send_add(first, &[0], false, 3);
    assert_eq!(bench.added(), [ErrorCode::None]);
    assert_eq!(bench.end(first, true, 4), Ok((-1, -1)));
    let mut epochs = vec![bench.markers[0].producer_epoch.0];
    bench.write_markers();
    assert_eq!(bench.end(first, true, 4), Ok((-1, -1)));
    assert_eq!(bench.end(first, false, 4), Err(ErrorCode::InvalidTxnState));

    assert_eq!(bench.add(first, 0), ErrorCode::None);
    let second = bench.end(first, false, 5).unwrap();
    assert_eq!(second, (1000, 1));
    epochs.push(bench.markers[0].producer_epoch.0);
    bench.write_markers();
    assert_eq!(bench.add(second, 0), ErrorCode::None);

    assert_eq!(bench.init(None), Err(ErrorCode::ConcurrentTransactions));
    epochs.push(bench.markers[0].producer_epoch.0);
    bench.write_markers();
    assert_eq!(bench.init(None), Ok((1000, 3)));
    assert_eq!(bench.end(second, true, 5), Err(ErrorCode::ProducerFenced));
    bench.send_add(second, &[0], false, 3);
    assert_eq!(bench.added(), [ErrorCode::ProducerFenced]);
    assert_eq!(epochs, [0, 1, 2]);
}
