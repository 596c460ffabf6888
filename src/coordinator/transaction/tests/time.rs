//! Timeouts and expiry.

use super::*;
use crate::wire::messages::ListTransactionsRequest;

const WEEK_MS: u64 = 7 * 24 * 3_600_000;

#[test]
fn a_transaction_that_is_open_for_too_long_is_aborted_and_its_producer_fenced() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.add(producer, 0);
    bench.wait(60_000);
    assert_eq!(bench.state(), TransactionState::Ongoing);
    bench.wait(10_000);
    assert_eq!(bench.state(), TransactionState::PrepareAbort);
    assert_eq!((bench.markers[0].is_commit, bench.markers[0].producer_epoch), (false, ProducerEpoch(1)));
    bench.write_markers();
    assert_eq!(bench.end(producer, true, 5), Err(ErrorCode::InvalidTxnState));
    assert_eq!(bench.end(producer, true, 4), Err(ErrorCode::ProducerFenced));
    assert_eq!(bench.init(Some(producer)), Ok((1000, 1)));
}

#[test]
fn a_timeout_whose_abort_cannot_be_written_comes_again() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.add(producer, 0);
    bench.log.broken = Some(ErrorCode::NotEnoughReplicas);
    bench.wait(75_000);
    assert_eq!(bench.state(), TransactionState::Ongoing);
    bench.log.broken = None;
    bench.wait(10_000);
    assert_eq!((bench.state(), bench.metadata().producer_epoch), (TransactionState::PrepareAbort, ProducerEpoch(1)));
}

#[test]
fn a_timeout_may_need_another_producer_id() {
    let mut bench = Bench::with(worn(TransactionState::Ongoing, i16::MAX - 1));
    bench.wait(75_000);
    let id = Arc::from(ID);
    assert_eq!(bench.answers.pop(), Some(TransactionReply::ProducerIdNeeded { transactional_id: Arc::clone(&id) }));
    assert_eq!(bench.state(), TransactionState::Ongoing);
    bench.handle(|shard, cx, out| shard.abort_timed_out(cx, out, &id, Some(ProducerId(1000))));
    bench.write_markers();
    assert_eq!((bench.state(), bench.metadata().producer_id), (TransactionState::CompleteAbort, ProducerId(1000)));
}

#[test]
fn a_transactional_id_that_nobody_uses_is_forgotten() {
    let mut bench = Bench::new();
    bench.init(None).unwrap();
    bench.wait(WEEK_MS - 3_600_000);
    assert_eq!(bench.state(), TransactionState::Empty);
    bench.wait(2 * 3_600_000);
    assert!(bench.shard().transaction(ID).is_none());
    let tombstone = bench.log.records.last().cloned().and_then(TransactionRecord::decode);
    assert_eq!(tombstone, Some(TransactionRecord { transactional_id: ID.into(), metadata: None }));
    assert_eq!(bench.init(Some((1000, 0))), Ok((1001, 0)));
}

#[test]
fn a_transactional_id_stays_while_its_transaction_is_open() {
    let mut bench = Bench::with(TransactionMetadata { timeout_ms: i32::MAX, ..worn(TransactionState::Ongoing, 0) });
    bench.wait(2 * WEEK_MS);
    assert_eq!(bench.state(), TransactionState::Ongoing);
}

#[test]
fn admins_see_what_is_committed() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.wait(999);
    bench.send_add(producer, &[0, 1], false, 5);
    bench.handle(|shard, _, out| shard.describe_transaction(out, ID, Token::Client));
    let Some(TransactionReply::DescribeTransaction(described)) = bench.answers.pop() else { panic!() };
    bench.added();
    assert_eq!((described.error_code, &*described.transactional_id, &*described.transaction_state), (0, ID, "Ongoing"));
    assert_eq!((described.producer_id, described.producer_epoch), producer);
    assert_eq!((described.transaction_timeout_ms, described.transaction_start_time_ms), (60_000, 1_000));
    assert_eq!((&*described.topics[0].topic, &*described.topics[0].partitions), ("orders", &[0, 1][..]));
    bench.handle(|shard, _, out| shard.describe_transaction(out, "nobody", Token::Client));
    assert_eq!(bench.answers.pop(), Some(TransactionReply::describe_error(ErrorCode::TransactionalIdNotFound, "nobody")));
}

#[test]
fn lists_of_transactions_pass_through_filters() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.add(producer, 0);
    bench.wait(5_000);
    let mut list = |request: ListTransactionsRequest, wanted: &str| {
        bench.handle(|shard, cx, out| shard.list_transactions(cx, out, &request, |id| id.starts_with(wanted), Token::Client));
        let Some(TransactionReply::ListTransactions(response)) = bench.answers.pop() else { panic!() };
        let ids: Vec<String> = response.transaction_states.into_iter().map(|listed| listed.transactional_id).collect();
        (ids.len(), response.unknown_state_filters)
    };
    let states = |names: &[&str]| ListTransactionsRequest {
        state_filters: names.iter().map(|name| (*name).to_owned()).collect(),
        ..Default::default()
    };
    let longer_than = |duration_filter| ListTransactionsRequest { duration_filter, ..Default::default() };
    let of_producer = |id| ListTransactionsRequest { producer_id_filters: vec![id], ..Default::default() };
    assert_eq!(list(states(&[]), ""), (1, vec![]));
    assert_eq!(list(states(&[]), "x"), (0, vec![]));
    assert_eq!(list(states(&["Ongoing", "ongoing", "Dead"]), ""), (1, vec!["ongoing".to_owned()]));
    assert_eq!(list(states(&["Empty"]), ""), (0, vec![]));
    assert_eq!((list(longer_than(4_999), "").0, list(longer_than(5_000), "").0), (1, 0));
    assert_eq!((list(of_producer(1000), "").0, list(of_producer(1), "").0), (1, 0));
}
