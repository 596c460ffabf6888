//! The network, over the stage: everybody on it, the links between any two, what is wrong with them, and, while time is slow or rests,
//! the packets on their way.

use super::sheet_head;
use crate::base::SortedMap;
use crate::playground::Party;
use crate::ui::ask::use_answer;
use crate::ui::catalogue::network as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::{Desk, use_desk};
use crate::ui::geometry::Class;
use crate::ui::squares::{life, life_mark};
use crate::ui::stage::SLOW_TENTHS;
use crate::ui::state::{Act, State};
use crate::view::query::{NetworkView, PacketView, PartyView, PeerKind, WayView, WireView};
use crate::view::{Answer, Life, Query, View};
use std::f64::consts::TAU;
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

/// Faster than that, the network is looked at so often, in µs of virtual time.
const LOOK_US: u64 = 500_000;
/// More clients of a kind than these stand together.
const APART_MAX: usize = 8;
/// So many packets have their names beside them.
const NAMED_MAX: usize = 10;

#[derive(Properties, PartialEq)]
pub struct NetworkSheetProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
}

#[component]
pub fn NetworkSheet(props: &NetworkSheetProps) -> Html {
    let NetworkSheetProps { view, state } = props;
    let desk = use_desk();
    let slow = view.clock.as_ref().is_some_and(|clock| !clock.running || clock.speed_tenths <= SLOW_TENTHS);
    let now = view.now.as_micros();
    let answer = use_answer(Some(Query::Network), if slow { now } else { now / LOOK_US });
    let body = match answer.as_deref() {
        Some(Answer::Network { network }) => {
            let width = (state.size.stage - 32.0).max(300.0);
            let chart = Chart::new(network, width, room(state), state.size.class() == Class::Phone);
            html! {
                <>
                    <p class="pt-lead">{ say::usual(network.usual_us) }{ " " }{ if slow { say::travelling(&tally(network)) } else { say::TOO_FAST.to_owned() } }</p>
                    { picture(&chart, network, view, state, &desk, slow) }
                </>
            }
        }
        Some(Answer::Absent { why }) => html! { <p class="pt-lead">{ why }</p> },
        Some(_) | None => Html::default(),
    };
    html! {
        <section class="pt-over pt-network" role="dialog" aria-label={say::NETWORK}>
            { sheet_head(&desk, say::NETWORK.to_owned()) }
            { body }
        </section>
    }
}

/// The height in px that the picture has, so that all of it is in sight.
fn room(state: &State) -> f64 {
    const AROUND: f64 = 236.0;
    let drawer = match state.size.class() {
        Class::Wide if state.folded => 36.0,
        Class::Wide => f64::from(state.drawer.unwrap_or_else(|| state.size.drawer())),
        Class::Embed | Class::Phone => 0.0,
    };
    state.size.height - drawer - AROUND
}

/// What is on its way, by name.
fn tally(network: &NetworkView) -> Vec<(&str, usize)> {
    let mut counts: SortedMap<&str, usize> = SortedMap::new();
    for packet in network.packets.iter().filter(|packet| packet.framed) {
        *counts.entry(packet.api.as_deref().unwrap_or_default()).or_default() += 1;
    }
    counts.into_iter().collect()
}

/// Somebody's place, or several's who stand together.
struct Spot<'a> {
    x: f64,
    y: f64,
    of: Vec<&'a PartyView>,
}

struct Chart<'a> {
    width: f64,
    height: f64,
    spots: Vec<Spot<'a>>,
    /// The spot of each party.
    at: Vec<usize>,
}

impl<'a> Chart<'a> {
    fn new(network: &'a NetworkView, width: f64, room: f64, narrow: bool) -> Self {
        let parties = &network.parties;
        let of = |kinds: &[PeerKind]| {
            (0..parties.len()).filter(|at| parties.get(*at).is_some_and(|p| kinds.contains(&p.kind))).collect::<Vec<_>>()
        };
        let nodes = of(&[PeerKind::Broker, PeerKind::Controller]);
        let left = bundles(parties, of(&[PeerKind::Producer, PeerKind::Admin]));
        let right = bundles(parties, of(&[PeerKind::Consumer, PeerKind::Gone, PeerKind::Outside]));
        let rows = left.len().max(right.len()) as f64;
        let height = (if narrow { width * 1.15 } else { width * 0.5 }).clamp(320.0, 540.0).min(room).max(rows * 34.0 + 40.0).max(240.0);
        let mut chart = Self { width, height, spots: Vec::new(), at: vec![0; parties.len()] };
        let (side, middle) = (if narrow { 30.0 } else { 64.0 }, (width / 2.0, height / 2.0));
        let radius = ((width / 2.0 - side - if narrow { 46.0 } else { 90.0 }).min(width * 0.26), height / 2.0 - 34.0);
        let count = nodes.len().max(1) as f64;
        for (i, node) in nodes.into_iter().enumerate() {
            let angle = TAU * (i as f64 / count) - TAU / 4.0;
            chart.put(parties, middle.0 + radius.0 * angle.cos(), middle.1 + radius.1 * angle.sin(), vec![node]);
        }
        for (x, column) in [(side, left), (width - side, right)] {
            let step = height / (column.len() as f64 + 1.0);
            for (i, those) in column.into_iter().enumerate() {
                // A name is never cut off.
                let letters = those.first().and_then(|at| parties.get(*at)).map_or(0, |party| party.name.chars().count().max(2));
                let half = pill(letters) / 2.0 + 1.0;
                chart.put(parties, x.max(half).min(width - half), step * (i as f64 + 1.0), those);
            }
        }
        chart
    }

