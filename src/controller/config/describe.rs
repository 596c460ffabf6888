//! Which value of a config counts, where it is from, and what else it could be (`kafka.server.ConfigHelper`, `KafkaConfigSchema`).

use super::definition::{ConfigKey, Update};
use super::settings::{BrokerSettings, Values};
use super::{BROKER_KEYS, GROUP_KEYS, TOPIC_KEYS, find, group_keys, topic_keys};

/// Where a value is from; the numbers are the protocol's (`DescribeConfigsResponse.ConfigSource`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigSource {
    Topic = 1,
    /// Set for this broker while it runs.
    DynamicBroker = 2,
    /// Set for all brokers while they run.
    DynamicDefaultBroker = 3,
    /// Given when the broker was started.
    StaticBroker = 4,
    Default = 5,
    Group = 8,
}

/// A value that a config has or would have, and by what name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    pub name: &'static str,
    pub value: String,
    pub source: ConfigSource,
}

/// A config as DescribeConfigs shows it.
#[derive(Clone, Debug)]
pub struct ConfigEntry {
    pub key: &'static ConfigKey,
    /// None where the config has no value, or one that is secret.
    pub value: Option<String>,
    pub source: ConfigSource,
    /// A running broker does not take another.
    pub read_only: bool,
    /// The values that it could have, the one that counts first.
    pub synonyms: Vec<Synonym>,
}

/// What was set on a broker, from where.
#[derive(Clone, Copy, Debug)]
pub struct BrokerLayers<'a> {
    /// For this broker while it runs.
    pub broker: &'a Values,
    /// For all brokers while they run.
    pub cluster: &'a Values,
    /// At its start.
    pub settings: &'a BrokerSettings,
}

/// Settings of which one stands for the others, the most precise first.
const FAMILIES: [&[&str]; 4] = [
    &["log.flush.interval.ms", "log.flush.scheduler.interval.ms"],
    &["log.retention.ms", "log.retention.minutes", "log.retention.hours"],
    &["log.roll.jitter.ms", "log.roll.jitter.hours"],
    &["log.roll.ms", "log.roll.hours"],
];

