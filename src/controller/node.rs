//! A controller: Kafka request frames in, response frames out (`kafka.server.ControllerServer`, `QuorumController`).

use super::active::Write;
use super::config::BrokerSettings;
use super::connections::{Answer, Connections, RequestContext};
use super::disk::ControllerDisk;
use super::election::{BrokerChange, ElectionRules};
use super::error::ApiError;
use super::fetch::WaitingFetch;
use super::image::MetadataImage;
use super::peers::Peers;
use super::periodic::PeriodicTask;
use super::quorum::{Quorum, Snapshot, State};
use crate::base::SortedMap;
use crate::base::{ConnectionId, Context, EventId, Instant, LeaderEpoch, NodeId, Offset, Silent, Timers, Uuid};
use crate::log::Log;
use crate::network::{Action, Listener, Outbox, Process};
use crate::wire::messages::BrokerRegistrationChangeRecord;
use crate::wire::{ErrorCode, MetadataRecord, Response, Rope};
use std::collections::VecDeque;
use std::sync::Arc;

/// What a controller is started with.
#[derive(Clone, Debug)]
pub struct ControllerConfig {
    pub node: NodeId,
    /// `controller.quorum.voters`.
    pub voters: Vec<NodeId>,
    /// Where each of them listens.
    pub endpoints: SortedMap<NodeId, (String, u16)>,
    pub cluster_id: Arc<str>,
    pub settings: BrokerSettings,
    /// The number of the first connection that it opens: larger than those of its last life.
    pub first_connection: u32,
}

impl ControllerConfig {
    /// Where a controller listens.
    pub(super) fn endpoint(&self, node: NodeId) -> (String, u16) {
        self.endpoints.get(&node).cloned().unwrap_or_default()
    }
}

/// What a voter is in its epoch, for those who look at a quorum (`EpochState`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuorumRole {
    Unattached,
    Follower,
    Prospective,
    Candidate,
    Leader,
    Resigned,
}

/// A controller.
#[derive(Clone, Debug)]
pub struct Controller {
    pub(super) config: Arc<ControllerConfig>,
    pub(super) quorum: Quorum,
    /// The cluster, with what this controller has written and nobody else may have yet.
    pub(super) image: MetadataImage,
    /// The cluster as far as it is committed.
    pub(super) committed: MetadataImage,
    /// What it has written since, oldest first.
    pub(super) writes: VecDeque<Write>,
    /// The epoch in which it took office.
    pub(super) claimed: Option<LeaderEpoch>,
    /// The leader and the epoch, as those who wait for them were told.
    pub(super) told: (i32, i32),
    /// Tells this life of the controller from others.
    pub(super) incarnation: Uuid,
    /// Up to where the last snapshot goes.
    pub(super) snapshot_end: Offset,
    /// When that was, in ms since 1970, and how large the log was.
    pub(super) snapshot_since: Option<(i64, u64)>,
    pub(super) peers: Peers,
    pub(super) sessions: SortedMap<NodeId, Session>,
    pub(super) connections: Connections,
    pub(super) waiting: SortedMap<ConnectionId, WaitingFetch>,
    /// Responses that wait until what they speak of is committed, in order.
    pub(super) uncommitted: VecDeque<(Offset, RequestContext, Rope)>,
    pub(super) timers: Timers<ControllerTimer>,
    pub(super) outbox: Outbox,
}

/// What the active controller knows of a broker by its heartbeats (`BrokerHeartbeatManager`).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Session {
    /// The last metadata offset that the broker has replayed.
    pub metadata_offset: i64,
    /// Once all others have replayed so far, a broker that wants to stop may.
    pub shutdown_offset: Option<i64>,
}

/// What a controller waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ControllerTimer {
    /// To fence a broker of which nothing was heard for `broker.session.timeout.ms`.
    Session(NodeId),
    /// To look after what nobody asks for.
    Periodic(PeriodicTask),
    /// To answer a Fetch that found nothing for as long as it wanted to wait.
    Fetch(ConnectionId),
    /// To do what a voter does by itself.
    Quorum,
    /// To write a record that says nothing, after `metadata.max.idle.interval.ms`.
    NoOp,
}

impl ControllerTimer {
    /// Whether it is the active controller's.
    pub(super) const fn is_of_office(&self) -> bool {
        match self {
            Self::Session(_) | Self::Periodic(_) | Self::NoOp => true,
            Self::Fetch(_) | Self::Quorum => false,
        }
    }
}

