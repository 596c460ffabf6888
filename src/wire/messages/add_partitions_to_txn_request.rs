//! `AddPartitionsToTxnRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::AddPartitionsToTxnResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 5; flexible since 3.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPartitionsToTxnRequest {
    /// List of transactions to add partitions to.
    pub transactions: Vec<AddPartitionsToTxnTransaction>,
    /// The transactional id corresponding to the transaction.
    pub v3_and_below_transactional_id: String,
    /// Current producer id in use by the transactional id.
    pub v3_and_below_producer_id: i64,
    /// Current epoch associated with the producer id.
    pub v3_and_below_producer_epoch: i16,
    /// The partitions to add to the transaction.
    pub v3_and_below_topics: Vec<AddPartitionsToTxnTopic>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AddPartitionsToTxnRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Transactions", since: 4, ..FIELD }, &mut self.transactions);
        c.string(&Field { name: "V3AndBelowTransactionalId", until: 3, ..FIELD }, &mut self.v3_and_below_transactional_id);
        c.i64(&Field { name: "V3AndBelowProducerId", until: 3, ..FIELD }, &mut self.v3_and_below_producer_id);
        c.i16(&Field { name: "V3AndBelowProducerEpoch", until: 3, ..FIELD }, &mut self.v3_and_below_producer_epoch);
        c.array(&Field { name: "V3AndBelowTopics", until: 3, ..FIELD }, &mut self.v3_and_below_topics);
        c.tags(&mut self.tags);
    }
}

impl Part for AddPartitionsToTxnRequest {}

/// List of transactions to add partitions to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPartitionsToTxnTransaction {
    /// The transactional id corresponding to the transaction.
    pub transactional_id: String,
    /// Current producer id in use by the transactional id.
    pub producer_id: i64,
    /// Current epoch associated with the producer id.
    pub producer_epoch: i16,
    /// Boolean to signify if we want to check if the partition is in the transaction rather than add it.
    pub verify_only: bool,
    /// The partitions to add to the transaction.
    pub topics: Vec<AddPartitionsToTxnTopic>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AddPartitionsToTxnTransaction {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "TransactionalId", since: 4, ..FIELD }, &mut self.transactional_id);
        c.i64(&Field { name: "ProducerId", since: 4, ..FIELD }, &mut self.producer_id);
        c.i16(&Field { name: "ProducerEpoch", since: 4, ..FIELD }, &mut self.producer_epoch);
        c.bool(&Field { name: "VerifyOnly", since: 4, ..FIELD }, &mut self.verify_only);
        c.array(&Field { name: "Topics", since: 4, ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for AddPartitionsToTxnTransaction {}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPartitionsToTxnTopic {
    /// The name of the topic.
    pub name: String,
    /// The partition indexes to add to the transaction.
    pub partitions: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AddPartitionsToTxnTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for AddPartitionsToTxnTopic {}

impl Message for AddPartitionsToTxnRequest {
    const NAME: &'static str = "AddPartitionsToTxnRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=5;
    const FLEXIBLE_SINCE: i16 = 3;
    const TAIL_IGNORED: bool = true;
}

impl Request for AddPartitionsToTxnRequest {
    const KEY: ApiKey = ApiKey::AddPartitionsToTxn;
    type Response = AddPartitionsToTxnResponse;
}
