//! What a Fetch finds in the logs (`ReplicaManager.readFromLog`, `DelayedFetch.tryComplete`).

use super::Broker;
use super::fetch_session::PartitionKey;
use super::partition::{Follower, FollowerFetch, Isolation, Partition};
use crate::base::{LeaderEpoch, NodeId, Offset, TopicPartition};
use crate::log::{self, Available, EpochEnd, Read, ReadLimits};
use crate::wire::messages::fetch_request::FetchPartition;
use crate::wire::messages::fetch_response::{AbortedTransaction, EpochEndOffset, PartitionData};
use crate::wire::{ErrorCode, Rope};
use std::sync::Arc;

/// Who fetches, and how much.
#[derive(Clone, Debug)]
pub(super) struct FetchParams {
    /// The follower that fetches; none for consumers.
    pub(super) follower: Option<NodeId>,
    /// The consumer's `client.rack`; empty where it has none, or does not say.
    pub(super) rack: Arc<str>,
    /// Of the follower's broker; -1 where it does not say.
    pub(super) broker_epoch: i64,
    pub(super) isolation: Isolation,
    pub(super) leader_only: bool,
    pub(super) min_bytes: i64,
    pub(super) max_bytes: i64,
}

/// A partition that exists, and what is asked of it.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) key: PartitionKey,
    pub(super) partition: TopicPartition,
    pub(super) data: FetchPartition,
}

impl Source {
    /// What the request tells of the follower that sends it.
    pub(super) const fn follower(&self, replica: NodeId, broker_epoch: i64) -> FollowerFetch {
        let (end_offset, start_offset) = (Offset(self.data.fetch_offset), Offset(self.data.log_start_offset));
        FollowerFetch { replica, broker_epoch, end_offset, start_offset }
    }

    fn open<'a>(&self, found: Result<&'a Partition, ErrorCode>, params: &FetchParams) -> Result<&'a Partition, ErrorCode> {
        let partition = found?;
        partition.check_access(self.data.current_leader_epoch, params.leader_only)?;
        match params.follower {
            // A follower that knows the leader epoch may know of a reassignment before this leader does.
            Some(replica) if !partition.is_follower(replica) && self.data.current_leader_epoch >= 0 => Err(ErrorCode::UnknownLeaderEpoch),
            Some(replica) if !partition.is_follower(replica) => Err(ErrorCode::NotLeaderOrFollower),
            _ => Ok(partition),
        }
    }

    /// There is nothing more to be read, and nothing to be said, until the partition moves.
    pub(super) fn is_settled(&self, broker: &Broker, params: &FetchParams, told: &PartitionData) -> bool {
        let is_empty = told.records.as_ref().is_none_or(Rope::is_empty);
        let is_quiet = told.error_code == 0 && told.diverging_epoch.epoch < 0 && told.preferred_read_replica < 0;
        let is_placed = |partition: &Partition| {
            let follower = params.follower.and_then(|replica| partition.followers().get(&replica));
            follower.is_none_or(|follower| follower.end_offset.0 == self.data.fetch_offset)
        };
        let knows_all = |partition: &Partition| {
            is_placed(partition)
                && partition.visible_to(params.isolation).0 <= self.data.fetch_offset
                && partition.high_watermark().0 == told.high_watermark
                && partition.log().start_offset().0 == told.log_start_offset
        };
        is_empty && is_quiet && broker.replicas.partition(&self.partition).is_some_and(knows_all)
    }

    /// Where the asker's log has parted from this one; none where it has not, or does not say what it has (KIP-595).
    fn divergence(&self, partition: &Partition) -> Result<Option<EpochEnd>, ErrorCode> {
        if self.data.last_fetched_epoch < 0 {
            return Ok(None);
        }
        let end = partition.end_of_epoch(LeaderEpoch(self.data.last_fetched_epoch));
        if end == EpochEnd::UNKNOWN || self.data.fetch_offset < partition.log().start_offset().0 {
            return Err(ErrorCode::OffsetOutOfRange);
        }
        let parted = end.epoch.0 < self.data.last_fetched_epoch || end.offset.0 < self.data.fetch_offset;
        Ok(parted.then_some(end))
    }
}

/// Reads all partitions, in order, within the request's limits. The first batch found comes whole, whatever the limits.
pub(super) fn read_all(broker: &Broker, params: &FetchParams, sources: &[Source]) -> Vec<PartitionData> {
    let mut left = params.max_bytes;
    let mut min_one_batch = true;
    let mut parts = Vec::with_capacity(sources.len());
    for source in sources {
        let part = read_one(broker, params, source, left, min_one_batch);
        let size = part.records.as_ref().map_or(0, Rope::len);
        min_one_batch &= size == 0;
        left = left.saturating_sub(i64::try_from(size).unwrap_or(i64::MAX)).max(0);
        parts.push(part);
    }
    parts
}

