//! The broker's own connections to other brokers, for what coordinators of transactions and those who lead partitions have to say to each
//! other (`InterBrokerSendThread`): one a broker and lane, with one request under way. What was asked comes back with its answer, or
//! without one when the connection ended or nobody answered in time; whoever asked tries again as it sees fit.
//!
//! A broker that has to ask itself does so by the same frames, on a connection that never leaves it.

use super::{Broker, BrokerTimer};
use crate::base::SortedMap;
use crate::base::{ConnectionId, Context, Duration, EventId, EventKind, Instant, NodeId, Silent};
use crate::network::{Action, Endpoint, Listener};
use crate::wire::frame::encode_request;
use crate::wire::{ApiKey, Request, Rope};
use bytes::Buf as _;
use std::collections::VecDeque;

/// How long to wait before a connection is made again (`reconnect.backoff.ms` of these channels).
const RECONNECT_BACKOFF: Duration = Duration::from_millis(50);
/// How long a connection may take to be made (`socket.connection.setup.timeout.ms`).
const CONNECT_MAX: Duration = Duration::from_millis(10_000);

/// What is said on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lane {
    /// WriteTxnMarkers, of a coordinator to those who lead a transaction's partitions.
    Markers,
    /// AddPartitionsToTxn, of one who leads a partition to the coordinator.
    Verification,
}

/// A request, by what is to be done with its answer.
#[derive(Clone, Debug)]
pub(super) enum NodeCall {
    WriteMarkers(super::markers::Sent),
    AddPartitions(super::verification::Sent),
}

#[derive(Clone, Debug)]
struct Waiting {
    call: NodeCall,
    correlation: i32,
    cause: Option<EventId>,
    api: ApiKey,
    version: i16,
    frame: Rope,
}

#[derive(Clone, Debug, Default)]
struct NodeChannel {
    connection: Option<ConnectionId>,
    up: bool,
    /// The first one is under way once the connection stands.
    waiting: VecDeque<Waiting>,
    under_way: bool,
    /// When the connection has to stand, or the request under way has to be answered.
    due: Option<Instant>,
    /// No connection is made before.
    not_before: Option<Instant>,
}

/// All channels of one broker to others, and to itself.
#[derive(Clone, Debug, Default)]
pub(super) struct NodeChannels {
    correlation: i32,
    by_lane: SortedMap<(NodeId, Lane), NodeChannel>,
    /// Answers of this broker to itself that nobody has taken yet.
    own_answers: VecDeque<(ConnectionId, Option<Rope>)>,
}

impl NodeChannels {
    /// The channel that a connection of this broker's is.
    pub(super) fn channel_of(&self, connection: ConnectionId) -> Option<(NodeId, Lane)> {
        self.by_lane.iter().find(|(_, channel)| channel.connection == Some(connection)).map(|(channel, _)| *channel)
    }

    /// Whether something is asked on this lane that is not answered yet.
    pub(super) fn is_busy(&self, node: NodeId, lane: Lane) -> bool {
        self.by_lane.get(&(node, lane)).is_some_and(|channel| !channel.waiting.is_empty())
    }
}

impl Broker {
    /// Asks another broker, or this one. The answer comes to `node_answered`.
    pub(super) fn ask_node<R: Request>(
        &mut self,
        cx: &mut Context<'_>,
        (node, lane): (NodeId, Lane),
        version: i16,
        body: &mut R,
        call: NodeCall,
    ) {
        self.node_channels.correlation = self.node_channels.correlation.wrapping_add(1);
        let correlation = self.node_channels.correlation;
        // A request of our own always fits its version.
        let Ok(frame) = encode_request(version, correlation, Some(&self.config.client_id), body) else { return };
        let waiting = Waiting { call, correlation, cause: cx.cause, api: R::KEY, version, frame };
        self.node_channels.by_lane.entry((node, lane)).or_default().waiting.push_back(waiting);
        self.node_channel_on(cx, node, lane);
    }

    /// Does with a channel what is to be done next: connects, sends; or nothing, while an answer is awaited.
    fn node_channel_on(&mut self, cx: &mut Context<'_>, node: NodeId, lane: Lane) {
        let is_own = node == self.node();
        let request_timeout = self.settings().request_timeout;
        let Some(channel) = self.node_channels.by_lane.get_mut(&(node, lane)) else { return };
        let Some(first) = channel.waiting.front() else { return };
        if channel.under_way || channel.connection.is_some() && !channel.up || channel.not_before.is_some() {
            return;
        }
        let Some(connection) = channel.connection else { return self.connect_to_node(cx, node, lane) };
        channel.under_way = true;
        let frame = first.frame.clone();
        if is_own {
            return self.connections.push(connection, frame, first.cause);
        }
        let bytes = u32::try_from(frame.len() + 4).unwrap_or(u32::MAX);
        let (api, version, correlation) = (first.api as i16, first.version, first.correlation);
        let due = cx.now + request_timeout;
        channel.due = Some(due);
        let before = std::mem::replace(&mut cx.cause, first.cause);
        cx.because(EventKind::Request { connection, correlation, api, version, bytes });
        self.outbox.push(cx, Action::Send { connection, frame });
        self.timers.set(BrokerTimer::NodeChannel(node, lane), due, cx.cause);
        cx.cause = before;
    }

