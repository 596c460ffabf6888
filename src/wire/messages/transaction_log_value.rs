//! `TransactionLogValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 1.
#[derive(Clone, Debug, PartialEq)]
pub struct TransactionLogValue {
    pub producer_id: i64,
    /// Since version 1; tag 0.
    pub previous_producer_id: i64,
    /// Since version 1; tag 1.
    pub next_producer_id: i64,
    pub producer_epoch: i16,
    /// Since version 1; tag 3.
    pub next_producer_epoch: i16,
    pub transaction_timeout_ms: i32,
    pub transaction_status: i8,
    pub transaction_partitions: Option<Vec<PartitionsSchema>>,
    pub transaction_last_update_timestamp_ms: i64,
    pub transaction_start_timestamp_ms: i64,
    /// Since version 1; tag 2.
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

/// What `TransactionPartitions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionsSchema {
    pub topic: String,
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
