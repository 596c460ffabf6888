//! What follows from the coordinator's answers: which errors are tried again, which only abort the transaction, which end the producer
//! (the handlers of `TransactionManager`).

use super::super::{Producer, Request};
use super::requests::Step;
use super::{Failure, TransactionState};
use crate::base::{Context, EventKind, NodeId, ProducerEpoch, ProducerId, TopicPartition};
use crate::client::connections::Answer;
use crate::wire::ErrorCode;
use crate::wire::messages::{AddPartitionsToTxnResponse, EndTxnResponse, FindCoordinatorResponse, InitProducerIdResponse};

impl Producer {
    pub(in crate::client::producer) fn transaction_answered(&mut self, cx: &mut Context<'_>, step: Step, answer: &Answer<Request>) {
        let Some(transactions) = &mut self.transactions else { return };
        transactions.in_flight = None;
        if answer.outcome.is_err() {
            if step != Step::FindCoordinator {
                transactions.look_up(cx.cause);
            }
            return self.ask_transaction_again(cx, step, ErrorCode::NetworkException, false);
        }
        match step {
            Step::FindCoordinator => self.coordinator_found(cx, answer),
            Step::InitProducerId | Step::RaiseEpoch => self.identity_given(cx, step, answer),
            Step::AddPartitions => self.partitions_added(cx, answer),
            Step::EndTxn => self.transaction_end_answered(cx, answer),
        }
    }

    fn ask_transaction_again(&mut self, cx: &mut Context<'_>, step: Step, error: ErrorCode, short: bool) {
        self.cluster.note_retry(cx, error.name());
        if let Some(transactions) = &mut self.transactions {
            transactions.ask_again(step, short, cx.cause);
        }
    }

    /// Whether an error is one after which the same is asked again, perhaps of another node.
    fn is_asked_again(&mut self, cx: &mut Context<'_>, step: Step, error: ErrorCode) -> bool {
        if !error.is_retriable() {
            return false;
        }
        if matches!(error, ErrorCode::NotCoordinator | ErrorCode::CoordinatorNotAvailable)
            && step != Step::FindCoordinator
            && let Some(transactions) = &mut self.transactions
        {
            transactions.look_up(cx.cause);
        }
        self.ask_transaction_again(cx, step, error, false);
        true
    }

    /// An error that ends the producer, and the call that waits for this answer.
    fn fail_fatally(&mut self, cx: &mut Context<'_>, failure: Failure) {
        self.become_fatal(cx, failure);
    }

    /// An error after which the transaction can be aborted; the call that waits for this answer fails.
    fn fail_abortably(&mut self, cx: &mut Context<'_>, failure: Failure) {
        if let Some(transactions) = &mut self.transactions {
            transactions.finish(Err(failure.clone()));
        }
        self.become_abortable(cx, failure);
    }

    fn fail_abortably_if_possible(&mut self, cx: &mut Context<'_>, failure: Failure) {
        if let Some(transactions) = &mut self.transactions {
            transactions.finish(Err(failure.clone()));
        }
        self.become_abortable_if_possible(cx, failure.clone(), failure);
    }

    fn coordinator_found(&mut self, cx: &mut Context<'_>, answer: &Answer<Request>) {
        let found = answer.response::<FindCoordinatorResponse>().map(|response| {
            let batched = response.coordinators.into_iter().next();
            batched.map_or((response.error_code, response.node_id, response.error_message), |found| {
                (found.error_code, found.node_id, found.error_message)
            })
        });
        let (code, node, message) = found.unwrap_or_else(|error| (error.code(), -1, None));
        let error = error_of(code);
        match error {
            ErrorCode::None => self.know_coordinator(NodeId(node)),
            _ if self.is_asked_again(cx, Step::FindCoordinator, error) => {}
            ErrorCode::TransactionalIdAuthorizationFailed => self.fail_fatally(cx, Failure::of(error)),
            ErrorCode::TransactionAbortable => self.fail_abortably(cx, Failure::of(error)),
            _ => {
                let id = self.transactions.as_ref().map(super::Transactions::id).unwrap_or_default();
                let why = message.unwrap_or_else(|| error.message().to_owned());
                let message = format!("Could not find a coordinator with type TRANSACTION with key {id} due to unexpected error: {why}");
                self.fail_fatally(cx, Failure::new(error.name(), message));
            }
        }
    }

    fn identity_given(&mut self, cx: &mut Context<'_>, step: Step, answer: &Answer<Request>) {
        let response = answer.response::<InitProducerIdResponse>();
        let error = response.as_ref().map_or_else(|error| *error, |response| error_of(response.error_code));
        match (error, response) {
            (ErrorCode::None, Ok(response)) => {
                self.take_identity(cx, (ProducerId(response.producer_id), ProducerEpoch(response.producer_epoch)));
                if step == Step::RaiseEpoch {
                    self.sequences.restart();
                }
                let Some(transactions) = &mut self.transactions else { return };
                match transactions.transition(TransactionState::Ready) {
                    Ok(()) => transactions.finish(Ok(())),
                    Err(illegal) => self.become_fatal(cx, illegal),
                }
            }
            (error, _) if self.is_asked_again(cx, step, error) => {}
            (ErrorCode::TransactionalIdAuthorizationFailed | ErrorCode::ClusterAuthorizationFailed, _) => {
                self.fail_abortably(cx, Failure::of(error));
                self.be_uninitialized(cx, &Failure::of(error));
            }
            (ErrorCode::InvalidProducerEpoch | ErrorCode::ProducerFenced, _) => {
                self.fail_fatally(cx, Failure::of(ErrorCode::ProducerFenced));
            }
            (ErrorCode::TransactionAbortable, _) => self.fail_abortably(cx, Failure::of(error)),
            (error, _) => {
                let message = format!("Unexpected error in InitProducerIdResponse; {}", error.message());
                self.fail_fatally(cx, Failure::new(error.name(), message));
            }
        }
    }

