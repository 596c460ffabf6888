//! Brokers and configs in the image.

use crate::base::{NodeId, Uuid};
use std::fmt;
use std::sync::Arc;

/// A feature that a node supports: its name, the lowest and the highest level.
pub type FeatureRange = (Arc<str>, i16, i16);

/// A controller's registration (`org.apache.kafka.metadata.ControllerRegistration`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControllerImage {
    pub id: NodeId,
    pub incarnation: Uuid,
    pub listeners: Vec<ListenerImage>,
    pub features: Vec<FeatureRange>,
}

/// A broker's registration (`org.apache.kafka.metadata.BrokerRegistration`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokerImage {
    pub id: NodeId,
    /// The offset of its registration: tells its lives apart.
    pub epoch: i64,
    pub incarnation: Uuid,
    pub listeners: Vec<ListenerImage>,
    pub features: Vec<FeatureRange>,
    pub rack: Option<Arc<str>>,
    pub directories: Vec<Uuid>,
    pub fenced: bool,
    pub in_controlled_shutdown: bool,
}

/// Where a broker can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenerImage {
    pub name: Arc<str>,
    pub host: Arc<str>,
    pub port: u16,
}

impl BrokerImage {
    /// Clients may talk to it.
    pub const fn is_alive(&self) -> bool {
        !self.fenced
    }

    /// It may lead, and be in sync: it lives, and is not about to stop.
    pub const fn is_active(&self) -> bool {
        !self.fenced && !self.in_controlled_shutdown
    }

    pub fn listener(&self, name: &str) -> Option<&ListenerImage> {
        self.listeners.iter().find(|listener| &*listener.name == name)
    }
}

/// What configs can be set for (`org.apache.kafka.common.config.ConfigResource.Type`); the numbers are the protocol's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResourceType {
    Topic = 2,
    Broker = 4,
    BrokerLogger = 8,
    ClientMetrics = 16,
    Group = 32,
}

impl ResourceType {
    pub const fn from_i8(code: i8) -> Option<Self> {
        match code {
            2 => Some(Self::Topic),
            4 => Some(Self::Broker),
            8 => Some(Self::BrokerLogger),
            16 => Some(Self::ClientMetrics),
            32 => Some(Self::Group),
            _ => None,
        }
    }

    pub const fn as_i8(self) -> i8 {
        self as i8
    }
}

/// A topic, broker or group, as something that has configs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConfigResource {
    pub kind: ResourceType,
    /// A topic's or group's name, a broker's id; empty for all brokers.
    pub name: Arc<str>,
}

impl ConfigResource {
    pub fn topic(name: impl Into<Arc<str>>) -> Self {
        Self { kind: ResourceType::Topic, name: name.into() }
    }

    pub fn group(name: impl Into<Arc<str>>) -> Self {
        Self { kind: ResourceType::Group, name: name.into() }
    }

    pub fn broker(id: NodeId) -> Self {
        Self { kind: ResourceType::Broker, name: id.to_string().into() }
    }

    pub fn all_brokers() -> Self {
        Self { kind: ResourceType::Broker, name: "".into() }
    }
}

impl fmt::Display for ConfigResource {
    /// As kafka-configs.sh writes it: `topic orders`, `broker 1`, `group billing`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ResourceType::Topic => "topic",
            ResourceType::Broker if self.name.is_empty() => return f.write_str("all brokers"),
            ResourceType::Broker => "broker",
            ResourceType::BrokerLogger => "broker-logger",
            ResourceType::ClientMetrics => "client-metrics",
            ResourceType::Group => "group",
        };
        write!(f, "{kind} {}", self.name)
    }
}
