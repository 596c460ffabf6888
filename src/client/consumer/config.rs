//! `ConsumerConfig`: what of it is implemented, with Kafka's names and defaults.

use crate::client::assignor::Assignor;
use crate::client::config::{Common, ConfigError, Value, any, at_least, configs};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// Where a consumer begins in a partition that has no committed offset, or whose committed offset is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OffsetReset {
    Earliest,
    Latest,
    /// Nowhere: it fails.
    None,
}

impl OffsetReset {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Earliest => "earliest",
            Self::Latest => "latest",
            Self::None => "none",
        }
    }
}

impl Value for OffsetReset {
    fn parse(text: &str) -> Result<Self, String> {
        let known = [Self::Earliest, Self::Latest, Self::None];
        let found = known.into_iter().find(|reset| reset.name() == text.trim());
        found.ok_or_else(|| "Value must be one of: latest, earliest, none".to_owned())
    }

    fn show(&self) -> String {
        self.name().to_owned()
    }
}

/// `isolation.level`: what of transactions is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IsolationLevel {
    /// All records, as soon as they are replicated.
    ReadUncommitted,
    /// Only what was committed, and nothing behind the first transaction that is open still.
    ReadCommitted,
}

impl IsolationLevel {
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReadUncommitted => "read_uncommitted",
            Self::ReadCommitted => "read_committed",
        }
    }

    /// As requests have it.
    pub const fn as_i8(self) -> i8 {
        match self {
            Self::ReadUncommitted => 0,
            Self::ReadCommitted => 1,
        }
    }
}

impl Value for IsolationLevel {
    fn parse(text: &str) -> Result<Self, String> {
        let found = [Self::ReadUncommitted, Self::ReadCommitted].into_iter().find(|level| level.name() == text.trim());
        found.ok_or_else(|| "String must be one of: read_committed, read_uncommitted".to_owned())
    }

    fn show(&self) -> String {
        self.name().to_owned()
    }
}

/// `partition.assignment.strategy`: in order of preference, by the assignors' classes (their short names will do).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strategy(pub Vec<Assignor>);

impl Value for Strategy {
    fn parse(text: &str) -> Result<Self, String> {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        let found: Result<Vec<_>, _> =
            names.map(|name| Assignor::from_name(name).ok_or_else(|| format!("Class {name} could not be found."))).collect();
        found.map(Self)
    }

    fn show(&self) -> String {
        let classes: Vec<_> = self.0.iter().map(|assignor| assignor.class()).collect();
        classes.join(",")
    }
}

impl Serialize for Strategy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.show())
    }
}

impl<'de> Deserialize<'de> for Strategy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

fn not_empty(strategy: &Strategy) -> Result<(), String> {
    if strategy.0.is_empty() { Err("Configuration 'partition.assignment.strategy' must not be empty.".to_owned()) } else { Ok(()) }
}

