//! `AddPartitionsToTxnRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::AddPartitionsToTxnResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 5; flexible since 3.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPartitionsToTxnRequest {
    /// Since version 4.
    pub transactions: Vec<AddPartitionsToTxnTransaction>,
    /// Versions 0 to 3.
    pub v3_and_below_transactional_id: String,
    /// Versions 0 to 3.
    pub v3_and_below_producer_id: i64,
    /// Versions 0 to 3.
    pub v3_and_below_producer_epoch: i16,
    /// Versions 0 to 3.
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

/// What `Transactions` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPartitionsToTxnTransaction {
    /// Since version 4.
    pub transactional_id: String,
    /// Since version 4.
    pub producer_id: i64,
    /// Since version 4.
    pub producer_epoch: i16,
    /// Since version 4.
    pub verify_only: bool,
    /// Since version 4.
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

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPartitionsToTxnTopic {
    pub name: String,
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
