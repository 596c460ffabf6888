//! Compacts the logs whose `cleanup.policy` asks for it (`LogCleaner`, `LogCleanerManager`): each broker its own replicas, at its own time.
//!
//! Apache Kafka's cleaner compacts the dirtiest log first, goes on while one is dirty enough, and then waits for `log.cleaner.backoff.ms`.
//! Ours does the same in no time at all, and does not wake while no log has anything that could be compacted or deleted.

use super::partition::Partition;
use super::replica_manager::ReplicaManager;
use super::{Broker, BrokerTimer};
use crate::base::SortedSet;
use crate::base::{Context, EventKind, TopicPartition};
use crate::log::{Cleanable, Log};

/// What the cleaner of one broker keeps in mind.
#[derive(Clone, Debug, Default)]
pub(super) struct LogCleaner {
    /// Logs with a batch that cannot be read: they are left alone until the broker starts anew.
    uncleanable: SortedSet<TopicPartition>,
}

impl Broker {
    /// A partition's log may have come to have something to be compacted.
    pub(super) fn watch_cleaning(&mut self, cx: &Context<'_>, name: &TopicPartition) {
        let concerns = self.replicas.partition(name).is_some_and(|partition| concerns_cleaner(partition.log()));
        if concerns && self.timers.due(&BrokerTimer::CleanLogs).is_none() {
            self.timers.set(BrokerTimer::CleanLogs, cx.now + self.config.settings.log_cleaner_backoff, None);
        }
    }

    /// `log.cleaner.backoff.ms` have passed: logs that are dirty enough are compacted, and compacted logs' old segments deleted.
    pub(super) fn clean_logs(&mut self, cx: &mut Context<'_>) {
        let cause = cx.cause;
        while let Some((name, cleanable)) = self.dirtiest_log(cx.time_ms()) {
            if !self.replicas.clean(cx, &name, &cleanable) {
                self.log_cleaner.uncleanable.insert(name);
            }
            cx.cause = cause;
        }
        let concerned: Vec<_> =
            self.replicas.partitions().filter(|(_, partition)| concerns_cleaner(partition.log())).map(|(name, _)| name.clone()).collect();
        for name in &concerned {
            self.replicas.delete_old_segments(cx, name);
            cx.cause = cause;
        }
        if !concerned.is_empty() {
            self.timers.set(BrokerTimer::CleanLogs, cx.now + self.config.settings.log_cleaner_backoff, None);
        }
        self.partitions_moved(cx);
    }

    /// Of the logs that are worth while (`LogCleanerManager.grabFilthiestCompactedLog`).
    fn dirtiest_log(&self, now_ms: i64) -> Option<(TopicPartition, Cleanable)> {
        let compacted = self.replicas.partitions().filter(|(_, partition)| partition.log().config().compacted);
        let possible = compacted.filter(|(name, _)| !self.log_cleaner.uncleanable.contains(*name));
        let worth = possible.filter_map(|(name, partition)| {
            let log = partition.log();
            let cleanable = log.has_dirty_segments().then(|| log.cleanable(partition.last_stable_offset(), now_ms))?;
            (cleanable.dirty_bytes > 0 && log.is_worth_cleaning(&cleanable)).then(|| (name.clone(), cleanable))
        });
        worth.max_by_key(|(_, cleanable)| cleanable.dirty_ratio_ppm())
    }
}

/// It may have to be compacted, or to lose segments, now or later.
fn concerns_cleaner(log: &Log) -> bool {
    log.config().compacted && (log.has_dirty_segments() || (log.config().deleted && log.size_in_bytes() > 0))
}

impl ReplicaManager {
    /// Compacts a partition's log; false where it cannot be read.
    fn clean(&mut self, cx: &mut Context<'_>, name: &TopicPartition, cleanable: &Cleanable) -> bool {
        let now_ms = cx.time_ms();
        let Some(Ok(cleaning)) = self.partition_mut(name).map(Partition::log_mut).map(|log| log.clean(cleanable, now_ms)) else {
            return false;
        };
        cx.because(EventKind::Timer { name: "log cleaner".into() });
        cx.because(EventKind::Compacted {
            partition: name.clone(),
            from: cleaning.from,
            to: cleaning.to,
            records_before: cleaning.records_before,
            records_after: cleaning.records_after,
            bytes_before: cleaning.bytes_before,
            bytes_after: cleaning.bytes_after,
        });
        self.note_moved(name);
        true
    }
}
