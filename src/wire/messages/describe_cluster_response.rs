//! `DescribeClusterResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeClusterResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
    /// Since version 1.
    pub endpoint_type: i8,
    pub cluster_id: String,
    pub controller_id: i32,
    pub brokers: Vec<DescribeClusterBroker>,
    pub cluster_authorized_operations: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribeClusterResponse {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: 0,
            error_message: None,
            endpoint_type: 1,
            cluster_id: Default::default(),
            controller_id: -1,
            brokers: Default::default(),
            cluster_authorized_operations: -2147483648,
            tags: Tags::default(),
        }
    }
}

impl Visit for DescribeClusterResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.error_message,
        );
        c.i8(&Field { name: "EndpointType", since: 1, default: 1, ..FIELD }, &mut self.endpoint_type);
        c.string(&Field { name: "ClusterId", ..FIELD }, &mut self.cluster_id);
        c.i32(&Field { name: "ControllerId", default: -1, ..FIELD }, &mut self.controller_id);
        c.array(&Field { name: "Brokers", ..FIELD }, &mut self.brokers);
        c.i32(&Field { name: "ClusterAuthorizedOperations", default: -2147483648, ..FIELD }, &mut self.cluster_authorized_operations);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeClusterResponse {}

/// What `Brokers` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeClusterBroker {
    pub broker_id: i32,
    pub host: String,
    pub port: i32,
    pub rack: Option<String>,
    /// Since version 2.
    pub is_fenced: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DescribeClusterBroker {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "BrokerId", ..FIELD }, &mut self.broker_id);
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.i32(&Field { name: "Port", ..FIELD }, &mut self.port);
        c.nullable_string(&Field { name: "Rack", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.rack);
        c.bool(&Field { name: "IsFenced", since: 2, ..FIELD }, &mut self.is_fenced);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribeClusterBroker {}

impl Message for DescribeClusterResponse {
    const NAME: &'static str = "DescribeClusterResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for DescribeClusterResponse {
    const KEY: ApiKey = ApiKey::DescribeCluster;
}
