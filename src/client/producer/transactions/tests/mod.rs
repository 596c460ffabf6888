//! A transactional producer and a coordinator that is played by the test.

mod errors;

use super::{TransactionOutcome, TransactionState};
use crate::base::{Duration, EventKind, NodeId, ProcessId, TransactionStep};
use crate::client::producer::{Fate, Life, Producer, ProducerConfig, ProducerRecord};
use crate::client::scripted::{BROKER, Question, Scripted, TOPIC, TOPIC_ID};
use crate::wire::messages::add_partitions_to_txn_response::{AddPartitionsToTxnPartitionResult, AddPartitionsToTxnTopicResult};
use crate::wire::messages::find_coordinator_response::Coordinator;
use crate::wire::messages::produce_response::{PartitionProduceResponse, TopicProduceResponse};
use crate::wire::messages::{
    AddPartitionsToTxnRequest, AddPartitionsToTxnResponse, EndTxnRequest, EndTxnResponse, FindCoordinatorRequest, FindCoordinatorResponse,
    InitProducerIdRequest, InitProducerIdResponse, ProduceRequest, ProduceResponse,
};
use crate::wire::{Batch, ErrorCode};

type Client = Scripted<Producer>;

fn config() -> ProducerConfig {
    ProducerConfig { transactional_id: Some("shop".to_owned()), linger_ms: 0, ..Default::default() }
}

fn started(config: ProducerConfig, transaction_version: i16) -> Client {
    let producer = Producer::new(ProcessId(10_000), "p", vec![BROKER], config).expect("a producer");
    let mut client = Scripted::new(producer, transaction_version);
    client.act(|producer, cx| producer.start(cx));
    client
}

/// One that has its producer id, 7, and epoch 0.
fn ready(config: ProducerConfig, transaction_version: i16) -> Client {
    let mut client = started(config, transaction_version);
    find_coordinator(&mut client);
    let question = client.expect::<InitProducerIdRequest>();
    client.answer(&question, InitProducerIdResponse { producer_id: 7, producer_epoch: 0, ..Default::default() });
    client
}

fn find_coordinator(client: &mut Client) {
    let question = client.expect::<FindCoordinatorRequest>();
    assert_eq!((question.request.key_type, &question.request.coordinator_keys), (1, &vec!["shop".to_owned()]));
    let found = Coordinator { key: "shop".to_owned(), node_id: BROKER.0, ..Default::default() };
    client.answer(&question, FindCoordinatorResponse { coordinators: vec![found], ..Default::default() });
}

fn send(client: &mut Client, partition: i32, value: &'static str) -> u64 {
    let record = ProducerRecord { topic: TOPIC.into(), partition: Some(partition), value: Some(value.into()), ..Default::default() };
    client.act(|producer, cx| producer.send(cx, record))
}

fn begin(client: &mut Client) {
    let number = client.act(|producer, cx| producer.begin_transaction(cx));
    assert_eq!(outcome(client, number), TransactionOutcome::Done);
}

fn commit(client: &mut Client) -> u64 {
    client.act(|producer, cx| producer.commit_transaction(cx))
}

fn abort(client: &mut Client) -> u64 {
    client.act(|producer, cx| producer.abort_transaction(cx))
}

fn outcome(client: &Client, number: u64) -> TransactionOutcome {
    client.client.transaction_outcome(number).cloned().expect("an outcome")
}

/// The error and the message that a call failed with.
fn failure(client: &Client, number: u64) -> (&'static str, String) {
    match outcome(client, number) {
        TransactionOutcome::Failed(failure) => (failure.error, failure.message.to_string()),
        other => panic!("{other:?} is no failure"),
    }
}

fn state(client: &Client) -> TransactionState {
    client.client.transaction().expect("a transactional producer").state
}

/// What a Produce request writes: partition, epoch, first sequence and whether it is part of a transaction.
fn written(question: &Question<ProduceRequest>) -> Vec<(i32, i16, i32, bool)> {
    let data = question.request.topic_data.iter().flat_map(|topic| &topic.partition_data);
    data.map(|data| {
        let batches = Batch::parse_all(data.records.as_ref().expect("records").to_bytes()).expect("a batch");
        let header = &batches[0].header;
        (data.index, header.producer_epoch.0, header.base_sequence, header.attributes.is_transactional())
    })
    .collect()
}

