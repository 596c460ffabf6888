//! `RegisterControllerRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegisterControllerRecord {
    pub controller_id: i32,
    pub incarnation_id: Uuid,
    pub zk_migration_ready: bool,
    pub end_points: Vec<ControllerEndpoint>,
    pub features: Vec<ControllerFeature>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for RegisterControllerRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ControllerId", ..FIELD }, &mut self.controller_id);
        c.uuid(&Field { name: "IncarnationId", ..FIELD }, &mut self.incarnation_id);
        c.bool(&Field { name: "ZkMigrationReady", ..FIELD }, &mut self.zk_migration_ready);
        c.array(&Field { name: "EndPoints", ..FIELD }, &mut self.end_points);
        c.array(&Field { name: "Features", ..FIELD }, &mut self.features);
        c.tags(&mut self.tags);
    }
}

impl Part for RegisterControllerRecord {}

/// What `EndPoints` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ControllerEndpoint {
    pub name: String,
    pub host: String,
    pub port: u16,
    pub security_protocol: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ControllerEndpoint {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.u16(&Field { name: "Port", ..FIELD }, &mut self.port);
        c.i16(&Field { name: "SecurityProtocol", ..FIELD }, &mut self.security_protocol);
        c.tags(&mut self.tags);
    }
}

impl Part for ControllerEndpoint {}

/// What `Features` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ControllerFeature {
    pub name: String,
    pub min_supported_version: i16,
    pub max_supported_version: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ControllerFeature {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.i16(&Field { name: "MinSupportedVersion", ..FIELD }, &mut self.min_supported_version);
        c.i16(&Field { name: "MaxSupportedVersion", ..FIELD }, &mut self.max_supported_version);
        c.tags(&mut self.tags);
    }
}

impl Part for ControllerFeature {}

impl Message for RegisterControllerRecord {
    const NAME: &'static str = "RegisterControllerRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
