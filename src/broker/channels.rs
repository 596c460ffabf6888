//! The broker's own connections to controllers (`NodeToControllerChannelManager`, and the raft client's): one a purpose, because a
//! connection answers in order and a waiting Fetch would hold up all behind it. One request is under way on each.
//!
//! Metadata is fetched from the node's own controller, if it has one, else from the leader of the quorum. All else goes to the leader, as
//! far as it is known. Whoever turns out not to be the active controller, ends the connection or does not answer in time is left, and what
//! had no answer is sent again, to the leader that is known by then; some requests are given up after a while.

use super::{Broker, BrokerTimer};
use crate::base::SortedMap;
use crate::base::{ConnectionId, Context, Duration, EventId, EventKind, Instant, NodeId, ProcessId, Silent};
use crate::network::{Action, Endpoint, Listener};
use crate::wire::frame::{decode_response, encode_request};
use crate::wire::messages::{
    AllocateProducerIdsResponse, AlterPartitionResponse, BrokerHeartbeatResponse, BrokerRegistrationResponse, CreateTopicsResponse,
    EnvelopeResponse,
};
use crate::wire::{ApiKey, ErrorCode, Request, Response, Rope};
use bytes::{Buf as _, Bytes};
use std::collections::VecDeque;

/// How long to wait before a connection is made again: `reconnect.backoff.ms` and `reconnect.backoff.max.ms` of the controller channels.
const RECONNECT_BACKOFF: Duration = Duration::from_millis(50);
const RECONNECT_BACKOFF_MAX: Duration = Duration::from_millis(1_000);
/// How soon to look again whether a leader is known.
const LEADER_UNKNOWN: Duration = Duration::from_millis(100);
/// How long a connection may take to be made (`socket.connection.setup.timeout.ms`).
const CONNECT_MAX: Duration = Duration::from_millis(10_000);
/// How long an answer may take (`controller.socket.timeout.ms`).
const ANSWER_MAX: Duration = Duration::from_millis(30_000);

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
    FetchSnapshot,
    /// A client's request, with its frame.
    Forward(super::connections::RequestContext, Bytes),
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
    api: ApiKey,
    version: i16,
    frame: Rope,
    /// When the broker does not want it any more.
    give_up: Option<Instant>,
}

#[derive(Clone, Debug, Default)]
struct Channel {
    to: Option<NodeId>,
    connection: Option<ConnectionId>,
    up: bool,
    waiting: VecDeque<Waiting>,
    /// When the connection has to stand; once it does: when the first of those waiting, which is under way, has to be answered.
    answer_due: Option<Instant>,
    /// Connections in a row that failed.
    failures: u32,
}

/// All channels of one broker.
#[derive(Clone, Debug)]
pub(super) struct Channels {
    process: ProcessId,
    opened: u32,
    correlation: i32,
    /// The quorum's leader and its epoch, as far as the broker has heard.
    leader: Option<NodeId>,
    epoch: i32,
    by_purpose: SortedMap<Purpose, Channel>,
}

