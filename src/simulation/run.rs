//! The machine itself: inputs in, time on, outputs out.

use super::actor::Actor;
use super::config::{Config, ConfigError};
use super::door::{Output, Outside};
use super::faults::Faults;
use super::frames::{FRAMES_IN_KEYFRAME, Frames};
use super::invariants::{Checker, Violation};
use super::node::Node;
use super::start::{broker_process, controller_process};
use super::trace::{EVENTS_IN_KEYFRAME, Trace};
use super::trouble::Troubles;
use crate::base::{ConnectionId, Context, EventId, EventKind, Instant, NodeId, ProcessId, Recorder, Rng};
use crate::base::{SortedMap, SortedSet};
use crate::broker::Broker;
use crate::controller::Controller;
use crate::network::{Action, Arrival, Delivery, Endpoint, LinkSpeed, Listener, Network, OUTSIDE, Parcel, Process as _, Retransmitted};
use crate::wire::Rope;
use crate::wire::frame::{FrameReader, decode_request_header};
use bytes::{BufMut as _, Bytes, BytesMut};
use std::collections::VecDeque;
use std::sync::Arc;

/// The address that simulated processes have.
const LOOPBACK: &str = "127.0.0.1";
/// Simulated clients are numbered from here.
const CLIENTS: u32 = 10_000;

/// A cluster, its clients and its network, at a moment of virtual time. A clone is a keyframe: it goes on alike, and shares the records.
#[derive(Clone, Debug)]
pub struct Simulation {
    pub(super) config: Arc<Config>,
    pub(super) now: Instant,
    /// A process is shared between clones until something happens to it: a keyframe costs little, and then each process once.
    pub(super) actors: SortedMap<ProcessId, (Arc<Actor>, Rng)>,
    /// How often each process has been started.
    starts: SortedMap<ProcessId, u32>,
    pub(super) nodes: SortedMap<NodeId, Node>,
    pub(super) troubles: Troubles,
    pub(super) faults: Faults,
    /// When each process wants to be woken, and the same by time.
    wake_of: SortedMap<ProcessId, Instant>,
    wakes: SortedSet<(Instant, ProcessId)>,
    pub(super) network: Network,
    pub(super) outside: SortedMap<ConnectionId, Outside>,
    outside_opened: u32,
    clients_started: u32,
    outputs: VecDeque<Output>,
    pub(super) recorder: Recorder,
    pub(super) trace: Trace,
    pub(super) frames: Frames,
    /// Watches over the invariants; shared between clones until something happens.
    pub(super) checker: Option<Arc<Checker>>,
}

