//! The router: takes what processes want sent, and says what arrives where and when, in order of (due, sequence).

use super::Listener;
use crate::base::{ConnectionId, Duration, EventId, Instant, ProcessId};
use crate::wire::Rope;
use std::collections::BTreeMap;

/// What arrives at a process.
#[derive(Clone, Debug)]
pub enum Delivery {
    Accepted { connection: ConnectionId, listener: Listener },
    Connected { connection: ConnectionId },
    Frame { connection: ConnectionId, frame: Rope },
    Disconnected { connection: ConnectionId },
}

/// A delivery on its way.
#[derive(Clone, Debug)]
pub struct Parcel {
    pub to: ProcessId,
    /// The event that sent it.
    pub cause: Option<EventId>,
    pub delivery: Delivery,
}

#[derive(Clone, Debug)]
struct Connection {
    acceptor: ProcessId,
    /// When the last parcel in each direction arrives (towards the opener, towards the acceptor): none overtakes it.
    last_due: [Instant; 2],
}

/// All connections, and all that travels.
#[derive(Clone, Debug)]
pub struct Network {
    /// One way, between any two processes; outside clients have none, they bring their own.
    latency: Duration,
    connections: BTreeMap<ConnectionId, Connection>,
    in_flight: BTreeMap<(Instant, u64), Parcel>,
    sent: u64,
}

impl Network {
    pub const fn new(latency: Duration) -> Self {
        Self { latency, connections: BTreeMap::new(), in_flight: BTreeMap::new(), sent: 0 }
    }

    /// Opens a connection to `acceptor`; both ends hear of it. With `latency` zero it stands at once (an outside client's).
    pub fn connect(&mut self, now: Instant, connection: ConnectionId, acceptor: ProcessId, listener: Listener, cause: Option<EventId>) {
        self.connections.insert(connection, Connection { acceptor, last_due: [now; 2] });
        self.post(now, connection, acceptor, cause, Delivery::Accepted { connection, listener });
        self.post(now, connection, connection.opener, cause, Delivery::Connected { connection });
    }

    /// A connection that cannot be made: its opener hears that it is gone.
    pub fn refuse(&mut self, now: Instant, connection: ConnectionId, cause: Option<EventId>) {
        let parcel = Parcel { to: connection.opener, cause, delivery: Delivery::Disconnected { connection } };
        self.put(now + self.latency, parcel);
    }

    /// Sends a frame from one end to the other. A frame on a connection that is gone is lost.
    pub fn send(&mut self, now: Instant, from: ProcessId, connection: ConnectionId, frame: Rope, cause: Option<EventId>) {
        if let Some(to) = self.other_end(connection, from) {
            self.post(now, connection, to, cause, Delivery::Frame { connection, frame });
        }
    }

    /// Ends a connection from one end; the other hears of it after all that was sent before, and what it sends meanwhile is lost.
    pub fn close(&mut self, now: Instant, from: ProcessId, connection: ConnectionId, cause: Option<EventId>) {
        if let Some(to) = self.other_end(connection, from) {
            self.post(now, connection, to, cause, Delivery::Disconnected { connection });
            self.connections.remove(&connection);
        }
    }

    /// Cuts every connection of a process that is gone; the other ends hear of it.
    pub fn drop_process(&mut self, now: Instant, process: ProcessId, cause: Option<EventId>) {
        let its: Vec<_> =
            self.connections.iter().filter(|(id, c)| id.opener == process || c.acceptor == process).map(|(id, _)| *id).collect();
        for connection in its {
            self.close(now, process, connection, cause);
        }
        self.in_flight.retain(|_, parcel| parcel.to != process);
    }

    pub fn next_due(&self) -> Option<Instant> {
        self.in_flight.first_key_value().map(|((due, _), _)| *due)
    }

    /// The first parcel that has arrived by `now`.
    pub fn pop_due(&mut self, now: Instant) -> Option<Parcel> {
        if self.next_due()? > now {
            return None;
        }
        self.in_flight.pop_first().map(|(_, parcel)| parcel)
    }

    fn other_end(&self, connection: ConnectionId, from: ProcessId) -> Option<ProcessId> {
        let acceptor = self.connections.get(&connection)?.acceptor;
        Some(if from == connection.opener { acceptor } else { connection.opener })
    }

    fn post(&mut self, now: Instant, connection: ConnectionId, to: ProcessId, cause: Option<EventId>, delivery: Delivery) {
        let outside = connection.opener == OUTSIDE;
        let latency = if outside { Duration::ZERO } else { self.latency };
        let mut due = now + latency;
        if let Some(known) = self.connections.get_mut(&connection)
            && let Some(last) = known.last_due.get_mut(usize::from(to != connection.opener))
        {
            due = due.max(*last);
            *last = due;
        }
        self.put(due, Parcel { to, cause, delivery });
    }

    fn put(&mut self, due: Instant, parcel: Parcel) {
        self.sent += 1;
        self.in_flight.insert((due, self.sent), parcel);
    }
}

/// The process that stands for all clients outside of the simulation: connections that the host opens. They have no latency of ours.
pub const OUTSIDE: ProcessId = ProcessId(1_000);
