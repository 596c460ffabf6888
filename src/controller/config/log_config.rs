//! A topic's configs as its logs take them.

use super::definition::Value;
use super::settings::{BrokerSettings, Values};
use super::{TOPIC_KEYS, find};
use crate::log::LogConfig;
use crate::wire::Compression;
use crate::wire::batch::TimestampType;

/// What the logs of a topic go by: its own values, else the broker's settings (those of the running broker, see
/// [`BrokerSettings::with_dynamic`]), else Kafka's defaults.
pub fn log_config(settings: &BrokerSettings, own: &Values) -> LogConfig {
    let value = |name: &str| {
        let key = find(TOPIC_KEYS, name)?;
        let own = own.get(name).and_then(|text| key.parse(text).ok());
        own.or_else(|| settings.topic_default(name)).or_else(|| key.parse(key.default?).ok())
    };
    let number = |name: &str| value(name).map_or(0, |value| value.number());
    let size = |name: &str| u64::try_from(number(name)).unwrap_or(0);
    // Unlike segment.bytes it may be as small as one likes: it is there for tests.
    let internal_segment_bytes = value("internal.segment.bytes").and_then(|value| u64::try_from(value.number()).ok());
    let ratio = match value("min.cleanable.dirty.ratio") {
        Some(Value::Double(ratio)) => (ratio.clamp(0.0, 1.0) * 1_000_000.0) as u32,
        _ => 0,
    };
    let text = |name: &str| value(name).map(|value| value.to_string()).unwrap_or_default();
    let cleaned_by =
        |wanted: &str| matches!(value("cleanup.policy"), Some(Value::List(policies)) if policies.iter().any(|policy| policy == wanted));
    LogConfig {
        segment_bytes: internal_segment_bytes.unwrap_or_else(|| size("segment.bytes")),
        segment_ms: number("segment.ms"),
        segment_jitter_ms: number("segment.jitter.ms"),
        segment_index_bytes: size("segment.index.bytes"),
        index_interval_bytes: size("index.interval.bytes"),
        max_message_bytes: size("max.message.bytes"),
        message_timestamp_type: match text("message.timestamp.type").as_str() {
            "LogAppendTime" => TimestampType::LogAppendTime,
            _ => TimestampType::CreateTime,
        },
        message_timestamp_before_max_ms: number("message.timestamp.before.max.ms"),
        message_timestamp_after_max_ms: number("message.timestamp.after.max.ms"),
        compression_type: match text("compression.type").as_str() {
            "uncompressed" => Some(Compression::None),
            "gzip" => Some(Compression::Gzip),
            "snappy" => Some(Compression::Snappy),
            "lz4" => Some(Compression::Lz4),
            "zstd" => Some(Compression::Zstd),
            _ => None,
        },
        retention_ms: number("retention.ms"),
        retention_bytes: number("retention.bytes"),
        delete_retention_ms: number("delete.retention.ms"),
        min_compaction_lag_ms: number("min.compaction.lag.ms"),
        max_compaction_lag_ms: number("max.compaction.lag.ms"),
        min_cleanable_dirty_ratio_ppm: ratio,
        compacted: cleaned_by("compact"),
        deleted: cleaned_by("delete"),
        flush_messages: number("flush.messages"),
        flush_ms: number("flush.ms"),
        min_insync_replicas: i32::try_from(number("min.insync.replicas")).unwrap_or(i32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_without_values_has_kafkas_defaults() {
        assert_eq!(log_config(&BrokerSettings::default(), &Values::new()), LogConfig::default());
    }

    #[test]
    fn the_topics_value_comes_before_the_brokers() {
        let mut settings = BrokerSettings::default();
        settings.set("message.max.bytes", "2000").expect("valid");
        settings.set("log.cleanup.policy", "compact").expect("valid");
        settings.set("log.roll.hours", "1").expect("valid");
        let own = Values::from([("max.message.bytes".into(), "3000".into()), ("compression.type".into(), "zstd".into())]);
        let config = log_config(&settings, &own);
        assert_eq!((config.max_message_bytes, config.compacted, config.segment_ms), (3_000, true, 3_600_000));
        assert_eq!(config.compression_type, Some(Compression::Zstd));
    }
}
