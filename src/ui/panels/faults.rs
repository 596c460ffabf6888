//! The form for a node's faults: links, responses, disk, clock; now, later, or by chance.

use super::{problem_box, sheet_head};
use crate::playground::{ApiEffect, Command, Party};
use crate::ui::catalogue::faults as say;
use crate::ui::desk::{Desk, outcome, use_desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Place, State};
use crate::view::{OutcomeState, View};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct FaultSheetProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
    pub node: i32,
}

/// The APIs whose responses the form offers to disturb.
const APIS: [&str; 16] = [
    "Produce",
    "Fetch",
    "Metadata",
    "ListOffsets",
    "FindCoordinator",
    "JoinGroup",
    "SyncGroup",
    "Heartbeat",
    "OffsetCommit",
    "OffsetFetch",
    "InitProducerId",
    "CreateTopics",
    "BrokerHeartbeat",
    "AlterPartition",
    "Vote",
    "OffsetForLeaderEpoch",
];
/// The errors it offers; any other can be typed.
const ERRORS: [&str; 5] =
    ["REQUEST_TIMED_OUT", "NOT_ENOUGH_REPLICAS", "NOT_LEADER_OR_FOLLOWER", "COORDINATOR_NOT_AVAILABLE", "UNKNOWN_SERVER_ERROR"];

/// When a fault shall come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Now,
    Later,
    Chance,
}

/// What is typed into the form.
#[derive(Clone, PartialEq)]
struct Form {
    when: When,
    seconds: String,
    per_hour: String,
    peer: String,
    latency: String,
    jitter: String,
    bandwidth: String,
    api: String,
    count: String,
    effect: String,
    error: String,
    delay: String,
    slow: String,
    disk: String,
    clock: String,
}

impl Form {
    fn new(peer: String) -> Self {
        let text = str::to_owned;
        Self {
            when: When::Now,
            seconds: text("10"),
            per_hour: text("6"),
            peer,
            latency: text("80"),
            jitter: text("20"),
            bandwidth: String::new(),
            api: text("Produce"),
            count: text("1"),
            effect: text("lost"),
            error: text("REQUEST_TIMED_OUT"),
            delay: text("3000"),
            slow: text("10"),
            disk: text("20"),
            clock: text("3600"),
        }
    }

    /// A command for the moment that is chosen.
    fn at(&self, command: Command) -> Result<Command, String> {
        Ok(match self.when {
            When::Now => command,
            When::Later => {
                let after_ms = (decimal(say::IN_SECONDS, &self.seconds)? * 1_000.0) as i64;
                Command::Schedule { after_ms, command: Box::new(command) }
            }
            When::Chance => Command::Chance { per_hour: whole(say::TIMES_AN_HOUR, &self.per_hour)?, command: Box::new(command) },
        })
    }

    fn ends(&self, node: i32) -> (Party, Party) {
        let peer = self.peer.parse().map_or_else(|_| Party::Named(self.peer.clone()), Party::Node);
        (Party::Node(node), peer)
    }

    fn set_link(&self, node: i32) -> Result<Command, String> {
        let (from, to) = self.ends(node);
        let us = |name: &str, text: &str| decimal(name, text).map(|ms| (ms * 1_000.0) as i64);
        Ok(Command::SetLink {
            from,
            to,
            latency_us: us(say::LATENCY, &self.latency)?,
            jitter_us: if self.jitter.trim().is_empty() { 0 } else { us(say::JITTER, &self.jitter)? },
            tail_us: 0,
            bytes_per_second: if self.bandwidth.trim().is_empty() { None } else { Some(whole(say::BANDWIDTH, &self.bandwidth)?) },
        })
    }

    fn fault_api(&self, node: i32) -> Result<Command, String> {
        let effect = match self.effect.as_str() {
            "error" => ApiEffect::Error(self.error.trim().to_owned()),
            "delay" => ApiEffect::Delay(whole(say::LONGER_BY, &self.delay)?),
            _ => ApiEffect::Lost,
        };
        Ok(Command::FaultApi { node, api: self.api.clone(), count: whole(say::HOW_MANY, &self.count)?, effect })
    }
}

fn decimal(name: &str, text: &str) -> Result<f64, String> {
    text.trim().parse().map_err(|_| say::not_a_number(name, text))
}

/// Tenths of what was typed, which is not below zero.
fn tenths(name: &str, text: &str) -> Result<u32, String> {
    let typed = decimal(name, text)?;
    if typed < 0.0 { Err(say::below_zero(name, text)) } else { Ok((typed * 10.0) as u32) }
}

fn whole<N: std::str::FromStr>(name: &str, text: &str) -> Result<N, String> {
    text.trim().parse().map_err(|_| say::not_whole(name, text))
}

/// What a button of the form does.
type Make = fn(&Form, i32) -> Result<Command, String>;