/// The partitions of a Produce request are answered with this error, at offset 0.
fn answer_produce(client: &mut Client, question: &Question<ProduceRequest>, error: ErrorCode) {
    let answer = |index| PartitionProduceResponse { index, error_code: error.code(), base_offset: 0, ..Default::default() };
    let partitions = written(question).into_iter().map(|(index, ..)| answer(index)).collect();
    let topic = TopicProduceResponse { name: TOPIC.to_owned(), topic_id: TOPIC_ID, partition_responses: partitions, ..Default::default() };
    client.answer(question, ProduceResponse { responses: vec![topic], ..Default::default() });
}

fn produce(client: &mut Client) {
    let question = client.expect::<ProduceRequest>();
    answer_produce(client, &question, ErrorCode::None);
}

fn added(request: &AddPartitionsToTxnRequest, error: ErrorCode) -> AddPartitionsToTxnResponse {
    let result = |index: &i32| AddPartitionsToTxnPartitionResult {
        partition_index: *index,
        partition_error_code: error.code(),
        ..Default::default()
    };
    let topics = request.v3_and_below_topics.iter().map(|topic| AddPartitionsToTxnTopicResult {
        name: topic.name.clone(),
        results_by_partition: topic.partitions.iter().map(result).collect(),
        ..Default::default()
    });
    AddPartitionsToTxnResponse { results_by_topic_v3_and_below: topics.collect(), ..Default::default() }
}

fn ended(error: ErrorCode, epoch: i16) -> EndTxnResponse {
    let (producer_id, producer_epoch) = if error.is_none() && epoch >= 0 { (7, epoch) } else { (-1, -1) };
    EndTxnResponse { error_code: error.code(), producer_id, producer_epoch, ..Default::default() }
}

fn steps(client: &Client) -> Vec<TransactionStep> {
    client.events(|kind| match kind {
        EventKind::Transaction { what, .. } => Some(*what),
        _ => None,
    })
}

fn error_of(client: &Client, record: u64) -> String {
    match client.client.fate(record) {
        Some(Fate::Failed { error, .. }) => error.to_string(),
        other => panic!("{other:?} is no failure"),
    }
}

#[test]
fn it_finds_its_coordinator_and_asks_it_who_it_is() {
    let mut client = started(config(), 2);
    assert_eq!(state(&client), TransactionState::Initializing);
    find_coordinator(&mut client);
    let question = client.expect::<InitProducerIdRequest>();
    let request = &question.request;
    assert_eq!((request.transactional_id.as_deref(), request.transaction_timeout_ms), (Some("shop"), 60_000));
    assert_eq!((request.producer_id, request.producer_epoch), (-1, -1));
    client.answer(&question, InitProducerIdResponse { producer_id: 7, producer_epoch: 3, ..Default::default() });
    let known = client.client.transaction().expect("a transactional producer");
    assert_eq!((known.state, known.coordinator, known.implicit), (TransactionState::Ready, Some(NodeId(1)), true));
    assert_eq!(known.identity.map(|(id, epoch)| (id.0, epoch.0)), Some((7, 3)));
}

#[test]
fn with_version_2_a_write_adds_its_partition_and_the_end_brings_the_next_epoch() {
    let mut client = ready(config(), 2);
    begin(&mut client);
    let record = send(&mut client, 0, "one");
    let question = client.expect::<ProduceRequest>();
    assert!(question.version >= 12, "v{} adds no partition", question.version);
    assert_eq!(question.request.transactional_id.as_deref(), Some("shop"));
    assert_eq!(written(&question), [(0, 0, 0, true)]);
    let known = client.client.transaction().expect("a transactional producer");
    assert_eq!((known.records, known.partitions.len()), (1, 1));

    let number = commit(&mut client);
    assert!(client.is_quiet(), "what was written is not acknowledged yet");
    answer_produce(&mut client, &question, ErrorCode::None);
    let question = client.expect::<EndTxnRequest>();
    assert_eq!((question.version, question.request.committed, question.request.producer_epoch), (5, true, 0));
    assert_eq!((outcome(&client, number), state(&client)), (TransactionOutcome::Pending, TransactionState::Committing));
    client.answer(&question, ended(ErrorCode::None, 1));
    assert_eq!((outcome(&client, number), state(&client)), (TransactionOutcome::Done, TransactionState::Ready));
    assert!(client.client.fate(record).is_some_and(Fate::is_final));
    assert_eq!(steps(&client), [TransactionStep::Begun, TransactionStep::Committing, TransactionStep::Committed]);

    begin(&mut client);
    send(&mut client, 0, "two");
    let question = client.expect::<ProduceRequest>();
    assert_eq!(written(&question), [(0, 1, 0, true)], "another epoch, and its sequence begins anew");
}

