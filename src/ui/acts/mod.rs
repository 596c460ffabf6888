//! Everything that can be done to a thing, as one list: its menu, the inspector's buttons and the palette all show it.
//!
//! What an act needs beyond a press (a name, a number) is not in here: it opens the form that asks for it.

mod groups;
mod nodes;
mod producers;
mod session;
mod topics;

pub use groups::{ISOLATION, another_member};
pub use nodes::between;
pub use producers::transaction_calls;
pub use session::{more, session};

use super::catalogue::{acts as say, wire};
use super::chosen::Chosen;
use super::drawer::quoted;
use super::menus::{MenuAct, MenuItem};
use super::state::Place;
use crate::playground::{Party, Time};
use crate::view::View;

/// What can be done to a thing now; its events and frames last.
pub fn of(view: &View, thing: &Chosen) -> Vec<MenuItem> {
    let mut items = own(view, thing).unwrap_or_default();
    if has_events(thing) {
        items.push(item(say::ITS_EVENTS, MenuAct::Events(thing.clone())));
    }
    items.extend(view.frames.and_then(|_| frames_of(thing)).map(|filter| item(wire::ITS_FRAMES, MenuAct::Wire(filter))));
    items
}

/// Whether events tell of things of this kind.
const fn has_events(thing: &Chosen) -> bool {
    match thing {
        Chosen::Topic(_) | Chosen::Partition { .. } | Chosen::Broker(_) | Chosen::Controller(_) | Chosen::Group(_) => true,
        Chosen::Member { .. } | Chosen::Producer(_) => true,
        Chosen::Record { .. } | Chosen::Link(..) | Chosen::Setting { .. } | Chosen::Event(_) | Chosen::Frame(_) => false,
    }
}

/// The filter that lets the frames of a thing through, or those that are about it.
fn frames_of(thing: &Chosen) -> Option<String> {
    let name = |party: &Party| match party {
        Party::Node(id) => id.to_string(),
        Party::Named(name) => quoted(name),
    };
    Some(match thing {
        Chosen::Topic(topic) => format!("topic = {}", quoted(topic)),
        Chosen::Group(group) => format!("group = {}", quoted(group)),
        Chosen::Broker(id) => format!("party = \"broker {id}\""),
        Chosen::Controller(id) => format!("party = \"controller {id}\""),
        Chosen::Link(one, other) => format!("party = {} and party = {}", name(one), name(other)),
        Chosen::Member { label, .. } => format!("party = {}", quoted(label)),
        Chosen::Producer(name) => format!("party = {}", quoted(name)),
        Chosen::Partition { .. } | Chosen::Record { .. } | Chosen::Setting { .. } | Chosen::Event(_) | Chosen::Frame(_) => return None,
    })
}

fn own(view: &View, thing: &Chosen) -> Option<Vec<MenuItem>> {
    match thing {
        Chosen::Topic(name) => topics::topic(view, name),
        Chosen::Partition { topic, partition } => topics::partition(view, topic, *partition),
        Chosen::Broker(id) => view.brokers.iter().find(|b| b.id == *id).and_then(|b| nodes::node(*id, b.machine.as_ref(), view)),
        Chosen::Controller(id) => view.controllers.iter().find(|c| c.id == *id).and_then(|c| nodes::node(*id, c.machine.as_ref(), view)),
        Chosen::Link(from, to) => nodes::link(view, from, to),
        Chosen::Group(name) => view.groups.iter().find(|g| g.name == *name).map(|g| groups::group(g)),
        Chosen::Member { group, label } => groups::member(view, group, label),
        Chosen::Producer(name) => view.producers.iter().find(|p| p.name == *name).map(|p| producers::producer(p)),
        Chosen::Event(event) => view.timeline.as_ref().map(|_| vec![item(say::GO_THERE, MenuAct::Time(Time::SeekEvent { event: *event }))]),
        Chosen::Record { topic, partition, offset } => topics::record(view, topic, *partition, *offset),
        Chosen::Setting { .. } | Chosen::Frame(_) => None,
    }
}

/// Where what becomes of these acts is said.
pub fn place(thing: &Chosen) -> Option<Place> {
    match thing {
        Chosen::Topic(name) => Some(Place::Topic(name.clone())),
        Chosen::Partition { topic, partition } => Some(Place::Partition(topic.clone(), *partition)),
        Chosen::Broker(id) | Chosen::Controller(id) => Some(Place::Node(id.0)),
        Chosen::Link(..) => Some(Place::Faults),
        Chosen::Group(group) | Chosen::Member { group, .. } => Some(Place::Group(group.clone())),
        Chosen::Producer(_) => Some(Place::Producers),
        Chosen::Record { .. } | Chosen::Setting { .. } | Chosen::Event(_) | Chosen::Frame(_) => None,
    }
}

fn item(label: &str, act: MenuAct) -> MenuItem {
    MenuItem { label: label.to_owned(), grave: false, act }
}

/// Something is lost by it.
fn grave(item: MenuItem) -> MenuItem {
    MenuItem { grave: true, ..item }
}
