//! The router: takes what processes want sent, and says what arrives where and when, in order of (due, sequence).

use super::Listener;
use super::link::{Link, LinkSpeed};
use super::retransmission::{Retransmission, Retransmitted, Stalled, Syn};
use crate::base::{ConnectionId, EventId, Instant, ProcessId, Rng, Timers};
use crate::base::{SortedMap, SortedSet};
use crate::wire::Rope;

/// What arrives at a process.
#[derive(Clone, Debug)]
pub enum Delivery {
    Accepted {
        connection: ConnectionId,
        listener: Listener,
    },
    Connected {
        connection: ConnectionId,
    },
    /// `number` is its sender's, or 0: no process sees it.
    Frame {
        connection: ConnectionId,
        frame: Rope,
        number: u64,
    },
    Disconnected {
        connection: ConnectionId,
    },
}

impl Delivery {
    pub const fn connection(&self) -> ConnectionId {
        match self {
            Self::Accepted { connection, .. }
            | Self::Connected { connection }
            | Self::Frame { connection, .. }
            | Self::Disconnected { connection } => *connection,
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Frame { frame, .. } => frame.len() + 4,
            Self::Accepted { .. } | Self::Connected { .. } | Self::Disconnected { .. } => 0,
        }
    }
}

/// A delivery on its way.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// Who sent it. The receiver itself where its own machine tells it: no link can keep that from it.
    pub from: ProcessId,
    pub to: ProcessId,
    /// When it left, the last time where it was sent again.
    pub sent: Instant,
    /// The event that sent it.
    pub cause: Option<EventId>,
    pub delivery: Delivery,
}

/// What has come due.
#[derive(Clone, Debug)]
pub enum Arrival {
    Parcel(Parcel),
    /// A frame did not arrive, the first of its connection and direction that does not; TCP will send it again.
    Lost {
        connection: ConnectionId,
        from: ProcessId,
        to: ProcessId,
        cause: Option<EventId>,
    },
    Retransmitted(Retransmitted),
}

#[derive(Clone, Debug)]
struct Connection {
    acceptor: ProcessId,
    /// When the last parcel in each direction arrives (towards the opener, towards the acceptor): none overtakes it.
    last_due: [Instant; 2],
    /// Nothing that the acceptor sends arrives any more, though nobody hears of it.
    mute: bool,
}

/// All connections, and all that travels.
#[derive(Clone, Debug)]
pub struct Network {
    /// Between any two processes; outside clients have none, they bring their own.
    usual: LinkSpeed,
    rng: Rng,
    /// Which machine a process is on, named by its first process; one that is not here has its own.
    machines: SortedMap<ProcessId, ProcessId>,
    /// From machine to machine: the links that are not as all others.
    links: SortedMap<(ProcessId, ProcessId), Link>,
    /// Machines without power.
    dark: SortedSet<ProcessId>,
    connections: SortedMap<ConnectionId, Connection>,
    in_flight: SortedMap<(Instant, u64), Parcel>,
    sent: u64,
    pub(super) stalled: SortedMap<Retransmission, Stalled>,
    pub(super) syns: SortedMap<ConnectionId, Syn>,
    pub(super) retransmissions: Timers<Retransmission>,
}

impl Network {
    /// A network whose links are alike until told otherwise; `rng` is for those that vary.
    pub const fn new(usual: LinkSpeed, rng: Rng) -> Self {
        Self {
            usual,
            rng,
            machines: SortedMap::new(),
            links: SortedMap::new(),
            dark: SortedSet::new(),
            connections: SortedMap::new(),
            in_flight: SortedMap::new(),
            sent: 0,
            stalled: SortedMap::new(),
            syns: SortedMap::new(),
            retransmissions: Timers::new(),
        }
    }

    // ── machines and links ──

    /// The process runs on this machine from now on.
    pub fn put_on(&mut self, process: ProcessId, machine: ProcessId) {
        if process != machine {
            self.machines.insert(process, machine);
        }
    }

    /// The machine that a process is on.
    pub fn machine(&self, process: ProcessId) -> ProcessId {
        self.machines.get(&process).copied().unwrap_or(process)
    }

