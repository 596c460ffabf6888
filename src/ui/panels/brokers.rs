//! Brokers and controllers: what the metadata says of them, what their processes are at, and what can be done to them.

use super::bootstrap::Bootstrap;
use super::{menu_of, problem_box};
use crate::base::{Instant, NodeId};

use crate::ui::catalogue::{acts, brokers as say, events, inspector, network};
use crate::ui::chosen::Chosen;
use crate::ui::desk::{outcome, use_desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::pick::Pick;
use crate::ui::squares::{life, own_square};
use crate::ui::state::{Act, Place, Sheet, State};
use crate::ui::words;
use crate::view::{BrokerState, BrokerView, ControllerView, Life, MachineView, Outcome, PartitionView, TopicView, View};
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

#[derive(Properties)]
pub struct BrokersProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
}

impl PartialEq for BrokersProps {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.view, &other.view);
        let said = |p: &Self| p.view.brokers.iter().map(|b| outcome(&p.view, &p.state, &Place::Node(b.id.0))).collect::<Vec<_>>();
        Rc::ptr_eq(a, b) && self.state == other.state
            || (a.brokers == b.brokers
                && (&a.controllers, a.controller, &a.bootstrap) == (&b.controllers, b.controller, &b.bootstrap)
                && a.faults == b.faults)
                && have_same_duties(a, b)
                && self.state.chosen == other.state.chosen
                && self.state.parties == other.state.parties
                && ages(a) == ages(b)
                && said(self) == said(other)
    }
}

/// Whether every partition has the same leader and replicas in both.
fn have_same_duties(a: &View, b: &View) -> bool {
    let same = |(a, b): (&Arc<TopicView>, &Arc<TopicView>)| {
        let alike =
            |(a, b): (&Arc<PartitionView>, &Arc<PartitionView>)| Arc::ptr_eq(a, b) || (a.leader, &a.replicas) == (b.leader, &b.replicas);
        Arc::ptr_eq(a, b)
            || a.name == b.name && a.partitions.len() == b.partitions.len() && a.partitions.iter().zip(&b.partitions).all(alike)
    };
    a.topics.len() == b.topics.len() && a.topics.iter().zip(&b.topics).all(same)
}

/// For how many tenths of a second each node that does not run has been so.
fn ages(view: &View) -> Vec<u64> {
    let machines = view.brokers.iter().filter_map(|b| b.machine.as_ref()).chain(view.controllers.iter().filter_map(|c| c.machine.as_ref()));
    machines.filter(|m| m.life != Life::Running).filter_map(|m| Some(view.now.since(m.since?).as_millis() / 100)).collect()
}

#[component]
pub fn Brokers(props: &BrokersProps) -> Html {
    let BrokersProps { view, state } = props;
    let desk = use_desk();
    let troubled = is_troubled(view);
    let heal = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.send(Place::Faults, crate::playground::Command::HealAll)
    };
    let open_network = move |_: MouseEvent| desk.act(Act::Sheet(Some(Sheet::Network)));
    let apart: Vec<&ControllerView> = view.controllers.iter().filter(|c| !c.combined).collect();
    html! {
        <section class="pt-sect pt-brokers" aria-label={say::TITLE}>
            <div class="pt-head"><h2>{ say::TITLE }</h2><span class="pt-grow"/>
                <button type="button" class="pt-btn" title={network::OPEN_TITLE} onclick={open_network}>{ network::OPEN }</button>
                if troubled { <button type="button" class="pt-btn" onclick={heal} title={say::HEAL_ALL_TITLE}>{ icon(Icon::Heal) }{ say::HEAL_ALL }</button> }
            </div>
            <Bootstrap addresses={view.bootstrap.join(", ")}/>
            <div class="pt-brokers__list"><ul>
                { for view.brokers.iter().map(|broker| html! {
                    <Line key={broker.id.0} broker={broker.clone()} view={Rc::clone(view)} on={state.chosen == Some(Chosen::Broker(broker.id))} told={state.parties.nodes.contains(&broker.id)} said={outcome(view, state, &Place::Node(broker.id.0))}/>
                }) }
                </ul>
                if view.brokers.len() <= LINKS_MAX { { links(view) } }
            </div>
            if !apart.is_empty() {
                <div class="pt-head"><h2>{ say::CONTROLLERS }</h2></div>
                <ul class="pt-brokers__list">
                    { for apart.into_iter().map(|c| html! {
                        <Voter key={c.id.0} controller={c.clone()} now={view.now} active={view.controller == Some(c.id)} on={state.chosen == Some(Chosen::Controller(c.id))} said={outcome(view, state, &Place::Node(c.id.0))}/>
                    }) }
                </ul>
            }
            { quorum(view, state.chosen.as_ref()) }
            { in_force(view) }
        </section>
    }
}

