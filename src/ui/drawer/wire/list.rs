//! The list of exchanges: a line each, newest first. It stands still while the pointer or the focus is in it.

use super::lines::Lines;
use crate::ui::catalogue::wire as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::use_desk;
use crate::ui::drawer::window::{row_height, use_window};
use crate::ui::geometry::Class;
use crate::ui::state::Act;
use crate::view::FramesView;
use crate::view::query::{Exchange, ExchangeState, Peer, PeerKind};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ListProps {
    pub lines: Lines,
    pub chosen: Option<u64>,
    pub class: Class,
    pub filtered: bool,
    pub frames: Option<FramesView>,
    /// Says whether the list has to stand still.
    pub hold: Callback<bool>,
}

#[component]
pub fn List(props: &ListProps) -> Html {
    let desk = use_desk();
    let ListProps { lines, chosen, .. } = props;
    let window = use_window(row_height(if props.class == Class::Phone { 44 } else { 24 }));
    let exchanges = &lines.exchanges;
    let at = chosen.and_then(|id| exchanges.iter().position(|exchange| exchange.id == id));
    {
        // What is new comes in above: what was scrolled to stays where it is.
        let (window, first) = (window.clone(), exchanges.first().map(|exchange| exchange.id));
        let before = use_mut_ref(|| None::<u64>);
        use_effect_with((first, exchanges.len()), {
            let exchanges = exchanges.clone();
            move |(first, _)| {
                let added = before.replace(*first).and_then(|before| exchanges.iter().position(|exchange| exchange.id == before));
                if let (Some(added), Some(node)) = (added, window.node.cast::<HtmlElement>())
                    && node.scroll_top() > 0
                {
                    node.set_scroll_top(node.scroll_top() + added as i32 * window.row as i32);
                }
            }
        });
    }
    let choose = move |id: u64| desk.act(Act::Look(Chosen::Frame(id)));
    let onclick = {
        let choose = choose.clone();
        move |event: MouseEvent| {
            let line = event.target_dyn_into::<Element>().and_then(|e| e.closest("[data-frame]").ok().flatten());
            if let Some(id) = line.and_then(|line| line.get_attribute("data-frame")).and_then(|id| id.parse().ok()) {
                choose(id);
            }
        }
    };
    let onkeydown = {
        let (exchanges, window, page) = (exchanges.clone(), window.clone(), window.shown.saturating_sub(9).max(1));
        move |event: KeyboardEvent| {
            let last = exchanges.len().saturating_sub(1);
            let next = match (event.key().as_str(), at) {
                ("ArrowDown", Some(at)) => at + 1,
                ("ArrowDown" | "ArrowUp" | "Home", _) if at.is_none() => 0,
                ("ArrowUp", Some(at)) => at.saturating_sub(1),
                ("PageDown", at) => at.unwrap_or(0) + page,
                ("PageUp", at) => at.unwrap_or(0).saturating_sub(page),
                ("Home", _) => 0,
                ("End", _) => last,
                _ => return,
            };
            event.prevent_default();
            if let Some(exchange) = exchanges.get(next.min(last)) {
                window.show(next.min(last));
                choose(exchange.id);
            }
        }
    };
    let hold = |on: bool| {
        let hold = props.hold.clone();
        move || hold.emit(on)
    };
    let (enter, leave, focused, blurred) = (hold(true), hold(false), hold(true), hold(false));
    let shown = exchanges.iter().enumerate().skip(window.first).take(window.shown);
    let active = at.filter(|at| (window.first..window.first + window.shown).contains(at)).map(|_| option_id(chosen.unwrap_or_default()));
    let newer = props.frames.map_or(0, |frames| frames.last.saturating_sub(lines.last));
    html! {
        <>
            <div class="pt-fr pt-fr--head" aria-hidden="true">
                <span>{ say::TIME }</span><span>{ say::FROM_TO }</span><span>{ say::REQUEST_COLUMN }</span><span>{ say::OUT_BACK }</span><span>{ say::LATENCY }</span>
            </div>
            <div class="pt-frames" role="listbox" tabindex="0" aria-label={say::LIST} aria-activedescendant={active} ref={window.node.clone()} onscroll={window.onscroll.clone()}
                {onclick} {onkeydown} onpointerenter={move |_: PointerEvent| enter()} onpointerleave={move |_: PointerEvent| leave()}
                onfocus={move |_: FocusEvent| focused()} onblur={move |_: FocusEvent| blurred()}>
                <div class="pt-frames__all" role="presentation" style={window.style(exchanges.len())}>
                    { for shown.map(|(index, exchange)| line(exchange, *chosen == Some(exchange.id), index, exchanges.len())) }
                </div>
            </div>
            <p class="pt-wire__said">{ said(props, newer) }</p>
        </>
    }
}

