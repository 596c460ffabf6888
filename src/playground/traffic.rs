//! What a producer writes by itself: an application that hands records to its producer at a steady rate, with keys as a small shop has them.

use super::command::{Keys, Transactions};
use crate::base::{Context, Duration, Instant, Rng};
use crate::client::producer::{Producer, ProducerRecord, TransactionState};
use std::sync::Arc;

/// The most that a producer may be asked to write, in records a minute.
pub const PER_MINUTE_MAX: u32 = 60_000;

/// The words that records are made of.
const ITEMS: [&str; 8] = ["A-113", "B-204", "C-081", "D-052", "E-317", "F-118", "G-009", "H-240"];
const USERS: [u32; 10] = [42, 7, 12, 17, 88, 5, 3, 9, 21, 64];

/// One producer's application.
#[derive(Clone, Debug)]
pub struct Traffic {
    pub topic: Arc<str>,
    pub per_minute: u32,
    pub running: bool,
    keys: Keys,
    /// Where its producer is transactional.
    transactions: Option<Transactions>,
    rng: Rng,
    written: u64,
}

impl Traffic {
    pub(super) const fn new(topic: Arc<str>, per_minute: u32, keys: Keys, rng: Rng) -> Self {
        Self { topic, per_minute, running: true, keys, transactions: None, rng, written: 0 }
    }

    /// The same, in transactions.
    pub(super) fn in_transactions(self, transactions: Option<Transactions>) -> Self {
        Self { transactions, ..self }
    }

    /// How it parts its records into transactions; none: it writes without.
    pub const fn transactions(&self) -> Option<&Transactions> {
        self.transactions.as_ref()
    }

    /// Whether it writes at all at present.
    pub(super) const fn writes(&self) -> bool {
        self.running && self.per_minute > 0
    }

    /// When the next record is due, seen from the last; `None` while it rests. The gaps vary by half, so that the rate does not tick.
    pub(super) fn next_due(&mut self, from: Instant) -> Option<Instant> {
        if !self.writes() {
            return None;
        }
        let gap = 60_000_000 / u64::from(self.per_minute);
        Some(from + Duration::from_micros((gap / 2 + self.rng.below(gap.max(1))).max(1)))
    }

    /// The record that is due is written. Where it is to be part of a transaction, the application begins and ends those between records;
    /// it waits for each to be over, and rests for good once its producer can do nothing more.
    pub(super) fn write(&mut self, cx: &mut Context<'_>, producer: &mut Producer) {
        let Some(plan) = self.transactions.clone() else {
            producer.send(cx, self.record());
            return;
        };
        let Some(before) = producer.transaction().filter(|transaction| !transaction.waiting) else { return };
        match before.state {
            TransactionState::InTransaction => {}
            TransactionState::Ready => {
                producer.begin_transaction(cx);
            }
            // The call that it gave up waiting for has to be made again.
            TransactionState::Committing => {
                producer.commit_transaction(cx);
                return;
            }
            TransactionState::Aborting | TransactionState::AbortableError => {
                producer.abort_transaction(cx);
                return;
            }
            TransactionState::Initializing => return,
            TransactionState::Uninitialized | TransactionState::FatalError => {
                self.running = false;
                return;
            }
        }
        producer.send(cx, self.record());
        let Some(now) = producer.transaction().filter(|now| now.records >= plan.per_transaction.max(1).into()) else { return };
        let number = now.committed + now.aborted + 1;
        if plan.abort_every > 0 && number.is_multiple_of(plan.abort_every.into()) {
            producer.abort_transaction(cx);
        } else {
            producer.commit_transaction(cx);
        }
    }

    /// The next record.
    pub(super) fn record(&mut self) -> ProducerRecord {
        self.written += 1;
        let key = match &self.keys {
            Keys::None => None,
            Keys::Drawn { prefix, count } => Some(format!("{prefix}{}", 1 + self.rng.below(u64::from(*count)))),
            Keys::Users => pick(&USERS, &mut self.rng).map(|user| format!("user-{user}")),
        };
        let item = pick(&ITEMS, &mut self.rng).unwrap_or_default();
        let value = format!("{{\"order\": {}, \"item\": \"{item}\", \"qty\": {}}}", self.written, 1 + self.rng.below(4));
        ProducerRecord { topic: Arc::clone(&self.topic), key: key.map(Into::into), value: Some(value.into()), ..Default::default() }
    }
}

