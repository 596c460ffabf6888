//! The key to the marks: every sign of the page beside its meaning.

use crate::ui::catalogue::{common, marks as say, scene};
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon, sign};
use crate::ui::stage::stops;
use crate::ui::state::Act;
use crate::view::{EventSign, GroupState};
use yew::prelude::*;

#[component]
pub fn Marks() -> Html {
    let desk = use_desk();
    let close = move |_: MouseEvent| desk.act(Act::Sheet(None));
    html! {
        <section class="pt-over pt-marks" role="dialog" aria-label={say::TITLE}>
            <div class="pt-colhead"><h2>{ say::TITLE }</h2><span class="pt-grow"/>
                <button type="button" class="pt-btn pt-btn--icon" data-focus-here="" aria-label={common::CLOSE} onclick={close}>{ icon(Icon::Close) }</button></div>
            <div class="pt-marks__cols">
                <div>{ section(say::RECORD, records()) }</div>
                <div>{ section(say::ABOVE, above()) }{ section(say::BELOW, below()) }</div>
                <div>{ section(say::BROKER, brokers()) }{ section(say::MEMBER, members()) }</div>
                <div>{ section(say::STATES, states()) }{ section(say::EVENTS, events()) }{ section(say::COLOUR, colours()) }</div>
            </div>
        </section>
    }
}

type Lines = Vec<(Html, &'static str)>;

fn section(title: &str, lines: Lines) -> Html {
    html! {
        <section><h3>{ title }</h3><ul>{ for lines.into_iter().map(|(mark, said)| html! { <li><span class="g" aria-hidden="true">{ mark }</span><span>{ said }</span></li> }) }</ul></section>
    }
}

fn records() -> Lines {
    let cell = |hue: &'static str, state: Option<&'static str>, face: &'static str| html! { <span class="pt-cell" data-k={hue} data-s={state} data-f={face}/> };
    vec![
        (cell("3", None, "42"), say::IS_COMMITTED),
        (html! { <span class="pt-cell" data-f="ite"/> }, say::NO_KEY),
        (cell("3", Some("pending"), "42"), say::UNCOMMITTED),
        (cell("4", Some("tombstone"), "3"), say::TOMBSTONE),
        (html! { <span class="pt-cell" data-k="3" data-again="" data-f="42"/> }, say::TWICE),
        (cell("3", Some("aborted"), "42"), say::ABORTED),
        (html! { <span class="pt-cell" data-s="hole" data-f=""/> }, say::COMPACTED),
        (
            html! { <><span class="pt-cell" data-s="control" data-f={scene::COMMIT_FACE}/><span class="pt-cell" data-s="control" data-f={scene::ABORT_FACE}/></> },
            say::MARKERS,
        ),
        (html! { <span class="pt-cell" data-k="3" data-same="" data-f="42"/> }, say::SAME_KEY),
        (html! { <span class="pt-cell" data-k="1" data-picked="" data-f="7"/> }, say::SELECTED),
        (html! { <span class="pt-cell" data-k="1" data-ring="" data-f="7"/> }, say::CARRIED),
        (html! { <span class="pt-slot pt-slot--next pt-slot--ghost" data-k="3"><b>{ "42" }</b></span> }, say::WILL_APPEND),
        (html! { <span class="pt-slot pt-slot--next"><b/></span> }, say::NEXT),
    ]
}

fn drawn(body: Html) -> Html {
    html! { <svg class="pt-drawn" viewBox="0 0 64 20" fill="none" stroke="currentColor">{ body }</svg> }
}

fn above() -> Lines {
    vec![
        (drawn(html! { <path d="M32 2v16" stroke-width="2"/> }), say::HIGH_WATERMARK),
        (html! { <span class="pt-mono">{ scene::log_end(151) }</span> }, say::LOG_END),
    ]
}

fn below() -> Lines {
    vec![
        (drawn(html! { <><path d="M8 0v16"/><path d="M8 6l9 5-9 5z" fill="currentColor" stroke="none"/></> }), say::COMMITTED),
        (
            drawn(
                html! { <><path d="M4 8h24M4 12h24"/><circle cx="31" cy="10" r="3.5" stroke-width="1.5"/><path d="M35 10h29" stroke-width="1.75"/></> },
            ),
            say::POSITION,
        ),
        (drawn(html! { <path d="M4 8h56M4 12h56"/> }), say::DELIVERED),
        (drawn(html! { <path d="M0 10h64" stroke-width="1.75"/> }), say::FOLLOWED),
        (drawn(html! { <path d="M0 10h64" style="stroke:var(--ink-3)"/> }), say::OTHER),
        (drawn(html! { <path d="M0 10h64" stroke-width="2.5" style="stroke:var(--change)"/> }), say::CHANGING),
        (drawn(html! { <path d="M0 10h64" stroke-dasharray="6 4" stroke-width="1.75"/> }), say::ASSIGNED),
        (
            drawn(
                html! { <><path d="M0 10h60" stroke-dasharray="2 4" style="stroke:var(--ink-3)"/><circle cx="61" cy="10" r="3" style="stroke:var(--fault)" stroke-width="1.5"/></> },
            ),
            say::LOST,
        ),
        (
            drawn(
                html! { <><path d="M0 10h46" stroke-width="2.5" style="stroke:var(--change)"/><circle cx="49" cy="10" r="3" style="stroke:var(--change)" stroke-width="1.5"/></> },
            ),
            say::LOOSE,
        ),
    ]
}

fn brokers() -> Lines {
    vec![
        (html! { <span class="pt-broker" data-role="leader">{ "2" }</span> }, say::LEADS),
        (html! { <span class="pt-broker">{ "1" }</span> }, say::IN_SYNC),
        (html! { <span class="pt-broker" data-role="out">{ "3" }</span> }, say::OUT),
        (html! { <span class="pt-broker" data-role="elr">{ "3" }</span> }, say::ELIGIBLE),
        (html! { <span class="pt-broker" data-life="paused">{ "3" }</span> }, say::PAUSED),
        (html! { <span class="pt-broker" data-life="dead">{ "3" }</span> }, say::DEAD),
        (sign(EventSign::Election), say::CONTROLLER),
    ]
}

fn members() -> Lines {
    vec![
        (html! { <span class="pt-member">{ "c1" }</span> }, say::IN_GROUP),
        (html! { <span class="pt-member" data-gone="">{ "c3" }</span> }, say::GONE),
        (html! { <span class="pt-beat"><i style="width:38%"/></span> }, say::BEAT),
    ]
}

fn states() -> Lines {
    [GroupState::Empty, GroupState::PreparingRebalance, GroupState::CompletingRebalance, GroupState::Stable]
        .map(|s| (stops(s), s.name()))
        .into()
}

fn events() -> Lines {
    [
        (EventSign::Command, say::YOU_DID),
        (EventSign::Election, say::ELECTED),
        (EventSign::Rebalance, say::REBALANCE),
        (EventSign::Timer, say::RAN_OUT),
        (EventSign::Fault, say::REFUSED),
        (EventSign::Record, say::RECORDS),
    ]
    .map(|(s, said)| (sign(s), said))
    .into()
}

fn colours() -> Lines {
    let word = |token: &str, [word, means]: [&'static str; 2]| {
        (html! { <span style={format!("color:var(--{token});font-weight:500")}>{ word }</span> }, means)
    };
    vec![
        (html! { <span class="pt-hues">{ for (1..=8).map(|k| html! { <i data-k={k.to_string()}/> }) }</span> }, say::HUES),
        word("accent", say::CHOSEN),
        word("change", say::CHANGES),
        word("fault", say::BROKEN),
    ]
}