configs! {
    /// A consumer's configuration. Sizes in bytes, times in ms.
    pub struct ConsumerConfig {
        "client.id" client_id: String = String::new(), any;
        /// None: it belongs to no group; it may neither subscribe nor commit.
        "group.id" group_id: Option<String> = None, any;
        /// Makes it a static member (KIP-345).
        "group.instance.id" group_instance_id: Option<String> = None, any;
        "partition.assignment.strategy" strategy: Strategy = Strategy(vec![Assignor::Range, Assignor::CooperativeSticky]), not_empty;
        "session.timeout.ms" session_timeout_ms: i32 = 45_000, any;
        "heartbeat.interval.ms" heartbeat_interval_ms: i32 = 3_000, any;
        /// How long the application may stay away from `poll`; also the rebalance timeout.
        "max.poll.interval.ms" max_poll_interval_ms: i32 = 300_000, at_least(1);
        "max.poll.records" max_poll_records: i32 = 500, at_least(1);
        "enable.auto.commit" enable_auto_commit: bool = true, any;
        "auto.commit.interval.ms" auto_commit_interval_ms: i32 = 5_000, at_least(0);
        "auto.offset.reset" auto_offset_reset: OffsetReset = OffsetReset::Latest, any;
        "fetch.min.bytes" fetch_min_bytes: i32 = 1, at_least(0);
        "fetch.max.bytes" fetch_max_bytes: i32 = 52_428_800, at_least(0);
        "fetch.max.wait.ms" fetch_max_wait_ms: i32 = 500, at_least(0);
        "max.partition.fetch.bytes" max_partition_fetch_bytes: i32 = 1_048_576, at_least(0);
        "check.crcs" check_crcs: bool = true, any;
        "isolation.level" isolation_level: IsolationLevel = IsolationLevel::ReadUncommitted, any;
        "allow.auto.create.topics" allow_auto_create_topics: bool = true, any;
        "client.rack" client_rack: String = String::new(), any;
        "request.timeout.ms" request_timeout_ms: i32 = 30_000, at_least(0);
        "default.api.timeout.ms" default_api_timeout_ms: i32 = 60_000, at_least(0);
        "retry.backoff.ms" retry_backoff_ms: i64 = 100, at_least(0);
        "retry.backoff.max.ms" retry_backoff_max_ms: i64 = 1_000, at_least(0);
        "metadata.max.age.ms" metadata_max_age_ms: i64 = 300_000, at_least(0);
        "reconnect.backoff.ms" reconnect_backoff_ms: i64 = 50, at_least(0);
        "reconnect.backoff.max.ms" reconnect_backoff_max_ms: i64 = 1_000, at_least(0);
        "connections.max.idle.ms" connections_max_idle_ms: i64 = 540_000, any;
        /// How long a connection may take to be made; it doubles with every failure, up to the most.
        "socket.connection.setup.timeout.ms" connection_setup_timeout_ms: i64 = 10_000, at_least(0);
        "socket.connection.setup.timeout.max.ms" connection_setup_timeout_max_ms: i64 = 30_000, at_least(0);
    }
}

impl ConsumerConfig {
    /// Whether a consumer can be made with it.
    ///
    /// # Errors
    /// A value out of bounds, or two that don't go together, in Kafka's words.
    pub fn check(&self) -> Result<(), ConfigError> {
        self.check_bounds()?;
        if self.heartbeat_interval_ms >= self.session_timeout_ms {
            return Err(ConfigError::conflict("Heartbeat must be set lower than the session timeout"));
        }
        if self.group_id.as_deref().is_some_and(|group| group.trim().is_empty()) {
            return Err(ConfigError::conflict("The configured group.id should not be an empty string or whitespace."));
        }
        if self.group_instance_id.as_deref().is_some_and(str::is_empty) {
            return Err(ConfigError::invalid("group.instance.id", &"", "String must be non-empty"));
        }
        Ok(())
    }

    pub(super) fn common(&self, client_id: Arc<str>) -> Common {
        Common {
            client_id,
            request_timeout_ms: self.request_timeout_ms,
            retry_backoff_ms: self.retry_backoff_ms,
            retry_backoff_max_ms: self.retry_backoff_max_ms,
            reconnect_backoff_ms: self.reconnect_backoff_ms,
            reconnect_backoff_max_ms: self.reconnect_backoff_max_ms,
            connections_max_idle_ms: self.connections_max_idle_ms,
            connection_setup_timeout_ms: self.connection_setup_timeout_ms,
            connection_setup_timeout_max_ms: self.connection_setup_timeout_max_ms,
            metadata_max_age_ms: self.metadata_max_age_ms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_values_are_refused_in_kafkas_words() {
        let refusal =
            |name, value| ConsumerConfig::default().set(name, value).map_or_else(|error| error.message, |()| "accepted".to_owned());
        assert_eq!(refusal("max.poll.records", "0"), "Invalid value 0 for configuration max.poll.records: Value must be at least 1");
        assert_eq!(refusal("partition.assignment.strategy", "roundrobin, cooperative-sticky"), "accepted");
        assert_eq!(
            refusal("isolation.level", "serializable"),
            "Invalid value serializable for configuration isolation.level: String must be one of: read_committed, read_uncommitted"
        );
        let config = ConsumerConfig { heartbeat_interval_ms: 45_000, ..Default::default() };
        assert!(config.check().is_err_and(|error| error.message == "Heartbeat must be set lower than the session timeout"));
    }
}
