//! The cluster's metadata: the controller that writes it, and what everybody's replay of it gives.

pub mod config;

pub use config::{BrokerSettings, SettingError};
