//! The bar at the top: what time it is, and what moves it.

use crate::base::Instant;
use crate::playground::{self, Time};
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon, logo};
use crate::ui::panels::open_menu;
use crate::ui::source::Connection;
use crate::ui::state::{Act, MenuAct, MenuItem, Sheet};
use crate::ui::words;
use crate::view::{Clock, SPEEDS};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TransportProps {
    pub now: Instant,
    pub clock: Option<Clock>,
    pub seed: u64,
    pub connection: Connection,
    pub bootstrap: String,
    /// The theme that is shown.
    pub dark: bool,
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
        let (desk, paused) = (desk.clone(), props.clock.is_some());
        move |event: MouseEvent| {
            let mut items = vec![MenuItem { label: "Key to the marks".to_owned(), grave: false, act: MenuAct::Open(Sheet::Marks) }];
            if paused {
                items.push(MenuItem { label: "Reset to the first scene".to_owned(), grave: true, act: MenuAct::Reset });
            }
            open_menu(&desk, &event, "More".to_owned(), items);
        }
    };
    let reset = {
        let desk = desk.clone();
        move |_: MouseEvent| {
            desk.act(Act::Reset);
            desk.time(Time::Reset);
        }
    };
    html! {
        <header class="pt-top">
            <div class="pt-bar">
                <div class="pt-brand">{ logo() }<span>{ "Partita" }</span></div>
                if let Some(clock) = &props.clock {
                    <Controls clock={clock.clone()}/>
                }
                <time class="pt-clock">{ face }<small>{ millis }</small></time>
                if let Some(clock) = &props.clock {
                    <Speed tenths={clock.speed_tenths}/>
                    if !clock.running && let Some(next) = clock.next {
                        <span class="pt-next">{ "next event in " }<b>{ words::span(next.since(props.now)) }</b></span>
                    }
                }
                { link(&props.connection, &props.bootstrap) }
            </div>
            <div class="pt-end">
                if props.clock.is_some() {
                    <span class="pt-wide pt-dim">{ "seed " }<span class="pt-seed">{ props.seed }</span></span>
                    <button type="button" class="pt-btn pt-wide" onclick={reset}>{ icon(Icon::Reset) }{ "Reset" }</button>
                }
                <button type="button" class="pt-btn pt-btn--icon" aria-label={if props.dark { "Light theme" } else { "Dark theme" }} onclick={theme}>{ icon(Icon::Theme) }</button>
                <button type="button" class="pt-btn pt-btn--icon" aria-haspopup="menu" aria-label="More" onclick={more}>{ icon(Icon::More) }</button>
            </div>
        </header>
    }
}

/// Where a real client connects, and whether the page hears of the cluster at all.
fn link(connection: &Connection, bootstrap: &str) -> Html {
    match connection {
        Connection::Opening => html! { <span class="pt-link-state" role="status">{ "Connecting…" }</span> },
        Connection::Lost { retry_s } => {
            html! { <span class="pt-link-state" data-tone="fault" role="alert">{ format!("Connection to the server lost. Next attempt in {retry_s} s.") }</span> }
        }
        Connection::Refused(why) => html! { <span class="pt-link-state" data-tone="fault" role="alert">{ why.clone() }</span> },
        Connection::Open if !bootstrap.is_empty() => {
            html! { <span class="pt-next">{ "clients connect to " }<code class="pt-mono">{ bootstrap.to_owned() }</code></span> }
        }
        Connection::Open => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
struct ControlsProps {
    clock: Clock,
}

#[component]
fn Controls(props: &ControlsProps) -> Html {
    let desk = use_desk();
    let running = props.clock.running;
    let play = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.time(if running { Time::Pause } else { Time::Play })
    };
    let step = move |_: MouseEvent| desk.time(Time::Step);
    html! {
        <div class="pt-transport" role="group" aria-label="Time">
            <button type="button" class="pt-play" aria-label={if running { "Pause" } else { "Play" }} onclick={play}>{ icon(if running { Icon::Pause } else { Icon::Play }) }</button>
            <button type="button" class="pt-btn pt-btn--icon" aria-label="Step one event" onclick={step}>{ icon(Icon::Step) }</button>
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
                <input type="range" min="0" max={(SPEEDS.len() - 1).to_string()} step="1" value={at.to_string()} aria-label="Speed" aria-valuetext={words::speed(props.tenths)} {oninput}/>
            </div>
            <button type="button" class="pt-speed__now" aria-label={format!("Speed {}, next stop", words::speed(props.tenths))} onclick={round}>{ words::speed(props.tenths) }</button>
        </div>
    }
}
