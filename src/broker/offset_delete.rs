//! OffsetDelete 0: what a group has committed is deleted (KIP-496), except for topics that its members read.
//!
//! - Partitions that do not exist are refused each; an error of the group leaves no topics in the response.

use super::Broker;
use super::connections::{Answer, RequestContext};
use crate::base::{Context, PartitionIndex};
use crate::coordinator::group::{DeleteTopic, GroupReply};
use crate::wire::ErrorCode;
use crate::wire::messages::offset_delete_request::OffsetDeleteRequestTopic;
use crate::wire::messages::{OffsetDeleteRequest, OffsetDeleteResponse};

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: OffsetDeleteRequest) -> Answer {
    let topics: Vec<DeleteTopic> = body.topics.into_iter().map(|topic| resolve(broker, topic)).collect();
    let group = body.group_id;
    let refusal = GroupReply::OffsetDelete(OffsetDeleteResponse::default());
    broker.coordinate_named(cx, request, &group, refusal, |shard, _, out, waiter| {
        shard.delete_offsets(out, &group.as_str().into(), topics, waiter);
    })
}

fn resolve(broker: &Broker, topic: OffsetDeleteRequestTopic) -> DeleteTopic {
    let image = broker.image.topic(&topic.name);
    let partition = |index: i32| {
        let known = image.and_then(|image| image.partition(PartitionIndex(index)));
        (index, known.map(|_| ()).ok_or(ErrorCode::UnknownTopicOrPartition))
    };
    let partitions = topic.partitions.iter().map(|asked| partition(asked.partition_index)).collect();
    DeleteTopic { name: topic.name.into(), partitions }
}
