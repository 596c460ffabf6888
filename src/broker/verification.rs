//! Whether a partition is part of a producer's transaction, asked of the transaction's coordinator before the first batch is written
//! (`AddPartitionsToTxnManager`, KIP-890). What several Produce requests ask of one coordinator goes in one AddPartitionsToTxn request.

use super::Broker;
use super::node_channels::{Lane, NodeCall};
use crate::base::SortedMap;
use crate::base::{Context, NodeId, PartitionIndex, ProducerEpoch, ProducerId, TopicPartition};
use crate::wire::frame::decode_response_rope;
use crate::wire::messages::add_partitions_to_txn_request::{AddPartitionsToTxnTopic, AddPartitionsToTxnTransaction};
use crate::wire::messages::{AddPartitionsToTxnRequest, AddPartitionsToTxnResponse};
use crate::wire::{ErrorCode, Rope};
use std::sync::Arc;

/// Of the requests between brokers.
const VERSION: i16 = 5;

/// What a producer's requests can do, by the version of its Produce request (`TransactionSupportedOperation`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// Its partitions have to be added already; it knows no TRANSACTION_ABORTABLE.
    Verify,
    /// As before, but it knows that error.
    VerifyAbortable,
    /// Its partitions are added by being written to.
    Add,
}

impl Operation {
    /// That of a Produce request.
    pub(super) const fn of_produce(version: i16) -> Self {
        match version {
            12.. => Self::Add,
            11 => Self::VerifyAbortable,
            _ => Self::Verify,
        }
    }

    /// Each transaction has an epoch of its own (transaction.version 2).
    pub(super) const fn bumps_epochs(self) -> bool {
        matches!(self, Self::Add)
    }
}

/// Who waits for the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct VerificationId(u64);

/// Partitions of one transaction that are asked about.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) transactional_id: Arc<str>,
    pub(super) producer: ProducerId,
    pub(super) epoch: ProducerEpoch,
    pub(super) partitions: Vec<TopicPartition>,
    pub(super) operation: Operation,
    pub(super) waiter: VerificationId,
}

/// What one request asked.
#[derive(Clone, Debug)]
pub(super) struct Sent(Vec<Asked>);

/// What is to be asked of each coordinator with the next request.
#[derive(Clone, Debug, Default)]
pub(super) struct Verifications {
    queued: SortedMap<NodeId, Vec<Asked>>,
    next: u64,
}

impl Verifications {
    /// For another who waits.
    pub(super) const fn next(&mut self) -> VerificationId {
        self.next += 1;
        VerificationId(self.next)
    }
}

impl Broker {
    /// Asks the coordinator about a transaction's partitions; the waiter hears what is wrong with which.
    pub(super) fn verify(&mut self, cx: &mut Context<'_>, asked: Asked) {
        let Some(coordinator) = self.transaction_coordinator(&asked.transactional_id) else {
            return self.all_verified(cx, &asked, ErrorCode::CoordinatorNotAvailable);
        };
        let queue = self.verifications.queued.entry(coordinator).or_default();
        let same = queue.iter().position(|other| other.transactional_id == asked.transactional_id && other.operation == asked.operation);
        let earlier = match same.and_then(|at| queue.get(at)).map(|other| other.epoch) {
            // Only the newest epoch's producer is to be asked about, and each once.
            Some(epoch) if epoch > asked.epoch => return self.all_verified(cx, &asked, ErrorCode::InvalidProducerEpoch),
            Some(epoch) => same.map(|at| {
                (queue.remove(at), if epoch < asked.epoch { ErrorCode::InvalidProducerEpoch } else { ErrorCode::NetworkException })
            }),
            None => None,
        };
        queue.push(asked);
        if let Some((earlier, error)) = earlier {
            self.all_verified(cx, &earlier, error);
        }
        self.send_verifications(cx, coordinator);
    }