    fn put(&mut self, parties: &'a [PartyView], x: f64, y: f64, those: Vec<usize>) {
        for party in &those {
            if let Some(at) = self.at.get_mut(*party) {
                *at = self.spots.len();
            }
        }
        self.spots.push(Spot { x, y, of: those.into_iter().filter_map(|at| parties.get(at)).collect() });
    }

    fn spot(&self, party: u32) -> Option<&Spot<'a>> {
        self.spots.get(*self.at.get(party as usize)?)
    }
}

/// Width of a client's pill.
fn pill(letters: usize) -> f64 {
    letters as f64 * 7.0 + 16.0
}

/// Clients that are many stand together: consumers by group.
fn bundles(parties: &[PartyView], those: Vec<usize>) -> Vec<Vec<usize>> {
    if those.len() <= APART_MAX {
        return those.into_iter().map(|at| vec![at]).collect();
    }
    let mut by_group: SortedMap<Option<&Arc<str>>, Vec<usize>> = SortedMap::new();
    for at in those {
        by_group.entry(parties.get(at).and_then(|p| p.group.as_ref())).or_default().push(at);
    }
    by_group.into_values().collect()
}

fn picture(chart: &Chart<'_>, network: &NetworkView, view: &View, state: &State, desk: &Desk, slow: bool) -> Html {
    let wires =
        network.wires.iter().filter_map(|wire| Some(link(wire, network, chart.spot(wire.from)?, chart.spot(wire.to)?, state, desk)));
    let named = network.packets.iter().filter(|p| p.api.is_some()).count() <= NAMED_MAX;
    let packets = network
        .packets
        .iter()
        .filter(|_| slow)
        .filter_map(|packet| Some(dot(packet, network, chart.spot(packet.from)?, chart.spot(packet.to)?, named)));
    html! {
        <svg class="pt-net" role="group" aria-label={say::PICTURE} width={format!("{:.0}", chart.width)} height={format!("{:.0}", chart.height)}>
            <g>{ for wires }</g>
            <g aria-hidden="true">{ for packets }</g>
            <g>{ for chart.spots.iter().map(|spot| node(spot, view, state, desk)) }</g>
        </svg>
    }
}

fn party_of(party: &PartyView) -> Party {
    party.node.map_or_else(|| Party::Named(party.name.to_string()), |node| Party::Node(node.0))
}

/// Acts on a press, and on Enter or Space.
fn pressed(desk: &Desk, chosen: Chosen) -> (Callback<MouseEvent>, Callback<KeyboardEvent>) {
    let (one, other, same) = (desk.clone(), desk.clone(), chosen.clone());
    let key = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            event.stop_propagation();
            other.act(Act::Choose(same.clone()));
        }
    };
    (Callback::from(move |_| one.act(Act::Choose(chosen.clone()))), Callback::from(key))
}

fn link(wire: &WireView, network: &NetworkView, a: &Spot<'_>, b: &Spot<'_>, state: &State, desk: &Desk) -> Html {
    let (Some(one), Some(other)) = (network.parties.get(wire.from as usize), network.parties.get(wire.to as usize)) else {
        return Html::default();
    };
    let trouble = trouble(&wire.there, &wire.back);
    let between_nodes = one.node.is_some() && other.node.is_some();
    let line = format!("M{:.0} {:.0}L{:.0} {:.0}", a.x, a.y, b.x, b.y);
    let cut = wire.there.cut || wire.back.cut;
    let tone = if cut { Some("fault") } else { trouble.as_ref().map(|_| "change") };
    let alone = a.of.len() == 1 && b.of.len() == 1;
    if !(alone && (between_nodes || trouble.is_some())) {
        return html! { <path class="pt-net__wire" d={line} data-tone={tone} data-client=""/> };
    }
    let (x, y) = (f64::midpoint(a.x, b.x), f64::midpoint(a.y, b.y));
    let (ends, chosen) = ((party_of(one), party_of(other)), Chosen::Link(party_of(one), party_of(other)));
    let on = matches!(&state.chosen, Some(Chosen::Link(p, q)) if (p, q) == (&ends.0, &ends.1) || (q, p) == (&ends.0, &ends.1));
    let said = say::link(&one.name, &other.name, trouble.as_deref(), network.usual_us);
    let (onclick, onkeydown) = pressed(desk, chosen);
    html! {
        <g class="pt-net__link" role="button" tabindex="0" aria-pressed={if on { "true" } else { "false" }} aria-label={said.clone()} {onclick} {onkeydown}>
            <title>{ said }</title>
            <path class="pt-net__hit" d={line.clone()}/>
            <path class="pt-net__wire" d={line} data-tone={tone} data-on={on.then_some("")} data-client={(!between_nodes).then_some("")}/>
            if cut { <path class="pt-net__x" d={format!("M{:.0} {:.0}l8 8m0-8l-8 8", x - 4.0, y - 4.0)}/> }
            if let Some(trouble) = trouble { <text class="pt-net__say" x={format!("{x:.0}")} y={format!("{:.0}", y - 8.0)} data-tone={tone}>{ trouble }</text> }
        </g>
    }
}

