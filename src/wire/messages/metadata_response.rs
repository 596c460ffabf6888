//! `MetadataResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 13; flexible since 9.
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataResponse {
    /// Since version 3.
    pub throttle_time_ms: i32,
    pub brokers: Vec<MetadataResponseBroker>,
    /// Since version 2.
    pub cluster_id: Option<String>,
    /// Since version 1.
    pub controller_id: i32,
    pub topics: Vec<MetadataResponseTopic>,
    /// Versions 8 to 10.
    pub cluster_authorized_operations: i32,
    /// Since version 13.
    pub error_code: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for MetadataResponse {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            brokers: Default::default(),
            cluster_id: None,
            controller_id: -1,
            topics: Default::default(),
            cluster_authorized_operations: -2147483648,
            error_code: 0,
            tags: Tags::default(),
        }
    }
}

impl Visit for MetadataResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", since: 3, ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Brokers", ..FIELD }, &mut self.brokers);
        c.nullable_string(
            &Field { name: "ClusterId", since: 2, null_since: 2, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.cluster_id,
        );
        c.i32(&Field { name: "ControllerId", since: 1, default: -1, ignorable: true, ..FIELD }, &mut self.controller_id);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.i32(
            &Field { name: "ClusterAuthorizedOperations", since: 8, until: 10, default: -2147483648, ..FIELD },
            &mut self.cluster_authorized_operations,
        );
        c.i16(&Field { name: "ErrorCode", since: 13, ignorable: true, ..FIELD }, &mut self.error_code);
        c.tags(&mut self.tags);
    }
}

impl Part for MetadataResponse {}

/// What `Brokers` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MetadataResponseBroker {
    pub node_id: i32,
    pub host: String,
    pub port: i32,
    /// Since version 1.
    pub rack: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for MetadataResponseBroker {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "NodeId", ..FIELD }, &mut self.node_id);
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.i32(&Field { name: "Port", ..FIELD }, &mut self.port);
        c.nullable_string(
            &Field { name: "Rack", since: 1, null_since: 1, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.rack,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for MetadataResponseBroker {}

/// What `Topics` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataResponseTopic {
    pub error_code: i16,
    /// Null since version 12.
    pub name: Option<String>,
    /// Since version 10.
    pub topic_id: Uuid,
    /// Since version 1.
    pub is_internal: bool,
    pub partitions: Vec<MetadataResponsePartition>,
    /// Since version 8.
    pub topic_authorized_operations: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for MetadataResponseTopic {
    fn default() -> Self {
        Self {
            error_code: 0,
            name: Some(Default::default()),
            topic_id: Default::default(),
            is_internal: false,
            partitions: Default::default(),
            topic_authorized_operations: -2147483648,
            tags: Tags::default(),
        }
    }
}

impl Visit for MetadataResponseTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(&Field { name: "Name", null_since: 12, null_until: i16::MAX, ..FIELD }, &mut self.name);
        c.uuid(&Field { name: "TopicId", since: 10, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.bool(&Field { name: "IsInternal", since: 1, ignorable: true, ..FIELD }, &mut self.is_internal);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.i32(&Field { name: "TopicAuthorizedOperations", since: 8, default: -2147483648, ..FIELD }, &mut self.topic_authorized_operations);
        c.tags(&mut self.tags);
    }
}

impl Part for MetadataResponseTopic {}

/// What `Partitions` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataResponsePartition {
    pub error_code: i16,
    pub partition_index: i32,
    pub leader_id: i32,
    /// Since version 7.
    pub leader_epoch: i32,
    pub replica_nodes: Vec<i32>,
    pub isr_nodes: Vec<i32>,
    /// Since version 5.
    pub offline_replicas: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for MetadataResponsePartition {
    fn default() -> Self {
        Self {
            error_code: 0,
            partition_index: 0,
            leader_id: 0,
            leader_epoch: -1,
            replica_nodes: Default::default(),
            isr_nodes: Default::default(),
            offline_replicas: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for MetadataResponsePartition {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.i32(&Field { name: "PartitionIndex", ..FIELD }, &mut self.partition_index);
        c.i32(&Field { name: "LeaderId", ..FIELD }, &mut self.leader_id);
        c.i32(&Field { name: "LeaderEpoch", since: 7, default: -1, ignorable: true, ..FIELD }, &mut self.leader_epoch);
        c.array(&Field { name: "ReplicaNodes", ..FIELD }, &mut self.replica_nodes);
        c.array(&Field { name: "IsrNodes", ..FIELD }, &mut self.isr_nodes);
        c.array(&Field { name: "OfflineReplicas", since: 5, ignorable: true, ..FIELD }, &mut self.offline_replicas);
        c.tags(&mut self.tags);
    }
}

impl Part for MetadataResponsePartition {}

impl Message for MetadataResponse {
    const NAME: &'static str = "MetadataResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=13;
    const FLEXIBLE_SINCE: i16 = 9;
}

impl Response for MetadataResponse {
    const KEY: ApiKey = ApiKey::Metadata;
}
