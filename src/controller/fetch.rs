//! Fetch, of `__cluster_metadata` (`KafkaRaftClient.handleFetchRequest`). Versions 0 to 18, though nodes use those with topic ids.
//!
//! - Voters and observers ask the leader. What they say of their log's end is how the leader knows what is committed.
//! - A reader that has another past than the log is told where the two part; one that lacks what only a snapshot has, which.
//! - A fetch that finds nothing waits for records, or for news of the high watermark (KIP-1166), for as long as it says.
//! - A combined node's broker asks its own controller, whoever leads, and is given what is committed: in Apache Kafka the two share a log.

use super::connections::{Answer, RequestContext};
use super::node::{Controller, ControllerTimer};
use super::quorum::{Fetched, Position, Validity};
use super::{METADATA_TOPIC, METADATA_TOPIC_ID};
use crate::base::{ConnectionId, Context, Duration, EventId, LeaderEpoch, NodeId, Offset};
use crate::wire::messages::fetch_request::FetchPartition;
use crate::wire::messages::fetch_response::{EpochEndOffset, FetchableTopicResponse, LeaderIdAndEpoch, PartitionData, SnapshotId};
use crate::wire::messages::{FetchRequest, FetchResponse};
use crate::wire::{ErrorCode, Rope};

/// A fetch that waits for records.
#[derive(Clone, Debug)]
pub(super) struct WaitingFetch {
    request: RequestContext,
    reader: Reader,
    end: Position,
    epoch: i32,
    max_bytes: u64,
    /// The event that asked: what it is answered with by itself, as nothing else, is because of that.
    cause: Option<EventId>,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    /// This node's broker.
    Own,
    /// A voter or observer, with the high watermark that it knows of.
    Other { high_watermark: i64 },
}

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: FetchRequest) -> Answer {
    let refuse = |error: ErrorCode| request.reply(&mut FetchResponse { error_code: error.code(), ..Default::default() });
    if !controller.is_own_cluster(body.cluster_id.as_deref()) {
        return refuse(ErrorCode::InconsistentClusterId);
    }
    let node = NodeId(if request.version >= 15 { body.replica_state.replica_id } else { body.replica_id });
    let max_wait_ms = body.max_wait_ms;
    let Some(partition) = the_partition(body).filter(|partition| is_valid(partition, max_wait_ms)) else {
        return refuse(ErrorCode::InvalidRequest);
    };
    let is_own = node == controller.config.node;
    let reader = if is_own { Reader::Own } else { Reader::Other { high_watermark: partition.high_watermark } };
    let fetch = WaitingFetch {
        request: request.clone(),
        reader,
        end: Position { offset: Offset(partition.fetch_offset), epoch: LeaderEpoch(partition.last_fetched_epoch) },
        epoch: partition.current_leader_epoch,
        max_bytes: u64::try_from(partition.partition_max_bytes).unwrap_or(0),
        cause: cx.cause,
    };
    if !is_own && controller.refuse_fetch(&fetch).is_none() {
        controller.note_fetch(cx, node, &partition, fetch.end);
    }
    if max_wait_ms == 0 || controller.has_news(&fetch) {
        return request.reply(&mut controller.fetched(&fetch));
    }
    let deadline = cx.now + Duration::from_kafka_ms(max_wait_ms.into());
    controller.timers.set(ControllerTimer::Fetch(request.connection), deadline, cx.cause);
    controller.waiting.insert(request.connection, fetch);
    Answer::Later
}

/// A fetch has one topic with one partition, that of the metadata.
fn the_partition(body: FetchRequest) -> Option<FetchPartition> {
    let [topic] = <[_; 1]>::try_from(body.topics).ok()?;
    let is_metadata = topic.topic_id == METADATA_TOPIC_ID || topic.topic == METADATA_TOPIC;
    let [partition] = <[_; 1]>::try_from(topic.partitions).ok()?;
    (is_metadata && partition.partition == 0).then_some(partition)
}

const fn is_valid(partition: &FetchPartition, max_wait_ms: i32) -> bool {
    max_wait_ms >= 0 && partition.fetch_offset >= 0 && partition.last_fetched_epoch >= 0 && partition.current_leader_epoch >= 0
}

