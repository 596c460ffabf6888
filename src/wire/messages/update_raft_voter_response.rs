//! `UpdateRaftVoterResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateRaftVoterResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    /// Tag 0.
    pub current_leader: CurrentLeader,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for UpdateRaftVoterResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.begin_tags(&mut self.tags);
        c.nested(&Field { name: "CurrentLeader", tag: 0, ..FIELD }, &mut self.current_leader);
        c.end_tags(&mut self.tags);
    }
}

impl Part for UpdateRaftVoterResponse {}

/// What `CurrentLeader` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct CurrentLeader {
    pub leader_id: i32,
    pub leader_epoch: i32,
    pub host: String,
    pub port: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for CurrentLeader {
    fn default() -> Self {
        Self { leader_id: -1, leader_epoch: -1, host: Default::default(), port: 0, tags: Tags::default() }
    }
}

impl Visit for CurrentLeader {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "LeaderId", default: -1, ..FIELD }, &mut self.leader_id);
        c.i32(&Field { name: "LeaderEpoch", default: -1, ..FIELD }, &mut self.leader_epoch);
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.i32(&Field { name: "Port", ..FIELD }, &mut self.port);
        c.tags(&mut self.tags);
    }
}

impl Part for CurrentLeader {}

impl Message for UpdateRaftVoterResponse {
    const NAME: &'static str = "UpdateRaftVoterResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for UpdateRaftVoterResponse {
    const KEY: ApiKey = ApiKey::UpdateRaftVoter;
}
