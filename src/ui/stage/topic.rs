//! Topics: each a head and its partitions, as a grid with one stop of the Tab key.

use super::cells::{Look, Window};
use super::layout::{Lane, Layout};
use super::lens::Band;
use super::partition::{Lit, Partition};
use crate::base::Order;
use crate::playground::Command;
use crate::ui::catalogue::acts as say;
use crate::ui::desk::{Desk, outcome, use_desk};
use crate::ui::geometry::TAPES_MAX;
use crate::ui::icons::{Icon, icon};
use crate::ui::panels::aim::Aim;
use crate::ui::panels::{menu_of, problem};
use crate::ui::pick::Pick;
use crate::ui::squares::Machines;
use crate::ui::state::{Act, Chosen, Place, Sheet, State};
use crate::ui::words;
use crate::view::query::story::Parties;
use crate::view::{Outcome, PartitionView, TopicView, View};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TopicsProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
    pub aim: Option<Aim>,
}

#[component]
pub fn Topics(props: &TopicsProps) -> Html {
    let TopicsProps { view, state, aim } = props;
    let desk = use_desk();
    let layout = Layout::new(view, state);
    let measures = state.size.measures();
    let room = state.size.cells().saturating_sub(measures.slots);
    let create = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Sheet(Some(Sheet::CreateTopic)))
    };
    let follow = |name: &Arc<str>| {
        let (desk, name) = (desk.clone(), Arc::clone(name));
        move |_: MouseEvent| desk.act(Act::Follow(Arc::clone(&name)))
    };
    let machines = Machines::of(view);
    let topics = layout.topics.iter().map(|topic| {
        let groups = layout.groups_of(topic);
        let lit = aim.as_ref().filter(|a| a.topic == topic.name);
        let chosen = state.chosen.clone().filter(|c| c.topic() == Some(&topic.name));
        let open = Layout::opened(topic, lit.map(|a| a.partition), state);
        let place = Place::Topic(Arc::clone(&topic.name));
        html! {
            <Topic key={topic.name.to_string()} topic={Arc::clone(topic)} lanes={topic.partitions.iter().map(|p| layout.lanes(topic, &groups, p.index)).collect::<Vec<_>>()}
                machines={machines.clone()} {room} slots={measures.slots} label={measures.label} lit={lit.cloned()} {chosen} parties={Rc::clone(&state.parties)} {open}
                asks={state.confirm.as_ref() == Some(&topic.name)} outcome={outcome(view, state, &place)} follow={layout.follow.map(|g| Arc::clone(&g.name))}/>
        }
    });
    let internal = view.topics.iter().filter(|t| t.internal).count();
    html! {
        <div class="pt-topics">
            <div class="pt-colhead">
                <h2>{ "Topics" }</h2>
                <button type="button" class="pt-btn" onclick={create}>{ icon(Icon::Plus) }{ "Create topic" }</button>
                if view.groups.len() > 1 {
                    <div class="pt-focus" role="group" aria-label="Threads of">
                        <span>{ "Threads of" }</span>
                        { for view.groups.iter().take(4).map(|g| {
                            let on = layout.follow.is_some_and(|f| f.name == g.name);
                            html! { <button type="button" aria-pressed={if on { "true" } else { "false" }} onclick={follow(&g.name)}>{ &*g.name }</button> }
                        }) }
                    </div>
                }
            </div>
            { for topics }
            if internal > 0 {
                <button type="button" class="pt-btn pt-internal" aria-pressed={if state.internal { "true" } else { "false" }} onclick={
                    let (desk, shown) = (desk.clone(), !state.internal);
                    move |_: MouseEvent| desk.act(Act::Internal(shown))
                }>{ if state.internal { "Hide internal topics".to_owned() } else { format!("Show {}", words::counted(internal, "internal topic")) } }</button>
            }
            <Legend/>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct TopicProps {
    topic: Arc<TopicView>,
    machines: Machines,
    /// By partition.
    lanes: Vec<Vec<Lane>>,
    room: usize,
    slots: usize,
    label: usize,
    lit: Option<Aim>,
    chosen: Option<Chosen>,
    /// Whom the chosen event's causes and effects tell of.
    parties: Rc<Parties>,
    /// The open row of a dense topic.
    open: Option<i32>,
    /// The person asked to delete it.
    asks: bool,
    outcome: Option<Arc<Outcome>>,
    follow: Option<Arc<str>>,
}

#[component]
pub fn Topic(props: &TopicProps) -> Html {
    let TopicProps { topic, .. } = props;
    let desk = use_desk();
    let grid = use_node_ref();
    // The cell that Tab leads to: partition, and offset where it is a record.
    let stop = use_state(|| (0, None::<i64>));
    let dense = topic.partitions.len() > TAPES_MAX;
    let short = topic.partitions.iter().all(|p| (p.log_end - p.log_start) as usize <= props.room);

    let onkeydown = {
        let grid = grid.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(grid) = grid.cast::<Element>() {
                move_focus(&grid, &event);
            }
        })
    };
    let onfocusin = {
        let (stop, desk, name) = (stop.clone(), desk.clone(), Arc::clone(&topic.name));
        Callback::from(move |event: FocusEvent| {
            if let Some((partition, offset)) = event.target_dyn_into::<Element>().as_ref().and_then(place_of) {
                stop.set((partition, offset));
                desk.act(Act::Near(Some((Arc::clone(&name), partition))));
            }
        })
    };
    let onclick = {
        let (desk, topic) = (desk.clone(), Arc::clone(&topic.name));
        Callback::from(move |event: MouseEvent| {
            let Some((partition, offset)) = event.target_dyn_into::<Element>().as_ref().and_then(place_of) else { return };
            let topic = Arc::clone(&topic);
            desk.act(Act::Choose(match offset {
                Some(offset) => Chosen::Record { topic, partition, offset },
                None => Chosen::Partition { topic, partition },
            }));
        })
    };
    let onmouseover = {
        let (desk, topic) = (desk.clone(), Arc::clone(&topic.name));
        Callback::from(move |event: MouseEvent| {
            let row = event.target_dyn_into::<Element>().and_then(|e| e.closest("[data-part]").ok().flatten());
            let partition = row.and_then(|row| row.get_attribute("data-part")).and_then(|p| p.parse().ok());
            desk.act(Act::Near(partition.map(|p| (Arc::clone(&topic), p))));
        })
    };
    let onmouseleave = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| desk.act(Act::Near(None)))
    };

    let row = |part: &Arc<PartitionView>| {
        let lit = props.lit.as_ref().filter(|aim| aim.partition == part.index);
        let lanes = props.lanes.get(part.index as usize).cloned().unwrap_or_default();
        let window = Window::of(part, props.room, short);
        let chosen = |offset: bool| match &props.chosen {
            Some(Chosen::Record { partition, offset: o, .. }) if offset && *partition == part.index => Some(*o),
            Some(Chosen::Partition { partition, .. }) if !offset && *partition == part.index => Some(0),
            _ => None,
        };
        // A stop that has left the window falls back to the row's own.
        let here = stop.0 == part.index || (stop.0 as usize >= topic.partitions.len() && part.index == 0);
        let cell = stop.1.filter(|o| here && *o >= window.first && *o < window.end);
        let look = Look {
            prefix: Arc::clone(&topic.key_prefix),
            label: props.label,
            chosen: chosen(true),
            same: props.lit.as_ref().and_then(|aim| aim.key.clone()),
            stop: cell,
        };
        let lit = lit.map(|aim| Lit { hue: aim.hue, label: aim.label(&topic.key_prefix, props.label) });
        html! {
            <Partition key={part.index} topic={Arc::clone(&topic.name)} min_isr={topic.min_isr} part={Arc::clone(part)} machines={props.machines.clone()} {lanes} {window} slots={props.slots} {look} {lit}
                chosen={chosen(false).is_some()} told={props.parties.partitions.iter().any(|(t, p)| *t == topic.name && *p == part.index)} stop={here && cell.is_none()}/>
        }
    };
    html! {
        <section class="pt-topic" data-topic={topic.name.to_string()} aria-label={format!("Topic {}", topic.name)}>
            <Head topic={Arc::clone(topic)} on={matches!(props.chosen, Some(Chosen::Topic(_)))} asks={props.asks} outcome={props.outcome.clone()} dense={dense.then(|| props.follow.clone()).flatten()}/>
            <div role="grid" ref={grid} aria-label={format!("{}, {}", topic.name, words::counted(topic.partitions.len(), "partition"))}
                class={dense.then_some("pt-lens")} {onkeydown} {onfocusin} {onclick} {onmouseover} {onmouseleave}>
                if dense { { lens(props, &row) } } else { { for topic.partitions.iter().map(row) } }
            </div>
        </section>
    }
}

