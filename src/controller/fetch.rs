//! Fetch, of `__cluster_metadata` by the brokers that replay it (`KafkaRaftClient.handleFetchRequest`). Versions 0 to 18, though brokers
//! use those with topic ids.
//!
//! A fetch at the log's end waits for records, for as long as it says. A reader that has another past than the log is told where the two
//! part. Snapshots are left out: the log is whole.

use super::connections::{Answer, RequestContext};
use super::node::{Controller, ControllerTimer};
use super::{METADATA_TOPIC, METADATA_TOPIC_ID};
use crate::base::{ConnectionId, Context, Duration, LeaderEpoch, Offset};
use crate::log::ReadLimits;
use crate::wire::messages::fetch_request::FetchPartition;
use crate::wire::messages::fetch_response::{EpochEndOffset, FetchableTopicResponse, LeaderIdAndEpoch, PartitionData};
use crate::wire::messages::{FetchRequest, FetchResponse};
use crate::wire::{ErrorCode, Rope};

/// A fetch that waits for records.
#[derive(Clone, Debug)]
pub(super) struct WaitingFetch {
    request: RequestContext,
    offset: Offset,
    max_bytes: u64,
}

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: FetchRequest) -> Answer {
    let wants_cluster = body.cluster_id.as_deref().is_none_or(|id| id == &*controller.config.cluster_id);
    let Some(partition) = the_partition(&body).filter(|_| wants_cluster) else {
        let error = if wants_cluster { ErrorCode::InvalidRequest } else { ErrorCode::InconsistentClusterId };
        return request.reply(&mut FetchResponse { error_code: error.code(), ..Default::default() });
    };
    if let Some(refusal) = refuse(controller, partition) {
        return request.reply(&mut response(controller, refusal));
    }
    let fetch = WaitingFetch {
        request: request.clone(),
        offset: Offset(partition.fetch_offset),
        max_bytes: u64::try_from(partition.partition_max_bytes).unwrap_or(0),
    };
    if fetch.offset < controller.quorum.log().end_offset() || body.max_wait_ms <= 0 {
        return request.reply(&mut controller.fetched(&fetch));
    }
    let deadline = cx.now + Duration::from_kafka_ms(body.max_wait_ms.into());
    controller.timers.set(ControllerTimer::Fetch(request.connection), deadline, cx.cause);
    controller.waiting.insert(request.connection, fetch);
    Answer::Later
}

/// A fetch has one topic with one partition, that of the metadata.
fn the_partition(body: &FetchRequest) -> Option<&FetchPartition> {
    let [topic] = body.topics.as_slice() else { return None };
    let [partition] = topic.partitions.as_slice() else { return None };
    (partition.partition == 0 && (topic.topic_id == METADATA_TOPIC_ID || topic.topic == METADATA_TOPIC)).then_some(partition)
}

/// What the reader is told instead of records.
fn refuse(controller: &Controller, partition: &FetchPartition) -> Option<PartitionData> {
    let quorum = &controller.quorum;
    let error = |code: ErrorCode| Some(PartitionData { error_code: code.code(), ..Default::default() });
    if !quorum.is_active() {
        return error(ErrorCode::NotLeaderOrFollower);
    }
    if partition.current_leader_epoch >= 0 && partition.current_leader_epoch != quorum.epoch().0 {
        let is_old = partition.current_leader_epoch < quorum.epoch().0;
        return error(if is_old { ErrorCode::FencedLeaderEpoch } else { ErrorCode::UnknownLeaderEpoch });
    }
    let end = quorum.log().end_of_epoch(LeaderEpoch(partition.last_fetched_epoch));
    let parts = end.epoch.0 != partition.last_fetched_epoch || end.offset.0 < partition.fetch_offset;
    (partition.fetch_offset != 0 && parts).then(|| PartitionData {
        diverging_epoch: EpochEndOffset { epoch: end.epoch.0, end_offset: end.offset.0, ..Default::default() },
        ..Default::default()
    })
}

fn response(controller: &Controller, partition: PartitionData) -> FetchResponse {
    let quorum = &controller.quorum;
    let leader =
        LeaderIdAndEpoch { leader_id: quorum.leader().map_or(-1, |id| id.0), leader_epoch: quorum.epoch().0, ..Default::default() };
    let partition = PartitionData {
        high_watermark: quorum.high_watermark().0,
        log_start_offset: quorum.log().start_offset().0,
        current_leader: leader,
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

impl Controller {
    fn fetched(&self, fetch: &WaitingFetch) -> FetchResponse {
        let log = self.quorum.log();
        let limits = ReadLimits { up_to: log.end_offset(), max_bytes: fetch.max_bytes, min_one_batch: true };
        let partition = match log.read(fetch.offset, limits) {
            Ok(read) => PartitionData { records: Some(read.records), ..Default::default() },
            Err(_) => PartitionData { error_code: ErrorCode::OffsetOutOfRange.code(), ..Default::default() },
        };
        response(self, partition)
    }

    /// The log has grown: answers those who waited for that.
    pub(super) fn serve_waiting_fetches(&mut self, cx: &mut Context<'_>) {
        let end = self.quorum.log().end_offset();
        let ready: Vec<_> = self.waiting.iter().filter(|(_, fetch)| fetch.offset < end).map(|(connection, _)| *connection).collect();
        for connection in ready {
            self.timers.cancel(&ControllerTimer::Fetch(connection));
            self.fetch_timed_out(cx, connection);
        }
    }

    /// Answers a waiting fetch with what there is.
    pub(super) fn fetch_timed_out(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        let Some(fetch) = self.waiting.remove(&connection) else { return };
        let mut response = self.fetched(&fetch);
        if let Ok(frame) = fetch.request.frame(&mut response) {
            self.send(cx, &fetch.request, frame);
        }
    }
}
