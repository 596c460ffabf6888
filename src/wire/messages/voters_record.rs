//! `VotersRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VotersRecord {
    /// The version of the voters record.
    pub version: i16,
    /// The set of voters in the quorum for this epoch.
    pub voters: Vec<Voter>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for VotersRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "Version", ..FIELD }, &mut self.version);
        c.array(&Field { name: "Voters", ..FIELD }, &mut self.voters);
        c.tags(&mut self.tags);
    }
}

impl Part for VotersRecord {}

/// The set of voters in the quorum for this epoch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voter {
    /// The replica id of the voter in the topic partition.
    pub voter_id: i32,
    /// The directory id of the voter in the topic partition.
    pub voter_directory_id: Uuid,
    /// The endpoint that can be used to communicate with the voter.
    pub endpoints: Vec<Endpoint>,
    /// The range of versions of the protocol that the replica supports.
    pub kraft_version_feature: KRaftVersionFeature,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Voter {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "VoterId", ..FIELD }, &mut self.voter_id);
        c.uuid(&Field { name: "VoterDirectoryId", ..FIELD }, &mut self.voter_directory_id);
        c.array(&Field { name: "Endpoints", ..FIELD }, &mut self.endpoints);
        c.nested(&Field { name: "KRaftVersionFeature", ..FIELD }, &mut self.kraft_version_feature);
        c.tags(&mut self.tags);
    }
}

impl Part for Voter {}

/// The endpoint that can be used to communicate with the voter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Endpoint {
    /// The name of the endpoint.
    pub name: String,
    /// The hostname.
    pub host: String,
    /// The port.
    pub port: u16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Endpoint {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.u16(&Field { name: "Port", ..FIELD }, &mut self.port);
        c.tags(&mut self.tags);
    }
}

impl Part for Endpoint {}

/// The range of versions of the protocol that the replica supports.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KRaftVersionFeature {
    /// The minimum supported KRaft protocol version.
    pub min_supported_version: i16,
    /// The maximum supported KRaft protocol version.
    pub max_supported_version: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for KRaftVersionFeature {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "MinSupportedVersion", ..FIELD }, &mut self.min_supported_version);
        c.i16(&Field { name: "MaxSupportedVersion", ..FIELD }, &mut self.max_supported_version);
        c.tags(&mut self.tags);
    }
}

impl Part for KRaftVersionFeature {}

impl Message for VotersRecord {
    const NAME: &'static str = "VotersRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
