//! Snapshots of the metadata (KIP-630, `RecordsSnapshotWriter`, `SnapshotGenerator`): the image at a committed offset as records, between a
//! header and a footer. What the log held before may be forgotten.

use super::log::{WriteError, batch_of};
use crate::base::{LeaderEpoch, Offset};
use crate::controller::image::{MetadataImage, ReplayError};
use crate::wire::batch::ControlType;
use crate::wire::messages::{SnapshotFooterRecord, SnapshotHeaderRecord};
use crate::wire::{Batch, BatchBuilder, Rope, encode};
use bytes::Bytes;

/// How many records a batch of a snapshot holds.
const BATCH_RECORDS_MAX: usize = 1_024;

/// What a snapshot holds: all before this offset, the last of which is of this epoch (`OffsetAndEpoch`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SnapshotId {
    pub end_offset: Offset,
    pub epoch: LeaderEpoch,
}

/// A snapshot, as it lies on the disk. A clone shares its bytes.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub id: SnapshotId,
    /// Batches, whose offsets count from 0.
    pub bytes: Bytes,
    /// In ms since 1970.
    pub made_ms: i64,
}

impl Snapshot {
    /// The image as a snapshot.
    pub(in crate::controller) fn of(image: &MetadataImage, now_ms: i64) -> Result<Self, WriteError> {
        let id = SnapshotId { end_offset: image.next_offset(), epoch: LeaderEpoch(image.last_epoch()) };
        let mut header = SnapshotHeaderRecord { last_contained_log_timestamp: now_ms, ..Default::default() };
        let mut batches = vec![control(ControlType::SnapshotHeader, &encode(&mut header, 0)?.to_bytes(), now_ms)?];
        let records = image.to_records();
        for chunk in records.chunks(BATCH_RECORDS_MAX) {
            batches.push(batch_of(chunk.to_vec(), now_ms)?);
        }
        let mut footer = SnapshotFooterRecord::default();
        batches.push(control(ControlType::SnapshotFooter, &encode(&mut footer, 0)?.to_bytes(), now_ms)?);
        let (mut rope, mut offset) = (Rope::new(), Offset(0));
        for batch in &mut batches {
            batch.place(offset, id.epoch);
            offset = batch.header.next_offset();
            batch.write(&mut rope);
        }
        Ok(Self { id, bytes: rope.to_bytes(), made_ms: now_ms })
    }

    /// The image that this is a snapshot of.
    ///
    /// # Errors
    /// The bytes are no snapshot.
    pub fn image(&self) -> Result<MetadataImage, ReplayError> {
        MetadataImage::from_snapshot(Batch::parse_all(self.bytes.clone())?.iter(), self.id.end_offset, self.id.epoch)
    }
}

fn control(kind: ControlType, value: &[u8], now_ms: i64) -> Result<Batch, WriteError> {
    Ok(BatchBuilder::control(kind, value, now_ms)?.build()?)
}