#[component]
pub fn FaultSheet(props: &FaultSheetProps) -> Html {
    let FaultSheetProps { view, state, node } = props;
    let desk = use_desk();
    let peers = peers(view, *node);
    let form = use_state(|| Form::new(peers.first().map(|(value, _)| value.clone()).unwrap_or_default()));
    let wrong = use_state(|| None::<String>);
    let kit = Kit { desk: desk.clone(), node: *node, form, wrong: wrong.clone() };
    let said = outcome(view, state, &Place::Faults);
    html! {
        <section class="pt-over pt-faults" role="dialog" aria-label={say::title(*node)}>
            { sheet_head(&desk, say::title(*node)) }
            { kit.when() }
            <div class="pt-fault__said" aria-live="polite">
                if let Some(reason) = &*wrong { <p class="pt-broken">{ reason }</p> }
                else if let Some(OutcomeState::Done { text, .. }) = said.as_deref().map(|o| &o.state) { <p class="pt-result">{ icon(Icon::Ok) }{ &**text }</p> }
                else { { problem_box(said.as_deref()) } }
            </div>
            { kit.processes() }
            { kit.link(peers) }
            { kit.responses() }
            { kit.machine() }
        </section>
    }
}

/// What the form's parts are made with.
struct Kit {
    desk: Desk,
    node: i32,
    form: UseStateHandle<Form>,
    /// What is wrong with what was typed.
    wrong: UseStateHandle<Option<String>>,
}

/// What an input does to the form.
type Set = fn(&mut Form, String);

impl Kit {
    fn button(&self, label: &'static str, make: Make) -> Html {
        let (desk, form, wrong, node) = (self.desk.clone(), self.form.clone(), self.wrong.clone(), self.node);
        let give = move |_: MouseEvent| match make(&form, node).and_then(|command| form.at(command)) {
            Ok(command) => {
                wrong.set(None);
                desk.send(Place::Faults, command);
            }
            Err(reason) => wrong.set(Some(reason)),
        };
        html! { <button type="button" class="pt-btn pt-btn--edge" onclick={give}>{ label }</button> }
    }