impl Simulation {
    /// A cluster that is about to start: its brokers register with their controller as soon as time goes on.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        config.validate()?;
        let mut simulation = Self {
            now: Instant::ZERO,
            actors: SortedMap::new(),
            starts: SortedMap::new(),
            nodes: SortedMap::new(),
            troubles: Troubles::default(),
            faults: Faults::default(),
            wake_of: SortedMap::new(),
            wakes: SortedSet::new(),
            network: Network::new(LinkSpeed::fixed(config.latency), Rng::stream(config.seed, "network")),
            outside: SortedMap::new(),
            outside_opened: 0,
            clients_started: 0,
            outputs: VecDeque::new(),
            recorder: Recorder::default(),
            trace: Trace::default(),
            frames: Frames::default(),
            checker: Checker::new(config.invariants).map(Arc::new),
            config: Arc::new(config.settled()),
        };
        simulation.start_nodes();
        Ok(simulation)
    }

    pub fn config(&self) -> &Config {
        &self.config
    }

    pub const fn now(&self) -> Instant {
        self.now
    }

    pub const fn trace(&self) -> &Trace {
        &self.trace
    }

    /// For a keyframe: of frames and events only the last stay, enough to look at what came just before this moment.
    pub fn thin(&mut self) {
        self.frames.keep_last(FRAMES_IN_KEYFRAME);
        self.trace.keep_last(EVENTS_IN_KEYFRAME);
    }

    /// What was found wrong so far, if anything is watched ([`Config::invariants`]).
    pub fn violations(&self) -> &[Violation] {
        self.checker.as_deref().map(Checker::violations).unwrap_or_default()
    }

    /// Notes what the user did; the event is the cause of what is done in its name.
    pub fn note_command(&mut self, text: &str) -> EventId {
        self.note(EventKind::Command { text: text.into() })
    }

    /// Notes what came about without a process' doing, by reason of an event.
    pub fn note_because(&mut self, cause: EventId, kind: EventKind) -> EventId {
        self.note_of(OUTSIDE, Some(cause), kind)
    }

    /// Notes what came from outside.
    fn note(&mut self, kind: EventKind) -> EventId {
        self.note_of(OUTSIDE, None, kind)
    }

    /// Notes what happened to a process.
    pub(super) fn note_of(&mut self, process: ProcessId, cause: Option<EventId>, kind: EventKind) -> EventId {
        let mut nothing_is_drawn = Rng::stream(0, "");
        let mut cx = Context::new(self.now, self.config.epoch_ms, process, &mut nothing_is_drawn, cause, &mut self.recorder);
        let id = cx.trace(kind);
        self.keep_events();
        id
    }

    // ── processes ──

    pub fn brokers(&self) -> impl Iterator<Item = &Broker> {
        self.actors.values().filter_map(|(actor, _)| if let Actor::Broker(broker) = &**actor { Some(&**broker) } else { None })
    }

    pub fn broker(&self, node: NodeId) -> Option<&Broker> {
        self.brokers().find(|broker| broker.node() == node)
    }

    pub fn controllers(&self) -> impl Iterator<Item = &Controller> {
        self.actors.values().filter_map(|(actor, _)| if let Actor::Controller(controller) = &**actor { Some(&**controller) } else { None })
    }

    /// All processes, in order of their ids.
    pub fn actors(&self) -> impl Iterator<Item = (ProcessId, &Actor)> {
        self.actors.iter().map(|(id, (actor, _))| (*id, &**actor))
    }

    pub fn actor(&self, process: ProcessId) -> Option<&Actor> {
        self.actors.get(&process).map(|(actor, _)| &**actor)
    }

    /// The id that the next client will have.
    pub const fn next_client(&self) -> ProcessId {
        ProcessId(CLIENTS + self.clients_started)
    }

    /// Adds a simulated client, made for the id that `next_client` told.
    pub fn add_client(&mut self, client: Actor) -> ProcessId {
        let process = self.next_client();
        self.clients_started += 1;
        self.insert(process, "client", client);
        process
    }

    /// Takes a process away without a word; its connections break.
    pub fn remove(&mut self, process: ProcessId, cause: Option<EventId>) -> Option<Actor> {
        let (actor, _) = self.actors.remove(&process)?;
        self.troubles.ended(process);
        self.forget_wake(process);
        self.network.drop_process(self.now, process, cause);
        Some(Arc::unwrap_or_clone(actor))
    }

    /// How many processes run: brokers, controllers, clients.
    pub fn processes(&self) -> usize {
        self.actors.len()
    }

    /// Frees a process of a simulation that nobody goes on with; false where there is none left.
    pub fn free_process(&mut self) -> bool {
        self.actors.pop_first().is_some()
    }

    /// Lets something be done to a process, now; whatever it asks of the network is taken up. `None`: there is no such process.
    pub fn act<T>(&mut self, process: ProcessId, what: impl FnOnce(&mut Actor, &mut Context<'_>) -> T) -> Option<T> {
        self.act_because(process, None, what)
    }

    /// The same, with the event that is its cause.
    pub fn act_because<T>(
        &mut self,
        process: ProcessId,
        cause: Option<EventId>,
        what: impl FnOnce(&mut Actor, &mut Context<'_>) -> T,
    ) -> Option<T> {
        let trouble = self.troubles.get(process);
        let epoch_ms = self.config.epoch_ms.saturating_add(trouble.map_or(0, |trouble| trouble.clock_offset_ms));
        let full = trouble.is_some_and(|trouble| trouble.disk_full);
        let (actor, rng) = self.actors.get_mut(&process)?;
        let actor = Arc::make_mut(actor);
        let ends = self.troubles.log_ends(process, actor);
        let before = full.then(|| (actor.clone(), self.recorder.clone()));
        let mut cx = Context::new(self.now, epoch_ms, process, rng, cause, &mut self.recorder);
        let result = what(actor, &mut cx);
        let appends = ends.map_or(0, |ends| ends.appended(actor));
        let stopped = matches!(actor, Actor::Broker(broker) if broker.has_stopped());
        match before {
            Some((actor, recorder)) if appends > 0 => self.append_failed(process, actor, recorder, cause),
            Some(_) | None => {
                self.settle(process, appends);
                if stopped {
                    self.end_stopped(process, cause);
                }
            }
        }
        Some(result)
    }

    /// Adds a process. Started again, it does not draw again what it drew before.
    pub(super) fn insert(&mut self, process: ProcessId, kind: &str, actor: Actor) {
        let starts = self.starts.entry(process).or_default();
        let rng = match *starts {
            0 => Rng::stream(self.config.seed, &format!("{kind} {}", process.0)),
            again => Rng::stream(self.config.seed, &format!("{kind} {} {again}", process.0)),
        };
        *starts += 1;
        if let Some(checker) = &mut self.checker {
            Arc::make_mut(checker).started(process);
        }
        self.actors.insert(process, (Arc::new(actor), rng));
    }

    // ── outside clients ──

    /// An outside client connects to a broker; `host` is its address in text. `None`: there is no such broker.
    pub fn connect(&mut self, host: &str, to: NodeId) -> Option<ConnectionId> {
        let process = self.listening(Endpoint { node: to, listener: Listener::Broker })?;
        let connection = ConnectionId { opener: OUTSIDE, number: self.outside_opened };
        self.outside_opened += 1;
        let bytes_max = usize::try_from(self.config.settings.socket_request_max_bytes).unwrap_or_default();
        self.outside.insert(connection, Outside { to, host: host.into(), reader: FrameReader::new(bytes_max) });
        self.network.connect(self.now, connection, process, Listener::Broker, None);
        Some(connection)
    }

    /// Bytes came from an outside client. They are handled when time is advanced, to this very moment or further.
    pub fn receive(&mut self, connection: ConnectionId, bytes: &[u8]) {
        if let Some(outside) = self.outside.get_mut(&connection) {
            outside.reader.push(bytes);
        }
        while let Some(outside) = self.outside.get_mut(&connection) {
            match outside.reader.next_frame() {
                Ok(Some(frame)) => {
                    let asked = asked(connection, &frame).map(|kind| self.note(kind));
                    self.send_frame(self.now, OUTSIDE, connection, frame.into(), asked);
                }
                Ok(None) => return,
                Err(_) => return self.end_outside(connection),
            }
        }
    }

    /// An outside client closed its connection.
    pub fn close(&mut self, connection: ConnectionId) {
        if self.outside.remove(&connection).is_some() {
            self.network.close(self.now, OUTSIDE, connection, None);
        }
    }

    /// Requests of this connection that wait behind the one that its broker is busy with: a host reads no more from a client that has any.
    pub fn backlog(&self, connection: ConnectionId) -> usize {
        let broker = self.outside.get(&connection).and_then(|outside| self.broker(outside.to));
        broker.map_or(0, |broker| broker.backlog(connection))
    }

    /// What the host has to do next for an outside client.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    fn end_outside(&mut self, connection: ConnectionId) {
        self.close(connection);
        self.outputs.push_back(Output::Close { connection });
    }

    fn deliver_outside(&mut self, delivery: Delivery) {
        match delivery {
            Delivery::Frame { connection, frame, .. } => {
                if !self.outside.contains_key(&connection) {
                    return;
                }
                let mut prefix = BytesMut::with_capacity(4);
                prefix.put_u32(u32::try_from(frame.len()).unwrap_or(u32::MAX));
                let mut bytes = Rope::from(prefix.freeze());
                bytes.extend(frame);
                self.outputs.push_back(Output::Bytes { connection, bytes });
            }
            Delivery::Disconnected { connection } => {
                if self.outside.remove(&connection).is_some() {
                    self.outputs.push_back(Output::Close { connection });
                }
            }
            Delivery::Accepted { .. } | Delivery::Connected { .. } => {}
        }
    }

    // ── time ──

    /// When something will happen by itself; `None` if nothing ever will.
    pub fn next_due(&self) -> Option<Instant> {
        let wake = self.wakes.first().map(|(due, _)| *due);
        match (self.network.next_due(), wake) {
            (Some(parcel), Some(wake)) => Some(parcel.min(wake)),
            (parcel, wake) => parcel.or(wake),
        }
    }

    /// Lets all happen that is due by `until`, and sets the time to it. A time in the past changes nothing.
    pub fn advance(&mut self, until: Instant) {
        while self.next_due().is_some_and(|due| due <= until) {
            self.step();
        }
        self.now = self.now.max(until);
    }

    /// Lets the next thing happen: one arrival, or one timer. False where there is none.
    pub fn step(&mut self) -> bool {
        let Some(due) = self.next_due() else { return false };
        self.now = self.now.max(due);
        // What arrives goes before what wakes: at the same moment, an answer beats its timeout.
        match self.network.pop_due(self.now) {
            Some(Arrival::Parcel(parcel)) => self.arrive(parcel),
            Some(Arrival::Lost { connection, from, to, cause }) => self.frame_lost(connection, from, to, cause),
            Some(Arrival::Retransmitted(what)) => self.retransmitted(what),
            None => {
                if let Some((_, process)) = self.wakes.first().copied() {
                    self.wake(process);
                }
            }
        }
        true
    }

    fn arrive(&mut self, parcel: Parcel) {
        if let Delivery::Frame { number, .. } = &parcel.delivery {
            self.frame_arrived(*number);
        }
        if parcel.to == OUTSIDE {
            return self.deliver_outside(parcel.delivery);
        }
        let process = parcel.to;
        match self.troubles.keep(self.now, parcel) {
            Some(parcel) => self.deliver(parcel),
            None => self.note_wake(process),
        }
    }

    fn deliver(&mut self, parcel: Parcel) {
        let host = self.host_of(&parcel.delivery);
        self.act_because(parcel.to, parcel.cause, |actor, cx| match parcel.delivery {
            Delivery::Accepted { connection, listener } => actor.accepted(cx, connection, listener, host.as_deref().unwrap_or(LOOPBACK)),
            Delivery::Connected { connection } => actor.connected(cx, connection),
            Delivery::Frame { connection, frame, .. } => actor.receive(cx, connection, frame),
            Delivery::Disconnected { connection } => actor.disconnected(cx, connection),
        });
    }

    /// A process is to be woken: for what waited for it, or by its own timer.
    fn wake(&mut self, process: ProcessId) {
        match self.troubles.take(process) {
            Some(parcel) => self.deliver(parcel),
            None => {
                self.act(process, |actor, cx| actor.wake(cx));
            }
        }
    }

    fn retransmitted(&mut self, what: Retransmitted) {
        match what {
            Retransmitted::Quietly => {}
            Retransmitted::Opens { connection, to, cause } => self.open(self.now, connection, to, cause),
            Retransmitted::GaveUp { connection, cause } => self.break_because(connection, "TCP gave up sending again", cause),
        }
    }

    /// The address of an outside client that connects.
    fn host_of(&self, delivery: &Delivery) -> Option<Arc<str>> {
        let Delivery::Accepted { connection, .. } = delivery else { return None };
        self.outside.get(connection).map(|outside| Arc::clone(&outside.host))
    }

    /// After a process has handled an input, and appended to so many logs: its events are kept, its actions carried out, its next wake-up noted.
    fn settle(&mut self, process: ProcessId, appends: u64) {
        let broken = match (&mut self.checker, self.actors.get(&process)) {
            (Some(checker), Some((actor, _))) => Arc::make_mut(checker).observe(self.now, process, actor, &self.recorder.events),
            _ => None,
        };
        let leaves = self.troubles.worked(self.now, process, appends);
        self.keep_events();
        if let Some(Violation { invariant, event, text, .. }) = broken {
            self.note_of(process, event, EventKind::InvariantBroken { invariant: invariant.name().into(), text: text.into() });
        }
        while let Some((action, cause)) = self.actors.get_mut(&process).and_then(|(actor, _)| Arc::make_mut(actor).poll_action()) {
            self.carry_out(process, leaves, action, cause);
        }
        self.note_wake(process);
    }

    /// Notes when a process is to be woken next.
    pub(super) fn note_wake(&mut self, process: ProcessId) {
        let Some((actor, _)) = self.actors.get(&process) else { return };
        let due = self.troubles.wakes(process, actor.next_due());
        if self.wake_of.get(&process).copied() != due {
            self.forget_wake(process);
            if let Some(due) = due {
                self.wake_of.insert(process, due);
                self.wakes.insert((due, process));
            }
        }
    }

    pub(super) fn forget_wake(&mut self, process: ProcessId) {
        if let Some(old) = self.wake_of.remove(&process) {
            self.wakes.remove(&(old, process));
        }
    }

    fn carry_out(&mut self, process: ProcessId, leaves: Instant, action: Action, cause: Option<EventId>) {
        match action {
            Action::Connect { connection, to } => {
                self.count_connection(process, connection);
                self.open(leaves, connection, to, cause);
            }
            Action::Send { connection, frame } => {
                if let Some((frame, delay)) = self.fault_response(process, connection, frame, cause) {
                    self.send_frame(leaves + delay, process, connection, frame, cause);
                }
            }
            Action::Close { connection } => self.network.close(leaves, process, connection, cause),
        }
    }

    /// Opens a connection: nobody answers where the way is cut, and nobody listens where the process is gone.
    fn open(&mut self, leaves: Instant, connection: ConnectionId, to: Endpoint, cause: Option<EventId>) {
        let acceptor = process_of(to);
        if !self.network.reaches(connection.opener, acceptor) || !self.network.reaches(acceptor, connection.opener) {
            return self.network.knock(leaves, connection, to, acceptor, cause);
        }
        match self.listening(to) {
            Some(acceptor) => self.network.connect(leaves, connection, acceptor, to.listener, cause),
            None => self.network.refuse(leaves, connection, cause),
        }
    }

    fn listening(&self, endpoint: Endpoint) -> Option<ProcessId> {
        let process = process_of(endpoint);
        let listens = match self.actor(process)? {
            Actor::Broker(broker) => self.is_port_open(broker),
            _ => true,
        };
        listens.then_some(process)
    }

    fn keep_events(&mut self) {
        for event in self.recorder.events.drain(..) {
            self.trace.push(event);
        }
    }
}

/// What a frame from outside asks, as far as its header can be read.
fn asked(connection: ConnectionId, frame: &Bytes) -> Option<EventKind> {
    let (header, _) = decode_request_header(frame).ok()?;
    let bytes = u32::try_from(frame.len() + 4).unwrap_or(u32::MAX);
    Some(EventKind::Request { connection, correlation: header.correlation, api: header.api_key, version: header.version, bytes })
}

/// The process that listens there, if it is up.
fn process_of(endpoint: Endpoint) -> ProcessId {
    match endpoint.listener {
        Listener::Broker => broker_process(endpoint.node),
        Listener::Controller => controller_process(endpoint.node),
    }
}
