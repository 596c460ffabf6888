//! ListTransactions 0-2 (KIP-664): the transactional ids that this broker coordinates.
//!
//! - v1: only transactions that have been open for longer than so many ms (KIP-994). v2: only transactional ids that a regular expression
//!   matches as a whole (KIP-1152); one that is none is INVALID_REGULAR_EXPRESSION.
//! - While a partition of `__transaction_state` is loaded, the answer is COORDINATOR_LOAD_IN_PROGRESS.

use super::Broker;
use super::connections::{Answer, RequestContext};
use super::transactions::Gathered;
use crate::base::Context;
use crate::coordinator::transaction::TransactionReply;
use crate::wire::ErrorCode;
use crate::wire::messages::{ListTransactionsRequest, ListTransactionsResponse};
use regex_lite::Regex;

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: ListTransactionsRequest) -> Answer {
    let pattern = body.transactional_id_pattern.as_deref().filter(|pattern| !pattern.is_empty());
    let pattern = match pattern.map(|pattern| Regex::new(&format!("^(?:{pattern})$"))).transpose() {
        Ok(pattern) => pattern,
        Err(_) => {
            let error_code = ErrorCode::InvalidRegularExpression.code();
            return request.reply(&mut ListTransactionsResponse { error_code, ..Default::default() });
        }
    };
    let is_wanted = |id: &str| pattern.as_ref().is_none_or(|pattern| pattern.is_match(id));
    let refusal = |_, error| TransactionReply::list_error(error);
    broker.coordinate_all_transactions(cx, request, Gathered::List, refusal, |_, shard, cx, out, token| {
        shard.list_transactions(cx, out, &body, is_wanted, token);
    })
}

pub(super) fn answer(request: &RequestContext, parts: Vec<TransactionReply>) -> Answer {
    let mut all = ListTransactionsResponse::default();
    for part in parts {
        if let TransactionReply::ListTransactions(part) = part {
            if part.error_code != 0 {
                return request.reply(&mut ListTransactionsResponse { error_code: part.error_code, ..Default::default() });
            }
            all.unknown_state_filters = part.unknown_state_filters;
            all.transaction_states.extend(part.transaction_states);
        }
    }
    request.reply(&mut all)
}
