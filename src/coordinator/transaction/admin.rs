//! What admins ask for: DescribeTransactions, ListTransactions.

use super::{Addressee, Transaction, TransactionReply, TransactionShard, TransactionState};
use crate::base::Context;
use crate::coordinator::runtime::Outcome;
use crate::wire::ErrorCode;
use crate::wire::messages::describe_transactions_response::{TopicData, TransactionState as DescribedTransaction};
use crate::wire::messages::list_transactions_response::TransactionState as ListedTransaction;
use crate::wire::messages::{ListTransactionsRequest, ListTransactionsResponse};

impl<T: Addressee> TransactionShard<T> {
    /// TRANSACTIONAL_ID_NOT_FOUND where there is none of that name.
    pub fn describe_transaction(&self, out: &mut Outcome<Self>, transactional_id: &str, token: T) {
        let reply = match self.transactions.get(transactional_id) {
            Some(transaction) => TransactionReply::DescribeTransaction(describe(transaction)),
            None => TransactionReply::describe_error(ErrorCode::TransactionalIdNotFound, transactional_id),
        };
        out.reply_at_once(token, reply);
    }

    /// Those that pass the request's filters, and whose transactional id `is_wanted`: the pattern is the caller's to understand. States
    /// that do not exist are named in the answer.
    pub fn list_transactions(
        &self,
        cx: &Context<'_>,
        out: &mut Outcome<Self>,
        request: &ListTransactionsRequest,
        is_wanted: impl Fn(&str) -> bool,
        token: T,
    ) {
        let passes = |transaction: &&Transaction| {
            let metadata = transaction.metadata();
            let age_ms = cx.time_ms().saturating_sub(metadata.started_ms.unwrap_or(-1));
            (request.producer_id_filters.is_empty() || request.producer_id_filters.contains(&metadata.producer_id.0))
                && (request.state_filters.is_empty() || request.state_filters.iter().any(|name| name == metadata.state.name()))
                && (request.duration_filter < 0 || age_ms > request.duration_filter)
                && is_wanted(&transaction.id)
        };
        let listed = self.transactions.values().filter(passes).map(|transaction| ListedTransaction {
            transactional_id: transaction.id.to_string(),
            producer_id: transaction.metadata().producer_id.0,
            transaction_state: transaction.metadata().state.name().to_owned(),
            ..Default::default()
        });
        let response = ListTransactionsResponse {
            unknown_state_filters: request.state_filters.iter().filter(|name| !TransactionState::is_name(name)).cloned().collect(),
            transaction_states: listed.collect(),
            ..Default::default()
        };
        out.reply_at_once(token, TransactionReply::ListTransactions(response));
    }
}

fn describe(transaction: &Transaction) -> DescribedTransaction {
    let metadata = transaction.metadata();
    let by_topic = metadata.partitions_by_topic().into_iter();
    let topics = by_topic.map(|(topic, partitions)| TopicData { topic: topic.to_string(), partitions, ..Default::default() });
    DescribedTransaction {
        transactional_id: transaction.id.to_string(),
        transaction_state: metadata.state.name().to_owned(),
        transaction_timeout_ms: metadata.timeout_ms,
        transaction_start_time_ms: metadata.started_ms.unwrap_or(-1),
        producer_id: metadata.producer_id.0,
        producer_epoch: metadata.producer_epoch.0,
        topics: topics.collect(),
        ..Default::default()
    }
}
