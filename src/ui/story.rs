//! What the chosen event brought about, and what brought it about; and which events tell of which things.

use super::ask::use_answer;
use super::chosen::Chosen;
use super::desk::use_desk;
use super::state::{Act, State};
use crate::simulation::trace::EVENTS_KEPT;
use crate::view::query::story::EventStory;
use crate::view::{Answer, EventView, Query, View};
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

/// How often the effects are asked for anew while time runs, in ms of the clock on the wall.
const EVERY_MS: u64 = 300;

/// Keeps the chosen event's story in the page's state. An event whose course was undone is no longer chosen.
#[hook]
pub fn use_story(view: &Rc<View>, state: &Rc<State>) {
    let desk = use_desk();
    let asked = match state.chosen {
        Some(Chosen::Event(event)) => Some(event),
        _ => None,
    };
    let answer = use_answer(asked.map(|event| Query::Story { event }), asked.map_or(0, |event| fresh(view, event)));
    let view = Rc::clone(view);
    use_effect_with((asked, answer), move |(asked, answer)| {
        let Some(event) = *asked else { return };
        match answer.as_deref() {
            Some(Answer::Story { story }) if story.event.id == event => desk.act(Act::Story(Rc::new(EventStory::clone(story)))),
            Some(Answer::Absent { .. }) if is_undone(&view, event) => desk.act(Act::Clear),
            _ => {}
        }
    });
}

/// Changes when there may be other effects: time went on, or took another course. What is long ago is recalled as it was.
fn fresh(view: &View, event: u64) -> u64 {
    let is_old = view.timeline.as_ref().is_some_and(|line| line.event > event + EVENTS_KEPT as u64);
    let speed = view.clock.as_ref().map_or(1, |clock| u64::from(clock.speed_tenths / 10).max(1));
    let course = view.timeline.as_ref().map_or(0, |line| {
        let at = line.branches.iter().position(|b| b.current).unwrap_or_default();
        (line.inputs.len() * 64 + at * 2) as u64 + u64::from(line.past)
    });
    let moment = if is_old { 0 } else { view.now.as_millis() / (EVERY_MS * speed) };
    moment.wrapping_add(course << 32)
}

/// Neither forgotten nor ahead of the playhead: there is no such event in this course.
fn is_undone(view: &View, event: u64) -> bool {
    view.timeline.as_ref().is_some_and(|line| event > line.event && event > line.events)
}

/// Whether an event tells of a thing.
pub fn is_about(event: &EventView, thing: &Chosen) -> bool {
    let at = |topic: &Arc<str>| event.partition.as_ref().filter(|(t, _)| t == topic);
    match thing {
        Chosen::Topic(topic) => at(topic).is_some(),
        Chosen::Partition { topic, partition } | Chosen::Record { topic, partition, .. } => at(topic).is_some_and(|(_, p)| p == partition),
        Chosen::Group(group) => event.group.as_ref() == Some(group),
        Chosen::Broker(id) | Chosen::Controller(id) => event.node == Some(*id),
        Chosen::Producer(client) | Chosen::Member { label: client, .. } => event.client.as_ref() == Some(client),
        Chosen::Event(id) => event.id == *id,
        Chosen::Link(..) | Chosen::Setting { .. } | Chosen::Frame(_) => false,
    }
}
