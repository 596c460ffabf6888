//! The form for a node's faults: links, responses, disk, clock; now, later, or by chance.

use super::{problem_box, sheet_head};
use crate::playground::{ApiEffect, Command, Party};
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
                let after_ms = (decimal("in seconds", &self.seconds)? * 1_000.0) as i64;
                Command::Schedule { after_ms, command: Box::new(command) }
            }
            When::Chance => Command::Chance { per_hour: whole("times an hour", &self.per_hour)?, command: Box::new(command) },
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
            latency_us: us("latency", &self.latency)?,
            jitter_us: if self.jitter.trim().is_empty() { 0 } else { us("jitter", &self.jitter)? },
            tail_us: 0,
            bytes_per_second: if self.bandwidth.trim().is_empty() { None } else { Some(whole("bandwidth", &self.bandwidth)?) },
        })
    }

    fn fault_api(&self, node: i32) -> Result<Command, String> {
        let effect = match self.effect.as_str() {
            "error" => ApiEffect::Error(self.error.trim().to_owned()),
            "delay" => ApiEffect::Delay(whole("delay", &self.delay)?),
            _ => ApiEffect::Lost,
        };
        Ok(Command::FaultApi { node, api: self.api.clone(), count: whole("how many", &self.count)?, effect })
    }
}

fn decimal(name: &str, text: &str) -> Result<f64, String> {
    text.trim().parse().map_err(|_| format!("{name}: '{text}' is not a number."))
}

/// Tenths of what was typed, which is not below zero.
fn tenths(name: &str, text: &str) -> Result<u32, String> {
    let typed = decimal(name, text)?;
    if typed < 0.0 { Err(format!("{name}: '{text}' is below zero.")) } else { Ok((typed * 10.0) as u32) }
}

fn whole<N: std::str::FromStr>(name: &str, text: &str) -> Result<N, String> {
    text.trim().parse().map_err(|_| format!("{name}: '{text}' is not a whole number that can be."))
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
        <section class="pt-over pt-faults" role="dialog" aria-label={format!("Faults of node {node}")}>
            { sheet_head(&desk, format!("Faults of node {node}")) }
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
        let set = self.change(set);
        let spoken = label.is_empty().then_some("what becomes of them");
        html! {
            <label class="pt-num">{ label }<span class="pt-select"><select class="pt-field" aria-label={spoken} onchange={move |e: Event| set(e.target_unchecked_into::<HtmlSelectElement>().value())}>
                { for options.into_iter().map(|(value, text)| {
                    let selected = value == now;
                    html! { <option {selected} {value}>{ text }</option> }
                }) }
            </select>{ icon(Icon::Down) }</span></label>
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
            <fieldset class="pt-fault"><legend>{ "When" }</legend>
                { self.choice("what follows happens", pairs(&[("now", "now"), ("later", "later"), ("chance", "by chance, from the seed")]), now, set) }
                if form.when == When::Later { { self.number("in", "s", &form.seconds, |f, v| f.seconds = v) } }
                if form.when == When::Chance { { self.number("about", "times an hour", &form.per_hour, |f, v| f.per_hour = v) } }
            </fieldset>
        }
    }

    fn processes(&self) -> Html {
        html! {
            <fieldset class="pt-fault"><legend>{ "The node" }</legend>
                { self.button("Pause", |_, node| Ok(Command::PauseBroker { node })) }
                { self.button("Resume", |_, node| Ok(Command::ResumeBroker { node })) }
                { self.button("Stop", |_, node| Ok(Command::StopBroker { node })) }
                { self.button("Kill the process", |_, node| Ok(Command::KillBroker { node, machine: false })) }
                { self.button("Kill the machine", |_, node| Ok(Command::KillBroker { node, machine: true })) }
                { self.button("Restart", |_, node| Ok(Command::RestartBroker { node })) }
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
            <fieldset class="pt-fault"><legend>{ "Its link" }</legend>
                { self.choice("to", peers, &form.peer, |f, v| f.peer = v) }
                { self.button("Cut", cut) }{ self.button("Cut one way", cut_one_way) }{ self.button("Break its connections", break_them) }{ self.button("Heal", heal) }
                <span class="pt-break"/>
                { self.number("latency", "ms", &form.latency, |f, v| f.latency = v) }
                { self.number("and up to", "ms more", &form.jitter, |f, v| f.jitter = v) }
                { self.number("bandwidth", "B/s, empty: all there is", &form.bandwidth, |f, v| f.bandwidth = v) }
                { self.button("Set the link", Form::set_link) }
            </fieldset>
        }
    }

    fn responses(&self) -> Html {
        let form = &self.form;
        html! {
            <fieldset class="pt-fault"><legend>{ "Its responses" }</legend>
                { self.number("the next", "", &form.count, |f, v| f.count = v) }
                { self.choice("to", same(&APIS), &form.api, |f, v| f.api = v) }
                { self.choice("", pairs(&[("lost", "are lost"), ("error", "answer an error"), ("delay", "take longer")]), &form.effect, |f, v| f.effect = v) }
                if form.effect == "error" { { self.choice("", same(&ERRORS), &form.error, |f, v| f.error = v) } }
                if form.effect == "delay" { { self.number("by", "ms", &form.delay, |f, v| f.delay = v) } }
                { self.button("Set", Form::fault_api) }
            </fieldset>
        }
    }

    fn machine(&self) -> Html {
        let form = &self.form;
        html! {
            <fieldset class="pt-fault"><legend>{ "Its machine" }</legend>
                { self.number("every input takes", "ms", &form.slow, |f, v| f.slow = v) }
                { self.button("Slow it down", |f, node| Ok(Command::SlowBroker { node, factor: tenths("every input takes", &f.slow)? })) }
                <span class="pt-break"/>
                { self.number("every append takes its disk", "ms", &form.disk, |f, v| f.disk = v) }
                { self.button("Slow the disk", |f, node| Ok(Command::SlowDisk { node, ms: whole("every append takes", &f.disk)? })) }
                { self.button("Fill the disk", |_, node| Ok(Command::FillDisk { node })) }
                { self.button("Free the disk", |_, node| Ok(Command::FreeDisk { node })) }
                <span class="pt-break"/>
                { self.number("its clock is wrong by", "s", &form.clock, |f, v| f.clock = v) }
                { self.button("Set the clock", |f, node| Ok(Command::SetClock { node, offset_ms: (decimal("its clock is wrong by", &f.clock)? * 1_000.0) as i64 })) }
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
    let brokers = view.brokers.iter().filter(|b| b.id.0 != node).map(|b| (b.id.0.to_string(), format!("broker {}", b.id)));
    let apart = view.controllers.iter().filter(|c| !c.combined && c.id.0 != node);
    let controllers = apart.map(|c| (c.id.0.to_string(), format!("controller {}", c.id)));
    let producers = view.producers.iter().map(|p| p.name.to_string());
    let consumers = view.groups.iter().flat_map(|g| &g.members).filter_map(|m| m.consumer.as_ref()).map(|c| c.to_string());
    let clients = producers.chain(consumers).map(|name| (name.clone(), name));
    let several = [
        ("brokers", "all brokers"),
        ("controllers", "all controllers"),
        ("clients", "all clients here"),
        ("outside", "clients from outside"),
        ("all", "everything"),
    ];
    let several = several.map(|(value, text)| (value.to_owned(), text.to_owned()));
    brokers.chain(controllers).chain(clients).chain(several).collect()
}