    /// Cuts the link from one machine to another, or makes it whole; false where it was so already.
    pub fn set_cut(&mut self, from: ProcessId, to: ProcessId, cut: bool) -> bool {
        let link = self.links.entry((from, to)).or_default();
        let changed = std::mem::replace(&mut link.cut, cut) != cut;
        if link.is_usual() {
            self.links.remove(&(from, to));
        }
        changed
    }

    /// Gives the link from one machine to another a speed of its own, or that of all others.
    pub fn set_speed(&mut self, from: ProcessId, to: ProcessId, speed: Option<LinkSpeed>) {
        let link = self.links.entry((from, to)).or_default();
        link.speed = speed;
        if link.is_usual() {
            self.links.remove(&(from, to));
        }
    }

    pub fn is_cut(&self, from: ProcessId, to: ProcessId) -> bool {
        self.links.get(&(from, to)).is_some_and(|link| link.cut)
    }

    /// The links that are not as all others, by their machines: whether they are cut, and their speed.
    pub fn links(&self) -> impl Iterator<Item = ((ProcessId, ProcessId), bool, LinkSpeed)> {
        self.links.iter().map(|(ends, link)| (*ends, link.cut, link.speed.unwrap_or(self.usual)))
    }

    /// Whether what one process sends now can arrive at the other.
    pub fn reaches(&self, from: ProcessId, to: ProcessId) -> bool {
        if from == to || self.links.is_empty() && self.dark.is_empty() {
            return true;
        }
        let (from, to) = (self.machine(from), self.machine(to));
        from == to || !self.is_cut(from, to) && !self.dark.contains(&from) && !self.dark.contains(&to)
    }

    /// A machine has lost its power: it sends nothing any more, and nothing arrives at it. What has left it arrives.
    pub fn darken(&mut self, machine: ProcessId) {
        let on = |process| self.machines.get(&process).copied().unwrap_or(process) == machine;
        self.stalled.retain(|_, stalled| stalled.held.front().is_some_and(|parcel| !on(parcel.from)));
        self.syns.retain(|connection, _| !on(connection.opener));
        self.dark.insert(machine);
    }

    /// A machine has power again. It knows nothing of the connections that it had, and says so: their other ends hear that they are gone.
    pub fn light(&mut self, now: Instant, machine: ProcessId, cause: Option<EventId>) {
        if !self.dark.remove(&machine) {
            return;
        }
        let processes: SortedSet<_> =
            self.connections.iter().flat_map(|(id, known)| [id.opener, known.acceptor]).filter(|p| self.machine(*p) == machine).collect();
        processes.into_iter().for_each(|process| self.drop_process(now, process, cause));
    }

    // ── connections ──

    /// Opens a connection to `acceptor`; both ends hear of it. With `latency` zero it stands at once (an outside client's).
    pub fn connect(&mut self, now: Instant, connection: ConnectionId, acceptor: ProcessId, listener: Listener, cause: Option<EventId>) {
        self.connections.insert(connection, Connection { acceptor, last_due: [now; 2], mute: false });
        self.post(now, connection, connection.opener, acceptor, cause, Delivery::Accepted { connection, listener });
        self.post(now, connection, acceptor, connection.opener, cause, Delivery::Connected { connection });
    }

    /// A connection that cannot be made: its opener hears that it is gone.
    pub fn refuse(&mut self, now: Instant, connection: ConnectionId, cause: Option<EventId>) {
        let opener = connection.opener;
        self.put(
            now + self.usual.latency,
            Parcel { from: opener, to: opener, sent: now, cause, delivery: Delivery::Disconnected { connection } },
        );
    }

    /// Sends a frame from one end to the other. A frame on a connection that is gone is lost.
    pub fn send(&mut self, now: Instant, from: ProcessId, connection: ConnectionId, frame: Rope, number: u64, cause: Option<EventId>) {
        if let Some(to) = self.other_end(connection, from) {
            self.post(now, connection, from, to, cause, Delivery::Frame { connection, frame, number });
        }
    }

