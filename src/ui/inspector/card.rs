//! What a chosen thing is, in words: its kind, its name, its facts, and the last event that is told of it.

use super::facts::Facts;
use super::{clients, nodes, records};
use crate::playground::Party;
use crate::ui::catalogue::inspector as say;
use crate::ui::state::Chosen;
use crate::view::{EventView, PartitionView, TopicView, View};
use std::sync::Arc;

pub struct Card {
    pub facts: Facts,
    /// The last event that is told of it.
    pub event: Option<u64>,
}

/// What kind of thing it is.
pub const fn kind(thing: &Chosen) -> &'static str {
    match thing {
        Chosen::Topic(_) => say::TOPIC,
        Chosen::Partition { .. } => say::PARTITION,
        Chosen::Record { .. } => say::RECORD,
        Chosen::Setting { .. } => say::SETTING,
        Chosen::Broker(_) => say::BROKER,
        Chosen::Controller(_) => say::CONTROLLER,
        Chosen::Link(..) => say::LINK,
        Chosen::Group(_) => say::GROUP,
        Chosen::Member { .. } => say::MEMBER,
        Chosen::Producer(_) => say::PRODUCER,
        Chosen::Event(_) => say::EVENT,
        Chosen::Frame(_) => say::FRAME,
    }
}

/// What it is called; the kind is said beside it.
pub fn name_of(thing: &Chosen, view: &View) -> String {
    match thing {
        Chosen::Topic(name) | Chosen::Group(name) | Chosen::Producer(name) => name.to_string(),
        Chosen::Partition { topic, partition } => format!("{topic} {partition}"),
        Chosen::Record { topic, partition, offset } => say::at_offset(topic, *partition, *offset),
        Chosen::Setting { key, .. } => key.to_string(),
        Chosen::Broker(id) | Chosen::Controller(id) => id.to_string(),
        Chosen::Link(from, to) => say::between(&party(from), &party(to)),
        Chosen::Member { group, label } => say::member_of(label, group),
        Chosen::Event(id) => event(view, *id).map_or_else(|| id.to_string(), |event| event.at.to_string()),
        Chosen::Frame(number) => number.to_string(),
    }
}

fn party(party: &Party) -> String {
    match party {
        Party::Node(id) => id.to_string(),
        Party::Named(name) => name.clone(),
    }
}

/// None: there is no such thing any more, or the view does not tell of it.
pub fn of(view: &View, thing: &Chosen) -> Option<Card> {
    let facts = match thing {
        Chosen::Topic(name) => records::topic(view, view.topics.iter().find(|t| t.name == *name)?),
        Chosen::Partition { topic, partition } => {
            let (topic, part) = part_of(view, topic, *partition)?;
            records::partition(view, topic, part)
        }
        Chosen::Record { topic, partition, offset } => {
            let part = part_of(view, topic, *partition)?.1;
            let at = part.window.binary_search_by_key(offset, |r| r.offset).ok()?;
            records::record(view, topic, part, part.window.get(at)?)
        }
        Chosen::Broker(id) => nodes::broker(view, view.brokers.iter().find(|b| b.id == *id)?),
        Chosen::Controller(id) => nodes::controller(view, view.controllers.iter().find(|c| c.id == *id)?),
        Chosen::Link(from, to) => nodes::link(view, from, to),
        Chosen::Group(name) => clients::group(view.groups.iter().find(|g| g.name == *name)?),
        Chosen::Member { group, label } => clients::member(view.groups.iter().find(|g| g.name == *group)?, label)?,
        Chosen::Producer(name) => clients::producer(view.producers.iter().find(|p| p.name == *name)?),
        Chosen::Event(id) => event_facts(event(view, *id)?),
        Chosen::Setting { .. } | Chosen::Frame(_) => Facts::default(),
    };
    let latest = view.events.iter().rev().find(|e| !e.background && is_about(e, thing));
    Some(Card { facts, event: latest.map(|e| e.id) })
}

pub fn part_of<'v>(view: &'v View, topic: &str, partition: i32) -> Option<(&'v TopicView, &'v Arc<PartitionView>)> {
    let topic = view.topics.iter().find(|t| *t.name == *topic)?;
    Some((topic, topic.partitions.get(usize::try_from(partition).ok()?)?))
}

fn event(view: &View, id: u64) -> Option<&EventView> {
    let at = view.events.binary_search_by_key(&id, |e| e.id).ok()?;
    view.events.get(at).map(|e| &**e)
}

fn event_facts(event: &EventView) -> Facts {
    let mut facts = Facts::default();
    facts.say(say::EVENT, event.text.to_string());
    facts.say(say::AT, event.at.to_string());
    let partition = event.partition.iter();
    let about = partition
        .map(|(topic, partition)| (format!("{topic} {partition}"), Chosen::Partition { topic: Arc::clone(topic), partition: *partition }));
    let about: Vec<_> = about.chain(event.group.iter().map(|g| (g.to_string(), Chosen::Group(Arc::clone(g))))).collect();
    if !about.is_empty() {
        facts.lead(say::ABOUT, about, "");
    }
    facts
}

/// Whether an event tells of a thing.
fn is_about(event: &EventView, thing: &Chosen) -> bool {
    let at = |topic: &Arc<str>| event.partition.as_ref().filter(|(t, _)| t == topic);
    match thing {
        Chosen::Topic(topic) => at(topic).is_some(),
        Chosen::Partition { topic, partition } | Chosen::Record { topic, partition, .. } => at(topic).is_some_and(|(_, p)| p == partition),
        Chosen::Group(group) | Chosen::Member { group, .. } => event.group.as_ref() == Some(group),
        Chosen::Broker(_)
        | Chosen::Controller(_)
        | Chosen::Producer(_)
        | Chosen::Link(..)
        | Chosen::Setting { .. }
        | Chosen::Event(_)
        | Chosen::Frame(_) => false,
    }
}