/// What is said below the list.
fn said(props: &ListProps, newer: u64) -> String {
    let lines = &props.lines;
    match &lines.absent {
        Some(why) => why.clone(),
        None if lines.known && lines.exchanges.is_empty() && lines.wrong.is_none() => {
            if props.filtered { say::NOTHING_FOUND } else { say::NOTHING_YET }.to_owned()
        }
        None if newer > 40 => say::held(newer),
        None if lines.known => say::kept((lines.last + 1).saturating_sub(lines.first), lines.bytes),
        None => String::new(),
    }
}

fn option_id(id: u64) -> String {
    format!("frame-{id}")
}

fn line(exchange: &Exchange, on: bool, index: usize, all: usize) -> Html {
    let latency = ended(exchange);
    let error = exchange.fault.as_ref().map(|fault| say::error_times(&fault.name, fault.count));
    html! {
        <div class="pt-fr" role="option" key={exchange.id} id={option_id(exchange.id)} data-frame={exchange.id.to_string()} aria-selected={if on { "true" } else { "false" }}
            aria-posinset={(index + 1).to_string()} aria-setsize={all.to_string()}>
            <time>{ exchange.at.to_string() }</time>
            <span class="pt-fr__ends">{ peer(&exchange.from) }<i>{ "→" }</i>{ peer(&exchange.to) }</span>
            <span class="pt-fr__what" title={exchange.about.to_string()}>
                { &*exchange.api }<small>{ say::version(&exchange.version.to_string()) }</small>
                if let Some(error) = error { <em>{ error }</em> }
                <small class="pt-fr__about">{ &*exchange.about }</small>
            </span>
            <span class="pt-fr__bytes">{ say::bytes_both(exchange.out, exchange.back) }</span>
            <span class="pt-fr__took" data-state={(exchange.state != ExchangeState::Done).then_some("")}>{ latency }</span>
        </div>
    }
}

/// How it ended.
fn ended(exchange: &Exchange) -> String {
    match (exchange.state, exchange.latency_us) {
        (ExchangeState::Done, Some(us)) => say::took(us),
        (ExchangeState::Waits, _) => say::WAITS.to_owned(),
        (ExchangeState::Silent, _) => say::SILENT.to_owned(),
        (ExchangeState::Broken, _) => say::BROKEN.to_owned(),
        (ExchangeState::Asks | ExchangeState::Returns | ExchangeState::Done, _) => say::UNDER_WAY.to_owned(),
    }
}

/// An end of an exchange, as it is marked everywhere: a broker's square, a consumer's pill.
fn peer(peer: &Peer) -> Html {
    match peer.kind {
        PeerKind::Broker => html! { <span class="pt-broker"><i class="pt-unseen">{ say::BROKER }</i>{ &*peer.name }</span> },
        PeerKind::Controller => {
            html! { <span class="pt-broker" data-controller=""><i class="pt-unseen">{ say::CONTROLLER }</i>{ &*peer.name }</span> }
        }
        PeerKind::Consumer => html! { <span class="pt-member">{ &*peer.name }</span> },
        PeerKind::Producer | PeerKind::Admin | PeerKind::Outside | PeerKind::Gone => html! { <span>{ &*peer.name }</span> },
    }
}

/// The same in words.
pub fn spoken_peer(peer: &Peer) -> String {
    match peer.kind {
        PeerKind::Broker => say::broker(&peer.name),
        PeerKind::Controller => say::controller(&peer.name),
        PeerKind::Producer | PeerKind::Consumer | PeerKind::Admin | PeerKind::Outside | PeerKind::Gone => peer.name.to_string(),
    }
}