/// What an API decided: what to write, and what to answer then.
#[derive(Clone, Debug)]
pub(super) struct Outcome<T> {
    pub records: Vec<MetadataRecord>,
    pub response: T,
}

impl<T> Outcome<T> {
    /// Nothing is to change.
    pub(super) const fn answer(response: T) -> Self {
        Self { records: Vec::new(), response }
    }
}

impl Controller {
    /// A controller that is about to start, with what its disk holds.
    pub fn new(config: ControllerConfig, disk: ControllerDisk) -> Self {
        Self {
            quorum: Quorum::new(config.node, config.voters.clone(), &config.settings, disk),
            image: MetadataImage::default(),
            committed: MetadataImage::default(),
            writes: VecDeque::new(),
            claimed: None,
            told: (-1, 0),
            incarnation: Uuid::ZERO,
            snapshot_end: Offset(0),
            snapshot_since: None,
            peers: Peers::new(config.node, config.first_connection),
            sessions: SortedMap::new(),
            connections: Connections::default(),
            waiting: SortedMap::new(),
            uncommitted: VecDeque::new(),
            timers: Timers::default(),
            outbox: Outbox::default(),
            config: Arc::new(config),
        }
    }

    /// The process ends without a word; what is left is its disk.
    pub fn halt(self) -> ControllerDisk {
        self.quorum.into_disk()
    }

    /// Begins its part in the quorum. Whoever is the only voter leads at once; a new cluster gets its first records.
    pub fn start(&mut self, cx: &mut Context<'_>) {
        self.incarnation = Uuid::random(cx.rng);
        // A snapshot that cannot be read is as good as none: the log is replayed, as far as it goes back.
        if let Some(image) = self.quorum.log().latest_snapshot().and_then(|snapshot| snapshot.image().ok()) {
            self.load(image);
        }
        self.quorum.begin(cx);
        self.drive(cx);
    }

    pub fn node(&self) -> NodeId {
        self.config.node
    }

    pub const fn epoch(&self) -> LeaderEpoch {
        self.quorum.epoch()
    }

    /// The leader of the quorum, as far as this voter knows.
    pub fn leader(&self) -> Option<NodeId> {
        self.quorum.leader()
    }

    /// What this voter is in its epoch.
    pub const fn role(&self) -> QuorumRole {
        match self.quorum.state() {
            State::Unattached { .. } => QuorumRole::Unattached,
            State::Follower { .. } => QuorumRole::Follower,
            State::Prospective { .. } => QuorumRole::Prospective,
            State::Candidate { .. } => QuorumRole::Candidate,
            State::Leader(_) => QuorumRole::Leader,
            State::Resigned { .. } => QuorumRole::Resigned,
        }
    }

    /// The cluster as this controller's log has it; the active one's may be ahead of what is committed.
    pub const fn image(&self) -> &MetadataImage {
        &self.image
    }

    /// The cluster as far as this controller knows it to be committed.
    pub const fn committed_image(&self) -> &MetadataImage {
        &self.committed
    }

    /// `__cluster_metadata`, and up to where it is committed.
    pub fn log(&self) -> (&Log, Offset) {
        (self.quorum.log().log(), self.quorum.high_watermark())
    }

    /// Its snapshots, oldest first.
    pub fn snapshots(&self) -> &[Snapshot] {
        self.quorum.log().snapshots()
    }

