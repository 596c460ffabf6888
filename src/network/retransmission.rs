//! What TCP does where nothing arrives (Linux' defaults): it sends again, after a time that doubles, and gives up in the end. Neither
//! process hears of it before that.
//!
//! A direction of a connection whose first frame did not arrive holds all that follows, so that the order stays. What is held arrives with
//! the first retransmission after the link is whole. A connection that is being opened sends its SYN again in the same way.

use super::router::Parcel;
use super::{Endpoint, Network};
use crate::base::{ConnectionId, Duration, EventId, Instant, ProcessId};
use std::collections::VecDeque;

/// The first retransmission, and the longest time between two (`TCP_RTO_MIN`, `TCP_RTO_MAX`).
const FIRST: Duration = Duration::from_millis(200);
const LONGEST: Duration = Duration::from_secs(120);
/// After so many it gives up: after 924.6 s (`net.ipv4.tcp_retries2`).
const RETRIES: u32 = 15;
/// The same of a SYN: 127 s (`net.ipv4.tcp_syn_retries`).
const SYN_FIRST: Duration = Duration::from_secs(1);
const SYN_RETRIES: u32 = 6;

/// What is to be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Retransmission {
    /// One direction of a connection: towards its acceptor, or towards its opener.
    Data {
        connection: ConnectionId,
        to_acceptor: bool,
    },
    Syn(ConnectionId),
}

/// One direction that is stalled.
#[derive(Clone, Debug, Default)]
pub(super) struct Stalled {
    pub held: VecDeque<Parcel>,
    attempts: u32,
}

/// A connection that is being opened where no answer comes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Syn {
    pub to: Endpoint,
    pub acceptor: ProcessId,
    pub cause: Option<EventId>,
    attempts: u32,
}

/// What came of a retransmission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retransmitted {
    /// Nothing arrived, or what was held is on its way again.
    Quietly,
    /// The connection can be opened now, if somebody listens there.
    Opens { connection: ConnectionId, to: Endpoint, cause: Option<EventId> },
    /// TCP gave up.
    GaveUp { connection: ConnectionId, cause: Option<EventId> },
}

impl Network {
    /// A connection is to be opened where nothing arrives: no answer comes, so it is tried again.
    pub fn knock(&mut self, now: Instant, connection: ConnectionId, to: Endpoint, acceptor: ProcessId, cause: Option<EventId>) {
        self.syns.insert(connection, Syn { to, acceptor, cause, attempts: 0 });
        self.retransmissions.set(Retransmission::Syn(connection), now + SYN_FIRST, cause);
    }

    /// Holds a parcel that cannot arrive. True where it is the first.
    pub(super) fn hold(&mut self, now: Instant, parcel: Parcel) -> bool {
        let (connection, cause) = (parcel.delivery.connection(), parcel.cause);
        let key = Retransmission::Data { connection, to_acceptor: parcel.to != connection.opener };
        let stalled = self.stalled.entry(key).or_default();
        stalled.held.push_back(parcel);
        let first = stalled.held.len() == 1;
        if first {
            self.retransmissions.set(key, now + FIRST, cause);
        }
        first
    }

    pub(super) fn retransmit(&mut self, now: Instant, what: Retransmission) -> Retransmitted {
        match what {
            Retransmission::Data { connection, .. } => self.retransmit_data(now, what, connection),
            Retransmission::Syn(connection) => self.retransmit_syn(now, connection),
        }
    }

    fn retransmit_data(&mut self, now: Instant, key: Retransmission, connection: ConnectionId) -> Retransmitted {
        let Some(stalled) = self.stalled.get(&key) else { return Retransmitted::Quietly };
        let Some(first) = stalled.held.front() else { return Retransmitted::Quietly };
        let cause = first.cause;
        if self.reaches(first.from, first.to) {
            let to = first.to;
            let held = self.stalled.remove(&key).map(|stalled| stalled.held).unwrap_or_default();
            // What was sent since the link is whole comes after it.
            let overtaken = self.take_in_flight(connection, to);
            // Their sender may have closed the connection, so that nothing else knows their order any more.
            let mut last = now;
            for parcel in held {
                last = self.send_parcel(now, connection, parcel, last);
            }
            for (due, parcel) in overtaken {
                last = self.put_in_order(due.max(last), connection, parcel);
            }
            return Retransmitted::Quietly;
        }
        let Some(stalled) = self.stalled.get_mut(&key) else { return Retransmitted::Quietly };
        stalled.attempts += 1;
        if stalled.attempts > RETRIES {
            return Retransmitted::GaveUp { connection, cause };
        }
        let wait = FIRST.as_micros().saturating_mul(1 << stalled.attempts.min(20)).min(LONGEST.as_micros());
        self.retransmissions.set(key, now + Duration::from_micros(wait), cause);
        Retransmitted::Quietly
    }

    fn retransmit_syn(&mut self, now: Instant, connection: ConnectionId) -> Retransmitted {
        let Some(syn) = self.syns.get(&connection).copied() else { return Retransmitted::Quietly };
        if self.reaches(connection.opener, syn.acceptor) && self.reaches(syn.acceptor, connection.opener) {
            self.syns.remove(&connection);
            return Retransmitted::Opens { connection, to: syn.to, cause: syn.cause };
        }
        let attempts = syn.attempts + 1;
        if attempts > SYN_RETRIES {
            return Retransmitted::GaveUp { connection, cause: syn.cause };
        }
        self.syns.insert(connection, Syn { attempts, ..syn });
        let wait = SYN_FIRST.as_micros() << attempts;
        self.retransmissions.set(Retransmission::Syn(connection), now + Duration::from_micros(wait), syn.cause);
        Retransmitted::Quietly
    }
}
