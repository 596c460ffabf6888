//! `StreamsGroupHeartbeatResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamsGroupHeartbeatResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
    pub member_id: String,
    pub member_epoch: i32,
    pub heartbeat_interval_ms: i32,
    pub acceptable_recovery_lag: i32,
    pub task_offset_interval_ms: i32,
    pub status: Option<Vec<Status>>,
    pub active_tasks: Option<Vec<TaskIds>>,
    pub standby_tasks: Option<Vec<TaskIds>>,
    pub warmup_tasks: Option<Vec<TaskIds>>,
    pub endpoint_information_epoch: i32,
    pub partitions_by_user_endpoint: Option<Vec<EndpointToPartitions>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for StreamsGroupHeartbeatResponse {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: 0,
            error_message: None,
            member_id: Default::default(),
            member_epoch: 0,
            heartbeat_interval_ms: 0,
            acceptable_recovery_lag: 0,
            task_offset_interval_ms: 0,
            status: Some(Default::default()),
            active_tasks: None,
            standby_tasks: None,
            warmup_tasks: None,
            endpoint_information_epoch: 0,
            partitions_by_user_endpoint: None,
            tags: Tags::default(),
        }
    }
}

impl Visit for StreamsGroupHeartbeatResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.error_message,
        );
        c.string(&Field { name: "MemberId", ..FIELD }, &mut self.member_id);
        c.i32(&Field { name: "MemberEpoch", ..FIELD }, &mut self.member_epoch);
        c.i32(&Field { name: "HeartbeatIntervalMs", ..FIELD }, &mut self.heartbeat_interval_ms);
        c.i32(&Field { name: "AcceptableRecoveryLag", ..FIELD }, &mut self.acceptable_recovery_lag);
        c.i32(&Field { name: "TaskOffsetIntervalMs", ..FIELD }, &mut self.task_offset_interval_ms);
        c.nullable_array(&Field { name: "Status", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.status);
        c.nullable_array(&Field { name: "ActiveTasks", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.active_tasks);
        c.nullable_array(
            &Field { name: "StandbyTasks", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.standby_tasks,
        );
        c.nullable_array(&Field { name: "WarmupTasks", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.warmup_tasks);
        c.i32(&Field { name: "EndpointInformationEpoch", ..FIELD }, &mut self.endpoint_information_epoch);
        c.nullable_array(
            &Field { name: "PartitionsByUserEndpoint", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.partitions_by_user_endpoint,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for StreamsGroupHeartbeatResponse {}

/// What `PartitionsByUserEndpoint` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EndpointToPartitions {
    pub user_endpoint: Endpoint,
    pub active_partitions: Vec<TopicPartition>,
    pub standby_partitions: Vec<TopicPartition>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for EndpointToPartitions {
    fn visit(&mut self, c: &mut Codec) {
        c.nested(&Field { name: "UserEndpoint", ..FIELD }, &mut self.user_endpoint);
        c.array(&Field { name: "ActivePartitions", ..FIELD }, &mut self.active_partitions);
        c.array(&Field { name: "StandbyPartitions", ..FIELD }, &mut self.standby_partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for EndpointToPartitions {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    pub status_code: i8,
    pub status_detail: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Status {
    fn visit(&mut self, c: &mut Codec) {
        c.i8(&Field { name: "StatusCode", ..FIELD }, &mut self.status_code);
        c.string(&Field { name: "StatusDetail", ..FIELD }, &mut self.status_detail);
        c.tags(&mut self.tags);
    }
}

impl Part for Status {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicPartition {
    pub topic: String,
    pub partitions: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicPartition {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Topic", ..FIELD }, &mut self.topic);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicPartition {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskIds {
    pub subtopology_id: String,
    pub partitions: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TaskIds {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "SubtopologyId", ..FIELD }, &mut self.subtopology_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TaskIds {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Endpoint {
    pub host: String,
    pub port: u16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Endpoint {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.u16(&Field { name: "Port", ..FIELD }, &mut self.port);
        c.tags(&mut self.tags);
    }
}

impl Part for Endpoint {}

impl Message for StreamsGroupHeartbeatResponse {
    const NAME: &'static str = "StreamsGroupHeartbeatResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for StreamsGroupHeartbeatResponse {
    const KEY: ApiKey = ApiKey::StreamsGroupHeartbeat;
}
