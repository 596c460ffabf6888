//! A partition: its number and replicas, its tape, and a lane for each group that reads it.

use super::cells::{Look, Window, cells};
use super::layout::Lane;
use super::packets::{Dot, in_head};
use super::sight::{Sight, use_sight};
use crate::base::Order;
use crate::ui::catalogue::{events, scene as say};
use crate::ui::filled::filled;
use crate::ui::squares::{Machines, Role, spoken, square};
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
    /// The topic's `min.insync.replicas`.
    pub min_isr: i32,
    pub part: Arc<PartitionView>,
    pub machines: Machines,
    pub lanes: Vec<Lane>,
    pub window: Window,
    pub slots: usize,
    pub look: Look,
    pub lit: Option<Lit>,
    /// The whole partition is chosen.
    pub chosen: bool,
    /// The chosen event's causes or effects tell of it.
    pub told: bool,
    /// Records on their way to it and from it.
    pub dots: Vec<Dot>,
    /// It is the topic's stop of the Tab key.
    pub stop: bool,
    /// Is told whether it is in sight, if anybody asks.
    pub sight: Option<Sight>,
}

#[component]
pub fn Partition(props: &PartitionProps) -> Html {
    let PartitionProps { topic, part, window, lit, machines, .. } = props;
    let node = use_node_ref();
    use_sight(&node, props.sight.as_ref());
    let alarm = alarm(part, props.min_isr);
    let alarmed = alarm.as_ref().map(|(text, _)| text.as_str());
    let name = say::row(topic, part.index, &spoken(part), alarmed, part.log_start, part.log_end);
    let name = if props.told { events::in_story(&name) } else { name };
    let hue = lit.as_ref().and_then(|l| l.hue).map(|h| (h % 8 + 1).to_string());
    let short = window.short;
    html! {
        <div ref={node} class="pt-part" role="row" aria-label={name.clone()} data-part={part.index.to_string()} data-lit={lit.as_ref().map(|_| "")} data-told={props.told.then_some("")} data-k={hue}>
            <div class="pt-part__head" role="none">
                if let Some((text, tone)) = &alarm { <span class="pt-part__alarm" data-tone={*tone} aria-hidden="true">{ text }</span> }
                <div class="pt-part__id" role="none">
                    <button type="button" class="pt-part__no" role="gridcell" data-cell="" aria-label={name}
                        tabindex={if props.stop { "0" } else { "-1" }} aria-selected={if props.chosen { "true" } else { "false" }}>{ part.index }</button>
                    { for machines.columns(part).into_iter().map(|id| {
                        if part.replicas.contains(&id) {
                            square(id, Role::of(id, part), machines.life(id))
                        } else {
                            html! { <span class="pt-broker" data-role="none" aria-hidden="true"/> }
                        }
                    }) }
                </div>
                { in_head(&props.dots, |id| machines.columns(part).iter().position(|column| *column == id)) }
                <ul class="pt-part__groups" aria-hidden="true">
                    { for props.lanes.iter().map(|lane| html! { <li data-focus={lane.focus.then_some("")}>{ &*lane.group }</li> }) }
                </ul>
            </div>
            <div class={classes!("pt-log", short.then_some("pt-log--short"))}>
                if window.hides(part) {
                    <button type="button" class="pt-fold" role="gridcell" tabindex="-1" data-move="back" aria-label={say::older(part.log_start)} title={say::older(part.log_start)}>
                        <div class="pt-fold__pages"/><span class="pt-fold__start">{ part.log_start }</span>
                    </button>
                } else {
                    <div class="pt-fold" data-whole="" aria-hidden="true"><div class="pt-fold__pages"/><span class="pt-fold__start">{ part.log_start }</span></div>
                }
                <div class="pt-win">
                    <div class="pt-win__clip">
                        <div class="pt-tape">
                            { cells(part, *window, &props.look) }
                            if window.end < part.log_end { { newer(part, *window) } } else {
                                { next_slot(part, lit.as_ref()) }
                                { for (1..props.slots).map(|_| html! { <span class="pt-slot" aria-hidden="true"/> }) }
                            }
                        </div>
                        { above(part, *window) }
                        { epoch(part, *window) }
                        { followers(part, *window, machines) }
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
        <span {class} aria-hidden="true"><b>{ lit.map(|l| l.label.clone()).unwrap_or_default() }</b><i>{ part.log_end }</i></span>
    }
}

/// How many records there are beyond a tape that was moved, and the way there.
fn newer(part: &PartitionView, window: Window) -> Html {
    let said = say::newer(part.log_end - window.end);
    html! { <button type="button" class="pt-newer" role="gridcell" tabindex="-1" data-move="forth" title={said.clone()}>{ said }</button> }
}

