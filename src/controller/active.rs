//! Being the active controller, and ceasing to be it (`QuorumController.claim` and `renounce`); what is committed, and the images of it.
//!
//! The active controller's image is ahead of what is committed: it has replayed all that it wrote. The images at the end of each write are
//! kept until that is committed; when it is deposed it goes back to the last one that was (`SnapshotRegistry`). All others replay what is
//! committed, and nothing else.

use super::connections::{Answer, RequestContext};
use super::features::bootstrap_records;
use super::image::{MetadataDelta, MetadataImage};
use super::node::{Controller, ControllerTimer};
use super::quorum::{Snapshot, WriteError};
use super::trace::trace_changes;
use crate::base::{Context, EventId, EventKind, LeaderEpoch, NodeId, Offset};
use crate::wire::messages::{
    AllocateProducerIdsResponse, BrokerHeartbeatResponse, BrokerRegistrationResponse, ControllerRegistrationResponse, EnvelopeResponse,
    NoOpRecord,
};
use crate::wire::{ApiKey, ErrorCode, MetadataRecord, encode_response};

/// Something written that is not committed yet.
#[derive(Clone, Debug)]
pub(super) struct Write {
    /// Where it ends in the log.
    end: Offset,
    /// The cluster as it is with that.
    image: MetadataImage,
    delta: MetadataDelta,
    cause: Option<EventId>,
}

impl Write {
    pub(super) const fn end(&self) -> Offset {
        self.end
    }
}

impl Controller {
    /// Whether it leads the quorum, and has taken over what the leaders before it committed.
    pub fn is_active(&self) -> bool {
        self.claimed == Some(self.quorum.epoch()) && self.quorum.is_leader()
    }

    /// The leader, -1 if there is none that is known, and the epoch.
    pub(super) fn leader_and_epoch(&self) -> (i32, i32) {
        (self.quorum.leader().map_or(-1, |leader| leader.0), self.quorum.epoch().0)
    }

    pub(super) fn is_own_cluster(&self, id: Option<&str>) -> bool {
        id.is_none_or(|id| id == &*self.config.cluster_id)
    }

    /// Why a request among voters is refused (`validateVoterOnlyRequest`).
    pub(super) fn refuse_voter(&self, node: NodeId, epoch: LeaderEpoch) -> Option<ErrorCode> {
        if epoch < self.quorum.epoch() {
            Some(ErrorCode::FencedLeaderEpoch)
        } else if node.0 < 0 {
            Some(ErrorCode::InvalidRequest)
        } else {
            (!self.quorum.is_voter(node)).then_some(ErrorCode::InconsistentVoterSet)
        }
    }

    /// Why a request to the leader is refused (`validateLeaderOnlyRequest`).
    pub(super) fn refuse_leader_only(&self, epoch: LeaderEpoch) -> Option<ErrorCode> {
        if epoch < self.quorum.epoch() {
            Some(ErrorCode::FencedLeaderEpoch)
        } else if epoch > self.quorum.epoch() {
            Some(ErrorCode::UnknownLeaderEpoch)
        } else {
            (!self.quorum.is_leader()).then_some(ErrorCode::NotLeaderOrFollower)
        }
    }

    /// Somebody else may lead now, or nobody: whoever waits for the leader is told, and an active controller that is none any more lets go.
    pub(super) fn notice_leader(&mut self, cx: &mut Context<'_>) {
        let known = self.leader_and_epoch();
        if self.told == known {
            return;
        }
        self.told = known;
        if self.claimed.is_some() && !self.is_active() {
            self.renounce(cx);
        }
        self.answer_all_fetches(cx);
    }

