//! What outlives a controller's process: the metadata log and the voter's state.

use super::METADATA_TOPIC;
use crate::base::{LeaderEpoch, NodeId, TopicPartition};
use crate::log::{Log, LogConfig};
use std::sync::Arc;

/// The largest batch of records (`KafkaRaftClient.MAX_BATCH_SIZE_BYTES`).
const BATCH_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// A controller's disk: `__cluster_metadata-0` and what lies in its folder.
#[derive(Clone, Debug)]
pub struct ControllerDisk {
    pub(super) log: Log,
    pub(super) election: ElectionState,
}

/// The file `quorum-state` (`ElectionState`): what a voter must never forget, lest it vote twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ElectionState {
    pub epoch: LeaderEpoch,
    pub leader: Option<NodeId>,
    pub voted: Option<NodeId>,
}

impl Default for ControllerDisk {
    /// A disk that has been formatted, and nothing more.
    fn default() -> Self {
        let config = LogConfig { max_message_bytes: BATCH_BYTES_MAX, ..LogConfig::default() };
        let log = Log::new(TopicPartition::new(METADATA_TOPIC, 0), Arc::new(config), 0);
        Self { log, election: ElectionState::default() }
    }
}

impl ControllerDisk {
    /// `__cluster_metadata`.
    pub const fn log(&self) -> &Log {
        &self.log
    }

    /// The machine went down. Nothing is lost: a voter flushes what it acknowledges before it does.
    pub const fn lose_unflushed(&mut self) {}
}
