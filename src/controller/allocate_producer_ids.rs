//! AllocateProducerIds, version 0 (`ProducerIdControlManager`, KIP-730): a broker gets a block of 1,000 producer ids of its own.

use super::connections::{Answer, RequestContext};
use super::node::{Controller, Outcome};
use crate::base::{Context, NodeId};
use crate::wire::messages::{AllocateProducerIdsRequest, AllocateProducerIdsResponse, ProducerIdsRecord};
use crate::wire::{ErrorCode, MetadataRecord};

/// `ProducerIdsBlock.PRODUCER_ID_BLOCK_SIZE`.
const BLOCK: i32 = 1_000;

pub(super) fn handle(
    controller: &mut Controller,
    cx: &mut Context<'_>,
    request: &RequestContext,
    body: AllocateProducerIdsRequest,
) -> Answer {
    match allocate(controller, &body) {
        Ok(outcome) => controller.finish(cx, request, outcome),
        Err(error) => request.reply(&mut AllocateProducerIdsResponse { error_code: error.code(), ..Default::default() }),
    }
}

fn allocate(controller: &Controller, body: &AllocateProducerIdsRequest) -> Result<Outcome<AllocateProducerIdsResponse>, ErrorCode> {
    if !controller.is_active() {
        return Err(ErrorCode::NotController);
    }
    let broker = controller.image.broker(NodeId(body.broker_id)).ok_or(ErrorCode::BrokerIdNotRegistered)?;
    if broker.epoch != body.broker_epoch {
        return Err(ErrorCode::StaleBrokerEpoch);
    }
    let first = controller.image.next_producer_id().0;
    let next = first.checked_add(BLOCK.into()).ok_or(ErrorCode::UnknownServerError)?;
    let record =
        ProducerIdsRecord { broker_id: body.broker_id, broker_epoch: body.broker_epoch, next_producer_id: next, ..Default::default() };
    let response = AllocateProducerIdsResponse { producer_id_start: first, producer_id_len: BLOCK, ..Default::default() };
    Ok(Outcome { records: vec![MetadataRecord::ProducerIds(record)], response })
}
