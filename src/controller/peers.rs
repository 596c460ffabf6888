//! The controller's own connections to the other controllers (`KafkaNetworkChannel`, `RequestManager`): a request at a time on each. One
//! that fails or is not answered in time is forgotten; whoever wants the answer still asks again, after a pause.

use super::node::Controller;
use crate::base::SortedMap;
use crate::base::{ConnectionId, Context, Duration, EventId, EventKind, Instant, NodeId, ProcessId};
use crate::network::{Action, Endpoint, Listener};
use crate::wire::frame::encode_request;
use crate::wire::{Request, Rope};
use bytes::Buf as _;

/// The first and the longest pause before a connection that failed is tried again (`reconnect.backoff.ms` of the raft client's network).
const RECONNECT_MIN: Duration = Duration::from_millis(50);
const RECONNECT_MAX: Duration = Duration::from_millis(500);

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Line {
    /// Elections and fetching.
    Raft(NodeId),
    /// Telling the active controller who this one is.
    Registration,
}

/// What was asked, and so what the answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Vote { pre_vote: bool },
    BeginQuorumEpoch,
    EndQuorumEpoch,
    Fetch,
    FetchSnapshot,
    Registration,
}

impl Asked {
    const fn noun(self) -> &'static str {
        match self {
            Self::Vote { .. } => "Vote response",
            Self::BeginQuorumEpoch => "BeginQuorumEpoch response",
            Self::EndQuorumEpoch => "EndQuorumEpoch response",
            Self::Fetch => "Fetch response",
            Self::FetchSnapshot => "FetchSnapshot response",
            Self::Registration => "ControllerRegistration response",
        }
    }
}

#[derive(Clone, Debug)]
struct Pending {
    asked: Asked,
    correlation: i32,
    due: Instant,
    /// Until the connection stands: the frame, and what is noted when it goes.
    unsent: Option<(Rope, EventKind, Option<EventId>)>,
}

#[derive(Clone, Debug)]
struct Peer {
    node: NodeId,
    connection: Option<ConnectionId>,
    up: bool,
    pending: Option<Pending>,
    failures: u32,
    /// Not before.
    retry_at: Instant,
}

/// All of them.
#[derive(Clone, Debug)]
pub(super) struct Peers {
    process: ProcessId,
    opened: u32,
    correlation: i32,
    by_line: SortedMap<Line, Peer>,
}

impl Peers {
    pub(super) const fn new(node: NodeId, first_connection: u32) -> Self {
        Self { process: ProcessId::controller(node), opened: first_connection, correlation: 0, by_line: SortedMap::new() }
    }

    pub(super) const fn owns(&self, connection: ConnectionId) -> bool {
        connection.opener.0 == self.process.0
    }

    /// Whether something can be asked there now.
    pub(super) fn is_ready(&self, line: Line, now: Instant) -> bool {
        self.by_line.get(&line).is_none_or(|peer| peer.pending.is_none() && peer.retry_at <= now)
    }

    /// What was asked before does not matter any more (`RequestManager.resetAll`).
    pub(super) fn forget_questions(&mut self) {
        for (_, peer) in self.by_line.iter_mut().filter(|(line, _)| **line != Line::Registration) {
            peer.pending = None;
            if peer.failures == 0 {
                peer.retry_at = Instant::ZERO;
            }
        }
    }

    /// The answer was no success: the same is not asked again at once.
    pub(super) fn pause(&mut self, line: Line, until: Instant) {
        if let Some(peer) = self.by_line.get_mut(&line) {
            peer.retry_at = peer.retry_at.max(until);
        }
    }

    /// When a pause or somebody's time to answer ends next.
    pub(super) fn next_due(&self, now: Instant) -> Option<Instant> {
        let dues = self.by_line.values().map(|peer| match &peer.pending {
            Some(pending) => pending.due,
            None => peer.retry_at,
        });
        dues.filter(|due| *due > now).min()
    }

    fn line_of(&self, connection: ConnectionId) -> Option<Line> {
        self.by_line.iter().find(|(_, peer)| peer.connection == Some(connection)).map(|(line, _)| *line)
    }

    /// The answer with this correlation id: who gave it, and what was asked; none where nobody waits for it.
    pub(super) fn answered(&mut self, connection: ConnectionId, frame: &Rope) -> Option<(Line, NodeId, Asked)> {
        let line = self.line_of(connection)?;
        let correlation = frame.to_bytes().try_get_i32().ok()?;
        let peer = self.by_line.get_mut(&line)?;
        peer.failures = 0;
        let pending = peer.pending.take_if(|pending| pending.unsent.is_none() && pending.correlation == correlation)?;
        Some((line, peer.node, pending.asked))
    }

