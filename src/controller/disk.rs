//! What outlives a controller's process: the metadata log, its snapshots, and the voter's state.

use super::METADATA_TOPIC;
use super::quorum::Snapshot;
use crate::base::{LeaderEpoch, NodeId, TopicPartition};
use crate::log::{Log, LogConfig};
use std::sync::Arc;

/// The largest batch of records (`KafkaRaftClient.MAX_BATCH_SIZE_BYTES`).
const BATCH_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// A controller's disk: `__cluster_metadata-0` and what lies in its folder.
#[derive(Clone, Debug)]
pub struct ControllerDisk {
    pub(super) log: Log,
    /// Oldest first.
    pub(super) snapshots: Vec<Snapshot>,
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
        let config = LogConfig { max_message_bytes: BATCH_BYTES_MAX, deleted: false, ..LogConfig::default() };
        let log = Log::new(TopicPartition::new(METADATA_TOPIC, 0), Arc::new(config), 0);
        Self { log, snapshots: Vec::new(), election: ElectionState::default() }
    }
}

impl ControllerDisk {
    /// `__cluster_metadata`.
    pub const fn log(&self) -> &Log {
        &self.log
    }

    /// Its snapshots, oldest first.
    pub fn snapshots(&self) -> &[Snapshot] {
        &self.snapshots
    }

    /// The machine went down at this time of day, in ms since 1970: what was not flushed is gone. Returns how many offsets that are: none,
    /// since a voter flushes what it acknowledges before it does.
    pub fn lose_unflushed(&mut self, now_ms: i64) -> i64 {
        self.log.lose_unflushed(now_ms)
    }
}
