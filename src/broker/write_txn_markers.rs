//! WriteTxnMarkers 1-2 (KIP-98): a coordinator ends transactions in partitions that this broker leads. Only brokers ask for it.
//!
//! - The answer comes when all markers are committed, or after `request.timeout.ms`.
//! - v2: the transaction's version (KIP-890), by which the marker's epoch is checked.

use super::connections::{Answer, RequestContext};
use super::purgatory::Delayed;
use super::replica_manager::{ReplicaManager, Write};
use super::{Broker, produce};
use crate::base::{Context, Offset, PartitionIndex, ProducerEpoch, ProducerId, TopicPartition};
use crate::coordinator::group::partition::GROUP_METADATA_TOPIC;
use crate::wire::ErrorCode;
use crate::wire::batch::TransactionEnd;
use crate::wire::messages::write_txn_markers_request::WritableTxnMarker;
use crate::wire::messages::write_txn_markers_response::{
    WritableTxnMarkerPartitionResult, WritableTxnMarkerResult, WritableTxnMarkerTopicResult,
};
use crate::wire::messages::{WriteTxnMarkersRequest, WriteTxnMarkersResponse};

/// One marker in one partition.
#[derive(Clone, Debug)]
struct Part {
    /// Which of the request's markers.
    marker: usize,
    partition: TopicPartition,
    error: ErrorCode,
    /// What must be committed first.
    required: Option<Offset>,
}

/// A request whose markers are not all committed.
#[derive(Clone, Debug)]
pub(super) struct DelayedMarkers {
    request: RequestContext,
    producers: Vec<i64>,
    parts: Vec<Part>,
}

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: WriteTxnMarkersRequest) -> Answer {
    let mut parts = Vec::new();
    for (at, marker) in body.markers.iter().enumerate() {
        for topic in &marker.topics {
            for index in &topic.partition_indexes {
                let partition = TopicPartition { topic: topic.name.as_str().into(), partition: PartitionIndex(*index) };
                let cause = cx.cause;
                let (error, required) = match write(broker, cx, &partition, marker, request.version) {
                    Ok(after) => (ErrorCode::None, Some(after)),
                    Err(error) => (error, None),
                };
                cx.cause = cause;
                parts.push(Part { marker: at, partition, error, required });
            }
        }
    }
    let producers = body.markers.iter().map(|marker| marker.producer_id).collect();
    broker.partitions_moved(cx);
    let mut delayed = DelayedMarkers { request: request.clone(), producers, parts };
    if delayed.settle(&broker.replicas) {
        return request.reply(&mut delayed.response());
    }
    let watched = delayed.parts.iter().filter(|part| part.required.is_some()).map(|part| part.partition.clone()).collect();
    let timeout = broker.settings().request_timeout;
    broker.delay(cx, Delayed::Markers(delayed), watched, timeout);
    Answer::Later
}

/// Returns the offset after the marker.
fn write(
    broker: &mut Broker,
    cx: &mut Context<'_>,
    partition: &TopicPartition,
    marker: &WritableTxnMarker,
    version: i16,
) -> Result<Offset, ErrorCode> {
    let end = TransactionEnd {
        producer_id: ProducerId(marker.producer_id),
        producer_epoch: ProducerEpoch(marker.producer_epoch),
        committed: marker.transaction_result,
        coordinator_epoch: marker.coordinator_epoch,
        timestamp: cx.time_ms(),
    };
    let transaction_version = if version >= 2 { marker.transaction_version.into() } else { 0 };
    if &*partition.topic == GROUP_METADATA_TOPIC {
        return broker.end_transaction_in_groups(cx, partition, end, transaction_version);
    }
    if broker.replicas.partition(partition).is_none() {
        return Err(ErrorCode::UnknownTopicOrPartition);
    }
    let batch = end.to_batch().map_err(|_| ErrorCode::UnknownServerError)?;
    let written = broker.replicas.append_as_leader(cx, partition, batch, Write::marker(transaction_version), true);
    written.map(|appended| appended.last_offset.plus(1)).map_err(|refusal| refusal.code())
}

/// The time is up: what is not committed by now has timed out.
pub(super) fn finish(broker: &mut Broker, cx: &mut Context<'_>, delayed: &DelayedMarkers) {
    broker.complete(cx, &delayed.request, &mut delayed.response());
}

impl DelayedMarkers {
    pub(super) const fn request(&self) -> &RequestContext {
        &self.request
    }

    /// Notes what is committed, or cannot be any more. Returns whether nothing is waited for.
    pub(super) fn settle(&mut self, replicas: &ReplicaManager) -> bool {
        for part in &mut self.parts {
            let Some(required) = part.required else { continue };
            if let Some(error) = produce::progress(&part.partition, required, replicas) {
                (part.required, part.error) = (None, error);
            }
        }
        self.parts.iter().all(|part| part.required.is_none())
    }

    fn response(&self) -> WriteTxnMarkersResponse {
        let mut markers: Vec<_> =
            self.producers.iter().map(|id| WritableTxnMarkerResult { producer_id: *id, ..Default::default() }).collect();
        for part in &self.parts {
            let error = if part.required.is_some() { ErrorCode::RequestTimedOut } else { part.error };
            let result = WritableTxnMarkerPartitionResult {
                partition_index: part.partition.partition.0,
                error_code: error.code(),
                ..Default::default()
            };
            let Some(marker) = markers.get_mut(part.marker) else { continue };
            match marker.topics.iter_mut().find(|topic| *topic.name == *part.partition.topic) {
                Some(topic) => topic.partitions.push(result),
                None => {
                    let name = part.partition.topic.to_string();
                    marker.topics.push(WritableTxnMarkerTopicResult { name, partitions: vec![result], ..Default::default() });
                }
            }
        }
        WriteTxnMarkersResponse { markers, ..Default::default() }
    }
}
