//! Topics: each a head and its partitions, as a grid with one stop of the Tab key.

use super::cells::{Look, Window};
use super::grid::{move_focus, place_of};
use super::layout::{Lane, Layout};
use super::lens::{Band, Strip, longest};
use super::moved::{self, moved, told};
use super::order::{Orders, Sorted, place_of as place_in, standing};
use super::packets::Dot;
use super::partition::{Lit, Partition};
use super::reach::Reach;
use super::sight::{Sight, TURNS_UNSEEN};
use super::spans::spans;
use super::stepper::{Around, Stepper, around};
use crate::playground::Command;
use crate::ui::ask::use_answer;
use crate::ui::catalogue::{acts, common, scene as say, tables};
use crate::ui::chosen::{Chosen, Span};
use crate::ui::desk::{Desk, outcome, use_desk};
use crate::ui::filled::filled;
use crate::ui::geometry::TAPES_MAX;
use crate::ui::icons::{Icon, icon};
use crate::ui::panels::aim::Aim;
use crate::ui::panels::{menu_of, problem};
use crate::ui::pick::Pick;
use crate::ui::squares::Machines;
use crate::ui::state::{Act, Moved, Place, Sheet, Sorting, State};
use crate::view::query::TapeView;
use crate::view::query::story::Parties;
use crate::view::{Answer, Outcome, PartitionView, Query, TopicView, View};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlSelectElement};
use yew::prelude::*;

/// How far a wheel turns for a cell, in px.
const WHEEL_PX: f64 = 26.0;

#[derive(Properties, PartialEq)]
pub struct TopicsProps {
    pub view: Rc<View>,
    /// For the strips of dense topics: it may be another than the view of all else.
    pub strips: Rc<View>,
    pub state: Rc<State>,
    pub aim: Option<Aim>,
    pub orders: Rc<Orders>,
    pub dots: Rc<Vec<Dot>>,
    /// All of the view is shown; else as much of it as a frame has time for.
    pub whole: bool,
}

#[component]
pub fn Topics(props: &TopicsProps) -> Html {
    let TopicsProps { view, strips, state, aim, orders, dots, whole } = props;
    let desk = use_desk();
    let layout = Layout::new(view, state);
    let measures = state.size.measures();
    let room = state.size.cells().saturating_sub(measures.slots);
    let create = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Sheet(Some(Sheet::CreateTopic)))
    };
    let tabulate = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Tables(true))
    };
    let follow = |name: &Arc<str>| {
        let (desk, name) = (desk.clone(), Arc::clone(name));
        move |_: MouseEvent| desk.act(Act::Follow(Arc::clone(&name)))
    };
    let machines = Machines::of(view);
    let bands = Layout::new(strips, state);
    let topics = layout.topics.iter().map(|topic| {
        let groups = layout.groups_of(topic);
        let lit = aim.as_ref().filter(|a| a.topic == topic.name);
        let chosen = state.chosen.clone().filter(|c| c.topic() == Some(&topic.name));
        let open = Layout::opened(topic, lit.map(|a| a.partition), state);
        let place = Place::Topic(Arc::clone(&topic.name));
        let dense = topic.partitions.len() > TAPES_MAX;
        // Of a dense topic, the open row alone has lanes.
        let lanes = |p: &Arc<PartitionView>| {
            if dense && open != Some(p.index) { Vec::new() } else { layout.lanes(topic, &groups, p.index) }
        };
        let lanes: Vec<Vec<Lane>> = topic.partitions.iter().map(lanes).collect();
        let bands = dense.then(|| Bands::of(topic, &layout, &bands));
        html! {
            <Topic key={topic.name.to_string()} topic={Arc::clone(topic)} {lanes} {bands}
                machines={machines.clone()} {room} whole={*whole} touch={state.size.touch} slots={measures.slots} label={measures.label} lit={lit.cloned()} {chosen} rings={state.rings.iter().filter(|ring| ring.topic == topic.name).cloned().collect::<Vec<_>>()} span={state.span.clone().filter(|span| span.topic == topic.name)}
                dots={dots.iter().filter(|dot| dot.of.topic == topic.name).cloned().collect::<Vec<_>>()}
                parties={Rc::clone(&state.parties)} {open}
                moved={state.moved.get(&topic.name).cloned()} sorting={dense.then_some(state.sorting)} sorted={orders.get(&topic.name).cloned()} keys={Arc::clone(&view.keys)} asks={state.confirm.as_ref() == Some(&topic.name)} outcome={outcome(view, state, &place)} follow={layout.follow.map(|g| Arc::clone(&g.name))}/>
        }
    });
    let internal = view.topics.iter().filter(|t| t.internal).count();
    html! {
        <div class="pt-topics">
            <div class="pt-colhead">
                <h2>{ say::TOPICS }</h2>
                <button type="button" class="pt-btn" onclick={create}>{ icon(Icon::Plus) }{ say::CREATE_TOPIC }</button>
                <button type="button" class="pt-btn" aria-label={tables::SHOW} onclick={tabulate}>{ tables::TABLES }</button>
                if view.groups.len() > 1 {
                    <div class="pt-focus" role="group" aria-label={say::THREADS_OF}>
                        <span>{ say::THREADS_OF }</span>
                        { for view.groups.iter().take(4).map(|g| {
                            let on = layout.follow.is_some_and(|f| f.name == g.name);
                            html! { <button type="button" aria-pressed={if on { "true" } else { "false" }} onclick={follow(&g.name)}>{ &*g.name }</button> }
                        }) }
                    </div>
                }
            </div>
            <>{ for topics }</>
            if internal > 0 {
                <button type="button" class="pt-btn pt-internal" aria-pressed={if state.internal { "true" } else { "false" }} onclick={
                    let (desk, shown) = (desk.clone(), !state.internal);
                    move |_: MouseEvent| desk.act(Act::Internal(shown))
                }>{ if state.internal { say::HIDE_INTERNAL.to_owned() } else { say::show_internal(internal) } }</button>
            }
            <Legend/>
        </div>
    }
}

