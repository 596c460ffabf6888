//! A partition: its number and replicas, its tape, and a lane for each group that reads it.

use super::cells::{Look, Window, cells};
use super::layout::Lane;
use crate::ui::words;
use crate::view::PartitionView;
use std::sync::Arc;
use yew::prelude::*;

/// Publish aims at this partition.
#[derive(Clone, Debug, PartialEq)]
pub struct Lit {
    /// None: a record without a key.
    pub hue: Option<u32>,
    pub label: String,
}

#[derive(Properties, PartialEq)]
pub struct PartitionProps {
    pub topic: Arc<str>,
    pub part: Arc<PartitionView>,
    pub lanes: Vec<Lane>,
    pub window: Window,
    pub slots: usize,
    pub look: Look,
    pub lit: Option<Lit>,
    /// The whole partition is chosen.
    pub chosen: bool,
    /// It is the topic's stop of the Tab key.
    pub stop: bool,
}

#[component]
pub fn Partition(props: &PartitionProps) -> Html {
    let PartitionProps { topic, part, window, lit, .. } = props;
    let leader = part.leader.map_or_else(|| "no leader".to_owned(), |id| format!("leader broker {id}"));
    let name = format!("{topic} partition {}, {leader}, offsets {} to {}", part.index, part.log_start, part.log_end);
    let hue = lit.as_ref().and_then(|l| l.hue).map(|h| (h % 8 + 1).to_string());
    let short = window.short;
    html! {
        <div class="pt-part" role="row" aria-label={name.clone()} data-part={part.index.to_string()} data-lit={lit.as_ref().map(|_| "")} data-k={hue}>
            <div class="pt-part__head" role="none">
                <div class="pt-part__id" role="none">
                    <button type="button" class="pt-part__no" role="gridcell" data-cell="" aria-label={name}
                        tabindex={if props.stop { "0" } else { "-1" }} aria-selected={if props.chosen { "true" } else { "false" }}>{ part.index }</button>
                    { for part.replicas.iter().map(|id| {
                        let role = if Some(*id) == part.leader { Some("leader") } else if part.isr.contains(id) { None } else { Some("out") };
                        html! { <span class="pt-broker" data-role={role} aria-hidden="true">{ id.0 }</span> }
                    }) }
                </div>
                <ul class="pt-part__groups" aria-hidden="true">
                    { for props.lanes.iter().map(|lane| html! { <li data-focus={lane.focus.then_some("")}>{ &*lane.group }</li> }) }
                </ul>
            </div>
            <div class={classes!("pt-log", short.then_some("pt-log--short"))}>
                <div class="pt-fold" data-whole={(!window.hides(part)).then_some("")} aria-hidden="true">
                    <div class="pt-fold__pages"/><span class="pt-fold__start">{ part.log_start }</span>
                </div>
                <div class="pt-win">
                    <div class="pt-win__clip">
                        <div class="pt-tape">
                            { cells(part, *window, &props.look) }
                            { next_slot(part, lit.as_ref()) }
                            { for (1..props.slots).map(|_| html! { <span class="pt-slot" aria-hidden="true"/> }) }
                        </div>
                        { above(part, *window) }
                    </div>
                    { for props.lanes.iter().map(|lane| lane_line(lane, *window)) }
                </div>
            </div>
        </div>
    }
}

/// The place that the next record takes.
fn next_slot(part: &PartitionView, lit: Option<&Lit>) -> Html {
    let class = classes!("pt-slot", "pt-slot--next", lit.map(|_| "pt-slot--ghost"));
    html! {
        <span key="next" {class} aria-hidden="true"><b>{ lit.map(|l| l.label.clone()).unwrap_or_default() }</b><i>{ part.log_end }</i></span>
    }
}

/// Above the tape: how records got safe. High watermark and log end are named where they differ.
fn above(part: &PartitionView, window: Window) -> Html {
    let differs = part.high_watermark != part.log_end;
    let back = window.back(part.high_watermark);
    let at = format!("--back:{back};--at:{}", window.at(part.high_watermark));
    let end = format!("--at:{}", window.at(part.log_end));
    html! {
        <>
            <span class="pt-hw" style={at} aria-hidden="true">
                if differs { <span>{ format!("HW {}", part.high_watermark) }</span> }
            </span>
            if differs { <span class="pt-leo" style={end} aria-hidden="true">{ format!("LEO {}", part.log_end) }</span> }
        </>
    }
}

/// Below the tape: the group's committed offset, what it was given beyond it, its position, and its thread to the head and on.
fn lane_line(lane: &Lane, window: Window) -> Html {
    let place = |offset: i64| format!("--back:{};--at:{}", window.back(offset), window.at(offset));
    let committed = lane.committed;
    let position = lane.position.or(committed);
    let hidden = committed.or(position).is_some_and(|o| o < window.first);
    let behind = committed.or(position).map_or(0, |o| window.end - o);
    let redo = committed.zip(lane.position).filter(|(c, p)| p > c && *p > window.first).map(|(c, p)| {
        let from = c.max(window.first);
        format!("--back:{};--at:{};--len:{}", window.back(p), window.at(from), p.min(window.end) - from)
    });
    let thread = if hidden && position.is_none_or(|p| p <= window.first) { Some(window.first) } else { position };
    let said = committed.map_or_else(|| "nothing committed".to_owned(), |c| format!("committed {}", words::number(c)));
    html! {
        <div class="pt-lane" data-focus={lane.focus.then_some("")} data-moved={lane.moving.then_some("")} data-gone={lane.gone.then_some("")}
            data-group={lane.group.to_string()} title={said} aria-hidden="true">
            if let Some(from) = thread {
                <span class="pt-thread" style={place(from)}/>
            }
            if let Some(style) = redo { <span class="pt-redo" {style}/> }
            if let Some(at) = lane.position.filter(|p| *p >= window.first && committed != Some(*p)) { <span class="pt-pos" style={place(at)}/> }
            if let Some(at) = committed.filter(|c| *c >= window.first) { <span class="pt-flag" style={place(at)}/> }
            if hidden { <span class="pt-beyond">{ format!("{} behind", words::number(behind)) }</span> }
            <span class="pt-lag">
                if let Some(lag) = lane.lag { { "lag " }<b>{ words::number(lag) }</b> } else { { "no commit" } }
            </span>
            if let Some(owner) = &lane.owner {
                <span class="pt-owner"><span class="pt-member" data-gone={lane.gone.then_some("")}>{ &**owner }</span></span>
            }
        </div>
    }
}
