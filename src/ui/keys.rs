//! Single keys: what each does while the focus is inside the element and not in a field.

use super::acts::another_member;
use super::chosen::Chosen;
use super::desk::Desk;
use super::drawer::Tab;
use super::palette::toggled;
use super::state::{Act, Place, Sheet, State};
use crate::playground::{Speed, Time};
use crate::view::{EventView, SPEEDS, View};
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::Element;
use yew::prelude::*;

/// Does what a key asks for.
pub fn press(event: &KeyboardEvent, desk: &Desk, view: Option<&View>, state: &State) {
    if event.default_prevented() {
        return;
    }
    let target = event.composed_path().get(0).dyn_into::<Element>().ok();
    let tag = target.as_ref().map(|t| t.tag_name().to_ascii_lowercase()).unwrap_or_default();
    let in_field = matches!(tag.as_str(), "input" | "textarea" | "select");
    if event.key() == "Escape" {
        // What is innermost, it is the state that knows: a second press may come before the first is drawn.
        return desk.act(Act::Out);
    }
    let commands = event.ctrl_key() || event.meta_key();
    if commands && !event.alt_key() && matches!(event.key().as_str(), "k" | "K") && view.is_some() {
        desk.act(toggled(state.sheet.as_ref()));
        return event.prevent_default();
    }
    if !in_field && commands && !event.alt_key() && view.is_some_and(|v| v.timeline.is_some()) {
        let time = match (event.key().as_str(), event.shift_key()) {
            ("z", false) => Time::Undo,
            ("z" | "Z", true) | ("y", false) => Time::Redo,
            _ => return,
        };
        desk.time(time);
        return event.prevent_default();
    }
    if in_field || commands || event.alt_key() {
        return;
    }
    if view.is_some_and(|v| v.timeline.is_some()) && press_for_time(&event.key(), desk) {
        return event.prevent_default();
    }
    let clock = view.and_then(|v| v.clock.as_ref());
    let shift_speed = |by: i32| {
        let at = clock.and_then(|c| SPEEDS.iter().position(|s| *s >= c.speed_tenths)).unwrap_or(2) as i32;
        {
            let stop = SPEEDS.get((at + by).clamp(0, SPEEDS.len() as i32 - 1) as usize).copied();
            Time::Speed { times: stop.and_then(Speed::from_tenths).unwrap_or(Speed::REAL) }
        }
    };
    match event.key().as_str() {
        " " if tag != "button" => desk.time(if clock.is_some_and(|c| c.running) { Time::Pause } else { Time::Play }),
        "." => desk.time(Time::Step),
        "[" => desk.time(shift_speed(-1)),
        "]" => desk.time(shift_speed(1)),
        "n" | "N" => desk.act(Act::Sheet(Some(Sheet::CreateTopic))),
        digit @ ("1" | "2" | "3" | "4") => match Tab::ALL.into_iter().zip(["1", "2", "3", "4"]).find(|(_, key)| *key == digit) {
            Some((tab, _)) => desk.act(Act::Tab(tab)),
            None => return,
        },
        "/" => filter(desk, state),
        "?" => desk.explain(target.as_ref()),
        "t" | "T" => desk.act(Act::Tables(!state.tables)),
        "p" | "P" => desk.publish(None),
        "w" | "W" => match view.and_then(|v| latest_of(v, state)) {
            Some(event) => desk.act(Act::Look(Chosen::Event(event))),
            None => return,
        },
        "c" | "C" => {
            let group = view.and_then(|v| state.follow.as_ref().and_then(|f| v.groups.iter().find(|g| g.name == *f)).or(v.groups.first()));
            match group {
                Some(group) if !group.topics.is_empty() => {
                    desk.send(Place::Group(Arc::clone(&group.name)), another_member(group));
                }
                _ => desk.act(Act::Sheet(Some(Sheet::AddGroup))),
            }
        }
        _ => return,
    }
    event.prevent_default();
}

/// Goes to the filter of the drawer's tab, wherever that is: a record on the phone gives its place back to the list.
fn filter(desk: &Desk, state: &State) {
    const FILTER: &str = "[data-filter]";
    if state.reads_record() {
        desk.act(Act::Clear);
    } else if desk.focused(FILTER) {
        return;
    } else {
        desk.act(Act::Tab(state.tab));
    }
    desk.focus_late(FILTER);
}

/// The last event that is told of what is chosen; of anything, where nothing is.
fn latest_of(view: &View, state: &State) -> Option<u64> {
    let about = state.chosen.as_ref().and_then(Chosen::partition);
    let is_about =
        |event: &EventView| about.is_none_or(|(topic, p)| event.partition.as_ref().is_some_and(|(t, n)| **t == *topic && *n == p));
    view.events.iter().rev().find(|e| !e.background && is_about(e)).map(|e| e.id)
}

/// The keys that rewind, fork and share. True where it was one of them.
fn press_for_time(key: &str, desk: &Desk) -> bool {
    match key {
        "," => desk.time(Time::Back),
        ">" => desk.time(Time::ToNotable),
        "Home" => desk.time(Time::Seek { at_us: 0 }),
        "End" => desk.time(Time::ToEnd),
        "f" | "F" => desk.time(Time::Fork { name: None }),
        "s" | "S" => desk.share(),
        _ => return false,
    }
    true
}
