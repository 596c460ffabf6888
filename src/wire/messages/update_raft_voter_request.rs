//! `UpdateRaftVoterRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::UpdateRaftVoterResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateRaftVoterRequest {
    pub cluster_id: Option<String>,
    pub current_leader_epoch: i32,
    pub voter_id: i32,
    pub voter_directory_id: Uuid,
    pub listeners: Vec<Listener>,
    pub kraft_version_feature: KRaftVersionFeature,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for UpdateRaftVoterRequest {
    fn default() -> Self {
        Self {
            cluster_id: Some(Default::default()),
            current_leader_epoch: 0,
            voter_id: 0,
            voter_directory_id: Default::default(),
            listeners: Default::default(),
            kraft_version_feature: Default::default(),
            tags: Tags::default(),
        }
    }
}

impl Visit for UpdateRaftVoterRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.nullable_string(&Field { name: "ClusterId", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.cluster_id);
        c.i32(&Field { name: "CurrentLeaderEpoch", ..FIELD }, &mut self.current_leader_epoch);
        c.i32(&Field { name: "VoterId", ..FIELD }, &mut self.voter_id);
        c.uuid(&Field { name: "VoterDirectoryId", ..FIELD }, &mut self.voter_directory_id);
        c.array(&Field { name: "Listeners", ..FIELD }, &mut self.listeners);
        c.nested(&Field { name: "KRaftVersionFeature", ..FIELD }, &mut self.kraft_version_feature);
        c.tags(&mut self.tags);
    }
}

impl Part for UpdateRaftVoterRequest {}

/// What `Listeners` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listener {
    pub name: String,
    pub host: String,
    pub port: u16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Listener {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.u16(&Field { name: "Port", ..FIELD }, &mut self.port);
        c.tags(&mut self.tags);
    }
}

impl Part for Listener {}

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

impl Message for UpdateRaftVoterRequest {
    const NAME: &'static str = "UpdateRaftVoterRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for UpdateRaftVoterRequest {
    const KEY: ApiKey = ApiKey::UpdateRaftVoter;
    type Response = UpdateRaftVoterResponse;
}
