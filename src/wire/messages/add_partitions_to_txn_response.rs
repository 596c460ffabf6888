//! `AddPartitionsToTxnResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 5; flexible since 3.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPartitionsToTxnResponse {
    pub throttle_time_ms: i32,
    /// Since version 4.
    pub error_code: i16,
    /// Since version 4.
    pub results_by_transaction: Vec<AddPartitionsToTxnResult>,
    /// Versions 0 to 3.
    pub results_by_topic_v3_and_below: Vec<AddPartitionsToTxnTopicResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AddPartitionsToTxnResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", since: 4, ignorable: true, ..FIELD }, &mut self.error_code);
        c.array(&Field { name: "ResultsByTransaction", since: 4, ..FIELD }, &mut self.results_by_transaction);
        c.array(&Field { name: "ResultsByTopicV3AndBelow", until: 3, ..FIELD }, &mut self.results_by_topic_v3_and_below);
        c.tags(&mut self.tags);
    }
}

impl Part for AddPartitionsToTxnResponse {}

/// What `ResultsByTransaction` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPartitionsToTxnResult {
    /// Since version 4.
    pub transactional_id: String,
    /// Since version 4.
    pub topic_results: Vec<AddPartitionsToTxnTopicResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AddPartitionsToTxnResult {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "TransactionalId", since: 4, ..FIELD }, &mut self.transactional_id);
        c.array(&Field { name: "TopicResults", since: 4, ..FIELD }, &mut self.topic_results);
        c.tags(&mut self.tags);
    }
}

impl Part for AddPartitionsToTxnResult {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPartitionsToTxnTopicResult {
    pub name: String,
    pub results_by_partition: Vec<AddPartitionsToTxnPartitionResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AddPartitionsToTxnTopicResult {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.array(&Field { name: "ResultsByPartition", ..FIELD }, &mut self.results_by_partition);
        c.tags(&mut self.tags);
    }
}

impl Part for AddPartitionsToTxnTopicResult {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPartitionsToTxnPartitionResult {
    pub partition_index: i32,
    pub partition_error_code: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for AddPartitionsToTxnPartitionResult {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i16(&Field { name: "PartitionErrorCode", ..FIELD }, &mut self.partition_error_code);
        c.tags(&mut self.tags);
    }
}

impl Part for AddPartitionsToTxnPartitionResult {}

impl Message for AddPartitionsToTxnResponse {
    const NAME: &'static str = "AddPartitionsToTxnResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=5;
    const FLEXIBLE_SINCE: i16 = 3;
}

impl Response for AddPartitionsToTxnResponse {
    const KEY: ApiKey = ApiKey::AddPartitionsToTxn;
}
