//! Producers that write by themselves: name, acks, what they do, at which rate.

use super::aim::topic_of;
use super::{menu_of, problem_box};
use crate::playground::{Command, Keys};
use crate::ui::catalogue::{acts, common, events, producer, producers as say, publish};
use crate::ui::chosen::Chosen;
use crate::ui::desk::{outcome, use_desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::pick::Pick;
use crate::ui::state::{Act, Place, Sheet, State};
use crate::ui::typed::Typed;
use crate::view::{ProducerView, View};
use std::fmt::Write as _;
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ProducersProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
    /// All of the view is shown; else as much of it as a frame has time for.
    pub whole: bool,
}

#[component]
pub fn Producers(props: &ProducersProps) -> Html {
    let desk = use_desk();
    let topic = topic_of(&props.view, &props.state).map(|t| t.name.to_string());
    let add = {
        let (desk, topic) = (desk.clone(), topic.clone());
        move |_: MouseEvent| {
            if let Some(topic) = topic.clone() {
                let add = Command::AddProducer {
                    name: None,
                    topic,
                    per_minute: 60,
                    keys: Keys::Users,
                    acks: "all".to_owned(),
                    config: Default::default(),
                    transactions: None,
                };
                desk.send(Place::Producers, add);
            }
        }
    };
    let with = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Sheet(Some(Sheet::AddProducer(None))))
    };
    let failed = outcome(&props.view, &props.state, &Place::Producers);
    let writers = use_writers(props);
    let label = topic.as_ref().map_or_else(|| say::ADD.to_owned(), |t| say::add_to(t));
    html! {
        <section class="pt-sect pt-producers" aria-label={say::TITLE}>
            <div class="pt-head">
                <h2>{ say::TITLE }</h2><span class="pt-grow"/>
                <button type="button" class="pt-btn pt-btn--icon" aria-label={label.clone()} title={label} onclick={add} disabled={topic.is_none()}>{ icon(Icon::Plus) }</button>
                <button type="button" class="pt-btn" aria-label={producer::ADD_WITH} onclick={with} disabled={topic.is_none()}>{ producer::WITH }</button>
            </div>
            <>{ for writers.iter().map(|p| html! { <Producer key={p.name.to_string()} producer={Arc::clone(p)} told={props.state.parties.clients.contains(&p.name)} on={matches!(&props.state.chosen, Some(Chosen::Producer(name)) if *name == p.name)}/> }) }</>
            if writers.is_empty() { <p class="pt-dim pt-sect__none">{ say::NONE }</p> }
            { problem_box(failed.as_deref()) }
        </section>
    }
}

/// Where a frame has no time for all producers, each is drawn anew in one of so many turns.
const TURNS: usize = 3;

/// Those that write by themselves, each as its line shows it: as it is, or as it was when it had its turn.
#[hook]
fn use_writers(props: &ProducersProps) -> Vec<Arc<ProducerView>> {
    let shown = use_mut_ref(|| (0, Vec::<Arc<ProducerView>>::new()));
    let (turn, before) = &mut *shown.borrow_mut();
    *turn = (*turn + 1) % TURNS;
    let of = |(at, now): (usize, &Arc<ProducerView>)| {
        let waits = !props.whole && at % TURNS != *turn;
        let stays = before.iter().find(|before| waits && before.name == now.name);
        Arc::clone(stays.unwrap_or(now))
    };
    let now: Vec<_> = props.view.producers.iter().filter(|p| p.topic.is_some()).enumerate().map(of).collect();
    before.clone_from(&now);
    now
}

#[derive(Properties, PartialEq)]
struct ProducerProps {
    producer: Arc<ProducerView>,
    /// It is the chosen one.
    on: bool,
    told: bool,
}

