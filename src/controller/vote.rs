//! Vote, versions 0 to 2 (KIP-595; the pre-vote of KIP-996): another voter asks to be elected, or, with `preVote`, whether it would be.
//!
//! An epoch later than this voter's becomes its own, whoever is voted for. A vote is on the disk before it is answered.

use super::connections::{Answer, RequestContext};
use super::node::Controller;
use super::quorum::Position;
use super::{METADATA_TOPIC, connections};
use crate::base::{Context, LeaderEpoch, NodeId, Offset};
use crate::wire::ErrorCode;
use crate::wire::messages::vote_response::{PartitionData, TopicData};
use crate::wire::messages::{VoteRequest, VoteResponse};

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: VoteRequest) -> Answer {
    let refuse = |error: ErrorCode| request.reply(&mut VoteResponse { error_code: error.code(), ..Default::default() });
    if !controller.is_own_cluster(body.cluster_id.as_deref()) {
        return refuse(ErrorCode::InconsistentClusterId);
    }
    let voter_id = body.voter_id;
    let Some(asked) = connections::the_partition(body.topics, |topic| (topic.topic_name, topic.partitions), |p| p.partition_index) else {
        return refuse(ErrorCode::InvalidRequest);
    };
    let (candidate, epoch) = (NodeId(asked.replica_id), LeaderEpoch(asked.replica_epoch));
    if let Some(error) = controller.refuse_voter(candidate, epoch) {
        return answer(controller, request, error, false);
    }
    if epoch > controller.quorum.epoch() {
        controller.quorum.hear_of(cx, epoch, None);
        controller.notice_leader(cx);
    }
    if voter_id >= 0 && voter_id != controller.config.node.0 {
        return answer(controller, request, ErrorCode::InvalidVoterKey, false);
    }
    let end = Position { offset: Offset(asked.last_offset), epoch: LeaderEpoch(asked.last_offset_epoch) };
    let granted = controller.quorum.would_vote_for(candidate, end, asked.pre_vote);
    if granted && !asked.pre_vote {
        controller.quorum.vote_for(candidate);
    }
    answer(controller, request, ErrorCode::None, granted)
}

fn answer(controller: &Controller, request: &RequestContext, error: ErrorCode, vote_granted: bool) -> Answer {
    let (leader_id, leader_epoch) = controller.leader_and_epoch();
    let partition = PartitionData { error_code: error.code(), leader_id, leader_epoch, vote_granted, ..Default::default() };
    let topic = TopicData { topic_name: METADATA_TOPIC.to_owned(), partitions: vec![partition], ..Default::default() };
    request.reply(&mut VoteResponse { topics: vec![topic], ..Default::default() })
}
