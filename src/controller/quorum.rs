//! The metadata log and who may write it (`KafkaRaftClient`, `QuorumController`'s writes).
//!
//! A quorum of one voter: it leads as soon as it starts, and what it writes is committed at once. Replies wait for the high watermark
//! all the same, and no state changes but by replaying the log.

use super::disk::{ControllerDisk, ElectionState};
use super::image::ReplayError;
use crate::base::{LeaderEpoch, NodeId, Offset};
use crate::log::{Append, AppendError, Log, Origin, ReadLimits};
use crate::wire::batch::{BatchError, ControlType};
use crate::wire::messages::LeaderChangeMessage;
use crate::wire::messages::leader_change_message::Voter;
use crate::wire::{Batch, BatchBuilder, Compression, MetadataRecord, Rope, WireError, encode};
use std::fmt;

/// Records could not be written; nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WriteError {
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

/// This controller's part in the quorum.
#[derive(Clone, Debug)]
pub(super) struct Quorum {
    node: NodeId,
    voters: Vec<NodeId>,
    log: Log,
    epoch: LeaderEpoch,
    leader: Option<NodeId>,
    high_watermark: Offset,
}

impl Quorum {
    pub(super) fn new(node: NodeId, voters: Vec<NodeId>, disk: ControllerDisk) -> Self {
        let ControllerDisk { log, election } = disk;
        Self { node, voters, log, epoch: election.epoch, leader: None, high_watermark: Offset(0) }
    }

    pub(super) fn into_disk(self) -> ControllerDisk {
        ControllerDisk { log: self.log, election: ElectionState { epoch: self.epoch, leader: self.leader, voted: None } }
    }

    pub(super) fn is_active(&self) -> bool {
        self.leader == Some(self.node)
    }

    pub(super) const fn leader(&self) -> Option<NodeId> {
        self.leader
    }

    pub(super) const fn epoch(&self) -> LeaderEpoch {
        self.epoch
    }

    pub(super) const fn high_watermark(&self) -> Offset {
        self.high_watermark
    }

    pub(super) const fn log(&self) -> &Log {
        &self.log
    }

    /// Whether it has the majority by itself.
    pub(super) fn is_only_voter(&self) -> bool {
        self.voters == [self.node]
    }

    /// Leads from now on, and says so in the log. Returns what was written.
    pub(super) fn become_leader(&mut self, now_ms: i64) -> Result<Rope, WriteError> {
        let voter = |id: &NodeId| Voter { voter_id: id.0, ..Default::default() };
        let mut message = LeaderChangeMessage {
            leader_id: self.node.0,
            voters: self.voters.iter().map(voter).collect(),
            granting_voters: vec![voter(&self.node)],
            ..Default::default()
        };
        let value = encode(&mut message, 0)?.to_bytes();
        self.epoch = LeaderEpoch(self.epoch.0.saturating_add(1));
        self.leader = Some(self.node);
        self.append(BatchBuilder::control(ControlType::LeaderChange, &value, now_ms)?.build()?, now_ms)
    }

    /// Writes records in one batch. Returns what was written.
    pub(super) fn write(&mut self, records: Vec<MetadataRecord>, now_ms: i64) -> Result<Rope, WriteError> {
        let mut builder = BatchBuilder::new(Compression::None);
        for mut record in records {
            let version = version(&record);
            let value = record.encode(version)?;
            builder.append(now_ms, None, Some(&value), &[])?;
        }
        self.append(builder.build()?, now_ms)
    }

    fn append(&mut self, batch: Batch, now_ms: i64) -> Result<Rope, WriteError> {
        let from = self.log.end_offset();
        let append = Append { leader_epoch: self.epoch, origin: Origin::Coordinator, now_ms };
        self.log.append_as_leader(batch, append).map_err(WriteError::Append)?;
        if self.is_only_voter() {
            self.high_watermark = self.log.end_offset();
        }
        let limits = ReadLimits { up_to: self.log.end_offset(), max_bytes: u64::MAX, min_one_batch: true };
        Ok(self.log.read(from, limits).map(|read| read.records).unwrap_or_default())
    }
}

/// The version of a record's type that metadata.version 30 has written.
fn version(record: &MetadataRecord) -> i16 {
    match record {
        // Its later versions are for cordoned directories.
        MetadataRecord::BrokerRegistrationChange(change) => i16::from(change.in_controlled_shutdown != 0),
        other => other.latest_version(),
    }
}
