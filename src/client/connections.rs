//! A client's connections: opened when first needed, with the versions that the broker at the other end speaks, requests under way and their
//! timeouts, and a growing wait before a lost one is opened again (`NetworkClient`, `ClusterConnectionStates`).
//!
//! Knows frames and headers; what the requests are about is the client's.

use super::alarm::Alarm;
use super::backoff::Backoff;
use super::config::Common;
use crate::base::SortedMap;
use crate::base::{ConnectionId, Context, Duration, EventKind, Instant, NodeId, ProcessId, Silent};
use crate::network::{Action, Endpoint, Listener, Outbox};
use crate::wire::frame::{decode_response, encode_request};
use crate::wire::messages::{ApiVersionsRequest, ApiVersionsResponse};
use crate::wire::{ApiKey, ErrorCode, Request, Response, WireError};
use bytes::Bytes;
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

/// A connection's purpose. To one node there may be one of each, as Java's clients have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// To a node of `bootstrap.servers`, before it is known which nodes there are.
    Bootstrap(NodeId),
    Broker(NodeId),
    /// To the group's coordinator, so that a fetch that waits holds up no heartbeat.
    Coordinator(NodeId),
}

impl Channel {
    pub const fn node(self) -> NodeId {
        match self {
            Self::Bootstrap(node) | Self::Broker(node) | Self::Coordinator(node) => node,
        }
    }
}

/// Why a request could not be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SendError {
    /// There is no connection that is ready; see [`Connections::ensure`].
    NotReady,
    /// The node speaks no version of the API that this client does.
    UnsupportedVersion(ApiKey),
    /// The request has something that the version lacks, or is too large.
    Encoding(WireError),
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotReady => f.write_str("The node is not ready."),
            Self::UnsupportedVersion(key) => write!(f, "The node does not support {}", key.kafka_name()),
            Self::Encoding(error) => error.fmt(f),
        }
    }
}

/// What became of a request: `Ok`, the response's frame and the version it has; `Err`: the connection was lost before it came.
#[derive(Clone, Debug)]
pub(super) struct Answer<T> {
    pub channel: Channel,
    pub tag: T,
    pub outcome: Result<(Bytes, i16), Lost>,
}

/// How a request's connection was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// It broke, or was never made.
    Disconnected,
    /// The response did not come within the request's timeout, so the client closed the connection.
    TimedOut,
}

impl<T> Answer<T> {
    /// The response; an error where there is none or it cannot be read.
    pub fn response<R: Response>(&self) -> Result<R, ErrorCode> {
        let (frame, version) = self.outcome.as_ref().map_err(|_| ErrorCode::NetworkException)?;
        decode_response::<R>(frame, *version).map(|(_, response)| response).map_err(|_| ErrorCode::CorruptMessage)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Connecting,
    AskingVersions,
    Ready,
}

#[derive(Clone, Debug)]
struct InFlight<T> {
    api: ApiKey,
    correlation: i32,
    version: i16,
    sent: Instant,
    deadline: Instant,
    /// None: our own ApiVersions.
    tag: Option<T>,
}

#[derive(Clone, Debug)]
struct Line<T> {
    connection: ConnectionId,
    stage: Stage,
    opened: Instant,
    /// When it is given up, if it does not stand by then.
    setup_by: Instant,
    /// By API key: the versions that both ends speak.
    versions: Arc<Vec<Option<(i16, i16)>>>,
    in_flight: VecDeque<InFlight<T>>,
    last_used: Instant,
}

/// What the cluster has agreed on, as the newest ApiVersions response had it (`ApiVersions.FinalizedFeaturesInfo`).
#[derive(Clone, Copy, Debug)]
pub(super) struct Features {
    /// Counts the changes; -1 before the first response that has any.
    pub epoch: i64,
    /// `transaction.version`; 0 where it is not finalized.
    pub transaction_version: i16,
}

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    retry_at: Instant,
}

impl<T> Line<T> {
    /// What has not come in time: why the connection ends, what was awaited, and since when.
    fn silence(&self, now: Instant) -> Option<(&'static str, String, Instant)> {
        if self.stage == Stage::Connecting {
            return (self.setup_by <= now).then(|| ("socket connection setup timeout", "connection".to_owned(), self.opened));
        }
        let late = self.in_flight.iter().find(|request| request.deadline <= now)?;
        Some(("request timeout", format!("{} response", late.api.name()), late.sent))
    }

