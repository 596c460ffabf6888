//! What a transaction writes to: AddPartitionsToTxn, of clients and, since KIP-890, of partition leaders (which may only want to know whether
//! a partition belongs to it), and AddOffsetsToTxn.

use super::reply::partition_results;
use super::{Addressee, TransactionMetadata, TransactionReply, TransactionShard, TransactionState, TransactionVersion};
use crate::base::{Context, ProducerEpoch, ProducerId, SortedSet, TopicPartition};
use crate::coordinator::runtime::Outcome;
use crate::wire::ErrorCode;
use crate::wire::messages::AddOffsetsToTxnRequest;
use crate::wire::messages::add_partitions_to_txn_request::AddPartitionsToTxnTransaction;
use std::sync::Arc;

/// One transaction of an AddPartitionsToTxn request. Those before version 4 have one alone.
#[derive(Clone, Debug)]
pub struct AddPartitions<T> {
    pub transaction: AddPartitionsToTxnTransaction,
    /// The request's.
    pub version: i16,
    pub token: T,
}

/// An AddOffsetsToTxn request.
#[derive(Clone, Debug)]
pub struct AddOffsets<T> {
    pub request: AddOffsetsToTxnRequest,
    /// The request's.
    pub version: i16,
    /// Where the group's offsets are kept, in `__consumer_offsets`.
    pub partition: TopicPartition,
    pub token: T,
}

/// Partitions of a producer's transaction.
struct Addition<'a> {
    id: &'a str,
    producer_id: ProducerId,
    producer_epoch: ProducerEpoch,
    partitions: &'a SortedSet<TopicPartition>,
    version: TransactionVersion,
}

impl<T: Addressee> TransactionShard<T> {
    /// Adds partitions to a transaction, which begins with the first of them; or says which of them belong to it: TRANSACTION_ABORTABLE for
    /// those that do not.
    pub fn add_partitions(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>, add: AddPartitions<T>) {
        if add.transaction.verify_only {
            return self.verify_partitions(out, add);
        }
        let AddPartitions { transaction, version, token } = add;
        let partitions = partitions_of(&transaction);
        let addition = Addition {
            id: &transaction.transactional_id,
            producer_id: ProducerId(transaction.producer_id),
            producer_epoch: ProducerEpoch(transaction.producer_epoch),
            partitions: &partitions,
            version: TransactionVersion::of_add_partitions(version),
        };
        let reply = |error| TransactionReply::add_partitions_error(error, version, &transaction.transactional_id, &transaction.topics);
        match self.add(cx, out, &addition) {
            Ok(true) => out.reply(token, reply(ErrorCode::None)),
            Ok(false) => out.reply_at_once(token, reply(ErrorCode::None)),
            Err(error) => out.reply_at_once(token, reply(error)),
        }
    }

    /// Adds a group's partition of `__consumer_offsets` to a transaction.
    pub fn add_offsets(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>, add: AddOffsets<T>) {
        let AddOffsets { request, version, partition, token } = add;
        let addition = Addition {
            id: &request.transactional_id,
            producer_id: ProducerId(request.producer_id),
            producer_epoch: ProducerEpoch(request.producer_epoch),
            partitions: &SortedSet::from([partition]),
            // Only clients of before KIP-890 ask for it.
            version: TransactionVersion::V0,
        };
        match self.add(cx, out, &addition) {
            Ok(true) => out.reply(token, TransactionReply::add_offsets(ErrorCode::None, version)),
            Ok(false) => out.reply_at_once(token, TransactionReply::add_offsets(ErrorCode::None, version)),
            Err(error) => out.reply_at_once(token, TransactionReply::add_offsets(error, version)),
        }
    }

    /// False: they belong to the transaction already, nothing is written.
    fn add(&self, cx: &mut Context<'_>, out: &mut Outcome<Self>, addition: &Addition<'_>) -> Result<bool, ErrorCode> {
        let transaction = self.transactions.get(addition.id).ok_or(ErrorCode::InvalidProducerIdMapping)?;
        let metadata = transaction.metadata();
        if transaction.is_pending() {
            return Err(ErrorCode::ConcurrentTransactions);
        }
        check_producer(metadata, addition.producer_id, addition.producer_epoch)?;
        let mut added = addition.partitions.difference(&metadata.partitions).peekable();
        if metadata.state == TransactionState::Ongoing && added.peek().is_none() {
            return Ok(false);
        }
        let names: Vec<String> = added.clone().map(ToString::to_string).collect();
        let next = metadata.with_partitions(added.cloned(), addition.version, cx.time_ms());
        self.write(cx, out, &transaction.id, next, &format!("it writes to {}", names.join(", ")));
        Ok(true)
    }

    fn verify_partitions(&self, out: &mut Outcome<Self>, add: AddPartitions<T>) {
        let AddPartitions { transaction, version, token } = add;
        let id = &transaction.transactional_id;
        let reply = match self.verifiable(&transaction) {
            Ok(metadata) => {
                let error_of = |topic: &str, partition| {
                    let is_in = metadata.partitions.contains(&TopicPartition::new(topic, partition));
                    if is_in { ErrorCode::None } else { ErrorCode::TransactionAbortable }
                };
                TransactionReply::AddPartitions(partition_results(id, &transaction.topics, error_of))
            }
            Err(error) => TransactionReply::add_partitions_error(error, version, id, &transaction.topics),
        };
        out.reply_at_once(token, reply);
    }

    fn verifiable(&self, asked: &AddPartitionsToTxnTransaction) -> Result<&TransactionMetadata, ErrorCode> {
        let transaction = self.transactions.get(asked.transactional_id.as_str()).ok_or(ErrorCode::InvalidProducerIdMapping)?;
        let metadata = transaction.metadata();
        check_producer(metadata, ProducerId(asked.producer_id), ProducerEpoch(asked.producer_epoch))?;
        if metadata.state.is_prepared() { Err(ErrorCode::ConcurrentTransactions) } else { Ok(metadata) }
    }
}

fn check_producer(metadata: &TransactionMetadata, id: ProducerId, epoch: ProducerEpoch) -> Result<(), ErrorCode> {
    if metadata.producer_id != id {
        Err(ErrorCode::InvalidProducerIdMapping)
    } else if metadata.producer_epoch != epoch {
        Err(ErrorCode::ProducerFenced)
    } else {
        Ok(())
    }
}

fn partitions_of(transaction: &AddPartitionsToTxnTransaction) -> SortedSet<TopicPartition> {
    let of_topic = transaction.topics.iter().flat_map(|topic| {
        let name: Arc<str> = topic.name.as_str().into();
        topic.partitions.iter().map(move |partition| TopicPartition::new(Arc::clone(&name), *partition))
    });
    of_topic.collect()
}
