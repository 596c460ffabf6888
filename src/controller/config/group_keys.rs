//! The configs of a group (`org.apache.kafka.coordinator.group.GroupConfig`), and the broker settings that they fall back to.

use super::definition::Kind::{Boolean, Int, String};
use super::definition::Valid::{AutoOffsetReset, OneOf};
use super::definition::{ConfigKey, key};

/// All of them, in order of name.
pub static GROUP_KEYS: &[ConfigKey] = &[
    key("consumer.assignment.interval.ms", Int, "1000").at_least(0).doc("The shortest time between two assignments of a consumer group."),
    key("consumer.heartbeat.interval.ms", Int, "5000").at_least(1).doc("How often a consumer group's members send heartbeats."),
    key("consumer.session.timeout.ms", Int, "45000")
        .at_least(1)
        .doc("After how long without a heartbeat a member leaves its consumer group."),
    key("share.assignment.interval.ms", Int, "1000").at_least(0).doc("The shortest time between two assignments of a share group."),
    key("share.auto.offset.reset", String, "latest")
        .valid(AutoOffsetReset)
        .doc("Where a share group starts in a partition that it has not read."),
    key("share.delivery.count.limit", Int, "5").at_least(2).doc("How often a record is delivered to a share group at most."),
    key("share.heartbeat.interval.ms", Int, "5000").at_least(1).doc("How often a share group's members send heartbeats."),
    key("share.isolation.level", String, "read_uncommitted")
        .valid(OneOf(&["read_committed", "read_uncommitted"]))
        .doc("Whether a share group sees records of open and aborted transactions."),
    key("share.partition.max.record.locks", Int, "2000")
        .at_least(100)
        .doc("How many records of a partition a share group may hold locked."),
    key("share.record.lock.duration.ms", Int, "30000")
        .at_least(1_000)
        .doc("How long a share group's member holds a record before it goes to another."),
    key("share.renew.acknowledge.enable", Boolean, "true").doc("Whether a share group's members may renew their locks."),
    key("share.session.timeout.ms", Int, "45000").at_least(1).doc("After how long without a heartbeat a member leaves its share group."),
    key("streams.assignment.interval.ms", Int, "1000").at_least(0).doc("The shortest time between two assignments of a streams group."),
    key("streams.heartbeat.interval.ms", Int, "5000").at_least(1).doc("How often a streams group's members send heartbeats."),
    key("streams.initial.rebalance.delay.ms", Int, "3000").at_least(0).doc("How long a new streams group waits for more members."),
    key("streams.num.standby.replicas", Int, "0").at_least(0).doc("How many standby tasks a streams group keeps."),
    key("streams.session.timeout.ms", Int, "45000")
        .at_least(1)
        .doc("After how long without a heartbeat a member leaves its streams group."),
];

/// The broker setting that a group config falls back to.
pub static SYNONYMS: &[(&str, &str)] = &[
    ("consumer.assignment.interval.ms", "group.consumer.assignment.interval.ms"),
    ("consumer.heartbeat.interval.ms", "group.consumer.heartbeat.interval.ms"),
    ("consumer.session.timeout.ms", "group.consumer.session.timeout.ms"),
    ("share.assignment.interval.ms", "group.share.assignment.interval.ms"),
    ("share.delivery.count.limit", "group.share.delivery.count.limit"),
    ("share.heartbeat.interval.ms", "group.share.heartbeat.interval.ms"),
    ("share.partition.max.record.locks", "group.share.partition.max.record.locks"),
    ("share.record.lock.duration.ms", "group.share.record.lock.duration.ms"),
    ("share.session.timeout.ms", "group.share.session.timeout.ms"),
    ("streams.assignment.interval.ms", "group.streams.assignment.interval.ms"),
    ("streams.heartbeat.interval.ms", "group.streams.heartbeat.interval.ms"),
    ("streams.initial.rebalance.delay.ms", "group.streams.initial.rebalance.delay.ms"),
    ("streams.num.standby.replicas", "group.streams.num.standby.replicas"),
    ("streams.session.timeout.ms", "group.streams.session.timeout.ms"),
];
