//! The tab Events: what happened, newest first, and why.

use super::TabProps;
use crate::base::Instant;
use crate::playground::{Because, Time};
use crate::ui::desk::use_desk;
use crate::ui::icons::{sign, tone};
use crate::ui::state::{Act, Chosen};
use crate::view::{EventSign, EventView, View};
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// How many events the list shows.
const SHOWN: usize = 120;

#[component]
pub fn Events(props: &TabProps) -> Html {
    let TabProps { view, state } = props;
    let desk = use_desk();
    let chosen = match state.chosen {
        Some(Chosen::Event(id)) => Some(id),
        _ => None,
    };
    // Causes lie in the past: what they are does not change while the event stays chosen.
    let told = (*use_memo(chosen, |chosen| chosen.and_then(|event| desk.why(event)))).clone();
    let chain = told.map_or_else(|| chain(&view.events, chosen), |links| links.iter().map(link).collect());
    html! {
        <div class="pt-pane pt-pane--events">
            <Trace events={shown(view)} {chosen}/>
            <Why {chain} rewinds={view.timeline.is_some()}/>
        </div>
    }
}

/// Newest first, without those that are there as causes only.
fn shown(view: &View) -> Vec<Arc<EventView>> {
    view.events.iter().rev().filter(|e| !e.background).take(SHOWN).cloned().collect()
}

/// One link of a chain of causes.
#[derive(Clone, Debug, PartialEq)]
struct Link {
    event: u64,
    at: Instant,
    sign: EventSign,
    text: Arc<str>,
}

fn link(because: &Because) -> Link {
    Link { event: because.event.0, at: because.at, sign: because.sign, text: Arc::clone(&because.text) }
}

/// The chosen event and its causes as far as the view tells them, effect first.
fn chain(events: &[Arc<EventView>], chosen: Option<u64>) -> Vec<Link> {
    let find = |id: u64| events.binary_search_by_key(&id, |e| e.id).ok().and_then(|at| events.get(at));
    let mut chain = Vec::new();
    let mut next = chosen.and_then(find);
    while let Some(event) = next {
        chain.push(Link { event: event.id, at: event.at, sign: event.sign, text: Arc::clone(&event.text) });
        next = event.cause.filter(|cause| *cause < event.id).and_then(find);
    }
    chain
}

#[derive(Properties, PartialEq)]
struct TraceProps {
    events: Vec<Arc<EventView>>,
    chosen: Option<u64>,
}

#[component]
fn Trace(props: &TraceProps) -> Html {
    let desk = use_desk();
    let choose = |id: u64| {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Choose(Chosen::Event(id)))
    };
    let onkeydown = move |event: KeyboardEvent| {
        let step: i32 = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        let at = event.target_dyn_into::<Element>().and_then(|e| e.closest(".pt-ev").ok().flatten());
        let next = at.and_then(|row| if step > 0 { row.next_element_sibling() } else { row.previous_element_sibling() });
        if let Some(button) =
            next.and_then(|row| row.query_selector("button").ok().flatten()).and_then(|b| b.dyn_into::<HtmlElement>().ok())
        {
            event.prevent_default();
            let _ = button.focus();
        }
    };
    let stop = props.chosen.filter(|id| props.events.iter().any(|e| e.id == *id)).or_else(|| props.events.first().map(|e| e.id));
    html! {
        <ol class="pt-trace" aria-label="Events, newest first" {onkeydown}>
            { for props.events.iter().map(|event| {
                let on = props.chosen == Some(event.id);
                html! {
                    <li class="pt-ev" key={event.id} data-tone={tone(event.sign)} data-minor={(event.sign == EventSign::Record).then_some("")} data-on={on.then_some("")}>
                        <time>{ event.at.to_string() }</time>{ sign(event.sign) }
                        <span class="x" title={event.text.to_string()}>{ &*event.text }</span>
                        <button type="button" class="pt-link" aria-pressed={if on { "true" } else { "false" }} tabindex={if stop == Some(event.id) { "0" } else { "-1" }}
                            aria-label={format!("why? {}", event.text)} onclick={choose(event.id)}>{ "why?" }</button>
                    </li>
                }
            }) }
            if props.events.is_empty() { <li class="pt-none">{ "Nothing has happened yet." }</li> }
        </ol>
    }
}

#[derive(Properties, PartialEq)]
struct WhyProps {
    chain: Vec<Link>,
    /// The playhead can be moved to each of them.
    rewinds: bool,
}

#[component]
fn Why(props: &WhyProps) -> Html {
    let desk = use_desk();
    let Some(first) = props.chain.first() else {
        return html! { <div class="pt-why"><h3>{ "Why?" }</h3><p class="pt-dim">{ "Choose an event: its causes show here, down to what you did." }</p></div> };
    };
    // With Alt, the playhead goes there as well; time alone is the button's beside it.
    let choose = |id: u64| {
        let (desk, rewinds) = (desk.clone(), props.rewinds);
        move |event: MouseEvent| {
            if event.alt_key() && rewinds {
                desk.time(Time::SeekEvent { event: id });
            }
            desk.act(Act::Look(Chosen::Event(id)));
        }
    };
    let go = |id: u64| {
        let desk = desk.clone();
        move |_: MouseEvent| desk.time(Time::SeekEvent { event: id })
    };
    html! {
        <div class="pt-why" tabindex="0" role="region" aria-label="Causes">
            <h3>{ format!("Why: {}?", first.text) }</h3>
            <ol>
                { for props.chain.iter().enumerate().map(|(i, event)| html! {
                    <li key={event.event} data-tone={tone(event.sign)} data-you={(event.sign == EventSign::Command).then_some("")}>
                        { sign(event.sign) }
                        if i == 0 { <b>{ &*event.text }</b> } else { <button type="button" class="pt-plain" onclick={choose(event.event)}>{ &*event.text }</button> }
                        if props.rewinds {
                            <button type="button" class="pt-plain pt-when" title="Go to this moment" aria-label={format!("Go to {}", event.at)} onclick={go(event.event)}><time>{ event.at.to_string() }</time></button>
                        } else {
                            <time>{ event.at.to_string() }</time>
                        }
                    </li>
                }) }
            </ol>
        </div>
    }
}
