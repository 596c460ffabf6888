//! Settings of topics, groups and brokers, as the cluster's own DescribeConfigs tells them.

use crate::broker::Broker;
use crate::controller::config::{self, BrokerSettings, ConfigEntry, ConfigSource, Kind, Update};
use crate::controller::image::ResourceType;
use crate::playground::{ConfigOf, Session};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What the names of those topic configs begin with on which nothing here depends: there are no files and no remote storage, and codecs have
/// one level.
const IDLE_TOPIC_CONFIGS: [&str; 7] =
    ["compression.gzip", "compression.lz4", "compression.zstd", "file.delete.delay", "local.retention", "preallocate", "remote."];

/// Whose settings are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfigsAsk {
    pub of: ConfigOf,
    /// The topic's or group's name, the broker's id; empty: all brokers', or those of a topic that is created without any of its own.
    pub name: Arc<str>,
}

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfigView {
    pub name: Arc<str>,
    /// None where it has no value, or one that is secret.
    pub value: Option<Arc<str>>,
    /// Kafka's type of it: `BOOLEAN`, `STRING`, `INT`, …
    pub kind: Arc<str>,
    /// Where the value is from, in Kafka's words: `DEFAULT_CONFIG`, `DYNAMIC_TOPIC_CONFIG`, …
    pub source: Arc<str>,
    /// It was set for this very thing: it can be given back.
    pub own: bool,
    /// It is Kafka's default.
    pub is_default: bool,
    /// A running broker does not take another.
    pub read_only: bool,
    /// Something here depends on it; the others are listed because Apache Kafka has them.
    pub in_use: bool,
    /// What it does, in a sentence; of a broker setting that is the default of a topic config: what that does.
    pub documentation: Option<Arc<str>>,
    /// The topic config of which it is the default.
    pub topic_config: Option<Arc<str>>,
    /// What it would be if it were not what it is: name, value and source, the one that counts first.
    pub synonyms: Vec<(Arc<str>, Arc<str>, Arc<str>)>,
}

/// All settings, in order of name. A refusal is Kafka's.
pub(super) fn describe(session: &Session, ask: &ConfigsAsk) -> Result<Vec<ConfigView>, String> {
    let simulation = session.simulation();
    let (kind, name) = match ask.of {
        ConfigOf::Topic => (ResourceType::Topic, &*ask.name),
        ConfigOf::Group => (ResourceType::Group, &*ask.name),
        ConfigOf::Broker => (ResourceType::Broker, &*ask.name),
        ConfigOf::Brokers => (ResourceType::Broker, ""),
    };
    // A broker answers for itself only; of all else the one that has read furthest.
    let broker = match ask.of {
        ConfigOf::Broker => simulation.brokers().find(|broker| broker.node().to_string() == *ask.name),
        ConfigOf::Topic | ConfigOf::Group | ConfigOf::Brokers => simulation.brokers().max_by_key(|broker| broker.image().next_offset()),
    };
    let broker = broker.ok_or_else(|| match ask.of {
        ConfigOf::Broker => format!("Broker {} does not run: nobody can be asked for its settings.", ask.name),
        ConfigOf::Topic | ConfigOf::Group | ConfigOf::Brokers => "No broker runs: nobody can be asked for settings.".to_owned(),
    })?;
    let entries = match ask.of {
        ConfigOf::Topic if name.is_empty() => Ok(broker.new_topic_entries()),
        _ => broker.config_entries(kind, name),
    };
    let entries = entries.map_err(|(error, message)| format!("{}: {message}", error.name()))?;
    let views = entries.into_iter().map(|entry| view(entry, ask.of));
    let views: Vec<_> = views.collect();
    Ok(if ask.of == ConfigOf::Brokers { with_what_could_be_set(broker, &views) } else { views })
}

/// For all brokers DescribeConfigs tells only what was set; here stands also what could be.
fn with_what_could_be_set(broker: &Broker, set: &[ConfigView]) -> Vec<ConfigView> {
    let all = broker.config_entries(ResourceType::Broker, &broker.node().to_string()).unwrap_or_default();
    let could = all.into_iter().filter(|entry| entry.key.update == Update::ClusterWide).map(|entry| view(entry, ConfigOf::Brokers));
    let told = |entry: ConfigView| {
        if let Some(known) = set.iter().find(|known| known.name == entry.name) {
            return known.clone();
        }
        // What this one broker has of its own is not the cluster's.
        let synonyms: Vec<_> = entry.synonyms.iter().filter(|(_, _, source)| **source != *"DYNAMIC_BROKER_CONFIG").cloned().collect();
        let fallen_back = synonyms.first().filter(|_| *entry.source == *"DYNAMIC_BROKER_CONFIG").cloned();
        let (value, source) = fallen_back.map_or((entry.value, entry.source), |(_, value, source)| (Some(value), source));
        ConfigView { value, is_default: *source == *"DEFAULT_CONFIG", source, own: false, synonyms, ..entry }
    };
    could.map(told).collect()
}

fn view(entry: ConfigEntry, of: ConfigOf) -> ConfigView {
    let own = match of {
        ConfigOf::Topic => ConfigSource::Topic,
        ConfigOf::Group => ConfigSource::Group,
        ConfigOf::Broker => ConfigSource::DynamicBroker,
        ConfigOf::Brokers => ConfigSource::DynamicDefaultBroker,
    };
    let in_use = match of {
        ConfigOf::Topic => !IDLE_TOPIC_CONFIGS.iter().any(|idle| entry.key.name.starts_with(idle)),
        ConfigOf::Group => false,
        // What a broker was started with is known to matter, or to tell who it is.
        ConfigOf::Broker | ConfigOf::Brokers => BrokerSettings::has_effect(entry.key.name) || entry.source == ConfigSource::StaticBroker,
    };
    let topic_config = if of == ConfigOf::Topic { None } else { config::topic_config_of(entry.key.name) };
    ConfigView {
        documentation: entry.key.documentation.or_else(|| topic_config?.documentation).map(Into::into),
        topic_config: topic_config.map(|key| key.name.into()),
        name: entry.key.name.into(),
        value: entry.value.map(Into::into),
        kind: kind(entry.key.kind).into(),
        source: source(entry.source).into(),
        own: entry.source == own,
        is_default: entry.source == ConfigSource::Default,
        read_only: entry.read_only,
        in_use,
        synonyms: entry
            .synonyms
            .into_iter()
            .map(|synonym| (synonym.name.into(), synonym.value.into(), source(synonym.source).into()))
            .collect(),
    }
}

/// `org.apache.kafka.common.config.ConfigDef.Type`.
const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "BOOLEAN",
        Kind::String => "STRING",
        Kind::Int => "INT",
        Kind::Short => "SHORT",
        Kind::Long => "LONG",
        Kind::Double => "DOUBLE",
        Kind::List => "LIST",
        Kind::Class => "CLASS",
        Kind::Password => "PASSWORD",
    }
}

/// `org.apache.kafka.clients.admin.ConfigEntry.ConfigSource`.
const fn source(source: ConfigSource) -> &'static str {
    match source {
        ConfigSource::Topic => "DYNAMIC_TOPIC_CONFIG",
        ConfigSource::DynamicBroker => "DYNAMIC_BROKER_CONFIG",
        ConfigSource::DynamicDefaultBroker => "DYNAMIC_DEFAULT_BROKER_CONFIG",
        ConfigSource::StaticBroker => "STATIC_BROKER_CONFIG",
        ConfigSource::Default => "DEFAULT_CONFIG",
        ConfigSource::Group => "GROUP_CONFIG",
    }
}
