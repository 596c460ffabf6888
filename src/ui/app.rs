//! The application: takes views from its source, keeps what the person chose, and lays out the parts.

use super::announcer::Announcer;
use super::catalogue::page as say;
use super::desk::Desk;
use super::door::Door;
use super::drawer::{Drawer, SheetBar};
use super::explain::Words;
use super::first::Steps;
use super::focus::use_focus;
use super::geometry::{Class, Size, TAPES_MAX};
use super::icons::{Icon, icon};
use super::inspector::Inspector;
use super::keys::press;
use super::palette::Palette;
use super::panels::aim::Aim;
use super::panels::{
    Brokers, CreateSheet, DeleteSheet, Empty, FaultSheet, GroupSheet, Histories, Marks, MenuLayer, NetworkSheet, PartitionsSheet,
    ProducerSheet, Producers, Publish, ResetSheet, Rewinds, SessionSheet, Timeline, Transport,
};
use super::source::{self, Connection, Part, Source, Update};
use super::stage::{Dot, End, Groups, Layout, Orders, Thread, Threads, Topics, on_thread, use_orders, use_packets};
use super::state::{Act, Pane, Sheet, State};
use super::story::use_story;
use super::tables::Tables;
use super::undone::use_known_event;
use crate::view::{EventSign, TopicView, View};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, MediaQueryList, ResizeObserver};
use yew::prelude::*;

/// What the element's attributes say.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct AppProps {
    /// Where views come from; see [`source::open`].
    #[prop_or_default]
    pub source: Option<String>,
    #[prop_or(AppProps::SEED)]
    pub seed: u64,
    /// `light` or `dark`; none: as the reader prefers.
    #[prop_or_default]
    pub theme: Option<String>,
    /// The session to open: a link's fragment.
    #[prop_or_default]
    pub session: Option<String>,
    /// The page around opens links to sessions.
    #[prop_or_default]
    pub linked: bool,
    /// See [`source::Begin::keep`].
    #[prop_or_default]
    pub keep: Option<String>,
    /// See [`source::Begin::remember`].
    #[prop_or_else(Callback::noop)]
    pub remember: Callback<String>,
    /// Where the page's scripts come in.
    #[prop_or_default]
    pub door: Door,
}

impl AppProps {
    /// The seed of an element that names none.
    pub const SEED: u64 = 42;
}

#[component]
pub fn App(props: &AppProps) -> Html {
    let theme = match props.theme.as_deref() {
        Some("light") => Some("light"),
        Some("dark") => Some("dark"),
        _ => None,
    };
    let state = use_reducer(|| State::new(theme));
    let views = use_mut_ref(|| None::<Views>);
    let view = use_state(|| None::<Views>);
    let connection = use_state(|| Connection::Opening);
    let source = use_state(|| None::<Rc<dyn Source>>);
    let opened = use_mut_ref(|| None::<String>);
    {
        let (view, connection, source, dispatch, opened) =
            (view.clone(), connection.clone(), source.clone(), state.dispatcher(), opened.clone());
        let (session, door, remember) = (props.session.clone(), props.door.clone(), props.remember.clone());
        use_effect_with((props.source.clone(), props.seed, props.linked, props.keep.clone()), move |(name, seed, linked, keep)| {
            let shown = door.clone();
            let updates = Callback::from(move |update| match update {
                Update::View(next, part) => {
                    shown.show(&next);
                    let mut views = views.borrow_mut();
                    let next = Views::after(views.take(), next, part);
                    view.set(Some(next.clone()));
                    *views = Some(next);
                }
                Update::Connection(next) => connection.set(next),
                Update::Said(said) => dispatch.dispatch(Act::Shared(said)),
            });
            opened.borrow_mut().clone_from(&session);
            let begin = source::Begin { seed: *seed, session, linked: *linked, keep: keep.clone(), remember };
            let opened = source::open(name.as_deref(), begin, updates);
            door.lead_to(Some(Rc::clone(&opened)));
            source.set(Some(opened));
            // The source ends with its last reference.
            move || {
                door.lead_to(None);
                source.set(None);
            }
        });
    }
    {
        let (source, dispatch) = (source.clone(), state.dispatcher());
        use_effect_with(props.session.clone(), move |session| {
            // Another link than the one that the source began with.
            if let (Some(session), Some(source)) = (session, &*source)
                && opened.borrow().as_ref() != Some(session)
                && let Err(reason) = source.open_text(session)
            {
                dispatch.dispatch(Act::Shared(Some((reason, true))));
            }
            opened.borrow_mut().clone_from(session);
        });
    }
    match &*source {
        Some(source) => {
            html! { <Page key={source_key(source)} source={SourceRef(Rc::clone(source))} views={(*view).clone()} connection={(*connection).clone()} {state}/> }
        }
        None => Html::default(),
    }
}

