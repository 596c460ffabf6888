//! ControllerRegistration, version 0 (KIP-919, `ControllerRegistrationManager`): a controller that has started tells the active one where it
//! is and what it knows; the active one writes that down.

use super::connections::{Answer, RequestContext};
use super::node::{Controller, Outcome};
use super::peers::{Asked, Line};
use crate::base::Context;
use crate::wire::messages::controller_registration_request::{Feature, Listener};
use crate::wire::messages::register_controller_record::{ControllerEndpoint, ControllerFeature};
use crate::wire::messages::{ControllerRegistrationRequest, ControllerRegistrationResponse, RegisterControllerRecord};
use crate::wire::{ErrorCode, MetadataRecord};

pub(super) fn handle(
    controller: &mut Controller,
    cx: &mut Context<'_>,
    request: &RequestContext,
    body: ControllerRegistrationRequest,
) -> Answer {
    if !controller.is_active() {
        let error = controller.not_controller();
        let mut response =
            ControllerRegistrationResponse { error_code: error.code.code(), error_message: error.message, ..Default::default() };
        return request.reply(&mut response);
    }
    let response = ControllerRegistrationResponse { error_message: None, ..Default::default() };
    controller.finish(cx, request, Outcome { records: vec![record(body)], response })
}

fn record(body: ControllerRegistrationRequest) -> MetadataRecord {
    let end_point = |listener: Listener| {
        let Listener { name, host, port, security_protocol, .. } = listener;
        ControllerEndpoint { name, host, port, security_protocol, ..Default::default() }
    };
    let feature = |feature: Feature| {
        let Feature { name, min_supported_version, max_supported_version, .. } = feature;
        ControllerFeature { name, min_supported_version, max_supported_version, ..Default::default() }
    };
    MetadataRecord::RegisterController(RegisterControllerRecord {
        controller_id: body.controller_id,
        incarnation_id: body.incarnation_id,
        zk_migration_ready: body.zk_migration_ready,
        end_points: body.listeners.into_iter().map(end_point).collect(),
        features: body.features.into_iter().map(feature).collect(),
        ..Default::default()
    })
}

impl Controller {
    /// Sees to it that the metadata knows this life of the controller, once there is metadata.
    pub(super) fn register_controller(&mut self, cx: &mut Context<'_>) {
        let is_known = self.image.controller(self.config.node).is_some_and(|known| known.incarnation == self.incarnation);
        if is_known || self.image.features().is_empty() {
            return;
        }
        if self.is_active() {
            // It tells itself without a frame; there is nobody else to hear it.
            let written = self.append(cx, vec![record(self.registration())]);
            if written.is_err() {
                cx.trace(crate::base::EventKind::Refused {
                    partition: self.quorum.log().partition().clone(),
                    error: ErrorCode::InvalidRegistration.name().into(),
                });
            }
        } else if let Some(leader) = self.quorum.leader().filter(|leader| *leader != self.config.node)
            && self.peers.is_ready(Line::Registration, cx.now)
        {
            let mut request = self.registration();
            self.ask(cx, Line::Registration, leader, Asked::Registration, &mut request);
        }
    }

    fn registration(&self) -> ControllerRegistrationRequest {
        let (host, port) = self.config.endpoint(self.config.node);
        let feature = |feature: &super::Feature| Feature {
            name: feature.name.to_owned(),
            min_supported_version: feature.min,
            max_supported_version: feature.max,
            ..Default::default()
        };
        ControllerRegistrationRequest {
            controller_id: self.config.node.0,
            incarnation_id: self.incarnation,
            listeners: vec![Listener { name: "CONTROLLER".to_owned(), host, port, ..Default::default() }],
            features: super::SUPPORTED_FEATURES.iter().map(feature).collect(),
            ..Default::default()
        }
    }
}