/// Beyond these, arcs between brokers would be a tangle.
const LINKS_MAX: usize = 5;
/// Height of a broker's line, and where its square's middle lies, in px.
const LINE: f64 = 43.0;
const MIDDLE: f64 = 17.0;

fn is_troubled(view: &View) -> bool {
    let bad = |m: &MachineView| m.life != Life::Running || !m.troubles.is_empty();
    let machines = view.brokers.iter().filter_map(|b| b.machine.as_ref()).chain(view.controllers.iter().filter_map(|c| c.machine.as_ref()));
    machines.into_iter().any(bad) || view.faults.as_ref().is_some_and(|f| !f.links.is_empty() || !f.apis.is_empty())
}

#[derive(Properties)]
struct LineProps {
    broker: BrokerView,
    view: Rc<View>,
    /// It is the chosen one.
    on: bool,
    /// The chosen event's causes or effects tell of it.
    told: bool,
    said: Option<Arc<Outcome>>,
}

impl PartialEq for LineProps {
    fn eq(&self, other: &Self) -> bool {
        // Brokers compares all that a line shows before it draws any.
        Rc::ptr_eq(&self.view, &other.view)
            && self.broker == other.broker
            && (self.on, self.told) == (other.on, other.told)
            && self.said == other.said
    }
}

#[component]
fn Line(props: &LineProps) -> Html {
    let LineProps { broker, view, said, .. } = props;
    let desk = use_desk();
    let (state, tone) = state_of(broker, view.now);
    let menu = {
        let (desk, id) = (desk.clone(), broker.id);
        move |event: MouseEvent| menu_of(&desk, &event, acts::node(id.0), &Chosen::Broker(id))
    };
    let said_of = describe(broker, &view.topics);
    html! {
        <li class="pt-brk" data-broker={broker.id.to_string()} data-told={props.told.then_some("")} data-life={crate::ui::squares::life_mark(life(broker))}>
            <Pick thing={Chosen::Broker(broker.id)} on={props.on} label={inspector::choose_broker(broker.id.0)}>{ own_square(broker) }</Pick>
            <div>
                <div class="pt-brk__name">
                    <span class="pt-state" data-tone={tone}>{ state }</span>
                    if view.controller == Some(broker.id) { { crown() } }
                </div>
                <div class="pt-brk__leads" title={say::at_address(&broker.address, &said_of)}>{ said_of.clone() }</div>
            </div>
            if broker.machine.is_some() {
                <button type="button" class="pt-btn pt-btn--icon" aria-haspopup="menu" aria-label={say::broker_actions(broker.id.0)} onclick={menu}>{ icon(Icon::More) }</button>
            }
            if props.told { <span class="pt-said">{ events::IN_STORY }</span> }
            { problem_box(said.as_deref()) }
        </li>
    }
}

/// What troubles it, and what it leads and follows; of one that does not run, whether the controller has fenced it yet.
fn describe(broker: &BrokerView, topics: &[Arc<TopicView>]) -> String {
    let mut parts: Vec<String> = broker.machine.iter().flat_map(|m| &m.troubles).map(|t| t.to_string()).collect();
    let (leads, follows) = duties(broker.id, topics);
    if life(broker) == Life::Running {
        parts.push(leads.unwrap_or_else(|| say::LEADS_NOTHING.to_owned()));
        parts.extend((follows > 0).then(|| say::follows(follows)));
    } else {
        parts.push(if broker.state == BrokerState::Fenced { say::IS_FENCED } else { say::NOT_FENCED }.to_owned());
        parts.push(leads.unwrap_or_else(|| say::LEADS_NOTHING.to_owned()));
    }
    say::line(&parts)
}

