//! Records of aborted transactions, which a consumer that reads only what was committed leaves out: the broker names the transactions, each
//! by its producer and its first offset, and the log itself tells where each ends (`CompletedFetch.nextFetchedRecord`).

use crate::base::{Order as _, ProducerId, SortedSet};
use crate::wire::Batch;
use crate::wire::batch::ControlType;
use crate::wire::messages::fetch_response::AbortedTransaction;
use std::collections::VecDeque;

/// The aborted transactions of one fetched partition, and where among them the reader is.
#[derive(Clone, Debug, Default)]
pub(super) struct Aborted {
    /// By first offset, those that are still to come.
    coming: VecDeque<AbortedTransaction>,
    /// Whose aborted transaction the reader is in.
    open: SortedSet<ProducerId>,
}

impl Aborted {
    pub fn new(mut transactions: Vec<AbortedTransaction>) -> Self {
        transactions.order_by_key(|transaction| transaction.first_offset);
        Self { coming: transactions.into(), open: SortedSet::new() }
    }

    /// Whether the next batch is part of an aborted transaction. Batches are to be asked about in order, and each once.
    pub fn leaves_out(&mut self, batch: &Batch) -> bool {
        let (producer, last) = (batch.header.producer_id, batch.header.last_offset());
        if producer.0 < 0 {
            return false;
        }
        while let Some(transaction) = self.coming.pop_front_if(|transaction| transaction.first_offset <= last.0) {
            self.open.insert(ProducerId(transaction.producer_id));
        }
        if is_abort_marker(batch) {
            self.open.remove(&producer);
            return false;
        }
        batch.header.attributes.is_transactional() && self.open.contains(&producer)
    }
}

fn is_abort_marker(batch: &Batch) -> bool {
    let first = batch.header.attributes.is_control().then(|| batch.records().ok()?.next()?.ok()).flatten();
    first.and_then(|record| ControlType::from_key(&record.key?)) == Some(ControlType::Abort)
}

#[cfg(test)]
mod tests {
    use super::super::{Consumer, ConsumerConfig, IsolationLevel, OffsetReset};
    use super::*;
    use crate::base::{Duration, LeaderEpoch, Offset, ProcessId, ProducerEpoch, TopicPartition};
    use crate::client::scripted::{BROKER, Scripted, TOPIC, TOPIC_ID};
    use crate::wire::batch::{EndTransactionMarker, Producer};
    use crate::wire::messages::fetch_response::{FetchableTopicResponse, PartitionData};
    use crate::wire::messages::list_offsets_response::{ListOffsetsPartitionResponse, ListOffsetsTopicResponse};
    use crate::wire::messages::{FetchRequest, FetchResponse, ListOffsetsRequest, ListOffsetsResponse};
    use crate::wire::{BatchBuilder, Compression, Rope};

    /// A log as it grows.
    #[derive(Default)]
    struct Log {
        bytes: Rope,
        end: i64,
    }

    impl Log {
        fn append(&mut self, builder: BatchBuilder, producer: i64) {
            let producer = Producer { id: ProducerId(producer), epoch: ProducerEpoch(0), base_sequence: 0 };
            let mut batch = builder.with_producer(producer).transactional(true).build().expect("a batch");
            batch.place(Offset(self.end), LeaderEpoch(0));
            self.end += 1 + i64::from(batch.header.last_offset_delta);
            self.bytes.extend(batch.to_rope());
        }

        /// Records of a transaction.
        fn write(&mut self, producer: i64, values: &[&str]) {
            let mut builder = BatchBuilder::new(Compression::None);
            values.iter().for_each(|value| builder.append(0, None, Some(value.as_bytes()), &[]).expect("a record"));
            self.append(builder, producer);
        }

        /// A transaction's end.
        fn mark(&mut self, producer: i64, kind: ControlType) {
            let marker = EndTransactionMarker { coordinator_epoch: 0 };
            self.append(BatchBuilder::control(kind, &marker.value(), 0).expect("a marker"), producer);
        }
    }

