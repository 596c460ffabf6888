//! InitProducerId.

use super::*;

#[test]
fn a_new_transactional_id_gets_a_fresh_producer_id() {
    let mut bench = Bench::new();
    assert_eq!(bench.init(None), Ok((1000, 0)));
    assert_eq!((bench.state(), bench.next_id), (TransactionState::Empty, Some(1001)));
}

#[test]
fn without_a_fresh_producer_id_a_new_transactional_id_has_to_wait() {
    let mut bench = Bench::new();
    bench.next_id = None;
    assert_eq!(bench.init(None), Err(ErrorCode::CoordinatorLoadInProgress));
    assert!(bench.log.records.is_empty());
}

#[test]
fn each_producer_that_comes_has_the_next_epoch() {
    let mut bench = Bench::new();
    let producers: Vec<_> = (0..3).map(|_| bench.init(None).unwrap()).collect();
    assert_eq!(producers, [(1000, 0), (1000, 1), (1000, 2)]);
}

#[test]
fn a_producer_that_comes_back_has_the_next_epoch_and_is_told_it_again() {
    let mut bench = Bench::new();
    let first = bench.init(None).unwrap();
    assert_eq!(bench.init(Some(first)), Ok((1000, 1)));
    assert_eq!(bench.init(Some(first)), Ok((1000, 1)));
    assert_eq!(bench.init(Some((1000, 1))), Ok((1000, 2)));
    assert_eq!(bench.init(Some(first)), Err(ErrorCode::ProducerFenced));
}

#[test]
fn a_producer_is_fenced_by_another_that_came_after_it() {
    let mut bench = Bench::new();
    let first = bench.init(None).unwrap();
    bench.init(None).unwrap();
    assert_eq!(bench.init(Some(first)), Err(ErrorCode::ProducerFenced));
    assert_eq!(bench.init(Some((5, 1))), Err(ErrorCode::ProducerFenced));
}

#[test]
fn old_clients_know_no_fencing() {
    let mut bench = Bench::new();
    bench.init(None).unwrap();
    let request = InitProducerIdRequest {
        transactional_id: Some(ID.to_owned()),
        transaction_timeout_ms: 60_000,
        producer_id: 5,
        producer_epoch: 0,
        ..Default::default()
    };
    let init = InitProducerId { request, version: 3, fresh: None, token: Token::Client };
    bench.handle(|shard, cx, out| shard.init_producer_id(cx, out, init));
    assert_eq!(bench.answers.pop(), Some(TransactionReply::init_producer_id_error(ErrorCode::InvalidProducerEpoch, 3)));
}

#[test]
fn an_open_transaction_is_aborted_first() {
    let mut bench = Bench::new();
    let first = bench.init(None).unwrap();
    bench.add(first, 0);
    assert_eq!(bench.init(None), Err(ErrorCode::ConcurrentTransactions));
    assert_eq!((bench.state(), bench.metadata().producer_epoch), (TransactionState::PrepareAbort, ProducerEpoch(1)));
    assert_eq!(bench.init(None), Err(ErrorCode::ConcurrentTransactions));
    bench.write_markers();
    assert_eq!(bench.state(), TransactionState::CompleteAbort);
    assert_eq!(bench.init(None), Ok((1000, 2)));
    assert_eq!(bench.end(first, true, 5), Err(ErrorCode::ProducerFenced));
    assert_eq!(bench.add(first, 0), ErrorCode::ProducerFenced);
}

#[test]
fn after_its_last_epoch_a_producer_gets_another_id() {
    let mut bench = Bench::with(worn(TransactionState::CompleteCommit, i16::MAX - 1));
    assert_eq!(bench.init(Some((7, i16::MAX - 1))), Ok((1000, 0)));
    // It did not hear of it.
    assert_eq!(bench.init(Some((7, i16::MAX - 1))), Ok((1000, 0)));
    assert_eq!(bench.init(None), Ok((1000, 1)));
}

#[test]
fn another_id_may_not_be_at_hand() {
    let mut bench = Bench::with(worn(TransactionState::CompleteCommit, i16::MAX - 1));
    bench.next_id = None;
    assert_eq!(bench.init(None), Err(ErrorCode::CoordinatorLoadInProgress));
    assert_eq!(bench.metadata().producer_id, ProducerId(7));
}

#[test]
fn kafka_stumbles_over_an_older_epoch_of_a_producer_that_has_none_left() {
    let mut bench = Bench::with(worn(TransactionState::CompleteCommit, i16::MAX - 1));
    assert_eq!(bench.init(Some((7, 3))), Err(ErrorCode::UnknownServerError));
}

#[test]
fn a_fence_may_take_the_last_epoch() {
    let mut bench = Bench::with(worn(TransactionState::Ongoing, i16::MAX - 1));
    assert_eq!(bench.init(None), Err(ErrorCode::ConcurrentTransactions));
    assert_eq!((bench.markers[0].producer_id, bench.markers[0].producer_epoch), (ProducerId(7), ProducerEpoch(i16::MAX)));
    bench.write_markers();
    assert_eq!((bench.metadata().producer_id, bench.metadata().producer_epoch), (ProducerId(1000), ProducerEpoch(0)));
    assert_eq!(bench.init(None), Ok((1000, 1)));
}

#[test]
fn what_cannot_be_written_changes_nothing() {
    let mut bench = Bench::new();
    bench.log.broken = Some(ErrorCode::NotEnoughReplicas);
    assert_eq!(bench.init(None), Err(ErrorCode::CoordinatorNotAvailable));
    bench.log.broken = Some(ErrorCode::NotLeaderOrFollower);
    assert_eq!(bench.init(None), Err(ErrorCode::NotCoordinator));
    bench.log.broken = None;
    assert_eq!(bench.init(None), Ok((1000, 0)));
}

#[test]
fn requests_that_make_no_sense_are_refused_wherever_they_go() {
    let valid = InitProducerIdRequest { transactional_id: Some(ID.to_owned()), transaction_timeout_ms: 900_000, ..Default::default() };
    let check = |change: &dyn Fn(&mut InitProducerIdRequest)| {
        let mut request = valid.clone();
        change(&mut request);
        validate_init_producer_id(&request, &TransactionConfig::default())
    };
    assert_eq!(check(&|_| {}), Ok(()));
    assert_eq!(check(&|request| request.transaction_timeout_ms = 900_001), Err(ErrorCode::InvalidTransactionTimeout));
    assert_eq!(check(&|request| request.transaction_timeout_ms = 0), Err(ErrorCode::InvalidTransactionTimeout));
    assert_eq!(check(&|request| request.transactional_id = Some(String::new())), Err(ErrorCode::InvalidRequest));
    assert_eq!(check(&|request| request.producer_id = 5), Err(ErrorCode::InvalidRequest));
    assert_eq!(check(&|request| request.producer_epoch = 5), Err(ErrorCode::InvalidRequest));
    assert_eq!(check(&|request| request.enable2_pc = true), Err(ErrorCode::TransactionalIdAuthorizationFailed));
    assert_eq!(check(&|request| request.keep_prepared_txn = true), Err(ErrorCode::UnsupportedVersion));
}