fn source_key(source: &Rc<dyn Source>) -> String {
    format!("{:p}", Rc::as_ptr(source))
}

/// The newest view, and those that the parts which take turns show.
#[derive(Clone, PartialEq)]
struct Views {
    newest: Rc<View>,
    /// What the bar and the session's line show.
    time: Rc<View>,
    rail: Rc<View>,
    topics: Rc<View>,
    strips: Rc<View>,
    threads: Rc<View>,
    groups: Rc<View>,
    details: Rc<View>,
    /// The newest is for all of them.
    whole: bool,
}

impl Views {
    /// A view has come, for one of the parts or for all.
    fn after(before: Option<Self>, newest: Rc<View>, part: Option<Part>) -> Self {
        let all = |view: &Rc<View>| Self {
            newest: Rc::clone(view),
            time: Rc::clone(view),
            rail: Rc::clone(view),
            topics: Rc::clone(view),
            strips: Rc::clone(view),
            threads: Rc::clone(view),
            groups: Rc::clone(view),
            details: Rc::clone(view),
            whole: true,
        };
        let Some((before, part)) = before.zip(part) else { return all(&newest) };
        let view = Rc::clone(&newest);
        // The time comes with those that take least.
        let time = if matches!(part, Part::Line | Part::Threads) { Rc::clone(&view) } else { before.time };
        let before = Self { newest, time, whole: false, ..before };
        match part {
            Part::Line => before,
            Part::Rail => Self { rail: view, ..before },
            Part::Topics => Self { topics: view, ..before },
            Part::Strips => Self { strips: view, ..before },
            Part::Threads => Self { threads: view, ..before },
            Part::Groups => Self { groups: view, ..before },
            Part::Details => Self { details: view, ..before },
        }
    }
}

#[derive(Clone)]
struct SourceRef(Rc<dyn Source>);

impl PartialEq for SourceRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Properties, PartialEq)]
struct PageProps {
    source: SourceRef,
    views: Option<Views>,
    connection: Connection,
    state: UseReducerHandle<State>,
}

