//! What becomes of logs with time (`LogManager`): they are written to the disk, and their old segments are deleted.
//!
//! When they are written to the disk, Apache Kafka leaves to the operating system. Ours behaves as Linux does by its defaults: it looks
//! through what has been written every 5 s, and puts on the disk what has waited for 30 s. A broker that writes nothing has nothing to look
//! through.

use super::partition::Partition;
use super::replica_manager::ReplicaManager;
use super::{Broker, BrokerTimer};
use crate::base::SortedMap;
use crate::base::{Context, Duration, EventKind, Instant, TopicPartition};
use crate::log::{DeletedSegments, Log};

/// How often the operating system looks for what is to be written to the disk (`vm.dirty_writeback_centisecs`).
const WRITE_BACK_INTERVAL: Duration = Duration::from_secs(5);
/// How long it lets it wait (`vm.dirty_expire_centisecs`).
const WRITE_BACK_AGE: Duration = Duration::from_secs(30);
/// When old segments are looked for first, after the start (`log.initial.task.delay.ms`).
const INITIAL_TASK_DELAY: Duration = Duration::from_secs(30);
/// An interval that never passes: Kafka's default of `log.flush.scheduler.interval.ms`.
const FOREVER: Duration = Duration::from_kafka_ms(i64::MAX);

/// The logs of one broker, as far as their ageing goes.
#[derive(Clone, Debug, Default)]
pub(super) struct LogManager {
    /// Those with batches that are not on the disk, and since when.
    unflushed: SortedMap<TopicPartition, Instant>,
}

impl Broker {
    /// From now on the logs age.
    pub(super) fn start_log_manager(&mut self, cx: &Context<'_>) {
        self.timers.set(BrokerTimer::DeleteOldSegments, cx.now + INITIAL_TASK_DELAY, None);
    }

    /// A partition's log may have been written to, or may be another.
    pub(super) fn watch_log(&mut self, cx: &mut Context<'_>, name: &TopicPartition) {
        let Some(log) = self.replicas.partition(name).map(Partition::log) else { return };
        if log.has_rolled() {
            self.replicas.note_roll(cx, name);
        }
        self.watch_flushing(cx, name);
        self.watch_cleaning(cx, name);
    }

    fn watch_flushing(&mut self, cx: &Context<'_>, name: &TopicPartition) {
        let is_unflushed = self.replicas.partition(name).is_some_and(|partition| partition.log().is_unflushed());
        if !is_unflushed || self.log_manager.unflushed.contains_key(name) {
            return;
        }
        self.log_manager.unflushed.insert(name.clone(), cx.now);
        if self.timers.due(&BrokerTimer::WriteBack).is_none() {
            self.timers.set(BrokerTimer::WriteBack, next_tick(cx.now + WRITE_BACK_AGE), None);
        }
        let interval = self.config.settings.log_flush_scheduler_interval;
        if self.timers.due(&BrokerTimer::FlushLogs).is_none() && interval < FOREVER {
            self.timers.set(BrokerTimer::FlushLogs, cx.now + interval, None);
        }
    }

    /// The operating system writes to the disk what has waited long enough.
    pub(super) fn write_back(&mut self, cx: &Context<'_>) {
        self.flush_logs_where(cx.time_ms(), |_, since| since + WRITE_BACK_AGE <= cx.now);
        if let Some(oldest) = self.log_manager.unflushed.values().min() {
            let due = next_tick(*oldest + WRITE_BACK_AGE).max(cx.now + WRITE_BACK_INTERVAL);
            self.timers.set(BrokerTimer::WriteBack, due, None);
        }
    }

    /// `log.flush.scheduler.interval.ms` have passed: logs whose `flush.ms` have passed are flushed (`LogManager.flushDirtyLogs`).
    pub(super) fn flush_due_logs(&mut self, cx: &Context<'_>) {
        let now_ms = cx.time_ms();
        self.flush_logs_where(now_ms, |log, _| log.is_due_for_flush(now_ms));
        if !self.log_manager.unflushed.is_empty() {
            self.timers.set(BrokerTimer::FlushLogs, cx.now + self.config.settings.log_flush_scheduler_interval, None);
        }
    }

