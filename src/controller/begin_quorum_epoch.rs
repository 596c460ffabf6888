//! BeginQuorumEpoch, versions 0 and 1 (KIP-595): a new leader tells that it leads.

use super::connections::{Answer, RequestContext};
use super::node::Controller;
use super::{METADATA_TOPIC, connections};
use crate::base::{Context, LeaderEpoch, NodeId};
use crate::wire::ErrorCode;
use crate::wire::messages::begin_quorum_epoch_response::{PartitionData, TopicData};
use crate::wire::messages::{BeginQuorumEpochRequest, BeginQuorumEpochResponse};

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: BeginQuorumEpochRequest) -> Answer {
    let refuse = |error: ErrorCode| request.reply(&mut BeginQuorumEpochResponse { error_code: error.code(), ..Default::default() });
    if !controller.is_own_cluster(body.cluster_id.as_deref()) {
        return refuse(ErrorCode::InconsistentClusterId);
    }
    let Some(asked) = connections::the_partition(body.topics, |topic| (topic.topic_name, topic.partitions), |p| p.partition_index) else {
        return refuse(ErrorCode::InvalidRequest);
    };
    let (leader, epoch) = (NodeId(asked.leader_id), LeaderEpoch(asked.leader_epoch));
    let error = match controller.refuse_voter(leader, epoch) {
        Some(error) => error,
        None => {
            controller.quorum.hear_of(cx, epoch, Some(leader));
            controller.notice_leader(cx);
            let is_for_another = body.voter_id >= 0 && body.voter_id != controller.config.node.0;
            if is_for_another { ErrorCode::InvalidVoterKey } else { ErrorCode::None }
        }
    };
    let (leader_id, leader_epoch) = controller.leader_and_epoch();
    let partition = PartitionData { error_code: error.code(), leader_id, leader_epoch, ..Default::default() };
    let topic = TopicData { topic_name: METADATA_TOPIC.to_owned(), partitions: vec![partition], ..Default::default() };
    request.reply(&mut BeginQuorumEpochResponse { topics: vec![topic], ..Default::default() })
}
