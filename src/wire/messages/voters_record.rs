//! `VotersRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VotersRecord {
    pub version: i16,
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

/// What `Voters` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voter {
    pub voter_id: i32,
    pub voter_directory_id: Uuid,
    pub endpoints: Vec<Endpoint>,
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

/// What `Endpoints` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Endpoint {
    pub name: String,
    pub host: String,
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

/// What `KRaftVersionFeature` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KRaftVersionFeature {
    pub min_supported_version: i16,
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
