//! The broker's own connections to the controller (`NodeToControllerChannelManager`, and the raft client's): one a purpose, because a
//! connection answers in order and a waiting Fetch would hold up all behind it. One request is under way on each; a lost connection is
//! made again, to the next voter, and what had no answer is sent again.

use super::{Broker, BrokerTimer};
use crate::base::{ConnectionId, Context, Duration, EventId, EventKind, NodeId, ProcessId};
use crate::network::{Action, Endpoint, Listener};
use crate::wire::frame::encode_request;
use crate::wire::{Request, Rope};
use bytes::{Buf as _, Bytes};
use std::collections::{BTreeMap, VecDeque};

/// How long to wait before a connection is made again: `reconnect.backoff.ms` of the controller channels.
const RECONNECT_BACKOFF: Duration = Duration::from_millis(50);

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Purpose {
    /// Registration and heartbeats.
    Lifecycle,
    /// Fetching `__cluster_metadata`.
    Metadata,
    /// Requests of clients that only a controller can carry out, and the broker's own.
    Forwarding,
    /// Asking for other in-sync replicas.
    AlterPartition,
}

/// A request under way, by what is to be done with its answer.
#[derive(Clone, Debug)]
pub(super) enum Call {
    Register,
    Heartbeat,
    FetchMetadata,
    Forward(super::connections::RequestContext),
    CreateTopics(Vec<String>),
    /// What the broker left for the controller of a request that alters configs.
    AlterConfigs {
        request: super::connections::RequestContext,
        identities: Vec<(i8, String)>,
        decisions: super::alter_configs::Decisions,
    },
    AllocateProducerIds,
    AlterPartition,
}

#[derive(Clone, Debug)]
struct Waiting {
    call: Call,
    correlation: i32,
    /// The event that asked.
    cause: Option<EventId>,
    sent: EventKind,
    is_poll: bool,
    frame: Rope,
}

#[derive(Clone, Debug, Default)]
struct Channel {
    connection: Option<ConnectionId>,
    up: bool,
    waiting: VecDeque<Waiting>,
    /// The first of those waiting is under way.
    under_way: bool,
}

/// All channels of one broker.
#[derive(Clone, Debug)]
pub(super) struct Channels {
    process: ProcessId,
    opened: u32,
    correlation: i32,
    /// Which of the voters is asked.
    voter: usize,
    by_purpose: BTreeMap<Purpose, Channel>,
}

impl Channels {
    pub(super) fn new(node: NodeId, first_connection: u32) -> Self {
        Self {
            process: ProcessId(u32::try_from(node.0).unwrap_or_default()),
            opened: first_connection,
            correlation: 0,
            voter: 0,
            by_purpose: BTreeMap::new(),
        }
    }

    pub(super) const fn owns(&self, connection: ConnectionId) -> bool {
        connection.opener.0 == self.process.0
    }

    /// A number for another connection of this broker's.
    pub(super) fn next_connection(&mut self) -> ConnectionId {
        let connection = ConnectionId { opener: self.process, number: self.opened };
        self.opened += 1;
        connection
    }

    fn purpose_of(&self, connection: ConnectionId) -> Option<Purpose> {
        self.by_purpose.iter().find(|(_, channel)| channel.connection == Some(connection)).map(|(purpose, _)| *purpose)
    }
}

impl Broker {
    /// Sends a request to the controller; its answer comes to `controller_answered`.
    pub(super) fn call<R: Request>(&mut self, cx: &mut Context<'_>, purpose: Purpose, call: Call, version: i16, body: &mut R) {
        self.channels.correlation = self.channels.correlation.wrapping_add(1);
        let correlation = self.channels.correlation;
        // A request of our own always fits its version.
        let Ok(frame) = encode_request(version, correlation, Some(&self.config.client_id), body) else { return };
        let bytes = u32::try_from(frame.len() + 4).unwrap_or(u32::MAX);
        let sent = EventKind::Request { connection: ConnectionId::default(), correlation, api: R::KEY as i16, version, bytes };
        let channel = self.channels.by_purpose.entry(purpose).or_default();
        channel.waiting.push_back(Waiting { call, correlation, cause: cx.cause, sent, is_poll: R::KEY.is_poll(), frame });
        if channel.connection.is_none() && self.timers.due(&BrokerTimer::Reconnect(purpose)).is_none() {
            self.channel_reconnect(cx, purpose);
        }
        self.channel_send(cx, purpose);
    }

