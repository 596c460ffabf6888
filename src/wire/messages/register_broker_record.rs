//! `RegisterBrokerRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 4; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct RegisterBrokerRecord {
    pub broker_id: i32,
    /// Since version 2.
    pub is_migrating_zk_broker: bool,
    pub incarnation_id: Uuid,
    pub broker_epoch: i64,
    pub end_points: Vec<BrokerEndpoint>,
    pub features: Vec<BrokerFeature>,
    pub rack: Option<String>,
    pub fenced: bool,
    /// Since version 1.
    pub in_controlled_shutdown: bool,
    /// Since version 3; tag 0.
    pub log_dirs: Vec<Uuid>,
    /// Since version 4; tag 1.
    pub cordoned_log_dirs: Option<Vec<Uuid>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for RegisterBrokerRecord {
    fn default() -> Self {
        Self {
            broker_id: 0,
            is_migrating_zk_broker: false,
            incarnation_id: Default::default(),
            broker_epoch: 0,
            end_points: Default::default(),
            features: Default::default(),
            rack: Some(Default::default()),
            fenced: true,
            in_controlled_shutdown: false,
            log_dirs: Default::default(),
            cordoned_log_dirs: None,
            tags: Tags::default(),
        }
    }
}

impl Visit for RegisterBrokerRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "BrokerId", ..FIELD }, &mut self.broker_id);
        c.bool(&Field { name: "IsMigratingZkBroker", since: 2, ..FIELD }, &mut self.is_migrating_zk_broker);
        c.uuid(&Field { name: "IncarnationId", ..FIELD }, &mut self.incarnation_id);
        c.i64(&Field { name: "BrokerEpoch", ..FIELD }, &mut self.broker_epoch);
        c.array(&Field { name: "EndPoints", ..FIELD }, &mut self.end_points);
        c.array(&Field { name: "Features", ..FIELD }, &mut self.features);
        c.nullable_string(&Field { name: "Rack", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.rack);
        c.bool(&Field { name: "Fenced", default: 1, ..FIELD }, &mut self.fenced);
        c.bool(&Field { name: "InControlledShutdown", since: 1, ..FIELD }, &mut self.in_controlled_shutdown);
        c.begin_tags(&mut self.tags);
        c.array(&Field { name: "LogDirs", since: 3, tag: 0, ..FIELD }, &mut self.log_dirs);
        c.nullable_array(
            &Field { name: "CordonedLogDirs", since: 4, null_since: 4, null_until: i16::MAX, tag: 1, null: true, ..FIELD },
            &mut self.cordoned_log_dirs,
        );
        c.end_tags(&mut self.tags);
    }
}

impl Part for RegisterBrokerRecord {}

/// What `EndPoints` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BrokerEndpoint {
    pub name: String,
    pub host: String,
    pub port: u16,
    pub security_protocol: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for BrokerEndpoint {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.u16(&Field { name: "Port", ..FIELD }, &mut self.port);
        c.i16(&Field { name: "SecurityProtocol", ..FIELD }, &mut self.security_protocol);
        c.tags(&mut self.tags);
    }
}

impl Part for BrokerEndpoint {}

/// What `Features` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BrokerFeature {
    pub name: String,
    pub min_supported_version: i16,
    pub max_supported_version: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for BrokerFeature {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.i16(&Field { name: "MinSupportedVersion", ..FIELD }, &mut self.min_supported_version);
        c.i16(&Field { name: "MaxSupportedVersion", ..FIELD }, &mut self.max_supported_version);
        c.tags(&mut self.tags);
    }
}

impl Part for BrokerFeature {}

impl Message for RegisterBrokerRecord {
    const NAME: &'static str = "RegisterBrokerRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=4;
    const FLEXIBLE_SINCE: i16 = 0;
}