    /// From now on nothing that the connection's acceptor sends on it arrives.
    pub fn mute(&mut self, connection: ConnectionId) {
        if let Some(known) = self.connections.get_mut(&connection) {
            known.mute = true;
        }
    }

    /// Ends a connection from one end; the other hears of it after all that was sent before, and what it sends meanwhile is lost.
    pub fn close(&mut self, now: Instant, from: ProcessId, connection: ConnectionId, cause: Option<EventId>) {
        self.syns.remove(&connection);
        if let Some(to) = self.other_end(connection, from) {
            self.post(now, connection, from, to, cause, Delivery::Disconnected { connection });
            self.connections.remove(&connection);
        }
    }

    /// Ends a connection at both ends at once, with all that is under way on it.
    pub fn break_connection(&mut self, now: Instant, connection: ConnectionId, cause: Option<EventId>) {
        let mut ends: SortedSet<_> = self.connections.remove(&connection).map(|known| known.acceptor).into_iter().collect();
        if !ends.is_empty() || self.syns.remove(&connection).is_some() {
            ends.insert(connection.opener);
        }
        for to_acceptor in [false, true] {
            let stalled = self.stalled.remove(&Retransmission::Data { connection, to_acceptor });
            // One end may have closed it long ago, and only its word of that was held.
            ends.extend(stalled.into_iter().flat_map(|stalled| stalled.held).map(|parcel| parcel.to));
        }
        self.in_flight.retain(|_, parcel| parcel.delivery.connection() != connection);
        for end in ends {
            self.put(now, Parcel { from: end, to: end, sent: now, cause, delivery: Delivery::Disconnected { connection } });
        }
    }

    /// The connections between two machines.
    pub fn between(&self, one: ProcessId, other: ProcessId) -> Vec<ConnectionId> {
        let wanted = |id: &ConnectionId, acceptor| {
            let ends = (self.machine(id.opener), self.machine(acceptor));
            ends == (one, other) || ends == (other, one)
        };
        let mut found: Vec<_> = self.connections.iter().filter(|(id, known)| wanted(id, known.acceptor)).map(|(id, _)| *id).collect();
        found.extend(self.syns.iter().filter(|(id, syn)| wanted(id, syn.acceptor)).map(|(id, _)| *id));
        found
    }

    /// Cuts every connection of a process that is gone; the other ends hear of it.
    pub fn drop_process(&mut self, now: Instant, process: ProcessId, cause: Option<EventId>) {
        let its: Vec<_> =
            self.connections.iter().filter(|(id, c)| id.opener == process || c.acceptor == process).map(|(id, _)| *id).collect();
        for connection in its {
            self.close(now, process, connection, cause);
        }
        self.forget(process);
    }

    /// Forgets what is on its way to a process that is gone.
    pub fn forget(&mut self, process: ProcessId) {
        self.in_flight.retain(|_, parcel| parcel.to != process);
        self.stalled.retain(|_, stalled| stalled.held.front().is_some_and(|parcel| parcel.to != process));
        self.syns.retain(|connection, _| connection.opener != process);
    }

    // ── what travels ──

    /// All that is on its way, and when it arrives, soonest first.
    pub fn travelling(&self) -> impl Iterator<Item = (Instant, &Parcel)> {
        self.in_flight.iter().map(|((due, _), parcel)| (*due, parcel))
    }

    /// Both ends of each connection, the one that opened it first.
    pub fn connected(&self) -> impl Iterator<Item = (ProcessId, ProcessId)> {
        self.connections.iter().map(|(connection, known)| (connection.opener, known.acceptor))
    }

    pub fn next_due(&self) -> Option<Instant> {
        let parcel = self.in_flight.first_key_value().map(|((due, _), _)| *due);
        match (parcel, self.retransmissions.next_due()) {
            (Some(parcel), Some(again)) => Some(parcel.min(again)),
            (parcel, again) => parcel.or(again),
        }
    }

