//! Publish: a record by hand, or many; and where one will go before it is sent.

mod bulk;
mod how;
mod transaction;
mod what_if;

pub use how::{ACKS, COMPRESSIONS};

use super::aim::{Aim, Reason, topic_of};
use super::problem_box;
use crate::base::Duration;
use crate::playground::Command;
use crate::ui::catalogue::{common, publish as say};
use crate::ui::desk::{Desk, outcome, use_desk};
use crate::ui::draft::{Draft, What};
use crate::ui::filled::filled;
use crate::ui::icons::{Icon, icon};
use crate::ui::options::Options;
use crate::ui::state::{Act, Place, State};
use crate::ui::words;
use crate::view::{Outcome, OutcomeState, TopicView, View};
use bulk::{Many, bulk_of, count_of, records_of};
use how::{How, per_minute};
use std::rc::Rc;
use std::sync::Arc;
use transaction::InTransaction;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use what_if::WhatIf;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PublishProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
    pub aim: Option<Aim>,
}

#[component]
pub fn Publish(props: &PublishProps) -> Html {
    let PublishProps { view, state, aim } = props;
    let desk = use_desk();
    let Some(topic) = topic_of(view, state) else {
        return html! {
            <section class="pt-publish" aria-label={say::TITLE}>
                <div class="pt-head"><h2>{ say::TITLE }</h2></div>
                <p class="pt-dim">{ say::NO_TOPIC }</p>
            </section>
        };
    };
    let draft = &state.draft;
    let edit = |change: fn(&mut Draft, String)| edited(&desk, change);
    let set_topic = edit(|d, v| (d.topic, d.partition) = (Some(v.into()), None));
    let set_key = edit(Draft::write_key);
    let set_keyless = edit(|d, _| d.keyless = !d.keyless);
    let set_value = edit(|d, v| d.value = v);
    let set_null = edit(|d, _| d.tombstone = !d.tombstone);
    let set_producer = edit(|d, v| d.producer = (!v.is_empty()).then(|| v.into()));
    let set_partition = edit(|d, v| d.partition = v.parse().ok());
    let send = {
        let (desk, topic) = (desk.clone(), topic.name.to_string());
        Callback::from(move |()| {
            let draft = desk.draft();
            let Some(rate) = per_minute(&draft).ok().filter(|_| count_of(&draft).is_some()) else { return };
            let own = |value: &String, default: &str| (draft.producer.is_none() && value != default).then(|| value.clone());
            let (acks, compression) = (own(&draft.acks, "all"), own(&draft.compression, "none"));
            if draft.what != What::One || count_of(&draft) != Some(1) || acks.is_some() || compression.is_some() {
                let (producer, topic) = (draft.producer.as_ref().map(|p| p.to_string()), topic.clone());
                let many = Command::PublishMany { producer, acks, compression, topic, records: bulk_of(&draft), per_minute: rate };
                return desk.send(Place::Publish, many);
            }
            desk.send(
                Place::Publish,
                Command::Publish {
                    producer: draft.producer.as_ref().map(|p| p.to_string()),
                    topic: topic.clone(),
                    key: draft.given_key(),
                    value: (!draft.tombstone).then(|| draft.value.clone()),
                    headers: draft.given_headers(),
                    partition: draft.partition,
                    base64: false,
                },
            );
        })
    };
    let onsubmit = {
        let send = send.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            send.emit(());
        }
    };
    let onkeydown = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            send.emit(());
        }
    };
    let set_what = edit(|d, v| d.what = v.parse().ok().and_then(|at: usize| KINDS.get(at)).map_or(What::One, |kind| kind.0));
    let can_send = count_of(draft).is_some() && per_minute(draft).is_ok() && records_of(draft) > 0;
    let last = outcome(view, state, &Place::Publish);
    let sender = draft.producer.as_ref().and_then(|name| view.producers.iter().find(|producer| producer.name == *name));
    let paused = view.clock.as_ref().is_some_and(|c| !c.running);
    html! {
        <form class="pt-publish" aria-label={say::TITLE} {onsubmit} {onkeydown}>
            <div class="pt-head">
                <h2>{ say::TITLE }</h2>
                <label class="pt-as">
                    <select aria-label={say::WHAT} data-field="what" onchange={move |e: Event| set_what(selected(&e))}>
                        { for KINDS.iter().enumerate().map(|(at, (what, name))| html! { <option value={at.to_string()} selected={draft.what == *what}>{ *name }</option> }) }
                    </select>
                </label>
                <span class="pt-grow"/>
                <label class="pt-as"><span>{ say::AS }</span>
                    <select aria-label={say::PRODUCER} onchange={move |e: Event| set_producer(selected(&e))}>
                        <option value="" selected={draft.producer.is_none()}>{ say::YOU }</option>
                        { for view.producers.iter().filter(|p| &*p.name != "you").map(|p| html! {
                            <option value={p.name.to_string()} selected={draft.producer.as_ref() == Some(&p.name)}>{ &*p.name }</option>
                        }) }
                    </select>
                </label>
            </div>
            if let Some(producer) = sender { <InTransaction producer={Arc::clone(producer)}/> }
            <label class="pt-row"><span>{ say::TOPIC }</span>
                <span class="pt-select">
                    <select class="pt-field pt-field--mono" data-field="topic" onchange={move |e: Event| set_topic(selected(&e))}>
                        { for view.topics.iter().filter(|t| !t.internal).map(|t| html! {
                            <option value={t.name.to_string()} selected={t.name == topic.name}>{ &*t.name }</option>
                        }) }
                    </select>{ icon(Icon::Down) }
                </span>
            </label>
            if draft.what != What::One { <Many draft={draft.clone()}/> } else {
            <div class="pt-row"><span>{ say::KEY }</span>
                <div class="pt-key-row">
                    <input class="pt-field pt-field--mono" data-field="key" aria-label={say::KEY} value={if draft.keyless { String::new() } else { draft.key.clone() }} placeholder={if draft.keyless { say::NO_KEY } else { say::EMPTY_KEY }}
                        autocomplete="off" spellcheck="false" oninput={move |e: InputEvent| set_key(e.target_unchecked_into::<HtmlInputElement>().value())}/>
                    <label class="pt-check" title={say::KEYLESS}><input type="checkbox" aria-label={say::KEYLESS} checked={draft.keyless} onchange={move |_: Event| set_keyless(String::new())}/>{ say::NULL }</label>
                </div>
            </div>
            <div class="pt-row pt-row--top">
                <div><span>{ say::VALUE }</span>
                    <label class="pt-check" title={say::TOMBSTONE}><input type="checkbox" aria-label={say::VALUE_NULL} checked={draft.tombstone} onchange={move |_: Event| set_null(String::new())}/>{ say::NULL }</label></div>
                <textarea class="pt-field pt-field--mono pt-value" data-field="value" aria-label={say::VALUE} placeholder={say::EMPTY_VALUE} spellcheck="false" disabled={draft.tombstone}
                    value={if draft.tombstone { say::NULL.to_owned() } else { draft.value.clone() }}
                    oninput={move |e: InputEvent| set_value(e.target_unchecked_into::<HtmlTextAreaElement>().value())}/>
            </div>
            <Headers draft={draft.clone()}/>
            <label class="pt-row"><span>{ say::PARTITION }</span>
                <span class="pt-select">
                    <select class="pt-field" data-field="partition" onchange={move |e: Event| set_partition(selected(&e))}>
                        <option value="" selected={draft.partition.is_none()}>{ if draft.keyless { say::BY_STICKY } else { say::BY_HASH } }</option>
                        <Options names={topic.partitions.iter().map(|p| p.index.to_string()).collect::<Vec<_>>()} chosen={topic.partitions.iter().position(|p| draft.partition == Some(p.index))}/>
                    </select>{ icon(Icon::Down) }
                </span>
            </label>
            }
            <How draft={draft.clone()}/>
            if draft.what == What::One {
                <div class="pt-aim">{ explain(aim.as_ref(), topic, draft) }</div>
                // Not the offset: it is another with every record.
                <p class="pt-said" role="status">{ aim.as_ref().map(|aim| say::aims_at(&aim.topic, aim.partition)) }</p>
                if let Some(aim) = aim { <WhatIf aim={aim.clone()} keys={Arc::clone(&view.keys)}/> }
            }
            <div class="pt-foot">
            <div class="pt-send"><button type="submit" class="pt-btn pt-btn--main" data-act="send" aria-disabled={if can_send { "false" } else { "true" }}>{ send_label(draft) }<kbd aria-hidden="true">{ say::SEND_KEYS }</kbd></button></div>
            { progress(&desk, view, draft) }
            { result(last.as_deref(), topic, paused) }
            </div>
        </form>
    }
}

