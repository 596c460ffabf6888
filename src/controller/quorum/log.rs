//! The metadata log with its snapshots (`KafkaMetadataLog`).

use super::{Snapshot, SnapshotId};
use crate::base::SortedSet;
use crate::base::{LeaderEpoch, NodeId, Offset, TopicPartition};
use crate::controller::image::ReplayError;
use crate::log::{Append, AppendError, Log, Origin, ReadLimits};
use crate::wire::batch::{BatchError, ControlType};
use crate::wire::messages::LeaderChangeMessage;
use crate::wire::messages::leader_change_message::Voter;
use crate::wire::{Batch, BatchBuilder, Compression, MetadataRecord, Rope, WireError, encode};
use std::fmt;

/// Records could not be written; nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::controller) enum WriteError {
    Batch(BatchError),
    Record(WireError),
    Append(AppendError),
    Replay(ReplayError),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Batch(error) => error.fmt(f),
            Self::Record(error) => error.fmt(f),
            Self::Append(error) => error.fmt(f),
            Self::Replay(error) => error.fmt(f),
        }
    }
}

impl From<BatchError> for WriteError {
    fn from(error: BatchError) -> Self {
        Self::Batch(error)
    }
}

impl From<WireError> for WriteError {
    fn from(error: WireError) -> Self {
        Self::Record(error)
    }
}

/// The end of a log: its offset, and the epoch of what lies before (`OffsetAndEpoch`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::controller) struct Position {
    pub offset: Offset,
    pub epoch: LeaderEpoch,
}

/// How a reader's log goes with this one (`ValidOffsetAndEpoch`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::controller) enum Validity {
    Valid,
    /// They part here.
    Diverging(Position),
    /// What the reader lacks is only in a snapshot.
    Snapshot(SnapshotId),
}

#[derive(Clone, Debug)]
pub(in crate::controller) struct MetadataLog {
    log: Log,
    /// Oldest first.
    snapshots: Vec<Snapshot>,
}

impl MetadataLog {
    pub(super) fn new(log: Log, snapshots: Vec<Snapshot>) -> Self {
        let mut log = Self { log, snapshots };
        log.remember_snapshot_epoch();
        log
    }

    pub(super) fn into_parts(self) -> (Log, Vec<Snapshot>) {
        (self.log, self.snapshots)
    }

    pub(in crate::controller) const fn log(&self) -> &Log {
        &self.log
    }

    pub(in crate::controller) const fn partition(&self) -> &TopicPartition {
        self.log.partition()
    }

    pub(in crate::controller) const fn start_offset(&self) -> Offset {
        self.log.start_offset()
    }

    pub(in crate::controller) const fn end_offset(&self) -> Offset {
        self.log.end_offset()
    }

    /// Its end; the epoch of an empty log is 0.
    pub(in crate::controller) fn end(&self) -> Position {
        Position { offset: self.log.end_offset(), epoch: self.log.leader_epochs().latest().unwrap_or_default() }
    }

    /// Oldest first.
    pub(in crate::controller) fn snapshots(&self) -> &[Snapshot] {
        &self.snapshots
    }

    pub(in crate::controller) fn latest_snapshot(&self) -> Option<&Snapshot> {
        self.snapshots.last()
    }

    pub(in crate::controller) fn snapshot(&self, id: SnapshotId) -> Option<&Snapshot> {
        self.snapshots.iter().find(|snapshot| snapshot.id == id)
    }

    /// Whether a log that ends there is a beginning of this one.
    pub(in crate::controller) fn validate(&self, end: Position) -> Validity {
        if end == (Position { offset: Offset(0), epoch: LeaderEpoch(0) }) && self.start_offset() == Offset(0) {
            return Validity::Valid;
        }
        let start = self.start_offset();
        if let (Some(first), Some(latest)) = (self.snapshots.first(), self.snapshots.last())
            && start > Offset(0)
            && (end.offset < start || end.offset == start && end.epoch != first.id.epoch || end.epoch < first.id.epoch)
        {
            return Validity::Snapshot(latest.id);
        }
        let ours = self.log.end_of_epoch(end.epoch);
        // An epoch that is not known here is later than all that are: the reader has to come back to this log's end.
        let ours = if ours.offset.0 < 0 { self.end() } else { Position { offset: ours.offset, epoch: ours.epoch } };
        if ours.epoch != end.epoch || ours.offset < end.offset { Validity::Diverging(ours) } else { Validity::Valid }
    }

    /// Batches from `from` up to `up_to`; nothing where there is none.
    pub(in crate::controller) fn read(&self, from: Offset, up_to: Offset, max_bytes: u64) -> Rope {
        self.log
            .read(from, ReadLimits { up_to, max_bytes, min_one_batch: true, aborted: false })
            .map(|read| read.records)
            .unwrap_or_default()
    }