    fn flush_logs_where(&mut self, now_ms: i64, mut is_due: impl FnMut(&Log, Instant) -> bool) {
        let replicas = &mut self.replicas;
        self.log_manager.unflushed.retain(|name, since| {
            let Some(partition) = replicas.partition(name) else { return false };
            let log = partition.log();
            if log.is_unflushed() && is_due(log, *since) {
                replicas.flush(name, now_ms);
            }
            replicas.partition(name).is_some_and(|partition| partition.log().is_unflushed())
        });
    }

    /// `log.retention.check.interval.ms` have passed: old segments go, but for compacted logs', which the cleaner sees to
    /// (`LogManager.cleanupLogs`).
    pub(super) fn delete_old_segments(&mut self, cx: &mut Context<'_>) {
        let cause = cx.cause;
        let names: Vec<_> =
            self.replicas.partitions().filter(|(_, partition)| may_delete(partition)).map(|(name, _)| name.clone()).collect();
        for name in names {
            self.replicas.delete_old_segments(cx, &name);
            cx.cause = cause;
        }
        self.partitions_moved(cx);
        self.timers.set(BrokerTimer::DeleteOldSegments, cx.now + self.config.settings.log_retention_check_interval, None);
    }
}

/// An empty log has nothing to lose.
fn may_delete(partition: &Partition) -> bool {
    let log = partition.log();
    !log.config().compacted && log.size_in_bytes() > 0
}

impl ReplicaManager {
    fn note_roll(&mut self, cx: &mut Context<'_>, name: &TopicPartition) {
        if let Some(base_offset) = self.partition_mut(name).and_then(|partition| partition.log_mut().take_rolled()) {
            cx.trace(EventKind::SegmentRolled { partition: name.clone(), base_offset });
        }
    }

    /// Writes a partition's log to the disk.
    fn flush(&mut self, name: &TopicPartition, now_ms: i64) {
        if let Some(partition) = self.partition_mut(name) {
            partition.log_mut().flush(now_ms);
        }
    }

    /// Writes all logs to the disk, as the broker stops in good order.
    pub(super) fn close_logs(&mut self) {
        let unflushed: Vec<_> =
            self.partitions().filter(|(_, partition)| partition.log().is_unflushed()).map(|(name, _)| name.clone()).collect();
        for name in unflushed {
            if let Some(partition) = self.partition_mut(&name) {
                partition.log_mut().close();
            }
        }
    }

    /// Deletes what of a partition's log has had its time.
    pub(super) fn delete_old_segments(&mut self, cx: &mut Context<'_>, name: &TopicPartition) {
        let now_ms = cx.time_ms();
        let Some(partition) = self.partition_mut(name) else { return };
        let high_watermark = partition.high_watermark();
        let before = partition.log().start_offset();
        let deleted = partition.log_mut().delete_old_segments(high_watermark, now_ms);
        let start = partition.log().start_offset();
        if !deleted.is_empty() {
            cx.because(EventKind::Timer { name: "log retention check".into() });
        }
        for segments in &deleted {
            cx.because(deletion(name, segments));
        }
        if start != before {
            cx.because(EventKind::LogStart { partition: name.clone(), offset: start });
        }
        if !deleted.is_empty() {
            self.note_moved(name);
        }
    }
}

fn deletion(name: &TopicPartition, deleted: &DeletedSegments) -> EventKind {
    EventKind::SegmentsDeleted {
        partition: name.clone(),
        from: deleted.from,
        to: deleted.to,
        segments: u32::try_from(deleted.count).unwrap_or(u32::MAX),
        bytes: deleted.bytes,
        reason: deleted.reason.name().into(),
    }
}

/// The operating system's next look, from `at` on.
fn next_tick(at: Instant) -> Instant {
    let (micros, interval) = (at.as_micros(), WRITE_BACK_INTERVAL.as_micros());
    Instant::from_micros(micros.div_ceil(interval).saturating_mul(interval))
}
