//! The key to the marks: every sign of the page beside its meaning.

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
        <section class="pt-over pt-marks" role="dialog" aria-label="Key to the marks">
            <div class="pt-colhead"><h2>{ "Key to the marks" }</h2><span class="pt-grow"/>
                <button type="button" class="pt-btn pt-btn--icon" data-focus-here="" aria-label="Close" onclick={close}>{ icon(Icon::Close) }</button></div>
            <div class="pt-marks__cols">
                <div>{ section("A record", records()) }</div>
                <div>{ section("Above the tape: how it got safe", above()) }{ section("Below the tape: who has read it", below()) }</div>
                <div>{ section("A broker: a square with its number", brokers()) }{ section("A member: a pill with its name", members()) }</div>
                <div>{ section("Group state", states()) }{ section("Events", events()) }{ section("Colour", colours()) }</div>
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
        (cell("3", None, "42"), "committed; hue and label: its key"),
        (html! { <span class="pt-cell" data-f="ite"/> }, "without a key; its value's first letters"),
        (cell("3", Some("pending"), "42"), "uncommitted: above the HW"),
        (cell("4", Some("tombstone"), "3"), "tombstone: the value is null"),
        (html! { <span class="pt-cell" data-k="3" data-again="" data-f="42"/> }, "written twice: sent again, not idempotent"),
        (html! { <span class="pt-cell" data-s="hole" data-f=""/> }, "compacted away"),
        (html! { <span class="pt-cell" data-s="control" data-f="C"/> }, "written by a broker"),
        (html! { <span class="pt-cell" data-k="3" data-same="" data-f="42"/> }, "same key as in Publish"),
        (html! { <span class="pt-cell" data-k="1" data-picked="" data-f="7"/> }, "selected"),
        (html! { <span class="pt-slot pt-slot--next pt-slot--ghost" data-k="3"><b>{ "42" }</b></span> }, "where Publish will append"),
        (html! { <span class="pt-slot pt-slot--next"><b/></span> }, "the next record's place"),
    ]
}

fn drawn(body: Html) -> Html {
    html! { <svg class="pt-drawn" viewBox="0 0 64 20" fill="none" stroke="currentColor">{ body }</svg> }
}

fn above() -> Lines {
    vec![
        (drawn(html! { <path d="M32 2v16" stroke-width="2"/> }), "high watermark (HW)"),
        (html! { <span class="pt-mono">{ "LEO 151" }</span> }, "log end offset: written next"),
    ]
}

fn below() -> Lines {
    vec![
        (
            drawn(html! { <><path d="M8 0v16"/><path d="M8 6l9 5-9 5z" fill="currentColor" stroke="none"/></> }),
            "committed offset of the group",
        ),
        (
            drawn(
                html! { <><path d="M4 8h24M4 12h24"/><circle cx="31" cy="10" r="3.5" stroke-width="1.5"/><path d="M35 10h29" stroke-width="1.75"/></> },
            ),
            "position: fetched next",
        ),
        (drawn(html! { <path d="M4 8h56M4 12h56"/> }), "delivered, not committed"),
        (drawn(html! { <path d="M0 10h64" stroke-width="1.75"/> }), "thread of the group you follow"),
        (drawn(html! { <path d="M0 10h64" style="stroke:var(--ink-3)"/> }), "thread of another group"),
        (drawn(html! { <path d="M0 10h64" stroke-width="2.5" style="stroke:var(--change)"/> }), "changing hands"),
        (drawn(html! { <path d="M0 10h64" stroke-dasharray="6 4" stroke-width="1.75"/> }), "assigned, not yet owned"),
        (
            drawn(
                html! { <><path d="M0 10h60" stroke-dasharray="2 4" style="stroke:var(--ink-3)"/><circle cx="61" cy="10" r="3" style="stroke:var(--fault)" stroke-width="1.5"/></> },
            ),
            "its member crashed",
        ),
    ]
}

fn brokers() -> Lines {
    vec![
        (html! { <span class="pt-broker" data-role="leader">{ "2" }</span> }, "leads this partition"),
        (html! { <span class="pt-broker">{ "1" }</span> }, "follower, in sync"),
        (html! { <span class="pt-broker" data-role="out">{ "3" }</span> }, "follower, out of the ISR"),
        (html! { <span class="pt-broker" data-role="elr">{ "3" }</span> }, "out of the ISR, may lead (ELR)"),
        (html! { <span class="pt-broker" data-life="paused">{ "3" }</span> }, "paused"),
        (html! { <span class="pt-broker" data-life="dead">{ "3" }</span> }, "dead or stopped"),
        (sign(EventSign::Election), "active controller"),
    ]
}

fn members() -> Lines {
    vec![
        (html! { <span class="pt-member">{ "c1" }</span> }, "in the group"),
        (html! { <span class="pt-member" data-gone="">{ "c3" }</span> }, "crashed or removed"),
        (html! { <span class="pt-beat"><i style="width:38%"/></span> }, "since its last heartbeat"),
    ]
}

fn states() -> Lines {
    [GroupState::Empty, GroupState::PreparingRebalance, GroupState::CompletingRebalance, GroupState::Stable]
        .map(|s| (stops(s), s.name()))
        .into()
}

fn events() -> Lines {
    [
        (EventSign::Command, "what you did"),
        (EventSign::Election, "leader or controller elected"),
        (EventSign::Rebalance, "rebalance"),
        (EventSign::Timer, "a time ran out"),
        (EventSign::Fault, "refused or given up"),
        (EventSign::Record, "records written or read"),
    ]
    .map(|(s, said)| (sign(s), said))
    .into()
}

fn colours() -> Lines {
    let word = |token: &str, word: &'static str| html! { <span style={format!("color:var(--{token});font-weight:500")}>{ word }</span> };
    vec![
        (
            html! { <span class="pt-hues">{ for (1..=8).map(|k| html! { <i data-k={k.to_string()}/> }) }</span> },
            "a key, always with its label",
        ),
        (word("accent", "chosen"), "selection, focus"),
        (word("change", "changing"), "rebalance, election, retry"),
        (word("fault", "broken"), "crashed, refused"),
    ]
}
