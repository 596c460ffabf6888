//! The configs of a topic, as Apache Kafka's (`org.apache.kafka.storage.internals.log.LogConfig`).

use super::definition::Kind::{Boolean, Double, Int, List, Long, String};
use super::definition::Valid::{GzipLevel, ListOf, OneOf, Ratio, ThrottledReplicas};
use super::definition::{ConfigKey, key, unset};

/// All of them, in order of name. Where a topic has no value of its own, its broker's setting counts: see [`SYNONYMS`].
pub static TOPIC_KEYS: &[ConfigKey] = &[
    key("cleanup.policy", List, "delete").valid(ListOf(&["compact", "delete"])).doc(
        "What happens to old segments: delete removes them by age or size, compact keeps the latest record of each key; both may be given.",
    ),
    key("compression.gzip.level", Int, "-1").valid(GzipLevel).doc("The level of gzip, where compression.type is gzip."),
    key("compression.lz4.level", Int, "9").between(1, 17).doc("The level of lz4, where compression.type is lz4."),
    key("compression.type", String, "producer")
        .valid(OneOf(&["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"]))
        .doc("How batches are compressed in the log; producer keeps them as they came."),
    key("compression.zstd.level", Int, "3").between(-131_072, 22).doc("The level of zstd, where compression.type is zstd."),
    key("delete.retention.ms", Long, "86400000").at_least(0).doc("How long a compacted topic keeps the tombstone of a deleted key."),
    key("file.delete.delay.ms", Long, "60000").at_least(0).doc("How long a removed segment stays before it is gone for good."),
    key("flush.messages", Long, "9223372036854775807").at_least(1).doc("After how many records the log is forced to disk."),
    key("flush.ms", Long, "9223372036854775807").at_least(0).doc("After how long the log is forced to disk."),
    key("follower.replication.throttled.replicas", List, "")
        .valid(ThrottledReplicas)
        .doc("The replicas whose fetching is throttled, as partition:broker pairs, or * for all."),
    key("index.interval.bytes", Int, "4096").at_least(0).doc("After how many bytes the offset index gets another entry."),
    unset("internal.segment.bytes", Int).hidden(),
    key("leader.replication.throttled.replicas", List, "")
        .valid(ThrottledReplicas)
        .doc("The replicas which are throttled on their leader's side, as partition:broker pairs, or * for all."),
    key("local.retention.bytes", Long, "-2")
        .at_least(-2)
        .doc("How many bytes of a partition stay on the broker once they are in remote storage; -2 means retention.bytes."),
    key("local.retention.ms", Long, "-2")
        .at_least(-2)
        .doc("How long a segment stays on the broker once it is in remote storage; -2 means retention.ms."),
    key("max.compaction.lag.ms", Long, "9223372036854775807").at_least(1).doc("How long a record may stay uncompacted at most."),
    key("max.message.bytes", Int, "1048588").at_least(0).doc("The largest batch that is taken, in bytes as it came, compressed."),
    key("message.timestamp.after.max.ms", Long, "3600000")
        .at_least(0)
        .doc("How far a record's create time may lie after the broker's time."),
    key("message.timestamp.before.max.ms", Long, "9223372036854775807")
        .at_least(0)
        .doc("How far a record's create time may lie before the broker's time."),
    key("message.timestamp.type", String, "CreateTime")
        .valid(OneOf(&["CreateTime", "LogAppendTime"]))
        .doc("Whether records carry their create time or the time at which the log took them."),
    key("min.cleanable.dirty.ratio", Double, "0.5").valid(Ratio).doc("How much of a log must be uncompacted before it is compacted."),
    key("min.compaction.lag.ms", Long, "0").at_least(0).doc("How long a record stays uncompacted at least."),
    key("min.insync.replicas", Int, "1").at_least(1).doc("How many replicas must be in sync for a write with acks=all to be taken."),
    key("preallocate", Boolean, "false").doc("Whether a new segment's file gets its full size at once."),
    key("remote.log.copy.disable", Boolean, "false").doc("Whether segments are no longer copied to remote storage."),
    key("remote.log.delete.on.disable", Boolean, "false").doc("Whether remote segments are deleted when remote storage is turned off."),
    key("remote.storage.enable", Boolean, "false").doc("Whether the topic's segments are copied to remote storage."),
    key("retention.bytes", Long, "-1").doc("How large a partition may grow before its oldest segments are deleted; -1 means no limit."),
    key("retention.ms", Long, "604800000")
        .at_least(-1)
        .doc("How long records are kept before their segment is deleted; -1 means for ever."),
    key("segment.bytes", Int, "1073741824")
        .at_least(1_048_576)
        .doc("How large a segment may grow before the next begins. Only whole segments are deleted or compacted, so this is how coarsely."),
    key("segment.index.bytes", Int, "10485760").at_least(4).doc("The largest size of a segment's offset index."),
    key("segment.jitter.ms", Long, "0").at_least(0).doc("The most that is taken off segment.ms at random, lest all segments roll at once."),
    key("segment.ms", Long, "604800000").at_least(1).doc("After how long a segment is closed, even when it is not full."),
    key("unclean.leader.election.enable", Boolean, "false")
        .doc("Whether a replica that is not in sync may lead when no other can, which may lose records."),
];