    /// When something will be too late.
    fn next_look(&self, idle_max: Duration) -> Instant {
        if self.stage == Stage::Connecting {
            return self.setup_by;
        }
        self.in_flight.iter().map(|request| request.deadline).min().unwrap_or(self.last_used + idle_max)
    }
}

/// The connections of one client. `T` is what it wants to know of a request when its answer comes.
#[derive(Clone, Debug)]
pub(super) struct Connections<T> {
    process: ProcessId,
    client_id: Arc<str>,
    request_timeout: Duration,
    idle_max: Duration,
    backoff: Backoff,
    /// How long a connection may take to be made.
    setup: Backoff,
    lines: SortedMap<Channel, Line<T>>,
    failures: SortedMap<Channel, Failures>,
    features: Features,
    outbox: Outbox,
    opened: u32,
    correlation: i32,
    /// When to look for requests that wait too long and connections that nobody uses. Not later than the first is due.
    look_at: Option<Instant>,
}

impl<T: Clone> Connections<T> {
    pub fn new(process: ProcessId, config: &Common) -> Self {
        Self {
            process,
            client_id: config.client_id.clone(),
            request_timeout: Duration::from_kafka_ms(config.request_timeout_ms.into()),
            idle_max: if config.connections_max_idle_ms < 0 {
                Duration::MAX
            } else {
                Duration::from_kafka_ms(config.connections_max_idle_ms)
            },
            backoff: Backoff::from_ms(config.reconnect_backoff_ms, config.reconnect_backoff_max_ms),
            setup: Backoff::from_ms(config.connection_setup_timeout_ms, config.connection_setup_timeout_max_ms),
            lines: SortedMap::new(),
            failures: SortedMap::new(),
            features: Features { epoch: -1, transaction_version: 0 },
            outbox: Outbox::default(),
            opened: 0,
            correlation: 0,
            look_at: None,
        }
    }

    pub fn is_ready(&self, channel: Channel) -> bool {
        self.lines.get(&channel).is_some_and(|line| line.stage == Stage::Ready)
    }

    pub const fn features(&self) -> Features {
        self.features
    }

    /// Requests under way.
    pub fn in_flight(&self, channel: Channel) -> usize {
        self.lines.get(&channel).map_or(0, |line| line.in_flight.len())
    }

    /// Whether the connection stands or is being made.
    pub fn is_open(&self, channel: Channel) -> bool {
        self.lines.contains_key(&channel)
    }

    /// Whether it is ready or may be opened now.
    pub fn can_connect(&self, now: Instant, channel: Channel) -> bool {
        !self.is_open(channel) && self.retry_at(channel).is_none_or(|at| at <= now)
    }

    /// When a lost connection may be opened again.
    pub fn retry_at(&self, channel: Channel) -> Option<Instant> {
        self.failures.get(&channel).map(|failures| failures.retry_at)
    }

    /// Whether the connection is ready; opens it where there is none and it may be opened.
    pub fn ensure(&mut self, cx: &mut Context<'_>, channel: Channel) -> bool {
        if let Some(line) = self.lines.get(&channel) {
            return line.stage == Stage::Ready;
        }
        if self.can_connect(cx.now, channel) {
            self.open(cx, channel);
        }
        false
    }

    fn open(&mut self, cx: &mut Context<'_>, channel: Channel) {
        let connection = ConnectionId { opener: self.process, number: self.opened };
        self.opened += 1;
        let failures = self.failures.get(&channel).map_or(0, |failures| failures.count);
        let setup_by = cx.now + self.setup.after(failures, cx.rng);
        let line = Line {
            connection,
            stage: Stage::Connecting,
            opened: cx.now,
            setup_by,
            versions: Arc::default(),
            in_flight: VecDeque::new(),
            last_used: cx.now,
        };
        self.lines.insert(channel, line);
        let outer = cx.cause;
        cx.because(EventKind::ConnectionOpened { connection, to: channel.node() });
        self.outbox.push(cx, Action::Connect { connection, to: Endpoint { node: channel.node(), listener: Listener::Broker } });
        cx.cause = outer;
        self.look_no_later_than(setup_by.min(cx.now + self.idle_max));
    }

