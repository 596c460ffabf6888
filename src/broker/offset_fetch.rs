//! OffsetFetch 1-10: what groups have committed.
//!
//! - Null topics (v2 on): all that the group has. v8: several groups at once (KIP-709). v10: topics by id (KIP-848).
//! - An error is each partition's in v1, the response's in v2 to v7, then each group's.
//! - What was not committed is -1, without error, whether the partition exists or not.
//! - v7: `requireStable` (KIP-447): what an open transaction has written is UNSTABLE_OFFSET_COMMIT until that ends.

use super::Broker;
use super::connections::{Answer, RequestContext};
use super::coordinators::Gathered;
use crate::base::Context;
use crate::coordinator::group::{FetchTopic, GroupReply};
use crate::wire::ErrorCode;
use crate::wire::messages::offset_fetch_request::{OffsetFetchRequestGroup, OffsetFetchRequestTopic, OffsetFetchRequestTopics};
use crate::wire::messages::offset_fetch_response::{
    OffsetFetchResponseGroup, OffsetFetchResponsePartition, OffsetFetchResponsePartitions, OffsetFetchResponseTopic,
    OffsetFetchResponseTopics,
};
use crate::wire::messages::{OffsetFetchRequest, OffsetFetchResponse};
use std::sync::Arc;

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: OffsetFetchRequest) -> Answer {
    let stable = body.require_stable;
    let groups = if request.version < 8 { vec![only_group(body)] } else { body.groups };
    let ids: Vec<String> = groups.iter().map(|group| group.group_id.clone()).collect();
    let mut wanted: Vec<_> = groups.iter().map(|group| known_topics(broker, request, group)).collect();
    let refusal = |group: &str| {
        let response = OffsetFetchResponseGroup { group_id: group.to_owned(), ..Default::default() };
        GroupReply::OffsetFetch(response)
    };
    broker.coordinate_each(cx, request, Gathered::OffsetFetch { groups }, &ids, refusal, |index, shard, _, out, waiter| {
        if let (Some(group), Some(topics)) = (ids.get(index), wanted.get_mut(index)) {
            shard.fetch_offsets(out, group, topics.take(), stable, waiter);
        }
    })
}

/// Below v8 there is one group, in the request itself.
fn only_group(body: OffsetFetchRequest) -> OffsetFetchRequestGroup {
    let topic = |topic: OffsetFetchRequestTopic| OffsetFetchRequestTopics {
        name: topic.name,
        partition_indexes: topic.partition_indexes,
        ..Default::default()
    };
    let topics = body.topics.map(|topics| topics.into_iter().map(topic).collect());
    OffsetFetchRequestGroup { group_id: body.group_id, topics, ..Default::default() }
}

/// The topics to look up; by id, those which are there. None: all that the group has.
fn known_topics(broker: &Broker, request: &RequestContext, group: &OffsetFetchRequestGroup) -> Option<Vec<FetchTopic>> {
    let known = |topic: &OffsetFetchRequestTopics| {
        let name: Arc<str> =
            if request.version >= 10 { Arc::clone(&broker.image.topic_by_id(topic.topic_id)?.name) } else { topic.name.as_str().into() };
        Some(FetchTopic { name, id: topic.topic_id, partitions: topic.partition_indexes.clone() })
    };
    group.topics.as_ref().map(|topics| topics.iter().filter_map(known).collect())
}

pub(super) fn answer(broker: &Broker, request: &RequestContext, asked: Vec<OffsetFetchRequestGroup>, parts: Vec<GroupReply>) -> Answer {
    let mut groups = Vec::with_capacity(parts.len());
    for (part, asked) in parts.into_iter().zip(asked) {
        let GroupReply::OffsetFetch(mut group) = part else { continue };
        let is_refused = group.error_code != ErrorCode::None as i16;
        if request.version >= 10 && !is_refused {
            add_topic_ids(broker, &mut group, asked.topics.unwrap_or_default());
        } else if request.version < 2 && is_refused {
            group.topics = asked.topics.unwrap_or_default().into_iter().map(|topic| uncommitted(topic, group.error_code)).collect();
        }
        groups.push(group);
    }
    let mut response = match groups.pop() {
        Some(only) if request.version < 8 => below_v8(only),
        last => OffsetFetchResponse { groups: groups.into_iter().chain(last).collect(), ..Default::default() },
    };
    request.reply(&mut response)
}

/// With topics by id: those that are not there have an error, and committed ones that are not there any more are left out.
fn add_topic_ids(broker: &Broker, group: &mut OffsetFetchResponseGroup, asked: Vec<OffsetFetchRequestTopics>) {
    for topic in group.topics.iter_mut().filter(|topic| topic.topic_id.is_zero()) {
        topic.topic_id = broker.image.topic(&topic.name).map(|image| image.id).unwrap_or_default();
    }
    group.topics.retain(|topic| !topic.topic_id.is_zero());
    let unknown = asked.into_iter().filter(|topic| broker.image.topic_by_id(topic.topic_id).is_none());
    group.topics.extend(unknown.map(|topic| uncommitted(topic, ErrorCode::UnknownTopicId as i16)));
}

fn uncommitted(topic: OffsetFetchRequestTopics, error_code: i16) -> OffsetFetchResponseTopics {
    let partition = |index: i32| OffsetFetchResponsePartitions {
        partition_index: index,
        committed_offset: -1,
        metadata: Some(String::new()),
        error_code,
        ..Default::default()
    };
    let partitions = topic.partition_indexes.into_iter().map(partition).collect();
    OffsetFetchResponseTopics { name: topic.name, topic_id: topic.topic_id, partitions, ..Default::default() }
}

fn below_v8(group: OffsetFetchResponseGroup) -> OffsetFetchResponse {
    let partition = |partition: OffsetFetchResponsePartitions| OffsetFetchResponsePartition {
        partition_index: partition.partition_index,
        committed_offset: partition.committed_offset,
        committed_leader_epoch: partition.committed_leader_epoch,
        metadata: partition.metadata,
        error_code: partition.error_code,
        ..Default::default()
    };
    let topic = |topic: OffsetFetchResponseTopics| OffsetFetchResponseTopic {
        name: topic.name,
        partitions: topic.partitions.into_iter().map(partition).collect(),
        ..Default::default()
    };
    let topics = group.topics.into_iter().map(topic).collect();
    OffsetFetchResponse { topics, error_code: group.error_code, ..Default::default() }
}
