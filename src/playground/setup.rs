//! What a session begins with, in words that a file or a link can carry.

use crate::base::Duration;
use crate::base::SortedMap;
use crate::simulation::config::Roles;
use crate::simulation::{Config, ConfigError};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The seed of a session that names none.
pub const SEED: u64 = 1;

/// The longest that a message may take on a link at first: ten seconds.
const LATENCY_US_MAX: u64 = 10_000_000;

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A cluster before its first event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Setup {
    /// All that is drawn at random follows from it.
    pub seed: u64,
    pub brokers: i32,
    /// Voters of the quorum: 1, 3 or 5. None: as many as suit the brokers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub controllers: Option<i32>,
    /// Whether controllers are brokers too, or nodes of their own.
    #[serde(skip_serializing_if = "is_default")]
    pub roles: Roles,
    /// One way, between any two processes, in µs. None: as in a small network of one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency_us: Option<u64>,
    /// The brokers' racks, broker 1's first; those beyond the list are in none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub racks: Vec<String>,
    /// Settings of brokers and controllers that are not Kafka's defaults, by Kafka's names.
    #[serde(skip_serializing_if = "SortedMap::is_empty")]
    pub settings: SortedMap<String, String>,
}

impl Default for Setup {
    fn default() -> Self {
        let Config { brokers, controllers, roles, .. } = Config::default();
        Self { seed: SEED, brokers, controllers, roles, latency_us: None, racks: Vec::new(), settings: SortedMap::new() }
    }
}

/// A set-up that no cluster can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupError {
    Config(ConfigError),
    /// The setting's name, and what is wrong with it.
    Setting(String, String),
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Setting(name, error) => write!(f, "{name}: {error}"),
        }
    }
}

impl std::error::Error for SetupError {}

impl Setup {
    /// The same as the simulation takes it.
    ///
    /// # Errors
    /// A cluster that cannot be, a setting that nothing reads or whose value is not one that it can have.
    pub fn config(&self) -> Result<Config, SetupError> {
        let (seed, brokers, controllers, roles) = (self.seed, self.brokers, self.controllers, self.roles);
        let mut config = Config { seed, brokers, controllers, roles, racks: self.racks.clone(), ..Config::default() };
        if let Some(latency) = self.latency_us {
            if latency > LATENCY_US_MAX {
                let message = format!("a link takes at most {LATENCY_US_MAX} µs, not {latency}");
                return Err(SetupError::Setting("latencyUs".to_owned(), message));
            }
            config.latency = Duration::from_micros(latency);
        }
        for (name, value) in &self.settings {
            config.settings.set(name, value).map_err(|error| SetupError::Setting(name.clone(), error.to_string()))?;
        }
        config.validate().map_err(SetupError::Config)?;
        Ok(config)
    }
}
