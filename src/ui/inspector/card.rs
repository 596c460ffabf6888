//! What a chosen thing is, in words: its kind, its name, its facts, and the last event that is told of it.

use super::facts::Facts;
use super::{clients, nodes, records};
use crate::playground::Party;
use crate::ui::catalogue::inspector as say;
use crate::ui::chosen::Chosen;
use crate::ui::story::is_about;
use crate::view::query::story::EventStory;
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
pub fn of(view: &View, thing: &Chosen, story: Option<&EventStory>) -> Option<Card> {
    let facts = match thing {
        Chosen::Topic(name) => records::topic(view, view.topics.iter().find(|t| t.name == *name)?),
        Chosen::Partition { topic, partition } => {
            let (topic, part) = part_of(view, topic, *partition)?;
            records::partition(view, topic, part)
        }
        // Its page tells them.
        Chosen::Record { topic, partition, .. } => part_of(view, topic, *partition).map(|_| Facts::default())?,
        Chosen::Broker(id) => nodes::broker(view, view.brokers.iter().find(|b| b.id == *id)?),
        Chosen::Controller(id) => nodes::controller(view, view.controllers.iter().find(|c| c.id == *id)?),
        Chosen::Link(from, to) => nodes::link(view, from, to),
        Chosen::Group(name) => clients::group(view.groups.iter().find(|g| g.name == *name)?),
        Chosen::Member { group, label } => clients::member(view.groups.iter().find(|g| g.name == *group)?, label)?,
        Chosen::Producer(name) => clients::producer(view.producers.iter().find(|p| p.name == *name)?),
        Chosen::Event(id) => {
            let story = story.filter(|story| story.event.id == *id);
            event_facts(view, story.map(|story| &story.event).or_else(|| event(view, *id))?, story)
        }
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

/// What happened, to whom, and what brought it about.
fn event_facts(view: &View, event: &EventView, story: Option<&EventStory>) -> Facts {
    let mut facts = Facts::default();
    facts.say(say::EVENT, event.text.to_string());
    facts.say(say::AT, event.at.to_string());
    let mut about = Vec::new();
    if let Some((topic, partition)) = &event.partition {
        about.push((format!("{topic} {partition}"), Chosen::Partition { topic: Arc::clone(topic), partition: *partition }));
    }
    about.extend(event.group.iter().map(|g| (g.to_string(), Chosen::Group(Arc::clone(g)))));
    let party = event.node.map(|id| Party::Node(id.0)).or_else(|| event.client.as_ref().map(|c| Party::Named(c.to_string())));
    about.extend(party.and_then(|party| nodes::end(view, &party)));
    facts.lead_some(say::ABOUT, about);
    if let Some(story) = story {
        let cause = story.causes.first().map(|cause| (cause.text.to_string(), Chosen::Event(cause.id)));
        facts.lead(say::BECAUSE, cause.into_iter().collect(), say::BY_ITSELF);
        let root = story.causes.last().filter(|_| story.causes.len() > 1).map(|root| (root.text.to_string(), Chosen::Event(root.id)));
        facts.lead_some(say::AT_BOTTOM, root.into_iter().collect());
        facts.say(say::EFFECTS, say::effects(story.effects.len() + story.more as usize));
    }
    facts
}
