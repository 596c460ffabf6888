//! What can be done to the session as a whole: time, histories, forms.

use super::{grave, item};
use crate::playground::{Command, Speed, Time};
use crate::ui::catalogue::{producer, scene, session as say, tables, transport};
use crate::ui::drawer::Tab;
use crate::ui::geometry::TAPES_MAX;
use crate::ui::menus::{MenuAct, MenuItem};
use crate::ui::state::{Place, Sheet, Sorting};
use crate::view::{SPEEDS, View};

/// Each with the key that does the same, where there is one.
pub fn session(view: &View) -> Vec<(MenuItem, &'static str)> {
    let mut all = Vec::new();
    let mut add = |label: &str, act: MenuAct, key: &'static str| all.push((item(label, act), key));
    if let Some(clock) = &view.clock {
        let (label, time) = if clock.running { (say::PAUSE, Time::Pause) } else { (say::PLAY, Time::Play) };
        add(label, MenuAct::Time(time), say::SPACE);
        add(say::STEP, MenuAct::Time(Time::Step), ".");
        for tenths in SPEEDS.into_iter().filter(|speed| *speed != clock.speed_tenths) {
            if let Some(times) = Speed::from_tenths(tenths) {
                add(&say::speed(tenths), MenuAct::Time(Time::Speed { times }), "");
            }
        }
    }
    if let Some(line) = &view.timeline {
        add(say::BACK, MenuAct::Time(Time::Back), ",");
        add(say::TO_START, MenuAct::Time(Time::Seek { at_us: 0 }), say::HOME);
        for (label, act, key) in rewinding(line.past, line.undo, line.redo) {
            add(label, act, key);
        }
    }
    add(say::PUBLISH, MenuAct::Aim, "P");
    add(say::CREATE_TOPIC, MenuAct::Open(Sheet::CreateTopic), "N");
    add(say::ADD_GROUP, MenuAct::Open(Sheet::AddGroup), "");
    if view.topics.iter().any(|topic| !topic.internal) {
        add(producer::ADD_WITH, MenuAct::Open(Sheet::AddProducer(None)), "");
    }
    if view.faults.is_some() {
        add(say::HEAL_ALL, MenuAct::Send(Place::Faults, Command::HealAll), "");
    }
    for (tab, key) in Tab::ALL.into_iter().zip(["1", "2", "3", "4"]) {
        add(&say::show(tab.name()), MenuAct::Tab(tab), key);
    }
    add(tables::SHOW, MenuAct::Tables(true), "T");
    add(say::NETWORK, MenuAct::Open(Sheet::Network), "");
    if view.topics.iter().any(|topic| topic.partitions.len() > TAPES_MAX) {
        for by in Sorting::ALL {
            add(&scene::sort_by(by), MenuAct::Sort(by), "");
        }
    }
    add(say::FIRST_STEPS, MenuAct::FirstSteps, "");
    add(say::MARKS, MenuAct::Open(Sheet::Marks), "");
    add(say::ALL_WORDS, MenuAct::Open(Sheet::Words(Vec::new())), "?");
    add(say::LIGHT, MenuAct::Theme("light"), "");
    add(say::DARK, MenuAct::Theme("dark"), "");
    all.extend(addresses(view).map(|item| (item, "")));
    if view.clock.is_some() {
        all.push((grave(item(say::RESET, MenuAct::Reset)), ""));
    }
    all
}

/// What the menu More holds: all that the bar has no room for where it is narrow.
pub fn more(view: &View) -> Vec<MenuItem> {
    let mut items = vec![item(say::FIND, MenuAct::Open(Sheet::Palette))];
    if let Some(line) = &view.timeline {
        items.extend(rewinding(line.past, line.undo, line.redo).into_iter().map(|(label, act, _)| item(label, act)));
    }
    items.extend(addresses(view));
    items.push(item(tables::SHOW, MenuAct::Tables(true)));
    items.push(item(say::MARKS, MenuAct::Open(Sheet::Marks)));
    items.push(item(say::ALL_WORDS, MenuAct::Open(Sheet::Words(Vec::new()))));
    if view.clock.is_some() {
        items.push(grave(item(say::RESET, MenuAct::Reset)));
    }
    items
}

/// Where clients connect, on the clipboard.
fn addresses(view: &View) -> Option<MenuItem> {
    (!view.bootstrap.is_empty()).then(|| item(transport::COPY_WHERE, MenuAct::Copy(view.bootstrap.join(", ").into())))
}

fn rewinding(past: bool, undo: bool, redo: bool) -> Vec<(&'static str, MenuAct, &'static str)> {
    let mut all = vec![(say::NEXT_NOTABLE, MenuAct::Time(Time::ToNotable), ">")];
    if past {
        all.push((say::BACK_TO_NOW, MenuAct::Time(Time::ToEnd), say::END));
    }
    if undo {
        all.push((say::UNDO, MenuAct::Time(Time::Undo), say::CTRL_Z));
    }
    if redo {
        all.push((say::REDO, MenuAct::Time(Time::Redo), say::CTRL_SHIFT_Z));
    }
    all.push((say::FORK, MenuAct::Time(Time::Fork { name: None }), "F"));
    all.push((say::HISTORIES, MenuAct::Open(Sheet::Histories), ""));
    all.push((say::SHARE, MenuAct::Share, "S"));
    all.push((say::SESSION, MenuAct::Open(Sheet::Session), ""));
    all
}
