//! The drawer: what happened, newest first, and why.

use super::inspector::Inspector;
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon, sign, tone};
use crate::ui::state::{Act, Chosen, Sheet, State};
use crate::view::{EventSign, EventView, View};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// How many events the list shows.
const SHOWN: usize = 120;

#[derive(Properties, PartialEq)]
pub struct DrawerProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
}

#[component]
pub fn Drawer(props: &DrawerProps) -> Html {
    let DrawerProps { view, state } = props;
    let desk = use_desk();
    let chosen = match state.chosen {
        Some(Chosen::Event(id)) => Some(id),
        _ => None,
    };
    let close = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Sheet(None))
    };
    html! {
        <>
            <section class="pt-drawer" aria-label="What happened">
                <div class="pt-tabs">
                    <h2>{ "Events" }</h2><span class="pt-grow"/>
                    <button type="button" class="pt-btn pt-btn--icon pt-closer" aria-label="Close" onclick={close}>{ icon(Icon::Close) }</button>
                </div>
                <div class="pt-pane pt-pane--events">
                    <Trace events={shown(view)} {chosen}/>
                    <Why chain={chain(&view.events, chosen)}/>
                </div>
            </section>
            <Inspector view={Rc::clone(view)} chosen={state.chosen.clone()}/>
            <TabBar sheet={state.sheet}/>
        </>
    }
}

/// Newest first, without those that are there as causes only.
fn shown(view: &View) -> Vec<Arc<EventView>> {
    view.events.iter().rev().filter(|e| !e.background).take(SHOWN).cloned().collect()
}

/// The chosen event and its causes, effect first.
fn chain(events: &[Arc<EventView>], chosen: Option<u64>) -> Vec<Arc<EventView>> {
    let find = |id: u64| events.binary_search_by_key(&id, |e| e.id).ok().and_then(|at| events.get(at));
    let mut chain = Vec::new();
    let mut next = chosen.and_then(find);
    while let Some(event) = next {
        chain.push(Arc::clone(event));
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
    chain: Vec<Arc<EventView>>,
}

#[component]
fn Why(props: &WhyProps) -> Html {
    let desk = use_desk();
    let Some(first) = props.chain.first() else {
        return html! { <div class="pt-why"><h3>{ "Why?" }</h3><p class="pt-dim">{ "Choose an event: its causes show here, down to what you did." }</p></div> };
    };
    let choose = |id: u64| {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Choose(Chosen::Event(id)))
    };
    html! {
        <div class="pt-why" tabindex="0" role="region" aria-label="Causes">
            <h3>{ format!("Why: {}?", first.text) }</h3>
            <ol>
                { for props.chain.iter().enumerate().map(|(i, event)| html! {
                    <li key={event.id} data-tone={tone(event.sign)} data-you={(event.sign == EventSign::Command).then_some("")}>
                        { sign(event.sign) }
                        if i == 0 { <b>{ &*event.text }</b> } else { <button type="button" class="pt-plain" onclick={choose(event.id)}>{ &*event.text }</button> }
                        <time>{ event.at.to_string() }</time>
                    </li>
                }) }
            </ol>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct TabBarProps {
    sheet: Option<Sheet>,
}

/// Between 480 and 1080 px: what has no room comes up as a sheet.
#[component]
fn TabBar(props: &TabBarProps) -> Html {
    let desk = use_desk();
    let tab = |sheet: Sheet, name: &'static str| {
        let open = props.sheet == Some(sheet);
        let desk = desk.clone();
        html! {
            <button type="button" class="pt-tab" aria-expanded={if open { "true" } else { "false" }}
                onclick={move |_: MouseEvent| desk.act(Act::Sheet((!open).then_some(sheet)))}>{ name }</button>
        }
    };
    html! {
        <nav class="pt-sheets" aria-label="Sheets">
            { tab(Sheet::Publish, "Publish") }{ tab(Sheet::Brokers, "Brokers") }{ tab(Sheet::Events, "Events") }
            <span class="pt-grow"/>
            { tab(Sheet::CreateTopic, "Create topic") }{ tab(Sheet::AddGroup, "Add group") }
        </nav>
    }
}