    /// Asks another voter from now on: this one is not the active controller.
    pub(super) fn try_next_voter(&mut self) {
        self.channels.voter = self.channels.voter.wrapping_add(1);
    }

    pub(super) fn channel_reconnect(&mut self, cx: &mut Context<'_>, purpose: Purpose) {
        let voters = &self.config.voters;
        let Some(node) = voters.get(self.channels.voter % voters.len().max(1)).copied() else { return };
        let connection = self.channels.next_connection();
        let channel = self.channels.by_purpose.entry(purpose).or_default();
        channel.connection = Some(connection);
        channel.up = false;
        channel.under_way = false;
        self.outbox.push(cx, Action::Connect { connection, to: Endpoint { node, listener: Listener::Controller } });
    }

    pub(super) fn channel_connected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        let Some(purpose) = self.channels.purpose_of(connection) else { return };
        if let Some(channel) = self.channels.by_purpose.get_mut(&purpose) {
            channel.up = true;
        }
        self.channel_send(cx, purpose);
    }

    pub(super) fn channel_lost(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        let Some(purpose) = self.channels.purpose_of(connection) else { return };
        if let Some(channel) = self.channels.by_purpose.get_mut(&purpose) {
            *channel = Channel { waiting: std::mem::take(&mut channel.waiting), ..Channel::default() };
        }
        self.try_next_voter();
        self.timers.set(BrokerTimer::Reconnect(purpose), cx.now + RECONNECT_BACKOFF, cx.cause);
    }

    fn channel_send(&mut self, cx: &mut Context<'_>, purpose: Purpose) {
        let Some(channel) = self.channels.by_purpose.get_mut(&purpose) else { return };
        let (Some(connection), true, false) = (channel.connection, channel.up, channel.under_way) else { return };
        let Some(first) = channel.waiting.front() else { return };
        channel.under_way = true;
        let before = cx.cause;
        cx.cause = first.cause.filter(|_| !first.is_poll);
        let mut sent = first.sent.clone();
        if let EventKind::Request { connection: on, .. } = &mut sent {
            *on = connection;
        }
        cx.because(sent);
        self.outbox.push(cx, Action::Send { connection, frame: first.frame.clone() });
        cx.cause = before;
    }

    /// A response of the controller's came.
    pub(super) fn channel_answered(&mut self, cx: &mut Context<'_>, connection: ConnectionId, frame: Bytes) {
        let Some(purpose) = self.channels.purpose_of(connection) else { return };
        let Some(channel) = self.channels.by_purpose.get_mut(&purpose) else { return };
        let correlation = frame.clone().try_get_i32().ok();
        let expected = channel.waiting.front().map(|waiting| waiting.correlation);
        if !channel.under_way || correlation != expected {
            return;
        }
        channel.under_way = false;
        if let Some(waiting) = channel.waiting.pop_front() {
            self.controller_answered(cx, waiting.call, frame);
        }
        self.channel_send(cx, purpose);
    }

    fn controller_answered(&mut self, cx: &mut Context<'_>, call: Call, frame: Bytes) {
        match call {
            Call::Register => self.registered(cx, frame),
            Call::Heartbeat => self.heartbeat_answered(cx, frame),
            Call::FetchMetadata => self.metadata_fetched(cx, frame),
            Call::Forward(request) => self.forwarded(cx, &request, frame),
            Call::CreateTopics(names) => self.topics_created(&names, frame),
            Call::AlterConfigs { request, identities, decisions } => self.altered(cx, &request, &identities, &decisions, &frame),
            Call::AllocateProducerIds => self.producer_ids_allocated(&frame),
            Call::AlterPartition => self.partitions_altered(cx, &frame),
        }
    }
}
