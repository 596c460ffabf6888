//! A broker's settings: what was given, and the typed values that the engine reads.
//!
//! A setting of Kafka's counts here if it is a field of [`BrokerSettings`], or if topic configs fall back to it; the others keep
//! Kafka's default in DescribeConfigs and cannot be set.

use super::broker_keys::BROKER_KEYS;
use super::definition::{ConfigError, ConfigKey, Update, Value};
use super::{find, topic_keys};
use crate::base::Duration;
use crate::base::SortedMap;
use std::fmt;
use std::sync::Arc;

/// Values by name, as given. Shared, since every clone of a broker has them.
pub type Values = SortedMap<Arc<str>, Arc<str>>;

/// Why a setting was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingError {
    /// Apache Kafka has no such setting.
    Unknown(String),
    /// Apache Kafka has it, but it has no effect here.
    NotImplemented(String),
    /// The value is refused; Kafka's message.
    Invalid(ConfigError),
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(name) => write!(f, "Unknown broker setting '{name}': Apache Kafka has none of that name"),
            Self::NotImplemented(name) => write!(f, "The broker setting '{name}' of Apache Kafka is not implemented"),
            Self::Invalid(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SettingError {}

/// How a typed value is taken from a value that was read.
trait Typed: Sized {
    fn typed(value: &Value) -> Self;
}

macro_rules! typed_numbers {
    ($($number:ty),*) => {
        $(impl Typed for $number {
            /// The key's kind keeps the number in range; saturating besides, so that a wrong table is no panic.
            fn typed(value: &Value) -> Self {
                Self::try_from(value.number()).unwrap_or(Self::MAX)
            }
        })*
    };
}
typed_numbers!(i16, i32, i64);

impl Typed for bool {
    fn typed(value: &Value) -> Self {
        *value == Value::Boolean(true)
    }
}

impl Typed for Duration {
    fn typed(value: &Value) -> Self {
        Self::from_kafka_ms(value.number())
    }
}

impl Typed for Option<Arc<str>> {
    fn typed(value: &Value) -> Self {
        Some(value.to_string().into())
    }
}

macro_rules! settings {
    ($($(#[$doc:meta])* $field:ident: $type:ty = $default:expr, $name:literal;)*) => {
        /// The settings of a broker or controller, with Kafka's defaults. A field is named as its setting,
        /// without its unit where it is a duration.
        #[derive(Clone, Debug, PartialEq)]
        pub struct BrokerSettings {
            $($(#[$doc])* pub $field: $type,)*
            given: Arc<Values>,
            log: Arc<SortedMap<&'static str, Value>>,
        }

        impl Default for BrokerSettings {
            fn default() -> Self {
                Self { $($field: $default,)* given: Arc::default(), log: Arc::default() }
            }
        }

        impl BrokerSettings {
            /// The settings with a field of their own.
            pub const FIELDS: &[&str] = &[$($name),*];

            /// False where no field is called so.
            fn put(&mut self, name: &str, value: &Value) -> bool {
                match name {
                    $($name => self.$field = Typed::typed(value),)*
                    _ => return false,
                }
                true
            }

            #[cfg(test)]
            fn values(&self) -> Vec<(&'static str, String)> {
                vec![$(($name, format!("{:?}", self.$field)),)*]
            }
        }
    };
}

settings! {
    /// Partitions of a topic that is created without a number of them.
    num_partitions: i32 = 1, "num.partitions";
    default_replication_factor: i32 = 1, "default.replication.factor";
    auto_create_topics: bool = true, "auto.create.topics.enable";
    delete_topic: bool = true, "delete.topic.enable";
    min_insync_replicas: i32 = 1, "min.insync.replicas";
    /// Which replica a consumer is sent to; none: the leader (KIP-392).
    replica_selector_class: Option<Arc<str>> = None, "replica.selector.class";
    /// None: the broker is in no rack.
    broker_rack: Option<Arc<str>> = None, "broker.rack";

    /// The largest request, in bytes.
    socket_request_max_bytes: i32 = 104_857_600, "socket.request.max.bytes";
    /// The most that a Fetch returns, in bytes, whatever it asks for.
    fetch_max_bytes: i32 = 57_671_680, "fetch.max.bytes";
    /// How many incremental fetch sessions are kept.
    max_incremental_fetch_session_cache_slots: i32 = 1_000, "max.incremental.fetch.session.cache.slots";
    /// How often logs are looked through for those that `flush.ms` wants on the disk.
    log_flush_scheduler_interval: Duration = Duration::from_kafka_ms(i64::MAX), "log.flush.scheduler.interval.ms";
    /// How often old segments are looked for.
    log_retention_check_interval: Duration = Duration::from_millis(300_000), "log.retention.check.interval.ms";
    /// How long the cleaner waits when no log is dirty enough.
    log_cleaner_backoff: Duration = Duration::from_millis(15_000), "log.cleaner.backoff.ms";
    /// After how long without a batch a partition forgets a producer.
    producer_id_expiration: Duration = Duration::from_millis(86_400_000), "producer.id.expiration.ms";
    /// The most partitions that one DescribeTopicPartitions answers.
    max_request_partition_size_limit: i32 = 2_000, "max.request.partition.size.limit";
    /// How long the controller may take for topics that a broker has created by itself.
    request_timeout: Duration = Duration::from_millis(30_000), "request.timeout.ms";

    /// After how long without having all that its leader has a follower is no longer in sync.
    replica_lag_time_max: Duration = Duration::from_millis(30_000), "replica.lag.time.max.ms";
    /// How long a follower's Fetch waits at the leader for records.
    replica_fetch_wait_max: Duration = Duration::from_millis(500), "replica.fetch.wait.max.ms";
    replica_fetch_min_bytes: i32 = 1, "replica.fetch.min.bytes";
    /// Of a partition, in a follower's Fetch, in bytes.
    replica_fetch_max_bytes: i32 = 1_048_576, "replica.fetch.max.bytes";
    /// Of all partitions, in a follower's Fetch, in bytes.
    replica_fetch_response_max_bytes: i32 = 10_485_760, "replica.fetch.response.max.bytes";
    /// How long a follower leaves alone what it could not fetch.
    replica_fetch_backoff: Duration = Duration::from_millis(1_000), "replica.fetch.backoff.ms";
    /// How long a follower waits for an answer.
    replica_socket_timeout: Duration = Duration::from_millis(30_000), "replica.socket.timeout.ms";
    /// How often it is written down how far partitions are committed.
    replica_high_watermark_checkpoint_interval: Duration = Duration::from_millis(5_000), "replica.high.watermark.checkpoint.interval.ms";

    /// How long a new classic group waits for more members.
    group_initial_rebalance_delay: Duration = Duration::from_millis(3_000), "group.initial.rebalance.delay.ms";
    group_min_session_timeout: Duration = Duration::from_millis(6_000), "group.min.session.timeout.ms";
    group_max_session_timeout: Duration = Duration::from_millis(1_800_000), "group.max.session.timeout.ms";
    /// The most members of a classic group.
    group_max_size: i32 = i32::MAX, "group.max.size";
    /// The longest metadata of a committed offset, in bytes.
    offset_metadata_max_bytes: i32 = 4_096, "offset.metadata.max.bytes";
    offsets_topic_num_partitions: i32 = 50, "offsets.topic.num.partitions";
    offsets_topic_replication_factor: i16 = 3, "offsets.topic.replication.factor";
    offsets_topic_segment_bytes: i32 = 104_857_600, "offsets.topic.segment.bytes";
    /// How long a coordinator waits for its records to be committed.
    offsets_commit_timeout: Duration = Duration::from_millis(5_000), "offsets.commit.timeout.ms";
    /// How long the offsets of an empty group are kept.
    offsets_retention_minutes: i32 = 10_080, "offsets.retention.minutes";
    offsets_retention_check_interval: Duration = Duration::from_millis(600_000), "offsets.retention.check.interval.ms";

    transaction_state_log_num_partitions: i32 = 50, "transaction.state.log.num.partitions";
    transaction_state_log_replication_factor: i16 = 3, "transaction.state.log.replication.factor";
    transaction_state_log_min_isr: i32 = 2, "transaction.state.log.min.isr";
    transaction_state_log_segment_bytes: i32 = 104_857_600, "transaction.state.log.segment.bytes";
    /// The longest time that a producer may ask for before its transaction is aborted.
    transaction_max_timeout: Duration = Duration::from_millis(900_000), "transaction.max.timeout.ms";
    /// How often transactions are looked for that have taken too long.
    transaction_abort_timed_out_interval: Duration = Duration::from_millis(10_000), "transaction.abort.timed.out.transaction.cleanup.interval.ms";
    /// How often transactional ids are looked for that nobody has used for long.
    transaction_remove_expired_interval: Duration = Duration::from_millis(3_600_000), "transaction.remove.expired.transaction.cleanup.interval.ms";
    /// After how long without a transaction a transactional id is forgotten.
    transactional_id_expiration: Duration = Duration::from_millis(604_800_000), "transactional.id.expiration.ms";
    /// How long a leader asks a coordinator again that is busy with the transaction before, and how often.
    add_partitions_to_txn_retry_backoff_max: Duration = Duration::from_millis(100), "add.partitions.to.txn.retry.backoff.max.ms";
    add_partitions_to_txn_retry_backoff: Duration = Duration::from_millis(20), "add.partitions.to.txn.retry.backoff.ms";

    /// Whether preferred replicas lead again by themselves.
    auto_leader_rebalance: bool = true, "auto.leader.rebalance.enable";
    /// How often that is looked after.
    leader_imbalance_check_interval_seconds: i64 = 300, "leader.imbalance.check.interval.seconds";
    /// Whether a broker hands over what it leads before it stops.
    controlled_shutdown: bool = true, "controlled.shutdown.enable";

    broker_heartbeat_interval: Duration = Duration::from_millis(2_000), "broker.heartbeat.interval.ms";
    /// After how long without news of a leader a voter stands for election.
    quorum_election_timeout: Duration = Duration::from_millis(1_000), "controller.quorum.election.timeout.ms";
    /// After how long without a successful fetch a voter gives its leader up.
    quorum_fetch_timeout: Duration = Duration::from_millis(2_000), "controller.quorum.fetch.timeout.ms";
    quorum_election_backoff_max: Duration = Duration::from_millis(1_000), "controller.quorum.election.backoff.max.ms";
    /// How long a voter waits for another's answer.
    quorum_request_timeout: Duration = Duration::from_millis(2_000), "controller.quorum.request.timeout.ms";
    quorum_retry_backoff: Duration = Duration::from_millis(20), "controller.quorum.retry.backoff.ms";
    /// How often the active controller writes a record that says nothing, so that all can tell how far they have read.
    metadata_max_idle_interval: Duration = Duration::from_millis(500), "metadata.max.idle.interval.ms";
    /// After so many bytes of records a snapshot is made.
    metadata_snapshot_bytes: i64 = 20_971_520, "metadata.log.max.record.bytes.between.snapshots";
    /// A snapshot is made at least so often, if there is anything new; 0: not for that reason.
    metadata_snapshot_interval: Duration = Duration::from_millis(3_600_000), "metadata.log.max.snapshot.interval.ms";
    /// How much of snapshots and log is kept, in bytes; below 0: all.
    metadata_retention_bytes: i64 = 104_857_600, "metadata.max.retention.bytes";
    /// How old a snapshot may be that is not the latest, in ms; below 0: any age.
    metadata_retention_ms: i64 = 604_800_000, "metadata.max.retention.ms";

    /// After how long without a heartbeat the controller fences a broker.
    broker_session_timeout: Duration = Duration::from_millis(9_000), "broker.session.timeout.ms";
}

impl BrokerSettings {
    /// Whether anything here depends on a broker setting; Apache Kafka has many more.
    pub fn has_effect(name: &str) -> bool {
        let of_topics = || topic_keys::SYNONYMS.iter().any(|(_, settings)| settings.iter().any(|(known, _)| *known == name));
        Self::FIELDS.contains(&name) || name.ends_with(".replication.throttled.rate") || of_topics()
    }

    /// Gives a setting its value, as a configuration file would: Kafka's name and Kafka's text.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), SettingError> {
        let key = find(BROKER_KEYS, name).ok_or_else(|| SettingError::Unknown(name.to_owned()))?;
        let parsed = key.parse(value).map_err(SettingError::Invalid)?;
        if !self.apply(key, parsed) {
            return Err(SettingError::NotImplemented(name.to_owned()));
        }
        self.note(name, value);
        Ok(())
    }

    /// Notes what a broker is by its place in the cluster, such as `node.id` and `listeners`: shown by DescribeConfigs, not read here.
    pub fn note(&mut self, name: &str, value: &str) {
        Arc::make_mut(&mut self.given).insert(name.into(), value.into());
    }

    /// What was given when the broker started: Kafka's "static" settings.
    pub fn given(&self) -> &Values {
        &self.given
    }

    /// These settings with what was changed while the broker runs: the cluster's values, then the broker's own. Names and values that a
    /// running broker cannot take are passed over, as in Kafka.
    pub fn with_dynamic(&self, cluster: &Values, broker: &Values) -> Self {
        let mut changed = self.clone();
        for (name, value) in cluster.iter().chain(broker) {
            let Some(key) = find(BROKER_KEYS, name).filter(|key| key.update != Update::ReadOnly) else { continue };
            if let Ok(parsed) = key.parse(value) {
                changed.apply(key, parsed);
            }
        }
        changed
    }

    /// What topics fall back to for this config: the first of its broker settings that is set, in the topic config's unit; else none.
    pub fn topic_default(&self, topic_config: &str) -> Option<Value> {
        let (_, settings) = topic_keys::SYNONYMS.iter().find(|(name, _)| *name == topic_config)?;
        settings.iter().find_map(|(name, factor)| match self.log.get(name)? {
            Value::Number(number) if *factor != 1 => Some(Value::Number(number.saturating_mul(*factor))),
            value => Some(value.clone()),
        })
    }

    /// False where the setting has no effect.
    fn apply(&mut self, key: &ConfigKey, value: Value) -> bool {
        let is_field = self.put(key.name, &value);
        let is_of_topics = topic_keys::SYNONYMS.iter().any(|(_, settings)| settings.iter().any(|(name, _)| *name == key.name));
        if is_of_topics {
            Arc::make_mut(&mut self.log).insert(key.name, value);
        }
        is_field || is_of_topics
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_kafkas_default() {
        let mut settings = BrokerSettings::default();
        for name in BrokerSettings::FIELDS {
            if let Some(default) = find(BROKER_KEYS, name).expect("a setting of Kafka's").default {
                settings.set(name, default).expect("its own default");
            }
        }
        assert_eq!(settings.values(), BrokerSettings::default().values());
    }

    #[test]
    fn a_setting_takes_kafkas_name_and_text() {
        let mut settings = BrokerSettings::default();
        settings.set("group.initial.rebalance.delay.ms", "0").expect("valid");
        settings.set("auto.create.topics.enable", "FALSE").expect("valid");
        assert_eq!(settings.group_initial_rebalance_delay, Duration::ZERO);
        assert!(!settings.auto_create_topics);
    }

    #[test]
    fn an_unknown_setting_is_refused_by_name() {
        let refused = BrokerSettings::default().set("num.partition", "4").expect_err("unknown");
        assert_eq!(refused.to_string(), "Unknown broker setting 'num.partition': Apache Kafka has none of that name");
    }

    #[test]
    fn a_setting_without_effect_is_refused_by_name() {
        let refused = BrokerSettings::default().set("num.io.threads", "4").expect_err("no threads here");
        assert_eq!(refused.to_string(), "The broker setting 'num.io.threads' of Apache Kafka is not implemented");
    }

    #[test]
    fn a_bad_value_is_refused_in_kafkas_words() {
        let refused = BrokerSettings::default().set("num.partitions", "0").expect_err("too few");
        assert_eq!(refused.to_string(), "Invalid value 0 for configuration num.partitions: Value must be at least 1");
    }

    #[test]
    fn topics_fall_back_to_the_most_precise_setting() {
        let mut settings = BrokerSettings::default();
        settings.set("log.retention.hours", "2").expect("valid");
        assert_eq!(settings.topic_default("retention.ms"), Some(Value::Number(7_200_000)));
        settings.set("log.retention.minutes", "1").expect("valid");
        assert_eq!(settings.topic_default("retention.ms"), Some(Value::Number(60_000)));
        assert_eq!(settings.topic_default("cleanup.policy"), None);
    }

    #[test]
    fn a_running_brokers_own_value_wins_over_the_clusters() {
        let values = |value: &str| Values::from([("message.max.bytes".into(), value.into()), ("num.partitions".into(), "7".into())]);
        let settings = BrokerSettings::default().with_dynamic(&values("10"), &values("20"));
        assert_eq!((settings.topic_default("max.message.bytes"), settings.num_partitions), (Some(Value::Number(20)), 1));
    }
}