/// What an input does to the draft: it gets what was typed or picked.
fn edited<C: Fn(&mut Draft, String)>(desk: &Desk, change: C) -> impl Fn(String) + use<C> {
    let desk = desk.clone();
    move |value: String| {
        let mut draft = desk.draft();
        change(&mut draft, value);
        desk.act(Act::Draft(draft));
    }
}

/// What can be sent.
const KINDS: [(What, &str); 4] =
    [(What::One, say::ONE), (What::Lines, say::LINES), (What::JsonLines, say::JSON_LINES), (What::Sample, say::SAMPLE)];

fn send_label(draft: &Draft) -> String {
    match records_of(draft) {
        0 | 1 => say::SEND.to_owned(),
        count => say::send_many(count),
    }
}

/// Of many records, how many the producer has been handed; and what stops it.
fn progress(desk: &Desk, view: &View, draft: &Draft) -> Html {
    let sender = draft.sender();
    let Some((handed, of)) = view.producers.iter().find(|p| p.name == sender).and_then(|p| p.handed) else { return Html::default() };
    let (desk, producer) = (desk.clone(), sender.to_string());
    let stop = move |_: MouseEvent| desk.send(Place::Producers, Command::StopPublishing { producer: producer.clone() });
    html! {
        <div class="pt-progress">
            <progress max={of.to_string()} value={handed.to_string()} aria-label={say::progress(handed, of)}/>
            <span>{ say::progress(handed, of) }</span>
            <button type="button" class="pt-btn pt-btn--edge" onclick={stop}>{ say::STOP }</button>
        </div>
    }
}

