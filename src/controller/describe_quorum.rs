//! DescribeQuorum, versions 0 to 2 (KIP-595, KIP-836, KIP-853): who leads, up to where the metadata log is committed, and how far voters
//! and observers have come. Only the leader knows; brokers send it on.

use super::connections::{Answer, RequestContext};
use super::node::Controller;
use super::quorum::Progress;
use super::{METADATA_TOPIC, connections};
use crate::base::{Context, NodeId, Order, Uuid};
use crate::wire::ErrorCode;
use crate::wire::messages::describe_quorum_response::{Listener, Node, PartitionData, ReplicaState, TopicData};
use crate::wire::messages::{DescribeQuorumRequest, DescribeQuorumResponse};

/// From this version on, the answer says where the voters are.
const NODES_SINCE: i16 = 2;

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: DescribeQuorumRequest) -> Answer {
    let asked = body.topics.clone();
    if connections::the_partition(body.topics, |topic| (topic.topic_name, topic.partitions), |p| p.partition_index).is_none() {
        return request.reply(&mut unknown(asked));
    }
    let partition = describe(controller, cx).unwrap_or_else(|error| PartitionData {
        error_code: error.code(),
        error_message: Some(error.message().to_owned()),
        ..Default::default()
    });
    let is_told = partition.error_code == 0 && request.version >= NODES_SINCE;
    let nodes = controller.quorum.voters().iter().filter(|_| is_told).map(|voter| node(controller, *voter)).collect();
    let topic = TopicData { topic_name: METADATA_TOPIC.to_owned(), partitions: vec![partition], ..Default::default() };
    request.reply(&mut DescribeQuorumResponse { topics: vec![topic], nodes, ..Default::default() })
}

/// There is one such partition; all others are not known.
fn unknown(asked: Vec<crate::wire::messages::describe_quorum_request::TopicData>) -> DescribeQuorumResponse {
    let error = ErrorCode::UnknownTopicOrPartition;
    let partition = |index: i32| PartitionData {
        partition_index: index,
        error_code: error.code(),
        error_message: Some(error.message().to_owned()),
        ..Default::default()
    };
    let topics = asked.into_iter().map(|topic| TopicData {
        topic_name: topic.topic_name,
        partitions: topic.partitions.into_iter().map(|asked| partition(asked.partition_index)).collect(),
        ..Default::default()
    });
    DescribeQuorumResponse { topics: topics.collect(), ..Default::default() }
}

fn describe(controller: &Controller, cx: &Context<'_>) -> Result<PartitionData, ErrorCode> {
    let leader = controller.quorum.leading().ok_or(ErrorCode::NotLeaderOrFollower)?;
    let own = ReplicaState {
        replica_id: controller.config.node.0,
        log_end_offset: controller.quorum.log().end_offset().0,
        last_fetch_timestamp: cx.time_ms(),
        last_caught_up_timestamp: cx.time_ms(),
        ..Default::default()
    };
    let followers = leader.followers().map(|(voter, progress)| state(voter, Uuid::ZERO, progress));
    let mut current_voters: Vec<_> = followers.chain([own]).collect();
    current_voters.order_by_key(|voter| voter.replica_id);
    Ok(PartitionData {
        leader_id: controller.config.node.0,
        leader_epoch: controller.quorum.epoch().0,
        high_watermark: controller.quorum.known_high_watermark(),
        current_voters,
        observers: leader.observers(cx.now).map(|(id, directory, progress)| state(id, directory, progress)).collect(),
        ..Default::default()
    })
}

fn state(id: NodeId, directory: Uuid, progress: &Progress) -> ReplicaState {
    ReplicaState {
        replica_id: id.0,
        replica_directory_id: directory,
        log_end_offset: progress.end.map_or(-1, |end| end.0),
        last_fetch_timestamp: progress.fetch_ms,
        last_caught_up_timestamp: progress.caught_up_ms,
        ..Default::default()
    }
}

fn node(controller: &Controller, voter: NodeId) -> Node {
    let (host, port) = controller.config.endpoint(voter);
    let listener = Listener { name: "CONTROLLER".to_owned(), host, port, ..Default::default() };
    Node { node_id: voter.0, listeners: vec![listener], ..Default::default() }
}
