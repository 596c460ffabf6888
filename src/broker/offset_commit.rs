//! OffsetCommit 2-10: a group's positions are stored.
//!
//! - v2 to v4 may say how long the offsets are good for; later, the broker's settings count (KIP-211).
//! - v6: the leader epoch of the last record read (KIP-320). v7: static members (KIP-345).
//! - v9: a group that is not there is GROUP_ID_NOT_FOUND, before: ILLEGAL_GENERATION (KIP-848). v10: topics by id (KIP-848).
//! - Partitions that do not exist are refused before the coordinator is asked; if there are no others, it is not asked at all.

use super::Broker;
use super::connections::{Answer, RequestContext};
use crate::base::{Context, PartitionIndex};
use crate::controller::image::TopicImage;
use crate::coordinator::group::{CommitPartition, CommitTopic, GroupReply, NewOffset, OffsetCommit, commit_response};
use crate::wire::ErrorCode;
use crate::wire::messages::OffsetCommitRequest;
use crate::wire::messages::offset_commit_request::{OffsetCommitRequestPartition, OffsetCommitRequestTopic};
use std::sync::Arc;

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: OffsetCommitRequest) -> Answer {
    let topics: Vec<CommitTopic> = body.topics.into_iter().map(|topic| resolve(broker, request, topic)).collect();
    let to_commit = topics.iter().flat_map(|topic| &topic.partitions).any(|partition| partition.offset.is_ok());
    if !to_commit {
        return request.reply(&mut commit_response(topics));
    }
    let no_group = if request.version >= 9 { ErrorCode::GroupIdNotFound } else { ErrorCode::IllegalGeneration };
    let refusal = GroupReply::OffsetCommit(commit_response(topics.clone()));
    broker.coordinate(cx, request, &body.group_id, refusal, |shard, cx, out, token| {
        let commit = OffsetCommit {
            group: body.group_id.as_str().into(),
            member: body.member_id,
            instance: body.group_instance_id,
            generation: body.generation_id_or_member_epoch,
            retention_ms: body.retention_time_ms,
            no_group,
            writer: None,
            topics,
            token,
        };
        shard.commit_offsets(cx, out, commit);
    })
}

fn resolve(broker: &Broker, request: &RequestContext, topic: OffsetCommitRequestTopic) -> CommitTopic {
    let (image, unknown) = if request.version >= 10 {
        (broker.image.topic_by_id(topic.topic_id), ErrorCode::UnknownTopicId)
    } else {
        (broker.image.topic(&topic.name), ErrorCode::UnknownTopicOrPartition)
    };
    let partitions = topic.partitions.into_iter().map(|partition| resolve_partition(image, unknown, partition)).collect();
    match image {
        Some(image) => CommitTopic { name: Arc::clone(&image.name), id: image.id, partitions },
        None => CommitTopic { name: topic.name.into(), id: topic.topic_id, partitions },
    }
}

fn resolve_partition(image: Option<&Arc<TopicImage>>, unknown: ErrorCode, partition: OffsetCommitRequestPartition) -> CommitPartition {
    let index = partition.partition_index;
    let offset = match image.map(|image| image.partition(PartitionIndex(index))) {
        None => Err(unknown),
        Some(None) => Err(ErrorCode::UnknownTopicOrPartition),
        Some(Some(_)) => Ok(NewOffset {
            offset: partition.committed_offset,
            leader_epoch: partition.committed_leader_epoch,
            metadata: partition.committed_metadata,
        }),
    };
    CommitPartition { index, offset }
}