#[test]
fn before_version_2_the_coordinator_is_told_of_partitions_first_and_the_epoch_stays() {
    let mut client = ready(config(), 1);
    for (sequence, partitions) in [(0, vec![0]), (1, vec![0])] {
        begin(&mut client);
        send(&mut client, 0, "one");
        let question = client.expect::<AddPartitionsToTxnRequest>();
        assert!(question.version <= 3, "v{} is for brokers", question.version);
        assert_eq!(question.request.v3_and_below_topics[0].partitions, partitions);
        assert!(client.is_quiet(), "nothing is written before");
        let answer = added(&question.request, ErrorCode::None);
        client.answer(&question, answer);
        let question = client.expect::<ProduceRequest>();
        assert_eq!((question.version, written(&question)), (11, vec![(0, 0, sequence, true)]));
        answer_produce(&mut client, &question, ErrorCode::None);
        let number = commit(&mut client);
        let question = client.expect::<EndTxnRequest>();
        assert_eq!(question.version, 4);
        client.answer(&question, ended(ErrorCode::None, -1));
        assert_eq!(outcome(&client, number), TransactionOutcome::Done);
    }
}

#[test]
fn a_commit_lets_nothing_wait_for_company() {
    let mut client = ready(ProducerConfig { linger_ms: 5_000, ..config() }, 2);
    begin(&mut client);
    send(&mut client, 0, "one");
    assert!(client.is_quiet());
    let before = client.now;
    commit(&mut client);
    produce(&mut client);
    assert_eq!(client.now, before);
    assert!(client.expect::<EndTxnRequest>().request.committed);
}

#[test]
fn an_abort_gives_up_what_was_not_sent_and_waits_for_what_was() {
    let mut client = ready(ProducerConfig { linger_ms: 100, ..config() }, 2);
    begin(&mut client);
    let sent = send(&mut client, 0, "one");
    let question = client.expect::<ProduceRequest>();
    let unsent = send(&mut client, 1, "two");
    let number = abort(&mut client);
    assert_eq!(error_of(&client, unsent), "TRANSACTION_ABORTED");
    assert!(client.is_quiet() && matches!(client.client.fate(sent), Some(Fate::InFlight(_))));
    answer_produce(&mut client, &question, ErrorCode::None);
    let question = client.expect::<EndTxnRequest>();
    assert!(!question.request.committed);
    client.answer(&question, ended(ErrorCode::None, 1));
    assert_eq!((outcome(&client, number), state(&client)), (TransactionOutcome::Done, TransactionState::Ready));
    assert_eq!(steps(&client), [TransactionStep::Begun, TransactionStep::Aborting, TransactionStep::Aborted]);
}

#[test]
fn of_an_empty_transaction_the_coordinator_never_hears() {
    let mut client = ready(config(), 2);
    begin(&mut client);
    let number = commit(&mut client);
    assert!(client.is_quiet());
    assert_eq!((outcome(&client, number), state(&client)), (TransactionOutcome::Done, TransactionState::Ready));
}

#[test]
fn calls_and_records_wait_for_the_call_before_them() {
    let mut client = started(config(), 2);
    let number = client.act(|producer, cx| producer.begin_transaction(cx));
    let record = send(&mut client, 0, "one");
    client.act(|producer, cx| producer.commit_transaction(cx));
    let behind = send(&mut client, 0, "two");
    assert_eq!(outcome(&client, number), TransactionOutcome::Pending, "initTransactions comes first");
    find_coordinator(&mut client);
    let question = client.expect::<InitProducerIdRequest>();
    client.answer(&question, InitProducerIdResponse { producer_id: 7, producer_epoch: 0, ..Default::default() });
    assert_eq!(outcome(&client, number), TransactionOutcome::Done);
    produce(&mut client);
    assert!(matches!(client.client.fate(record), Some(Fate::Acknowledged(..))));
    assert_eq!(client.client.fate(behind), Some(&Fate::Blocked));
    let question = client.expect::<EndTxnRequest>();
    client.answer(&question, ended(ErrorCode::None, 1));
    assert_eq!(error_of(&client, behind), "ILLEGAL_STATE", "no transaction is open");
}

#[test]
fn closing_aborts_an_open_transaction_first() {
    let mut client = ready(config(), 2);
    begin(&mut client);
    send(&mut client, 0, "one");
    client.act(|producer, cx| producer.close(cx));
    produce(&mut client);
    let question = client.expect::<EndTxnRequest>();
    assert!(!question.request.committed);
    assert_eq!(client.client.life(), Life::Closing);
    client.answer(&question, ended(ErrorCode::None, 1));
    assert_eq!(client.client.life(), Life::Closed);
}
