//! TxnOffsetCommit 0-5: a group's positions are stored as part of a producer's transaction, and count once that is committed (KIP-98).
//!
//! - v3: the group's member and generation are checked (KIP-447). v5: the group's partition of `__consumer_offsets` becomes part of the
//!   transaction by this request (KIP-890); before, by AddOffsetsToTxn.
//! - Partitions that do not exist are refused before the coordinator is asked; if there are no others, it is not asked at all.

use super::Broker;
use super::connections::{Answer, RequestContext};
use super::verification::{Asked, Operation, VerificationId};
use crate::base::{Context, PartitionIndex, ProducerEpoch, ProducerId, SortedMap, TopicPartition};
use crate::coordinator::group::partition::GROUP_METADATA_TOPIC;
use crate::coordinator::group::{CommitPartition, CommitTopic, GroupReply, NewOffset, OffsetCommit, commit_response};
use crate::coordinator::runtime::{Reply as _, TransactionalWriter};
use crate::log::VerificationGuard;
use crate::wire::ErrorCode;
use crate::wire::messages::txn_offset_commit_request::TxnOffsetCommitRequestTopic;
use crate::wire::messages::txn_offset_commit_response::{TxnOffsetCommitResponsePartition, TxnOffsetCommitResponseTopic};
use crate::wire::messages::{OffsetCommitResponse, TxnOffsetCommitRequest, TxnOffsetCommitResponse};
use std::sync::Arc;

/// A commit whose transaction's coordinator is asked.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    request: RequestContext,
    body: TxnOffsetCommitRequest,
    guard: VerificationGuard,
}

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: TxnOffsetCommitRequest) -> Answer {
    let refuse = |broker: &Broker, error| refuse(request, resolve_all(broker, &body.topics), error);
    if body.group_id.is_empty() {
        return refuse(broker, ErrorCode::InvalidGroupId);
    }
    let topics = resolve_all(broker, &body.topics);
    if !topics.iter().flat_map(|topic| &topic.partitions).any(|partition| partition.offset.is_ok()) {
        return answer(request, commit_response(topics));
    }
    let operation = match request.version {
        5.. => Operation::Add,
        4 => Operation::VerifyAbortable,
        _ => Operation::Verify,
    };
    let partition = TopicPartition { topic: GROUP_METADATA_TOPIC.into(), partition: broker.partition_of_group(&body.group_id) };
    let producer = (ProducerId(body.producer_id), ProducerEpoch(body.producer_epoch));
    match broker.begin_verification(cx, &partition, producer, -1, operation.bumps_epochs()) {
        Err(error) => refuse(broker, error),
        Ok(None) => commit(broker, cx, request, body, None),
        Ok(Some(guard)) => {
            let waiter = broker.verifications.next();
            let transactional_id = body.transactional_id.as_str().into();
            broker.uncommitted_offsets.insert(waiter, Waiting { request: request.clone(), body, guard });
            let (producer, epoch) = producer;
            broker.verify(cx, Asked { transactional_id, producer, epoch, partitions: vec![partition], operation, waiter });
            Answer::Later
        }
    }
}

impl Broker {
    /// The coordinator has answered whether the group's partition is part of the transaction.
    pub(super) fn offsets_verified(&mut self, cx: &mut Context<'_>, waiter: VerificationId, errors: &SortedMap<TopicPartition, ErrorCode>) {
        let Some(Waiting { request, body, guard }) = self.uncommitted_offsets.remove(&waiter) else { return };
        let answer = match errors.values().next() {
            // One that every client knows to try again.
            Some(ErrorCode::NetworkException) => refuse(&request, resolve_all(self, &body.topics), ErrorCode::CoordinatorLoadInProgress),
            Some(error) => refuse(&request, resolve_all(self, &body.topics), *error),
            None => commit(self, cx, &request, body, Some(guard)),
        };
        self.settle(cx, &request, answer);
    }
}

fn commit(
    broker: &mut Broker,
    cx: &mut Context<'_>,
    request: &RequestContext,
    body: TxnOffsetCommitRequest,
    guard: Option<VerificationGuard>,
) -> Answer {
    let topics = resolve_all(broker, &body.topics);
    let refusal = GroupReply::TxnOffsetCommit(commit_response(topics.clone()));
    let writer = TransactionalWriter { producer: ProducerId(body.producer_id), epoch: ProducerEpoch(body.producer_epoch), guard };
    broker.coordinate(cx, request, &body.group_id, refusal, |shard, cx, out, token| {
        let commit = OffsetCommit {
            group: body.group_id.as_str().into(),
            member: body.member_id,
            instance: body.group_instance_id,
            generation: body.generation_id,
            retention_ms: -1,
            no_group: ErrorCode::IllegalGeneration,
            writer: Some(writer),
            topics,
            token,
        };
        shard.commit_offsets(cx, out, commit);
    })
}

fn resolve_all(broker: &Broker, topics: &[TxnOffsetCommitRequestTopic]) -> Vec<CommitTopic> {
    topics.iter().map(|topic| resolve(broker, topic)).collect()
}

fn resolve(broker: &Broker, topic: &TxnOffsetCommitRequestTopic) -> CommitTopic {
    let image = broker.image.topic(&topic.name);
    let partitions = topic.partitions.iter().map(|partition| {
        let index = partition.partition_index;
        let known = image.is_some_and(|image| image.partition(PartitionIndex(index)).is_some());
        let offset = NewOffset {
            offset: partition.committed_offset,
            leader_epoch: partition.committed_leader_epoch,
            metadata: partition.committed_metadata.clone(),
        };
        CommitPartition { index, offset: if known { Ok(offset) } else { Err(ErrorCode::UnknownTopicOrPartition) } }
    });
    let partitions = partitions.collect();
    match image {
        Some(image) => CommitTopic { name: Arc::clone(&image.name), id: image.id, partitions },
        None => CommitTopic { name: topic.name.as_str().into(), id: Default::default(), partitions },
    }
}

/// The same error for all partitions that were not refused before.
fn refuse(request: &RequestContext, topics: Vec<CommitTopic>, error: ErrorCode) -> Answer {
    match GroupReply::TxnOffsetCommit(commit_response(topics)).failed(error) {
        GroupReply::TxnOffsetCommit(response) => answer(request, response),
        _ => Answer::Close,
    }
}

pub(super) fn answer(request: &RequestContext, response: OffsetCommitResponse) -> Answer {
    let topics = response.topics.into_iter().map(|topic| {
        let partitions = topic.partitions.into_iter().map(|partition| TxnOffsetCommitResponsePartition {
            partition_index: partition.partition_index,
            error_code: partition.error_code,
            ..Default::default()
        });
        TxnOffsetCommitResponseTopic { name: topic.name, partitions: partitions.collect(), ..Default::default() }
    });
    request.reply(&mut TxnOffsetCommitResponse { topics: topics.collect(), ..Default::default() })
}
