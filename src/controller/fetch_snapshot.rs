//! FetchSnapshot, versions 0 and 1 (KIP-630): a piece of a snapshot, for a voter or observer that is behind the log's start.
//!
//! A combined node's broker asks its own controller, whoever leads.

use super::connections::{Answer, RequestContext};
use super::node::Controller;
use super::quorum::{Fetched, SnapshotId};
use super::{METADATA_TOPIC, connections};
use crate::base::{Context, LeaderEpoch, NodeId, Offset};
use crate::wire::messages::fetch_snapshot_request::PartitionSnapshot as Wanted;
use crate::wire::messages::fetch_snapshot_response::{LeaderIdAndEpoch, PartitionSnapshot, SnapshotId as Id, TopicSnapshot};
use crate::wire::messages::{FetchSnapshotRequest, FetchSnapshotResponse};
use crate::wire::{ErrorCode, Rope};

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: FetchSnapshotRequest) -> Answer {
    let refuse = |error: ErrorCode| request.reply(&mut FetchSnapshotResponse { error_code: error.code(), ..Default::default() });
    if !controller.is_own_cluster(body.cluster_id.as_deref()) {
        return refuse(ErrorCode::InconsistentClusterId);
    }
    let (node, max_bytes) = (NodeId(body.replica_id), body.max_bytes);
    let Some(wanted) = connections::the_partition(body.topics, |topic| (topic.name, topic.partitions), |p| p.partition) else {
        return refuse(ErrorCode::UnknownTopicOrPartition);
    };
    let is_own = node == controller.config.node;
    let refusal = controller.refuse_leader_only(LeaderEpoch(wanted.current_leader_epoch)).filter(|_| !is_own);
    let piece = match refusal {
        Some(error) => Err(error),
        None => piece(controller, &wanted, max_bytes),
    };
    if piece.is_ok() && !is_own {
        let leader_end = controller.quorum.log().end_offset();
        let directory = wanted.replica_directory_id;
        let fetched = Fetched { node, directory, end: None, leader_end, now: cx.now, now_ms: cx.time_ms() };
        if let Some(leader) = controller.quorum.leading_mut() {
            leader.fetched(&fetched);
        }
    }
    let (leader_id, leader_epoch) = controller.leader_and_epoch();
    let partition = PartitionSnapshot {
        index: 0,
        current_leader: LeaderIdAndEpoch { leader_id, leader_epoch, ..Default::default() },
        ..piece.unwrap_or_else(|error| PartitionSnapshot { error_code: error.code(), ..Default::default() })
    };
    let topic = TopicSnapshot { name: METADATA_TOPIC.to_owned(), partitions: vec![partition], ..Default::default() };
    request.reply(&mut FetchSnapshotResponse { topics: vec![topic], ..Default::default() })
}

fn piece(controller: &Controller, wanted: &Wanted, max_bytes: i32) -> Result<PartitionSnapshot, ErrorCode> {
    let id = SnapshotId { end_offset: Offset(wanted.snapshot_id.end_offset), epoch: LeaderEpoch(wanted.snapshot_id.epoch) };
    let snapshot = controller.quorum.log().snapshot(id).ok_or(ErrorCode::SnapshotNotFound)?;
    let size = snapshot.bytes.len();
    let from = usize::try_from(wanted.position).ok().filter(|from| *from < size).ok_or(ErrorCode::PositionOutOfRange)?;
    let to = size.min(from.saturating_add(usize::try_from(max_bytes).unwrap_or(0)));
    Ok(PartitionSnapshot {
        snapshot_id: Id { end_offset: id.end_offset.0, epoch: id.epoch.0, ..Default::default() },
        size: i64::try_from(size).unwrap_or(i64::MAX),
        position: wanted.position,
        unaligned_records: Rope::from(snapshot.bytes.slice(from..to)),
        ..Default::default()
    })
}
