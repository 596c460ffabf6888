//! The bar at the top: what time it is, and what moves it.

use crate::base::Instant;
use crate::playground::{self, Time};
use crate::ui::acts;
use crate::ui::catalogue::{palette, session, transport as say};
use crate::ui::desk::{Desk, use_desk};
use crate::ui::filled::filled;
use crate::ui::icons::{Icon, icon, logo};
use crate::ui::panels::bootstrap::Bootstrap;
use crate::ui::panels::open_menu;
use crate::ui::source::Connection;
use crate::ui::state::{Act, Sheet};
use crate::ui::words;
use crate::view::{Clock, SPEEDS, TimelineView};
use std::sync::Arc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TransportProps {
    pub now: Instant,
    pub clock: Option<Clock>,
    /// Where time can be rewound.
    pub rewinds: Option<Rewinds>,
    pub seed: u64,
    pub connection: Connection,
    pub bootstrap: String,
    /// The theme that is shown.
    pub dark: bool,
    /// What the bar tells of the last act, and whether that is a refusal.
    pub said: Option<(String, bool)>,
}

/// What the bar needs to know of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Rewinds {
    pub past: bool,
    pub undo: bool,
    pub redo: bool,
    pub seeking: bool,
    /// The history that is looked at, and how many there are.
    pub history: Arc<str>,
    pub histories: usize,
}

impl Rewinds {
    pub fn of(line: &TimelineView) -> Self {
        Self {
            past: line.past,
            undo: line.undo,
            redo: line.redo,
            seeking: line.seeking,
            history: line.branches.iter().find(|b| b.current).map(|b| Arc::clone(&b.name)).unwrap_or_default(),
            histories: line.branches.len(),
        }
    }
}

#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let desk = use_desk();
    let (face, millis) = words::clock(props.now);
    let theme = {
        let (desk, next) = (desk.clone(), if props.dark { "light" } else { "dark" });
        move |_: MouseEvent| desk.act(Act::Theme(next))
    };
    let more = {
        let desk = desk.clone();
        move |event: MouseEvent| open_menu(&desk, &event, say::MORE.to_owned(), acts::more(&desk.view()))
    };
    let find = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Sheet(Some(Sheet::Palette)))
    };
    html! {
        <header class="pt-top">
            <div class="pt-bar">
                <div class="pt-brand">{ logo() }<span>{ say::BRAND }</span></div>
                if let Some(clock) = &props.clock {
                    <Controls running={clock.running} rewinds={props.rewinds.is_some()}/>
                }
                <time class="pt-clock" role="timer" aria-label={say::CLOCK}>{ face }<small><i>{ millis }</i></small></time>
                if let Some(clock) = &props.clock { <Speed tenths={clock.speed_tenths}/> }
                { tells(props, &desk) }
            </div>
            <div class="pt-end">
                if let Some(rewinds) = &props.rewinds { <Histories rewinds={rewinds.clone()} seed={props.seed}/> }
                <button type="button" class="pt-btn pt-btn--icon pt-finder" aria-label={palette::TITLE} title={palette::FIND} onclick={find}>{ icon(Icon::Find) }</button>
                <button type="button" class="pt-btn pt-btn--icon" aria-label={if props.dark { session::LIGHT } else { session::DARK }} onclick={theme}>{ icon(Icon::Theme) }</button>
                <button type="button" class="pt-btn pt-btn--icon" aria-haspopup="menu" aria-label={say::MORE} onclick={more}>{ icon(Icon::More) }</button>
            </div>
        </header>
    }
}

/// One line in the bar: what went wrong, what was done, where you are, or what comes next.
fn tells(props: &TransportProps, desk: &Desk) -> Html {
    if props.connection != Connection::Open {
        return link(&props.connection, &props.bootstrap);
    }
    if let Some((text, refused)) = &props.said {
        let role = if *refused { "alert" } else { "status" };
        return html! { <span class="pt-link-state" data-tone={refused.then_some("fault")} {role} title={text.clone()}>{ text }</span> };
    }
    if props.rewinds.as_ref().is_some_and(|r| r.past) {
        let desk = desk.clone();
        let now = move |_: MouseEvent| desk.time(Time::ToEnd);
        return html! {
            <span class="pt-past" role="status">{ say::PAST }<button type="button" class="pt-link" onclick={now}>{ session::BACK_TO_NOW }</button></span>
        };
    }
    match &props.clock {
        Some(_) if props.rewinds.as_ref().is_some_and(|r| r.seeking) => {
            html! { <span class="pt-next" role="status">{ say::SEEKING }</span> }
        }
        Some(Clock { running: false, next: Some(next), .. }) => {
            html! { <span class="pt-next">{ filled(say::NEXT_EVENT, &[html! { <b>{ words::span(next.since(props.now)) }</b> }]) }</span> }
        }
        Some(_) => Html::default(),
        None => link(&props.connection, &props.bootstrap),
    }
}

#[derive(Properties, PartialEq)]
struct HistoriesProps {
    rewinds: Rewinds,
    seed: u64,
}