fn selected(event: &Event) -> String {
    event.target_unchecked_into::<HtmlSelectElement>().value()
}

/// The sum as on paper, and what follows from it.
fn explain(aim: Option<&Aim>, topic: &TopicView, draft: &Draft) -> Html {
    let Some(aim) = aim else {
        return html! { <p class="pt-aim__say">{ say::STICKY_OPEN }</p> };
    };
    let part = topic.partitions.get(aim.partition as usize);
    let place = html! { <b>{ common::partition(&aim.topic, aim.partition) }</b> };
    let offset = || words::number(part.map_or(0, |part| part.log_end)).into();
    let lands = match part.map(|part| part.leader) {
        Some(Some(leader)) => {
            filled(say::LANDS_AT, &[place, offset(), html! { <span class="pt-broker" data-role="leader">{ leader.0 }</span> }])
        }
        Some(None) => filled(say::LANDS_NOWHERE, &[place, offset()]),
        None => filled(say::LANDS, &[place]),
    };
    let lands = html! { <p class="pt-aim__say">{ lands }</p> };
    match &aim.reason {
        Reason::Key(sum) => {
            let hue = aim.hue.map(|h| (h % 8 + 1).to_string());
            html! {
                <>
                    <dl class="pt-aim__sum">
                        <dt>{ say::hash(&shorten(&draft.key, 14)) }</dt><dd>{ format!("0x{:08x}", sum.hash) }</dd>
                        <dt>{ say::MASK }</dt><dd>{ words::number(i64::from(sum.masked)) }</dd>
                        <dt class="is-sum">{ say::modulus(sum.partitions) }</dt>
                        <dd class="is-sum">
                            if sum.partitions <= 6 {
                                <span class="pt-aim__where" role="img" aria-label={sum.partition.0.to_string()}>
                                    { for (0..sum.partitions).map(|i| html! { <span data-k={hue.clone().filter(|_| i == sum.partition.0)}>{ i }</span> }) }
                                </span>
                            } else {
                                { sum.partition.0 }
                            }
                        </dd>
                    </dl>
                    { lands }
                </>
            }
        }
        Reason::Sticky { bytes, batch_size } => html! {
            <><p class="pt-aim__say">{ say::sticky(aim.partition, *batch_size, *bytes) }</p>{ lands }</>
        },
        Reason::Chosen => html! { <><p class="pt-aim__say">{ say::YOU_CHOSE }</p>{ lands }</> },
    }
}

fn shorten(text: &str, room: usize) -> String {
    if text.chars().count() <= room { text.to_owned() } else { text.chars().take(room - 1).chain(['…']).collect() }
}

