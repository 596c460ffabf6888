//! The cluster's metadata: the controller that writes it, and what everybody's replay of it gives.
//!
//! One file per API of the controller's listener. An API's file decides what to write and what to answer, from the image alone; what it
//! decided is appended to `__cluster_metadata`, replayed into the image, and answered once it is committed. Nothing else changes state,
//! but for the sessions of brokers, which are nobody's but the active controller's.
//!
//! Nothing here knows a log of a client's topic, a group or a client.

mod active;
mod allocate_producer_ids;
mod alter_configs;
mod alter_partition;
mod alter_partition_reassignments;
mod answers;
mod begin_quorum_epoch;
mod broker_heartbeat;
mod broker_registration;
pub mod config;
mod connections;
mod controller_registration;
mod create_partitions;
mod create_topics;
mod delete_topics;
mod describe_quorum;
mod disk;
mod dispatch;
mod elect_leaders;
mod election;
mod end_quorum_epoch;
mod error;
mod features;
mod fetch;
mod fetch_snapshot;
pub mod image;
mod incremental_alter_configs;
mod list_partition_reassignments;
mod node;
mod partition_change;
mod peers;
mod periodic;
mod placement;
mod quorum;
mod reassignment;
#[cfg(test)]
mod tests;
mod trace;
mod unregister_broker;
mod vote;
mod voter;

pub use config::{BrokerSettings, SettingError};
pub use disk::ControllerDisk;
pub use features::{Feature, SUPPORTED_FEATURES};
pub use image::{MetadataDelta, MetadataImage};
pub use node::{Controller, ControllerConfig, QuorumRole};
pub use quorum::{Snapshot, SnapshotId};

use crate::base::Uuid;

/// The topic of the metadata log; its one partition is 0.
pub const METADATA_TOPIC: &str = "__cluster_metadata";
pub const METADATA_TOPIC_ID: Uuid = Uuid([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
