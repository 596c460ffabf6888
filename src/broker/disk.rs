//! What of a broker outlives its process: its logs with their topics' ids, the checkpoints beside them, and what says whether it stopped in
//! good order (`LogManager`, `meta.properties`, `CleanShutdownFileHandler`).
//!
//! Nothing but data: a broker is started on it, and leaves it behind.

use crate::base::SortedMap;
use crate::base::{Offset, TopicPartition, Uuid};
use crate::log::Log;
use std::sync::Arc;

/// A broker's only log directory. A clone shares all batches.
#[derive(Clone, Debug, Default)]
pub struct BrokerDisk {
    /// The directory's own id (`directory.id` of `meta.properties`, KIP-858); none before the first start.
    pub(super) directory: Option<Uuid>,
    pub(super) replicas: SortedMap<TopicPartition, Arc<StoredReplica>>,
    /// The broker's epoch when it was last stopped in good order (the clean shutdown file); none after a crash.
    pub(super) clean_shutdown: Option<i64>,
}

/// A partition's directory.
#[derive(Clone, Debug)]
pub struct StoredReplica {
    /// `partition.metadata`: a topic of the same name that was created later is another.
    pub topic_id: Uuid,
    pub log: Log,
    /// `replication-offset-checkpoint`.
    pub high_watermark: Offset,
}

impl BrokerDisk {
    pub const fn directory(&self) -> Option<Uuid> {
        self.directory
    }

    /// The partitions that lie here, in order of topic and index.
    pub fn replicas(&self) -> impl Iterator<Item = (&TopicPartition, &StoredReplica)> {
        self.replicas.iter().map(|(name, replica)| (name, &**replica))
    }

    /// What lies here of a partition.
    pub fn replica(&self, name: &TopicPartition) -> Option<&StoredReplica> {
        self.replicas.get(name).map(|replica| &**replica)
    }

    /// The machine went down, not only the process: batches that were not on the disk are gone, and the broker did not stop in good order.
    /// Returns the partitions that have lost something, and how many offsets.
    pub fn lose_unflushed(&mut self, now_ms: i64) -> Vec<(TopicPartition, i64)> {
        self.clean_shutdown = None;
        let mut lost = Vec::new();
        for (name, replica) in &mut self.replicas {
            if replica.log.is_unflushed() {
                let replica = Arc::make_mut(replica);
                lost.push((name.clone(), replica.log.lose_unflushed(now_ms)));
                replica.high_watermark = replica.high_watermark.min(replica.log.end_offset());
            }
        }
        lost
    }

    /// Whether the broker that left this behind was stopped in good order.
    pub const fn is_clean(&self) -> bool {
        self.clean_shutdown.is_some()
    }
}
