//! BrokerRegistration, versions 0 to 4 (`ClusterControlManager.registerBroker`): a broker joins the cluster, fenced until it has caught up.
//!
//! Its epoch is the offset of its registration. Another incarnation of a broker whose session still runs is refused, however that one
//! ended; of one whose session has ended, it takes the place. It leaves the ISR of its partitions then, and, if it cannot say that it shut
//! down cleanly (with the epoch of its former life), their eligible leader replicas too (KIP-966).

use super::connections::{Answer, RequestContext};
use super::election::BrokerChange;
use super::node::{Controller, ControllerTimer, Outcome, Session};
use crate::base::SortedSet;
use crate::base::{Context, NodeId, Uuid};
use crate::wire::messages::broker_registration_request::{Feature, Listener};
use crate::wire::messages::register_broker_record::{BrokerEndpoint, BrokerFeature};
use crate::wire::messages::{BrokerRegistrationRequest, BrokerRegistrationResponse, RegisterBrokerRecord};
use crate::wire::{ErrorCode, MetadataRecord};

pub(super) fn handle(
    controller: &mut Controller,
    cx: &mut Context<'_>,
    request: &RequestContext,
    body: BrokerRegistrationRequest,
) -> Answer {
    let id = NodeId(body.broker_id);
    match register(controller, body) {
        Ok(outcome) => {
            controller.sessions.insert(id, Session::default());
            controller.finish(cx, request, outcome)
        }
        Err(error) => request.reply(&mut BrokerRegistrationResponse { error_code: error.code(), ..Default::default() }),
    }
}

fn register(controller: &Controller, body: BrokerRegistrationRequest) -> Result<Outcome<BrokerRegistrationResponse>, ErrorCode> {
    if !controller.is_active() {
        return Err(ErrorCode::NotController);
    }
    if body.cluster_id != *controller.config.cluster_id {
        return Err(ErrorCode::InconsistentClusterId);
    }
    if !supports(controller, &body.features) {
        return Err(ErrorCode::UnsupportedVersion);
    }
    check_directories(&body.log_dirs)?;
    let id = NodeId(body.broker_id);
    let known = controller.image.broker(id);
    let has_session = controller.timers.due(&ControllerTimer::Session(id)).is_some();
    let mut records = Vec::new();
    let mut epoch = controller.quorum.log().end_offset().0;
    let (mut fenced, mut in_controlled_shutdown) = (true, false);
    match known {
        Some(known) if known.incarnation == body.incarnation_id => {
            epoch = known.epoch;
            (fenced, in_controlled_shutdown) = (known.fenced, known.in_controlled_shutdown);
        }
        Some(_) if has_session => return Err(ErrorCode::DuplicateBrokerRegistration),
        other => {
            // One that was unregistered may still be eligible somewhere.
            let is_clean = other.is_some_and(|known| body.previous_broker_epoch == known.epoch);
            let change = if is_clean { BrokerChange::Fenced(id) } else { BrokerChange::UncleanShutdown(id) };
            records = controller.election_rules().partition_changes(change);
            epoch += records.len() as i64;
        }
    }
    records.push(MetadataRecord::RegisterBroker(RegisterBrokerRecord {
        broker_id: body.broker_id,
        incarnation_id: body.incarnation_id,
        broker_epoch: epoch,
        end_points: body.listeners.into_iter().map(end_point).collect(),
        features: body.features.into_iter().map(feature).collect(),
        rack: body.rack,
        fenced,
        in_controlled_shutdown,
        log_dirs: body.log_dirs,
        ..Default::default()
    }));
    Ok(Outcome { records, response: BrokerRegistrationResponse { broker_epoch: epoch, ..Default::default() } })
}

/// A broker has log directories, each with an id of its own; the first hundred ids stand for something else (`DirectoryId.reserved`).
fn check_directories(directories: &[Uuid]) -> Result<(), ErrorCode> {
    let distinct: SortedSet<_> = directories.iter().collect();
    let is_reserved = |id: &Uuid| u128::from_be_bytes(id.0) < 100;
    let is_valid = !directories.is_empty() && distinct.len() == directories.len() && !directories.iter().any(is_reserved);
    if is_valid { Ok(()) } else { Err(ErrorCode::InvalidRegistration) }
}

/// Whether the broker knows the levels that the cluster has finalised.
fn supports(controller: &Controller, features: &[Feature]) -> bool {
    controller.image.features().iter().all(|(name, level)| {
        let range = features
            .iter()
            .find(|feature| feature.name == **name)
            .map(|feature| feature.min_supported_version..=feature.max_supported_version);
        range.is_some_and(|range| range.contains(level))
    })
}

fn end_point(listener: Listener) -> BrokerEndpoint {
    let Listener { name, host, port, security_protocol, .. } = listener;
    BrokerEndpoint { name, host, port, security_protocol, ..Default::default() }
}

fn feature(feature: Feature) -> BrokerFeature {
    let Feature { name, min_supported_version, max_supported_version, .. } = feature;
    BrokerFeature { name, min_supported_version, max_supported_version, ..Default::default() }
}
