//! Commands that the cluster has not answered yet.

use super::outcome::OutcomeState;
use super::reset::Reset;
use crate::base::{Instant, ProcessId};
use crate::client::admin;
use crate::client::producer::{Fate, TransactionOutcome};
use crate::simulation::{Actor, Simulation};
use std::sync::Arc;

/// A command under way.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub request: u64,
    pub since: Instant,
    pub process: ProcessId,
    pub work: Work,
}

/// What is waited for.
#[derive(Clone, Debug)]
pub(super) enum Work {
    /// The fate of the producer's record of this number.
    Record { number: u64 },
    /// What became of the producer's call of this number; `done` says what is true when it is answered.
    Transaction { number: u64, done: Arc<str> },
    /// The admin client's request of this number; `done` says what is true then.
    Admin { number: u64, done: Arc<str>, field: &'static str },
    /// Many records, by their feed's number.
    Feed { number: u64 },
    /// A group's offsets, in several steps.
    Reset(Box<Reset>),
}

impl Pending {
    /// What became of it; `None` while it is under way.
    pub(super) fn look(&self, simulation: &Simulation) -> Option<OutcomeState> {
        let took_us = (simulation.now() - self.since).as_micros();
        match (&self.work, simulation.actor(self.process)) {
            (Work::Record { number }, Some(Actor::Producer(producer))) => match producer.fate(*number) {
                Some(Fate::Acknowledged(partition, offset)) => Some(OutcomeState::Done {
                    text: partition.topic.clone(),
                    partition: Some(partition.partition.0),
                    offset: Some(offset.0).filter(|offset| *offset >= 0),
                    took_us,
                }),
                Some(Fate::Failed { error, message, .. }) => {
                    Some(OutcomeState::Failed { error: Some(error.clone()), message: message.clone(), field: None })
                }
                Some(Fate::Blocked | Fate::Batched(_) | Fate::InFlight(_)) => None,
                None => Some(OutcomeState::gone()),
            },
            (Work::Transaction { number, done }, Some(Actor::Producer(producer))) => match producer.transaction_outcome(*number) {
                Some(TransactionOutcome::Pending) => None,
                Some(TransactionOutcome::Done) => Some(OutcomeState::Done { text: done.clone(), partition: None, offset: None, took_us }),
                Some(TransactionOutcome::Failed(failure)) => {
                    Some(OutcomeState::Failed { error: Some(failure.error.into()), message: failure.message.clone(), field: None })
                }
                None => Some(OutcomeState::gone()),
            },
            (Work::Admin { number, done, field }, Some(Actor::Admin(admin))) => match admin.outcome(*number) {
                Some(admin::Outcome::Pending) => None,
                Some(admin::Outcome::Done | admin::Outcome::Found(_)) => {
                    Some(OutcomeState::Done { text: done.clone(), partition: None, offset: None, took_us })
                }
                Some(admin::Outcome::Failed { error, message }) => {
                    Some(OutcomeState::Failed { error: Some(error.clone()), message: message.clone(), field: Some((*field).into()) })
                }
                None => Some(OutcomeState::gone()),
            },
            _ => Some(OutcomeState::gone()),
        }
    }
}