impl Channels {
    pub(super) fn new(node: NodeId, first_connection: u32) -> Self {
        Self {
            process: ProcessId(u32::try_from(node.0).unwrap_or_default()),
            opened: first_connection,
            correlation: 0,
            leader: None,
            epoch: 0,
            by_purpose: SortedMap::new(),
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

    /// The quorum's leader, as far as the broker has heard.
    pub(super) const fn leader(&self) -> Option<NodeId> {
        self.leader
    }

    /// The epoch that this leader is of, or that has none.
    pub(super) const fn epoch(&self) -> i32 {
        self.epoch
    }

    /// A controller told of a leader (-1: none) and an epoch. True if that is news.
    pub(super) fn heard_of_leader(&mut self, leader: i32, epoch: i32) -> bool {
        let leader = (leader >= 0).then_some(NodeId(leader));
        if epoch < self.epoch || epoch == self.epoch && (leader == self.leader || leader.is_none()) {
            return false;
        }
        (self.leader, self.epoch) = (leader, epoch);
        true
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
        let give_up = self.patience(purpose).map(|patience| cx.now + patience);
        let waiting = Waiting { call, correlation, cause: cx.cause, api: R::KEY, version, frame, give_up };
        self.channels.by_purpose.entry(purpose).or_default().waiting.push_back(waiting);
        self.channel_send(cx, purpose);
    }

    /// How long a request is kept that nobody answers; none: for ever.
    fn patience(&self, purpose: Purpose) -> Option<Duration> {
        match purpose {
            Purpose::Lifecycle => Some(self.settings().broker_session_timeout),
            Purpose::Forwarding => Some(self.settings().request_timeout),
            Purpose::Metadata | Purpose::AlterPartition => None,
        }
    }

    /// How long a controller may take for an answer.
    fn answer_max(&self, purpose: Purpose) -> Duration {
        match purpose {
            Purpose::Metadata => self.settings().quorum_request_timeout,
            Purpose::Lifecycle | Purpose::Forwarding | Purpose::AlterPartition => {
                self.patience(purpose).map_or(ANSWER_MAX, |patience| patience.min(ANSWER_MAX))
            }
        }
    }

    /// Whom to ask now; none while the leader is not known.
    fn whom_to_ask(&self, cx: &mut Context<'_>, purpose: Purpose) -> Option<NodeId> {
        if purpose != Purpose::Metadata {
            return self.channels.leader;
        }
        let voters = &self.config.voters;
        if self.has_own_controller() {
            return Some(self.node());
        }
        self.channels.leader.or_else(|| voters.get(cx.rng.below(voters.len() as u64) as usize).copied())
    }

    /// Whether a controller runs on the same node.
    pub(super) fn has_own_controller(&self) -> bool {
        self.config.voters.contains(&self.node())
    }

    /// Connects, if there is something to send and somebody to send it to.
    pub(super) fn channel_reconnect(&mut self, cx: &mut Context<'_>, purpose: Purpose) {
        let to = self.whom_to_ask(cx, purpose);
        let Some(channel) = self.channels.by_purpose.get_mut(&purpose).filter(|channel| channel.connection.is_none()) else { return };
        if channel.waiting.is_empty() {
            return;
        }
        let Some(node) = to else {
            return self.timers.set(BrokerTimer::Reconnect(purpose), cx.now + LEADER_UNKNOWN, cx.cause);
        };
        let connection = self.channels.next_connection();
        let channel = self.channels.by_purpose.entry(purpose).or_default();
        (channel.connection, channel.to, channel.up) = (Some(connection), Some(node), false);
        channel.answer_due = Some(cx.now + CONNECT_MAX);
        self.outbox.push(cx, Action::Connect { connection, to: Endpoint { node, listener: Listener::Controller } });
        self.watch_channel(cx, purpose);
    }

    pub(super) fn channel_connected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        let Some(purpose) = self.channels.purpose_of(connection) else { return };
        if let Some(channel) = self.channels.by_purpose.get_mut(&purpose) {
            (channel.up, channel.answer_due) = (true, None);
        }
        self.channel_send(cx, purpose);
        self.watch_channel(cx, purpose);
    }

    pub(super) fn channel_lost(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        let Some(purpose) = self.channels.purpose_of(connection) else { return };
        self.leave_controller(cx, purpose);
    }

    /// The connection is of no use any more; another is made after a while, if there is something to send.
    fn leave_controller(&mut self, cx: &mut Context<'_>, purpose: Purpose) {
        let Some(channel) = self.channels.by_purpose.get_mut(&purpose) else { return };
        (channel.connection, channel.up, channel.answer_due) = (None, false, None);
        let doubled = RECONNECT_BACKOFF.as_micros().checked_shl(channel.failures.min(8)).unwrap_or(u64::MAX);
        channel.failures = channel.failures.saturating_add(1);
        let backoff = Duration::from_micros(doubled.min(RECONNECT_BACKOFF_MAX.as_micros()));
        // An observer that cannot reach the leader asks anybody who leads now.
        if purpose == Purpose::Metadata && channel.to == self.channels.leader {
            self.channels.leader = None;
        }
        self.timers.set(BrokerTimer::Reconnect(purpose), cx.now + backoff, cx.cause);
        self.watch_channel(cx, purpose);
    }

    fn channel_send(&mut self, cx: &mut Context<'_>, purpose: Purpose) {
        let answer_due = cx.now + self.answer_max(purpose);
        let Some(channel) = self.channels.by_purpose.get_mut(&purpose) else { return };
        let Some(connection) = channel.connection else {
            if self.timers.due(&BrokerTimer::Reconnect(purpose)).is_none() {
                self.channel_reconnect(cx, purpose);
            }
            return self.watch_channel(cx, purpose);
        };
        let (true, None, Some(first)) = (channel.up, channel.answer_due, channel.waiting.front()) else { return };
        channel.answer_due = Some(answer_due);
        let before = std::mem::replace(&mut cx.cause, first.cause.filter(|_| !first.api.is_poll()));
        let bytes = u32::try_from(first.frame.len() + 4).unwrap_or(u32::MAX);
        let (api, version, correlation) = (first.api as i16, first.version, first.correlation);
        cx.because(EventKind::Request { connection, correlation, api, version, bytes });
        self.outbox.push(cx, Action::Send { connection, frame: first.frame.clone() });
        cx.cause = before;
        self.watch_channel(cx, purpose);
    }

    /// Sets the timer for what is given up next: an answer that is due, or a request.
    fn watch_channel(&mut self, cx: &Context<'_>, purpose: Purpose) {
        let Some(channel) = self.channels.by_purpose.get(&purpose) else { return };
        // What is under way is given up with its answer.
        let due = channel.in_line().filter_map(|waiting| waiting.give_up).chain(channel.answer_due).min();
        match due {
            Some(due) => self.timers.set(BrokerTimer::ControllerSilence(purpose), due, cx.cause),
            None => {
                self.timers.cancel(&BrokerTimer::ControllerSilence(purpose));
            }
        }
    }

    /// Somebody has not answered in time, or a request has waited for too long.
    pub(super) fn controller_silent(&mut self, cx: &mut Context<'_>, purpose: Purpose) {
        let waited = self.answer_max(purpose);
        let Some(channel) = self.channels.by_purpose.get_mut(&purpose) else { return };
        if channel.answer_due.is_some_and(|due| due <= cx.now) {
            if let Some(node) = channel.to {
                let (awaited, waited) = if channel.up { ("response", waited) } else { ("connection", CONNECT_MAX) };
                cx.because_of_silence(Silent::Controller { node }, awaited, waited);
            }
            if let Some(connection) = channel.connection.take() {
                self.outbox.push(cx, Action::Close { connection });
            }
            self.leave_controller(cx, purpose);
        }
        while let Some(waiting) = self.channels.by_purpose.get_mut(&purpose).and_then(|channel| channel.pop_given_up(cx.now)) {
            self.gave_up(cx, waiting.call);
        }
        self.channel_send(cx, purpose);
        self.watch_channel(cx, purpose);
    }

    /// A response of the controller's came.
    pub(super) fn channel_answered(&mut self, cx: &mut Context<'_>, connection: ConnectionId, frame: Bytes) {
        let Some(purpose) = self.channels.purpose_of(connection) else { return };
        let Some(channel) = self.channels.by_purpose.get_mut(&purpose) else { return };
        let correlation = frame.clone().try_get_i32().ok();
        let Some(first) = channel.waiting.front().filter(|first| correlation == Some(first.correlation)) else { return };
        if channel.answer_due.take().is_none() {
            return;
        }
        if is_not_controller(first, &frame) {
            self.outbox.push(cx, Action::Close { connection });
            return self.leave_controller(cx, purpose);
        }
        channel.failures = 0;
        if let Some(waiting) = channel.waiting.pop_front() {
            self.controller_answered(cx, waiting.call, frame);
        }
        self.watch_channel(cx, purpose);
        self.channel_send(cx, purpose);
    }

    /// Asks for metadata elsewhere from now on: another leads.
    pub(super) fn leave_metadata_source(&mut self, cx: &mut Context<'_>) {
        if let Some(channel) = self.channels.by_purpose.get_mut(&Purpose::Metadata)
            && let Some(connection) = channel.connection.take()
        {
            (channel.up, channel.answer_due) = (false, None);
            self.outbox.push(cx, Action::Close { connection });
        }
    }

    fn controller_answered(&mut self, cx: &mut Context<'_>, call: Call, frame: Bytes) {
        match call {
            Call::Register => self.registered(cx, frame),
            Call::Heartbeat => self.heartbeat_answered(cx, frame),
            Call::FetchMetadata => self.metadata_fetched(cx, frame),
            Call::FetchSnapshot => self.snapshot_fetched(cx, &frame),
            Call::Forward(request, asked) => self.forwarded(cx, &request, &asked, &frame),
            Call::CreateTopics(names) => self.topics_created(&names, frame),
            Call::AlterConfigs { request, identities, decisions } => self.altered(cx, &request, &identities, &decisions, &frame),
            Call::AllocateProducerIds => self.producer_ids_allocated(&frame),
            Call::AlterPartition => self.partitions_altered(cx, &frame),
        }
    }

    /// Nobody answered for too long (`ControllerRequestCompletionHandler.onTimeout`).
    fn gave_up(&mut self, cx: &mut Context<'_>, call: Call) {
        match call {
            Call::Register | Call::Heartbeat => self.lifecycle_refused(cx),
            Call::Forward(request, asked) => self.refuse_forwarded(cx, &request, &asked, ErrorCode::RequestTimedOut),
            Call::CreateTopics(names) => self.topics_created(&names, Bytes::new()),
            Call::AlterConfigs { request, identities, decisions } => self.alter_timed_out(cx, &request, &identities, &decisions),
            Call::AllocateProducerIds => self.producer_ids_allocated(&Bytes::new()),
            // These are asked until they are answered.
            Call::FetchMetadata | Call::FetchSnapshot | Call::AlterPartition => {}
        }
    }
}

impl Channel {
    /// Those that wait to be sent: what is under way is waited for as long as its answer may take.
    fn in_line(&self) -> impl Iterator<Item = &Waiting> {
        self.waiting.iter().skip(self.under_way())
    }