#[component]
fn Page(props: &PageProps) -> Html {
    let PageProps { views, connection, .. } = props;
    let view = views.as_ref().map(|views| &views.newest);
    let handle = &props.state;
    let state = use_shared(handle);
    let root = use_node_ref();
    let desk = {
        let (state, source, root) = (handle.clone(), props.source.0.clone(), root.clone());
        (*use_memo((), move |()| Desk::new(state, source, root))).clone()
    };
    use_sizes(&root, &desk, view.is_some());
    use_known_event(view.map(Rc::as_ref), handle);
    use_chosen_in_sight(&root, &state);
    let (onfocusin, onfocusout) = use_focus(&root, &state);
    let onkeydown = {
        let (desk, view, state) = (desk.clone(), view.cloned(), Rc::clone(&state));
        Callback::from(move |event: KeyboardEvent| press(&event, &desk, view.as_deref(), &state))
    };
    let prefers_dark = use_prefers("(prefers-color-scheme: dark)");
    let dark = state.theme.map_or(prefers_dark, |theme| theme == "dark");
    let live = view.and_then(|v| v.clock.as_ref()).is_none_or(|c| c.speed_tenths <= 100);
    let flood = view.is_some_and(|v| is_flood(v));
    let empty = Rc::new(View::default());
    let refused = state.time_refused.clone().map(|reason| (reason, true));
    let said = refused.or_else(|| state.shared.clone());
    let shown = view.unwrap_or(&empty);
    let time = views.as_ref().map_or(&empty, |views| &views.time);
    desk.show(shown, handle);
    html! {
        <ContextProvider<Desk> context={desk}>
            <div class="pt" ref={root} data-theme={state.theme} data-pane={state.pane.name()} data-sheet={state.sheet.as_ref().map(Sheet::name)}
                data-folded={state.folded.then_some("")} style={format!("--drawer: {}px", state.drawer.unwrap_or_else(|| state.size.drawer()))}
                data-live={(live && !flood && view.is_some()).then_some("")} data-ready={view.map(|_| "")} data-reads={state.reads_record().then_some("")} data-rewinds={time.timeline.as_ref().map(|_| "")} {onkeydown} {onfocusin} {onfocusout}>
                <div class="pt-frame">
                    <Transport now={time.now} clock={time.clock.clone()} rewinds={time.timeline.as_deref().map(Rewinds::of)} {said} seed={time.seed} connection={connection.clone()} {dark}
                        bootstrap={time.bootstrap.join(", ")}/>
                    if let Some(line) = &time.timeline { <Timeline line={Arc::clone(line)} width={state.size.width}/> }
                    if let Some(views) = views {
                        <Parts views={views.clone()} state={Rc::clone(&state)}/>
                    } else {
                        <div class="pt-stage" data-waiting=""><p class="pt-waiting" role="status">{ waiting(connection) }</p></div>
                    }
                    <Panes pane={state.pane}/>
                </div>
                if let Some(menu) = &state.menu { <MenuLayer menu={menu.clone()}/> }
                <Announcer view={Rc::clone(shown)} quiet={!live}/>
            </div>
        </ContextProvider<Desk>>
    }
}

/// The state as what is drawn shares it: the same for as long as nothing in it is another, so that it is compared at a glance.
#[hook]
fn use_shared(handle: &UseReducerHandle<State>) -> Rc<State> {
    let shared = use_mut_ref(|| Rc::new((**handle).clone()));
    let mut shared = shared.borrow_mut();
    if **shared != **handle {
        *shared = Rc::new((**handle).clone());
    }
    Rc::clone(&shared)
}

/// Records are written faster than an eye could follow each: nothing moves by itself then.
const FLOOD_PER_MINUTE: u64 = 12_000;

fn is_flood(view: &View) -> bool {
    let written: u64 = view.producers.iter().filter(|p| p.running).map(|p| u64::from(p.per_minute)).sum();
    let tenths = view.clock.as_ref().map_or(10, |clock| u64::from(clock.speed_tenths));
    written * tenths / 10 > FLOOD_PER_MINUTE
}

const fn waiting(connection: &Connection) -> &'static str {
    match connection {
        Connection::Open => say::BROKERS_START,
        Connection::Opening => say::STARTING,
        Connection::Lost { .. } => say::NO_ANSWER,
        Connection::Refused(_) => say::REFUSED,
    }
}

#[derive(Properties, PartialEq)]
struct PartsProps {
    views: Views,
    state: Rc<State>,
}

