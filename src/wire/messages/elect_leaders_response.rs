//! `ElectLeadersResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ElectLeadersResponse {
    pub throttle_time_ms: i32,
    /// Since version 1.
    pub error_code: i16,
    pub replica_election_results: Vec<ReplicaElectionResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ElectLeadersResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", since: 1, ..FIELD }, &mut self.error_code);
        c.array(&Field { name: "ReplicaElectionResults", ..FIELD }, &mut self.replica_election_results);
        c.tags(&mut self.tags);
    }
}

impl Part for ElectLeadersResponse {}

/// What `ReplicaElectionResults` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplicaElectionResult {
    pub topic: String,
    pub partition_result: Vec<PartitionResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ReplicaElectionResult {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Topic", ..FIELD }, &mut self.topic);
        c.array(&Field { name: "PartitionResult", ..FIELD }, &mut self.partition_result);
        c.tags(&mut self.tags);
    }
}

impl Part for ReplicaElectionResult {}

/// What `PartitionResult` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionResult {
    pub partition_id: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for PartitionResult {
    fn default() -> Self {
        Self { partition_id: 0, error_code: 0, error_message: Some(Default::default()), tags: Tags::default() }
    }
}

impl Visit for PartitionResult {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "PartitionId", ..FIELD }, &mut self.partition_id);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(&Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.error_message);
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionResult {}

impl Message for ElectLeadersResponse {
    const NAME: &'static str = "ElectLeadersResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 2;
}

impl Response for ElectLeadersResponse {
    const KEY: ApiKey = ApiKey::ElectLeaders;
}