    /// Sends a request in the highest version that both ends speak.
    pub fn send<R: Request>(&mut self, cx: &mut Context<'_>, channel: Channel, request: &mut R, tag: T) -> Result<(), SendError> {
        self.send_with(cx, channel, request, tag, i16::MAX, self.request_timeout)
    }

    /// The same, in a version of `most` at most and with a timeout of its own.
    pub fn send_with<R: Request>(
        &mut self,
        cx: &mut Context<'_>,
        channel: Channel,
        request: &mut R,
        tag: T,
        most: i16,
        timeout: Duration,
    ) -> Result<(), SendError> {
        let version = self.version(channel, R::KEY).ok_or(SendError::NotReady)?.ok_or(SendError::UnsupportedVersion(R::KEY))?.min(most);
        self.transmit(cx, channel, request, Some(tag), version, timeout)
    }

    /// Sends a request that will not be answered (Produce with acks 0).
    pub fn send_unanswered<R: Request>(&mut self, cx: &mut Context<'_>, channel: Channel, request: &mut R) -> Result<(), SendError> {
        let version = self.version(channel, R::KEY).ok_or(SendError::NotReady)?.ok_or(SendError::UnsupportedVersion(R::KEY))?;
        self.transmit(cx, channel, request, None, version, self.request_timeout)?;
        if let Some(line) = self.lines.get_mut(&channel) {
            line.in_flight.pop_back();
        }
        Ok(())
    }

    /// The highest version of an API that both ends speak; the outer `None` before the connection is ready.
    pub fn version(&self, channel: Channel, key: ApiKey) -> Option<Option<i16>> {
        let line = self.lines.get(&channel).filter(|line| line.stage == Stage::Ready)?;
        Some(line.versions.get(key as i16 as usize).copied().flatten().map(|(_, most)| most))
    }

    fn transmit<R: Request>(
        &mut self,
        cx: &mut Context<'_>,
        channel: Channel,
        request: &mut R,
        tag: Option<T>,
        version: i16,
        timeout: Duration,
    ) -> Result<(), SendError> {
        let line = self.lines.get_mut(&channel).ok_or(SendError::NotReady)?;
        let correlation = self.correlation;
        let frame = encode_request(version, correlation, Some(&self.client_id), request).map_err(SendError::Encoding)?;
        self.correlation = self.correlation.wrapping_add(1);
        let deadline = cx.now + timeout;
        line.in_flight.push_back(InFlight { api: R::KEY, correlation, version, sent: cx.now, deadline, tag });
        line.last_used = cx.now;
        let (connection, bytes) = (line.connection, u32::try_from(frame.len()).unwrap_or(u32::MAX));
        let outer = cx.cause;
        if R::KEY.is_poll() {
            cx.by_itself();
        }
        cx.because(EventKind::Request { connection, correlation, api: R::KEY as i16, version, bytes });
        self.outbox.push(cx, Action::Send { connection, frame });
        cx.cause = outer;
        self.look_no_later_than(deadline);
        Ok(())
    }

    fn channel_of(&self, connection: ConnectionId) -> Option<Channel> {
        self.lines.iter().find(|(_, line)| line.connection == connection).map(|(channel, _)| *channel)
    }