/// The strips of a dense topic, parted by its open row.
fn lens(props: &TopicProps, row: &dyn Fn(&Arc<PartitionView>) -> Html) -> Html {
    let parts = &props.topic.partitions;
    let followed = |p: &Arc<PartitionView>| props.lanes.get(p.index as usize).and_then(|l| l.iter().find(|l| l.focus)).cloned();
    let longest = parts.iter().map(|p| p.log_end - p.log_start).max().unwrap_or_default();
    let mut late: Vec<(i64, i32)> =
        parts.iter().filter_map(|p| Some((followed(p)?.lag?, p.index))).filter(|(lag, _)| *lag > longest / 20).collect();
    late.order_by(|a, b| b.cmp(a));
    let worst: Vec<i32> = late.iter().take(3).map(|(_, p)| *p).collect();
    let at = props.open.map_or(parts.len(), |p| p as usize).min(parts.len());
    let band = |range: std::ops::Range<usize>| {
        let parts: Vec<_> = parts.get(range).unwrap_or_default().to_vec();
        let lanes: Vec<_> = parts.iter().map(followed).collect();
        html! { if !parts.is_empty() { <Band {parts} {lanes} {longest} worst={worst.clone()}/> } }
    };
    html! {
        <>
            { band(0..at) }
            if let Some(part) = parts.get(at) { <div class="pt-lens__open">{ row(part) }</div> }
            if at < parts.len() { { band(at + 1..parts.len()) } }
        </>
    }
}

