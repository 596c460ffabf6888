//! UnregisterBroker, version 0 (`ReplicationControlManager.unregisterBroker`, KIP-500): a broker is forgotten; it leaves the ISR wherever it
//! is in it, though it stays among the replicas. One that still runs is told that its epoch is stale, until it is started again.

use super::connections::{Answer, RequestContext};
use super::election::BrokerChange;
use super::node::{Controller, ControllerTimer, Outcome};
use crate::base::{Context, NodeId};
use crate::wire::messages::{UnregisterBrokerRecord, UnregisterBrokerRequest, UnregisterBrokerResponse};
use crate::wire::{ErrorCode, MetadataRecord};

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: UnregisterBrokerRequest) -> Answer {
    let id = NodeId(body.broker_id);
    let refuse = |error: ErrorCode, message: Option<String>| {
        request.reply(&mut UnregisterBrokerResponse { error_code: error.code(), error_message: message, ..Default::default() })
    };
    if !controller.is_active() {
        return refuse(ErrorCode::NotController, controller.not_controller().message);
    }
    let Some(broker) = controller.image.broker(id) else {
        return refuse(ErrorCode::BrokerIdNotRegistered, Some(format!("Broker ID {id} is not currently registered")));
    };
    let record = UnregisterBrokerRecord { broker_id: id.0, broker_epoch: broker.epoch, ..Default::default() };
    let mut records = controller.election_rules().partition_changes(BrokerChange::Unregistered(id));
    records.push(MetadataRecord::UnregisterBroker(record));
    controller.sessions.remove(&id);
    controller.timers.cancel(&ControllerTimer::Session(id));
    controller.finish(cx, request, Outcome { records, response: UnregisterBrokerResponse::default() })
}
