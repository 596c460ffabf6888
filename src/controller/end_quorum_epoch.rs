//! EndQuorumEpoch, versions 0 and 1 (KIP-595): a leader has resigned, and names whom it would like to follow it. Those stand for election
//! sooner than they would by their own patience, the first of them at once.

use super::connections::{Answer, RequestContext};
use super::node::Controller;
use super::quorum::State;
use super::{METADATA_TOPIC, connections};
use crate::base::{Context, LeaderEpoch, NodeId};
use crate::wire::ErrorCode;
use crate::wire::messages::end_quorum_epoch_response::{PartitionData, TopicData};
use crate::wire::messages::{EndQuorumEpochRequest, EndQuorumEpochResponse};

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: EndQuorumEpochRequest) -> Answer {
    let refuse = |error: ErrorCode| request.reply(&mut EndQuorumEpochResponse { error_code: error.code(), ..Default::default() });
    if !controller.is_own_cluster(body.cluster_id.as_deref()) {
        return refuse(ErrorCode::InconsistentClusterId);
    }
    let Some(asked) = connections::the_partition(body.topics, |topic| (topic.topic_name, topic.partitions), |p| p.partition_index) else {
        return refuse(ErrorCode::InvalidRequest);
    };
    let (leader, epoch) = (NodeId(asked.leader_id), LeaderEpoch(asked.leader_epoch));
    let refusal = controller.refuse_voter(leader, epoch);
    if refusal.is_none() {
        controller.quorum.hear_of(cx, epoch, Some(leader));
        controller.notice_leader(cx);
        if matches!(controller.quorum.state(), State::Follower { leader: followed, .. } if *followed == leader) {
            let candidates = asked.preferred_candidates.iter().map(|candidate| candidate.candidate_id);
            let preferred: Vec<_> = candidates.chain(asked.preferred_successors.iter().copied()).map(NodeId).collect();
            controller.quorum.leader_resigned(cx.now, &preferred);
        }
    }
    let (leader_id, leader_epoch) = controller.leader_and_epoch();
    let error = refusal.unwrap_or(ErrorCode::None);
    let partition = PartitionData { error_code: error.code(), leader_id, leader_epoch, ..Default::default() };
    let topic = TopicData { topic_name: METADATA_TOPIC.to_owned(), partitions: vec![partition], ..Default::default() };
    request.reply(&mut EndQuorumEpochResponse { topics: vec![topic], ..Default::default() })
}
