//! The cluster's metadata: the controller that writes it, and what everybody's replay of it gives.

pub mod config;
mod features;
pub mod image;

pub use config::{BrokerSettings, SettingError};
pub use features::{Feature, SUPPORTED_FEATURES};
pub use image::{MetadataDelta, MetadataImage};

use crate::base::Uuid;

/// The topic of the metadata log; its one partition is 0.
pub const METADATA_TOPIC: &str = "__cluster_metadata";
pub const METADATA_TOPIC_ID: Uuid = Uuid([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
