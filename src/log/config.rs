//! A log's settings, with Apache Kafka's defaults (`LogConfig`).

use crate::wire::Compression;
use crate::wire::batch::TimestampType;

/// What of a topic's settings concerns its logs. Names are the topic settings' with `_` for `.`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogConfig {
    /// `segment.bytes`.
    pub segment_bytes: u64,
    /// `segment.ms`.
    pub segment_ms: i64,
    /// `segment.jitter.ms`: up to so much earlier a segment ends, by chance.
    pub segment_jitter_ms: i64,
    /// `segment.index.bytes`: a full index ends a segment.
    pub segment_index_bytes: u64,
    /// `index.interval.bytes`.
    pub index_interval_bytes: u64,
    /// `max.message.bytes`: of a batch, as it came.
    pub max_message_bytes: u64,
    /// `message.timestamp.type`.
    pub message_timestamp_type: TimestampType,
    /// `message.timestamp.before.max.ms`.
    pub message_timestamp_before_max_ms: i64,
    /// `message.timestamp.after.max.ms`.
    pub message_timestamp_after_max_ms: i64,
    /// `compression.type`; none for `producer`, which keeps batches as they came.
    pub compression_type: Option<Compression>,
    /// `retention.ms`; below 0: for ever.
    pub retention_ms: i64,
    /// `retention.bytes`; below 0: without limit.
    pub retention_bytes: i64,
    /// `delete.retention.ms`.
    pub delete_retention_ms: i64,
    /// `min.compaction.lag.ms`.
    pub min_compaction_lag_ms: i64,
    /// `max.compaction.lag.ms`.
    pub max_compaction_lag_ms: i64,
    /// `min.cleanable.dirty.ratio`, in millionths.
    pub min_cleanable_dirty_ratio_ppm: u32,
    /// `cleanup.policy` contains `compact`: records need keys.
    pub compacted: bool,
    /// `cleanup.policy` contains `delete`: DeleteRecords may be asked for.
    pub deleted: bool,
    /// `flush.messages`: so many records beyond those on the disk, and the log is flushed.
    pub flush_messages: i64,
    /// `flush.ms`: so long after the last time, whoever looks after the logs flushes this one.
    pub flush_ms: i64,
    /// `min.insync.replicas`.
    pub min_insync_replicas: i32,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self {
            segment_bytes: 1 << 30,
            segment_ms: 7 * 24 * 3_600_000,
            segment_jitter_ms: 0,
            segment_index_bytes: 10 << 20,
            index_interval_bytes: 4096,
            max_message_bytes: 1_048_588,
            message_timestamp_type: TimestampType::CreateTime,
            message_timestamp_before_max_ms: i64::MAX,
            message_timestamp_after_max_ms: 3_600_000,
            compression_type: None,
            retention_ms: 7 * 24 * 3_600_000,
            retention_bytes: -1,
            delete_retention_ms: 24 * 3_600_000,
            min_compaction_lag_ms: 0,
            max_compaction_lag_ms: i64::MAX,
            min_cleanable_dirty_ratio_ppm: 500_000,
            compacted: false,
            deleted: true,
            flush_messages: i64::MAX,
            flush_ms: i64::MAX,
            min_insync_replicas: 1,
        }
    }
}

impl LogConfig {
    /// How old a segment grows at most: a compacted log that has to be cleaned by some age needs its segments done with by then
    /// (`LogConfig.maxSegmentMs`).
    pub fn segment_age_max_ms(&self) -> i64 {
        if self.compacted && self.max_compaction_lag_ms > 0 { self.segment_ms.min(self.max_compaction_lag_ms) } else { self.segment_ms }
    }
}