    fn take_identity(&mut self, cx: &mut Context<'_>, (producer, epoch): super::Identity) {
        cx.trace(EventKind::ProducerIdAcquired { producer, epoch });
        self.sequences.acquired((producer, epoch));
    }

    /// Who may not be this producer may not write either, and can but try again (`Sender.shouldHandleAuthorizationError`).
    fn be_uninitialized(&mut self, cx: &mut Context<'_>, failure: &Failure) {
        self.give_up_all(cx, failure);
        if let Some(transactions) = &mut self.transactions
            && transactions.transition(TransactionState::Uninitialized).is_ok()
        {
            transactions.requests.clear();
        }
    }

    fn partitions_added(&mut self, cx: &mut Context<'_>, answer: &Answer<Request>) {
        let results: Vec<(TopicPartition, ErrorCode)> = match answer.response::<AddPartitionsToTxnResponse>() {
            Ok(response) => response
                .results_by_topic_v3_and_below
                .iter()
                .flat_map(|topic| topic.results_by_partition.iter().map(|result| (topic.name.as_str(), result)))
                .map(|(topic, result)| (TopicPartition::new(topic, result.partition_index), error_of(result.partition_error_code)))
                .collect(),
            Err(error) => return self.fail_fatally(cx, Failure::of(error)),
        };
        let step = Step::AddPartitions;
        let mut refused = Vec::new();
        for (partition, error) in &results {
            match *error {
                ErrorCode::None => {}
                // The markers of the transaction before are being written.
                ErrorCode::ConcurrentTransactions => {
                    let first = self.transactions.as_ref().is_some_and(|transactions| transactions.partitions.is_empty());
                    return self.ask_transaction_again(cx, step, *error, first);
                }
                error if self.is_asked_again(cx, step, error) => return,
                ErrorCode::InvalidProducerEpoch | ErrorCode::ProducerFenced => {
                    return self.fail_fatally(cx, Failure::of(ErrorCode::ProducerFenced));
                }
                error @ (ErrorCode::TransactionalIdAuthorizationFailed
                | ErrorCode::InvalidTxnState
                | ErrorCode::InvalidProducerIdMapping) => return self.fail_fatally(cx, Failure::of(error)),
                error @ ErrorCode::UnknownProducerId => {
                    return self.become_abortable_if_possible(cx, Failure::of(error), Failure::of(error));
                }
                error @ ErrorCode::TransactionAbortable => return self.become_abortable(cx, Failure::of(error)),
                error => refused.push(format!("{partition}={}", error.name())),
            }
        }
        let Some(transactions) = &mut self.transactions else { return };
        for (partition, _) in &results {
            transactions.pending.remove(partition);
        }
        if refused.is_empty() {
            transactions.partitions.extend(results.into_iter().map(|(partition, _)| partition));
            transactions.started = true;
            return;
        }
        let error = results.iter().map(|(_, error)| *error).find(|error| !error.is_none() && *error != ErrorCode::OperationNotAttempted);
        let message = format!("Could not add partitions to transaction due to errors: {{{}}}", refused.join(", "));
        self.become_abortable(cx, Failure::new(error.unwrap_or(ErrorCode::OperationNotAttempted).name(), message));
    }

    fn transaction_end_answered(&mut self, cx: &mut Context<'_>, answer: &Answer<Request>) {
        let response = answer.response::<EndTxnResponse>();
        let error = response.as_ref().map_or_else(|error| *error, |response| error_of(response.error_code));
        let aborts = self.transactions.as_ref().and_then(|transactions| transactions.ending).is_some_and(|ending| !ending.commit);
        match (error, response) {
            (ErrorCode::None, Ok(response)) => {
                if response.producer_id >= 0 {
                    self.take_identity(cx, (ProducerId(response.producer_id), ProducerEpoch(response.producer_epoch)));
                    self.sequences.restart();
                }
                self.transaction_ended(cx);
                if let Some(transactions) = &mut self.transactions
                    && !transactions.requests.contains_key(&Step::RaiseEpoch)
                {
                    transactions.finish(Ok(()));
                }
            }
            (error, _) if self.is_asked_again(cx, Step::EndTxn, error) => {}
            (ErrorCode::InvalidProducerEpoch | ErrorCode::ProducerFenced, _) => {
                self.fail_fatally(cx, Failure::of(ErrorCode::ProducerFenced));
            }
            (ErrorCode::TransactionalIdAuthorizationFailed | ErrorCode::InvalidTxnState | ErrorCode::InvalidProducerIdMapping, _) => {
                self.fail_fatally(cx, Failure::of(error))
            }
            (ErrorCode::UnknownProducerId, _) => self.fail_abortably_if_possible(cx, Failure::of(error)),
            (ErrorCode::TransactionAbortable, _) if aborts => {
                self.fail_fatally(cx, Failure::new(error.name(), "Failed to abort transaction"));
            }
            (ErrorCode::TransactionAbortable, _) => self.fail_abortably(cx, Failure::of(error)),
            (error, _) => {
                let message = format!("Unhandled error in EndTxnResponse: {}", error.message());
                self.fail_fatally(cx, Failure::new(error.name(), message));
            }
        }
    }
}

fn error_of(code: i16) -> ErrorCode {
    ErrorCode::from_i16(code).unwrap_or(ErrorCode::UnknownServerError)
}
