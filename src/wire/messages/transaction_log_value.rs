//! `TransactionLogValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 1.
#[derive(Clone, Debug, PartialEq)]
pub struct TransactionLogValue {
    /// Producer id in use by the transactional id.
    pub producer_id: i64,
    /// Producer id used by the last committed transaction.
    pub previous_producer_id: i64,
    /// Latest producer ID sent to the producer for the given transactional id.
    pub next_producer_id: i64,
    /// Epoch associated with the producer id.
    pub producer_epoch: i16,
    /// Producer epoch associated with the NextProducerId
    pub next_producer_epoch: i16,
    /// Transaction timeout in milliseconds.
    pub transaction_timeout_ms: i32,
    /// TransactionState the transaction is in.
    pub transaction_status: i8,
    /// Partitions involved in the transaction.
    pub transaction_partitions: Option<Vec<PartitionsSchema>>,
    /// Time the transaction was last updated.
    pub transaction_last_update_timestamp_ms: i64,
    /// Time the transaction was started.
    pub transaction_start_timestamp_ms: i64,
    /// The transaction version used by the client.
    pub client_transaction_version: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for TransactionLogValue {
    fn default() -> Self {
        Self {
            producer_id: 0,
            previous_producer_id: -1,
            next_producer_id: -1,
            producer_epoch: 0,
            next_producer_epoch: -1,
            transaction_timeout_ms: 0,
            transaction_status: 0,
            transaction_partitions: Some(Default::default()),
            transaction_last_update_timestamp_ms: 0,
            transaction_start_timestamp_ms: 0,
            client_transaction_version: 0,
            tags: Tags::default(),
        }
    }
}

impl Visit for TransactionLogValue {
    fn visit(&mut self, c: &mut Codec) {
        c.i64(&Field { name: "ProducerId", ..FIELD }, &mut self.producer_id);
        c.i16(&Field { name: "ProducerEpoch", ..FIELD }, &mut self.producer_epoch);
        c.i32(&Field { name: "TransactionTimeoutMs", ..FIELD }, &mut self.transaction_timeout_ms);
        c.i8(&Field { name: "TransactionStatus", ..FIELD }, &mut self.transaction_status);
        c.nullable_array(
            &Field { name: "TransactionPartitions", null_since: 0, null_until: i16::MAX, ..FIELD },
            &mut self.transaction_partitions,
        );
        c.i64(&Field { name: "TransactionLastUpdateTimestampMs", ..FIELD }, &mut self.transaction_last_update_timestamp_ms);
        c.i64(&Field { name: "TransactionStartTimestampMs", ..FIELD }, &mut self.transaction_start_timestamp_ms);
        c.begin_tags(&mut self.tags);
        c.i64(&Field { name: "PreviousProducerId", since: 1, tag: 0, default: -1, ..FIELD }, &mut self.previous_producer_id);
        c.i64(&Field { name: "NextProducerId", since: 1, tag: 1, default: -1, ..FIELD }, &mut self.next_producer_id);
        c.i16(&Field { name: "ClientTransactionVersion", since: 1, tag: 2, ..FIELD }, &mut self.client_transaction_version);
        c.i16(&Field { name: "NextProducerEpoch", since: 1, tag: 3, default: -1, ..FIELD }, &mut self.next_producer_epoch);
        c.end_tags(&mut self.tags);
    }
}

impl Part for TransactionLogValue {}

/// Partitions involved in the transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionsSchema {
    /// Topic involved in the transaction.
    pub topic: String,
    /// Partition ids involved in the transaction.
    pub partition_ids: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionsSchema {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Topic", ..FIELD }, &mut self.topic);
        c.array(&Field { name: "PartitionIds", ..FIELD }, &mut self.partition_ids);
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionsSchema {}

impl Message for TransactionLogValue {
    const NAME: &'static str = "TransactionLogValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 1;
}