/// Where an element of the grid stands: its partition, and its offset where it is a record.
fn place_of(element: &Element) -> Option<(i32, Option<i64>)> {
    if let Some(open) = element.get_attribute("data-open") {
        return Some((open.parse().ok()?, None));
    }
    let cell = element.get_attribute("data-cell")?;
    let row = element.closest("[data-part]").ok().flatten()?;
    Some((row.get_attribute("data-part")?.parse().ok()?, cell.parse().ok()))
}

/// Arrows move over records and rows; Home and End to a row's ends.
fn move_focus(grid: &Element, event: &KeyboardEvent) {
    let Some(at) = event.target_dyn_into::<Element>() else { return };
    let Some(row) = at.closest("[role=row]").ok().flatten() else { return };
    let all = |within: &Element, what: &str| -> Vec<Element> {
        let Ok(list) = within.query_selector_all(what) else { return Vec::new() };
        (0..list.length()).filter_map(|i| list.get(i)?.dyn_into().ok()).collect()
    };
    let cells = all(&row, "[data-cell]");
    let place = cells.iter().position(|c| *c == at).unwrap_or_default();
    let to = match event.key().as_str() {
        "ArrowRight" => cells.get(place + 1).cloned(),
        "ArrowLeft" => place.checked_sub(1).and_then(|p| cells.get(p)).cloned(),
        "Home" => cells.first().cloned(),
        "End" => cells.last().cloned(),
        key @ ("ArrowDown" | "ArrowUp") => {
            let rows = all(grid, "[role=row]");
            let at = rows.iter().position(|r| *r == row).unwrap_or_default();
            let next = if key == "ArrowDown" { rows.get(at + 1) } else { at.checked_sub(1).and_then(|p| rows.get(p)) };
            // Records of different partitions have nothing in common but their distance from the head.
            next.and_then(|row| {
                let others = all(row, "[data-cell]");
                let back = cells.len() - 1 - place;
                if place == 0 {
                    others.first().cloned()
                } else {
                    others.get(others.len().saturating_sub(1 + back).max(usize::from(others.len() > 1))).cloned()
                }
            })
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(to) = to.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = to.focus();
    }
}

#[derive(Properties, PartialEq)]
struct HeadProps {
    topic: Arc<TopicView>,
    /// It is the chosen one.
    on: bool,
    asks: bool,
    outcome: Option<Arc<Outcome>>,
    /// The group whose unread records the strips show.
    dense: Option<Arc<str>>,
}

#[component]
fn Head(props: &HeadProps) -> Html {
    let HeadProps { topic, asks, .. } = props;
    let desk = use_desk();
    if *asks {
        return confirm(&desk, topic);
    }
    let menu = {
        let (desk, name) = (desk.clone(), Arc::clone(&topic.name));
        move |event: MouseEvent| menu_of(&desk, &event, say::topic(&name), &Chosen::Topic(Arc::clone(&name)))
    };
    let min_isr = if topic.replication_factor > 1 { format!(", min ISR {}", topic.min_isr) } else { String::new() };
    html! {
        <div class="pt-topic__head">
            <h3><Pick thing={Chosen::Topic(Arc::clone(&topic.name))} on={props.on}>{ &*topic.name }</Pick></h3>
            <p>{ format!("{}, RF {}{min_isr}", words::counted(topic.partitions.len(), "partition"), topic.replication_factor) }</p>
            if !topic.key_prefix.is_empty() { <p class="pt-topic__key">{ format!("keys {}…", topic.key_prefix) }</p> }
            if let Some(outcome) = &props.outcome { { problem(outcome) } }
            <span class="pt-grow"/>
            if let Some(group) = &props.dense { <p class="pt-unread"><i/>{ format!("not yet read by {group}") }</p> }
            <p>{ words::counted(topic.records.max(0) as usize, "record") }</p>
            if !topic.internal {
                <button type="button" class="pt-btn pt-btn--icon" aria-haspopup="menu" aria-label={format!("{}: actions", topic.name)} onclick={menu}>{ icon(Icon::More) }</button>
            }
        </div>
    }
}

/// Asks in the topic's head, where its name stood.
fn confirm(desk: &Desk, topic: &Arc<TopicView>) -> Html {
    let delete = {
        let (desk, name) = (desk.clone(), Arc::clone(&topic.name));
        move |_: MouseEvent| {
            desk.act(Act::Confirm(None));
            desk.send(Place::Topic(Arc::clone(&name)), Command::DeleteTopic { name: name.to_string() });
        }
    };
    let keep = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Confirm(None))
    };
    html! {
        <div class="pt-topic__head" data-asks="" role="group" aria-label={format!("Delete {}?", topic.name)}>
            <p class="pt-ask">{ "Delete " }<b>{ &*topic.name }</b>{ format!(" and its {}? Clients that still use it may have it created again, empty.", words::counted(topic.records.max(0) as usize, "record")) }</p>
            <span class="pt-grow"/>
            <button type="button" class="pt-btn pt-btn--grave" onclick={delete}>{ "Delete topic" }</button>
            <button type="button" class="pt-btn pt-btn--edge" data-focus-here="" onclick={keep}>{ "Keep it" }</button>
        </div>
    }
}

#[component]
fn Legend() -> Html {
    html! {
        <div class="pt-legend" role="note" aria-label="Marks">
            <span><span class="pt-cell" data-f=""/>{ "committed" }</span>
            <span><span class="pt-cell" data-s="pending" data-f=""/>{ "uncommitted" }</span>
            <span><span class="pt-cell" data-s="tombstone" data-f=""/>{ "tombstone" }</span>
            <span><svg viewBox="0 0 12 12" style="width:12px" aria-hidden="true"><path d="M2 -1v12" stroke="currentColor"/><path d="M2 2l8 4.5-8 4.5z" fill="currentColor"/></svg>{ "committed offset" }</span>
            <span><svg viewBox="0 0 26 12" aria-hidden="true"><path d="M0 4.5h11M0 7.5h11" stroke="currentColor"/><circle cx="13" cy="6" r="3" fill="var(--paper)" stroke="currentColor" stroke-width="1.5"/><path d="M16 6h10" stroke="currentColor" stroke-width="1.75"/></svg>{ "position" }</span>
        </div>
    }
}
