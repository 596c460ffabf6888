//! `ShareGroupHeartbeatRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ShareGroupHeartbeatResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 1; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareGroupHeartbeatRequest {
    pub group_id: String,
    pub member_id: String,
    pub member_epoch: i32,
    pub rack_id: Option<String>,
    pub subscribed_topic_names: Option<Vec<String>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ShareGroupHeartbeatRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", ..FIELD }, &mut self.group_id);
        c.string(&Field { name: "MemberId", ..FIELD }, &mut self.member_id);
        c.i32(&Field { name: "MemberEpoch", ..FIELD }, &mut self.member_epoch);
        c.nullable_string(&Field { name: "RackId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.rack_id);
        c.nullable_array(
            &Field { name: "SubscribedTopicNames", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.subscribed_topic_names,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for ShareGroupHeartbeatRequest {}

impl Message for ShareGroupHeartbeatRequest {
    const NAME: &'static str = "ShareGroupHeartbeatRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=1;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for ShareGroupHeartbeatRequest {
    const KEY: ApiKey = ApiKey::ShareGroupHeartbeat;
    type Response = ShareGroupHeartbeatResponse;
}
