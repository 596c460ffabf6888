//! AlterConfigs, versions 0 to 2 (`ConfigurationControlManager.legacyAlterConfigs`): all configs of a resource are as the request says;
//! what it does not name goes back to its default. And what it has in common with IncrementalAlterConfigs.
//!
//! Left out: configs of client metrics and of loggers, which nothing here has.

use super::config::{BROKER_KEYS, ConfigKey, GROUP_KEYS, TOPIC_KEYS, Values, find, validate};
use super::connections::{Answer, RequestContext};
use super::error::ApiError;
use super::image::{ConfigResource, MetadataImage, ResourceType};
use super::node::{Controller, Outcome};
use crate::base::{Context, topic_name};
use crate::wire::messages::alter_configs_request::AlterConfigsResource;
use crate::wire::messages::alter_configs_response::AlterConfigsResourceResponse;
use crate::wire::messages::{AlterConfigsRequest, AlterConfigsResponse, ClearElrRecord, ConfigRecord};
use crate::wire::{ErrorCode, MetadataRecord};

const MIN_INSYNC_REPLICAS: &str = "min.insync.replicas";
const VALUE_BYTES_MAX: usize = 32_767;

/// A config's next value; none where it is to be unset.
pub(super) struct Change {
    pub name: String,
    pub value: Option<String>,
}

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: AlterConfigsRequest) -> Answer {
    let (mut records, mut responses) = (Vec::new(), Vec::new());
    for resource in &body.resources {
        let times = body
            .resources
            .iter()
            .filter(|other| (other.resource_type, &other.resource_name) == (resource.resource_type, &resource.resource_name));
        let changed = if !controller.is_active() {
            Err(controller.not_controller())
        } else if times.count() > 1 {
            Err(ApiError::new(ErrorCode::InvalidRequest, "Each resource must appear at most once."))
        } else {
            replace(&controller.image, resource)
        };
        let error = changed.map(|written| records.extend(written)).err();
        responses.push(AlterConfigsResourceResponse {
            error_code: error.as_ref().map_or(0, |error| error.code.code()),
            error_message: error.and_then(|error| error.message),
            resource_type: resource.resource_type,
            resource_name: resource.resource_name.clone(),
            ..Default::default()
        });
    }
    if body.validate_only {
        records.clear();
    }
    controller.finish(cx, request, Outcome { records, response: AlterConfigsResponse { responses, ..Default::default() } })
}

fn replace(image: &MetadataImage, request: &AlterConfigsResource) -> Result<Vec<MetadataRecord>, ApiError> {
    let resource = resource_of(request.resource_type, &request.resource_name)?;
    let current = image.configs(&resource);
    let changed = request.configs.iter().filter(|config| {
        config.value.as_deref() != current.get(config.name.as_str()).map(|value| &**value) || resource.kind == ResourceType::Broker
    });
    let mut changes: Vec<_> = changed.map(|config| Change { name: config.name.clone(), value: config.value.clone() }).collect();
    let unnamed = current.keys().filter(|name| !request.configs.iter().any(|config| config.name == ***name));
    changes.extend(unnamed.map(|name| Change { name: name.to_string(), value: None }));
    apply(image, &resource, changes)
}

/// What the request speaks of, if it can have configs here.
pub(super) fn resource_of(kind: i8, name: &str) -> Result<ConfigResource, ApiError> {
    let unknown = || ApiError::new(ErrorCode::InvalidRequest, format!("Unknown resource type {kind}"));
    match ResourceType::from_i8(kind).ok_or_else(unknown)? {
        ResourceType::BrokerLogger | ResourceType::ClientMetrics => Err(unknown()),
        kind @ (ResourceType::Topic | ResourceType::Broker | ResourceType::Group) => Ok(ConfigResource { kind, name: name.into() }),
    }
}

/// The config of this name that such a resource can have.
pub(super) fn key_of(resource: &ConfigResource, name: &str) -> Option<&'static ConfigKey> {
    match resource.kind {
        ResourceType::Topic => find(TOPIC_KEYS, name),
        ResourceType::Broker => find(BROKER_KEYS, name),
        ResourceType::Group => find(GROUP_KEYS, name),
        ResourceType::BrokerLogger | ResourceType::ClientMetrics => None,
    }
}