    fn change(&self, set: Set) -> impl Fn(String) + 'static {
        let form = self.form.clone();
        move |value: String| {
            let mut next = (*form).clone();
            set(&mut next, value);
            form.set(next);
        }
    }

    fn number(&self, label: &'static str, unit: &'static str, value: &str, set: Set) -> Html {
        let set = self.change(set);
        html! {
            <label class="pt-num">{ label }<input class="pt-field pt-field--mono" inputmode="decimal" value={value.to_owned()} size="6"
                oninput={move |e: InputEvent| set(e.target_unchecked_into::<HtmlInputElement>().value())}/>{ unit }</label>
        }
    }

    /// `options` are values with their texts.
    fn choice(&self, label: &'static str, options: Vec<(String, String)>, now: &str, set: Set) -> Html {
        html! { <label class="pt-num">{ label }{ self.options(None, options, now, set) }</label> }
    }

    /// A choice without a label beside it has a name all the same.
    fn options(&self, spoken: Option<&'static str>, options: Vec<(String, String)>, now: &str, set: Set) -> Html {
        let set = self.change(set);
        html! {
            <span class="pt-select"><select class="pt-field" aria-label={spoken} onchange={move |e: Event| set(e.target_unchecked_into::<HtmlSelectElement>().value())}>
                { for options.into_iter().map(|(value, text)| {
                    let selected = value == now;
                    html! { <option {selected} {value}>{ text }</option> }
                }) }
            </select>{ icon(Icon::Down) }</span>
        }
    }

    fn when(&self) -> Html {
        let form = &self.form;
        let now = match form.when {
            When::Now => "now",
            When::Later => "later",
            When::Chance => "chance",
        };
        let set: Set = |form, value| {
            form.when = match value.as_str() {
                "later" => When::Later,
                "chance" => When::Chance,
                _ => When::Now,
            }
        };
        html! {
            <fieldset class="pt-fault"><legend>{ say::WHEN }</legend>
                { self.choice(say::HAPPENS, pairs(&[("now", say::NOW), ("later", say::LATER), ("chance", say::CHANCE)]), now, set) }
                if form.when == When::Later { { self.number(say::IN, say::SECONDS, &form.seconds, |f, v| f.seconds = v) } }
                if form.when == When::Chance { { self.number(say::ABOUT, say::TIMES_AN_HOUR, &form.per_hour, |f, v| f.per_hour = v) } }
            </fieldset>
        }
    }

    fn processes(&self) -> Html {
        html! {
            <fieldset class="pt-fault"><legend>{ say::NODE }</legend>
                { self.button(say::PAUSE, |_, node| Ok(Command::PauseBroker { node })) }
                { self.button(say::RESUME, |_, node| Ok(Command::ResumeBroker { node })) }
                { self.button(say::STOP, |_, node| Ok(Command::StopBroker { node })) }
                { self.button(say::KILL_PROCESS, |_, node| Ok(Command::KillBroker { node, machine: false })) }
                { self.button(say::KILL_MACHINE, |_, node| Ok(Command::KillBroker { node, machine: true })) }
                { self.button(say::RESTART, |_, node| Ok(Command::RestartBroker { node })) }
            </fieldset>
        }
    }

    fn link(&self, peers: Vec<(String, String)>) -> Html {
        let form = &self.form;
        let cut: Make = |form, node| {
            let (from, to) = form.ends(node);
            Ok(Command::CutLink { from, to, one_way: false })
        };
        let cut_one_way: Make = |form, node| {
            let (from, to) = form.ends(node);
            Ok(Command::CutLink { from, to, one_way: true })
        };
        let break_them: Make = |form, node| {
            let (from, to) = form.ends(node);
            Ok(Command::BreakConnections { from, to })
        };
        let heal: Make = |form, node| {
            let (from, to) = form.ends(node);
            Ok(Command::HealLink { from, to })
        };
        html! {
            <fieldset class="pt-fault"><legend>{ say::LINK }</legend>
                { self.choice(say::TO, peers, &form.peer, |f, v| f.peer = v) }
                { self.button(say::CUT, cut) }{ self.button(say::CUT_ONE_WAY, cut_one_way) }{ self.button(say::BREAK, break_them) }{ self.button(say::HEAL, heal) }
                <span class="pt-break"/>
                { self.number(say::LATENCY, say::MS, &form.latency, |f, v| f.latency = v) }
                { self.number(say::UP_TO, say::MS_MORE, &form.jitter, |f, v| f.jitter = v) }
                { self.number(say::BANDWIDTH, say::BANDWIDTH_UNIT, &form.bandwidth, |f, v| f.bandwidth = v) }
                { self.button(say::SET_LINK, Form::set_link) }
            </fieldset>
        }
    }

    fn responses(&self) -> Html {
        let form = &self.form;
        html! {
            <fieldset class="pt-fault"><legend>{ say::RESPONSES }</legend>
                { self.number(say::THE_NEXT, "", &form.count, |f, v| f.count = v) }
                { self.choice(say::RESPONSES_TO, same(&APIS), &form.api, |f, v| f.api = v) }
                { self.options(Some(say::BECOMES), pairs(&[("lost", say::LOST), ("error", say::ERROR), ("delay", say::DELAY)]), &form.effect, |f, v| f.effect = v) }
                if form.effect == "error" { { self.options(Some(say::WHICH_ERROR), same(&ERRORS), &form.error, |f, v| f.error = v) } }
                if form.effect == "delay" { { self.number(say::BY, say::MS, &form.delay, |f, v| f.delay = v) } }
                { self.button(say::SET, Form::fault_api) }
            </fieldset>
        }
    }

    fn machine(&self) -> Html {
        let form = &self.form;
        html! {
            <fieldset class="pt-fault"><legend>{ say::MACHINE }</legend>
                { self.number(say::EVERY_INPUT, say::MS, &form.slow, |f, v| f.slow = v) }
                { self.button(say::SLOW, |f, node| Ok(Command::SlowBroker { node, factor: tenths(say::EVERY_INPUT, &f.slow)? })) }
                <span class="pt-break"/>
                { self.number(say::EVERY_APPEND, say::MS, &form.disk, |f, v| f.disk = v) }
                { self.button(say::SLOW_DISK, |f, node| Ok(Command::SlowDisk { node, ms: whole(say::EVERY_APPEND, &f.disk)? })) }
                { self.button(say::FILL_DISK, |_, node| Ok(Command::FillDisk { node })) }
                { self.button(say::FREE_DISK, |_, node| Ok(Command::FreeDisk { node })) }
                <span class="pt-break"/>
                { self.number(say::CLOCK, say::SECONDS, &form.clock, |f, v| f.clock = v) }
                { self.button(say::SET_CLOCK, |f, node| Ok(Command::SetClock { node, offset_ms: (decimal(say::CLOCK, &f.clock)? * 1_000.0) as i64 })) }
            </fieldset>
        }
    }
}

/// Options whose texts are their values.
fn same(all: &[&str]) -> Vec<(String, String)> {
    all.iter().map(|one| ((*one).to_owned(), (*one).to_owned())).collect()
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(value, text)| ((*value).to_owned(), (*text).to_owned())).collect()
}

/// What a node's links lead to: the other nodes, clients by name, and several at once.
fn peers(view: &View, node: i32) -> Vec<(String, String)> {
    let brokers = view.brokers.iter().filter(|b| b.id.0 != node).map(|b| (b.id.0.to_string(), say::broker(b.id.0)));
    let apart = view.controllers.iter().filter(|c| !c.combined && c.id.0 != node);
    let controllers = apart.map(|c| (c.id.0.to_string(), say::controller(c.id.0)));
    let producers = view.producers.iter().map(|p| p.name.to_string());
    let consumers = view.groups.iter().flat_map(|g| &g.members).filter_map(|m| m.consumer.as_ref()).map(|c| c.to_string());
    let clients = producers.chain(consumers).map(|name| (name.clone(), name));
    let several = [
        ("brokers", say::ALL_BROKERS),
        ("controllers", say::ALL_CONTROLLERS),
        ("clients", say::ALL_CLIENTS),
        ("outside", say::OUTSIDE),
        ("all", say::EVERYTHING),
    ];
    let several = several.map(|(value, text)| (value.to_owned(), text.to_owned()));
    brokers.chain(controllers).chain(clients).chain(several).collect()
}