#[component]
fn Parts(props: &PartsProps) -> Html {
    let PartsProps { views, state } = props;
    let Views { newest: view, rail, topics, strips, threads, groups, details, .. } = views;
    use_story(view, state);
    let aim = Aim::of(view, state);
    let orders = use_orders(topics, state);
    let reduced = use_prefers("(prefers-reduced-motion: reduce)");
    let dots = use_packets(topics, state, !reduced);
    // What the others' turns bring moves no thread.
    let of = (Rc::clone(threads), Rc::clone(state), aim.clone(), Rc::clone(&orders), Rc::clone(&dots), reduced);
    let threads = use_memo(of, |(view, state, aim, orders, dots, reduced)| drawn(view, state, aim.as_ref(), orders, dots, *reduced));
    let none = topics.topics.iter().all(|t| t.internal);
    html! {
        <>
            <Steps view={Rc::clone(rail)} state={Rc::clone(state)}/>
            <aside class="pt-rail" aria-label={say::RAIL}>
                <Publish view={Rc::clone(rail)} state={Rc::clone(state)} aim={aim.clone()}/>
                <Producers view={Rc::clone(rail)} state={Rc::clone(state)} whole={views.whole}/>
                <Brokers view={Rc::clone(rail)} state={Rc::clone(state)}/>
            </aside>
            <section class="pt-stage" aria-label={say::STAGE} tabindex="-1">
                if state.tables {
                    <Tables view={Rc::clone(topics)} state={Rc::clone(state)}/>
                } else if none {
                    <Empty view={Rc::clone(view)} state={Rc::clone(state)}/>
                } else {
                    <Topics view={Rc::clone(topics)} strips={Rc::clone(strips)} state={Rc::clone(state)} aim={aim.clone()} orders={Rc::clone(&orders)} dots={Rc::clone(&dots)} whole={views.whole}/>
                    { (*threads).clone() }
                    <Groups view={Rc::clone(groups)} state={Rc::clone(state)} whole={views.whole}/>
                }
            </section>
            { match &state.sheet {
                Some(Sheet::CreateTopic) if !none || state.tables => html! { <CreateSheet view={Rc::clone(view)} state={Rc::clone(state)}/> },
                Some(Sheet::AddGroup) => html! { <GroupSheet key="new" view={Rc::clone(view)} state={Rc::clone(state)}/> },
                Some(Sheet::AddMember(group)) => html! { <GroupSheet key={group.to_string()} view={Rc::clone(view)} state={Rc::clone(state)} group={Arc::clone(group)}/> },
                Some(Sheet::AddProducer(topic)) => html! { <ProducerSheet view={Rc::clone(view)} state={Rc::clone(state)} topic={topic.clone()}/> },
                Some(Sheet::DeleteRecords(topic, partition)) => html! { <DeleteSheet key={format!("{topic} {partition}")} view={Rc::clone(view)} state={Rc::clone(state)} topic={Arc::clone(topic)} partition={*partition}/> },
                Some(Sheet::AddPartitions(topic)) => html! { <PartitionsSheet key={topic.to_string()} view={Rc::clone(view)} state={Rc::clone(state)} topic={Arc::clone(topic)}/> },
                Some(Sheet::Reset(group)) => html! { <ResetSheet key={group.to_string()} view={Rc::clone(view)} state={Rc::clone(state)} group={Arc::clone(group)}/> },
                Some(Sheet::Faults(node)) => html! { <FaultSheet view={Rc::clone(view)} state={Rc::clone(state)} node={*node}/> },
                Some(Sheet::Session) => html! { <SessionSheet view={Rc::clone(view)} state={Rc::clone(state)}/> },
                Some(Sheet::Histories) => html! { <Histories view={Rc::clone(view)} state={Rc::clone(state)}/> },
                Some(Sheet::Network) => html! { <NetworkSheet view={Rc::clone(view)} state={Rc::clone(state)}/> },
                Some(Sheet::Marks) => html! { <Marks/> },
                Some(Sheet::Palette) => html! { <Palette/> },
                Some(Sheet::Words(words)) => html! { <Words words={words.clone()}/> },
                Some(Sheet::CreateTopic | Sheet::Publish | Sheet::Brokers | Sheet::Drawer) | None => Html::default(),
            } }
            <Drawer view={Rc::clone(details)} state={Rc::clone(state)}/>
            <Inspector view={Rc::clone(details)} state={Rc::clone(state)}/>
            <SheetBar sheet={state.sheet.clone()} tab={state.tab}/>
        </>
    }
}

fn drawn(view: &View, state: &State, aim: Option<&Aim>, orders: &Orders, dots: &[Dot], reduced: bool) -> Html {
    let measures = state.size.measures();
    if state.size.class() == Class::Phone {
        return Html::default();
    }
    let layout = Layout::new(view, state);
    let lit = |topic: &TopicView| aim.filter(|a| a.topic == topic.name).map(|a| a.partition);
    let (threads, height) = layout
        .threads(state, orders, |topic| if topic.partitions.len() > TAPES_MAX { Layout::opened(topic, lit(topic), state) } else { None });
    let fast = view.clock.as_ref().is_some_and(|c| c.speed_tenths > 100);
    let last = || view.events.iter().rev().find(|e| !e.background && e.sign != EventSign::Record).map_or(0, |e| e.id);
    let still = (fast || reduced).then(last);
    let dots: Vec<_> = dots.iter().filter_map(|dot| place_of(dot, view, &threads, measures.threads)).collect();
    html! { <Threads {threads} {dots} width={measures.threads} {height} chosen={state.chosen.is_some()} {still}/> }
}