    /// What has come due first, by `now`.
    pub fn pop_due(&mut self, now: Instant) -> Option<Arrival> {
        if self.next_due()? > now {
            return None;
        }
        let parcel = self.in_flight.first_key_value().map(|((due, _), _)| *due);
        if parcel.is_none_or(|due| self.retransmissions.next_due().is_some_and(|again| again < due)) {
            let (what, _) = self.retransmissions.pop_due(now)?;
            return Some(Arrival::Retransmitted(self.retransmit(now, what)));
        }
        let (_, parcel) = self.in_flight.pop_first()?;
        Some(self.arrive(now, parcel))
    }

    fn arrive(&mut self, now: Instant, parcel: Parcel) -> Arrival {
        let (from, to, cause, connection) = (parcel.from, parcel.to, parcel.cause, parcel.delivery.connection());
        let behind = || self.stalled.contains_key(&Retransmission::Data { connection, to_acceptor: to != connection.opener });
        if from == to || self.reaches(from, to) && (self.stalled.is_empty() || !behind()) {
            return Arrival::Parcel(parcel);
        }
        if self.hold(now, parcel) {
            return Arrival::Lost { connection, from, to, cause };
        }
        Arrival::Retransmitted(Retransmitted::Quietly)
    }

    /// Who is at the other end of a connection from here; none where it is gone.
    pub fn other_end(&self, connection: ConnectionId, from: ProcessId) -> Option<ProcessId> {
        let acceptor = self.connections.get(&connection)?.acceptor;
        Some(if from == connection.opener { acceptor } else { connection.opener })
    }

    fn post(&mut self, now: Instant, connection: ConnectionId, from: ProcessId, to: ProcessId, cause: Option<EventId>, delivery: Delivery) {
        self.send_parcel(now, connection, Parcel { from, to, sent: now, cause, delivery }, now);
    }

    /// Sends a parcel, which arrives not before `earliest`. When it does.
    pub(super) fn send_parcel(&mut self, now: Instant, connection: ConnectionId, mut parcel: Parcel, earliest: Instant) -> Instant {
        parcel.sent = now;
        let due = self.arrival(now, connection, &parcel).max(earliest);
        self.put_in_order(due, connection, parcel)
    }

    /// Has a parcel arrive when it is due, but not before what was sent before it in the same direction. When it does.
    pub(super) fn put_in_order(&mut self, mut due: Instant, connection: ConnectionId, parcel: Parcel) -> Instant {
        if let Some(known) = self.connections.get_mut(&connection) {
            let to_acceptor = parcel.to != connection.opener;
            if known.mute && !to_acceptor {
                return due;
            }
            if let Some(last) = known.last_due.get_mut(usize::from(to_acceptor)) {
                due = due.max(*last);
                *last = due;
            }
        }
        self.put(due, parcel);
        due
    }

    /// Takes back what is under way on a connection in one direction, soonest first.
    pub(super) fn take_in_flight(&mut self, connection: ConnectionId, to: ProcessId) -> Vec<(Instant, Parcel)> {
        let is_its = |parcel: &Parcel| parcel.delivery.connection() == connection && parcel.to == to;
        let its: Vec<_> = self.in_flight.iter().filter(|(_, parcel)| is_its(parcel)).map(|(key, _)| *key).collect();
        its.into_iter().filter_map(|key| self.in_flight.remove(&key).map(|parcel| (key.0, parcel))).collect()
    }

    fn arrival(&mut self, now: Instant, connection: ConnectionId, parcel: &Parcel) -> Instant {
        let usual = if connection.opener == OUTSIDE { LinkSpeed::fixed(crate::base::Duration::ZERO) } else { self.usual };
        if self.links.is_empty() {
            return now + usual.latency;
        }
        let ends = (self.machine(parcel.from), self.machine(parcel.to));
        match self.links.get_mut(&ends) {
            Some(link) => link.arrival(now, parcel.delivery.bytes(), usual, &mut self.rng),
            None => now + usual.latency,
        }
    }

    fn put(&mut self, due: Instant, parcel: Parcel) {
        self.sent += 1;
        self.in_flight.insert((due, self.sent), parcel);
    }
}

/// The process that stands for all clients outside of the simulation: connections that the host opens. They have no latency of ours.
pub const OUTSIDE: ProcessId = ProcessId(1_000);
