//! What a process asks of the network, and how the network speaks to it.

use crate::base::{ConnectionId, Context, EventId, Instant, NodeId};
use crate::wire::Rope;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Which of a node's listeners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Listener {
    /// PLAINTEXT: clients, and followers.
    Broker,
    /// CONTROLLER: brokers, and the quorum's voters.
    Controller,
}

/// Where one connects to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Endpoint {
    pub node: NodeId,
    pub listener: Listener,
}

/// What a process asks of the network. Frames are without their length prefix.
#[derive(Clone, Debug)]
pub enum Action {
    /// Opens a connection; `connection.opener` is the asking process, and its number has never been used before.
    Connect { connection: ConnectionId, to: Endpoint },
    /// Sends a frame on a connection, to its other end.
    Send { connection: ConnectionId, frame: Rope },
    /// Ends a connection; the other end hears of it after what was sent before.
    Close { connection: ConnectionId },
}

/// What a process has asked for and nobody has taken up yet.
#[derive(Clone, Debug, Default)]
pub struct Outbox(VecDeque<(Action, Option<EventId>)>);

impl Outbox {
    /// Asks for something, by reason of the current cause.
    pub fn push(&mut self, cx: &Context<'_>, action: Action) {
        self.0.push_back((action, cx.cause));
    }

    pub fn pop(&mut self) -> Option<(Action, Option<EventId>)> {
        self.0.pop_front()
    }
}

/// A state machine on the network: a broker, a controller, a simulated client. All inputs come with a context; outputs are polled.
pub trait Process {
    /// Somebody opened a connection to this process' listener. `host` is the peer's address in text, such as `127.0.0.1`.
    fn accepted(&mut self, cx: &mut Context<'_>, connection: ConnectionId, listener: Listener, host: &str);
    /// A connection that this process asked for stands.
    fn connected(&mut self, cx: &mut Context<'_>, connection: ConnectionId);
    /// A frame came, in the order of sending.
    fn receive(&mut self, cx: &mut Context<'_>, connection: ConnectionId, frame: Rope);
    /// The connection is gone: closed by the peer, or never made.
    fn disconnected(&mut self, cx: &mut Context<'_>, connection: ConnectionId);
    /// When it wants to be woken.
    fn next_due(&self) -> Option<Instant>;
    /// Called once `next_due` has come: handles one timer (the caller calls again while something is due). Sets `cx.cause` from the timer.
    fn wake(&mut self, cx: &mut Context<'_>);
    /// What it wants of the network, in order, each with the event that led to it: most processes keep an [`Outbox`].
    fn poll_action(&mut self) -> Option<(Action, Option<EventId>)>;
}