/// Undo and redo, the seed, forks, sharing.
#[component]
fn Histories(props: &HistoriesProps) -> Html {
    let HistoriesProps { rewinds, seed } = props;
    let desk = use_desk();
    let time = |time: Time| {
        let desk = desk.clone();
        move |_: MouseEvent| desk.time(time.clone())
    };
    let sheet = |sheet: Sheet| {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Sheet(Some(sheet.clone())))
    };
    let share = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.share()
    };
    html! {
        <>
            <button type="button" class="pt-btn pt-btn--icon pt-wide" aria-label={session::UNDO} title={say::UNDO_TITLE} onclick={time(Time::Undo)} disabled={!rewinds.undo}>{ icon(Icon::Undo) }</button>
            <button type="button" class="pt-btn pt-btn--icon pt-wide" aria-label={session::REDO} title={say::REDO_TITLE} onclick={time(Time::Redo)} disabled={!rewinds.redo}>{ icon(Icon::Redo) }</button>
            <button type="button" class="pt-btn pt-wide pt-seedline" title={say::SESSION_TITLE} onclick={sheet(Sheet::Session)}>{ say::SEED }<span class="pt-seed">{ seed }</span></button>
            if rewinds.histories > 1 {
                <button type="button" class="pt-btn pt-wide pt-history" aria-label={say::history(&rewinds.history)} title={say::HISTORIES} onclick={sheet(Sheet::Histories)}>{ icon(Icon::Fork) }<span>{ &*rewinds.history }</span></button>
            } else {
                <button type="button" class="pt-btn pt-wide" title={say::FORK_TITLE} onclick={time(Time::Fork { name: None })}>{ icon(Icon::Fork) }{ say::FORK }</button>
            }
            <button type="button" class="pt-btn pt-wide" title={say::SHARE_TITLE} onclick={share}>{ icon(Icon::Share) }{ say::SHARE }</button>
        </>
    }
}

/// Where a real client connects, and whether the page hears of the cluster at all.
fn link(connection: &Connection, bootstrap: &str) -> Html {
    match connection {
        Connection::Opening => html! { <span class="pt-link-state" role="status">{ say::CONNECTING }</span> },
        Connection::Lost { retry_s } => {
            // Said once: the seconds are for those who look.
            let wait = html! { <span aria-hidden="true">{ say::next_attempt(*retry_s) }</span> };
            html! { <span class="pt-link-state" data-tone="fault"><span role="alert">{ say::LOST }</span>{ wait }</span> }
        }
        Connection::Refused(why) => html! { <span class="pt-link-state" data-tone="fault" role="alert">{ why.clone() }</span> },
        Connection::Open => html! { <Bootstrap addresses={bootstrap.to_owned()}/> },
    }
}

#[derive(Properties, PartialEq)]
struct ControlsProps {
    running: bool,
    /// Time can be rewound.
    rewinds: bool,
}

#[component]
fn Controls(props: &ControlsProps) -> Html {
    let desk = use_desk();
    let ControlsProps { running, rewinds } = props;
    let time = |time: Time| {
        let desk = desk.clone();
        move |_: MouseEvent| desk.time(time.clone())
    };
    let play = time(if *running { Time::Pause } else { Time::Play });
    html! {
        <div class="pt-transport" role="group" aria-label={say::TIME}>
            if *rewinds {
                <button type="button" class="pt-btn pt-btn--icon pt-roomy" aria-label={session::BACK} title={say::BACK_TITLE} onclick={time(Time::Back)}>{ icon(Icon::Back) }</button>
            }
            <button type="button" class="pt-play" aria-label={if *running { session::PAUSE } else { session::PLAY }} onclick={play}>{ icon(if *running { Icon::Pause } else { Icon::Play }) }</button>
            <button type="button" class="pt-btn pt-btn--icon" aria-label={session::STEP} title={say::STEP_TITLE} onclick={time(Time::Step)}>{ icon(Icon::Step) }</button>
            if *rewinds {
                <button type="button" class="pt-btn pt-btn--icon pt-roomy" aria-label={session::NEXT_NOTABLE} title={say::NEXT_TITLE} onclick={time(Time::ToNotable)}>{ icon(Icon::Next) }</button>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SpeedProps {
    tenths: u32,
}

/// Stops from 0.1× to 1,000×.
#[component]
fn Speed(props: &SpeedProps) -> Html {
    let desk = use_desk();
    let at = SPEEDS.iter().position(|s| *s >= props.tenths).unwrap_or(SPEEDS.len() - 1);
    let to = |stop: usize| Time::Speed {
        times: SPEEDS.get(stop).copied().and_then(playground::Speed::from_tenths).unwrap_or(playground::Speed::REAL),
    };
    let oninput = {
        let desk = desk.clone();
        move |event: InputEvent| {
            let value = event.target_dyn_into::<web_sys::HtmlInputElement>().and_then(|i| i.value().parse().ok());
            if let Some(stop) = value {
                desk.time(to(stop));
            }
        }
    };
    // Where there is no room for the scale, the figure itself goes round the stops.
    let round = move |_: MouseEvent| desk.time(to((at + 1) % SPEEDS.len()));
    html! {
        <div class="pt-speed">
            <div class="pt-speed__scale">
                <input type="range" min="0" max={(SPEEDS.len() - 1).to_string()} step="1" value={at.to_string()} aria-label={say::SPEED} aria-valuetext={words::speed(props.tenths)} {oninput}/>
            </div>
            <button type="button" class="pt-speed__now" aria-label={say::next_stop(props.tenths)} onclick={round}>{ words::speed(props.tenths) }</button>
        </div>
    }
}