/// Where the last record landed, or why it did not.
fn result(outcome: Option<&Outcome>, topic: &TopicView, paused: bool) -> Html {
    match outcome.map(|o| &o.state) {
        None => html! { <p class="pt-result" role="status"/> },
        Some(OutcomeState::Pending) => {
            html! { <p class="pt-result" role="status">{ if paused { say::STANDS_STILL } else { say::ON_ITS_WAY } }</p> }
        }
        Some(OutcomeState::Done { partition: Some(partition), offset: Some(offset), took_us, .. }) => html! {
            <p class="pt-result" role="status">{ icon(Icon::Ok) }{ say::landed(&topic.name, *partition, *offset, &words::span(Duration::from_micros(*took_us))) }</p>
        },
        Some(OutcomeState::Done { text, .. }) => html! { <p class="pt-result" role="status">{ icon(Icon::Ok) }{ &**text }</p> },
        Some(OutcomeState::Failed { .. }) => problem_box(outcome),
    }
}

#[derive(Properties, PartialEq)]
struct HeadersProps {
    draft: Draft,
}

/// A header before anything is typed.
const NEW_HEADER: (String, Option<String>) = (String::new(), Some(String::new()));

/// What an input does to the draft.
type Change = Box<dyn Fn(&mut Draft, String)>;

#[component]
fn Headers(props: &HeadersProps) -> Html {
    let desk = use_desk();
    let draft = &props.draft;
    let change = |change: Change| edited(&desk, change);
    let toggle = change(Box::new(|d, _| {
        d.headers_open = !d.headers_open;
        if d.headers_open && d.headers.is_empty() {
            d.headers.push(NEW_HEADER);
        }
    }));
    let add = change(Box::new(|d, _| d.headers.push(NEW_HEADER)));
    let said = draft.given_headers().len();
    html! {
        <>
            <div class="pt-row"><span>{ say::HEADERS }</span>
                <button type="button" class="pt-foldline" aria-expanded={if draft.headers_open { "true" } else { "false" }} onclick={move |_: MouseEvent| toggle(String::new())}>
                    { icon(if draft.headers_open { Icon::Down } else { Icon::Right }) }{ say::headers(said) }
                </button>
            </div>
            if draft.headers_open {
                { for draft.headers.iter().enumerate().map(|(i, (name, value))| {
                    let set_name = change(Box::new(move |d, v| if let Some(h) = d.headers.get_mut(i) { h.0 = v; }));
                    let set_value = change(Box::new(move |d, v| if let Some(h) = d.headers.get_mut(i) { h.1 = Some(v); }));
                    let set_null = change(Box::new(move |d, _| if let Some(h) = d.headers.get_mut(i) { h.1 = if h.1.is_some() { None } else { Some(String::new()) }; }));
                    let drop = change(Box::new(move |d, _| if i < d.headers.len() { d.headers.remove(i); }));
                    html! {
                        <div class="pt-header" key={i}>
                            <input class="pt-field pt-field--mono" aria-label={say::header_name(i + 1)} placeholder={say::HEADER_NAME} value={name.clone()}
                                oninput={move |e: InputEvent| set_name(e.target_unchecked_into::<HtmlInputElement>().value())}/>
                            <input class="pt-field pt-field--mono" aria-label={say::header_value(i + 1)} placeholder={say::EMPTY_VALUE} disabled={value.is_none()} value={value.clone().unwrap_or_else(|| say::NULL.to_owned())}
                                oninput={move |e: InputEvent| set_value(e.target_unchecked_into::<HtmlInputElement>().value())}/>
                            <label class="pt-check"><input type="checkbox" aria-label={say::header_null(i + 1)} checked={value.is_none()} onchange={move |_: Event| set_null(String::new())}/>{ say::NULL }</label>
                            <button type="button" class="pt-btn pt-btn--icon" aria-label={say::remove_header(i + 1)} onclick={move |_: MouseEvent| drop(String::new())}>{ icon(Icon::Close) }</button>
                        </div>
                    }
                }) }
                <div class="pt-row"><span/><button type="button" class="pt-btn pt-header__add" onclick={move |_: MouseEvent| add(String::new())}>{ icon(Icon::Plus) }{ say::ADD_HEADER }</button></div>
            }
        </>
    }
}
