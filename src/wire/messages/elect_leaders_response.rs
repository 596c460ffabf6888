//! `ElectLeadersResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 2.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ElectLeadersResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// The top level response error code.
    pub error_code: i16,
    /// The election results, or an empty array if the requester did not have permission and the request asks for all partitions.
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

/// The election results, or an empty array if the requester did not have permission and the request asks for all partitions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplicaElectionResult {
    /// The topic name.
    pub topic: String,
    /// The results for each partition.
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

/// The results for each partition.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionResult {
    /// The partition id.
    pub partition_id: i32,
    /// The result error, or zero if there was no error.
    pub error_code: i16,
    /// The result message, or null if there was no error.
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
