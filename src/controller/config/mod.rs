//! Kafka's configs: of topics, brokers and groups. Their tables, how values are read and refused, which value counts.
//!
//! Nothing here knows where values are kept (the metadata log, see [`crate::controller::image`]) or what they do.

mod broker_keys;
pub mod definition;
pub mod describe;
mod group_keys;
mod log_config;
pub mod settings;
mod topic_keys;
pub mod validate;

pub use broker_keys::BROKER_KEYS;
pub use definition::{ConfigError, ConfigKey, Kind, Update, Value};
pub use describe::{BrokerLayers, ConfigEntry, ConfigSource};
pub use group_keys::GROUP_KEYS;
pub use log_config::log_config;
pub use settings::{BrokerSettings, SettingError, Values};
pub use topic_keys::TOPIC_KEYS;

/// The config of this name in a table, which is in order of name.
pub fn find(keys: &'static [ConfigKey], name: &str) -> Option<&'static ConfigKey> {
    keys.binary_search_by(|key| key.name.cmp(name)).ok().and_then(|index| keys.get(index))
}

/// The topic config of which this broker setting is the default, if there is one.
pub fn topic_config_of(setting: &str) -> Option<&'static ConfigKey> {
    let of = |(_, settings): &&(&str, &[(&str, i64)])| settings.iter().any(|(name, _)| *name == setting);
    topic_keys::SYNONYMS.iter().find(of).and_then(|(name, _)| find(TOPIC_KEYS, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order_of_name_and_their_defaults_valid() {
        for table in [BROKER_KEYS, GROUP_KEYS, TOPIC_KEYS] {
            assert!(table.is_sorted_by(|one, next| one.name < next.name));
            for key in table {
                assert_eq!(key.default.map(|text| key.parse(text).expect("valid").to_string()).as_deref(), key.default, "{}", key.name);
            }
        }
    }

    fn refusal(name: &str, value: &str) -> String {
        find(TOPIC_KEYS, name).expect("a topic config").parse(value).expect_err("refused").to_string()
    }

    #[test]
    fn values_are_refused_in_kafkas_words() {
        assert_eq!(refusal("retention.ms", "soon"), "Invalid value soon for configuration retention.ms: Not a number of type LONG");
        assert_eq!(
            refusal("compression.lz4.level", "99"),
            "Invalid value 99 for configuration compression.lz4.level: Value must be no more than 17"
        );
        assert_eq!(
            refusal("min.cleanable.dirty.ratio", "-1"),
            "Invalid value -1.0 for configuration min.cleanable.dirty.ratio: Value must be at least 0"
        );
        assert_eq!(
            refusal("preallocate", "yes"),
            "Invalid value yes for configuration preallocate: Expected value to be either true or false"
        );
        assert_eq!(refusal("cleanup.policy", "delete,"), "Configuration 'cleanup.policy' values must not be empty.");
        assert_eq!(
            refusal("cleanup.policy", "delete,shred"),
            "Invalid value shred for configuration cleanup.policy: String must be one of: compact, delete"
        );
    }

    #[test]
    fn values_are_shown_as_they_were_understood() {
        let shown = |name: &str, value: &str| find(TOPIC_KEYS, name).expect("a topic config").parse(value).expect("valid").to_string();
        assert_eq!(shown("segment.bytes", " 2097152 "), "2097152");
        assert_eq!(shown("cleanup.policy", "delete, compact,delete"), "delete,compact");
        assert_eq!(shown("preallocate", "TRUE"), "true");
    }

    #[test]
    fn throttled_replicas_are_pairs_or_all() {
        let is_valid = |value: &str| find(TOPIC_KEYS, "leader.replication.throttled.replicas").expect("a config").parse(value).is_ok();
        assert!(["*", "", "0:1,1:2"].into_iter().all(is_valid));
        assert!(!["foo", "0:", "*,0:1"].into_iter().any(is_valid));
    }

    #[test]
    fn durations_are_of_days_hours_minutes_and_seconds() {
        let is_valid = |value: &str| find(GROUP_KEYS, "share.auto.offset.reset").expect("a config").parse(value).is_ok();
        assert!(["latest", "earliest", "by_duration:PT1H", "by_duration:P1DT2H3M4.5S"].into_iter().all(is_valid));
        assert!(
            !["none", "by_duration:", "by_duration:P", "by_duration:PT", "by_duration:P1H", "by_duration:PT1S1H"].into_iter().any(is_valid)
        );
    }
}
