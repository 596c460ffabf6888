//! DescribeConfigs 1-4: the configs of topics, of this broker, of all brokers (the empty name), of groups.
//!
//! - No keys, or an empty list of them: all. What counts comes first among the synonyms (v1 on; listed where asked for).
//! - A broker answers for itself only. A group need not exist.
//! - A success has the error message "", as has an unknown topic. A resource of a type that there is not is INVALID_REQUEST for all.
//!
//! Left out: loggers and client metrics, which have nothing to configure here.

use super::Broker;
use super::connections::{Answer, RequestContext};
use crate::base::{Context, topic_name};
use crate::controller::BrokerSettings;
use crate::controller::config::{BrokerLayers, ConfigEntry, Values};
use crate::controller::image::{ConfigResource, ResourceType};
use crate::wire::ErrorCode;
use crate::wire::messages::describe_configs_response::{DescribeConfigsResourceResult, DescribeConfigsResult, DescribeConfigsSynonym};
use crate::wire::messages::{DescribeConfigsRequest, DescribeConfigsResponse};

pub(super) fn handle(broker: &mut Broker, _cx: &mut Context<'_>, request: &RequestContext, body: DescribeConfigsRequest) -> Answer {
    let all_known = body.resources.iter().all(|resource| ResourceType::from_i8(resource.resource_type).is_some());
    let results = body.resources.iter().map(|resource| {
        let refusal = || (ErrorCode::InvalidRequest, ErrorCode::InvalidRequest.message().to_owned());
        let kind = ResourceType::from_i8(resource.resource_type).filter(|_| all_known);
        let described = kind.map_or_else(|| Err(refusal()), |kind| broker.config_entries(kind, &resource.resource_name));
        let (error, message, entries) = match described {
            Ok(entries) => (ErrorCode::None, String::new(), entries),
            Err((error, message)) => (error, message, Vec::new()),
        };
        let wanted = resource.configuration_keys.as_deref().unwrap_or_default();
        let entries = entries.into_iter().filter(|entry| wanted.is_empty() || wanted.iter().any(|name| name == entry.key.name));
        DescribeConfigsResult {
            error_code: error.code(),
            error_message: Some(message),
            resource_type: resource.resource_type,
            resource_name: resource.resource_name.clone(),
            configs: entries.map(|entry| describe(entry, &body)).collect(),
            ..Default::default()
        }
    });
    request.reply(&mut DescribeConfigsResponse { results: results.collect(), ..Default::default() })
}

impl Broker {
    /// What DescribeConfigs tells of a resource: all its configs.
    ///
    /// # Errors
    /// What this broker refuses, with Kafka's message: another broker's settings, a topic that is not there.
    pub fn config_entries(&self, kind: ResourceType, name: &str) -> Result<Vec<ConfigEntry>, (ErrorCode, String)> {
        let invalid = |message: String| Err((ErrorCode::InvalidRequest, message));
        let settings = with_identity(self);
        let (cluster, own) = self.image.broker_configs(self.node());
        let layers = BrokerLayers { broker: &own, cluster: &cluster, settings: &settings };
        match kind {
            ResourceType::Topic => {
                topic_name::validate(name).map_err(|message| (ErrorCode::InvalidTopicException, message))?;
                self.image.topic(name).ok_or((ErrorCode::UnknownTopicOrPartition, String::new()))?;
                Ok(layers.topic_entries(&self.image.configs(&ConfigResource::topic(name))))
            }
            ResourceType::Broker if name.is_empty() => Ok(layers.cluster_entries()),
            ResourceType::Broker => match name.parse::<i32>() {
                Ok(id) if id == self.node().0 => Ok(layers.broker_entries()),
                Ok(id) => invalid(format!("Unexpected broker id, expected {} or empty string, but received {id}", self.node())),
                Err(_) => invalid(format!("Broker id must be an integer, but it is: {name}")),
            },
            ResourceType::Group if name.is_empty() => invalid("Group name must not be empty".to_owned()),
            ResourceType::Group => Ok(layers.group_entries(&self.image.configs(&ConfigResource::group(name)))),
            ResourceType::BrokerLogger => invalid("Unsupported resource type: BROKER_LOGGER".to_owned()),
            ResourceType::ClientMetrics => invalid("Unsupported resource type: CLIENT_METRICS".to_owned()),
        }
    }
}

impl Broker {
    /// The configs of a topic that is created without any of its own.
    pub fn new_topic_entries(&self) -> Vec<ConfigEntry> {
        let (settings, (cluster, own)) = (with_identity(self), self.image.broker_configs(self.node()));
        BrokerLayers { broker: &own, cluster: &cluster, settings: &settings }.topic_entries(&Values::default())
    }
}

/// The settings with what a broker is by its place in the cluster, which a configuration file would say.
fn with_identity(broker: &Broker) -> BrokerSettings {
    let config = &broker.config;
    let mut settings = config.settings.clone();
    let (id, listener) = (config.node.to_string(), format!("PLAINTEXT://{}:{}", config.host, config.port));
    let roles = if config.voters.contains(&config.node) { "broker,controller" } else { "broker" };
    let identity = [
        ("node.id", id.as_str()),
        ("broker.id", &id),
        ("process.roles", roles),
        ("listeners", &listener),
        ("advertised.listeners", &listener),
        ("controller.listener.names", "CONTROLLER"),
        ("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT"),
    ];
    for (name, value) in identity {
        settings.note(name, value);
    }
    settings
}

fn describe(entry: ConfigEntry, body: &DescribeConfigsRequest) -> DescribeConfigsResourceResult {
    let synonyms = entry.synonyms.into_iter().filter(|_| body.include_synonyms);
    DescribeConfigsResourceResult {
        name: entry.key.name.to_owned(),
        value: entry.value,
        read_only: entry.read_only,
        config_source: entry.source as i8,
        is_sensitive: entry.key.is_sensitive(),
        synonyms: synonyms
            .map(|synonym| DescribeConfigsSynonym {
                name: synonym.name.to_owned(),
                value: Some(synonym.value),
                source: synonym.source as i8,
                ..Default::default()
            })
            .collect(),
        config_type: entry.key.kind as i8,
        documentation: entry.key.documentation.filter(|_| body.include_documentation).map(str::to_owned),
        ..Default::default()
    }
}
