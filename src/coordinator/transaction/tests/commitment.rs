//! What is told while records are not committed, and what another coordinator reads.

use super::*;

#[test]
fn nothing_is_told_before_it_is_committed_and_nothing_else_begins() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.hold_commits();
    bench.send_add(producer, &[0], false, 5);
    assert_eq!((bench.state(), &*bench.answers), (TransactionState::Empty, &[][..]));
    assert_eq!(bench.add(producer, 1), ErrorCode::ConcurrentTransactions);
    assert_eq!(bench.init(None), Err(ErrorCode::ConcurrentTransactions));
    assert_eq!(bench.end(producer, true, 5), Err(ErrorCode::ConcurrentTransactions));
    assert_eq!(bench.end(producer, true, 4), Err(ErrorCode::ConcurrentTransactions));
    assert_eq!(bench.end((1000, 7), true, 4), Err(ErrorCode::ProducerFenced));
    bench.commit();
    assert_eq!((bench.state(), bench.added()), (TransactionState::Ongoing, vec![ErrorCode::None]));
}

#[test]
fn what_is_verified_is_what_is_committed() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.hold_commits();
    bench.send_add(producer, &[0], false, 5);
    bench.send_add(producer, &[0], true, 5);
    assert_eq!(bench.added(), [ErrorCode::TransactionAbortable]);
}

#[test]
fn markers_are_sent_when_the_fate_is_committed_after_the_answer() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.add(producer, 0);
    bench.hold_commits();
    bench.send_end(producer, true, 5);
    assert_eq!((bench.answers.len(), bench.markers.len()), (0, 0));
    bench.commit();
    assert_eq!((bench.answers.len(), bench.markers.len()), (1, 1));
    bench.commit();
    assert_eq!(bench.markers.len(), 1);
}

#[test]
fn markers_are_sent_even_if_nobody_waits_any_more() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.add(producer, 0);
    bench.hold_commits();
    bench.send_end(producer, true, 5);
    bench.wait(60_000);
    assert_eq!(bench.answers.pop(), Some(TransactionReply::end_transaction_error(ErrorCode::CoordinatorNotAvailable, 5)));
    assert_eq!(bench.end(producer, true, 5), Err(ErrorCode::ConcurrentTransactions));
    bench.commit();
    assert_eq!(bench.markers.len(), 1);
}

#[test]
fn a_producer_is_let_in_after_an_abort_that_is_committed() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.add(producer, 0);
    bench.hold_commits();
    bench.send_init(None);
    assert_eq!((bench.answers.len(), bench.markers.len()), (0, 0));
    bench.commit();
    assert_eq!(bench.answers.pop(), Some(TransactionReply::init_producer_id_error(ErrorCode::ConcurrentTransactions, 5)));
    bench.write_markers();
    assert_eq!(bench.init(None), Err(ErrorCode::ConcurrentTransactions));
    bench.commit();
    bench.send_init(None);
    bench.commit();
    let Some(TransactionReply::InitProducerId(response)) = bench.answers.pop() else { panic!() };
    assert_eq!((response.producer_id, response.producer_epoch), (1000, 2));
}

#[test]
fn another_coordinator_goes_on_where_the_one_before_was() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    let mut after_init = bench.failed_over(1);
    assert_eq!(after_init.metadata(), bench.metadata());
    assert_eq!(after_init.add(producer, 0), ErrorCode::None);

    bench.send_add(producer, &[0, 1], false, 5);
    let after_add = bench.failed_over(1);
    assert_eq!(after_add.metadata(), bench.metadata());
    assert_eq!(after_add.markers, []);

    let next = bench.end(producer, true, 5).unwrap();
    let mut after_end = bench.failed_over(1);
    assert_eq!(after_end.markers, [TransactionMarkers { coordinator_epoch: LeaderEpoch(1), ..bench.markers[0].clone() }]);
    assert_eq!(after_end.end(producer, true, 5), Err(ErrorCode::ConcurrentTransactions));
    after_end.write_markers();
    assert_eq!(after_end.end(producer, true, 5), Ok(next));

    bench.write_markers();
    let mut after_complete = bench.failed_over(1);
    assert_eq!((after_complete.state(), after_complete.markers.len()), (TransactionState::CompleteCommit, 0));
    assert_eq!(after_complete.end(producer, true, 5), Ok(next));
    assert_eq!(after_complete.transact(next, false), (1000, 2));
}

#[test]
fn another_coordinator_counts_what_it_reads_committed_or_not() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.add(producer, 0);
    bench.hold_commits();
    bench.send_end(producer, true, 5);
    let again = bench.failed_over(1);
    assert_eq!((again.state(), again.markers.len()), (TransactionState::PrepareCommit, 1));
}

#[test]
fn another_coordinator_does_not_remember_the_epoch_before_the_last() {
    let mut bench = Bench::new();
    let first = bench.init(None).unwrap();
    bench.init(Some(first)).unwrap();
    assert_eq!(bench.failed_over(1).init(Some(first)), Err(ErrorCode::ProducerFenced));
    assert_eq!(bench.failed_over(1).init(Some((1000, 1))), Ok((1000, 2)));
}

#[test]
fn an_election_of_the_same_leader_sends_the_markers_again() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.add(producer, 0);
    bench.end(producer, true, 5).unwrap();
    bench.elect(1);
    let epochs: Vec<_> = bench.markers.iter().map(|markers| markers.coordinator_epoch).collect();
    assert_eq!(epochs, [LeaderEpoch(0), LeaderEpoch(1)]);
    let old = bench.markers.remove(0);
    let newer = std::mem::replace(&mut bench.markers, vec![old]);
    bench.write_markers();
    assert_eq!(bench.state(), TransactionState::PrepareCommit);
    bench.markers = newer;
    bench.write_markers();
    assert_eq!(bench.state(), TransactionState::CompleteCommit);
}
