//! Transaction markers: a partition's batch that says how a transaction ended (`EndTransactionMarker`).

use super::{Batch, BatchBuilder, BatchError, ControlType, EndTransactionMarker, Producer};
use crate::base::{ProducerEpoch, ProducerId};

/// How a transaction ended, as its marker says it in each partition that it wrote to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransactionEnd {
    pub producer_id: ProducerId,
    pub producer_epoch: ProducerEpoch,
    /// Its records count; else they are to be skipped.
    pub committed: bool,
    /// Counts the leaders of the transaction's coordinator partition.
    pub coordinator_epoch: i32,
    /// In ms since 1970.
    pub timestamp: i64,
}

impl TransactionEnd {
    /// The marker, as a batch of its own (`MemoryRecords.withEndTransactionMarker`).
    ///
    /// # Errors
    /// None that a marker could cause; those of [`BatchBuilder`].
    pub fn to_batch(self) -> Result<Batch, BatchError> {
        let kind = if self.committed { ControlType::Commit } else { ControlType::Abort };
        let value = EndTransactionMarker { coordinator_epoch: self.coordinator_epoch }.value();
        let producer = Producer { id: self.producer_id, epoch: self.producer_epoch, base_sequence: -1 };
        BatchBuilder::control(kind, &value, self.timestamp)?.transactional(true).with_producer(producer).build()
    }

    /// What a batch says as a marker; none for one that is something else, or of which compaction has left no record.
    pub fn of(batch: &Batch) -> Option<Self> {
        let header = &batch.header;
        if !header.attributes.is_control() || !header.has_producer_id() {
            return None;
        }
        let record = batch.records().ok()?.next()?.ok()?;
        let committed = match ControlType::from_key(record.key.as_deref()?)? {
            ControlType::Commit => true,
            ControlType::Abort => false,
            ControlType::LeaderChange
            | ControlType::SnapshotHeader
            | ControlType::SnapshotFooter
            | ControlType::KRaftVersion
            | ControlType::KRaftVoters => return None,
        };
        Some(Self {
            producer_id: header.producer_id,
            producer_epoch: header.producer_epoch,
            committed,
            coordinator_epoch: EndTransactionMarker::from_value(record.value.as_deref()?)?.coordinator_epoch,
            timestamp: record.timestamp,
        })
    }
}
