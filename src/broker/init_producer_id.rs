//! InitProducerId 0-5 (KIP-98, KIP-360): an idempotent producer gets an id of its own, a transactional one that of its transactional id.
//!
//! - Ids come in blocks from the controller (`RPCProducerIdManager`, KIP-730). While there is none, the answer is
//!   COORDINATOR_LOAD_IN_PROGRESS, as in Kafka, and clients ask again.
//! - Without a transactional id, an id and epoch that are given count for nothing, but one without the other is INVALID_REQUEST.
//! - With one, the transactional id's coordinator answers; see `coordinator::transaction`.

use super::Broker;
use super::channels::{Call, Purpose};
use super::connections::{Answer, RequestContext};
use super::transactions::finish;
use crate::base::{Context, ProducerId};
use crate::coordinator::transaction::{InitProducerId, TransactionReply};
use crate::wire::ErrorCode;
use crate::wire::frame::decode_response;
use crate::wire::messages::{AllocateProducerIdsRequest, AllocateProducerIdsResponse, InitProducerIdRequest, InitProducerIdResponse};
use bytes::Bytes;
use std::ops::Range;

const ALLOCATE_VERSION: i16 = 0;

/// The ids that this broker may give out.
#[derive(Clone, Debug, Default)]
pub(super) struct ProducerIds {
    block: Range<i64>,
    /// Asked for when the block is nearly used up.
    next_block: Option<Range<i64>>,
    /// So few are left that another block is asked for.
    reserve: i64,
    under_way: bool,
}

impl ProducerIds {
    /// An id, if there is one left.
    fn claim(&mut self) -> Option<i64> {
        if self.block.is_empty() {
            self.block = self.next_block.take()?;
            self.reserve = (self.block.end - self.block.start) / 10;
        }
        self.block.next()
    }

    fn wants_block(&self) -> bool {
        !self.under_way && self.next_block.is_none() && self.block.end - self.block.start <= self.reserve
    }
}

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: InitProducerIdRequest) -> Answer {
    let version = request.version;
    let refuse = |error| TransactionReply::init_producer_id_error(error, version);
    if body.transactional_id.is_some() {
        if let Err(error) = broker.validate_init(&body) {
            return finish(request, refuse(error));
        }
        let id = body.transactional_id.clone().unwrap_or_default();
        let needs_id = broker.transactions_of(&id).is_some_and(|shard| shard.init_needs_producer_id(&body));
        let fresh = if needs_id { broker.claim_producer_id(cx) } else { None };
        return broker.coordinate_transaction(cx, request, &id, refuse, |shard, cx, out, token| {
            shard.init_producer_id(cx, out, InitProducerId { request: body, version, fresh, token });
        });
    }
    if (body.producer_id == -1) != (body.producer_epoch == -1) {
        return finish(request, refuse(ErrorCode::InvalidRequest));
    }
    match broker.claim_producer_id(cx) {
        Some(id) => request.reply(&mut InitProducerIdResponse { producer_id: id.0, producer_epoch: 0, ..Default::default() }),
        None => finish(request, refuse(ErrorCode::CoordinatorLoadInProgress)),
    }
}

impl Broker {
    /// A producer id that nobody else has; none while the controller has given none.
    pub(super) fn claim_producer_id(&mut self, cx: &mut Context<'_>) -> Option<ProducerId> {
        let id = self.producer_ids.claim();
        if self.producer_ids.wants_block() {
            self.producer_ids.under_way = true;
            let mut request =
                AllocateProducerIdsRequest { broker_id: self.node().0, broker_epoch: self.lifecycle.epoch, ..Default::default() };
            self.call(cx, Purpose::Forwarding, Call::AllocateProducerIds, ALLOCATE_VERSION, &mut request);
        }
        id.map(ProducerId)
    }

    /// The controller gave a block; if it did not, the next producer has it asked again.
    pub(super) fn producer_ids_allocated(&mut self, frame: &Bytes) {
        self.producer_ids.under_way = false;
        match decode_response::<AllocateProducerIdsResponse>(frame, ALLOCATE_VERSION) {
            Ok((_, response)) if response.error_code == 0 => {
                let first = response.producer_id_start;
                self.producer_ids.next_block = Some(first..first.saturating_add(response.producer_id_len.into()));
            }
            Ok(_) | Err(_) => {}
        }
    }
}
