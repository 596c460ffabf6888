//! What the palette can find: what can be done to the session, every thing, and what can be done to each.

use crate::playground::Party;
use crate::ui::acts;
use crate::ui::catalogue::glossary::WORDS;
use crate::ui::catalogue::palette as say;
use crate::ui::chosen::Chosen;
use crate::ui::find::fit;
use crate::ui::inspector::{kind_of, name_of};
use crate::ui::menus::MenuAct;
use crate::ui::state::Sheet;
use crate::view::View;
use std::sync::Arc;

/// How many are shown.
const SHOWN_MAX: usize = 40;
/// From so many letters on, records are looked through as well: they are many.
const RECORDS_FROM: usize = 2;

#[derive(Clone, PartialEq)]
pub struct Entry {
    pub label: String,
    /// What kind of thing it is.
    pub kind: &'static str,
    /// The key that does the same.
    pub key: &'static str,
    pub grave: bool,
    pub act: MenuAct,
}

/// All but records.
pub fn all(view: &View) -> Vec<Entry> {
    let mut all = Vec::new();
    for (item, key) in acts::session(view) {
        all.push(Entry { label: item.label, kind: say::ACTION, key, grave: item.grave, act: item.act });
    }
    for thing in things(view) {
        let kind = kind_of(&thing);
        let name = say::thing(kind, &name_of(&thing, view));
        all.push(Entry { label: name.clone(), kind, key: "", grave: false, act: MenuAct::Choose(thing.clone()) });
        for item in acts::of(view, &thing) {
            all.push(Entry { label: say::action_of(&name, &item.label), kind: say::ACTION, key: "", grave: item.grave, act: item.act });
        }
    }
    for event in view.events.iter().rev().filter(|e| !e.is_minor()) {
        let thing = Chosen::Event(event.id);
        all.push(Entry { label: event.text.to_string(), kind: kind_of(&thing), key: "", grave: false, act: MenuAct::Choose(thing) });
    }
    for (word, ..) in WORDS {
        all.push(Entry { label: (*word).to_owned(), kind: say::WORD, key: "", grave: false, act: MenuAct::Open(Sheet::Words(vec![word])) });
    }
    all
}

fn things(view: &View) -> Vec<Chosen> {
    let mut things = Vec::new();
    for topic in view.topics.iter().filter(|t| !t.internal) {
        things.push(Chosen::Topic(Arc::clone(&topic.name)));
        things.extend(topic.partitions.iter().map(|p| Chosen::Partition { topic: Arc::clone(&topic.name), partition: p.index }));
    }
    for group in &view.groups {
        things.push(Chosen::Group(Arc::clone(&group.name)));
        things.extend(group.members.iter().map(|m| Chosen::Member { group: Arc::clone(&group.name), label: Arc::clone(&m.label) }));
    }
    things.extend(view.producers.iter().map(|p| Chosen::Producer(Arc::clone(&p.name))));
    things.extend(view.brokers.iter().map(|b| Chosen::Broker(b.id)));
    things.extend(view.controllers.iter().map(|c| Chosen::Controller(c.id)));
    for (at, one) in view.brokers.iter().enumerate() {
        things.extend(view.brokers.iter().skip(at + 1).map(|other| Chosen::Link(Party::Node(one.id.0), Party::Node(other.id.0))));
    }
    things
}

/// What fits what was typed, best first.
pub fn found(all: &[Entry], typed: &str, view: &View) -> Vec<Entry> {
    let mut best: Vec<(i32, Entry)> = Vec::new();
    let mut offer = |score: i32, entry: &dyn Fn() -> Entry| {
        // Where there is room, or a worse one; what came first stays before its equals.
        let at = best.iter().position(|(other, _)| *other < score).unwrap_or(best.len());
        if at < SHOWN_MAX {
            best.insert(at, (score, entry()));
            best.truncate(SHOWN_MAX);
        }
    };
    for entry in all {
        let score = if typed.trim().is_empty() { Some(0) } else { fit(typed, &entry.label) };
        if let Some(score) = score {
            offer(score, &|| entry.clone());
        }
    }
    if typed.trim().chars().count() >= RECORDS_FROM {
        for topic in view.topics.iter().filter(|t| !t.internal) {
            for (part, record) in topic.partitions.iter().flat_map(|p| p.window.iter().rev().map(move |r| (p, r))) {
                let thing = Chosen::Record { topic: Arc::clone(&topic.name), partition: part.index, offset: record.offset };
                let label = say::record(&name_of(&thing, view), record.key.as_deref(), record.value.as_deref());
                if let Some(score) = fit(typed, &label) {
                    let entry = || Entry {
                        label: label.clone(),
                        kind: kind_of(&thing),
                        key: "",
                        grave: false,
                        act: MenuAct::Choose(thing.clone()),
                    };
                    offer(score, &entry);
                }
            }
        }
    }
    best.into_iter().map(|(_, entry)| entry).collect()
}
