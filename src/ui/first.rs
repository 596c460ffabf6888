//! The first minute: three things to try, in one line, which notice when they are done and can be sent away for good.

use super::catalogue::first as say;
use super::chosen::Chosen;
use super::desk::{outcome, use_desk};
use super::icons::{Icon, icon};
use super::menus::MenuAct;
use super::state::{Act, Place, Sheet, State};
use crate::playground::Command;
use crate::view::{EventSign, Life, OutcomeState, View};
use std::rc::Rc;
use yew::prelude::*;

/// Where it is written that they were sent away.
const KEY: &str = "partita first minute";

/// What of it is done, and whether it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstSteps {
    pub shown: bool,
    pub done: [bool; 3],
}

impl Default for FirstSteps {
    fn default() -> Self {
        let gone = storage().is_some_and(|storage| storage.get_item(KEY).ok().flatten().is_some());
        Self { shown: !gone, done: [false; 3] }
    }
}

fn storage() -> Option<web_sys::Storage> {
    gloo::utils::window().local_storage().ok().flatten()
}

impl FirstSteps {
    /// Shown again, or sent away for good.
    pub fn show(&mut self, shown: bool) {
        self.shown = shown;
        // Where the browser gives no room, they come back next time.
        drop(storage().map(|storage| if shown { storage.remove_item(KEY) } else { storage.set_item(KEY, "seen") }));
    }
}

#[derive(Properties, PartialEq)]
pub struct StepsProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
}

#[component]
pub fn Steps(props: &StepsProps) -> Html {
    let StepsProps { view, state } = props;
    let desk = use_desk();
    let now = seen(view, state);
    {
        let desk = desk.clone();
        use_effect_with(now, move |now| desk.act(Act::Tried(*now)));
    }
    if !state.first.shown {
        return Html::default();
    }
    let done = state.first.done;
    let next = done.iter().position(|done| !done);
    let offers = [Some(write(view)), kill(view), ask(view)];
    let step = |(place, (at, (label, act))): (usize, (usize, (String, MenuAct)))| {
        let (desk, done) = (desk.clone(), done.get(at) == Some(&true));
        html! {
            <li key={at} data-done={done.then_some("")} data-next={(next == Some(at)).then_some("")}>
                <span class="pt-steps__no">if done { { icon(Icon::Ok) }<span class="pt-said">{ say::DONE }</span> } else { { place + 1 } }</span>
                <button type="button" class="pt-link" onclick={move |_: MouseEvent| desk.run(act.clone())}>{ label }</button>
            </li>
        }
    };
    let away = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::FirstSteps(false))
    };
    html! {
        <aside class="pt-steps" aria-label={say::TITLE}>
            if next.is_none() {
                <p role="status">{ say::ALL_DONE }</p>
            } else {
                <ol>{ for offers.into_iter().enumerate().filter_map(|(at, offer)| Some((at, offer?))).enumerate().map(step) }</ol>
            }
            <button type="button" class="pt-btn pt-btn--icon" aria-label={say::DISMISS} title={say::DISMISS} onclick={away}>{ icon(Icon::Close) }</button>
        </aside>
    }
}

/// Which of them can be seen to be done.
fn seen(view: &View, state: &State) -> [bool; 3] {
    let published = outcome(view, state, &Place::Publish).is_some_and(|said| matches!(said.state, OutcomeState::Done { .. }));
    let killed = view.brokers.iter().filter_map(|b| b.machine.as_ref()).any(|m| m.life == Life::Dead);
    [published, killed, state.story.is_some()]
}

/// A record needs a topic.
fn write(view: &View) -> (String, MenuAct) {
    if view.topics.iter().any(|t| !t.internal) {
        (say::PUBLISH.to_owned(), MenuAct::Aim)
    } else {
        (say::CREATE.to_owned(), MenuAct::Open(Sheet::CreateTopic))
    }
}

/// The broker that leads the last partition of the first topic.
fn kill(view: &View) -> Option<(String, MenuAct)> {
    let topic = view.topics.iter().find(|t| !t.internal)?;
    let part = topic.partitions.iter().rev().find(|p| p.leader.is_some())?;
    let node = part.leader?.0;
    let act = MenuAct::Send(Place::Node(node), Command::KillBroker { node, machine: false });
    Some((say::kill(node, &topic.name, part.index), act))
}

/// The last event that is worth a question.
fn ask(view: &View) -> Option<(String, MenuAct)> {
    let telling = |sign: EventSign| matches!(sign, EventSign::Election | EventSign::Fault | EventSign::Rebalance);
    let event = view.events.iter().rev().find(|e| !e.background && telling(e.sign)).or_else(|| view.events.last())?;
    Some((say::ASK.to_owned(), MenuAct::Choose(Chosen::Event(event.id))))
}
