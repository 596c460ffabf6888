//! Reading: batches from an offset on, as they lie, up to a limit in bytes (`LocalLog.read`, `LogSegment.read`).

use super::error::OffsetOutOfRange;
use super::partition_log::Log;
use super::transaction_index::AbortedTransaction;
use crate::base::Offset;
use crate::wire::Rope;

/// How far a read goes.
#[derive(Clone, Copy, Debug)]
pub struct ReadLimits {
    /// The first offset that the reader may not see: a high watermark, a last stable offset, or the log's end.
    pub up_to: Offset,
    pub max_bytes: u64,
    /// The first batch comes whole, whatever its size, so that the reader gets on.
    pub min_one_batch: bool,
    /// The reader is read_committed: it is to know of aborted transactions.
    pub aborted: bool,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// Batches in order. The limit in bytes may have cut off the last.
    pub records: Rope,
    /// The limit has cut off the first.
    pub first_incomplete: bool,
    /// Transactions with records among these that were aborted, in the order of their markers; none where nobody asked. There may be some
    /// that begin a little later.
    pub aborted: Vec<AbortedTransaction>,
}

/// What there is to read, without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Available {
    /// In the segment where the reader is, which is the last, in bytes.
    Bytes(u64),
    /// There are later segments: nothing will be added where the reader is.
    SealedSegment,
}

impl Log {
    /// Reads from the batch that holds `from` (or the next, where compaction has left none), never across segments.
    ///
    /// # Errors
    /// An offset before the log's start or after its end. At the end, or at `up_to`, there is nothing to read, which is no error.
    pub fn read(&self, from: Offset, limits: ReadLimits) -> Result<Read, OffsetOutOfRange> {
        if from < self.start || from > self.end {
            return Err(OffsetOutOfRange { offset: from, start: self.start, end: self.end });
        }
        if from >= limits.up_to {
            return Ok(Read::default());
        }
        let found = self.segments_from(from).find_map(|segment| Some((segment, segment.find(from)?)));
        let Some((segment, cursor)) = found else { return Ok(Read::default()) };
        let (position, end) = (segment.position(cursor), segment.position_of(limits.up_to));
        let Some(first) = segment.header(cursor).filter(|_| position < end) else { return Ok(Read::default()) };
        let first_size = first.size_in_bytes() as u64;
        let max_bytes = if limits.min_one_batch { limits.max_bytes.max(first_size) } else { limits.max_bytes };
        let records = segment.bytes_from(cursor, end.min(position.saturating_add(max_bytes)));
        let read_to = position.saturating_add(records.len() as u64);
        let aborted = if limits.aborted { self.aborted_for_read(from, segment, read_to) } else { Vec::new() };
        Ok(Read { first_incomplete: max_bytes < first_size, records, aborted })
    }

    /// How much a read from `from` up to `up_to` would find, without a limit in bytes.
    ///
    /// # Errors
    /// As [`Log::read`].
    pub fn available(&self, from: Offset, up_to: Offset) -> Result<Available, OffsetOutOfRange> {
        if from < self.start || from > self.end {
            return Err(OffsetOutOfRange { offset: from, start: self.start, end: self.end });
        }
        let mut segments = self.segments_from(from);
        let Some(segment) = segments.next() else { return Ok(Available::Bytes(0)) };
        if segments.next().is_some_and(|next| next.base_offset() <= up_to) {
            return Ok(Available::SealedSegment);
        }
        Ok(Available::Bytes(segment.position_of(up_to).saturating_sub(segment.position_of(from))))
    }
}