/// Checks what the resource would have after the changes; the records that bring them about.
pub(super) fn apply(image: &MetadataImage, resource: &ConfigResource, changes: Vec<Change>) -> Result<Vec<MetadataRecord>, ApiError> {
    let mut values = Values::clone(&image.configs(resource));
    for change in &changes {
        check_min_isr(image, resource, change)?;
        match &change.value {
            None => values.remove(change.name.as_str()),
            Some(value) if value.len() > VALUE_BYTES_MAX => {
                let message = format!(
                    "The configuration value cannot be added because it exceeds the maximum value size of {VALUE_BYTES_MAX} bytes."
                );
                return Err(ApiError::new(ErrorCode::InvalidConfig, message));
            }
            Some(value) => values.insert(change.name.as_str().into(), value.as_str().into()),
        };
    }
    check(image, resource, &values)?;
    let record = |change: Change| {
        MetadataRecord::Config(ConfigRecord {
            resource_type: resource.kind.as_i8(),
            resource_name: resource.name.to_string(),
            name: change.name,
            value: change.value,
            ..Default::default()
        })
    };
    let clears_elr = changes.iter().any(|change| change.name == MIN_INSYNC_REPLICAS) && has_elr(image);
    let mut records: Vec<_> = changes.into_iter().map(record).collect();
    if clears_elr {
        // Who is eligible depends on it. Of a broker's setting: of all topics.
        let topic_name = if resource.kind == ResourceType::Topic { resource.name.to_string() } else { String::new() };
        records.push(MetadataRecord::ClearElr(ClearElrRecord { topic_name, ..Default::default() }));
    }
    Ok(records)
}

fn has_elr(image: &MetadataImage) -> bool {
    image.features().get("eligible.leader.replicas.version").is_some_and(|level| *level > 0)
}

/// Eligible leader replicas need one `min.insync.replicas` that all brokers agree on.
fn check_min_isr(image: &MetadataImage, resource: &ConfigResource, change: &Change) -> Result<(), ApiError> {
    if !has_elr(image) || resource.kind != ResourceType::Broker || change.name != MIN_INSYNC_REPLICAS {
        return Ok(());
    }
    let message = match (resource.name.is_empty(), &change.value) {
        (false, _) => "Broker-level min.insync.replicas cannot be altered while ELR is enabled.",
        (true, None) => "Cluster-level min.insync.replicas cannot be removed while ELR is enabled.",
        (true, Some(_)) => return Ok(()),
    };
    Err(ApiError::new(ErrorCode::InvalidConfig, message))
}

fn check(image: &MetadataImage, resource: &ConfigResource, values: &Values) -> Result<(), ApiError> {
    let invalid = |message: &str| Err(ApiError::new(ErrorCode::InvalidRequest, message));
    match resource.kind {
        ResourceType::Topic if resource.name.is_empty() => invalid("Default topic resources are not allowed."),
        ResourceType::Topic => {
            topic_name::validate(&resource.name).map_err(|message| ApiError::new(ErrorCode::InvalidTopicException, message))?;
            validate::validate_topic(values)?;
            let exists = image.topic(&resource.name).is_some();
            let unknown = || ApiError::new(ErrorCode::UnknownTopicOrPartition, format!("The topic '{}' does not exist.", resource.name));
            if exists { Ok(()) } else { Err(unknown()) }
        }
        ResourceType::Group if resource.name.is_empty() => invalid("Default group resources are not allowed."),
        ResourceType::Group => Ok(validate::validate_group(values)?),
        ResourceType::Broker if resource.name.is_empty() => Ok(()),
        ResourceType::Broker => match resource.name.parse::<i32>() {
            Ok(0..) => Ok(()),
            Ok(_) => invalid("Invalid negative broker ID."),
            Err(_) => invalid("Unable to parse broker name as a base 10 number."),
        },
        ResourceType::BrokerLogger | ResourceType::ClientMetrics => Ok(()),
    }
}
