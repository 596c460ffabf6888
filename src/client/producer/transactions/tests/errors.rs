//! What errors do to a transaction, and calls that come at the wrong time.

use super::*;

#[test]
fn while_another_transaction_is_being_ended_it_asks_again_after_the_backoff() {
    let mut client = started(config(), 2);
    find_coordinator(&mut client);
    let question = client.expect::<InitProducerIdRequest>();
    client.answer(&question, InitProducerIdResponse { error_code: ErrorCode::ConcurrentTransactions.code(), ..Default::default() });
    let refused = client.now;
    client.expect::<InitProducerIdRequest>();
    assert_eq!(client.now, refused + Duration::from_millis(100), "retry.backoff.ms");
}

#[test]
fn a_fenced_producer_can_do_nothing_more() {
    let mut client = ready(config(), 2);
    begin(&mut client);
    send(&mut client, 0, "one");
    produce(&mut client);
    let number = commit(&mut client);
    let question = client.expect::<EndTxnRequest>();
    client.answer(&question, ended(ErrorCode::ProducerFenced, -1));
    assert_eq!((failure(&client, number).0, state(&client)), ("PRODUCER_FENCED", TransactionState::FatalError));
    let number = client.act(|producer, cx| producer.begin_transaction(cx));
    let message = "Producer with transactionalId 'shop' and (producerId=7, epoch=0) has been fenced by another producer with the same \
                   transactionalId";
    assert_eq!(failure(&client, number), ("PRODUCER_FENCED", message.to_owned()));
    let record = send(&mut client, 0, "two");
    assert_eq!(error_of(&client, record), "PRODUCER_FENCED");
    let number = abort(&mut client);
    assert_eq!(failure(&client, number).0, "PRODUCER_FENCED", "not even an abort is possible");
    assert!(client.is_quiet());
}

#[test]
fn an_old_epoch_is_told_by_a_partition_first_and_then_by_the_coordinator() {
    let mut client = ready(config(), 2);
    begin(&mut client);
    let record = send(&mut client, 0, "one");
    let question = client.expect::<ProduceRequest>();
    answer_produce(&mut client, &question, ErrorCode::InvalidProducerEpoch);
    assert_eq!((error_of(&client, record).as_str(), state(&client)), ("INVALID_PRODUCER_EPOCH", TransactionState::AbortableError));
    let number = commit(&mut client);
    assert_eq!(failure(&client, number).0, "INVALID_PRODUCER_EPOCH", "it can only be aborted");
    let number = abort(&mut client);
    let question = client.expect::<EndTxnRequest>();
    assert!(!question.request.committed);
    client.answer(&question, ended(ErrorCode::InvalidProducerEpoch, -1));
    assert_eq!((failure(&client, number).0, state(&client)), ("PRODUCER_FENCED", TransactionState::FatalError));
    let told = client.events(|kind| match kind {
        EventKind::TransactionFailed { error, fatal, .. } => Some((error.to_string(), *fatal)),
        _ => None,
    });
    assert_eq!(told, [("INVALID_PRODUCER_EPOCH".to_owned(), false), ("PRODUCER_FENCED".to_owned(), true)]);
}

#[test]
fn before_version_2_another_epoch_is_asked_for_after_an_error() {
    let mut client = ready(config(), 1);
    begin(&mut client);
    send(&mut client, 0, "one");
    let question = client.expect::<AddPartitionsToTxnRequest>();
    let answer = added(&question.request, ErrorCode::None);
    client.answer(&question, answer);
    let question = client.expect::<ProduceRequest>();
    answer_produce(&mut client, &question, ErrorCode::InvalidTxnState);
    assert_eq!(state(&client), TransactionState::AbortableError);
    let number = abort(&mut client);
    let question = client.expect::<EndTxnRequest>();
    client.answer(&question, ended(ErrorCode::None, -1));
    assert_eq!((outcome(&client, number), state(&client)), (TransactionOutcome::Pending, TransactionState::Initializing));
    let question = client.expect::<InitProducerIdRequest>();
    assert_eq!((question.request.producer_id, question.request.producer_epoch), (7, 0));
    client.answer(&question, InitProducerIdResponse { producer_id: 7, producer_epoch: 1, ..Default::default() });
    assert_eq!((outcome(&client, number), state(&client)), (TransactionOutcome::Done, TransactionState::Ready));
}