    /// A connection stands: asks which versions the other end speaks.
    pub fn connected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        let Some(channel) = self.channel_of(connection) else { return };
        if let Some(line) = self.lines.get_mut(&channel) {
            line.stage = Stage::AskingVersions;
        }
        self.ask_versions(cx, channel, *ApiKey::ApiVersions.stable_versions().end());
    }

    fn ask_versions(&mut self, cx: &mut Context<'_>, channel: Channel, version: i16) {
        let mut request = ApiVersionsRequest {
            client_software_name: "partita".to_owned(),
            client_software_version: env!("CARGO_PKG_VERSION").to_owned(),
            ..Default::default()
        };
        let timeout = self.request_timeout;
        // An ApiVersions request can be encoded in every version that there is.
        let _ = self.transmit(cx, channel, &mut request, None, version, timeout);
    }

    /// A frame came: the answer to one of the client's requests, or one that the connection needed itself (then none).
    /// What is no answer to the request that is due ends the connection.
    pub fn receive(&mut self, cx: &mut Context<'_>, connection: ConnectionId, frame: Bytes) -> Vec<Answer<T>> {
        let Some(channel) = self.channel_of(connection) else { return Vec::new() };
        let Some(line) = self.lines.get_mut(&channel) else { return Vec::new() };
        let correlation = frame.first_chunk::<4>().map(|bytes| i32::from_be_bytes(*bytes));
        let expected = line.in_flight.front().map(|request| request.correlation);
        let Some(request) = line.in_flight.pop_front_if(|_| correlation == expected) else {
            return self.lose(cx, channel, Lost::Disconnected, "a response out of turn");
        };
        match request.tag {
            Some(tag) => vec![Answer { channel, tag, outcome: Ok((frame, request.version)) }],
            None => {
                self.learn_versions(cx, channel, &frame, request.version);
                Vec::new()
            }
        }
    }

    fn learn_versions(&mut self, cx: &mut Context<'_>, channel: Channel, frame: &Bytes, version: i16) {
        // An answer to a version that the node does not know comes in version 0.
        let decoded = decode_response::<ApiVersionsResponse>(frame, version).or_else(|_| decode_response(frame, 0));
        let Ok((_, response)) = decoded else {
            self.lose(cx, channel, Lost::Disconnected, "an unreadable ApiVersions response");
            return;
        };
        if response.error_code == ErrorCode::UnsupportedVersion.code() && version > 0 {
            let known = response.api_keys.iter().find(|api| api.api_key == ApiKey::ApiVersions as i16);
            return self.ask_versions(cx, channel, known.map_or(0, |api| api.max_version.min(version - 1).max(0)));
        }
        if response.finalized_features_epoch > self.features.epoch {
            let level = response.finalized_features.iter().find(|feature| feature.name == "transaction.version");
            let transaction_version = level.map_or(0, |feature| feature.max_version_level);
            self.features = Features { epoch: response.finalized_features_epoch, transaction_version };
        }
        let mut versions = vec![None; 128];
        for api in response.api_keys {
            if let (Some(key), Some(slot)) = (ApiKey::from_i16(api.api_key), versions.get_mut(api.api_key as usize)) {
                let ours = key.stable_versions();
                let (least, most) = (api.min_version.max(*ours.start()), api.max_version.min(*ours.end()));
                *slot = (least <= most).then_some((least, most));
            }
        }
        if let Some(line) = self.lines.get_mut(&channel) {
            line.versions = Arc::new(versions);
            line.stage = Stage::Ready;
        }
        self.failures.remove(&channel);
    }

    /// A connection is gone: what was under way on it is lost.
    pub fn disconnected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) -> Vec<Answer<T>> {
        let Some(channel) = self.channel_of(connection) else { return Vec::new() };
        let Some(line) = self.lines.remove(&channel) else { return Vec::new() };
        self.fail(cx, channel);
        line.in_flight.into_iter().filter_map(|request| lost(channel, request, Lost::Disconnected)).collect()
    }

    /// Closes a connection by reason of what came, or did not come, on it.
    fn lose(&mut self, cx: &mut Context<'_>, channel: Channel, how: Lost, why: &str) -> Vec<Answer<T>> {
        let Some(line) = self.lines.remove(&channel) else { return Vec::new() };
        let outer = cx.cause;
        cx.because(EventKind::ConnectionClosed { connection: line.connection, error: Some(why.into()) });
        self.outbox.push(cx, Action::Close { connection: line.connection });
        cx.cause = outer;
        self.fail(cx, channel);
        line.in_flight.into_iter().filter_map(|request| lost(channel, request, how)).collect()
    }

    fn fail(&mut self, cx: &mut Context<'_>, channel: Channel) {
        let count = self.failures.get(&channel).map_or(0, |failures| failures.count);
        let retry_at = cx.now + self.backoff.after(count, cx.rng);
        self.failures.insert(channel, Failures { count: count + 1, retry_at });
    }

    /// Ends connections that are not made in time or have a request that waits too long, and those that nobody has used for long.
    pub fn expire(&mut self, cx: &mut Context<'_>) -> Vec<Answer<T>> {
        if self.look_at.is_none_or(|at| at > cx.now) {
            return Vec::new();
        }
        let now = cx.now;
        let idle = |line: &Line<T>| line.in_flight.is_empty() && now.since(line.last_used) >= self.idle_max;
        let silent: Vec<_> = self.lines.iter().filter_map(|(channel, line)| Some((*channel, line.silence(now)?))).collect();
        let idle_ones: Vec<_> = self.lines.iter().filter(|(_, line)| idle(line)).map(|(channel, _)| *channel).collect();
        let mut lost = Vec::new();
        for (channel, (why, awaited, since)) in silent {
            cx.because_of_silence(Silent::Broker { node: channel.node() }, awaited, now.since(since));
            lost.extend(self.lose(cx, channel, Lost::TimedOut, why));
        }
        idle_ones.into_iter().for_each(|channel| self.close(cx, channel));
        self.look_at = self.lines.values().map(|line| line.next_look(self.idle_max)).min();
        lost
    }

    fn look_no_later_than(&mut self, at: Instant) {
        if self.look_at.is_none_or(|known| known > at) {
            self.look_at = Some(at);
        }
    }

    pub fn alarm(&self) -> Option<Alarm> {
        self.look_at.map(Alarm::silent)
    }

    /// Whether the connection was lost, or could not be made, and is not to be opened again yet (`NetworkClient.isUnavailable`).
    pub fn is_unavailable(&self, now: Instant, channel: Channel) -> bool {
        !self.is_open(channel) && self.retry_at(channel).is_some_and(|at| at > now)
    }

    /// Closes a connection; what is under way on it is lost.
    pub fn abandon(&mut self, cx: &mut Context<'_>, channel: Channel) -> Vec<Answer<T>> {
        let in_flight = self.lines.get_mut(&channel).map(|line| std::mem::take(&mut line.in_flight)).unwrap_or_default();
        self.close(cx, channel);
        in_flight.into_iter().filter_map(|request| lost(channel, request, Lost::Disconnected)).collect()
    }

    /// Closes a connection; what is under way on it is forgotten.
    pub fn close(&mut self, cx: &mut Context<'_>, channel: Channel) {
        if let Some(line) = self.lines.remove(&channel) {
            cx.trace(EventKind::ConnectionClosed { connection: line.connection, error: None });
            self.outbox.push(cx, Action::Close { connection: line.connection });
        }
    }

    /// Closes all connections.
    pub fn close_all(&mut self, cx: &mut Context<'_>) {
        while let Some(channel) = self.lines.keys().next().copied() {
            self.close(cx, channel);
        }
        self.look_at = None;
    }

    pub fn poll_action(&mut self) -> Option<(Action, Option<crate::base::EventId>)> {
        self.outbox.pop()
    }
}

