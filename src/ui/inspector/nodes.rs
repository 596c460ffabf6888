//! Brokers, controllers, and the links between parties.

use super::facts::Facts;
use crate::base::NodeId;
use crate::playground::Party;
use crate::ui::acts;
use crate::ui::catalogue::{common, inspector as say};
use crate::ui::chosen::Chosen;
use crate::ui::words;
use crate::view::{BrokerState, BrokerView, ControllerView, Life, MachineView, PartitionView, View};
use std::sync::Arc;

pub fn broker(view: &View, broker: &BrokerView) -> Facts {
    let mut facts = Facts::default();
    facts.say(say::REGISTRATION, registration(broker.state));
    machine(&mut facts, view, broker.machine.as_ref());
    let led = partitions(view, |part| part.leader == Some(broker.id));
    facts.lead(say::LEADS, led, say::NOTHING);
    let follows = partitions(view, |part| part.leader != Some(broker.id) && part.isr.contains(&broker.id));
    facts.lead(say::FOLLOWS, follows, say::NOTHING);
    let out = partitions(view, |part| part.replicas.contains(&broker.id) && !part.isr.contains(&broker.id));
    facts.lead_some(say::OUT_OF_ISR, out);
    let coordinates = view.groups.iter().filter(|g| g.coordinator == Some(broker.id));
    facts.lead_some(say::COORDINATES, coordinates.map(|g| (g.name.to_string(), Chosen::Group(Arc::clone(&g.name)))).collect());
    if view.controllers.iter().any(|c| c.combined && c.id == broker.id) {
        facts.lead(say::CONTROLLER, vec![(say::controller(broker.id.0), Chosen::Controller(broker.id))], "");
    }
    facts.say(say::LISTENER, broker.address.to_string());
    facts.say_some(say::RACK, broker.rack.as_ref().map(|r| r.to_string()));
    facts
}

/// Of the topics that are the user's.
fn partitions(view: &View, which: impl Fn(&PartitionView) -> bool) -> Vec<(String, Chosen)> {
    let all = view.topics.iter().filter(|t| !t.internal).flat_map(|t| t.partitions.iter().map(move |p| (t, p)));
    all.filter(|(_, p)| which(p))
        .map(|(t, p)| (format!("{} {}", t.name, p.index), Chosen::Partition { topic: Arc::clone(&t.name), partition: p.index }))
        .collect()
}

/// What its process and its machine are at, where that is known.
fn machine(facts: &mut Facts, view: &View, machine: Option<&MachineView>) {
    let Some(machine) = machine else { return };
    let since = machine.since.map(|since| words::seconds(view.now.since(since)));
    facts.say(say::PROCESS, say::life(life(machine.life), since.as_deref()));
    for trouble in &machine.troubles {
        facts.say(say::TROUBLE, trouble.to_string());
    }
}

pub fn controller(view: &View, controller: &ControllerView) -> Facts {
    let mut facts = Facts::default();
    facts.say(say::QUORUM_ROLE, controller.role.name());
    machine(&mut facts, view, controller.machine.as_ref());
    facts.say(say::EPOCH, controller.epoch.to_string());
    facts.say(say::METADATA_LOG, say::to(controller.log_end));
    facts.say(say::HIGH_WATERMARK, words::number(controller.high_watermark));
    let voters = view.controllers.iter().filter(|c| c.id != controller.id);
    facts.lead(say::OTHER_VOTERS, voters.map(|c| (c.id.to_string(), Chosen::Controller(c.id))).collect(), common::NONE);
    if controller.combined {
        facts.lead(say::BROKER, vec![(say::broker(controller.id.0), Chosen::Broker(controller.id))], "");
    }
    facts
}

/// Where nothing is wrong with it, that is said.
pub fn link(view: &View, from: &Party, to: &Party) -> Facts {
    let mut facts = Facts::default();
    facts.lead(say::ENDS, [from, to].into_iter().filter_map(|party| end(view, party)).collect(), common::NONE);
    let mut whole = true;
    for fault in acts::between(view, from, to) {
        whole = false;
        facts.say(if fault.cut { say::CUT } else { say::BENT }, fault.text.to_string());
    }
    if whole {
        facts.say(say::STATE, say::WHOLE);
    }
    facts
}

pub fn end(view: &View, party: &Party) -> Option<(String, Chosen)> {
    match party {
        Party::Node(id) if view.brokers.iter().any(|b| b.id == NodeId(*id)) => Some((say::broker(*id), Chosen::Broker(NodeId(*id)))),
        Party::Node(id) => Some((say::controller(*id), Chosen::Controller(NodeId(*id)))),
        Party::Named(name) => {
            if let Some(producer) = view.producers.iter().find(|p| *p.name == **name) {
                return Some((name.clone(), Chosen::Producer(Arc::clone(&producer.name))));
            }
            let member = |g: &Arc<crate::view::GroupView>| {
                let m = g.members.iter().find(|m| m.consumer.as_deref() == Some(name))?;
                Some((name.clone(), Chosen::Member { group: Arc::clone(&g.name), label: Arc::clone(&m.label) }))
            };
            view.groups.iter().find_map(member)
        }
    }
}

/// What the controller says of a broker.
pub const fn registration(state: BrokerState) -> &'static str {
    match state {
        BrokerState::Starting => say::NOT_REGISTERED,
        BrokerState::Fenced => say::FENCED,
        BrokerState::Alive => say::ALIVE,
        BrokerState::Stopping => say::STOPPING,
    }
}

/// What a process is at.
pub const fn life(life: Life) -> &'static str {
    match life {
        Life::Running => say::RUNNING,
        Life::Paused => say::PAUSED,
        Life::Dead => say::DEAD,
        Life::Stopped => say::STOPPED,
    }
}