#[test]
fn an_error_that_the_coordinator_calls_abortable_is() {
    let mut client = ready(config(), 2);
    begin(&mut client);
    send(&mut client, 0, "one");
    produce(&mut client);
    let number = commit(&mut client);
    let question = client.expect::<EndTxnRequest>();
    client.answer(&question, ended(ErrorCode::TransactionAbortable, -1));
    assert_eq!((failure(&client, number).0, state(&client)), ("TRANSACTION_ABORTABLE", TransactionState::AbortableError));
    abort(&mut client);
    let question = client.expect::<EndTxnRequest>();
    client.answer(&question, ended(ErrorCode::None, 1));
    assert_eq!(state(&client), TransactionState::Ready);
}

#[test]
fn a_coordinator_that_has_moved_is_looked_up_and_asked_again() {
    let mut client = ready(config(), 2);
    begin(&mut client);
    send(&mut client, 0, "one");
    produce(&mut client);
    let number = commit(&mut client);
    let question = client.expect::<EndTxnRequest>();
    client.answer(&question, ended(ErrorCode::NotCoordinator, -1));
    find_coordinator(&mut client);
    let question = client.expect::<EndTxnRequest>();
    client.cut(&question);
    find_coordinator(&mut client);
    let question = client.expect::<EndTxnRequest>();
    client.answer(&question, ended(ErrorCode::None, 1));
    assert_eq!(outcome(&client, number), TransactionOutcome::Done);
}

#[test]
fn a_call_that_was_given_up_waiting_for_has_to_be_made_again() {
    let mut client = ready(ProducerConfig { max_block_ms: 1_000, ..config() }, 2);
    begin(&mut client);
    send(&mut client, 0, "one");
    produce(&mut client);
    let number = commit(&mut client);
    let question = client.expect::<EndTxnRequest>();
    client.pass(Duration::from_secs(1));
    let message = "CommitTransaction timed out - did not complete EndTxn with the transaction coordinator within max.block.ms";
    assert_eq!(failure(&client, number), ("REQUEST_TIMED_OUT", message.to_owned()));
    let number = client.act(|producer, cx| producer.begin_transaction(cx));
    let message =
        "Cannot attempt operation `beginTransaction` because the previous call to `commitTransaction` timed out and must be retried";
    assert_eq!(failure(&client, number), ("ILLEGAL_STATE", message.to_owned()));
    let number = commit(&mut client);
    client.answer(&question, ended(ErrorCode::None, 1));
    assert_eq!(outcome(&client, number), TransactionOutcome::Done);
}

#[test]
fn records_are_refused_outside_of_a_transaction() {
    let mut client = ready(config(), 2);
    let record = send(&mut client, 0, "one");
    client.pass(Duration::from_secs(1));
    let Some(Fate::Failed { error, message, .. }) = client.client.fate(record) else { panic!("it is refused") };
    assert_eq!((&**error, &**message), ("ILLEGAL_STATE", "Cannot add partition t-0 to transaction while in state  READY"));
    let number = commit(&mut client);
    let message = "TransactionalId shop: Invalid transition attempted from state READY to state COMMITTING_TRANSACTION";
    assert_eq!(failure(&client, number), ("ILLEGAL_STATE", message.to_owned()));
    assert_eq!(state(&client), TransactionState::Ready, "that changed nothing");
}

#[test]
fn a_producer_without_a_transactional_id_has_no_transactions() {
    let mut client = started(ProducerConfig::default(), 2);
    assert!(client.client.transaction().is_none());
    let number = client.act(|producer, cx| producer.begin_transaction(cx));
    assert_eq!(failure(&client, number).1, "Transactional method invoked on a non-transactional producer.");
    assert_eq!(client.expect::<InitProducerIdRequest>().request.transactional_id, None);
}