    /// Two producers' transactions, of which the first of producer 1 was aborted; offset 6 is of one that is open still.
    fn log() -> (Log, Vec<AbortedTransaction>) {
        let mut log = Log::default();
        log.write(1, &["aborted", "aborted"]);
        log.write(2, &["committed"]);
        log.mark(1, ControlType::Abort);
        log.write(1, &["again"]);
        log.mark(1, ControlType::Commit);
        (log, vec![AbortedTransaction { producer_id: 1, first_offset: 0, ..Default::default() }])
    }

    /// Reads the log from its start; what the application was given.
    fn read(isolation_level: IsolationLevel) -> (Scripted<Consumer>, Vec<String>) {
        let config = ConsumerConfig { isolation_level, auto_offset_reset: OffsetReset::Earliest, ..Default::default() };
        let consumer = Consumer::new(ProcessId(10_000), "c", vec![BROKER], config).expect("a consumer");
        let mut client = Scripted::new(consumer, 2);
        client.act(|consumer, cx| {
            consumer.start(cx);
            consumer.assign(cx, [TopicPartition::new(TOPIC, 0)]).expect("nothing is subscribed to");
        });
        let question = client.expect::<ListOffsetsRequest>();
        assert_eq!(question.request.isolation_level, isolation_level.as_i8());
        let partition = ListOffsetsPartitionResponse { partition_index: 0, offset: 0, ..Default::default() };
        let topic = ListOffsetsTopicResponse { name: TOPIC.to_owned(), partitions: vec![partition], ..Default::default() };
        client.answer(&question, ListOffsetsResponse { topics: vec![topic], ..Default::default() });

        let question = client.expect::<FetchRequest>();
        assert_eq!(question.request.isolation_level, isolation_level.as_i8());
        let (log, aborted) = log();
        let data = PartitionData {
            partition_index: 0,
            high_watermark: 9,
            last_stable_offset: 6,
            aborted_transactions: Some(aborted),
            records: Some(log.bytes),
            ..Default::default()
        };
        let topic = FetchableTopicResponse { topic_id: TOPIC_ID, partitions: vec![data], ..Default::default() };
        client.answer(&question, FetchResponse { responses: vec![topic], ..Default::default() });
        client.pass(Duration::from_millis(1));
        let value = |record: &crate::wire::batch::Record| String::from_utf8_lossy(record.value.as_deref().unwrap_or_default()).into_owned();
        let given = client.client.application().recent().map(|(_, record)| value(record)).collect();
        (client, given)
    }

    #[test]
    fn records_of_an_aborted_transaction_are_left_out_up_to_its_marker() {
        let (client, given) = read(IsolationLevel::ReadCommitted);
        assert_eq!(given, ["committed", "again"]);
        let (_, progress) = client.client.progress().next().expect("a partition");
        assert_eq!(progress.position, Offset(6), "markers and what is left out are passed over");
        assert_eq!((progress.end(), progress.lag()), (Some(Offset(6)), Some(0)), "the end is the last stable offset");
    }

    #[test]
    fn who_does_not_mind_is_given_all_but_the_markers() {
        let (client, given) = read(IsolationLevel::ReadUncommitted);
        assert_eq!(given, ["aborted", "aborted", "committed", "again"]);
        let (_, progress) = client.client.progress().next().expect("a partition");
        assert_eq!((progress.position, progress.end(), progress.lag()), (Offset(6), Some(Offset(9)), Some(3)));
    }

    #[test]
    fn transactions_are_taken_by_their_first_offsets() {
        let transaction = |producer_id, first_offset| AbortedTransaction { producer_id, first_offset, ..Default::default() };
        let mut aborted = Aborted::new(vec![transaction(2, 3), transaction(1, 0)]);
        let mut log = Log::default();
        log.write(1, &["a", "b"]);
        log.write(2, &["c"]);
        log.write(2, &["d"]);
        let batches = Batch::parse_all(log.bytes.to_bytes()).expect("batches");
        let left_out: Vec<bool> = batches.iter().map(|batch| aborted.leaves_out(batch)).collect();
        assert_eq!(left_out, [true, false, true], "offset 2 is before producer 2's aborted transaction");
    }
}
