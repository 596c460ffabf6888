//! AddOffsetsToTxn 0-4: a group's partition of `__consumer_offsets` becomes part of a producer's open transaction. From transaction.version 2
//! on TxnOffsetCommit does that by itself.

use super::Broker;
use super::connections::{Answer, RequestContext};
use crate::base::{Context, TopicPartition};
use crate::coordinator::group::partition::GROUP_METADATA_TOPIC;
use crate::coordinator::transaction::{AddOffsets, TransactionReply};
use crate::wire::messages::AddOffsetsToTxnRequest;

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: AddOffsetsToTxnRequest) -> Answer {
    let version = request.version;
    let partition = TopicPartition { topic: GROUP_METADATA_TOPIC.into(), partition: broker.partition_of_group(&body.group_id) };
    let id = body.transactional_id.clone();
    let refusal = |error| TransactionReply::add_offsets(error, version);
    broker.coordinate_transaction(cx, request, &id, refusal, |shard, cx, out, token| {
        shard.add_offsets(cx, out, AddOffsets { request: body, version, partition, token });
    })
}