    /// Somebody who did not answer in time; the connection is given up.
    fn pop_silent(&mut self, now: Instant) -> Option<(NodeId, Asked, Option<ConnectionId>)> {
        let peer = self.by_line.values_mut().find(|peer| peer.pending.as_ref().is_some_and(|pending| pending.due <= now))?;
        let pending = peer.pending.take()?;
        let connection = peer.connection.take();
        peer.fail(now);
        Some((peer.node, pending.asked, connection))
    }
}

impl Peer {
    fn fail(&mut self, now: Instant) {
        let pause = RECONNECT_MIN.as_micros().checked_shl(self.failures.min(16)).unwrap_or(u64::MAX).min(RECONNECT_MAX.as_micros());
        self.failures = self.failures.saturating_add(1);
        self.retry_at = now + Duration::from_micros(pause);
        (self.connection, self.up, self.pending) = (None, false, None);
    }
}

impl Controller {
    /// Asks another controller something; its answer comes to `answered`. Nothing happens where one is asked something already.
    pub(super) fn ask<R: Request>(&mut self, cx: &mut Context<'_>, line: Line, node: NodeId, asked: Asked, body: &mut R) {
        let version = *R::KEY.stable_versions().end();
        self.peers.correlation = self.peers.correlation.wrapping_add(1);
        let correlation = self.peers.correlation;
        let client_id = format!("raft-client-{}", self.config.node);
        // A request of our own always fits its version.
        let Ok(frame) = encode_request(version, correlation, Some(&client_id), body) else { return };
        let bytes = u32::try_from(frame.len() + 4).unwrap_or(u32::MAX);
        let event = EventKind::Request { connection: ConnectionId::default(), correlation, api: R::KEY as i16, version, bytes };
        let due = cx.now + self.config.settings.quorum_request_timeout;
        let pending = Pending { asked, correlation, due, unsent: Some((frame, event, cx.cause)) };
        let unknown = Peer { node, connection: None, up: false, pending: None, failures: 0, retry_at: Instant::ZERO };
        let peer = self.peers.by_line.entry(line).or_insert(unknown);
        if peer.node != node
            && let Some(connection) = peer.connection.take()
        {
            self.outbox.push(cx, Action::Close { connection });
        }
        peer.node = node;
        peer.pending = Some(pending);
        if peer.connection.is_none() {
            let connection = ConnectionId { opener: self.peers.process, number: self.peers.opened };
            self.peers.opened = self.peers.opened.wrapping_add(1);
            (peer.connection, peer.up) = (Some(connection), false);
            self.outbox.push(cx, Action::Connect { connection, to: Endpoint { node, listener: Listener::Controller } });
        }
        self.send_pending(cx, line);
    }

    fn send_pending(&mut self, cx: &mut Context<'_>, line: Line) {
        let Some(peer) = self.peers.by_line.get_mut(&line).filter(|peer| peer.up) else { return };
        let (Some(connection), Some(pending)) = (peer.connection, &mut peer.pending) else { return };
        let Some((frame, mut event, cause)) = pending.unsent.take() else { return };
        if let EventKind::Request { connection: on, .. } = &mut event {
            *on = connection;
        }
        let before = std::mem::replace(&mut cx.cause, cause);
        cx.because(event);
        self.outbox.push(cx, Action::Send { connection, frame });
        cx.cause = before;
    }

    pub(super) fn peer_connected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        let Some(line) = self.peers.line_of(connection) else { return };
        if let Some(peer) = self.peers.by_line.get_mut(&line) {
            peer.up = true;
        }
        self.send_pending(cx, line);
    }

    pub(super) fn peer_lost(&mut self, cx: &Context<'_>, connection: ConnectionId) {
        let Some(line) = self.peers.line_of(connection) else { return };
        if let Some(peer) = self.peers.by_line.get_mut(&line) {
            peer.fail(cx.now);
        }
    }

    /// Gives up on those who have not answered in time.
    pub(super) fn give_up_on_silent_peers(&mut self, cx: &mut Context<'_>) {
        while let Some((node, asked, connection)) = self.peers.pop_silent(cx.now) {
            let before = cx.cause;
            let waited = self.config.settings.quorum_request_timeout;
            cx.because_of_silence(crate::base::Silent::Controller { node }, asked.noun(), waited);
            if let Some(connection) = connection {
                self.outbox.push(cx, Action::Close { connection });
            }
            cx.cause = before;
        }
    }
}
