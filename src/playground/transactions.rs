//! Transactions by hand, and what a producer that writes by itself makes of them.

use super::command::{TransactionAct, Transactions};
use super::execute::{Done, unknown};
use super::outcome::Refusal;
use super::pending::Work;
use super::session::Session;
use crate::base::{EventId, ProcessId};
use crate::client::producer::{ProducerConfig, TransactionState};
use crate::simulation::Actor;

/// How a producer of this configuration parts what it writes into transactions; none where it writes without.
pub(super) fn transactions_for(config: &ProducerConfig, asked: Option<Transactions>) -> Result<Option<Transactions>, Refusal> {
    if config.transactional_id.is_none() {
        let without = "Only a producer with a transactional.id writes in transactions.";
        return asked.map_or(Ok(None), |_| Err(Refusal::new("transactions", without)));
    }
    let transactions = asked.unwrap_or_default();
    if transactions.per_transaction == 0 {
        return Err(Refusal::new("transactions", "A transaction has at least one record."));
    }
    Ok(Some(transactions))
}

impl Session {
    /// Has a producer begin, commit or abort; the outcome follows.
    pub(super) fn transact(&mut self, name: &str, what: TransactionAct, text: &str) -> Result<Done, Refusal> {
        let process = self.clients.running(name).ok_or_else(|| unknown("producer", name))?.process;
        if !matches!(self.simulation.actor(process), Some(Actor::Producer(_))) {
            return Err(Refusal::new("producer", format!("'{name}' is not a producer.")));
        }
        let cause = self.note_command(text);
        let number = self.simulation.act_because(process, Some(cause), |actor, cx| match actor {
            Actor::Producer(producer) => match what {
                TransactionAct::Begin => producer.begin_transaction(cx),
                TransactionAct::Commit => producer.commit_transaction(cx),
                TransactionAct::Abort => producer.abort_transaction(cx),
            },
            Actor::Broker(_) | Actor::Controller(_) | Actor::Consumer(_) | Actor::Admin(_) => 0,
        });
        let done = match what {
            TransactionAct::Begin => format!("{name} is in a transaction."),
            TransactionAct::Commit => format!("{name} has committed."),
            TransactionAct::Abort => format!("{name} has aborted."),
        };
        Ok(Done::Asked(process, Work::Transaction { number: number.unwrap_or_default(), done: done.into() }))
    }

    /// An application that is about to rest commits what it has written.
    pub(super) fn finish_transaction(&mut self, process: ProcessId, cause: EventId) {
        self.simulation.act_because(process, Some(cause), |actor, cx| {
            if let Actor::Producer(producer) = actor
                && producer.transaction().is_some_and(|now| now.state == TransactionState::InTransaction && !now.waiting)
            {
                producer.commit_transaction(cx);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Duration, SortedMap};
    use crate::playground::{Command, OutcomeState};
    use crate::simulation::Config;

    /// What a command came to: the error, the field that is wrong, what it says.
    fn refusal(session: &mut Session, command: &str) -> (Option<String>, Option<String>, String) {
        session.apply(1, serde_json::from_str(command).expect("a command"));
        session.advance(session.now() + Duration::from_millis(100));
        match session.outcomes().find(|outcome| outcome.request == 1).map(|outcome| outcome.state.clone()) {
            Some(OutcomeState::Failed { error, message, field }) => {
                (error.map(|error| error.to_string()), field.map(|field| field.to_string()), message.to_string())
            }
            other => panic!("{other:?} is no refusal"),
        }
    }

    #[test]
    fn only_a_producer_with_a_transactional_id_has_transactions() {
        let mut session = Session::new(Config::default()).expect("a cluster");
        let why = refusal(&mut session, r#"{"do":"addProducer","topic":"t","perMinute":60,"transactions":{}}"#);
        assert_eq!(why.1.as_deref(), Some("transactions"), "{}", why.2);
        let none =
            r#"{"do":"addProducer","topic":"t","perMinute":0,"config":{"transactional.id":"x"},"transactions":{"perTransaction":0}}"#;
        assert_eq!(refusal(&mut session, none).2, "A transaction has at least one record.");
        let why = refusal(&mut session, r#"{"do":"transaction","producer":"p1","what":"begin"}"#);
        assert_eq!(why.2, "There is no producer called 'p1'.");
        let producer = Command::AddProducer {
            name: Some("p1".to_owned()),
            topic: "t".to_owned(),
            per_minute: 0,
            keys: Default::default(),
            acks: "all".to_owned(),
            config: SortedMap::new(),
            transactions: None,
        };
        session.apply(2, producer);
        let why = refusal(&mut session, r#"{"do":"transaction","producer":"p1","what":"begin"}"#);
        assert_eq!(why.0.as_deref(), Some("ILLEGAL_STATE"), "{}", why.2);
    }
}