    /// Writes records, and replays them at once.
    ///
    /// # Errors
    /// They cannot be replayed, or are too large; nothing has changed.
    pub(super) fn append(&mut self, cx: &mut Context<'_>, records: Vec<MetadataRecord>) -> Result<(), WriteError> {
        // Replayed first: the log must never hold what cannot be replayed.
        let (mut image, mut delta) = (self.image.clone(), MetadataDelta::default());
        for record in &records {
            image.replay_record(record, &mut delta).map_err(WriteError::Replay)?;
        }
        let epoch = self.quorum.epoch();
        self.quorum.log_mut().write(epoch, records, cx.time_ms())?;
        let end = self.quorum.log().end_offset();
        image.reached(end, epoch);
        self.image = image.clone();
        self.writes.push_back(Write { end, image, delta, cause: cx.cause });
        self.quorum.advance_high_watermark();
        self.commit(cx);
        Ok(())
    }

    /// Makes true here what has been committed: images, answers, and the office itself.
    pub(super) fn commit(&mut self, cx: &mut Context<'_>) {
        let before = cx.cause;
        let high_watermark = self.quorum.high_watermark();
        // Whoever hears of it now, hears of it because it was written, not because it was acknowledged.
        while let Some(write) = self.writes.pop_front_if(|write| write.end <= high_watermark) {
            cx.cause = write.cause;
            trace_changes(cx, &self.committed, &write.image, &write.delta);
            self.committed = write.image;
        }
        if self.writes.is_empty() {
            self.replay_committed(cx, high_watermark);
        }
        self.release_committed(cx);
        self.claim_if_due(cx);
        self.serve_waiting_fetches(cx);
        self.snapshot_if_due(cx);
        cx.cause = before;
    }

    /// Replays what others have written, up to the high watermark.
    fn replay_committed(&mut self, cx: &mut Context<'_>, high_watermark: Offset) {
        let from = self.committed.next_offset();
        if from >= high_watermark {
            return;
        }
        let before = self.committed.clone();
        let batches = self.quorum.log().log().batches(from, high_watermark);
        match self.committed.replay_batches(batches, high_watermark) {
            Ok(delta) if self.quorum.is_leader() => trace_changes(cx, &before, &self.committed, &delta),
            Ok(_) => {}
            // A leader writes nothing that cannot be replayed.
            Err(error) => {
                let partition = self.quorum.log().partition().clone();
                cx.trace(EventKind::Refused { partition, error: error.to_string().into() });
            }
        }
        self.image = self.committed.clone();
    }

    /// A snapshot takes the place of what was replayed.
    pub(super) fn load(&mut self, image: MetadataImage) {
        self.image = image.clone();
        self.committed = image;
        self.snapshot_end = self.committed.next_offset();
    }

    /// Takes office once the record of its election is committed, and with it all that was written before.
    fn claim_if_due(&mut self, cx: &mut Context<'_>) {
        let Some(epoch_start) = self.quorum.leading().map(|leader| leader.epoch_start()) else { return };
        if self.claimed == Some(self.quorum.epoch()) || self.committed.next_offset() <= epoch_start {
            return;
        }
        self.claimed = Some(self.quorum.epoch());
        let session = self.config.settings.broker_session_timeout;
        for broker in self.image.brokers().filter(|broker| !broker.fenced) {
            self.timers.set(ControllerTimer::Session(broker.id), cx.now + session, cx.cause);
        }
        self.schedule_no_op(cx);
        self.begin_periodic_tasks(cx);
        if self.image.features().is_empty()
            && let Err(error) = self.append(cx, bootstrap_records(self.config.settings.min_insync_replicas))
        {
            let partition = self.quorum.log().partition().clone();
            cx.trace(EventKind::Refused { partition, error: error.to_string().into() });
        }
    }

    /// Leaves office: what was not committed never was.
    fn renounce(&mut self, cx: &mut Context<'_>) {
        self.claimed = None;
        self.writes.clear();
        self.image = self.committed.clone();
        self.sessions.clear();
        self.timers.retain(|timer| !timer.is_of_office());
        for (_, request, _) in std::mem::take(&mut self.uncommitted) {
            match refusal(&request) {
                Answer::Reply(frame) => self.send(cx, &request, frame),
                Answer::Later | Answer::Close => self.end_connection(cx, request.connection),
            }
        }
    }

