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
    /// The broker ID.
    pub broker_id: i32,
    /// The cluster id of the broker process.
    pub cluster_id: String,
    /// The incarnation id of the broker process.
    pub incarnation_id: Uuid,
    /// The listeners of this broker.
    pub listeners: Vec<Listener>,
    /// The features on this broker. Note: in v0-v3, features with MinSupportedVersion = 0 are omitted.
    pub features: Vec<Feature>,
    /// The rack which this broker is in.
    pub rack: Option<String>,
    /// If the required configurations for ZK migration are present, this value is set to true.
    pub is_migrating_zk_broker: bool,
    /// Log directories configured in this broker which are available.
    pub log_dirs: Vec<Uuid>,
    /// The epoch before a clean shutdown.
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

/// The listeners of this broker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listener {
    /// The name of the endpoint.
    pub name: String,
    /// The hostname.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The security protocol.
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

/// The features on this broker. Note: in v0-v3, features with MinSupportedVersion = 0 are omitted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feature {
    /// The feature name.
    pub name: String,
    /// The minimum supported feature level.
    pub min_supported_version: i16,
    /// The maximum supported feature level.
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