/// What is wrong with a link, in few words.
fn trouble(there: &WayView, back: &WayView) -> Option<String> {
    match (there.cut, back.cut) {
        (true, true) => return Some(say::CUT.to_owned()),
        (true, false) | (false, true) => return Some(say::CUT_ONE_WAY.to_owned()),
        (false, false) => {}
    }
    there.latency_us.max(back.latency_us).map(say::latency)
}

fn dot(packet: &PacketView, network: &NetworkView, a: &Spot<'_>, b: &Spot<'_>, named: bool) -> Html {
    let span = packet.due.since(packet.sent).as_micros().max(1) as f64;
    let share = (network.now.since(packet.sent).as_micros() as f64 / span).clamp(0.0, 1.0);
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx.hypot(dy).max(1.0);
    // Each keeps to its own side of the way.
    let (x, y) = (a.x + dx * share - dy / length * 4.0, a.y + dy * share + dx / length * 4.0);
    let radius = if !packet.framed { "1.5" } else { "3.5" };
    html! {
        <g class="pt-net__packet">
            <circle cx={format!("{x:.1}")} cy={format!("{y:.1}")} r={radius} data-answer={packet.api.is_none().then_some("")}/>
            if let Some(api) = packet.api.as_ref().filter(|_| named) { <text x={format!("{:.1}", x + 6.0)} y={format!("{:.1}", y + 3.0)}>{ &**api }</text> }
        </g>
    }
}

fn node(spot: &Spot<'_>, view: &View, state: &State, desk: &Desk) -> Html {
    let Some(first) = spot.of.first() else { return Html::default() };
    let (x, y) = (spot.x, spot.y);
    let chosen = match (first.node, first.kind, &first.group) {
        (Some(id), PeerKind::Controller, _) => Chosen::Controller(id),
        (Some(id), ..) => Chosen::Broker(id),
        (None, PeerKind::Producer, _) => Chosen::Producer(Arc::clone(&first.name)),
        (None, _, Some(group)) if spot.of.len() > 1 => Chosen::Group(Arc::clone(group)),
        (None, _, Some(group)) => Chosen::Member { group: Arc::clone(group), label: Arc::clone(&first.name) },
        _ => return html! { <text class="pt-net__name" x={format!("{x:.0}")} y={format!("{:.0}", y + 4.0)}>{ &*first.name }</text> },
    };
    let label = match (spot.of.len(), &first.group) {
        (1, _) => first.name.to_string(),
        (many, Some(group)) => say::several(group, many),
        (many, None) => say::several(say::PRODUCERS, many),
    };
    let lives = match first.node {
        Some(id) if first.kind == PeerKind::Broker => view.brokers.iter().find(|b| b.id == id).map_or(Life::Running, life),
        Some(id) => view.controllers.iter().find(|c| c.id == id).and_then(|c| c.machine.as_ref()).map_or(Life::Running, |m| m.life),
        None => Life::Running,
    };
    let on = state.chosen.as_ref() == Some(&chosen);
    let leads = first.node.is_some() && first.node == view.controller;
    let said = say::party(first.kind, &label, lives, leads);
    let (onclick, onkeydown) = pressed(desk, chosen);
    let wide = if first.node.is_some() { 26.0 } else { pill(label.chars().count()) };
    html! {
        <g class="pt-net__party" role="button" tabindex="0" aria-pressed={if on { "true" } else { "false" }} aria-label={said.clone()} data-life={life_mark(lives)}
            data-apart={(first.kind == PeerKind::Controller).then_some("")} {onclick} {onkeydown}>
            <title>{ said }</title>
            <rect x={format!("{:.0}", x - wide / 2.0)} y={format!("{:.0}", y - 13.0)} width={format!("{wide:.0}")} height="26" rx={if first.node.is_some() { "3" } else { "13" }}/>
            if lives == Life::Dead || lives == Life::Stopped { <path d={format!("M{:.0} {:.0}l26 -26", x - 13.0, y + 13.0)}/> }
            <text x={format!("{x:.0}")} y={format!("{:.0}", y + 4.0)}>{ label }</text>
            if leads { <path class="pt-net__crown" d={format!("M{:.0} {:.0}l5 5-5 5-5-5z", x, y - 28.0)}/> }
        </g>
    }
}