/// Where on its thread a record is that is on its way to a member.
fn place_of(dot: &Dot, view: &View, threads: &[Thread], width: f64) -> Option<(f64, f64)> {
    let group = dot.group(view)?;
    let is = |thread: &&Thread| thread.group == group.name && thread.topic == dot.of.topic && thread.partition == dot.of.partition;
    let thread = threads.iter().find(is)?;
    match thread.end {
        End::Owner(to) | End::Assigned(to) => Some(on_thread(dot.share, width, thread.from, to)),
        End::Lost(_) | End::Loose => None,
    }
}

#[derive(Properties, PartialEq)]
struct PanesProps {
    pane: Pane,
}

/// The phone's tabs.
#[component]
fn Panes(props: &PanesProps) -> Html {
    let desk = super::desk::use_desk();
    let tab = |pane: Pane| {
        let (sign, name) = match pane {
            Pane::Log => (Icon::Log, say::LOG),
            Pane::Groups => (Icon::People, say::GROUPS),
            Pane::Publish => (Icon::Pen, say::PUBLISH),
            Pane::Brokers => (Icon::Rack, say::BROKERS),
            Pane::Trace => (Icon::Why, say::TRACE),
        };
        let desk = desk.clone();
        html! {
            <button type="button" aria-pressed={if props.pane == pane { "true" } else { "false" }} onclick={move |_: MouseEvent| desk.act(Act::Pane(pane))}>{ icon(sign) }{ name }</button>
        }
    };
    html! { <nav class="pt-tabbar" aria-label={say::VIEWS}>{ for Pane::ALL.map(tab) }</nav> }
}

fn prefers(query: &str) -> bool {
    media(query).is_some_and(|query| query.matches())
}

fn media(query: &str) -> Option<MediaQueryList> {
    gloo::utils::window().match_media(query).ok().flatten()
}

/// The same, for what is drawn with every view: the browser is asked for the query once.
#[hook]
fn use_prefers(query: &'static str) -> bool {
    (*use_memo(query, |query| media(query))).as_ref().is_some_and(MediaQueryList::matches)
}

/// Follows the element's own size, and its stage's, which comes with the first view.
#[hook]
fn use_sizes(root: &NodeRef, desk: &Desk, stands: bool) {
    let (root, desk) = (root.clone(), desk.clone());
    use_effect_with(stands, move |_| {
        let stage = |root: &Element| root.query_selector(".pt-stage").ok().flatten();
        let watched = root.clone();
        let measure = Closure::<dyn Fn()>::new(move || {
            let Some(root) = watched.cast::<Element>() else { return };
            let stage = stage(&root).map_or(0, |s| s.client_width());
            let width = f64::from(root.client_width());
            if width > 0.0 {
                // A stage that is hidden on the phone will be as wide as all.
                let stage = if stage == 0 { width } else { f64::from(stage) };
                desk.act(Act::Sized(Size { width, height: f64::from(root.client_height()), stage, touch: prefers("(pointer: coarse)") }));
            }
        });
        let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(root)) = (&observer, root.cast::<Element>()) {
            observer.observe(&root);
            if let Some(stage) = stage(&root) {
                // A scroll bar changes its width alone.
                observer.observe(&stage);
            }
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(measure);
        }
    });
}

/// What was chosen stays in sight when the inspector comes up beside or below it.
#[hook]
fn use_chosen_in_sight(root: &NodeRef, state: &State) {
    const MARKED: &str =
        ":is(.pt-stage, .pt-records) :is([aria-selected=true], .pt-cell[data-picked], tr[data-on], .pt-member[aria-pressed=true])";
    let root = root.clone();
    use_effect_with(state.chosen.clone(), move |chosen| {
        let root = root.cast::<Element>().filter(|_| chosen.is_some());
        let marked = root.and_then(|root| root.query_selector(MARKED).ok().flatten());
        if let Some(marked) = marked {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            // A partition comes into sight with its tape.
            let whole = marked.closest(".pt-part, .pt-mem").ok().flatten().unwrap_or(marked);
            whole.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
}
