//! A controller: Kafka request frames in, response frames out (`kafka.server.ControllerServer`, `QuorumController`).

use super::config::BrokerSettings;
use super::connections::{Answer, Connections, RequestContext};
use super::disk::ControllerDisk;
use super::election::{BrokerChange, ElectionRules};
use super::error::ApiError;
use super::features::bootstrap_records;
use super::fetch::WaitingFetch;
use super::image::{MetadataDelta, MetadataImage};
use super::periodic::PeriodicTask;
use super::quorum::{Quorum, WriteError};
use crate::base::{ConnectionId, Context, EventId, EventKind, Instant, LeaderEpoch, NodeId, Offset, Silent, Timers};
use crate::log::Log;
use crate::network::{Action, Listener, Outbox, Process};
use crate::wire::messages::BrokerRegistrationChangeRecord;
use crate::wire::{ErrorCode, MetadataRecord, Response, Rope};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// What a controller is started with.
#[derive(Clone, Debug)]
pub struct ControllerConfig {
    pub node: NodeId,
    /// `controller.quorum.voters`.
    pub voters: Vec<NodeId>,
    pub cluster_id: Arc<str>,
    pub settings: BrokerSettings,
}

/// A controller.
#[derive(Clone, Debug)]
pub struct Controller {
    pub(super) config: Arc<ControllerConfig>,
    pub(super) quorum: Quorum,
    pub(super) image: MetadataImage,
    pub(super) sessions: BTreeMap<NodeId, Session>,
    pub(super) connections: Connections,
    pub(super) waiting: BTreeMap<ConnectionId, WaitingFetch>,
    /// Responses that wait until what they speak of is committed, in order.
    uncommitted: VecDeque<(Offset, RequestContext, Rope)>,
    pub(super) timers: Timers<ControllerTimer>,
    outbox: Outbox,
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
            quorum: Quorum::new(config.node, config.voters.clone(), disk),
            image: MetadataImage::default(),
            sessions: BTreeMap::new(),
            connections: Connections::default(),
            waiting: BTreeMap::new(),
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
        if self.quorum.is_only_voter() && self.lead(cx).is_err() {
            // What was to be written cannot be: the node stays a controller that is not active, and says so to whoever asks.
            cx.trace(EventKind::Refused {
                partition: self.quorum.log().partition().clone(),
                error: ErrorCode::NotController.name().into(),
            });
        }
    }

    fn lead(&mut self, cx: &mut Context<'_>) -> Result<(), WriteError> {
        let written = self.quorum.become_leader(cx.time_ms())?;
        cx.because(EventKind::ControllerElected { node: self.config.node, epoch: self.quorum.epoch().0 });
        self.replay(cx, &written)?;
        if self.image.features().is_empty() {
            self.append(cx, bootstrap_records(self.config.settings.min_insync_replicas))?;
        }
        let session = self.config.settings.broker_session_timeout;
        for broker in self.image.brokers().filter(|broker| !broker.fenced) {
            self.timers.set(ControllerTimer::Session(broker.id), cx.now + session, cx.cause);
        }
        self.begin_periodic_tasks(cx);
        Ok(())
    }

    pub fn node(&self) -> NodeId {
        self.config.node
    }

    pub fn is_active(&self) -> bool {
        self.quorum.is_active()
    }

    pub const fn epoch(&self) -> LeaderEpoch {
        self.quorum.epoch()
    }

    /// The cluster as this controller's log has it.
    pub const fn image(&self) -> &MetadataImage {
        &self.image
    }

    /// `__cluster_metadata`, and up to where it is committed.
    pub const fn log(&self) -> (&Log, Offset) {
        (self.quorum.log(), self.quorum.high_watermark())
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
        if outcome.records.is_empty() {
            return request.reply(&mut outcome.response);
        }
        let Ok(frame) = request.frame(&mut outcome.response) else { return Answer::Close };
        if self.append(cx, outcome.records).is_err() {
            return Answer::Close;
        }
        let end = self.quorum.log().end_offset();
        if end <= self.quorum.high_watermark() {
            return Answer::Reply(frame);
        }
        self.uncommitted.push_back((end, request.clone(), frame));
        Answer::Later
    }

    pub(super) fn append(&mut self, cx: &mut Context<'_>, records: Vec<MetadataRecord>) -> Result<(), WriteError> {
        // Try the records on a copy first: the log must never hold what cannot be replayed.
        let mut trial = self.image.clone();
        for record in &records {
            trial.replay_record(record, &mut MetadataDelta::default()).map_err(WriteError::Replay)?;
        }
        drop(trial);
        let written = self.quorum.write(records, cx.time_ms())?;
        self.replay(cx, &written)?;
        self.serve_waiting_fetches(cx);
        self.release_committed(cx);
        Ok(())
    }

    fn replay(&mut self, cx: &mut Context<'_>, written: &Rope) -> Result<(), WriteError> {
        let before = self.image.clone();
        let delta = self.image.replay(written, self.quorum.log().end_offset()).map_err(WriteError::Replay)?;
        self.trace_changes(cx, &before, &delta);
        Ok(())
    }

    fn release_committed(&mut self, cx: &mut Context<'_>) {
        while let Some((_, request, frame)) = self.uncommitted.pop_front_if(|(end, _, _)| *end <= self.quorum.high_watermark()) {
            self.send(cx, &request, frame);
        }
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

    fn end_connection(&mut self, cx: &Context<'_>, connection: ConnectionId) {
        self.connections.close(connection);
        self.outbox.push(cx, Action::Close { connection });
    }

    /// Nothing was heard of a broker for too long.
    fn session_ended(&mut self, cx: &mut Context<'_>, id: NodeId) {
        let Some(broker) = self.image.broker(id).filter(|broker| !broker.fenced && self.quorum.is_active()) else { return };
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

    /// A controller opens no connections.
    fn connected(&mut self, _cx: &mut Context<'_>, _connection: ConnectionId) {}

    fn receive(&mut self, cx: &mut Context<'_>, connection: ConnectionId, frame: Rope) {
        self.connections.push(connection, frame.to_bytes(), cx.cause);
        self.serve(cx);
    }

    fn disconnected(&mut self, _cx: &mut Context<'_>, connection: ConnectionId) {
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
            ControllerTimer::Fetch(connection) => self.fetch_timed_out(cx, connection),
        }
        self.serve(cx);
    }

    fn poll_action(&mut self) -> Option<(Action, Option<EventId>)> {
        self.outbox.pop()
    }
}