    fn release_committed(&mut self, cx: &mut Context<'_>) {
        let high_watermark = self.quorum.high_watermark();
        while let Some((_, request, frame)) = self.uncommitted.pop_front_if(|(end, _, _)| *end <= high_watermark) {
            self.send(cx, &request, frame);
        }
    }

    fn schedule_no_op(&mut self, cx: &Context<'_>) {
        let interval = self.config.settings.metadata_max_idle_interval;
        if !interval.is_zero() {
            self.timers.set(ControllerTimer::NoOp, cx.now + interval, None);
        }
    }

    /// Writes a record that says nothing (KIP-835): brokers tell by it that they hear of what is new.
    pub(super) fn write_no_op(&mut self, cx: &mut Context<'_>) {
        // It can always be replayed, and never is too large.
        if self.is_active() && self.append(cx, vec![MetadataRecord::NoOp(NoOpRecord::default())]).is_ok() {
            self.schedule_no_op(cx);
        }
    }

    /// Makes a snapshot once enough was written since the last, or long enough ago (`SnapshotGenerator`), and lets go of what is too old.
    fn snapshot_if_due(&mut self, cx: &Context<'_>) {
        let settings = &self.config.settings;
        let log = self.quorum.log().log();
        let (end, now_ms) = (self.committed.next_offset(), cx.time_ms());
        if end <= self.snapshot_end {
            return;
        }
        let (since_ms, written) = *self.snapshot_since.get_or_insert((now_ms, log.size_in_bytes()));
        let bytes = i64::try_from(log.size_in_bytes().saturating_sub(written)).unwrap_or(i64::MAX);
        let interval_ms = i64::try_from(settings.metadata_snapshot_interval.as_millis()).unwrap_or(i64::MAX);
        let is_long_ago = interval_ms > 0 && now_ms.saturating_sub(since_ms) >= interval_ms;
        if bytes < settings.metadata_snapshot_bytes && !is_long_ago {
            return;
        }
        let (bytes_max, age_max) = (settings.metadata_retention_bytes, settings.metadata_retention_ms);
        let made_after_ms = if age_max < 0 { i64::MIN } else { now_ms.saturating_sub(age_max) };
        if let Ok(snapshot) = Snapshot::of(&self.committed, now_ms) {
            self.quorum.log_mut().add_snapshot(snapshot);
            self.quorum.log_mut().clean(u64::try_from(bytes_max).unwrap_or(u64::MAX), made_after_ms);
        }
        self.snapshot_end = end;
        self.snapshot_since = Some((now_ms, self.quorum.log().log().size_in_bytes()));
    }
}

/// What a request is told whose records will not be committed by this controller. Where that has no form, its connection ends, which a
/// broker takes in the same way: it asks the next active controller.
fn refusal(request: &RequestContext) -> Answer {
    let code = ErrorCode::NotController.code();
    if let Some(correlation) = request.envelope {
        let mut envelope = EnvelopeResponse { error_code: code, ..Default::default() };
        return encode_response(0, correlation, &mut envelope).map_or(Answer::Close, Answer::Reply);
    }
    match request.api {
        ApiKey::BrokerRegistration => request.reply(&mut BrokerRegistrationResponse { error_code: code, ..Default::default() }),
        ApiKey::BrokerHeartbeat => request.reply(&mut BrokerHeartbeatResponse { error_code: code, ..Default::default() }),
        ApiKey::AllocateProducerIds => request.reply(&mut AllocateProducerIdsResponse { error_code: code, ..Default::default() }),
        ApiKey::ControllerRegistration => request.reply(&mut ControllerRegistrationResponse { error_code: code, ..Default::default() }),
        _ => Answer::Close,
    }
}
