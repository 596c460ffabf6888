//! What becomes of logs with time (`LogManager`): they are written to the disk.
//!
//! Apache Kafka leaves that to the operating system. Ours behaves as Linux does by its defaults: it looks through what has been written
//! every 5 s, and puts on the disk what has waited for 30 s. A broker that writes nothing has nothing to look through.

use super::{Broker, BrokerTimer};
use crate::base::{Context, Duration, Instant, TopicPartition};
use crate::log::Log;
use std::collections::BTreeMap;

/// How often the operating system looks for what is to be written to the disk (`vm.dirty_writeback_centisecs`).
const WRITE_BACK_INTERVAL: Duration = Duration::from_secs(5);
/// How long it lets it wait (`vm.dirty_expire_centisecs`).
const WRITE_BACK_AGE: Duration = Duration::from_secs(30);

/// The logs of one broker, as far as their ageing goes.
#[derive(Clone, Debug, Default)]
pub(super) struct LogManager {
    /// Those with batches that are not on the disk, and since when.
    unflushed: BTreeMap<TopicPartition, Instant>,
}

impl Broker {
    /// A partition's log may have been written to.
    pub(super) fn watch_log(&mut self, cx: &Context<'_>, name: &TopicPartition) {
        let Some(partition) = self.replicas.partition(name) else { return };
        if !partition.log().is_unflushed() || self.log_manager.unflushed.contains_key(name) {
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
}

/// An interval that never passes: Kafka's default of `log.flush.scheduler.interval.ms`.
const FOREVER: Duration = Duration::from_kafka_ms(i64::MAX);

/// The operating system's next look, from `at` on.
fn next_tick(at: Instant) -> Instant {
    let (micros, interval) = (at.as_micros(), WRITE_BACK_INTERVAL.as_micros());
    Instant::from_micros(micros.div_ceil(interval).saturating_mul(interval))
}