    /// What elections go by now.
    pub(super) fn election_rules(&self) -> ElectionRules<'_> {
        ElectionRules { image: &self.image, settings: &self.config.settings, node: self.config.node }
    }

    /// Whether changes can be made, within a client's time limit.
    pub(super) fn admit(&self, timeout_ms: i32) -> Result<(), ApiError> {
        if !self.is_active() {
            return Err(self.not_controller());
        }
        // Kafka's own requests take no time here, so a limit either is past at the start or is kept.
        if timeout_ms <= 0 { Err(ErrorCode::RequestTimedOut.into()) } else { Ok(()) }
    }

    pub(super) fn not_controller(&self) -> ApiError {
        let message = match self.quorum.leader() {
            Some(leader) => format!("The active controller appears to be node {leader}."),
            None => "No controller appears to be active.".to_owned(),
        };
        ApiError::new(ErrorCode::NotController, message)
    }

    /// Writes what an API decided, and answers it once that is committed.
    pub(super) fn finish<T: Response>(&mut self, cx: &mut Context<'_>, request: &RequestContext, mut outcome: Outcome<T>) -> Answer {
        let Ok(frame) = request.frame(&mut outcome.response) else { return Answer::Close };
        if !outcome.records.is_empty() && self.append(cx, outcome.records).is_err() {
            return Answer::Close;
        }
        // Where nothing is to be written, what the answer goes by may still have to be committed.
        let end = self.writes.back().map_or(Offset(0), Write::end);
        if end <= self.quorum.high_watermark() {
            return Answer::Reply(frame);
        }
        self.uncommitted.push_back((end, request.clone(), frame));
        Answer::Later
    }

    /// Answers a connection's request; nothing happens where the connection is gone.
    pub(super) fn send(&mut self, cx: &mut Context<'_>, request: &RequestContext, frame: Rope) {
        if self.connections.answered(request.connection) {
            let cause = cx.cause;
            cx.because(request.response_event(frame.len()));
            self.outbox.push(cx, Action::Send { connection: request.connection, frame });
            cx.cause = cause;
        }
    }

    pub(super) fn end_connection(&mut self, cx: &Context<'_>, connection: ConnectionId) {
        self.connections.close(connection);
        self.outbox.push(cx, Action::Close { connection });
    }

    /// Nothing was heard of a broker for too long.
    fn session_ended(&mut self, cx: &mut Context<'_>, id: NodeId) {
        let Some(broker) = self.image.broker(id).filter(|broker| !broker.fenced && self.is_active()) else { return };
        let fence = BrokerRegistrationChangeRecord { broker_id: id.0, broker_epoch: broker.epoch, fenced: 1, ..Default::default() };
        cx.because_of_silence(Silent::Broker { node: id }, "heartbeat", self.config.settings.broker_session_timeout);
        let mut records = self.election_rules().partition_changes(BrokerChange::Fenced(id));
        records.push(MetadataRecord::BrokerRegistrationChange(fence));
        if self.append(cx, records).is_err() {
            self.timers.set(ControllerTimer::Session(id), cx.now + self.config.settings.broker_session_timeout, cx.cause);
        }
    }

    /// Handles frames as long as one's turn has come.
    fn serve(&mut self, cx: &mut Context<'_>) {
        while let Some((connection, frame, cause)) = self.connections.next() {
            cx.cause = cause;
            match self.handle_frame(cx, connection, &frame) {
                Some((request, Answer::Reply(frame))) => self.send(cx, &request, frame),
                Some((_, Answer::Later)) => {}
                Some((_, Answer::Close)) | None => self.end_connection(cx, connection),
            }
        }
    }
}

impl Process for Controller {
    fn accepted(&mut self, _cx: &mut Context<'_>, connection: ConnectionId, _listener: Listener, _host: &str) {
        self.connections.open(connection);
    }

    fn connected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        self.peer_connected(cx, connection);
    }

    fn receive(&mut self, cx: &mut Context<'_>, connection: ConnectionId, frame: Rope) {
        if self.peers.owns(connection) {
            self.answered(cx, connection, &frame);
        } else {
            self.connections.push(connection, frame.to_bytes(), cx.cause);
        }
        self.serve(cx);
        self.drive(cx);
    }

    fn disconnected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        if self.peers.owns(connection) {
            self.peer_lost(cx, connection);
            return self.drive(cx);
        }
        self.connections.close(connection);
        self.waiting.remove(&connection);
        self.timers.cancel(&ControllerTimer::Fetch(connection));
    }

    fn next_due(&self) -> Option<Instant> {
        self.timers.next_due()
    }

    fn wake(&mut self, cx: &mut Context<'_>) {
        let Some((timer, cause)) = self.timers.pop_due(cx.now) else { return };
        cx.cause = cause;
        match timer {
            ControllerTimer::Session(broker) => self.session_ended(cx, broker),
            ControllerTimer::Periodic(task) => self.run_periodic(cx, task),
            ControllerTimer::Fetch(connection) => self.answer_fetch(cx, connection),
            ControllerTimer::Quorum => {}
            ControllerTimer::NoOp => self.write_no_op(cx),
        }
        self.serve(cx);
        self.drive(cx);
    }

    fn poll_action(&mut self) -> Option<(Action, Option<EventId>)> {
        self.outbox.pop()
    }
}