fn lost<T>(channel: Channel, request: InFlight<T>, how: Lost) -> Option<Answer<T>> {
    request.tag.map(|tag| Answer { channel, tag, outcome: Err(how) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{NodeId, ProcessId, Recorder, Rng};
    use crate::wire::messages::HeartbeatRequest;

    #[test]
    fn all_that_is_under_way_is_lost_with_an_answer_out_of_turn() {
        let (mut rng, mut recorder) = (Rng::stream(1, "test"), Recorder::default());
        let mut cx = Context::new(Instant::ZERO, 0, ProcessId(10_000), &mut rng, None, &mut recorder);
        let config = Common {
            client_id: "ann".into(),
            request_timeout_ms: 30_000,
            retry_backoff_ms: 100,
            retry_backoff_max_ms: 1_000,
            reconnect_backoff_ms: 50,
            reconnect_backoff_max_ms: 1_000,
            connections_max_idle_ms: 540_000,
            connection_setup_timeout_ms: 10_000,
            connection_setup_timeout_max_ms: 30_000,
            metadata_max_age_ms: 300_000,
        };
        let mut connections = Connections::new(ProcessId(10_000), &config);
        let channel = Channel::Coordinator(NodeId(1));
        assert!(!connections.ensure(&mut cx, channel));
        for tag in ["first", "second"] {
            connections.transmit(&mut cx, channel, &mut HeartbeatRequest::default(), Some(tag), 4, Duration::from_secs(1)).unwrap();
        }
        let second = Bytes::from_static(&[0, 0, 0, 1, 0]);
        let lost = connections.receive(&mut cx, ConnectionId { opener: ProcessId(10_000), number: 0 }, second);
        let lost: Vec<_> = lost.into_iter().map(|answer| (answer.tag, answer.outcome)).collect();
        assert_eq!(lost, [("first", Err(Lost::Disconnected)), ("second", Err(Lost::Disconnected))]);
    }
}