    fn verified(&mut self, cx: &mut Context<'_>, waiter: VerificationId, errors: SortedMap<TopicPartition, ErrorCode>) {
        if self.unwritten.waits(waiter) {
            self.batches_verified(cx, waiter, errors);
        } else {
            self.offsets_verified(cx, waiter, &errors);
        }
    }

    fn all_verified(&mut self, cx: &mut Context<'_>, asked: &Asked, error: ErrorCode) {
        let errors = asked.partitions.iter().map(|partition| (partition.clone(), error)).collect();
        self.verified(cx, asked.waiter, errors);
    }

    fn send_verifications(&mut self, cx: &mut Context<'_>, coordinator: NodeId) {
        if self.node_channels.is_busy(coordinator, Lane::Verification) {
            return;
        }
        let Some(queue) = self.verifications.queued.remove(&coordinator).filter(|queue| !queue.is_empty()) else { return };
        let mut request = AddPartitionsToTxnRequest { transactions: queue.iter().map(transaction).collect(), ..Default::default() };
        let call = NodeCall::AddPartitions(Sent(queue));
        self.ask_node(cx, (coordinator, Lane::Verification), VERSION, &mut request, call);
    }

    /// The coordinator has answered; none: it has not.
    pub(super) fn verification_answered(&mut self, cx: &mut Context<'_>, coordinator: NodeId, sent: Sent, frame: Option<Rope>) {
        let response = frame.and_then(|frame| decode_response_rope::<AddPartitionsToTxnResponse>(&frame, VERSION).ok());
        for asked in sent.0 {
            match &response {
                None => self.all_verified(cx, &asked, ErrorCode::NetworkException),
                Some((_, response)) if response.error_code != 0 => self.all_verified(cx, &asked, ErrorCode::InvalidTxnState),
                Some((_, response)) => {
                    let errors = errors(&asked, response);
                    self.verified(cx, asked.waiter, errors);
                }
            }
        }
        self.send_verifications(cx, coordinator);
    }
}

fn transaction(asked: &Asked) -> AddPartitionsToTxnTransaction {
    AddPartitionsToTxnTransaction {
        transactional_id: asked.transactional_id.to_string(),
        producer_id: asked.producer.0,
        producer_epoch: asked.epoch.0,
        verify_only: asked.operation != Operation::Add,
        topics: topics(&asked.partitions),
        ..Default::default()
    }
}

fn topics(partitions: &[TopicPartition]) -> Vec<AddPartitionsToTxnTopic> {
    let mut topics: Vec<AddPartitionsToTxnTopic> = Vec::new();
    for TopicPartition { topic, partition } in partitions {
        match topics.iter_mut().find(|known| *known.name == **topic) {
            Some(known) => known.partitions.push(partition.0),
            None => topics.push(AddPartitionsToTxnTopic { name: topic.to_string(), partitions: vec![partition.0], ..Default::default() }),
        }
    }
    topics
}

/// What is wrong with which partition, in the words that its producer knows.
fn errors(asked: &Asked, response: &AddPartitionsToTxnResponse) -> SortedMap<TopicPartition, ErrorCode> {
    let mut errors = SortedMap::new();
    let results = response.results_by_transaction.iter().filter(|result| *result.transactional_id == *asked.transactional_id);
    for topic in results.flat_map(|result| &result.topic_results) {
        for result in &topic.results_by_partition {
            let error = match ErrorCode::from_i16(result.partition_error_code).unwrap_or(ErrorCode::UnknownServerError) {
                ErrorCode::None => continue,
                ErrorCode::ProducerFenced => ErrorCode::InvalidProducerEpoch,
                ErrorCode::TransactionAbortable if asked.operation == Operation::Verify => ErrorCode::InvalidTxnState,
                error => error,
            };
            errors.insert(TopicPartition { topic: topic.name.as_str().into(), partition: PartitionIndex(result.partition_index) }, error);
        }
    }
    errors
}