fn crown() -> Html {
    html! { <span class="pt-crown"><svg viewBox="0 0 12 12" aria-hidden="true"><path d="M6 1l5 5-5 5-5-5z" fill="currentColor"/></svg>{ say::CONTROLLER }</span> }
}

/// The process' state where it does not run, else what the controller says.
fn state_of(broker: &BrokerView, now: Instant) -> (String, Option<&'static str>) {
    if let Some(said) = broker.machine.as_ref().and_then(|machine| life_of(machine, now)) {
        return said;
    }
    let (word, tone) = match broker.state {
        BrokerState::Starting => (say::STARTING, Some("change")),
        BrokerState::Fenced => (say::FENCED, Some("change")),
        BrokerState::Alive => (say::ALIVE, None),
        BrokerState::Stopping => (say::STOPPING, Some("change")),
    };
    (word.to_owned(), tone)
}

/// "Killed 11.5 s ago", where the process does not run.
fn life_of(machine: &MachineView, now: Instant) -> Option<(String, Option<&'static str>)> {
    let (word, tone) = match machine.life {
        Life::Running => return None,
        Life::Paused => (say::PAUSED, "change"),
        Life::Dead if machine.disk_full => (say::HALTED, "fault"),
        Life::Dead => (say::KILLED, "fault"),
        Life::Stopped => (say::STOPPED, "fault"),
    };
    let said = machine.since.map_or_else(|| word.to_owned(), |since| say::ago(word, &words::seconds(now.since(since))));
    Some((said, Some(tone)))
}

/// "leads orders 0, 2", by name or how many where they are many; and how many partitions it follows.
fn duties(id: NodeId, topics: &[Arc<TopicView>]) -> (Option<String>, usize) {
    let mut parts = Vec::new();
    for topic in topics.iter().filter(|t| !t.internal) {
        let led: Vec<i32> = topic.partitions.iter().filter(|p| p.leader == Some(id)).map(|p| p.index).collect();
        if led.len() > 6 {
            parts.push(say::led_many(&topic.name, led.len()));
        } else if !led.is_empty() {
            parts.push(say::led(&topic.name, &led));
        }
    }
    let own = topics.iter().filter(|t| !t.internal).flat_map(|t| &t.partitions);
    let follows = own.filter(|p| p.leader != Some(id) && p.replicas.contains(&id)).count();
    ((!parts.is_empty()).then(|| say::leads(&parts)), follows)
}

#[derive(Properties, PartialEq)]
struct VoterProps {
    controller: ControllerView,
    now: Instant,
    active: bool,
    on: bool,
    said: Option<Arc<Outcome>>,
}

/// A controller on a node of its own.
#[component]
fn Voter(props: &VoterProps) -> Html {
    let VoterProps { controller, now, active, said, .. } = props;
    let desk = use_desk();
    let menu = {
        let (desk, id) = (desk.clone(), controller.id);
        move |event: MouseEvent| menu_of(&desk, &event, acts::node(id.0), &Chosen::Controller(id))
    };
    let down = controller.machine.as_ref().and_then(|machine| life_of(machine, *now));
    let (state, tone) = down.unwrap_or_else(|| (controller.role.name().to_owned(), None));
    let mark = controller.machine.as_ref().and_then(|machine| crate::ui::squares::life_mark(machine.life));
    html! {
        <li class="pt-brk" data-controller={controller.id.to_string()}>
            <Pick thing={Chosen::Controller(controller.id)} on={props.on} label={inspector::choose_controller(controller.id.0)}>
                <span class="pt-broker" data-life={mark}>{ controller.id.0 }</span>
            </Pick>
            <div>
                <div class="pt-brk__name"><span class="pt-state" data-tone={tone}>{ state }</span>if *active { { crown() } }</div>
                <div class="pt-brk__leads">{ say::voter(controller.epoch, controller.log_end) }</div>
            </div>
            if controller.machine.is_some() {
                <button type="button" class="pt-btn pt-btn--icon" aria-haspopup="menu" aria-label={say::controller_actions(controller.id.0)} onclick={menu}>{ icon(Icon::More) }</button>
            }
            { problem_box(said.as_deref()) }
        </li>
    }
}

