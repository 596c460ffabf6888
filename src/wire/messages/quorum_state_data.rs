//! `QuorumStateData`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct QuorumStateData {
    /// Versions 0 to 0.
    pub cluster_id: String,
    pub leader_id: i32,
    pub leader_epoch: i32,
    pub voted_id: i32,
    /// Since version 1.
    pub voted_directory_id: Uuid,
    /// Versions 0 to 0.
    pub applied_offset: i64,
    /// Versions 0 to 0.
    pub current_voters: Option<Vec<Voter>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for QuorumStateData {
    fn default() -> Self {
        Self {
            cluster_id: Default::default(),
            leader_id: -1,
            leader_epoch: -1,
            voted_id: -1,
            voted_directory_id: Default::default(),
            applied_offset: 0,
            current_voters: Some(Default::default()),
            tags: Tags::default(),
        }
    }
}

impl Visit for QuorumStateData {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "ClusterId", until: 0, ..FIELD }, &mut self.cluster_id);
        c.i32(&Field { name: "LeaderId", default: -1, ..FIELD }, &mut self.leader_id);
        c.i32(&Field { name: "LeaderEpoch", default: -1, ..FIELD }, &mut self.leader_epoch);
        c.i32(&Field { name: "VotedId", default: -1, ..FIELD }, &mut self.voted_id);
        c.uuid(&Field { name: "VotedDirectoryId", since: 1, ..FIELD }, &mut self.voted_directory_id);
        c.i64(&Field { name: "AppliedOffset", until: 0, ..FIELD }, &mut self.applied_offset);
        c.nullable_array(&Field { name: "CurrentVoters", until: 0, null_since: 0, null_until: 0, ..FIELD }, &mut self.current_voters);
        c.tags(&mut self.tags);
    }
}

impl Part for QuorumStateData {}

/// What `CurrentVoters` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voter {
    /// Versions 0 to 0.
    pub voter_id: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Voter {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "VoterId", until: 0, ..FIELD }, &mut self.voter_id);
        c.tags(&mut self.tags);
    }
}

impl Part for Voter {}

impl Message for QuorumStateData {
    const NAME: &'static str = "QuorumStateData";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 0;
}
