//! `BrokerHeartbeatRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::BrokerHeartbeatResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerHeartbeatRequest {
    pub broker_id: i32,
    pub broker_epoch: i64,
    pub current_metadata_offset: i64,
    pub want_fence: bool,
    pub want_shut_down: bool,
    /// Since version 1; tag 0.
    pub offline_log_dirs: Vec<Uuid>,
    /// Since version 2; tag 1.
    pub cordoned_log_dirs: Option<Vec<Uuid>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for BrokerHeartbeatRequest {
    fn default() -> Self {
        Self {
            broker_id: 0,
            broker_epoch: -1,
            current_metadata_offset: 0,
            want_fence: false,
            want_shut_down: false,
            offline_log_dirs: Default::default(),
            cordoned_log_dirs: None,
            tags: Tags::default(),
        }
    }
}

impl Visit for BrokerHeartbeatRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "BrokerId", ..FIELD }, &mut self.broker_id);
        c.i64(&Field { name: "BrokerEpoch", default: -1, ..FIELD }, &mut self.broker_epoch);
        c.i64(&Field { name: "CurrentMetadataOffset", ..FIELD }, &mut self.current_metadata_offset);
        c.bool(&Field { name: "WantFence", ..FIELD }, &mut self.want_fence);
        c.bool(&Field { name: "WantShutDown", ..FIELD }, &mut self.want_shut_down);
        c.begin_tags(&mut self.tags);
        c.array(&Field { name: "OfflineLogDirs", since: 1, tag: 0, ..FIELD }, &mut self.offline_log_dirs);
        c.nullable_array(
            &Field { name: "CordonedLogDirs", since: 2, null_since: 2, null_until: i16::MAX, tag: 1, null: true, ..FIELD },
            &mut self.cordoned_log_dirs,
        );
        c.end_tags(&mut self.tags);
    }
}

impl Part for BrokerHeartbeatRequest {}

impl Message for BrokerHeartbeatRequest {
    const NAME: &'static str = "BrokerHeartbeatRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for BrokerHeartbeatRequest {
    const KEY: ApiKey = ApiKey::BrokerHeartbeat;
    type Response = BrokerHeartbeatResponse;
}
