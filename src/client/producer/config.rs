//! `ProducerConfig`: what of it is implemented, with Kafka's names and defaults.

use crate::client::config::{Common, ConfigError, Value, any, at_least, configs};
use crate::wire::Compression;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// Whose acknowledgement a producer waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Acks {
    /// All replicas that are in sync.
    #[serde(rename = "all", alias = "-1")]
    All,
    /// The leader alone.
    #[serde(rename = "1")]
    One,
    /// Nobody: the request is not even answered.
    #[serde(rename = "0")]
    None,
}

impl Acks {
    /// As it is configured.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::One => "1",
            Self::None => "0",
        }
    }

    /// As a Produce request has it.
    pub const fn as_i16(self) -> i16 {
        match self {
            Self::All => -1,
            Self::One => 1,
            Self::None => 0,
        }
    }
}

impl Value for Acks {
    fn parse(text: &str) -> Result<Self, String> {
        match text.trim() {
            "all" | "-1" => Ok(Self::All),
            "1" => Ok(Self::One),
            "0" => Ok(Self::None),
            _ => Err("String must be one of: all, -1, 0, 1".to_owned()),
        }
    }

    fn show(&self) -> String {
        self.name().to_owned()
    }
}

/// `compression.type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompressionType(pub Compression);

impl Value for CompressionType {
    fn parse(text: &str) -> Result<Self, String> {
        Compression::from_name(text.trim()).map(Self).ok_or_else(|| "String must be one of: none, gzip, snappy, lz4, zstd".to_owned())
    }

    fn show(&self) -> String {
        self.0.name().to_owned()
    }
}

impl Serialize for CompressionType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de> Deserialize<'de> for CompressionType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// `partitioner.class`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartitionerClass {
    /// None given: keys by murmur2, records without a key stickily (KIP-794).
    #[default]
    #[serde(rename = "")]
    BuiltIn,
    #[serde(rename = "org.apache.kafka.clients.producer.RoundRobinPartitioner")]
    RoundRobin,
}

impl Value for PartitionerClass {
    fn parse(text: &str) -> Result<Self, String> {
        match text.trim() {
            "" | "null" => Ok(Self::BuiltIn),
            "org.apache.kafka.clients.producer.RoundRobinPartitioner" => Ok(Self::RoundRobin),
            other => Err(format!("Class {other} could not be found.")),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::BuiltIn => "null",
            Self::RoundRobin => "org.apache.kafka.clients.producer.RoundRobinPartitioner",
        }
        .to_owned()
    }
}

/// `ConfigDef.NonEmptyString`.
fn not_empty(text: &Option<String>) -> Result<(), String> {
    if text.as_deref().is_some_and(str::is_empty) { Err("String must be non-empty".to_owned()) } else { Ok(()) }
}

configs! {
    /// A producer's configuration. Sizes in bytes, times in ms.
    pub struct ProducerConfig {
        "client.id" client_id: String = String::new(), any;
        "acks" acks: Acks = Acks::All, any;
        /// How long records wait for company in their batch.
        "linger.ms" linger_ms: i64 = 5, at_least(0);
        /// Where a batch counts as full.
        "batch.size" batch_size: i32 = 16_384, at_least(0);
        /// For all records that are not acknowledged yet.
        "buffer.memory" buffer_memory: i64 = 33_554_432, at_least(0);
        "compression.type" compression_type: CompressionType = CompressionType(Compression::None), any;
        /// Unless set, true where the other settings allow it.
        "enable.idempotence" enable_idempotence: Option<bool> = None, any;
        "max.in.flight.requests.per.connection" max_in_flight: i32 = 5, at_least(1);
        "max.request.size" max_request_size: i32 = 1_048_576, at_least(0);
        "retries" retries: i32 = i32::MAX, at_least(0);
        "retry.backoff.ms" retry_backoff_ms: i64 = 100, at_least(0);
        "retry.backoff.max.ms" retry_backoff_max_ms: i64 = 1_000, at_least(0);
        /// From the record's entry into its batch until it is given up.
        "delivery.timeout.ms" delivery_timeout_ms: i32 = 120_000, at_least(0);
        "request.timeout.ms" request_timeout_ms: i32 = 30_000, at_least(0);
        /// Who it is, over restarts, which makes it transactional; none: it writes without transactions.
        "transactional.id" transactional_id: Option<String> = None, not_empty;
        /// How long the coordinator lets a transaction stay open.
        "transaction.timeout.ms" transaction_timeout_ms: i32 = 60_000, any;
        /// How long `send` waits for metadata or memory, and the end of a transaction for the coordinator.
        "max.block.ms" max_block_ms: i64 = 60_000, at_least(0);
        "partitioner.class" partitioner_class: PartitionerClass = PartitionerClass::BuiltIn, any;
        "partitioner.ignore.keys" partitioner_ignore_keys: bool = false, any;
        /// Whether longer queues make a partition less likely for records without a key.
        "partitioner.adaptive.partitioning.enable" adaptive_partitioning: bool = true, any;
        "metadata.max.age.ms" metadata_max_age_ms: i64 = 300_000, at_least(0);
        /// How long a topic that nobody writes to is kept track of.
        "metadata.max.idle.ms" metadata_max_idle_ms: i64 = 300_000, at_least(5_000);
        "reconnect.backoff.ms" reconnect_backoff_ms: i64 = 50, at_least(0);
        "reconnect.backoff.max.ms" reconnect_backoff_max_ms: i64 = 1_000, at_least(0);
        "connections.max.idle.ms" connections_max_idle_ms: i64 = 540_000, any;
        /// How long a connection may take to be made; it doubles with every failure, up to the most.
        "socket.connection.setup.timeout.ms" connection_setup_timeout_ms: i64 = 10_000, at_least(0);
        "socket.connection.setup.timeout.max.ms" connection_setup_timeout_max_ms: i64 = 30_000, at_least(0);
    }
}