#[component]
fn Producer(props: &ProducerProps) -> Html {
    let p = &props.producer;
    let desk = use_desk();
    let name = p.name.to_string();
    let toggle = {
        let (desk, name, running) = (desk.clone(), name.clone(), p.running);
        move |_: MouseEvent| {
            let producer = name.clone();
            desk.send(Place::Producers, if running { Command::StopProducer { producer } } else { Command::StartProducer { producer } });
        }
    };
    let rate = {
        let (desk, producer) = (desk.clone(), name.clone());
        move |text: String| {
            if let Ok(per_second) = text.trim().parse::<f64>()
                && per_second > 0.0
            {
                let per_minute = (per_second * 60.0).round().clamp(1.0, 60_000.0) as u32;
                desk.send(Place::Producers, Command::SetProducerRate { producer: producer.clone(), per_minute });
            }
        }
    };
    let menu = {
        let (desk, name) = (desk.clone(), Arc::clone(&p.name));
        move |event: MouseEvent| menu_of(&desk, &event, acts::producer(&name), &Chosen::Producer(Arc::clone(&name)))
    };
    let tenths = p.per_minute / 6;
    let shown = if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) };
    let said = p.error.as_ref().map_or_else(|| writes(p), |error| retrying(p, error));
    let troubled = p.error.is_some() || p.transaction.as_ref().is_some_and(|transaction| transaction.error.is_some());
    html! {
        <div class="pt-producer" data-told={props.told.then_some("")} data-producer={name.clone()}>
            <div class="pt-producer__name"><b><Pick thing={Chosen::Producer(Arc::clone(&p.name))} on={props.on}>{ &*p.name }</Pick></b><span class="pt-dim" data-tone={troubled.then_some("change")} title={say::in_full(&said, p.acknowledged, p.failed)}>{ said }</span></div>
            { spark(&p.recent) }
            <span class="pt-rate">
                <Typed mode="decimal" value={shown} label={say::rate_of(&name)} typed={rate}/><span>{ say::PER_SECOND }</span>
                <button type="button" class="pt-btn pt-btn--icon" aria-label={if p.running { say::stop(&name) } else { say::start(&name) }} onclick={toggle}>{ icon(if p.running { Icon::Pause } else { Icon::Play }) }</button>
            </span>
            <button type="button" class="pt-btn pt-btn--icon" aria-haspopup="menu" aria-label={common::actions(&name)} onclick={menu}>{ icon(Icon::More) }</button>
            if props.told { <span class="pt-said">{ events::IN_STORY }</span> }
        </div>
    }
}

/// Where to and how. What is open while it rests, or is wrong with its transaction, is said by Kafka's name of the state.
fn writes(producer: &ProducerView) -> String {
    let topic = producer.topic.as_deref().unwrap_or(common::NOTHING);
    match &producer.transaction {
        None => say::writes_to(topic, &producer.acks),
        Some(transaction) if producer.running && transaction.error.is_none() => say::writes_in_transactions(topic),
        Some(transaction) => say::writes_when(topic, transaction.state.name()),
    }
}

/// The error it met, and how often the batch that waits longest has been sent.
fn retrying(producer: &ProducerView, error: &str) -> String {
    let attempts = producer.queues.iter().map(|queue| queue.attempts).max().unwrap_or_default();
    if attempts > 1 { publish::retries(error, attempts) } else { error.to_owned() }
}

/// Records acknowledged in each of the last seconds.
fn spark(recent: &[u32]) -> Html {
    let most = recent.iter().copied().max().unwrap_or_default().max(1);
    let step = 44.0 / 23.0;
    let start = 24_usize.saturating_sub(recent.len());
    let mut d = String::new();
    for (i, n) in recent.iter().enumerate() {
        let _ = write!(
            d,
            "{}{:.1} {:.1}",
            if i == 0 { 'M' } else { 'L' },
            (start + i) as f64 * step,
            12.5 - 11.0 * f64::from(*n) / f64::from(most)
        );
    }
    html! { <svg class="pt-spark" viewBox="0 0 44 14" preserveAspectRatio="none" aria-hidden="true"><path {d}/></svg> }
}
