//! Brokers as squares: filled leads, outlined is in sync, dashed is not, dashed with a dot could lead (ELR); hatched is paused, struck is dead.

use super::catalogue::replicas as say;
use crate::base::{NodeId, Order};
use crate::view::{BrokerState, BrokerView, Life, PartitionView, View};
use std::rc::Rc;
use yew::prelude::*;

/// What a replica is to its partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Leader,
    InSync,
    /// Out of the ISR, and eligible to lead all the same.
    Eligible,
    Out,
}

impl Role {
    pub fn of(node: NodeId, part: &PartitionView) -> Self {
        if part.leader == Some(node) {
            Self::Leader
        } else if part.isr.contains(&node) {
            Self::InSync
        } else if part.elr.contains(&node) {
            Self::Eligible
        } else {
            Self::Out
        }
    }

    const fn mark(self) -> Option<&'static str> {
        match self {
            Self::Leader => Some("leader"),
            Self::InSync => None,
            Self::Eligible => Some("elr"),
            Self::Out => Some("out"),
        }
    }

    pub const fn text(self) -> &'static str {
        match self {
            Self::Leader => say::LEADER,
            Self::InSync => say::IN_SYNC,
            Self::Eligible => say::ELIGIBLE,
            Self::Out => say::OUT,
        }
    }
}

/// The brokers in their columns, and what their processes are at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Machines(Rc<Vec<(NodeId, Life)>>);

impl Machines {
    pub fn of(view: &View) -> Self {
        Self(Rc::new(view.brokers.iter().map(|broker| (broker.id, life(broker))).collect()))
    }

    pub fn life(&self, node: NodeId) -> Life {
        self.0.iter().find(|(id, _)| *id == node).map_or(Life::Running, |(_, life)| *life)
    }

    /// How many brokers there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The brokers, by their columns, with an end.
    pub fn shape(&self, into: &mut Vec<i32>) {
        into.extend(self.0.iter().map(|(id, _)| id.0).chain([-1]));
    }

    /// A broker's place among all.
    pub fn column(&self, node: NodeId) -> Option<usize> {
        self.0.iter().position(|(id, _)| *id == node)
    }

    /// The columns of the brokers, where there is room for one each; a partition's replicas by id, where there is not.
    pub fn columns(&self, part: &PartitionView) -> Vec<NodeId> {
        const ROOM: usize = 4;
        if self.0.len() <= ROOM {
            return self.0.iter().map(|(id, _)| *id).collect();
        }
        let mut replicas = part.replicas.clone();
        replicas.order();
        replicas
    }
}

/// What a broker's process is at; as far as the metadata tells, where nothing else is known.
pub fn life(broker: &BrokerView) -> Life {
    broker.machine.as_ref().map_or(Life::Running, |machine| machine.life)
}

pub const fn life_mark(life: Life) -> Option<&'static str> {
    match life {
        Life::Running => None,
        Life::Paused => Some("paused"),
        Life::Dead | Life::Stopped => Some("dead"),
    }
}

/// A replica's square.
pub fn square(node: NodeId, role: Role, life: Life) -> Html {
    html! { <span class="pt-broker" data-role={role.mark()} data-life={life_mark(life)} aria-hidden="true">{ node.0 }</span> }
}

/// A broker's own square, which tells nothing of partitions.
pub fn own_square(broker: &BrokerView) -> Html {
    let dashed = matches!(broker.state, BrokerState::Starting | BrokerState::Fenced).then_some("out");
    html! { <span class="pt-broker" data-role={dashed} data-life={life_mark(life(broker))}>{ broker.id.0 }</span> }
}

/// A partition's replicas in words: "leader broker 2; in sync 2, 3; out of the ISR 1".
pub fn spoken(part: &PartitionView) -> String {
    let leader = part.leader.map_or_else(|| say::NO_LEADER.to_owned(), |id| say::leader(id.0));
    let list = |role: Role| {
        let nodes: Vec<String> = part.replicas.iter().filter(|id| Role::of(**id, part) == role).map(|id| id.0.to_string()).collect();
        (role.text(), nodes.join(", "))
    };
    say::all(&leader, &[Role::InSync, Role::Eligible, Role::Out].map(list))
}