fn pick<T: Copy>(from: &[T], rng: &mut Rng) -> Option<T> {
    let at = rng.below(from.len() as u64);
    from.get(usize::try_from(at).unwrap_or_default()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ProcessId;
    use crate::client::producer::ProducerConfig;
    use crate::client::scripted::{BROKER, Question, Scripted, TOPIC, TOPIC_ID};
    use crate::playground::Command;
    use crate::wire::ErrorCode;
    use crate::wire::messages::find_coordinator_response::Coordinator;
    use crate::wire::messages::produce_response::{PartitionProduceResponse, TopicProduceResponse};
    use crate::wire::messages::{
        EndTxnRequest, EndTxnResponse, FindCoordinatorRequest, FindCoordinatorResponse, InitProducerIdRequest, InitProducerIdResponse,
        ProduceRequest, ProduceResponse,
    };

    fn traffic(per_transaction: u32, abort_every: u32) -> Traffic {
        let transactions = Some(Transactions { per_transaction, abort_every });
        Traffic::new(TOPIC.into(), 60, Keys::None, Rng::stream(1, "application")).in_transactions(transactions)
    }

    fn ready() -> Scripted<Producer> {
        let config = ProducerConfig { transactional_id: Some("shop".to_owned()), linger_ms: 0, ..Default::default() };
        let mut client = Scripted::new(Producer::new(ProcessId(10_000), "p", vec![BROKER], config).expect("a producer"), 2);
        client.act(|producer, cx| producer.start(cx));
        let question = client.expect::<FindCoordinatorRequest>();
        let found = Coordinator { key: "shop".to_owned(), node_id: BROKER.0, ..Default::default() };
        client.answer(&question, FindCoordinatorResponse { coordinators: vec![found], ..Default::default() });
        let question = client.expect::<InitProducerIdRequest>();
        client.answer(&question, InitProducerIdResponse { producer_id: 7, producer_epoch: 0, ..Default::default() });
        client
    }

    fn acknowledge(client: &mut Scripted<Producer>) {
        let question: Question<ProduceRequest> = client.expect();
        let index = question.request.topic_data[0].partition_data[0].index;
        let partition = PartitionProduceResponse { index, base_offset: 0, ..Default::default() };
        let topic = TopicProduceResponse { topic_id: TOPIC_ID, partition_responses: vec![partition], ..Default::default() };
        client.answer(&question, ProduceResponse { responses: vec![topic], ..Default::default() });
    }

    #[test]
    fn an_application_commits_after_so_many_records_and_aborts_every_so_many_times() {
        let (mut client, mut traffic) = (ready(), traffic(2, 2));
        for (epoch, commits) in [(0, true), (1, false), (2, true)] {
            for _ in 0..2 {
                client.act(|producer, cx| traffic.write(cx, producer));
                if commits {
                    acknowledge(&mut client);
                }
            }
            let question = loop {
                // Of those that are aborted, the records that were sent are waited for all the same.
                if !commits && client.client.pending() > 0 {
                    acknowledge(&mut client);
                    continue;
                }
                break client.expect::<EndTxnRequest>();
            };
            assert_eq!((question.request.committed, question.request.producer_epoch), (commits, epoch));
            let waiting = client.client.sent();
            client.act(|producer, cx| traffic.write(cx, producer));
            assert_eq!(client.client.sent(), waiting, "the application waits for the transaction's end");
            client.answer(&question, EndTxnResponse { producer_id: 7, producer_epoch: epoch + 1, ..Default::default() });
        }
        let known = client.client.transaction().expect("a transactional producer");
        assert_eq!((known.committed, known.aborted), (2, 1));
    }

    #[test]
    fn an_application_rests_once_its_producer_is_fenced() {
        let (mut client, mut traffic) = (ready(), traffic(1, 0));
        client.act(|producer, cx| traffic.write(cx, producer));
        acknowledge(&mut client);
        let question = client.expect::<EndTxnRequest>();
        client.answer(&question, EndTxnResponse { error_code: ErrorCode::ProducerFenced.code(), ..Default::default() });
        client.act(|producer, cx| traffic.write(cx, producer));
        assert!(!traffic.running && client.is_quiet());
    }

    #[test]
    fn a_producer_without_transactions_is_written_as_before() {
        let text = r#"{"do":"addProducer","name":null,"topic":"t","perMinute":60,"keys":{"is":"users"},"acks":"all","config":{}}"#;
        let command: Command = serde_json::from_str(text).expect("a command");
        assert_eq!(serde_json::to_string(&command).expect("text"), text);
        let text = r#"{"do":"addProducer","topic":"t","perMinute":60,"transactions":{"abortEvery":3}}"#;
        let Ok(Command::AddProducer { transactions, .. }) = serde_json::from_str(text) else { panic!("a command") };
        assert_eq!(transactions, Some(Transactions { per_transaction: 5, abort_every: 3 }));
    }
}
