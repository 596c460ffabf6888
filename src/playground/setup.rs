//! What a session begins with, in words that a file or a link can carry.

use crate::simulation::{Config, ConfigError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The seed of a session that names none.
pub const SEED: u64 = 1;

/// A cluster before its first event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Setup {
    /// All that is drawn at random follows from it.
    pub seed: u64,
    pub brokers: i32,
    /// Settings of brokers and controllers that are not Kafka's defaults, by Kafka's names.
    pub settings: BTreeMap<String, String>,
}

impl Default for Setup {
    fn default() -> Self {
        Self { seed: SEED, brokers: Config::default().brokers, settings: BTreeMap::new() }
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
    /// A setting that nothing reads, or whose value is not one that it can have.
    pub fn config(&self) -> Result<Config, SetupError> {
        let mut config = Config { seed: self.seed, brokers: self.brokers, ..Config::default() };
        for (name, value) in &self.settings {
            config.settings.set(name, value).map_err(|error| SetupError::Setting(name.clone(), error.to_string()))?;
        }
        Ok(config)
    }
}