impl ProducerConfig {
    /// Whether records carry sequence numbers (KIP-98): where it is not said, wherever it can be.
    pub fn idempotent(&self) -> bool {
        self.enable_idempotence.unwrap_or(self.acks == Acks::All && self.retries > 0 && self.max_in_flight <= 5)
    }

    /// Whether a producer can be made with it.
    ///
    /// # Errors
    /// A value out of bounds, or two that don't go together, in Kafka's words.
    pub fn check(&self) -> Result<(), ConfigError> {
        self.check_bounds()?;
        if self.enable_idempotence == Some(true) {
            if self.retries == 0 {
                return Err(ConfigError::conflict("Must set retries to non-zero when using the idempotent producer."));
            }
            if self.acks != Acks::All {
                return Err(ConfigError::conflict(
                    "Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.",
                ));
            }
            if self.max_in_flight > 5 {
                return Err(ConfigError::conflict(
                    "Must set max.in.flight.requests.per.connection to at most 5 to use the idempotent producer.",
                ));
            }
        }
        if self.transactional_id.is_some() && !self.idempotent() {
            return Err(ConfigError::conflict("Cannot set a transactional.id without also enabling idempotence."));
        }
        let least = self.linger_ms.saturating_add(self.request_timeout_ms.into());
        if i64::from(self.delivery_timeout_ms) < least {
            return Err(ConfigError::conflict("delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms"));
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

    fn refusal(name: &str, value: &str) -> String {
        ProducerConfig::default().set(name, value).map_or_else(|error| error.message, |()| "accepted".to_owned())
    }

    #[test]
    fn bad_values_are_refused_in_kafkas_words() {
        assert_eq!(refusal("linger.ms", "-1"), "Invalid value -1 for configuration linger.ms: Value must be at least 0");
        assert_eq!(refusal("linger.ms", "soon"), "Invalid value soon for configuration linger.ms: Not a number of type LONG");
        assert_eq!(refusal("acks", "2"), "Invalid value 2 for configuration acks: String must be one of: all, -1, 0, 1");
        assert_eq!(
            refusal("enable.idempotence", "maybe"),
            "Invalid value maybe for configuration enable.idempotence: Expected value to be either true or false"
        );
        assert_eq!(refusal("linger", "1"), "Unknown configuration 'linger'");
    }

    #[test]
    fn idempotence_gives_way_unless_it_was_asked_for() {
        let mut config = ProducerConfig { acks: Acks::One, ..Default::default() };
        assert!(!config.idempotent() && config.check().is_ok());
        config.enable_idempotence = Some(true);
        assert!(config.check().is_err_and(|error| error.message.starts_with("Must set acks to all")));
    }

    #[test]
    fn a_transactional_producer_has_to_be_idempotent() {
        let transactional = |config| ProducerConfig { transactional_id: Some("shop".to_owned()), ..config };
        assert!(transactional(ProducerConfig::default()).check().is_ok());
        let refused = |config| transactional(config).check().map_or_else(|error| error.message, |()| "accepted".to_owned());
        let message = "Cannot set a transactional.id without also enabling idempotence.";
        assert_eq!(refused(ProducerConfig { acks: Acks::One, ..Default::default() }), message);
        assert_eq!(refused(ProducerConfig { enable_idempotence: Some(false), ..Default::default() }), message);
        let not_all = ProducerConfig { acks: Acks::One, enable_idempotence: Some(true), ..Default::default() };
        assert!(refused(not_all).starts_with("Must set acks to all"));
        assert_eq!(refusal("transactional.id", ""), "Invalid value  for configuration transactional.id: String must be non-empty");
    }

    #[test]
    fn a_configuration_is_read_by_kafkas_names() {
        let config: ProducerConfig =
            serde_json::from_str(r#"{"linger.ms": 0, "acks": "1", "compression.type": "lz4"}"#).expect("a configuration");
        assert_eq!((config.linger_ms, config.acks, config.compression_type.0), (0, Acks::One, Compression::Lz4));
    }
}
