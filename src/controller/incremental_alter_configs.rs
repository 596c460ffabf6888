//! IncrementalAlterConfigs, versions 0 and 1 (`ConfigurationControlManager`, KIP-339): sets, unsets, and appends to or subtracts from
//! lists. Of topics, groups and brokers; each resource for itself, all of its changes or none.
//!
//! An operation that there is not is INVALID_REQUEST; Apache Kafka answers an unknown server error, and its controller resigns.

use super::alter_configs::{Change, apply, key_of, resource_of};
use super::config::{Kind, Values};
use super::connections::{Answer, RequestContext};
use super::error::ApiError;
use super::image::{ConfigResource, MetadataImage, ResourceType};
use super::node::{Controller, Outcome};
use crate::base::Context;
use crate::wire::messages::incremental_alter_configs_request::{AlterConfigsResource, AlterableConfig};
use crate::wire::messages::incremental_alter_configs_response::AlterConfigsResourceResponse;
use crate::wire::messages::{IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse};
use crate::wire::{ErrorCode, MetadataRecord};

const SET: i8 = 0;
const DELETE: i8 = 1;
const APPEND: i8 = 2;
const SUBTRACT: i8 = 3;

pub(super) fn handle(
    controller: &mut Controller,
    cx: &mut Context<'_>,
    request: &RequestContext,
    body: IncrementalAlterConfigsRequest,
) -> Answer {
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
            alter(&controller.image, resource)
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
    controller.finish(cx, request, Outcome { records, response: IncrementalAlterConfigsResponse { responses, ..Default::default() } })
}

fn alter(image: &MetadataImage, request: &AlterConfigsResource) -> Result<Vec<MetadataRecord>, ApiError> {
    let resource = resource_of(request.resource_type, &request.resource_name)?;
    let current = image.configs(&resource);
    let mut changes = Vec::new();
    for config in &request.configs {
        let value = next_value(&resource, &current, config)?;
        // A broker reloads what it is told again.
        if value.as_deref() != current.get(config.name.as_str()).map(|value| &**value) || resource.kind == ResourceType::Broker {
            changes.push(Change { name: config.name.clone(), value });
        }
    }
    apply(image, &resource, changes)
}

/// What a config would be after an operation; none where it is unset.
fn next_value(resource: &ConfigResource, current: &Values, config: &AlterableConfig) -> Result<Option<String>, ApiError> {
    let operation = match config.config_operation {
        SET => return Ok(config.value.clone()),
        DELETE => return Ok(None),
        APPEND => "APPEND",
        SUBTRACT => "SUBTRACT",
        other => return Err(ApiError::new(ErrorCode::InvalidRequest, format!("Unknown operation type {other}"))),
    };
    let key = key_of(resource, &config.name).filter(|key| key.kind == Kind::List).ok_or_else(|| {
        let message = format!("Can't {operation} to key {} because its type is not LIST.", config.name);
        ApiError::new(ErrorCode::InvalidConfig, message)
    })?;
    let before = current.get(key.name).map_or(key.default.unwrap_or(""), |value| value);
    let mut items: Vec<_> = before.split(',').filter(|item| !item.is_empty()).collect();
    for item in config.value.as_deref().unwrap_or("").split(',') {
        let place = items.iter().position(|known| *known == item);
        match (place, config.config_operation) {
            (None, APPEND) => items.push(item),
            (Some(place), SUBTRACT) => {
                items.remove(place);
            }
            _ => {}
        }
    }
    Ok(Some(items.join(",")))
}
