//! ListPartitionReassignments, version 0 (`ReplicationControlManager.listPartitionReassignments`, KIP-455): the partitions that move, with
//! the replicas that come and go. Topics and partitions that do not exist, or do not move, are left out.

use super::connections::{Answer, RequestContext};
use super::image::TopicImage;
use super::node::Controller;
use super::reassignment::is_in_progress;
use crate::base::{NodeId, PartitionIndex};
use crate::wire::messages::list_partition_reassignments_response::{OngoingPartitionReassignment, OngoingTopicReassignment};
use crate::wire::messages::{ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse};

pub(super) fn handle(controller: &Controller, request: &RequestContext, body: ListPartitionReassignmentsRequest) -> Answer {
    if let Err(error) = controller.admit(body.timeout_ms) {
        let (error_code, error_message) = (error.code.code(), error.message);
        return request.reply(&mut ListPartitionReassignmentsResponse { error_code, error_message, ..Default::default() });
    }
    let image = &controller.image;
    let topics: Vec<_> = match body.topics {
        None => image.topics().map(|topic| moving(topic, |_| true)).collect(),
        Some(wanted) => {
            let known = wanted.iter().filter_map(|wanted| Some((image.topic(&wanted.name)?, wanted)));
            known.map(|(topic, wanted)| moving(topic, |index| wanted.partition_indexes.contains(&index.0))).collect()
        }
    };
    let topics = topics.into_iter().filter(|topic| !topic.partitions.is_empty()).collect();
    request.reply(&mut ListPartitionReassignmentsResponse { error_message: None, topics, ..Default::default() })
}

fn moving(topic: &TopicImage, wants: impl Fn(PartitionIndex) -> bool) -> OngoingTopicReassignment {
    let ids = |nodes: &[NodeId]| nodes.iter().map(|id| id.0).collect();
    let moving = topic.iter().filter(|(index, partition)| is_in_progress(partition) && wants(*index));
    let partitions = moving.map(|(index, partition)| OngoingPartitionReassignment {
        partition_index: index.0,
        replicas: ids(&partition.replicas),
        adding_replicas: ids(&partition.adding_replicas),
        removing_replicas: ids(&partition.removing_replicas),
        ..Default::default()
    });
    OngoingTopicReassignment { name: topic.name.to_string(), partitions: partitions.collect(), ..Default::default() }
}
