//! Brokers and controllers: what the metadata says of them, and what their processes are at.

use crate::base::NodeId;
use crate::controller::{Controller, MetadataImage};
use crate::simulation::Simulation;
use crate::view::{BrokerState, BrokerView, ControllerView, FaultsView, QuorumRole};

/// The metadata of the broker that has read furthest.
pub(super) fn newest_image(simulation: &Simulation) -> Option<&MetadataImage> {
    simulation.brokers().map(crate::broker::Broker::image).max_by_key(|image| image.next_offset())
}

pub(super) fn brokers(simulation: &Simulation, image: Option<&MetadataImage>) -> Vec<BrokerView> {
    let view = |id: NodeId| {
        let registration = image.and_then(|image| image.broker(id));
        let state = match registration {
            None => BrokerState::Starting,
            Some(broker) if broker.in_controlled_shutdown && !broker.fenced => BrokerState::Stopping,
            Some(broker) if broker.fenced => BrokerState::Fenced,
            Some(_) => BrokerState::Alive,
        };
        let (host, port) = simulation.config().advertised(id);
        let rack = registration.and_then(|broker| broker.rack.clone());
        BrokerView { id, state, address: format!("{host}:{port}").into(), rack, machine: None }
    };
    simulation.brokers().map(|broker| view(broker.node())).collect()
}

/// The leader of the newest epoch: one that has been deposed may not know it yet.
pub(super) fn active_controller(simulation: &Simulation) -> Option<NodeId> {
    simulation.controllers().filter(|c| c.is_active()).max_by_key(|c| c.epoch()).map(Controller::node)
}

pub(super) fn controllers(simulation: &Simulation) -> Vec<ControllerView> {
    let view = |controller: &Controller| {
        let id = controller.node();
        let role = if controller.is_active() { QuorumRole::Leader } else { QuorumRole::Follower };
        let (log, high_watermark) = controller.log();
        ControllerView {
            id,
            combined: simulation.broker(id).is_some(),
            role,
            epoch: controller.epoch().0,
            log_end: log.end_offset().0,
            high_watermark: high_watermark.0,
            machine: None,
        }
    };
    simulation.controllers().map(view).collect()
}

pub(super) const fn faults(_: &Simulation) -> Option<FaultsView> {
    None
}
