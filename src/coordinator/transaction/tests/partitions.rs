//! AddPartitionsToTxn and AddOffsetsToTxn.

use super::*;
use crate::wire::messages::AddOffsetsToTxnRequest;

#[test]
fn a_transaction_begins_with_its_first_partition() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.wait(5_000);
    assert_eq!(bench.add(producer, 0), ErrorCode::None);
    assert_eq!(bench.state(), TransactionState::Ongoing);
    assert_eq!((bench.metadata().started_ms, bench.metadata().version), (Some(5_001), TransactionVersion::V2));
    bench.wait(1_000);
    assert_eq!(bench.add(producer, 1), ErrorCode::None);
    assert_eq!((bench.metadata().started_ms, bench.metadata().updated_ms), (Some(5_001), 6_001));
    assert_eq!(bench.metadata().partitions, [TopicPartition::new("orders", 0), TopicPartition::new("orders", 1)].into());
}

#[test]
fn what_belongs_to_the_transaction_already_is_not_written_again() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.add(producer, 0);
    let written = bench.log.records.len();
    assert_eq!(bench.add(producer, 0), ErrorCode::None);
    assert_eq!(bench.log.records.len(), written);
}

#[test]
fn only_the_transactional_ids_producer_adds_partitions() {
    let mut bench = Bench::new();
    assert_eq!(bench.add((1000, 0), 0), ErrorCode::InvalidProducerIdMapping);
    bench.init(None).unwrap();
    bench.init(None).unwrap();
    assert_eq!(bench.add((5, 1), 0), ErrorCode::InvalidProducerIdMapping);
    assert_eq!(bench.add((1000, 0), 0), ErrorCode::ProducerFenced);
    assert_eq!(bench.add((1000, 2), 0), ErrorCode::ProducerFenced);
    bench.send_add((1000, 0), &[0, 1], false, 1);
    assert_eq!(bench.added(), [ErrorCode::InvalidProducerEpoch; 2]);
    assert_eq!(bench.add((1000, 1), 0), ErrorCode::None);
}

#[test]
fn no_partition_is_added_while_a_transaction_ends() {
    let mut bench = Bench::new();
    let producer = bench.init(None).unwrap();
    bench.add(producer, 0);
    let next = bench.end(producer, true, 5).unwrap();
    assert_eq!(bench.add(next, 1), ErrorCode::ConcurrentTransactions);
    bench.send_add(next, &[0], true, 5);
    assert_eq!(bench.added(), [ErrorCode::ConcurrentTransactions]);
    bench.write_markers();
    assert_eq!(bench.add(next, 1), ErrorCode::None);
}

#[test]
fn a_leader_may_ask_which_partitions_belong_to_the_transaction() {
    let mut bench = Bench::new();
    bench.send_add((1000, 0), &[0], true, 5);
    assert_eq!(bench.added(), [ErrorCode::InvalidProducerIdMapping]);
    let producer = bench.init(None).unwrap();
    bench.add(producer, 1);
    let written = bench.log.records.len();
    bench.send_add(producer, &[0, 1], true, 5);
    assert_eq!(bench.added(), [ErrorCode::TransactionAbortable, ErrorCode::None]);
    bench.send_add((5, 0), &[1], true, 5);
    assert_eq!(bench.added(), [ErrorCode::InvalidProducerIdMapping]);
    bench.send_add((1000, 1), &[1], true, 5);
    assert_eq!(bench.added(), [ErrorCode::ProducerFenced]);
    assert_eq!(bench.log.records.len(), written);
}

#[test]
fn old_clients_have_a_groups_offsets_added() {
    let mut bench = Bench::new();
    let (producer_id, producer_epoch) = bench.init(None).unwrap();
    let partition = TopicPartition::new("__consumer_offsets", 25);
    let add = |producer_epoch| AddOffsets {
        request: AddOffsetsToTxnRequest {
            transactional_id: ID.to_owned(),
            producer_id,
            producer_epoch,
            group_id: "billing".to_owned(),
            ..Default::default()
        },
        version: 1,
        partition: partition.clone(),
        token: Token::Client,
    };
    bench.handle(|shard, cx, out| shard.add_offsets(cx, out, add(producer_epoch)));
    assert_eq!(bench.answers.pop(), Some(TransactionReply::add_offsets(ErrorCode::None, 1)));
    assert_eq!(bench.metadata().partitions, [partition.clone()].into());
    bench.handle(|shard, cx, out| shard.add_offsets(cx, out, add(producer_epoch + 1)));
    assert_eq!(bench.answers.pop(), Some(TransactionReply::add_offsets(ErrorCode::InvalidProducerEpoch, 1)));
}
