//! `ConsumerGroupHeartbeatRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ConsumerGroupHeartbeatResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerGroupHeartbeatRequest {
    pub group_id: String,
    pub member_id: String,
    pub member_epoch: i32,
    pub instance_id: Option<String>,
    pub rack_id: Option<String>,
    pub rebalance_timeout_ms: i32,
    pub subscribed_topic_names: Option<Vec<String>>,
    /// Since version 1.
    pub subscribed_topic_regex: Option<String>,
    pub server_assignor: Option<String>,
    pub topic_partitions: Option<Vec<TopicPartitions>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ConsumerGroupHeartbeatRequest {
    fn default() -> Self {
        Self {
            group_id: Default::default(),
            member_id: Default::default(),
            member_epoch: 0,
            instance_id: None,
            rack_id: None,
            rebalance_timeout_ms: -1,
            subscribed_topic_names: None,
            subscribed_topic_regex: None,
            server_assignor: None,
            topic_partitions: None,
            tags: Tags::default(),
        }
    }
}

impl Visit for ConsumerGroupHeartbeatRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", ..FIELD }, &mut self.group_id);
        c.string(&Field { name: "MemberId", ..FIELD }, &mut self.member_id);
        c.i32(&Field { name: "MemberEpoch", ..FIELD }, &mut self.member_epoch);
        c.nullable_string(&Field { name: "InstanceId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.instance_id);
        c.nullable_string(&Field { name: "RackId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.rack_id);
        c.i32(&Field { name: "RebalanceTimeoutMs", default: -1, ..FIELD }, &mut self.rebalance_timeout_ms);
        c.nullable_array(
            &Field { name: "SubscribedTopicNames", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.subscribed_topic_names,
        );
        c.nullable_string(
            &Field { name: "SubscribedTopicRegex", since: 1, null_since: 1, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.subscribed_topic_regex,
        );
        c.nullable_string(
            &Field { name: "ServerAssignor", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.server_assignor,
        );
        c.nullable_array(
            &Field { name: "TopicPartitions", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.topic_partitions,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for ConsumerGroupHeartbeatRequest {}

/// What `TopicPartitions` holds.
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

impl Message for ConsumerGroupHeartbeatRequest {
    const NAME: &'static str = "ConsumerGroupHeartbeatRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for ConsumerGroupHeartbeatRequest {
    const KEY: ApiKey = ApiKey::ConsumerGroupHeartbeat;
    type Response = ConsumerGroupHeartbeatResponse;
}
