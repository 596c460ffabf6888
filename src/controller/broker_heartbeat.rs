//! BrokerHeartbeat, versions 0 to 2 (`BrokerHeartbeatManager`): a broker says that it lives and how far it has read; the controller lets
//! it serve once it has read its own registration, and lets it stop once it leads nothing.
//!
//! Left out: failed and cordoned directories.

use super::connections::{Answer, RequestContext};
use super::election::{BrokerChange, ElectionRules};
use super::image::{BrokerImage, MetadataImage};
use super::node::{Controller, ControllerTimer, Outcome};
use crate::base::{Context, NodeId};
use crate::wire::messages::{BrokerHeartbeatRequest, BrokerHeartbeatResponse, BrokerRegistrationChangeRecord};
use crate::wire::{ErrorCode, MetadataRecord};

/// What a broker may do (`BrokerControlState`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Fenced,
    Unfenced,
    ControlledShutdown,
    ShutdownNow,
}

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: BrokerHeartbeatRequest) -> Answer {
    let refuse = |error: ErrorCode| request.reply(&mut BrokerHeartbeatResponse { error_code: error.code(), ..Default::default() });
    if !controller.is_active() {
        return refuse(ErrorCode::NotController);
    }
    let id = NodeId(body.broker_id);
    let Some(broker) = controller.image.broker(id).filter(|broker| broker.epoch == body.broker_epoch).cloned() else {
        return refuse(ErrorCode::StaleBrokerEpoch);
    };
    controller.timers.set(ControllerTimer::Session(id), cx.now + controller.config.settings.broker_session_timeout, cx.cause);
    let (current, next) = (state(&broker), next_state(controller, &broker, &body));
    let records = if current == next { Vec::new() } else { transition(controller.election_rules(), &broker, next) };
    let session = controller.sessions.entry(id).or_default();
    session.metadata_offset = body.current_metadata_offset;
    if next == State::ControlledShutdown && session.shutdown_offset.is_none() {
        session.shutdown_offset = Some(controller.quorum.log().end_offset().0);
    }
    let response = BrokerHeartbeatResponse {
        is_caught_up: body.current_metadata_offset >= broker.epoch,
        is_fenced: matches!(next, State::Fenced | State::ShutdownNow),
        should_shut_down: next == State::ShutdownNow,
        ..Default::default()
    };
    controller.finish(cx, request, Outcome { records, response })
}

const fn state(broker: &BrokerImage) -> State {
    if broker.fenced {
        State::Fenced
    } else if broker.in_controlled_shutdown {
        State::ControlledShutdown
    } else {
        State::Unfenced
    }
}

fn next_state(controller: &Controller, broker: &BrokerImage, body: &BrokerHeartbeatRequest) -> State {
    match state(broker) {
        State::Fenced if body.want_shut_down => State::ShutdownNow,
        State::Fenced if !body.want_fence && body.current_metadata_offset >= broker.epoch => State::Unfenced,
        State::Fenced => State::Fenced,
        State::Unfenced if body.want_fence && body.want_shut_down => State::ShutdownNow,
        State::Unfenced if body.want_fence => State::Fenced,
        State::Unfenced if !body.want_shut_down => State::Unfenced,
        State::Unfenced | State::ControlledShutdown if leads(&controller.image, broker.id) => State::ControlledShutdown,
        State::Unfenced => State::ShutdownNow,
        State::ControlledShutdown | State::ShutdownNow if others_have_read_so_far(controller, broker.id) => State::ShutdownNow,
        State::ControlledShutdown | State::ShutdownNow => State::ControlledShutdown,
    }
}

/// What is to be written for a broker's next state.
fn transition(rules: ElectionRules<'_>, broker: &BrokerImage, next: State) -> Vec<MetadataRecord> {
    let (fenced, in_controlled_shutdown, change) = match next {
        State::Fenced | State::ShutdownNow if broker.fenced => return Vec::new(),
        State::Fenced | State::ShutdownNow => (1, 0, BrokerChange::Fenced(broker.id)),
        State::Unfenced => (-1, 0, BrokerChange::Unfenced(broker.id)),
        State::ControlledShutdown => (0, 1, BrokerChange::ControlledShutdown(broker.id)),
    };
    let record = BrokerRegistrationChangeRecord {
        broker_id: broker.id.0,
        broker_epoch: broker.epoch,
        fenced,
        in_controlled_shutdown,
        ..Default::default()
    };
    let mut records = vec![MetadataRecord::BrokerRegistrationChange(record)];
    records.extend(rules.partition_changes(change));
    records
}

fn leads(image: &MetadataImage, id: NodeId) -> bool {
    image.topics().any(|topic| topic.partitions.iter().any(|partition| partition.leader == Some(id)))
}

/// Whether all brokers that serve know that this one no longer leads.
fn others_have_read_so_far(controller: &Controller, id: NodeId) -> bool {
    let shutdown = controller.sessions.get(&id).and_then(|session| session.shutdown_offset).unwrap_or(0);
    let mut others = controller.image.brokers().filter(|broker| broker.is_active() && broker.id != id);
    others.all(|broker| controller.sessions.get(&broker.id).is_some_and(|session| session.metadata_offset >= shutdown))
}
