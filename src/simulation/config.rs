//! What a cluster is made of before its first event.

use super::invariants::Level;
use crate::base::{Duration, NodeId};
use crate::controller::BrokerSettings;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How many brokers a cluster may have.
pub const BROKERS_MAX: i32 = 9;
/// How many voters a quorum may have.
pub const CONTROLLERS: [i32; 3] = [1, 3, 5];
const OFFSETS_REPLICATION: &str = "offsets.topic.replication.factor";
const OFFSETS_REPLICAS_MAX: i32 = 3;
/// Controllers that are nodes of their own are numbered from here.
const CONTROLLER_NODES: i32 = 100;
/// The first controller's port; outside of the simulation nobody listens there.
const CONTROLLER_PORT: u16 = 9193;

/// Where the controllers run (`process.roles`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Roles {
    /// On the first of the brokers' nodes: `broker,controller`. The two share their node's fate.
    #[default]
    Combined,
    /// On nodes of their own, 101 and up.
    Apart,
}

/// Everything that a session begins with. With the inputs that follow, it determines all that happens.
#[derive(Clone, Debug)]
pub struct Config {
    pub seed: u64,
    /// Brokers 1..=brokers.
    pub brokers: i32,
    /// Voters of the quorum: 1, 3 or 5. None: as many as suit the brokers.
    pub controllers: Option<i32>,
    pub roles: Roles,
    /// The time of day at which the session begins, in ms since 1970.
    pub epoch_ms: i64,
    /// One way, between any two processes of the simulation.
    pub latency: Duration,
    /// Where clients are told that the brokers are, broker 1 first. Those beyond the list are at `127.0.0.1`, 9092 and up.
    pub advertised: Vec<(String, u16)>,
    /// The brokers' racks (`broker.rack`), broker 1's first; those beyond the list are in none, or in that of the settings.
    pub racks: Vec<String>,
    /// Every broker's and controller's settings.
    pub settings: BrokerSettings,
    /// How closely Kafka's promises are watched.
    pub invariants: Level,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            seed: 1,
            brokers: 3,
            controllers: None,
            roles: Roles::Combined,
            // 2026-01-01T00:00:00Z: a session that does not say otherwise is the same on every day.
            epoch_ms: 1_767_225_600_000,
            latency: Duration::from_micros(500),
            advertised: Vec::new(),
            racks: Vec::new(),
            settings: BrokerSettings::default(),
            invariants: Level::default(),
        }
    }
}

/// A configuration that no cluster can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    Brokers(i32),
    Controllers(i32),
    /// Combined nodes need a broker for each controller.
    TooFewBrokers {
        brokers: i32,
        controllers: i32,
    },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Brokers(count) => write!(f, "a cluster has 1 to {BROKERS_MAX} brokers, not {count}"),
            Self::Controllers(count) => write!(f, "a quorum has 1, 3 or 5 controllers, not {count}"),
            Self::TooFewBrokers { brokers, controllers } => {
                write!(f, "{controllers} controllers cannot be combined with {brokers} brokers: take fewer, or keep them apart")
            }
        }
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Whether there can be such a cluster.
    ///
    /// # Errors
    /// There cannot, and why.
    pub fn validate(&self) -> Result<(), ConfigError> {
        let (brokers, controllers) = (self.brokers, self.controllers());
        if !(1..=BROKERS_MAX).contains(&brokers) {
            Err(ConfigError::Brokers(brokers))
        } else if !CONTROLLERS.contains(&controllers) {
            Err(ConfigError::Controllers(controllers))
        } else if self.roles == Roles::Combined && controllers > brokers {
            Err(ConfigError::TooFewBrokers { brokers, controllers })
        } else {
            Ok(())
        }
    }

    /// With what was left open: internal topics have three replicas, or as many as there are brokers.
    pub(super) fn settled(mut self) -> Self {
        if !self.settings.given().contains_key(OFFSETS_REPLICATION) {
            let replicas = self.brokers.clamp(1, OFFSETS_REPLICAS_MAX);
            self.settings.offsets_topic_replication_factor = i16::try_from(replicas).unwrap_or(1);
            self.settings.note(OFFSETS_REPLICATION, &replicas.to_string());
        }
        self
    }

    /// How many voters the quorum has.
    pub fn controllers(&self) -> i32 {
        self.controllers.unwrap_or(match (self.roles, self.brokers) {
            (Roles::Combined, 1 | 2) => 1,
            (Roles::Combined | Roles::Apart, _) => 3,
        })
    }

    /// The brokers' nodes, in order.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + use<> {
        (1..=self.brokers).map(NodeId)
    }

    /// The controllers' nodes (`controller.quorum.voters`), in order.
    pub fn voters(&self) -> impl Iterator<Item = NodeId> + use<> {
        let first = match self.roles {
            Roles::Combined => 1,
            Roles::Apart => CONTROLLER_NODES + 1,
        };
        (first..first.saturating_add(self.controllers())).map(NodeId)
    }

    /// A node's settings: everybody's, and its rack.
    pub(super) fn settings_of(&self, node: NodeId) -> BrokerSettings {
        let mut settings = self.settings.clone();
        let rack = usize::try_from(node.0 - 1).ok().and_then(|index| self.racks.get(index)).filter(|rack| !rack.is_empty());
        if let Some(rack) = rack {
            settings.broker_rack = Some(rack.as_str().into());
            settings.note("broker.rack", rack);
        }
        settings
    }

    /// Where a voter listens for brokers and other voters: `controller.quorum.voters` has it.
    pub fn controller_endpoint(&self, voter: NodeId) -> (String, u16) {
        let index = self.voters().position(|known| known == voter).and_then(|index| u16::try_from(index).ok()).unwrap_or_default();
        ("127.0.0.1".to_owned(), CONTROLLER_PORT.saturating_add(index))
    }

    /// Where clients are told that a broker is.
    pub fn advertised(&self, node: NodeId) -> (String, u16) {
        let index = usize::try_from(node.0 - 1).unwrap_or_default();
        let unsaid = || ("127.0.0.1".to_owned(), 9092_u16.saturating_add(u16::try_from(index).unwrap_or_default()));
        self.advertised.get(index).cloned().unwrap_or_else(unsaid)
    }
}
