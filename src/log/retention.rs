//! Old segments go: by age, by size, and where the log's start has moved beyond them (`UnifiedLog.deleteOldSegments`).

use super::partition_log::Log;
use super::segment::Segment;
use crate::base::Offset;
use std::sync::Arc;

/// Why segments were deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletionReason {
    /// All their offsets lie before the log's start.
    LogStart,
    /// The log was larger than `retention.bytes` without them.
    RetentionBytes,
    /// Their newest record was older than `retention.ms`.
    RetentionMs,
}

impl DeletionReason {
    /// The setting, as one would name it to explain.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LogStart => "log start offset",
            Self::RetentionBytes => "retention.bytes",
            Self::RetentionMs => "retention.ms",
        }
    }
}

/// Segments that were deleted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeletedSegments {
    pub reason: DeletionReason,
    pub count: usize,
    /// The first one's base offset.
    pub from: Offset,
    /// The base offset of the first segment that stays.
    pub to: Offset,
    pub bytes: u64,
}

impl Log {
    /// Deletes what has had its time, never at the high watermark or beyond it, and never the last segment: where that has had its time too,
    /// an empty one takes its place. The log's start moves up to what is left.
    pub fn delete_old_segments(&mut self, high_watermark: Offset, now_ms: i64) -> Vec<DeletedSegments> {
        let mut deleted = Vec::new();
        let start = self.start;
        deleted.extend(
            self.delete_segments(DeletionReason::LogStart, high_watermark, now_ms, |_, next| next.is_some_and(|next| next <= start)),
        );
        if self.config.deleted {
            deleted.extend(self.delete_by_size(high_watermark, now_ms));
            deleted.extend(self.delete_by_age(high_watermark, now_ms));
        }
        deleted
    }

    fn delete_by_size(&mut self, high_watermark: Offset, now_ms: i64) -> Option<DeletedSegments> {
        let retained = u64::try_from(self.config.retention_bytes).ok()?;
        let mut over = self.size_in_bytes().checked_sub(retained)?;
        let is_over = |segment: &Segment, _| over.checked_sub(segment.size()).map(|rest| over = rest).is_some();
        self.delete_segments(DeletionReason::RetentionBytes, high_watermark, now_ms, is_over)
    }

    fn delete_by_age(&mut self, high_watermark: Offset, now_ms: i64) -> Option<DeletedSegments> {
        let retained = self.config.retention_ms;
        let is_old = |segment: &Segment, _| now_ms.saturating_sub(segment.largest_timestamp()) > retained;
        if retained < 0 { None } else { self.delete_segments(DeletionReason::RetentionMs, high_watermark, now_ms, is_old) }
    }

    /// Deletes segments from the first one on, as long as they are so: each is asked for with the base offset of the next.
    fn delete_segments(
        &mut self,
        reason: DeletionReason,
        high_watermark: Offset,
        now_ms: i64,
        mut is_so: impl FnMut(&Segment, Option<Offset>) -> bool,
    ) -> Option<DeletedSegments> {
        let (mut count, mut bytes) = (0, 0_u64);
        let from = self.segments().next()?.base_offset();
        let next_bases = self.segments().skip(1).map(|next| Some(next.base_offset())).chain([None]);
        for (segment, next) in self.segments().zip(next_bases) {
            let is_last_and_empty = next.is_none() && segment.size() == 0;
            if is_last_and_empty || high_watermark < next.unwrap_or(self.end) || !is_so(segment, next) {
                break;
            }
            count += 1;
            bytes = bytes.saturating_add(segment.size());
        }
        if count > self.sealed.len() {
            self.roll(self.end, now_ms);
        }
        self.sealed.drain(..count.min(self.sealed.len()));
        let to = self.segments().next()?.base_offset();
        if count > 0 {
            self.increment_start(to);
        }
        (count > 0).then_some(DeletedSegments { reason, count, from, to, bytes })
    }

    /// Makes `offset` the log's start, unless it is already beyond it. Returns whether the start moved. The segments that lie wholly before
    /// are deleted the next time that somebody looks. The caller sees to it that `offset` is not beyond the high watermark.
    pub fn increment_start(&mut self, offset: Offset) -> bool {
        let offset = offset.min(self.end);
        if offset <= self.start {
            return false;
        }
        self.start = offset;
        self.epochs.truncate_before(offset);
        // What ended before is as good as committed.
        self.transactions_committed(offset);
        true
    }

    /// Ends the active segment; the next begins at `base_offset`. As in Apache Kafka, what is done with goes to the disk.
    pub(super) fn roll(&mut self, base_offset: Offset, now_ms: i64) {
        let next = Arc::new(Segment::new(base_offset, now_ms, Arc::clone(&self.producers)));
        self.sealed.push(std::mem::replace(&mut self.active, next));
        self.flushed = self.flushed.max(base_offset);
        self.rolled = Some(base_offset);
    }

    /// Where a segment has begun since this was last asked.
    pub fn take_rolled(&mut self) -> Option<Offset> {
        self.rolled.take()
    }

    /// A segment has begun since [`Self::take_rolled`] was last asked.
    pub const fn has_rolled(&self) -> bool {
        self.rolled.is_some()
    }
}
