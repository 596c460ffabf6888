//! What the transaction coordinator answers, and what becomes of an answer whose record could not be written.

use super::TransactionMarkers;
use crate::coordinator::runtime::Reply;
use crate::wire::ErrorCode;
use crate::wire::messages::add_partitions_to_txn_request::AddPartitionsToTxnTopic;
use crate::wire::messages::add_partitions_to_txn_response::{
    AddPartitionsToTxnPartitionResult, AddPartitionsToTxnResult, AddPartitionsToTxnTopicResult,
};
use crate::wire::messages::describe_transactions_response::TransactionState as DescribedTransaction;
use crate::wire::messages::{AddOffsetsToTxnResponse, EndTxnResponse, InitProducerIdResponse, ListTransactionsResponse};
use std::fmt::Debug;
use std::sync::Arc;

/// To whom an answer goes: a request, or the broker itself.
pub trait Addressee: Clone + Debug {
    /// The broker itself, for what nobody asked for: [`TransactionReply::SendMarkers`] and [`TransactionReply::ProducerIdNeeded`].
    fn broker() -> Self;
}

/// An answer. Those that concern one transactional id of several in a request, or one partition's, are parts of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum TransactionReply {
    InitProducerId(InitProducerIdResponse),
    /// Also where partitions were only to be verified.
    AddPartitions(AddPartitionsToTxnResult),
    AddOffsets(AddOffsetsToTxnResponse),
    EndTransaction(EndTxnResponse),
    DescribeTransaction(DescribedTransaction),
    ListTransactions(ListTransactionsResponse),
    /// To the broker: a transaction's fate is committed, and its markers are to be written.
    SendMarkers(TransactionMarkers),
    /// To the broker: a transaction has timed out, but its producer's epochs are used up. Once an id is at hand, it goes to
    /// [`super::TransactionShard::abort_timed_out`]; else it is asked for again.
    ProducerIdNeeded {
        transactional_id: Arc<str>,
    },
}

impl TransactionReply {
    /// An answer to InitProducerId that is an error.
    pub fn init_producer_id_error(error: ErrorCode, version: i16) -> Self {
        Self::InitProducerId(InitProducerIdResponse {
            error_code: fenced_as(error, version >= 4).code(),
            producer_id: -1,
            producer_epoch: -1,
            ..Default::default()
        })
    }

    /// An answer to AddPartitionsToTxn with the same error for all partitions.
    pub fn add_partitions_error(error: ErrorCode, version: i16, transactional_id: &str, topics: &[AddPartitionsToTxnTopic]) -> Self {
        let error = fenced_as(error, version >= 2);
        Self::AddPartitions(partition_results(transactional_id, topics, |_, _| error))
    }

    /// An answer to AddOffsetsToTxn.
    pub fn add_offsets(error: ErrorCode, version: i16) -> Self {
        Self::AddOffsets(AddOffsetsToTxnResponse { error_code: fenced_as(error, version >= 2).code(), ..Default::default() })
    }

    /// An answer to EndTxn that is an error.
    pub fn end_transaction_error(error: ErrorCode, version: i16) -> Self {
        Self::EndTransaction(EndTxnResponse { error_code: fenced_as(error, version >= 2).code(), ..Default::default() })
    }

    /// An answer for one transactional id of a DescribeTransactions request that is an error.
    pub fn describe_error(error: ErrorCode, transactional_id: &str) -> Self {
        Self::DescribeTransaction(DescribedTransaction {
            error_code: error.code(),
            transactional_id: transactional_id.to_owned(),
            ..Default::default()
        })
    }

    /// An answer to ListTransactions that is an error.
    pub fn list_error(error: ErrorCode) -> Self {
        Self::ListTransactions(ListTransactionsResponse { error_code: error.code(), ..Default::default() })
    }
}

/// What AddPartitionsToTxn answers for the partitions that were asked for.
pub(super) fn partition_results(
    transactional_id: &str,
    topics: &[AddPartitionsToTxnTopic],
    error_of: impl Fn(&str, i32) -> ErrorCode,
) -> AddPartitionsToTxnResult {
    let topic_result = |topic: &AddPartitionsToTxnTopic| {
        let results = topic.partitions.iter().map(|partition| AddPartitionsToTxnPartitionResult {
            partition_index: *partition,
            partition_error_code: error_of(&topic.name, *partition).code(),
            ..Default::default()
        });
        AddPartitionsToTxnTopicResult { name: topic.name.clone(), results_by_partition: results.collect(), ..Default::default() }
    };
    let topic_results = topics.iter().map(topic_result).collect();
    AddPartitionsToTxnResult { transactional_id: transactional_id.to_owned(), topic_results, ..Default::default() }
}

/// Old versions know no PRODUCER_FENCED: they are told INVALID_PRODUCER_EPOCH.
fn fenced_as(error: ErrorCode, knows_fencing: bool) -> ErrorCode {
    if error == ErrorCode::ProducerFenced && !knows_fencing { ErrorCode::InvalidProducerEpoch } else { error }
}

impl Reply for TransactionReply {
    fn failed(self, error: ErrorCode) -> Self {
        let error = append_error(error);
        match self {
            Self::InitProducerId(_) => Self::init_producer_id_error(error, i16::MAX),
            Self::AddPartitions(mut result) => {
                let partitions = result.topic_results.iter_mut().flat_map(|topic| &mut topic.results_by_partition);
                partitions.for_each(|partition| partition.partition_error_code = error.code());
                Self::AddPartitions(result)
            }
            Self::AddOffsets(_) => Self::add_offsets(error, i16::MAX),
            Self::EndTransaction(_) => Self::end_transaction_error(error, i16::MAX),
            Self::DescribeTransaction(was) => Self::describe_error(error, &was.transactional_id),
            Self::ListTransactions(_) => Self::list_error(error),
            // They wait for nothing.
            Self::SendMarkers(_) | Self::ProducerIdNeeded { .. } => self,
        }
    }
}

/// What a client is told of an append's error (`TransactionStateManager.appendTransactionToLog`).
fn append_error(append: ErrorCode) -> ErrorCode {
    match append {
        ErrorCode::UnknownTopicOrPartition
        | ErrorCode::NotEnoughReplicas
        | ErrorCode::NotEnoughReplicasAfterAppend
        | ErrorCode::RequestTimedOut => ErrorCode::CoordinatorNotAvailable,
        ErrorCode::NotLeaderOrFollower | ErrorCode::KafkaStorageError => ErrorCode::NotCoordinator,
        ErrorCode::MessageTooLarge | ErrorCode::RecordListTooLarge => ErrorCode::UnknownServerError,
        other => other,
    }
}