#[test]
fn what_follows_a_batch_that_was_refused_takes_its_sequence() {
    let mut client = ready(config(), 2);
    begin(&mut client);
    send(&mut client, 0, "one");
    let first = client.expect::<ProduceRequest>();
    send(&mut client, 0, "two");
    let second = client.expect::<ProduceRequest>();
    assert_eq!((written(&first), written(&second)), (vec![(0, 0, 0, true)], vec![(0, 0, 1, true)]));
    answer_produce(&mut client, &first, ErrorCode::InvalidRecord);
    assert_eq!(state(&client), TransactionState::AbortableError);
    answer_produce(&mut client, &second, ErrorCode::OutOfOrderSequenceNumber);
    let again = client.expect::<ProduceRequest>();
    assert_eq!(written(&again), [(0, 0, 0, true)]);
    let number = abort(&mut client);
    assert!(client.is_quiet(), "it is not known yet what became of the second");
    answer_produce(&mut client, &again, ErrorCode::None);
    let question = client.expect::<EndTxnRequest>();
    client.answer(&question, ended(ErrorCode::None, 1));
    assert_eq!(outcome(&client, number), TransactionOutcome::Done);
}

#[test]
fn a_record_that_is_too_large_spoils_the_transaction() {
    let mut client = ready(ProducerConfig { max_request_size: 1_000, ..config() }, 2);
    begin(&mut client);
    let large = ProducerRecord { topic: TOPIC.into(), value: Some(vec![b'v'; 2_000].into()), ..Default::default() };
    let record = client.act(|producer, cx| producer.send(cx, large));
    assert_eq!((error_of(&client, record).as_str(), state(&client)), ("MESSAGE_TOO_LARGE", TransactionState::AbortableError));
    let number = commit(&mut client);
    let message = "Cannot execute transactional method because we are in an error state";
    assert_eq!(failure(&client, number), ("MESSAGE_TOO_LARGE", message.to_owned()));
    let number = abort(&mut client);
    assert_eq!((outcome(&client, number), state(&client)), (TransactionOutcome::Done, TransactionState::Ready));
}

#[test]
fn a_transactions_first_partitions_wait_shortly_for_the_markers_of_the_one_before() {
    let mut client = ready(config(), 1);
    begin(&mut client);
    send(&mut client, 0, "one");
    let question = client.expect::<AddPartitionsToTxnRequest>();
    let refused = client.now;
    let answer = added(&question.request, ErrorCode::ConcurrentTransactions);
    client.answer(&question, answer);
    let question = client.expect::<AddPartitionsToTxnRequest>();
    assert_eq!(client.now, refused + Duration::from_millis(20));
    let answer = added(&question.request, ErrorCode::InvalidProducerEpoch);
    client.answer(&question, answer);
    assert_eq!(state(&client), TransactionState::FatalError, "the coordinator knows of another producer");
}

#[test]
fn a_batch_that_is_split_keeps_its_sequence_within_the_transaction() {
    // What was compressed well has more than batch.size go into a batch: three records of 400 bytes at last.
    let compressed = crate::wire::Compression::Gzip;
    let config = ProducerConfig {
        linger_ms: 10,
        batch_size: 1_000,
        compression_type: crate::client::producer::CompressionType(compressed),
        ..config()
    };
    let mut client = ready(config, 2);
    begin(&mut client);
    let value: &'static str = Box::leak("v".repeat(400).into_boxed_str());
    for _ in 0..100 {
        send(&mut client, 0, value);
        client.pass(Duration::from_millis(20));
        produce(&mut client);
    }
    for _ in 0..3 {
        send(&mut client, 0, value);
    }
    let question = client.expect::<ProduceRequest>();
    assert_eq!(written(&question), [(0, 0, 100, true)]);
    answer_produce(&mut client, &question, ErrorCode::MessageTooLarge);
    for sequence in [100, 102] {
        let question = client.expect::<ProduceRequest>();
        assert_eq!(written(&question), [(0, 0, sequence, true)]);
        answer_produce(&mut client, &question, ErrorCode::None);
    }
    assert_eq!(state(&client), TransactionState::InTransaction);
}
