//! OffsetForLeaderEpoch 2-4: where a leader epoch's records end, so that followers and consumers see whether theirs were lost (KIP-101,
//! KIP-279, KIP-320). Answered by the leader only.

use super::Broker;
use super::connections::{Answer, RequestContext};
use super::partition::Partition;
use crate::base::{Context, LeaderEpoch, PartitionIndex, TopicPartition};
use crate::log::EpochEnd;
use crate::wire::ErrorCode;
use crate::wire::messages::offset_for_leader_epoch_request::OffsetForLeaderPartition;
use crate::wire::messages::offset_for_leader_epoch_response::{EpochEndOffset, OffsetForLeaderTopicResult};
use crate::wire::messages::{OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse};

pub(super) fn handle(broker: &mut Broker, _cx: &mut Context<'_>, request: &RequestContext, body: OffsetForLeaderEpochRequest) -> Answer {
    let mut response = OffsetForLeaderEpochResponse::default();
    for topic in body.topics {
        let partitions = topic.partitions.iter().map(|asked| look_up(broker, &topic.topic, asked)).collect();
        response.topics.push(OffsetForLeaderTopicResult { topic: topic.topic, partitions, ..Default::default() });
    }
    request.reply(&mut response)
}

fn look_up(broker: &Broker, topic: &str, asked: &OffsetForLeaderPartition) -> EpochEndOffset {
    let name = TopicPartition { topic: topic.into(), partition: PartitionIndex(asked.partition) };
    let found = broker.replica(&name).and_then(|partition: &Partition| {
        partition.check_access(asked.current_leader_epoch, true)?;
        Ok(partition.end_of_epoch(LeaderEpoch(asked.leader_epoch)))
    });
    let (error, end) = match found {
        Ok(end) => (ErrorCode::None, end),
        Err(error) => (error, EpochEnd::UNKNOWN),
    };
    EpochEndOffset {
        error_code: error.code(),
        partition: asked.partition,
        leader_epoch: end.epoch.0,
        end_offset: end.offset.0,
        ..Default::default()
    }
}