    /// Writes who leads from now on, and who voted for it.
    pub(super) fn write_leader_change(
        &mut self,
        epoch: LeaderEpoch,
        leader: NodeId,
        voters: &[NodeId],
        granting: &SortedSet<NodeId>,
        now_ms: i64,
    ) -> Result<(), WriteError> {
        let voter = |id: &NodeId| Voter { voter_id: id.0, ..Default::default() };
        let mut message = LeaderChangeMessage {
            leader_id: leader.0,
            voters: voters.iter().map(voter).collect(),
            granting_voters: granting.iter().map(voter).collect(),
            ..Default::default()
        };
        let value = encode(&mut message, 0)?.to_bytes();
        self.append(epoch, BatchBuilder::control(ControlType::LeaderChange, &value, now_ms)?.build()?, now_ms)
    }

    /// Writes records in one batch.
    pub(in crate::controller) fn write(&mut self, epoch: LeaderEpoch, records: Vec<MetadataRecord>, now_ms: i64) -> Result<(), WriteError> {
        self.append(epoch, batch_of(records, now_ms)?, now_ms)
    }

    fn append(&mut self, epoch: LeaderEpoch, batch: Batch, now_ms: i64) -> Result<(), WriteError> {
        let append = Append { leader_epoch: epoch, origin: Origin::Coordinator, guard: None, transaction_version: 0, now_ms };
        self.log.append_as_leader(batch, append).map_err(WriteError::Append)?;
        self.log.flush(now_ms);
        Ok(())
    }

    /// Writes what the leader has given, and flushes it: the next Fetch acknowledges it.
    pub(in crate::controller) fn append_as_follower(&mut self, records: Rope, epoch: LeaderEpoch, now_ms: i64) -> Result<(), AppendError> {
        let appended = self.log.append_as_follower(records, epoch, now_ms);
        self.log.flush(now_ms);
        appended.map(|_| ())
    }

    /// Gives up what the leader does not have (`truncateToEndOffset`): all after where the two part.
    pub(in crate::controller) fn truncate_to(&mut self, theirs: Position) {
        let ours = self.log.end_of_epoch(theirs.epoch);
        let end = if ours.epoch == theirs.epoch { theirs.offset.min(ours.offset) } else { ours.offset };
        self.log.truncate_to(end.max(self.start_offset()));
        self.remember_snapshot_epoch();
    }

    /// Keeps a snapshot of what is committed (`createNewSnapshot`); one that is kept already, or is older than the latest, is not taken.
    pub(in crate::controller) fn add_snapshot(&mut self, snapshot: Snapshot) {
        if self.latest_snapshot().is_none_or(|latest| latest.id < snapshot.id) {
            self.snapshots.push(snapshot);
        }
    }

    /// A leader's snapshot takes the place of all there was.
    pub(in crate::controller) fn begin_again(&mut self, snapshot: Snapshot, now_ms: i64) {
        self.log.truncate_fully(snapshot.id.end_offset, now_ms);
        self.snapshots = vec![snapshot];
        self.remember_snapshot_epoch();
        self.log.flush(now_ms);
    }

    /// Lets go of the oldest snapshots, and of the log before the next, while all of it takes more than `bytes_max` or the oldest was made
    /// before `made_after_ms` (`metadata.max.retention.bytes`, `metadata.max.retention.ms`). The latest snapshot stays.
    pub(in crate::controller) fn clean(&mut self, bytes_max: u64, made_after_ms: i64) {
        while let [oldest, next, ..] = self.snapshots.as_slice() {
            let snapshots = self.snapshots.iter().map(|snapshot| snapshot.bytes.len() as u64).fold(0, u64::saturating_add);
            if snapshots.saturating_add(self.log.size_in_bytes()) <= bytes_max && oldest.made_ms >= made_after_ms {
                return;
            }
            let start = next.id.end_offset;
            self.snapshots.remove(0);
            self.log.increment_start(start);
            self.log.delete_old_segments(start, made_after_ms);
        }
    }

    /// A log without batches goes on where its snapshot ended.
    fn remember_snapshot_epoch(&mut self) {
        if let (None, Some(snapshot)) = (self.log.leader_epochs().latest(), self.snapshots.last()) {
            self.log.begin_epoch(snapshot.id.epoch);
        }
    }
}

/// Records as one batch, as metadata.version 30 writes them.
pub(super) fn batch_of(records: Vec<MetadataRecord>, now_ms: i64) -> Result<Batch, WriteError> {
    let mut builder = BatchBuilder::new(Compression::None);
    for mut record in records {
        let version = version(&record);
        let value = record.encode(version)?;
        builder.append(now_ms, None, Some(&value), &[])?;
    }
    Ok(builder.build()?)
}

/// The version of a record's type that metadata.version 30 has written.
fn version(record: &MetadataRecord) -> i16 {
    match record {
        // Its later versions are for cordoned directories.
        MetadataRecord::BrokerRegistrationChange(change) => i16::from(change.in_controlled_shutdown != 0),
        other => other.latest_version(),
    }
}
