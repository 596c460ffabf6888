//! AddPartitionsToTxn 0-5: partitions become part of a producer's open transaction, which begins with the first.
//!
//! - v4 on: between brokers, several transactions in one request, of which some are only to be verified (KIP-890).
//! - Partitions that do not exist are refused before the coordinator is asked; what is asked beside them is OPERATION_NOT_ATTEMPTED.
//! - Below v4 clients may not add internal topics: TOPIC_AUTHORIZATION_FAILED. `__consumer_offsets` comes by AddOffsetsToTxn.

use super::Broker;
use super::connections::{Answer, RequestContext};
use super::transactions::Gathered;
use crate::base::{Context, PartitionIndex, topic_name};
use crate::coordinator::transaction::{AddPartitions, TransactionReply};
use crate::wire::ErrorCode;
use crate::wire::messages::add_partitions_to_txn_request::{AddPartitionsToTxnTopic, AddPartitionsToTxnTransaction};
use crate::wire::messages::add_partitions_to_txn_response::{
    AddPartitionsToTxnPartitionResult, AddPartitionsToTxnResult, AddPartitionsToTxnTopicResult,
};
use crate::wire::messages::{AddPartitionsToTxnRequest, AddPartitionsToTxnResponse};

/// What needs no coordinator: transactions with partitions that cannot be added, in order and with their places in the request.
#[derive(Clone, Debug)]
pub(super) struct Settled(Vec<(usize, AddPartitionsToTxnResult)>);

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: AddPartitionsToTxnRequest) -> Answer {
    if request.version < 4 {
        return handle_one(broker, cx, request, body);
    }
    let mut settled = Vec::new();
    let mut asked = Vec::new();
    for (at, transaction) in body.transactions.into_iter().enumerate() {
        match refused(broker, request.version, &transaction.transactional_id, &transaction.topics) {
            Some(result) => settled.push((at, result)),
            None => asked.push(transaction),
        }
    }
    let ids: Vec<String> = asked.iter().map(|transaction| transaction.transactional_id.clone()).collect();
    let version = request.version;
    let refusal = |index: usize, error| match asked.get(index) {
        Some(transaction) => TransactionReply::add_partitions_error(error, version, &transaction.transactional_id, &transaction.topics),
        None => TransactionReply::add_partitions_error(error, version, "", &[]),
    };
    broker.coordinate_transactions(
        cx,
        request,
        Gathered::AddPartitions(Settled(settled)),
        &ids,
        refusal,
        |index, shard, cx, out, waiter| {
            if let Some(transaction) = asked.get(index) {
                shard.add_partitions(cx, out, AddPartitions { transaction: transaction.clone(), version, token: waiter });
            }
        },
    )
}

fn handle_one(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: AddPartitionsToTxnRequest) -> Answer {
    let transaction = AddPartitionsToTxnTransaction {
        transactional_id: body.v3_and_below_transactional_id,
        producer_id: body.v3_and_below_producer_id,
        producer_epoch: body.v3_and_below_producer_epoch,
        topics: body.v3_and_below_topics,
        ..Default::default()
    };
    if let Some(result) = refused(broker, request.version, &transaction.transactional_id, &transaction.topics) {
        return answer_one(request, result);
    }
    let (id, topics, version) = (transaction.transactional_id.clone(), transaction.topics.clone(), request.version);
    let refusal = |error| TransactionReply::add_partitions_error(error, version, &id, &topics);
    broker.coordinate_transaction(cx, request, &id, refusal, |shard, cx, out, waiter| {
        shard.add_partitions(cx, out, AddPartitions { transaction, version, token: waiter });
    })
}

/// The answer where some of the partitions cannot be part of any transaction; none where all can.
fn refused(broker: &Broker, version: i16, transactional_id: &str, topics: &[AddPartitionsToTxnTopic]) -> Option<AddPartitionsToTxnResult> {
    let error_of = |topic: &str, index: i32| {
        if version < 4 && topic_name::is_internal(topic) {
            return ErrorCode::TopicAuthorizationFailed;
        }
        let known = broker.image.topic(topic).and_then(|topic| topic.partition(PartitionIndex(index)));
        if known.is_some() { ErrorCode::None } else { ErrorCode::UnknownTopicOrPartition }
    };
    let errors = topics.iter().flat_map(|topic| topic.partitions.iter().map(|index| error_of(&topic.name, *index)));
    if errors.into_iter().all(ErrorCode::is_none) {
        return None;
    }
    let result = |topic: &AddPartitionsToTxnTopic| {
        let results = topic.partitions.iter().map(|index| {
            let error = error_of(&topic.name, *index);
            let error = if error.is_none() { ErrorCode::OperationNotAttempted } else { error };
            AddPartitionsToTxnPartitionResult { partition_index: *index, partition_error_code: error.code(), ..Default::default() }
        });
        AddPartitionsToTxnTopicResult { name: topic.name.clone(), results_by_partition: results.collect(), ..Default::default() }
    };
    let topic_results = topics.iter().map(result).collect();
    Some(AddPartitionsToTxnResult { transactional_id: transactional_id.to_owned(), topic_results, ..Default::default() })
}

/// The answer below v4.
pub(super) fn answer_one(request: &RequestContext, result: AddPartitionsToTxnResult) -> Answer {
    request.reply(&mut AddPartitionsToTxnResponse { results_by_topic_v3_and_below: result.topic_results, ..Default::default() })
}

/// The answer from v4 on.
pub(super) fn answer_all(request: &RequestContext, settled: Settled, parts: Vec<TransactionReply>) -> Answer {
    let mut parts = parts.into_iter().filter_map(|part| match part {
        TransactionReply::AddPartitions(result) => Some(result),
        _ => None,
    });
    let mut results = Vec::new();
    for (at, result) in settled.0 {
        results.extend(parts.by_ref().take(at.saturating_sub(results.len())));
        results.push(result);
    }
    results.extend(parts);
    request.reply(&mut AddPartitionsToTxnResponse { results_by_transaction: results, ..Default::default() })
}
