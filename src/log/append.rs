//! Writing: as the leader, who gives batches their offsets, and as a follower, who takes them as they are.

use super::error::AppendError;
use super::partition_log::Log;
use super::validate::{Place, check_envelope, check_header, check_size, convert};
use super::verification::VerificationGuard;
use crate::base::{LeaderEpoch, Offset};
use crate::wire::Rope;
use crate::wire::batch::{Batch, BatchError, Batches, TimestampType, TransactionEnd};
use std::sync::Arc;

/// Who has a batch written (`AppendOrigin`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A Produce request: checked in full.
    Client,
    /// A coordinator or a controller on this node, whose records are right by construction, and have no sequence numbers that count. Also
    /// transactions' markers.
    Coordinator,
}

/// How a leader is to write a batch.
#[derive(Clone, Copy, Debug)]
pub struct Append {
    pub leader_epoch: LeaderEpoch,
    pub origin: Origin,
    /// What verifying the batch's transaction began with ([`Log::begin_verification`]); none where there was nothing to verify.
    pub guard: Option<VerificationGuard>,
    /// Of a transaction's marker: the version of transactions by which it was ended (0, 1 or 2). Counts for nothing else.
    pub transaction_version: i16,
    /// The time of day, in ms since 1970.
    pub now_ms: i64,
}

/// A batch that is in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    pub first_offset: Offset,
    pub last_offset: Offset,
    /// With LogAppendTime, and for a duplicate: in ms; else -1.
    pub log_append_time_ms: i64,
    /// It was in the log before; nothing has been written.
    pub duplicate: bool,
    pub records: i32,
    /// Of the batch as it lies in the log.
    pub bytes: u64,
}

impl Log {
    /// Writes a batch, with the next offsets and the leader's epoch.
    ///
    /// # Errors
    /// All of [`AppendError`] but `UnexpectedOffset`; nothing is written then.
    pub fn append_as_leader(&mut self, batch: Batch, append: Append) -> Result<Appended, AppendError> {
        let Append { leader_epoch, origin, now_ms, .. } = append;
        let mut batch = match origin {
            Origin::Client => self.checked(batch, now_ms)?,
            Origin::Coordinator => check_size(&batch, &self.config).map(|()| batch)?,
        };
        let stamp = match self.config.message_timestamp_type {
            TimestampType::CreateTime => batch.header.max_timestamp,
            TimestampType::LogAppendTime => now_ms,
        };
        batch.set_max_timestamp(self.config.message_timestamp_type, stamp);
        batch.place(self.end, leader_epoch);
        let (size, limit) = (batch.size_in_bytes() as u64, self.config.segment_bytes);
        if size > limit {
            return Err(AppendError::LargerThanSegment { size, limit });
        }
        let header = batch.header;
        self.roll_if_full(&batch, now_ms);
        let end = TransactionEnd::of(&batch);
        if let Some(before) = self.producers.check(&header, end.as_ref(), &append, &self.verifications)? {
            return Ok(Appended {
                first_offset: before.first_offset,
                last_offset: before.last_offset,
                log_append_time_ms: before.timestamp,
                duplicate: true,
                records: header.count,
                bytes: size,
            });
        }
        self.epochs.assign(leader_epoch, header.base_offset);
        self.write(batch, end.as_ref(), now_ms);
        let by_broker = self.config.message_timestamp_type == TimestampType::LogAppendTime;
        Ok(Appended {
            first_offset: header.base_offset,
            last_offset: header.last_offset(),
            log_append_time_ms: if by_broker { now_ms } else { -1 },
            duplicate: false,
            records: header.count,
            bytes: size,
        })
    }

    /// Writes batches as the leader of this epoch gave them, offsets and epochs and all. A last batch that is cut short is left out, and so
    /// is all from the first batch of a later epoch on.
    /// Returns the log's end.
    ///
    /// # Errors
    /// Batches that are not whole, and batches that do not go on where the log ends; those before them have been written.
    pub fn append_as_follower(&mut self, records: Rope, leader_epoch: LeaderEpoch, now_ms: i64) -> Result<Offset, AppendError> {
        for batch in Batches::new(records) {
            let batch = match batch {
                Ok(batch) => batch,
                Err(BatchError::CutShort { .. }) => break,
                Err(error) => return Err(AppendError::Corrupt(error)),
            };
            let header = batch.header;
            // The leader is ahead of what this replica has been told: it will hear of it, and fetch again.
            if header.leader_epoch > leader_epoch {
                break;
            }
            batch.verify_crc().map_err(AppendError::Corrupt)?;
            if header.base_offset < self.end || header.last_offset() < header.base_offset {
                return Err(AppendError::UnexpectedOffset { offset: header.base_offset, last: header.last_offset(), end: self.end });
            }
            self.epochs.assign(header.leader_epoch, header.base_offset);
            self.roll_if_full(&batch, now_ms);
            let end = TransactionEnd::of(&batch);
            self.write(batch, end.as_ref(), now_ms);
        }
        Ok(self.end)
    }

    fn checked(&self, mut batch: Batch, now_ms: i64) -> Result<Batch, AppendError> {
        check_envelope(&batch, &self.config)?;
        check_header(&batch)?;
        let place = Place { partition: &self.partition, config: &self.config, now_ms };
        let walked = place.walk(&batch)?;
        batch = convert(batch, &self.config, &walked)?;
        batch.set_max_timestamp(self.config.message_timestamp_type, walked.max_timestamp);
        Ok(batch)
    }

    /// Begins another segment for a batch that the active one has no room for. A batch that is refused later has begun it all the same, as in
    /// Apache Kafka (`UnifiedLog.maybeRoll`).
    fn roll_if_full(&mut self, batch: &Batch, now_ms: i64) {
        let (header, size) = (&batch.header, batch.size_in_bytes() as u64);
        if self.active.is_full_for(&self.config, size, header.max_timestamp, header.last_offset(), now_ms) && self.active.size() > 0 {
            self.roll(header.base_offset, now_ms);
        }
    }

    /// `end`: what the batch says, if it is a marker.
    fn write(&mut self, batch: Batch, end: Option<&TransactionEnd>, now_ms: i64) {
        let header = batch.header;
        let aborted = if header.has_producer_id() { self.take_in(&header, end) } else { None };
        let active = Arc::make_mut(&mut self.active);
        active.append(batch, self.config.index_interval_bytes, now_ms);
        if let Some(aborted) = aborted {
            active.note_aborted(aborted);
        }
        self.end = header.next_offset();
        if self.end.0.saturating_sub(self.flushed.0) >= self.config.flush_messages {
            self.flush(now_ms);
        }
    }
}