    fn under_way(&self) -> usize {
        usize::from(self.up && self.answer_due.is_some())
    }

    fn pop_given_up(&mut self, now: Instant) -> Option<Waiting> {
        let at = self.in_line().position(|waiting| waiting.give_up.is_some_and(|due| due <= now))?;
        self.waiting.remove(at.saturating_add(self.under_way()))
    }
}

/// Whether a response says that whoever gave it is not the active controller.
fn is_not_controller(asked: &Waiting, frame: &Bytes) -> bool {
    fn says<T: Response>(frame: &Bytes, version: i16, error: impl Fn(&T) -> i16) -> bool {
        decode_response::<T>(frame, version).is_ok_and(|(_, response)| error(&response) == ErrorCode::NotController.code())
    }
    let version = asked.version;
    match asked.api {
        ApiKey::Envelope => says(frame, version, |response: &EnvelopeResponse| response.error_code),
        ApiKey::BrokerRegistration => says(frame, version, |response: &BrokerRegistrationResponse| response.error_code),
        ApiKey::BrokerHeartbeat => says(frame, version, |response: &BrokerHeartbeatResponse| response.error_code),
        ApiKey::AllocateProducerIds => says(frame, version, |response: &AllocateProducerIdsResponse| response.error_code),
        ApiKey::AlterPartition => says(frame, version, |response: &AlterPartitionResponse| response.error_code),
        ApiKey::CreateTopics => {
            says(frame, version, |response: &CreateTopicsResponse| response.topics.first().map_or(0, |topic| topic.error_code))
        }
        _ => false,
    }
}
