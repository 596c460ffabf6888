//! `LeaderChangeMessage`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeaderChangeMessage {
    pub version: i16,
    pub leader_id: i32,
    pub voters: Vec<Voter>,
    pub granting_voters: Vec<Voter>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for LeaderChangeMessage {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "Version", ..FIELD }, &mut self.version);
        c.i32(&Field { name: "LeaderId", ..FIELD }, &mut self.leader_id);
        c.array(&Field { name: "Voters", ..FIELD }, &mut self.voters);
        c.array(&Field { name: "GrantingVoters", ..FIELD }, &mut self.granting_voters);
        c.tags(&mut self.tags);
    }
}

impl Part for LeaderChangeMessage {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voter {
    pub voter_id: i32,
    /// Since version 1.
    pub voter_directory_id: Uuid,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Voter {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "VoterId", ..FIELD }, &mut self.voter_id);
        c.uuid(&Field { name: "VoterDirectoryId", since: 1, ..FIELD }, &mut self.voter_directory_id);
        c.tags(&mut self.tags);
    }
}

impl Part for Voter {}

impl Message for LeaderChangeMessage {
    const NAME: &'static str = "LeaderChangeMessage";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 0;
}