/// Above the tape: how records got safe. High watermark and log end are named where they differ.
fn above(part: &PartitionView, window: Window) -> Html {
    if part.high_watermark > window.end || part.high_watermark < window.first {
        return Html::default();
    }
    let differs = part.high_watermark != part.log_end;
    let back = window.back(part.high_watermark);
    let at = format!("--back:{back};--at:{}", window.at(part.high_watermark));
    let end = format!("--at:{}", window.at(part.log_end));
    html! {
        <>
            <span class="pt-hw" style={at} aria-hidden="true">
                if differs { <span>{ say::high_watermark(part.high_watermark) }</span> }
            </span>
            if differs { <span class="pt-leo" style={end} aria-hidden="true">{ say::log_end(part.log_end) }</span> }
        </>
    }
}

/// Followers whose log ends elsewhere than their leader's, each at its own end.
fn followers(part: &PartitionView, window: Window, machines: &Machines) -> Html {
    let ends = part.replicas.iter().zip(&part.log_ends).filter(|(id, _)| Some(**id) != part.leader);
    let mut behind: Vec<_> = ends.filter_map(|(id, end)| Some((*end, *id)).filter(|(end, _)| *end != Some(part.log_end))).collect();
    behind.retain(|(end, _)| end.is_some_and(|end| end >= window.first));
    behind.order();
    let mut before = None;
    let mut beside = 0;
    let mut marks = Vec::new();
    for (end, id) in behind {
        // Those that stand at the same offset stand side by side.
        beside = if before == end { beside + 1 } else { 0 };
        before = end;
        let end = end.unwrap_or_default().min(window.end);
        let style = format!("--back:{};--at:{};--beside:{beside}", window.back(end), window.at(end));
        marks.push(
            html! { <span class="pt-follower" {style} aria-hidden="true">{ square(id, Role::of(id, part), machines.life(id)) }</span> },
        );
    }
    html! { <>{ for marks }</> }
}

/// Where the last leader that is in sight began to write.
fn epoch(part: &PartitionView, window: Window) -> Html {
    let from = part.window.partition_point(|r| r.offset < window.first);
    let seen = part.window.get(from..).unwrap_or_default();
    let changed = seen.windows(2).rev().find_map(|pair| match pair {
        [before, after] if after.leader_epoch > before.leader_epoch => Some((after.offset, after.leader_epoch)),
        _ => None,
    });
    let Some((offset, epoch)) = changed else { return Html::default() };
    let leader = part.leader.filter(|_| part.leader_epoch == epoch).map(|id| id.0);
    let style = format!("--back:{};--at:{}", window.back(offset), window.at(offset));
    // At the window's left end there is no room before the line.
    let side = (window.at(offset) < 5).then_some("right");
    html! { <span class="pt-epoch" {style} data-side={side} aria-hidden="true"><span>{ say::epoch(epoch, leader) }</span></span> }
}

/// What is wrong with a partition, or moves, in few words; and its tone.
fn alarm(part: &PartitionView, min_isr: i32) -> Option<(String, &'static str)> {
    if part.leader.is_none() {
        return Some((say::NO_LEADER.to_owned(), "fault"));
    }
    if (part.isr.len() as i32) < min_isr {
        return Some((say::too_few(part.isr.len(), min_isr), "fault"));
    }
    (!part.adding.is_empty() || !part.removing.is_empty()).then(|| (say::REASSIGNING.to_owned(), "change"))
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
    let said = committed.map_or_else(|| say::NOTHING_COMMITTED.to_owned(), say::committed);
    html! {
        <div class="pt-lane" data-focus={lane.focus.then_some("")} data-moved={lane.was.as_ref().map(|_| "")} data-gone={lane.gone.then_some("")}
            data-group={lane.group.to_string()} title={said} aria-hidden="true">
            if let Some(from) = thread {
                <span class="pt-thread" style={place(from)}/>
            }
            if let Some(style) = redo { <span class="pt-redo" {style}/> }
            if let Some(at) = lane.position.filter(|p| *p >= window.first && *p <= window.end && committed != Some(*p)) { <span class="pt-pos" style={place(at)}/> }
            if let Some(at) = committed.filter(|c| *c >= window.first && *c <= window.end) { <span class="pt-flag" style={place(at)}/> }
            if hidden { <span class="pt-beyond">{ say::behind(behind) }</span> }
            <span class="pt-lag">
                if let Some(lag) = lane.lag { { filled(say::LAG, &[html! { <b>{ words::number(lag) }</b> }]) } } else { { say::NO_COMMIT } }
            </span>
            if lane.owner.is_some() || lane.was.is_some() {
                <span class="pt-owner">
                    if let Some(was) = &lane.was { { say::moves_from(was) } }
                    if let Some(owner) = &lane.owner { <span class="pt-member" data-gone={lane.gone.then_some("")}>{ &**owner }</span> }
                </span>
            }
        </div>
    }
}
