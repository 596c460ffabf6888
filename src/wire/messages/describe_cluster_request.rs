//! `DescribeClusterRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::DescribeClusterResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeClusterRequest {
    pub include_cluster_authorized_operations: bool,
    /// Since version 1.
    pub endpoint_type: i8,
    /// Since version 2.
    pub include_fenced_brokers: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeClusterRequest {
    fn default() -> Self {
        Self { include_cluster_authorized_operations: false, endpoint_type: 1, include_fenced_brokers: false, tags: Tags::default() }
    }
}

impl Visit for DescribeClusterRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.bool(&Field { name: "IncludeClusterAuthorizedOperations", ..FIELD }, &mut self.include_cluster_authorized_operations);
        c.i8(&Field { name: "EndpointType", since: 1, default: 1, ..FIELD }, &mut self.endpoint_type);
        c.bool(&Field { name: "IncludeFencedBrokers", since: 2, ..FIELD }, &mut self.include_fenced_brokers);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeClusterRequest {}

impl Message for DescribeClusterRequest {
    const NAME: &'static str = "DescribeClusterRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for DescribeClusterRequest {
    const KEY: ApiKey = ApiKey::DescribeCluster;
    type Response = DescribeClusterResponse;
}