/// The broker settings that a topic config falls back to, the first one set winning, each with the factor to the topic config's unit
/// (`org.apache.kafka.server.config.ServerTopicConfigSynonyms`).
pub static SYNONYMS: &[(&str, &[(&str, i64)])] = &[
    ("cleanup.policy", &[("log.cleanup.policy", 1)]),
    ("compression.gzip.level", &[("compression.gzip.level", 1)]),
    ("compression.lz4.level", &[("compression.lz4.level", 1)]),
    ("compression.type", &[("compression.type", 1)]),
    ("compression.zstd.level", &[("compression.zstd.level", 1)]),
    ("delete.retention.ms", &[("log.cleaner.delete.retention.ms", 1)]),
    ("file.delete.delay.ms", &[("log.segment.delete.delay.ms", 1)]),
    ("flush.messages", &[("log.flush.interval.messages", 1)]),
    ("flush.ms", &[("log.flush.interval.ms", 1), ("log.flush.scheduler.interval.ms", 1)]),
    ("index.interval.bytes", &[("log.index.interval.bytes", 1)]),
    ("local.retention.bytes", &[("log.local.retention.bytes", 1)]),
    ("local.retention.ms", &[("log.local.retention.ms", 1)]),
    ("max.compaction.lag.ms", &[("log.cleaner.max.compaction.lag.ms", 1)]),
    ("max.message.bytes", &[("message.max.bytes", 1)]),
    ("message.timestamp.after.max.ms", &[("log.message.timestamp.after.max.ms", 1)]),
    ("message.timestamp.before.max.ms", &[("log.message.timestamp.before.max.ms", 1)]),
    ("message.timestamp.type", &[("log.message.timestamp.type", 1)]),
    ("min.cleanable.dirty.ratio", &[("log.cleaner.min.cleanable.ratio", 1)]),
    ("min.compaction.lag.ms", &[("log.cleaner.min.compaction.lag.ms", 1)]),
    ("min.insync.replicas", &[("min.insync.replicas", 1)]),
    ("preallocate", &[("log.preallocate", 1)]),
    ("retention.bytes", &[("log.retention.bytes", 1)]),
    ("retention.ms", &[("log.retention.ms", 1), ("log.retention.minutes", 60_000), ("log.retention.hours", 3_600_000)]),
    ("segment.bytes", &[("log.segment.bytes", 1)]),
    ("segment.index.bytes", &[("log.index.size.max.bytes", 1)]),
    ("segment.jitter.ms", &[("log.roll.jitter.ms", 1), ("log.roll.jitter.hours", 3_600_000)]),
    ("segment.ms", &[("log.roll.ms", 1), ("log.roll.hours", 3_600_000)]),
    ("unclean.leader.election.enable", &[("unclean.leader.election.enable", 1)]),
];
