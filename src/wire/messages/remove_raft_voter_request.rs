//! `RemoveRaftVoterRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::RemoveRaftVoterResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoveRaftVoterRequest {
    pub cluster_id: Option<String>,
    pub voter_id: i32,
    pub voter_directory_id: Uuid,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for RemoveRaftVoterRequest {
    fn default() -> Self {
        Self { cluster_id: Some(Default::default()), voter_id: 0, voter_directory_id: Default::default(), tags: Tags::default() }
    }
}

impl Visit for RemoveRaftVoterRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(&Field { name: "ClusterId", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.cluster_id);
        c.i32(&Field { name: "VoterId", ..FIELD }, &mut self.voter_id);
        c.uuid(&Field { name: "VoterDirectoryId", ..FIELD }, &mut self.voter_directory_id);
        c.tags(&mut self.tags);
    }
}

impl Part for RemoveRaftVoterRequest {}

impl Message for RemoveRaftVoterRequest {
    const NAME: &'static str = "RemoveRaftVoterRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for RemoveRaftVoterRequest {
    const KEY: ApiKey = ApiKey::RemoveRaftVoter;
    type Response = RemoveRaftVoterResponse;
}
