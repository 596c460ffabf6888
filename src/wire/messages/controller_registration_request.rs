//! `ControllerRegistrationRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ControllerRegistrationResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ControllerRegistrationRequest {
    pub controller_id: i32,
    pub incarnation_id: Uuid,
    pub zk_migration_ready: bool,
    pub listeners: Vec<Listener>,
    pub features: Vec<Feature>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ControllerRegistrationRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ControllerId", ..FIELD }, &mut self.controller_id);
        c.uuid(&Field { name: "IncarnationId", ..FIELD }, &mut self.incarnation_id);
        c.bool(&Field { name: "ZkMigrationReady", ..FIELD }, &mut self.zk_migration_ready);
        c.array(&Field { name: "Listeners", ..FIELD }, &mut self.listeners);
        c.array(&Field { name: "Features", ..FIELD }, &mut self.features);
        c.tags(&mut self.tags);
    }
}

impl Part for ControllerRegistrationRequest {}

/// What `Listeners` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listener {
    pub name: String,
    pub host: String,
    pub port: u16,
    pub security_protocol: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Listener {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.u16(&Field { name: "Port", ..FIELD }, &mut self.port);
        c.i16(&Field { name: "SecurityProtocol", ..FIELD }, &mut self.security_protocol);
        c.tags(&mut self.tags);
    }
}

impl Part for Listener {}

/// What `Features` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feature {
    pub name: String,
    pub min_supported_version: i16,
    pub max_supported_version: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Feature {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.i16(&Field { name: "MinSupportedVersion", ..FIELD }, &mut self.min_supported_version);
        c.i16(&Field { name: "MaxSupportedVersion", ..FIELD }, &mut self.max_supported_version);
        c.tags(&mut self.tags);
    }
}

impl Part for Feature {}

impl Message for ControllerRegistrationRequest {
    const NAME: &'static str = "ControllerRegistrationRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for ControllerRegistrationRequest {
    const KEY: ApiKey = ApiKey::ControllerRegistration;
    type Response = ControllerRegistrationResponse;
}
