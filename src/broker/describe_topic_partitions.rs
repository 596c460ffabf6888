//! DescribeTopicPartitions 0 (KIP-966): topics in order of name, a page at a time.
//!
//! - No topics asked for: all of them. The authorized operations are always told.
//! - `response_partition_limit` counts at least as 1 and at most as `max.request.partition.size.limit`; what is beyond it follows under the cursor.
//! - A cursor at a topic that was not asked for, or below partition 0: INVALID_REQUEST for every topic.
//! - Names that are not legal, and topics that do not exist, take no room.

use super::Broker;
use super::authorization::{NOT_ASKED, TOPIC_OPERATIONS};
use super::connections::{Answer, RequestContext};
use super::metadata::{ids, offline};
use crate::base::SortedSet;
use crate::base::{Context, topic_name};
use crate::controller::MetadataImage;
use crate::controller::image::TopicImage;
use crate::wire::ErrorCode;
use crate::wire::messages::describe_topic_partitions_response::{
    Cursor, DescribeTopicPartitionsResponsePartition, DescribeTopicPartitionsResponseTopic,
};
use crate::wire::messages::{DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse};

pub(super) fn handle(broker: &mut Broker, _cx: &mut Context<'_>, request: &RequestContext, body: DescribeTopicPartitionsRequest) -> Answer {
    let asked: SortedSet<String> = body.topics.into_iter().map(|topic| topic.name).collect();
    let cursor = body.cursor.map(|cursor| (cursor.topic_name, cursor.partition_index));
    if let Some((topic, partition)) = &cursor
        && (*partition < 0 || !asked.is_empty() && !asked.contains(topic))
    {
        let refused = asked.into_iter().map(|name| absent(ErrorCode::InvalidRequest, name, NOT_ASKED));
        return request.reply(&mut DescribeTopicPartitionsResponse { topics: refused.collect(), ..Default::default() });
    }
    let names: Vec<String> =
        if asked.is_empty() { broker.image.topics().map(|topic| topic.name.to_string()).collect() } else { asked.into_iter().collect() };
    let (first_topic, first_partition) = cursor.unwrap_or_default();
    let most = broker.settings().max_request_partition_size_limit.max(1);
    let mut page = Page { image: &broker.image, room: body.response_partition_limit.clamp(1, most), topics: Vec::new(), next: None };
    for name in names.into_iter().filter(|name| *name >= first_topic) {
        let from = if name == first_topic { first_partition } else { 0 };
        page.add(name, from);
        if page.next.is_some() {
            break;
        }
    }
    request.reply(&mut DescribeTopicPartitionsResponse { topics: page.topics, next_cursor: page.next, ..Default::default() })
}

/// One response's worth of partitions.
struct Page<'a> {
    image: &'a MetadataImage,
    room: i32,
    topics: Vec<DescribeTopicPartitionsResponseTopic>,
    next: Option<Cursor>,
}

impl Page<'_> {
    fn add(&mut self, name: String, from: i32) {
        if self.room == 0 {
            self.next = Some(Cursor { topic_name: name, partition_index: from, ..Default::default() });
            return;
        }
        if topic_name::validate(&name).is_err() {
            return self.topics.push(absent(ErrorCode::InvalidTopicException, name, TOPIC_OPERATIONS));
        }
        let Some(topic) = self.image.topic(&name) else {
            return self.topics.push(absent(ErrorCode::UnknownTopicOrPartition, name, TOPIC_OPERATIONS));
        };
        let until = from.saturating_add(self.room);
        let partitions: Vec<_> = describe(self.image, topic)
            .skip(usize::try_from(from).unwrap_or_default())
            .take(usize::try_from(self.room).unwrap_or_default())
            .collect();
        self.room -= i32::try_from(partitions.len()).unwrap_or(self.room);
        if usize::try_from(until).is_ok_and(|until| until < topic.partitions.len()) {
            self.next = Some(Cursor { topic_name: name.clone(), partition_index: until, ..Default::default() });
        }
        self.topics.push(DescribeTopicPartitionsResponseTopic {
            name: Some(name),
            topic_id: topic.id,
            is_internal: topic_name::is_internal(&topic.name),
            partitions,
            topic_authorized_operations: TOPIC_OPERATIONS,
            ..Default::default()
        });
    }
}

fn absent(error: ErrorCode, name: String, topic_authorized_operations: i32) -> DescribeTopicPartitionsResponseTopic {
    DescribeTopicPartitionsResponseTopic {
        error_code: error as i16,
        is_internal: topic_name::is_internal(&name),
        name: Some(name),
        topic_authorized_operations,
        ..Default::default()
    }
}

fn describe(image: &MetadataImage, topic: &TopicImage) -> impl Iterator<Item = DescribeTopicPartitionsResponsePartition> {
    topic.iter().map(|(index, partition)| {
        let leader = partition.leader.filter(|leader| image.is_alive(*leader));
        DescribeTopicPartitionsResponsePartition {
            partition_index: index.0,
            leader_id: leader.map_or(-1, |leader| leader.0),
            leader_epoch: partition.leader_epoch.0,
            replica_nodes: ids(&partition.replicas),
            isr_nodes: ids(&partition.isr),
            eligible_leader_replicas: Some(ids(&partition.eligible_leader_replicas)),
            last_known_elr: Some(ids(&partition.last_known_elr)),
            offline_replicas: offline(image, partition),
            ..Default::default()
        }
    })
}
