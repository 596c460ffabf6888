//! What a leader's answer does to a follower's logs (`AbstractFetcherThread.processFetchRequest`, `ReplicaFetcherThread.processPartitionData`,
//! `truncate`).

use super::fetch::VERSION;
use crate::base::{Context, EventKind, LeaderEpoch, NodeId, Offset, TopicPartition};
use crate::broker::Broker;
use crate::broker::replica_manager::ReplicaManager;
use crate::log::{AppendError, EpochEnd};
use crate::wire::messages::FetchResponse;
use crate::wire::messages::fetch_response::PartitionData;
use crate::wire::{ErrorCode, Rope, decode_response_rope};

impl Broker {
    /// `None` where the answer cannot be read.
    pub(super) fn take_fetched(&mut self, cx: &mut Context<'_>, leader: NodeId, frame: &Rope) -> Option<()> {
        let (_, response) = decode_response_rope::<FetchResponse>(frame, VERSION).ok()?;
        let backoff_until = cx.now + self.settings().replica_fetch_backoff;
        let fetcher = self.fetchers.fetcher(leader)?;
        match ErrorCode::from_i16(response.error_code) {
            Some(ErrorCode::None) => fetcher.session.answered(response.session_id),
            Some(ErrorCode::FetchSessionIdNotFound) => {
                fetcher.session.lose();
                return Some(());
            }
            Some(ErrorCode::InvalidFetchSessionEpoch) => {
                fetcher.session.close();
                return Some(());
            }
            Some(_) | None => {
                fetcher.session.close();
                fetcher.not_before = Some(backoff_until);
                return Some(());
            }
        }
        let cause = cx.cause;
        for topic in response.responses {
            let Some(known) = self.image.topic_by_id(topic.topic_id) else { continue };
            let name = std::sync::Arc::clone(&known.name);
            for data in topic.partitions {
                let name = TopicPartition::new(std::sync::Arc::clone(&name), data.partition_index);
                self.take_partition(cx, leader, &name, data);
                cx.cause = cause;
            }
        }
        self.partitions_moved(cx);
        Some(())
    }

    /// What was said of one partition. It counts only if it answers what would be asked now.
    fn take_partition(&mut self, cx: &mut Context<'_>, leader: NodeId, name: &TopicPartition, data: PartitionData) {
        let backoff_until = cx.now + self.settings().replica_fetch_backoff;
        let Some(partition) = self.replicas.partition(name) else { return };
        let Some(fetcher) = self.fetchers.fetcher(leader).filter(|fetcher| fetcher.is_ready(name)) else { return };
        let Some(told) = fetcher.session.told(name) else { return };
        let Some(followed) = fetcher.partitions.get(name).copied() else { return };
        if followed.leader_epoch != told.leader_epoch || partition.log().end_offset() != told.offset {
            return;
        }
        match ErrorCode::from_i16(data.error_code).unwrap_or(ErrorCode::UnknownServerError) {
            ErrorCode::None if data.diverging_epoch.epoch >= 0 => {
                let end = EpochEnd { epoch: LeaderEpoch(data.diverging_epoch.epoch), offset: Offset(data.diverging_epoch.end_offset) };
                self.replicas.truncate_to_leader(cx, name, end);
            }
            ErrorCode::None => {
                if self.quotas.follower.is_throttled(name) {
                    self.quotas.follower.record(cx.now, data.records.as_ref().map_or(0, |records| records.len() as u64));
                }
                match self.replicas.take_from_leader(cx, name, data) {
                    Ok(()) => {}
                    // The leader's batch begins before this log ends, and will not begin elsewhere the next time.
                    Err(AppendError::UnexpectedOffset { .. }) => return self.fetchers.fail(name, followed),
                    Err(_) => return fetcher.delay(name, backoff_until),
                }
            }
            ErrorCode::OffsetOutOfRange => fetcher.out_of_range.push_back(name.clone()),
            // This broker's leader epoch is an old one; newer metadata will have it follow again.
            ErrorCode::FencedLeaderEpoch => {
                fetcher.forget(name);
                self.fetchers.leader_of.remove(name);
                return;
            }
            _ => return fetcher.delay(name, backoff_until),
        }
        fetcher.session.changed(name);
    }
}

impl ReplicaManager {
    /// Writes what the leader has sent, and takes over how far it says that the partition is committed and where its log begins.
    fn take_from_leader(&mut self, cx: &mut Context<'_>, name: &TopicPartition, data: PartitionData) -> Result<(), AppendError> {
        let now_ms = cx.time_ms();
        let Some(partition) = self.partition_mut(name) else { return Ok(()) };
        let (before, start) = (partition.log().end_offset(), partition.log().start_offset());
        let written = match data.records {
            Some(records) if !records.is_empty() => partition.append_as_follower(records, now_ms).map(|_| ()),
            Some(_) | None => Ok(()),
        };
        let end = partition.log().end_offset();
        let committed = written.is_ok() && partition.follow_high_watermark(Offset(data.high_watermark));
        if written.is_ok() {
            partition.follow_log_start(Offset(data.log_start_offset));
        }
        let (high_watermark, start_now) = (partition.high_watermark(), partition.log().start_offset());
        if end > before {
            let sizes = partition.log().batches(before, end).map(|batch| (batch.header.count, batch.size_in_bytes()));
            let (records, bytes) =
                sizes.fold((0_i32, 0_usize), |(records, bytes), (count, size)| (records.saturating_add(count), bytes + size));
            cx.because_of_record(name, before);
            let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
            cx.because(EventKind::Replicated { partition: name.clone(), base_offset: before, records, bytes });
        }
        if committed {
            cx.trace(EventKind::HighWatermark { partition: name.clone(), offset: high_watermark });
        }
        if start_now != start {
            cx.trace(EventKind::LogStart { partition: name.clone(), offset: start_now });
        }
        if end > before || committed || start_now != start {
            self.note_moved(name);
        }
        written
    }

    /// The logs have parted: the leader's batches of that epoch, or of the one before it, end where it says. This log's end goes, as far back as is known
    /// to be another's; with the next fetch the leader will tell whether that was enough (`getOffsetTruncationState`).
    fn truncate_to_leader(&mut self, cx: &mut Context<'_>, name: &TopicPartition, leaders: EpochEnd) {
        let Some(partition) = self.partition(name) else { return };
        let own = partition.end_of_epoch(leaders.epoch);
        let end = partition.log().end_offset();
        let to = if own == EpochEnd::UNKNOWN {
            leaders.offset.min(end)
        } else if own.epoch != leaders.epoch {
            own.offset.min(end)
        } else {
            own.offset.min(leaders.offset).min(end)
        };
        self.truncate(cx, name, to);
    }

    /// Ends a follower's log at an offset.
    pub(super) fn truncate(&mut self, cx: &mut Context<'_>, name: &TopicPartition, to: Offset) {
        let Some(partition) = self.partition_mut(name) else { return };
        let lost = partition.log().end_offset().0.saturating_sub(to.0);
        partition.truncate_to(to);
        if lost > 0 {
            cx.because(EventKind::Truncated { partition: name.clone(), offset: to, lost });
            self.note_moved(name);
        }
    }
}
