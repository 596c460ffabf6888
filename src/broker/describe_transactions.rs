//! DescribeTransactions 0 (KIP-664): what transactional ids are in, as their coordinator has it.

use super::Broker;
use super::connections::{Answer, RequestContext};
use super::transactions::Gathered;
use crate::base::Context;
use crate::coordinator::transaction::TransactionReply;
use crate::wire::messages::{DescribeTransactionsRequest, DescribeTransactionsResponse};

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: DescribeTransactionsRequest) -> Answer {
    let ids = body.transactional_ids;
    let refusal = |index: usize, error| TransactionReply::describe_error(error, ids.get(index).map_or("", String::as_str));
    broker.coordinate_transactions(cx, request, Gathered::Describe, &ids, refusal, |index, shard, _, out, token| {
        if let Some(id) = ids.get(index) {
            shard.describe_transaction(out, id, token);
        }
    })
}

pub(super) fn answer(request: &RequestContext, parts: Vec<TransactionReply>) -> Answer {
    let described = parts.into_iter().filter_map(|part| match part {
        TransactionReply::DescribeTransaction(described) => Some(described),
        _ => None,
    });
    request.reply(&mut DescribeTransactionsResponse { transaction_states: described.collect(), ..Default::default() })
}
