//! EndTxn 0-5: a producer commits or aborts its transaction. The answer comes once that is decided for good; the partitions' markers follow.
//!
//! - v2: PRODUCER_FENCED instead of INVALID_PRODUCER_EPOCH. v5: the answer has the next transaction's producer id and epoch (KIP-890).

use super::Broker;
use super::connections::{Answer, RequestContext};
use crate::base::Context;
use crate::coordinator::transaction::{EndTransaction, TransactionReply};
use crate::wire::messages::EndTxnRequest;

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: EndTxnRequest) -> Answer {
    let (id, version) = (body.transactional_id.clone(), request.version);
    let needs_id = broker.transactions_of(&id).is_some_and(|shard| shard.end_needs_producer_id(&body, version));
    let fresh = if needs_id { broker.claim_producer_id(cx) } else { None };
    let refusal = |error| TransactionReply::end_transaction_error(error, version);
    broker.coordinate_transaction(cx, request, &id, refusal, |shard, cx, out, token| {
        shard.end_transaction(cx, out, EndTransaction { request: body, version, fresh, token });
    })
}
