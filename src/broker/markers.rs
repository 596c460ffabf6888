//! The ends of transactions on their way from the coordinator to those who lead the transactions' partitions
//! (`TransactionMarkerChannelManager`). What is on its way to one broker goes in one WriteTxnMarkers request; what could not be written is
//! sent again, to whoever leads the partition by then, until it is written or the coordinator is another.

use super::node_channels::{Lane, NodeCall};
use super::{Broker, BrokerTimer};
use crate::base::{Context, Duration, NodeId, PartitionIndex, TopicPartition};
use crate::base::{SortedMap, SortedSet};
use crate::coordinator::transaction::{MarkerOutcome, TransactionMarkers};
use crate::wire::frame::decode_response_rope;
use crate::wire::messages::write_txn_markers_request::{WritableTxnMarker, WritableTxnMarkerTopic};
use crate::wire::messages::write_txn_markers_response::WritableTxnMarkerResult;
use crate::wire::messages::{WriteTxnMarkersRequest, WriteTxnMarkersResponse};
use crate::wire::{ErrorCode, Rope};

/// Of the requests between brokers.
const VERSION: i16 = 2;
/// How soon what could not be written is sent again.
const RETRY_BACKOFF: Duration = Duration::from_millis(50);

/// What one request carried.
#[derive(Clone, Debug)]
pub(super) struct Sent(Vec<TransactionMarkers>);

/// The markers that are to be sent.
#[derive(Clone, Debug, Default)]
pub(super) struct MarkerQueues {
    by_leader: SortedMap<NodeId, Vec<TransactionMarkers>>,
    /// For partitions that nobody leads, and those that were refused: to be looked at again.
    later: Vec<TransactionMarkers>,
}

impl Broker {
    /// Sends a transaction's end to those who lead its partitions; a partition that is gone needs none.
    pub(super) fn send_markers(&mut self, cx: &mut Context<'_>, markers: TransactionMarkers) {
        let mut gone = Vec::new();
        let mut leaders = SortedSet::new();
        for partition in &markers.partitions {
            let one = TransactionMarkers { partitions: vec![partition.clone()], ..markers.clone() };
            match self.image.partition(partition).map(|image| image.leader.filter(|leader| self.is_alive(*leader))) {
                None => gone.push(partition.clone()),
                Some(None) => self.marker_queues.later.push(one),
                Some(Some(leader)) => {
                    leaders.insert(leader);
                    let queue = self.marker_queues.by_leader.entry(leader).or_default();
                    match queue.iter_mut().find(|queued| is_same_end(queued, &one)) {
                        Some(queued) => queued.partitions.extend(one.partitions),
                        None => queue.push(one),
                    }
                }
            }
        }
        if !self.marker_queues.later.is_empty() {
            self.look_at_markers_later(cx);
        }
        if !gone.is_empty() || markers.partitions.is_empty() {
            self.markers_written(cx, &markers, &gone);
        }
        leaders.into_iter().for_each(|leader| self.send_queued_markers(cx, leader));
    }

    fn is_alive(&self, node: NodeId) -> bool {
        self.image.broker(node).is_some_and(|broker| broker.is_alive())
    }

    fn look_at_markers_later(&mut self, cx: &Context<'_>) {
        if self.timers.due(&BrokerTimer::Markers).is_none() {
            self.timers.set(BrokerTimer::Markers, cx.now + RETRY_BACKOFF, cx.cause);
        }
    }

    /// Sends what could not be sent, or was refused.
    pub(super) fn send_markers_again(&mut self, cx: &mut Context<'_>) {
        for markers in std::mem::take(&mut self.marker_queues.later) {
            if self.still_coordinates(&markers) {
                self.send_markers(cx, markers);
            }
        }
    }

    fn send_queued_markers(&mut self, cx: &mut Context<'_>, leader: NodeId) {
        if self.node_channels.is_busy(leader, Lane::Markers) {
            return;
        }
        let Some(mut queue) = self.marker_queues.by_leader.remove(&leader) else { return };
        queue.retain(|markers| self.still_coordinates(markers));
        if queue.is_empty() {
            return;
        }
        let mut request = WriteTxnMarkersRequest { markers: queue.iter().map(marker).collect(), ..Default::default() };
        self.ask_node(cx, (leader, Lane::Markers), VERSION, &mut request, NodeCall::WriteMarkers(Sent(queue)));
    }

    /// A broker has answered; none: it has not.
    pub(super) fn markers_answered(&mut self, cx: &mut Context<'_>, leader: NodeId, sent: Sent, frame: Option<Rope>) {
        let response = frame.and_then(|frame| decode_response_rope::<WriteTxnMarkersResponse>(&frame, VERSION).ok());
        let mut results = response.map(|(_, response)| response.markers).unwrap_or_default().into_iter();
        for markers in sent.0 {
            let outcomes = outcomes(results.next());
            let mut written = Vec::new();
            let mut again = Vec::new();
            let mut abandoned = false;
            for partition in &markers.partitions {
                match outcomes.get(partition) {
                    Some(MarkerOutcome::Written) => written.push(partition.clone()),
                    Some(MarkerOutcome::Abandoned) => abandoned = true,
                    Some(MarkerOutcome::Retry) | None => again.push(partition.clone()),
                }
            }
            if abandoned || !self.still_coordinates(&markers) {
                continue;
            }
            if !written.is_empty() {
                self.markers_written(cx, &markers, &written);
            }
            if !again.is_empty() {
                self.marker_queues.later.push(TransactionMarkers { partitions: again, ..markers });
                self.look_at_markers_later(cx);
            }
        }
        self.send_queued_markers(cx, leader);
    }
}

/// Whether two are about the same end of a transaction.
fn is_same_end(one: &TransactionMarkers, other: &TransactionMarkers) -> bool {
    let end = |markers: &TransactionMarkers| (markers.producer_id, markers.producer_epoch, markers.coordinator_epoch, markers.is_commit);
    one.transactional_id == other.transactional_id && end(one) == end(other)
}

fn marker(markers: &TransactionMarkers) -> WritableTxnMarker {
    let mut topics: Vec<WritableTxnMarkerTopic> = Vec::new();
    for TopicPartition { topic, partition } in &markers.partitions {
        match topics.iter_mut().find(|known| *known.name == **topic) {
            Some(known) => known.partition_indexes.push(partition.0),
            None => {
                topics.push(WritableTxnMarkerTopic { name: topic.to_string(), partition_indexes: vec![partition.0], ..Default::default() });
            }
        }
    }
    WritableTxnMarker {
        producer_id: markers.producer_id.0,
        producer_epoch: markers.producer_epoch.0,
        transaction_result: markers.is_commit,
        topics,
        coordinator_epoch: markers.coordinator_epoch.0,
        transaction_version: i8::try_from(markers.version.level()).unwrap_or(i8::MAX),
        ..Default::default()
    }
}

fn outcomes(result: Option<WritableTxnMarkerResult>) -> SortedMap<TopicPartition, MarkerOutcome> {
    let mut outcomes = SortedMap::new();
    for topic in result.map(|result| result.topics).unwrap_or_default() {
        for told in topic.partitions {
            let error = ErrorCode::from_i16(told.error_code).unwrap_or(ErrorCode::UnknownServerError);
            let partition = TopicPartition { topic: topic.name.as_str().into(), partition: PartitionIndex(told.partition_index) };
            outcomes.insert(partition, MarkerOutcome::of(error));
        }
    }
    outcomes
}