impl BrokerLayers<'_> {
    /// All configs of a topic for which `own` was set.
    pub fn topic_entries(&self, own: &Values) -> Vec<ConfigEntry> {
        TOPIC_KEYS.iter().filter(|key| !key.hidden || own.contains_key(key.name)).map(|key| self.topic_entry(key, own)).collect()
    }

    fn topic_entry(&self, key: &'static ConfigKey, own: &Values) -> ConfigEntry {
        let fallbacks = topic_keys::SYNONYMS.iter().find(|(name, _)| *name == key.name).map_or(&[][..], |(_, fallbacks)| fallbacks);
        let mut synonyms = fallbacks.first().map(|(name, _)| self.synonyms(name)).unwrap_or_default();
        let own = own.get(key.name).map(|value| understood(key, value));
        if let Some(value) = &own {
            synonyms.insert(0, Synonym { name: key.name, value: value.clone(), source: ConfigSource::Topic });
        }
        let value = own.or_else(|| self.fallback(fallbacks)).or_else(|| key.default.map(str::to_owned));
        ConfigEntry { key, value, source: first_source(&synonyms), read_only: false, synonyms }
    }

    /// The first of these settings that is set somewhere, in the topic config's unit.
    fn fallback(&self, settings: &[(&'static str, i64)]) -> Option<String> {
        let layers = [self.broker, self.cluster, self.settings.given()];
        layers.into_iter().find_map(|layer| {
            settings.iter().find_map(|(name, factor)| {
                let value = find(BROKER_KEYS, name)?.parse(layer.get(*name)?).ok()?;
                Some(if *factor == 1 { value.to_string() } else { value.number().saturating_mul(*factor).to_string() })
            })
        })
    }

    /// All settings of the broker itself.
    pub fn broker_entries(&self) -> Vec<ConfigEntry> {
        let is_set = |key: &ConfigKey| self.broker.contains_key(key.name) || self.cluster.contains_key(key.name);
        let keys = BROKER_KEYS.iter().filter(|key| !key.hidden || is_set(key));
        keys.map(|key| self.broker_entry(key, self.synonyms(key.name))).collect()
    }

    /// What was set for all brokers.
    pub fn cluster_entries(&self) -> Vec<ConfigEntry> {
        let keys = self.cluster.keys().filter_map(|name| find(BROKER_KEYS, name));
        keys.map(|key| {
            let mut synonyms = self.synonyms(key.name);
            synonyms.retain(|synonym| synonym.source == ConfigSource::DynamicDefaultBroker);
            self.broker_entry(key, synonyms)
        })
        .collect()
    }

    fn broker_entry(&self, key: &'static ConfigKey, mut synonyms: Vec<Synonym>) -> ConfigEntry {
        let own = synonyms.iter().find(|synonym| synonym.name == key.name).map(|synonym| synonym.value.clone());
        let source = first_source(&synonyms);
        let value = if key.is_sensitive() { None } else { own };
        if key.is_sensitive() {
            synonyms.clear();
        }
        ConfigEntry { key, value, source, read_only: key.update == Update::ReadOnly, synonyms }
    }

    /// All configs of a group for which `own` was set.
    pub fn group_entries(&self, own: &Values) -> Vec<ConfigEntry> {
        GROUP_KEYS.iter().map(|key| self.group_entry(key, own)).collect()
    }

    fn group_entry(&self, key: &'static ConfigKey, own: &Values) -> ConfigEntry {
        let fallback = group_keys::SYNONYMS.iter().find(|(name, _)| *name == key.name);
        let default = |value: &str| vec![Synonym { name: key.name, value: value.to_owned(), source: ConfigSource::Default }];
        let mut synonyms = match fallback {
            Some((_, setting)) => self.synonyms(setting),
            None => key.default.map(default).unwrap_or_default(),
        };
        if let Some(value) = own.get(key.name) {
            synonyms.insert(0, Synonym { name: key.name, value: understood(key, value), source: ConfigSource::Group });
        }
        let value = synonyms.first().map(|synonym| synonym.value.clone());
        ConfigEntry { key, value, source: first_source(&synonyms), read_only: false, synonyms }
    }

    /// The values that a broker setting has and could have. What stands for it, and is set where it is not, is left out before it, as in
    /// Kafka: so a setting may have none.
    fn synonyms(&self, name: &'static str) -> Vec<Synonym> {
        let alone = [name];
        let family = FAMILIES.into_iter().find(|family| family.contains(&name)).unwrap_or(&alone);
        let layers = [
            (self.broker, ConfigSource::DynamicBroker),
            (self.cluster, ConfigSource::DynamicDefaultBroker),
            (self.settings.given(), ConfigSource::StaticBroker),
        ];
        let keys = || family.iter().filter_map(|name| find(BROKER_KEYS, name));
        let set = layers.into_iter().flat_map(|(values, source)| {
            keys().filter_map(move |key| Some(Synonym { name: key.name, value: understood(key, values.get(key.name)?), source }))
        });
        let defaults =
            keys().filter_map(|key| Some(Synonym { name: key.name, value: key.default?.to_owned(), source: ConfigSource::Default }));
        set.chain(defaults).skip_while(|synonym| synonym.name != name).collect()
    }
}

fn first_source(synonyms: &[Synonym]) -> ConfigSource {
    synonyms.first().map_or(ConfigSource::Default, |synonym| synonym.source)
}

/// The value as it was understood: `TRUE` is shown as `true`.
fn understood(key: &ConfigKey, value: &str) -> String {
    key.parse(value).map_or_else(|_| value.to_owned(), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> Values {
        pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
    }

    fn entry(entries: Vec<ConfigEntry>, name: &str) -> ConfigEntry {
        entries.into_iter().find(|entry| entry.key.name == name).expect("listed")
    }

    fn told(entry: &ConfigEntry) -> (Option<&str>, ConfigSource, Vec<(&str, ConfigSource)>) {
        (entry.value.as_deref(), entry.source, entry.synonyms.iter().map(|synonym| (synonym.name, synonym.source)).collect())
    }

    #[test]
    fn a_topic_without_values_has_the_brokers_default() {
        let (none, settings) = (Values::new(), BrokerSettings::default());
        let layers = BrokerLayers { broker: &none, cluster: &none, settings: &settings };
        let entries = layers.topic_entries(&none);
        assert_eq!(entries.len(), 33);
        let policy = entry(entries.clone(), "cleanup.policy");
        assert_eq!(told(&policy), (Some("delete"), ConfigSource::Default, vec![("log.cleanup.policy", ConfigSource::Default)]));
        assert_eq!(told(&entry(entries, "retention.ms")), (Some("604800000"), ConfigSource::Default, vec![]));
    }

    #[test]
    fn a_topics_own_value_comes_first() {
        let (none, settings, own) = (Values::new(), BrokerSettings::default(), values(&[("retention.bytes", " 7 ")]));
        let layers = BrokerLayers { broker: &none, cluster: &none, settings: &settings };
        let bytes = entry(layers.topic_entries(&own), "retention.bytes");
        let synonyms = vec![("retention.bytes", ConfigSource::Topic), ("log.retention.bytes", ConfigSource::Default)];
        assert_eq!(told(&bytes), (Some("7"), ConfigSource::Topic, synonyms));
    }

    #[test]
    fn the_hours_at_start_count_for_topics_in_milliseconds() {
        let (none, mut settings) = (Values::new(), BrokerSettings::default());
        settings.set("log.retention.hours", "1").expect("valid");
        let layers = BrokerLayers { broker: &none, cluster: &none, settings: &settings };
        assert_eq!(entry(layers.topic_entries(&none), "retention.ms").value.as_deref(), Some("3600000"));
    }

    #[test]
    fn a_broker_setting_tells_all_it_could_be() {
        let (broker, cluster, mut settings) =
            (values(&[("message.max.bytes", "3")]), values(&[("message.max.bytes", "2")]), BrokerSettings::default());
        settings.set("message.max.bytes", "1").expect("valid");
        let layers = BrokerLayers { broker: &broker, cluster: &cluster, settings: &settings };
        let sources =
            |entry: &ConfigEntry| entry.synonyms.iter().map(|synonym| (synonym.value.clone(), synonym.source as i8)).collect::<Vec<_>>();
        let expected = [("3", 2), ("2", 3), ("1", 4), ("1048588", 5)].map(|(value, source)| (value.to_owned(), source));
        assert_eq!(sources(&entry(layers.broker_entries(), "message.max.bytes")), expected);
        assert_eq!(sources(&entry(layers.cluster_entries(), "message.max.bytes")), expected[1..2]);
    }
}
