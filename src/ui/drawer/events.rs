//! The tab Events: what happened, newest first; and of the chosen event, why, and what came of it.

use super::TabProps;
use super::filter::{bar, shows};
use crate::playground::Time;
use crate::ui::catalogue::events as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::{Desk, use_desk};
use crate::ui::geometry::Class;
use crate::ui::icons::{sign, tone};
use crate::ui::state::{Act, State};
use crate::view::query::story::EventStory;
use crate::view::{EventSign, EventView};
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// How many events the list shows.
const SHOWN: usize = 120;
/// They come in floods where time goes on, and within so many µs of it these many came. Then the list shows no more of them: nobody scrolls to
/// what has moved on before it is read.
const FLOOD: usize = 24;
const FLOOD_US: u64 = 3_000_000;
/// A row's height, in px.
const ROW_PX: u32 = 24;

#[component]
pub fn Events(props: &TabProps) -> Html {
    let TabProps { view, state } = props;
    let desk = use_desk();
    let chosen = match state.chosen {
        Some(Chosen::Event(id)) => Some(id),
        _ => None,
    };
    let found = || view.events.iter().rev().filter(|event| shows(&state.events, event));
    let age = found().next().zip(found().nth(FLOOD)).map(|(newest, older)| newest.at.since(older.at).as_micros());
    let goes_on = view.clock.as_ref().is_none_or(|clock| clock.running);
    let flood = goes_on && age.is_some_and(|age| age < FLOOD_US);
    let events: Vec<Arc<EventView>> = found().take(if flood { in_sight(state) } else { SHOWN }).cloned().collect();
    let story = state.story.as_ref().filter(|story| Some(story.event.id) == chosen);
    html! {
        <div class="pt-pane pt-pane--events">
            <div class="pt-happened">
                { bar(&desk, view, &state.events, found().count()) }
                <div class="pt-happened__list"><Trace {events} {flood} {chosen} all={view.events.is_empty()}/></div>
            </div>
            { match story {
                Some(story) => told(&desk, story, view.timeline.is_some()),
                None => html! { <div class="pt-why" tabindex="-1"><h2>{ say::WHY_TITLE }</h2><p class="pt-dim">{ say::CHOOSE }</p></div> },
            } }
        </div>
    }
}

/// How many rows of a flood there is room for.
fn in_sight(state: &State) -> usize {
    let drawer = state.drawer.unwrap_or_else(|| state.size.drawer());
    if state.size.class() == Class::Wide { (drawer / ROW_PX).min(FLOOD as u32) as usize } else { FLOOD }
}

#[derive(Properties, PartialEq)]
struct TraceProps {
    events: Vec<Arc<EventView>>,
    /// They come in floods: rows stay, and what they say goes by.
    flood: bool,
    chosen: Option<u64>,
    /// There are none at all.
    all: bool,
}

#[component]
fn Trace(props: &TraceProps) -> Html {
    let desk = use_desk();
    let onclick = move |event: MouseEvent| {
        let row = event.target_dyn_into::<Element>().and_then(|e| e.closest("[data-event]").ok().flatten());
        if let Some(id) = row.and_then(|row| row.get_attribute("data-event")).and_then(|id| id.parse().ok()) {
            desk.act(Act::Choose(Chosen::Event(id)));
        }
    };
    let stop = props.chosen.filter(|id| props.events.iter().any(|e| e.id == *id)).or_else(|| props.events.first().map(|e| e.id));
    html! {
        <ol class="pt-trace" aria-label={say::LIST} onkeydown={move_focus} {onclick}>
            // In a list of their own: among others, keys are of no use to Yew.
            <>{ for props.events.iter().enumerate().map(|(row, event)| {
                let on = props.chosen == Some(event.id);
                let key = if props.flood { row as u64 } else { event.id };
                html! {
                    <li class="pt-ev" {key} data-event={event.id.to_string()} data-tone={tone(event.sign)} data-minor={(event.sign == EventSign::Record).then_some("")} data-on={on.then_some("")}>
                        <time>{ event.at.to_string() }</time>{ sign(event.sign) }
                        <span class="x" title={event.text.to_string()}>{ &*event.text }</span>
                        <button type="button" class="pt-link" aria-pressed={if on { "true" } else { "false" }} tabindex={if stop == Some(event.id) { "0" } else { "-1" }}
                            aria-label={say::why_of(&event.text)}>{ say::WHY }</button>
                    </li>
                }
            }) }</>
            if props.events.is_empty() { <li class="pt-none">{ if props.all { say::NOTHING_YET } else { say::NONE_FOUND } }</li> }
        </ol>
    }
}

/// Up and down over the rows.
fn move_focus(event: KeyboardEvent) {
    let row = event.target_dyn_into::<Element>().and_then(|e| e.closest(".pt-ev").ok().flatten());
    let next = match event.key().as_str() {
        "ArrowDown" => row.and_then(|row| row.next_element_sibling()),
        "ArrowUp" => row.and_then(|row| row.previous_element_sibling()),
        _ => return,
    };
    let button = next.and_then(|row| row.query_selector("button").ok().flatten());
    if let Some(button) = button.and_then(|b| b.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = button.focus();
    }
}

/// The chosen event's causes, down to what you did, and what it brought about.
fn told(desk: &Desk, story: &EventStory, rewinds: bool) -> Html {
    // With Alt, the playhead goes there as well; time alone is the button's beside it.
    let onclick = {
        let desk = desk.clone();
        move |event: MouseEvent| {
            let Some(target) = event.target_dyn_into::<Element>() else { return };
            let row = target.closest("[data-event]").ok().flatten();
            let Some(id) = row.and_then(|row| row.get_attribute("data-event")).and_then(|id| id.parse().ok()) else { return };
            let clock = target.closest("[data-go]").ok().flatten().is_some();
            if rewinds && (clock || event.alt_key()) {
                desk.time(Time::SeekEvent { event: id });
            }
            if !clock && target.closest("button").ok().flatten().is_some() {
                desk.act(Act::Look(Chosen::Event(id)));
                // What was pressed may be gone then.
                desk.focus(".pt-why");
            }
        }
    };
    html! {
        <div class="pt-why" tabindex="0" role="region" aria-label={say::CAUSES} {onclick}>
            <h2>{ say::why(&story.event.text) }</h2>
            <ol>
                { line(&story.event, rewinds, true) }
                { for story.causes.iter().map(|event| line(event, rewinds, false)) }
            </ol>
            if story.causes.is_empty() { <p class="pt-dim">{ say::BY_ITSELF }</p> }
            <h2>{ say::CAME_OF_IT }</h2>
            if story.effects.is_empty() {
                <p class="pt-dim">{ say::NOTHING_CAME }</p>
            } else {
                <ol class="pt-effects">
                    { for story.effects.iter().map(|event| line(event, rewinds, false)) }
                </ol>
            }
            if story.more > 0 { <p class="pt-dim">{ say::more(story.more) }</p> }
        </div>
    }
}

fn line(event: &EventView, rewinds: bool, itself: bool) -> Html {
    let at = event.at.to_string();
    html! {
        <li key={event.id} data-event={event.id.to_string()} data-tone={tone(event.sign)} data-you={(event.sign == EventSign::Command).then_some("")}>
            { sign(event.sign) }
            if itself { <b>{ &*event.text }</b> } else { <button type="button" class="pt-plain">{ &*event.text }</button> }
            if rewinds {
                <button type="button" class="pt-plain pt-when" title={say::GO_THERE} aria-label={say::go_to(&at)} data-go=""><time>{ &at }</time></button>
            } else {
                <time>{ &at }</time>
            }
        </li>
    }
}
