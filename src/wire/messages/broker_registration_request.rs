//! `BrokerRegistrationRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::BrokerRegistrationResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 4; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerRegistrationRequest {
    pub broker_id: i32,
    pub cluster_id: String,
    pub incarnation_id: Uuid,
    pub listeners: Vec<Listener>,
    pub features: Vec<Feature>,
    pub rack: Option<String>,
    /// Since version 1.
    pub is_migrating_zk_broker: bool,
    /// Since version 2.
    pub log_dirs: Vec<Uuid>,
    /// Since version 3.
    pub previous_broker_epoch: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for BrokerRegistrationRequest {
    fn default() -> Self {
        Self {
            broker_id: 0,
            cluster_id: Default::default(),
            incarnation_id: Default::default(),
            listeners: Default::default(),
            features: Default::default(),
            rack: Some(Default::default()),
            is_migrating_zk_broker: false,
            log_dirs: Default::default(),
            previous_broker_epoch: -1,
            tags: Tags::default(),
        }
    }
}

impl Visit for BrokerRegistrationRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "BrokerId", ..FIELD }, &mut self.broker_id);
        c.string(&Field { name: "ClusterId", ..FIELD }, &mut self.cluster_id);
        c.uuid(&Field { name: "IncarnationId", ..FIELD }, &mut self.incarnation_id);
        c.array(&Field { name: "Listeners", ..FIELD }, &mut self.listeners);
        c.array(&Field { name: "Features", ..FIELD }, &mut self.features);
        c.nullable_string(&Field { name: "Rack", null_since: 0, null_until: i16::MAX, ..FIELD }, &mut self.rack);
        c.bool(&Field { name: "IsMigratingZkBroker", since: 1, ..FIELD }, &mut self.is_migrating_zk_broker);
        c.array(&Field { name: "LogDirs", since: 2, ignorable: true, ..FIELD }, &mut self.log_dirs);
        c.i64(&Field { name: "PreviousBrokerEpoch", since: 3, default: -1, ignorable: true, ..FIELD }, &mut self.previous_broker_epoch);
        c.tags(&mut self.tags);
    }
}

impl Part for BrokerRegistrationRequest {}

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

impl Message for BrokerRegistrationRequest {
    const NAME: &'static str = "BrokerRegistrationRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=4;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for BrokerRegistrationRequest {
    const KEY: ApiKey = ApiKey::BrokerRegistration;
    type Response = BrokerRegistrationResponse;
}
