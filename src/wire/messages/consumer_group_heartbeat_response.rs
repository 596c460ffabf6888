//! `ConsumerGroupHeartbeatResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumerGroupHeartbeatResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
    pub member_id: Option<String>,
    pub member_epoch: i32,
    pub heartbeat_interval_ms: i32,
    pub assignment: Option<Assignment>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ConsumerGroupHeartbeatResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.error_message,
        );
        c.nullable_string(&Field { name: "MemberId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.member_id);
        c.i32(&Field { name: "MemberEpoch", ..FIELD }, &mut self.member_epoch);
        c.i32(&Field { name: "HeartbeatIntervalMs", ..FIELD }, &mut self.heartbeat_interval_ms);
        c.nullable_nested(&Field { name: "Assignment", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.assignment);
        c.tags(&mut self.tags);
    }
}

impl Part for ConsumerGroupHeartbeatResponse {}

/// What `Assignment` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assignment {
    pub topic_partitions: Vec<TopicPartitions>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Assignment {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "TopicPartitions", ..FIELD }, &mut self.topic_partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for Assignment {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicPartitions {
    pub topic_id: Uuid,
    pub partitions: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicPartitions {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicPartitions {}

impl Message for ConsumerGroupHeartbeatResponse {
    const NAME: &'static str = "ConsumerGroupHeartbeatResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for ConsumerGroupHeartbeatResponse {
    const KEY: ApiKey = ApiKey::ConsumerGroupHeartbeat;
}