    fn connect_to_node(&mut self, cx: &mut Context<'_>, node: NodeId, lane: Lane) {
        let connection = self.channels.next_connection();
        let is_own = node == self.node();
        let Some(channel) = self.node_channels.by_lane.get_mut(&(node, lane)) else { return };
        (channel.connection, channel.up) = (Some(connection), is_own);
        if is_own {
            self.connections.open(connection, &self.config.host);
            return self.node_channel_on(cx, node, lane);
        }
        let due = cx.now + CONNECT_MAX;
        channel.due = Some(due);
        self.outbox.push(cx, Action::Connect { connection, to: Endpoint { node, listener: Listener::Broker } });
        self.timers.set(BrokerTimer::NodeChannel(node, lane), due, cx.cause);
    }

    pub(super) fn node_connected(&mut self, cx: &mut Context<'_>, (node, lane): (NodeId, Lane)) {
        if let Some(channel) = self.node_channels.by_lane.get_mut(&(node, lane)) {
            (channel.up, channel.due) = (true, None);
            self.timers.cancel(&BrokerTimer::NodeChannel(node, lane));
            self.node_channel_on(cx, node, lane);
        }
    }

    /// The connection is gone: whatever was asked on it has no answer. Another one is made after a while, if there is something to ask.
    pub(super) fn node_lost(&mut self, cx: &mut Context<'_>, (node, lane): (NodeId, Lane)) {
        let Some(channel) = self.node_channels.by_lane.get_mut(&(node, lane)) else { return };
        let unanswered = std::mem::take(&mut channel.waiting);
        let not_before = cx.now + RECONNECT_BACKOFF;
        *channel = NodeChannel { not_before: Some(not_before), ..NodeChannel::default() };
        self.timers.set(BrokerTimer::NodeChannel(node, lane), not_before, cx.cause);
        for waiting in unanswered {
            self.node_answered(cx, node, waiting.call, None);
        }
    }

    /// A channel's timer: it may connect again, or somebody has not answered in time.
    pub(super) fn node_channel_due(&mut self, cx: &mut Context<'_>, node: NodeId, lane: Lane) {
        let waited = self.settings().request_timeout;
        let Some(channel) = self.node_channels.by_lane.get_mut(&(node, lane)) else { return };
        if channel.not_before.is_some_and(|at| at <= cx.now) {
            channel.not_before = None;
            return self.node_channel_on(cx, node, lane);
        }
        if channel.due.is_some_and(|due| due <= cx.now)
            && let Some(connection) = channel.connection
        {
            let (awaited, waited) = if channel.up { ("response", waited) } else { ("connection", CONNECT_MAX) };
            cx.because_of_silence(Silent::Broker { node }, awaited, waited);
            self.outbox.push(cx, Action::Close { connection });
            self.node_lost(cx, (node, lane));
        }
    }

    /// A response came on one of these connections.
    pub(super) fn node_channel_answered(&mut self, cx: &mut Context<'_>, (node, lane): (NodeId, Lane), frame: Rope) {
        let Some(channel) = self.node_channels.by_lane.get_mut(&(node, lane)) else { return };
        let correlation = frame.to_bytes().try_get_i32().ok();
        let Some(first) = channel.waiting.pop_front_if(|first| channel.under_way && correlation == Some(first.correlation)) else { return };
        (channel.under_way, channel.due) = (false, None);
        self.timers.cancel(&BrokerTimer::NodeChannel(node, lane));
        self.node_answered(cx, node, first.call, Some(frame));
        self.node_channel_on(cx, node, lane);
    }

    /// Keeps this broker's answer to itself (none: it ended the connection), until `take_own_answers`. False: it is somebody else's.
    pub(super) fn keep_own_answer(&mut self, connection: ConnectionId, frame: Option<Rope>) -> bool {
        let is_own = self.node_channels.channel_of(connection).is_some();
        if is_own {
            self.node_channels.own_answers.push_back((connection, frame));
        }
        is_own
    }

    /// Takes one of this broker's answers to itself. False: there is none.
    pub(super) fn take_own_answer(&mut self, cx: &mut Context<'_>) -> bool {
        let Some((connection, frame)) = self.node_channels.own_answers.pop_front() else { return false };
        if let Some(channel) = self.node_channels.channel_of(connection) {
            match frame {
                Some(frame) => self.node_channel_answered(cx, channel, frame),
                None => self.node_lost(cx, channel),
            }
        }
        true
    }

    fn node_answered(&mut self, cx: &mut Context<'_>, node: NodeId, call: NodeCall, frame: Option<Rope>) {
        match call {
            NodeCall::WriteMarkers(sent) => self.markers_answered(cx, node, sent, frame),
            NodeCall::AddPartitions(sent) => self.verification_answered(cx, node, sent, frame),
        }
    }
}