impl Controller {
    /// What a voter's or observer's fetch tells the leader.
    fn note_fetch(&mut self, cx: &mut Context<'_>, node: NodeId, partition: &FetchPartition, end: Position) {
        let log = self.quorum.log();
        let is_valid = log.validate(end) == Validity::Valid;
        let fetched = Fetched {
            node,
            directory: partition.replica_directory_id,
            end: is_valid.then_some(end.offset),
            leader_end: log.end_offset(),
            now: cx.now,
            now_ms: cx.time_ms(),
        };
        if let Some(leader) = self.quorum.leading_mut() {
            leader.fetched(&fetched);
        }
        self.quorum.advance_high_watermark();
        self.commit(cx);
    }

    /// Why somebody's fetch is refused.
    fn refuse_fetch(&self, fetch: &WaitingFetch) -> Option<ErrorCode> {
        self.refuse_leader_only(LeaderEpoch(fetch.epoch)).filter(|_| fetch.reader != Reader::Own)
    }

    /// Whether there is something to answer with at once.
    fn has_news(&self, fetch: &WaitingFetch) -> bool {
        let log = self.quorum.log();
        match fetch.reader {
            Reader::Own => fetch.end.offset < self.quorum.high_watermark(),
            Reader::Other { high_watermark: known } => {
                self.refuse_fetch(fetch).is_some()
                    || log.validate(fetch.end) != Validity::Valid
                    || fetch.end.offset < log.end_offset()
                    || known < self.quorum.known_high_watermark()
            }
        }
    }

    fn fetched(&self, fetch: &WaitingFetch) -> FetchResponse {
        if let Some(error) = self.refuse_fetch(fetch) {
            return self.fetch_response(PartitionData { error_code: error.code(), ..Default::default() });
        }
        let (log, committed) = (self.quorum.log(), self.quorum.high_watermark());
        let (up_to, validity) = match fetch.reader {
            Reader::Own if fetch.end.offset < log.start_offset() => (committed, log.validate(fetch.end)),
            Reader::Own => (committed, Validity::Valid),
            Reader::Other { .. } => (log.end_offset(), log.validate(fetch.end)),
        };
        self.fetch_response(match validity {
            Validity::Valid => PartitionData { records: Some(log.read(fetch.end.offset, up_to, fetch.max_bytes)), ..Default::default() },
            Validity::Diverging(end) => PartitionData {
                diverging_epoch: EpochEndOffset { epoch: end.epoch.0, end_offset: end.offset.0, ..Default::default() },
                ..Default::default()
            },
            Validity::Snapshot(id) => PartitionData {
                snapshot_id: SnapshotId { end_offset: id.end_offset.0, epoch: id.epoch.0, ..Default::default() },
                ..Default::default()
            },
        })
    }

    fn fetch_response(&self, partition: PartitionData) -> FetchResponse {
        let (leader_id, leader_epoch) = self.leader_and_epoch();
        let partition = PartitionData {
            high_watermark: self.quorum.known_high_watermark(),
            log_start_offset: self.quorum.log().start_offset().0,
            current_leader: LeaderIdAndEpoch { leader_id, leader_epoch, ..Default::default() },
            records: partition.records.or(Some(Rope::new())),
            ..partition
        };
        let topic = FetchableTopicResponse {
            topic: METADATA_TOPIC.to_owned(),
            topic_id: METADATA_TOPIC_ID,
            partitions: vec![partition],
            ..Default::default()
        };
        FetchResponse { responses: vec![topic], ..Default::default() }
    }

    /// The log has grown, or more of it is committed: answers those who waited for that.
    pub(super) fn serve_waiting_fetches(&mut self, cx: &mut Context<'_>) {
        let ready: Vec<_> = self.waiting.iter().filter(|(_, fetch)| self.has_news(fetch)).map(|(connection, _)| *connection).collect();
        for connection in ready {
            self.answer_fetch(cx, connection);
        }
    }

    /// There is another leader, or none: answers all, so that they know.
    pub(super) fn answer_all_fetches(&mut self, cx: &mut Context<'_>) {
        let all: Vec<_> = self.waiting.keys().copied().collect();
        for connection in all {
            self.answer_fetch(cx, connection);
        }
    }

    /// Answers a waiting fetch with what there is.
    pub(super) fn answer_fetch(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        self.timers.cancel(&ControllerTimer::Fetch(connection));
        let Some(fetch) = self.waiting.remove(&connection) else { return };
        let mut response = self.fetched(&fetch);
        let before = cx.cause;
        cx.cause = cx.cause.or(fetch.cause);
        if let Ok(frame) = fetch.request.frame(&mut response) {
            self.send(cx, &fetch.request, frame);
        }
        cx.cause = before;
    }
}