fn read_one(broker: &Broker, params: &FetchParams, source: &Source, left: i64, min_one_batch: bool) -> PartitionData {
    let max_bytes = left.min(source.data.partition_max_bytes.into());
    let mut preferred = None;
    let read = source.open(broker.replica(&source.partition), params).and_then(|partition| {
        preferred = preferred_read_replica(broker, params, &source.data, partition);
        if preferred.is_some() {
            return Ok((partition, Read::default(), EpochEnd::UNKNOWN));
        }
        if let Some(end) = source.divergence(partition)? {
            return Ok((partition, Read::default(), end));
        }
        if params.follower.is_some_and(|replica| broker.quotas.holds_back_follower(&source.partition, partition, replica)) {
            return Ok((partition, Read::default(), EpochEnd::UNKNOWN));
        }
        Ok((partition, read_records(partition, params, &source.data, max_bytes, min_one_batch)?, EpochEnd::UNKNOWN))
    });
    let blank = PartitionData { partition_index: source.data.partition, high_watermark: -1, ..Default::default() };
    match read {
        Ok((partition, Read { records, aborted, .. }, diverging)) => PartitionData {
            high_watermark: partition.high_watermark().0,
            last_stable_offset: partition.last_stable_offset().0,
            log_start_offset: partition.log().start_offset().0,
            diverging_epoch: EpochEndOffset { epoch: diverging.epoch.0, end_offset: diverging.offset.0, ..Default::default() },
            // Where nothing is read because logs have parted, nothing is said of transactions either.
            aborted_transactions: (params.isolation == Isolation::LastStable && diverging == EpochEnd::UNKNOWN)
                .then(|| aborted.iter().map(shown).collect()),
            preferred_read_replica: preferred.map_or(-1, |replica: NodeId| replica.0),
            records: Some(records),
            ..blank
        },
        Err(error) => PartitionData { error_code: error.code(), aborted_transactions: None, records: Some(Rope::new()), ..blank },
    }
}

const RACK_AWARE: &str = "RackAwareReplicaSelector";

/// The replica in the consumer's rack that it is to read from instead of this leader (`findPreferredReadReplica`,
/// `RackAwareReplicaSelector`, KIP-392): one that is in sync, and has what is asked for.
fn preferred_read_replica(broker: &Broker, params: &FetchParams, data: &FetchPartition, partition: &Partition) -> Option<NodeId> {
    let is_by_rack = broker.settings().replica_selector_class.as_deref().is_some_and(|class| class.ends_with(RACK_AWARE));
    if !is_by_rack || params.rack.is_empty() || params.follower.is_some() || !partition.is_leader() {
        return None;
    }
    let is_near =
        |id: NodeId| broker.image.broker(id).is_some_and(|known| known.is_alive() && known.rack.as_deref() == Some(&*params.rack));
    if is_near(broker.node()) {
        return None;
    }
    let has_it =
        |follower: &Follower| follower.end_offset.0 >= data.fetch_offset && (0..=data.fetch_offset).contains(&follower.start_offset.0);
    let in_sync = partition.followers().iter().filter(|(id, _)| partition.isr().contains(id));
    let near = in_sync.filter(|(id, follower)| is_near(**id) && has_it(follower));
    near.max_by_key(|(id, follower)| (follower.end_offset, follower.caught_up, **id)).map(|(id, _)| *id)
}

fn read_records(
    partition: &Partition,
    params: &FetchParams,
    data: &FetchPartition,
    max_bytes: i64,
    min_one_batch: bool,
) -> Result<Read, ErrorCode> {
    let from = Offset(data.fetch_offset);
    let limit = u64::try_from(max_bytes);
    let aborted = params.isolation == Isolation::LastStable;
    let limits = ReadLimits { up_to: partition.visible_to(params.isolation), max_bytes: limit.unwrap_or(0), min_one_batch, aborted };
    let mut read = partition.log().read(from, limits).map_err(|_| ErrorCode::OffsetOutOfRange)?;
    if limit.is_err() && from < limits.up_to {
        return Err(ErrorCode::UnknownServerError);
    }
    if read.first_incomplete {
        read.records = Rope::new();
    }
    Ok(read)
}

fn shown(aborted: &log::AbortedTransaction) -> AbortedTransaction {
    AbortedTransaction { producer_id: aborted.producer_id.0, first_offset: aborted.first_offset.0, ..Default::default() }
}

/// Whether a waiting fetch has what it waits for, or waits in vain.
pub(super) fn has_enough(broker: &Broker, params: &FetchParams, sources: &[Source]) -> bool {
    let mut found = 0_i64;
    for source in sources {
        let known = broker.replicas.partition(&source.partition).ok_or(ErrorCode::UnknownTopicOrPartition);
        let Ok(partition) = source.open(known, params) else { return true };
        if !matches!(source.divergence(partition), Ok(None)) {
            return true;
        }
        let (from, up_to) = (Offset(source.data.fetch_offset), partition.visible_to(params.isolation));
        if from > up_to {
            return true;
        }
        if params.follower.is_some_and(|replica| broker.quotas.holds_back_follower(&source.partition, partition, replica)) {
            continue;
        }
        match partition.log().available(from, up_to) {
            Ok(Available::Bytes(bytes)) => {
                let bytes = i64::try_from(bytes).unwrap_or(i64::MAX).min(source.data.partition_max_bytes.into());
                found = found.saturating_add(bytes);
            }
            Ok(Available::SealedSegment) if from < up_to => return true,
            Ok(Available::SealedSegment) => {}
            Err(_) => return true,
        }
    }
    found >= params.min_bytes
}