/// What a dense topic's strips show.
#[derive(Clone, PartialEq)]
struct Bands {
    topic: Arc<TopicView>,
    /// What the followed group has not read yet, by partition.
    lags: Vec<i64>,
}

impl Bands {
    /// Of the topic in the strips' view, where it is there and has as many partitions.
    fn of(topic: &Arc<TopicView>, now: &Layout<'_>, strips: &Layout<'_>) -> Self {
        let known = strips.topics.iter().find(|t| t.name == topic.name && t.partitions.len() == topic.partitions.len());
        let (topic, of) = known.map_or((topic, now), |known| (known, strips));
        Self { topic: Arc::clone(topic), lags: of.lags(topic) }
    }
}

#[derive(Properties, PartialEq)]
pub struct TopicProps {
    topic: Arc<TopicView>,
    machines: Machines,
    /// By partition.
    lanes: Vec<Vec<Lane>>,
    /// Of a dense topic.
    bands: Option<Bands>,
    room: usize,
    whole: bool,
    /// Fingers press, and not a pointer.
    touch: bool,
    slots: usize,
    label: usize,
    lit: Option<Aim>,
    chosen: Option<Chosen>,
    /// What the chosen frame carries of this topic, and what was dragged over.
    rings: Vec<Span>,
    /// Records on their way.
    dots: Vec<Dot>,
    span: Option<Span>,
    /// Whom the chosen event's causes and effects tell of.
    parties: Rc<Parties>,
    /// The open row of a dense topic.
    open: Option<i32>,
    /// Its tapes do not stand at their heads.
    moved: Option<Moved>,
    /// Of the session, in order of appearance.
    keys: Arc<Vec<Arc<str>>>,
    /// Of a dense topic: what its strips are ordered by, and how they stand where that is not by number.
    sorting: Option<Sorting>,
    sorted: Option<Sorted>,
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