/// The quorum in a line: "quorum 1 2 3, epoch 4".
fn quorum(view: &View, chosen: Option<&Chosen>) -> Html {
    if view.controllers.is_empty() {
        return Html::default();
    }
    let epoch = view.controllers.iter().map(|c| c.epoch).max().unwrap_or_default();
    let square = |c: &ControllerView| {
        let leads = view.controller == Some(c.id);
        let mark = c.machine.as_ref().and_then(|machine| crate::ui::squares::life_mark(machine.life));
        let title = say::voter_in_full(c.id.0, c.role.name(), c.epoch, c.log_end);
        let thing = Chosen::Controller(c.id);
        let on = chosen == Some(&thing);
        html! {
            <Pick key={c.id.0} {thing} {on} label={inspector::choose_controller(c.id.0)} {title}>
                <span class="pt-broker" data-role={leads.then_some("leader")} data-life={mark}>{ c.id.0 }</span>
            </Pick>
        }
    };
    html! {
        <p class="pt-quorum" role="group" aria-label={say::quorum(view.controllers.len(), view.controller.map(|id| id.0), epoch)}>
            <span>{ say::QUORUM }</span>{ for view.controllers.iter().map(square) }
            <span data-tone={view.controller.is_none().then_some("fault")}>{ if view.controller.is_none() { say::NO_CONTROLLER.to_owned() } else { say::epoch(epoch) } }</span>
        </p>
    }
}

/// The network's faults in words; the arcs show cuts between brokers only to the eye.
fn in_force(view: &View) -> Html {
    let Some(faults) = view.faults.as_ref().filter(|f| !f.links.is_empty() || !f.apis.is_empty()) else { return Html::default() };
    html! {
        <ul class="pt-inforce" aria-label={say::IN_FORCE}>
            { for faults.links.iter().map(|link| html! { <li data-tone={if link.cut { "fault" } else { "change" }}>{ &*link.text }</li> }) }
            { for faults.apis.iter().map(|api| html! { <li data-tone="change">{ &*api.text }</li> }) }
        </ul>
    }
}

/// An arc for each two brokers; one that is cut is red, dotted and crossed.
fn links(view: &View) -> Html {
    let Some(faults) = &view.faults else { return Html::default() };
    let count = view.brokers.len();
    let y = |at: usize| MIDDLE + at as f64 * LINE;
    let is_cut = |a: NodeId, b: NodeId| {
        let joins = |from: Option<NodeId>, to: Option<NodeId>| (from, to) == (Some(a), Some(b)) || (from, to) == (Some(b), Some(a));
        faults.links.iter().any(|l| l.cut && joins(l.from, l.to))
    };
    let mut arcs = Vec::new();
    for (i, a) in view.brokers.iter().enumerate() {
        for (j, b) in view.brokers.iter().enumerate().skip(i + 1) {
            // The widest stays within the rail.
            let bend = 8.0 + (33.0 / (count - 1) as f64).min(11.0) * (j - i) as f64;
            let cut = is_cut(a.id, b.id);
            let (from, to) = (y(i), y(j));
            arcs.push(html! { <path class={cut.then_some("is-cut")} d={format!("M2 {from}C{bend} {from} {bend} {to} 2 {to}")}/> });
            if cut {
                let (x, middle) = (2.0 + (bend - 2.0) * 0.75, (from + to) / 2.0);
                arcs.push(html! { <path class="is-x" d={format!("M{} {}l6 6m0-6l-6 6", x - 3.0, middle - 3.0)}/> });
            }
        }
    }
    let height = count as f64 * LINE;
    html! { <div class="pt-links"><svg height={height.to_string()} viewBox={format!("0 0 34 {height}")} aria-hidden="true">{ for arcs }</svg></div> }
}
