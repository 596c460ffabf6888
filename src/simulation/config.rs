//! What a cluster is made of before its first event.

use crate::base::{Duration, NodeId};
use crate::controller::BrokerSettings;
use std::fmt;

/// How many brokers a cluster may have.
pub const BROKERS_MAX: i32 = 9;

/// Everything that a session begins with. With the inputs that follow, it determines all that happens.
#[derive(Clone, Debug)]
pub struct Config {
    pub seed: u64,
    /// Brokers 1..=brokers.
    pub brokers: i32,
    /// The time of day at which the session begins, in ms since 1970.
    pub epoch_ms: i64,
    /// One way, between any two processes of the simulation.
    pub latency: Duration,
    /// Where clients are told that the brokers are, broker 1 first. Those beyond the list are at `127.0.0.1`, 9092 and up.
    pub advertised: Vec<(String, u16)>,
    /// Every broker's and controller's settings.
    pub settings: BrokerSettings,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            seed: 1,
            brokers: 3,
            // 2026-01-01T00:00:00Z: a session that does not say otherwise is the same on every day.
            epoch_ms: 1_767_225_600_000,
            latency: Duration::from_micros(500),
            advertised: Vec::new(),
            settings: single_replica_settings(),
        }
    }
}

/// Kafka's defaults, but for the replication factor of its internal topics: replicas come with a later version.
fn single_replica_settings() -> BrokerSettings {
    let mut settings = BrokerSettings::default();
    settings.offsets_topic_replication_factor = 1;
    settings.note("offsets.topic.replication.factor", "1");
    settings
}

/// A configuration that no cluster can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    Brokers(i32),
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Brokers(count) => write!(f, "a cluster has 1 to {BROKERS_MAX} brokers, not {count}"),
        }
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        if (1..=BROKERS_MAX).contains(&self.brokers) { Ok(()) } else { Err(ConfigError::Brokers(self.brokers)) }
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = NodeId> + use<> {
        (1..=self.brokers).map(NodeId)
    }

    /// Where clients are told that a broker is.
    pub fn advertised(&self, node: NodeId) -> (String, u16) {
        let index = usize::try_from(node.0 - 1).unwrap_or_default();
        let unsaid = || ("127.0.0.1".to_owned(), 9092_u16.saturating_add(u16::try_from(index).unwrap_or_default()));
        self.advertised.get(index).cloned().unwrap_or_else(unsaid)
    }
}