    let tapes = use_tapes(props);
    let (sight, row_shown, head) = use_open_row(props);
    // The strip that was pressed is gone when its row has opened: the focus goes on there.
    let opened = use_mut_ref(|| false);
    {
        let (grid, opened) = (grid.clone(), opened.clone());
        use_effect_with(props.open, move |open| {
            let row = open.filter(|_| opened.replace(false)).map(|open| format!("[data-part=\"{open}\"] .pt-part__no"));
            let number = row.and_then(|row| grid.cast::<Element>()?.query_selector(&row).ok().flatten());
            if let Some(number) = number.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
                let _ = number.focus();
            }
        });
    }
    let go: Rc<dyn Fn(i64)> = {
        let (desk, topic, before) = (desk.clone(), Arc::clone(topic), props.moved.clone());
        Rc::new(move |by: i64| desk.act(Act::Move(Arc::clone(&topic.name), moved(&topic, before.as_ref(), by))))
    };
    let around = around(topic.partitions.len(), props.open, props.sorted.as_ref());
    let reach = Reach {
        desk: desk.clone(),
        topic: Arc::clone(&topic.name),
        span: props.span.clone(),
        drag: use_mut_ref(|| None),
        finger: use_mut_ref(Default::default),
        slide: Rc::clone(&go),
    };
    let onkeydown = {
        let (grid, go, page, reach) = (grid.clone(), Rc::clone(&go), props.room as i64, reach.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(grid) = grid.cast::<Element>() else { return };
            match event.key().as_str() {
                "PageUp" => go(page),
                "PageDown" => go(-page),
                "ArrowLeft" | "ArrowRight" if event.shift_key() => return reach.by_key(&grid, &event),
                _ => return move_focus(&grid, &event),
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let (onpointerdown, onpointermove, onpointerup, onkeyup, oncontextmenu) = reach.handlers();
    let onwheel = {
        let go = Rc::clone(&go);
        Callback::from(move |event: WheelEvent| {
            // Up and down is the stage's; across, or with Shift, the tapes'.
            let across = if event.shift_key() && event.delta_x() == 0.0 { event.delta_y() } else { event.delta_x() };
            if across.abs() > event.delta_y().abs() || (event.shift_key() && across != 0.0) {
                event.prevent_default();
                let cells = (across.abs() / WHEEL_PX).ceil() as i64;
                go(if across < 0.0 { cells } else { -cells });
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
        let (desk, topic, page, opened, reach) = (desk.clone(), Arc::clone(&topic.name), props.room as i64, opened.clone(), reach.clone());
        Callback::from(move |event: MouseEvent| {
            let Some(at) = event.target_dyn_into::<Element>() else { return };
            if let Ok(Some(by)) = at.closest("[data-move]") {
                let forth = by.get_attribute("data-move").as_deref() == Some("forth");
                return go(if forth { i64::MIN / 2 } else { page });
            }
            let Some((partition, offset)) = place_of(&at) else { return };
            if offset.is_some_and(|offset| reach.takes(&event, partition, offset)) {
                return;
            }
            *opened.borrow_mut() = at.has_attribute("data-open");
            let topic = Arc::clone(&topic);
            desk.act(Act::Choose(match offset {
                Some(offset) => Chosen::Record { topic, partition, offset },
                None => Chosen::Partition { topic, partition },
            }));
        })
    };
    let onmouseover = {
        let (desk, of, tapes) = (desk.clone(), Arc::clone(topic), tapes.clone());
        let topic = Arc::clone(&topic.name);
        Callback::from(move |event: MouseEvent| {
            let Some(at) = event.target_dyn_into::<Element>() else { return };
            tell(&at, &of, tapes.as_deref());
            let row = at.closest("[data-part], [data-open]").ok().flatten();
            let partition = row.and_then(|row| row.get_attribute("data-part").or_else(|| row.get_attribute("data-open")));
            let partition = partition.and_then(|p| p.parse().ok());
            desk.act(Act::Near(partition.map(|p| (Arc::clone(&topic), p))));
        })
    };
    let onmouseleave = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| desk.act(Act::Near(None)))
    };

    let row = |part: &Arc<PartitionView>| {
        let lit = props.lit.as_ref().filter(|aim| aim.partition == part.index);
        let (part, lanes) = match &row_shown {
            Some(shown) => (&shown.part, shown.lanes.clone()),
            None => (part, props.lanes.get(part.index as usize).cloned().unwrap_or_default()),
        };
        let (part, window) = match &props.moved {
            Some(moved) => (&told(part, tapes_of(tapes.as_deref()), &props.keys), moved::window(part, moved, props.room)),
            None => (part, Window::of(part, props.room, short)),
        };
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
            rings: props.rings.iter().filter(|ring| ring.partition == part.index).cloned().collect(),
            span: props.span.clone().filter(|span| span.partition == part.index),
        };
        let lit = lit.map(|aim| Lit { hue: aim.hue, label: aim.label(&topic.key_prefix, props.label) });
        html! {
            <Partition key={part.index} topic={Arc::clone(&topic.name)} min_isr={topic.min_isr} part={Arc::clone(part)} machines={props.machines.clone()} {lanes} {window} slots={props.slots} {look} {lit}
                chosen={chosen(false).is_some()} dots={props.dots.iter().filter(|dot| dot.of.partition == part.index).cloned().collect::<Vec<_>>()} told={props.parties.partitions.iter().any(|(t, p)| *t == topic.name && *p == part.index)} stop={here && cell.is_none()} sight={row_shown.as_ref().map(|_| sight.clone())}/>
        }
    };
    html! {
        <section class="pt-topic" data-topic={topic.name.to_string()} aria-label={acts::topic(&topic.name)}>
            <Head topic={head} on={matches!(props.chosen, Some(Chosen::Topic(_)))} asks={props.asks} outcome={props.outcome.clone()} sorting={props.sorting} dense={dense.then(|| props.follow.clone()).flatten()} at={(dense && !props.touch).then_some(around)}/>
            if dense && props.touch { <Stepper topic={Arc::clone(&topic.name)} at={around} touch=true/> }
            <div role="grid" ref={grid} aria-label={say::grid(&topic.name, topic.partitions.len())}
                class={dense.then_some("pt-lens")} aria-multiselectable="true" {onkeydown} {onkeyup} {onpointerdown} {onpointermove} onpointercancel={onpointerup.clone()} {onpointerup} {oncontextmenu} {onfocusin} {onclick} {onwheel} {onmouseover} {onmouseleave}>
                if let Some(bands) = &props.bands { { lens(props, bands, stop.0, &row) } } else { <>{ for topic.partitions.iter().map(row) }</> }
            </div>
        </section>
    }
}

/// What the open row of a dense topic shows.
#[derive(Clone)]
struct OpenRow {
    part: Arc<PartitionView>,
    lanes: Vec<Lane>,
}

/// Whether the open row of a dense topic is in sight, and what it shows: where a frame has no time for all, and nobody sees it, what it
/// showed before. None of other topics. And what the topic's head shows: the turn that draws such a row is for it alone.
#[hook]
fn use_open_row(props: &TopicProps) -> (Sight, Option<OpenRow>, Arc<TopicView>) {
    let sight = use_memo((), |()| Sight::default());
    let kept = use_mut_ref(|| (Arc::clone(&props.topic), 0, None::<OpenRow>));
    let head = use_mut_ref(|| Arc::clone(&props.topic));
    let (known, turn, shown) = &mut *kept.borrow_mut();
    let open = props.bands.as_ref().and(props.open).and_then(|open| props.topic.partitions.get(open as usize));
    // A view of the topic: others are for the strips alone.
    let comes = !Arc::ptr_eq(known, &props.topic);
    if comes {
        (*known, *turn) = (Arc::clone(&props.topic), (*turn + 1) % TURNS_UNSEEN);
    }
    let is_due = comes && *turn == 0;
    let unseen = !(props.whole || sight.is_seen());
    let stays = |shown: &OpenRow| unseen && !is_due && open.is_some_and(|open| open.index == shown.part.index);
    if !shown.as_ref().is_some_and(stays) {
        let lanes = |open: &Arc<PartitionView>| props.lanes.get(open.index as usize).cloned().unwrap_or_default();
        *shown = open.map(|open| OpenRow { part: Arc::clone(open), lanes: lanes(open) });
    }
    if !unseen || open.is_none() || (comes && !is_due) {
        *head.borrow_mut() = Arc::clone(&props.topic);
    }
    ((*sight).clone(), shown.clone(), Arc::clone(&*head.borrow()))
}

/// What was asked for where the tapes were moved: older records of the rows that are drawn.
#[hook]
fn use_tapes(props: &TopicProps) -> Option<Rc<Answer>> {
    let TopicProps { topic, open, .. } = props;
    let dense = topic.partitions.len() > TAPES_MAX;
    let drawn = topic.partitions.iter().filter(|part| !dense || *open == Some(part.index));
    // Where a transaction in sight has ended, what was told of its records is old.
    let mut stable = 0;
    let query = props.moved.as_ref().map(|at| {
        let stretch = |part: &Arc<PartitionView>| {
            let stretch = moved::stretch(part, moved::window(part, at, props.room));
            stable += part.last_stable.min(stretch.to);
            stretch
        };
        Query::Tapes { topic: topic.name.to_string(), stretches: drawn.map(stretch).collect() }
    });
    use_answer(query, stable.unsigned_abs())
}

fn tapes_of(answer: Option<&Answer>) -> &[TapeView] {
    if let Some(Answer::Tapes { tapes }) = answer { tapes } else { &[] }
}

/// A record under the pointer says what it is: offset, key, value, time. It is put into words when it is pointed at, and not before.
fn tell(at: &Element, topic: &TopicView, tapes: Option<&Answer>) {
    let Some((partition, Some(offset))) = place_of(at) else { return };
    let asked = tapes_of(tapes).iter().filter(|tape| tape.stretch.partition == partition).flat_map(|tape| &tape.records);
    let shown = topic.partitions.iter().filter(|part| part.index == partition).flat_map(|part| &part.window);
    if let Some(record) = asked.chain(shown).find(|record| record.offset == offset) {
        // The next view puts nothing in its place: a cell stands for one offset as long as it is there.
        drop(at.set_attribute("title", &say::record(record)));
    }
}

/// The strips of a dense topic, parted by its open row.
fn lens(props: &TopicProps, bands: &Bands, stop: i32, row: &dyn Fn(&Arc<PartitionView>) -> Html) -> Html {
    let sorted = props.sorted.as_ref();
    let parts = standing(&bands.topic.partitions, sorted);
    let lags = standing(&bands.lags, sorted);
    let rates = sorted.and_then(|s| s.rates.as_ref()).map(|rates| standing(rates, sorted));
    let open = props.open.and_then(|open| place_in(open, sorted));
    let mut spans = spans(parts.len(), open);
    let is_open = |span: &Range<usize>| span.len() == 1 && open == Some(span.start);
    let at = spans.iter().position(is_open);
    let after = at.map_or_else(Vec::new, |at| spans.split_off(at));
    let band = |spans: &[Range<usize>]| {
        let of = |span: &Range<usize>| {
            let lag = lags.get(span.clone()).unwrap_or_default().iter().copied().max().unwrap_or_default();
            let rate = rates.as_ref().map(|rates| rates.get(span.clone()).unwrap_or_default().iter().sum());
            Strip { parts: parts.get(span.clone()).unwrap_or_default().to_vec(), lag, rate }
        };
        let stop = if (stop as usize) < parts.len() { stop } else { 0 };
        let by_number = sorted.is_none();
        html! { <Band strips={spans.iter().map(of).collect::<Vec<_>>()} longest={longest(&bands.topic)} machines={props.machines.clone()} {by_number} {stop}/> }
    };
    let lanes = props.open.and_then(|open| props.lanes.get(open as usize)).map_or(0, Vec::len);
    html! {
        <>
            if !spans.is_empty() { { band(&spans) } }
            if let Some(part) = after.first().and_then(|span| parts.get(span.start)).and_then(|part| props.topic.partitions.get(part.index as usize)) { <div class="pt-lens__open" style={format!("--lanes:{lanes}")}>{ row(part) }</div> }
            if after.len() > 1 { { band(after.get(1..).unwrap_or_default()) } }
        </>
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
    sorting: Option<Sorting>,
    /// Of a dense topic, where a pointer presses: which strip is open.
    at: Option<Around>,
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
        move |event: MouseEvent| menu_of(&desk, &event, acts::topic(&name), &Chosen::Topic(Arc::clone(&name)))
    };
    let shape = say::shape(topic.partitions.len(), topic.replication_factor, topic.min_isr);
    html! {
        <div class="pt-topic__head" data-steps={props.at.map(|_| "")}>
            <h3><Pick thing={Chosen::Topic(Arc::clone(&topic.name))} on={props.on}>{ &*topic.name }</Pick></h3>
            <p title={shape.clone()}>{ shape }</p>
            if !topic.key_prefix.is_empty() { <p class="pt-topic__key">{ say::keys(&topic.key_prefix) }</p> }
            if let Some(outcome) = &props.outcome { { problem(outcome) } }
            <span class="pt-grow"/>
            if let Some(at) = props.at { <Stepper topic={Arc::clone(&topic.name)} {at} touch=false/> }
            if let Some(by) = props.sorting { { sorter(&desk, topic, by) } }
            if let Some(group) = &props.dense { <p class="pt-unread"><i/>{ say::unread(group) }</p> }
            { count(topic.records) }
            if !topic.internal {
                <button type="button" class="pt-btn pt-btn--icon" aria-haspopup="menu" aria-label={common::actions(&topic.name)} onclick={menu}>{ icon(Icon::More) }</button>
            }
        </div>
    }
}

/// How many records there are: in a box of its own, as wide as its letters may be, so that nothing is laid out anew with each record.
fn count(records: i64) -> Html {
    let said = common::records(records);
    html! { <p class="pt-count" style={format!("--n:{}", said.chars().count())}><span>{ said }</span></p> }
}

/// What strips are ordered by.
fn sorter(desk: &Desk, topic: &TopicView, by: Sorting) -> Html {
    let sort = {
        let desk = desk.clone();
        move |event: Event| {
            let at = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            desk.act(Act::Sort(usize::try_from(at).ok().and_then(|at| Sorting::ALL.get(at).copied()).unwrap_or_default()));
        }
    };
    html! {
        <span class="pt-select pt-sort"><select class="pt-field" aria-label={say::sort_of(&topic.name)} title={say::SORT} onchange={sort}>
            { for Sorting::ALL.map(|it| html! { <option selected={it == by}>{ say::sorting(it) }</option> }) }
        </select>{ icon(Icon::Down) }</span>
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
        <div class="pt-topic__head" data-asks="" role="group" aria-label={say::delete(&topic.name)}>
            <p class="pt-ask">{ filled(say::DELETE_SURE, &[html! { <b>{ &*topic.name }</b> }, common::records(topic.records).into()]) }</p>
            <span class="pt-grow"/>
            <button type="button" class="pt-btn pt-btn--grave" onclick={delete}>{ say::DELETE }</button>
            <button type="button" class="pt-btn pt-btn--edge" data-focus-here="" onclick={keep}>{ say::KEEP }</button>
        </div>
    }
}

#[component]
fn Legend() -> Html {
    html! {
        <div class="pt-legend" role="note" aria-label={say::MARKS}>
            <span><span class="pt-cell" data-f=""/>{ say::COMMITTED }</span>
            <span><span class="pt-cell" data-s="pending" data-f=""/>{ say::UNCOMMITTED }</span>
            <span><span class="pt-cell" data-s="tombstone" data-f=""/>{ say::TOMBSTONE }</span>
            <span><span class="pt-cell" data-again="" data-f=""/>{ say::DUPLICATE }</span>
            <span><span class="pt-cell" data-s="aborted" data-f=""/>{ say::ABORTED_MARK }</span>
            <span><span class="pt-cell" data-s="hole" data-f=""/>{ say::COMPACTED }</span>
            <span><svg viewBox="0 0 12 12" style="width:12px" aria-hidden="true"><path d="M2 -1v12" stroke="currentColor"/><path d="M2 2l8 4.5-8 4.5z" fill="currentColor"/></svg>{ say::COMMITTED_OFFSET }</span>
            <span><svg viewBox="0 0 26 12" aria-hidden="true"><path d="M0 4.5h11M0 7.5h11" stroke="currentColor"/><circle cx="13" cy="6" r="3" fill="var(--paper)" stroke="currentColor" stroke-width="1.5"/><path d="M16 6h10" stroke="currentColor" stroke-width="1.75"/></svg>{ say::POSITION }</span>
        </div>
    }
}
