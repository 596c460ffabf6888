//! The network: who is on it, what lies between any two of them, and what is on its way at this moment.

use super::peers::{Known, PeerKind};
use crate::base::SortedMap;
use crate::base::{Instant, NodeId, ProcessId};
use crate::network::{Delivery, OUTSIDE, Parcel};
use crate::playground::{Kind, Session};
use crate::wire::{ApiKey, Rope};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How many packets are told at most: the next ones to arrive.
pub const PACKETS_MAX: usize = 240;

/// The network at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkView {
    pub now: Instant,
    /// One way, between any two machines of which nothing else is told, in µs.
    pub usual_us: u64,
    /// Everybody, nodes first.
    pub parties: Vec<PartyView>,
    /// Between any two that are connected, or whose link is not as all others; each pair once.
    pub wires: Vec<WireView>,
    /// What is on its way, soonest to arrive first; at most [`PACKETS_MAX`].
    pub packets: Vec<PacketView>,
}

/// A machine on the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartyView {
    pub kind: PeerKind,
    /// As the page calls it: a node's number, a client's name.
    pub name: Arc<str>,
    pub node: Option<NodeId>,
    /// Of a consumer.
    pub group: Option<Arc<str>>,
}

/// What lies between two machines, by their places in [`NetworkView::parties`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WireView {
    pub from: u32,
    pub to: u32,
    pub there: WayView,
    pub back: WayView,
}

/// One direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WayView {
    pub cut: bool,
    /// One way, where it is not as everywhere, in µs.
    pub latency_us: Option<u64>,
}

/// A frame on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PacketView {
    pub from: u32,
    pub to: u32,
    pub sent: Instant,
    pub due: Instant,
    /// A request's API; none: a response, or what TCP itself sends.
    pub api: Option<Arc<str>>,
    /// It carries a frame.
    pub framed: bool,
    pub bytes: u32,
}

pub(super) fn look(session: &Session) -> NetworkView {
    let simulation = session.simulation();
    let mut view = NetworkView { now: session.now(), usual_us: simulation.config().latency.as_micros(), ..NetworkView::default() };
    let mut places: SortedMap<ProcessId, u32> = SortedMap::new();
    let nodes = simulation.nodes().flat_map(|node| node.processes());
    let clients: Vec<ProcessId> = session.clients().iter().map(|client| client.process).collect();
    for process in nodes.chain(clients) {
        let machine = simulation.machine_of(process);
        if !places.contains_key(&machine) {
            places.insert(machine, view.parties.len() as u32);
            view.parties.push(party(session, machine));
        }
    }
    let place = |process: ProcessId| places.get(&simulation.machine_of(process)).copied();
    let mut wires: SortedMap<(u32, u32), WireView> = SortedMap::new();
    let mut wire = |a: u32, b: u32, change: &dyn Fn(&mut WireView, bool)| {
        let (from, to) = (a.min(b), a.max(b));
        let fresh = || WireView { from, to, there: WayView::default(), back: WayView::default() };
        change(wires.entry((from, to)).or_insert_with(fresh), a == from);
    };
    for (opener, acceptor) in simulation.connected() {
        if let Some((a, b)) = place(opener).zip(place(acceptor)).filter(|(a, b)| a != b) {
            wire(a, b, &|_, _| {});
        }
    }
    let usual = simulation.config().latency;
    for link in simulation.links() {
        let Some((a, b)) = place(link.from).zip(place(link.to)) else { continue };
        let latency_us = (link.speed.latency != usual).then(|| link.speed.latency.as_micros());
        wire(a, b, &|wire, there| *(if there { &mut wire.there } else { &mut wire.back }) = WayView { cut: link.cut, latency_us });
    }
    view.wires = wires.into_values().collect();
    let travelling =
        simulation.travelling().filter(|(_, parcel)| parcel.from != parcel.to && parcel.from != OUTSIDE && parcel.to != OUTSIDE);
    view.packets = travelling
        .filter_map(|(due, parcel)| Some(packet(parcel, place(parcel.from)?, place(parcel.to)?, due)))
        .filter(|packet| packet.from != packet.to)
        .take(PACKETS_MAX)
        .collect();
    view
}

fn party(session: &Session, machine: ProcessId) -> PartyView {
    let peer = Known::of(session).of_process(machine);
    let group = session.clients().iter().find(|client| client.process == machine).and_then(|client| match &client.kind {
        Kind::Consumer { group, .. } => Some(Arc::clone(group)),
        Kind::Producer(_) => None,
    });
    PartyView { kind: peer.kind, name: peer.name, node: peer.node, group }
}

fn packet(parcel: &Parcel, from: u32, to: u32, due: Instant) -> PacketView {
    let frame = if let Delivery::Frame { frame, .. } = &parcel.delivery { Some(frame) } else { None };
    let asks = parcel.from == parcel.delivery.connection().opener;
    let api = frame.filter(|_| asks).and_then(api_of).map(|api| api.name().into());
    let bytes = frame.map_or(0, |frame| u32::try_from(frame.len() + 4).unwrap_or(u32::MAX));
    PacketView { from, to, sent: parcel.sent, due, api, framed: frame.is_some(), bytes }
}

/// A request begins with its API's key.
fn api_of(frame: &Rope) -> Option<ApiKey> {
    let mut bytes = frame.chunks().iter().flat_map(|chunk| chunk.iter().copied());
    let key = i16::from_be_bytes([bytes.next()?, bytes.next()?]);
    ApiKey::from_i16(key)
}
