//! A run of batches that is begun, found and dropped as one (`LogSegment`).
//!
//! Batches lie in chunks ([`super::chunk`]). A search goes over chunks first: that is the index.

use super::chunk::{Chunk, Chunks};
use super::config::LogConfig;
use super::producers::ProducerStates;
use super::transaction_index::{AbortedTransaction, TransactionIndex};
use crate::base::Offset;
use crate::wire::Rope;
use crate::wire::batch::{Batch, BatchHeader, TransactionEnd};
use std::sync::Arc;

/// Of an entry in `OffsetIndex` and in `TimeIndex`, in bytes.
const OFFSET_ENTRY_LEN: u64 = 8;
const TIME_ENTRY_LEN: u64 = 12;

/// A place among a segment's batches: the chunk, and the batch in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    chunk: usize,
    batch: usize,
}

impl Cursor {
    pub(super) const START: Self = Self { chunk: 0, batch: 0 };
}

#[derive(Clone, Debug)]
pub(super) struct Segment {
    base_offset: Offset,
    /// In ms since 1970.
    created_ms: i64,
    /// When it was written to last, in ms since 1970; compaction leaves it as it was.
    modified_ms: i64,
    chunks: Chunks,
    size: u64,
    max_timestamp: i64,
    /// The producers as the segment began: its producer snapshot.
    producers_before: Arc<ProducerStates>,
    transaction_index: TransactionIndex,
    /// What Apache Kafka's index files would have by now: they end a segment when they are full.
    offset_entries: u64,
    time_entries: u64,
    last_time_entry: i64,
    bytes_since_entry: u64,
}

impl Segment {
    pub(super) fn new(base_offset: Offset, created_ms: i64, producers_before: Arc<ProducerStates>) -> Self {
        Self {
            base_offset,
            created_ms,
            modified_ms: created_ms,
            chunks: Chunks::default(),
            size: 0,
            max_timestamp: -1,
            producers_before,
            transaction_index: TransactionIndex::default(),
            offset_entries: 0,
            time_entries: 0,
            last_time_entry: -1,
            bytes_since_entry: 0,
        }
    }

    pub(super) const fn base_offset(&self) -> Offset {
        self.base_offset
    }

    pub(super) const fn created_ms(&self) -> i64 {
        self.created_ms
    }

    pub(super) const fn modified_ms(&self) -> i64 {
        self.modified_ms
    }

    pub(super) const fn set_modified_ms(&mut self, modified_ms: i64) {
        self.modified_ms = modified_ms;
    }

    /// In bytes.
    pub(super) const fn size(&self) -> u64 {
        self.size
    }

    /// Of its offset index, in bytes.
    pub(super) const fn offset_index_size(&self) -> u64 {
        self.offset_entries * OFFSET_ENTRY_LEN
    }

    /// Of its time index, in bytes.
    pub(super) const fn time_index_size(&self) -> u64 {
        self.time_entries * TIME_ENTRY_LEN
    }

    /// The newest of its records, in ms; -1 without any.
    pub(super) const fn max_timestamp(&self) -> i64 {
        self.max_timestamp
    }

    /// What its age is reckoned from: the newest of its records, or when it was written to last where they have no timestamps, in ms
    /// (`LogSegment.largestTimestamp`).
    pub(super) const fn largest_timestamp(&self) -> i64 {
        if self.max_timestamp >= 0 { self.max_timestamp } else { self.modified_ms }
    }

    /// The producers as the segment began.
    pub(super) const fn producers_before(&self) -> &Arc<ProducerStates> {
        &self.producers_before
    }

    /// The aborted transactions whose markers it holds.
    pub(super) const fn transaction_index(&self) -> &TransactionIndex {
        &self.transaction_index
    }

    /// The marker that was added last has aborted a transaction.
    pub(super) fn note_aborted(&mut self, aborted: AbortedTransaction) {
        self.transaction_index.append(aborted);
    }

    /// The offset after its last batch; its base offset where it has none.
    pub(super) fn next_offset(&self) -> Offset {
        let last = self.chunks.len().checked_sub(1).and_then(|last| self.chunks.get(last));
        last.map_or(self.base_offset, |placed| placed.chunk.last_offset().plus(1))
    }

    /// Adds a batch at the end.
    pub(super) fn append(&mut self, batch: Batch, index_interval_bytes: u64, now_ms: i64) {
        let size = batch.size_in_bytes() as u64;
        self.max_timestamp = self.max_timestamp.max(batch.header.max_timestamp);
        self.modified_ms = now_ms;
        let bytes_since_entry = self.bytes_since_entry;
        if self.bytes_since_entry > index_interval_bytes {
            self.offset_entries += 1;
            if self.max_timestamp > self.last_time_entry {
                self.time_entries += 1;
                self.last_time_entry = self.max_timestamp;
            }
            self.bytes_since_entry = 0;
        }
        self.bytes_since_entry += size;
        self.chunks.push(batch, self.size, bytes_since_entry);
        self.size += size;
    }

    /// Whether a batch of this size, timestamp and last offset belongs into a new segment (`LogSegment.shouldRoll`).
    pub(super) fn is_full_for(&self, config: &LogConfig, size: u64, max_timestamp: i64, last_offset: Offset, now_ms: i64) -> bool {
        let waited = match self.first_timestamp() {
            Some(first) if first >= 0 => max_timestamp.saturating_sub(first),
            _ => now_ms.saturating_sub(self.created_ms),
        };
        let offset_index_full = self.offset_entries >= (config.segment_index_bytes / OFFSET_ENTRY_LEN).max(1);
        let time_index_full = self.time_entries >= (config.segment_index_bytes / TIME_ENTRY_LEN).saturating_sub(1).max(1);
        let age_max = config.segment_age_max_ms().saturating_sub(self.jitter_ms(config));
        self.size > config.segment_bytes.saturating_sub(size)
            || (self.size > 0 && waited > age_max)
            || offset_index_full
            || time_index_full
            || last_offset.0.saturating_sub(self.base_offset.0) > i64::from(i32::MAX)
    }

    /// What is taken off the age at which it ends: up to `segment.jitter.ms`, by chance. The chance is drawn from when and where the segment
    /// begins, which differs enough between logs.
    fn jitter_ms(&self, config: &LogConfig) -> i64 {
        let most = config.segment_jitter_ms.min(config.segment_ms).max(0).cast_unsigned();
        let drawn =
            (self.created_ms.cast_unsigned() ^ self.base_offset.0.cast_unsigned().rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (drawn >> 16).checked_rem(most).unwrap_or(0).cast_signed()
    }

    /// The first batch's newest timestamp: what the age at which a segment ends is reckoned from.
    pub(super) fn first_timestamp(&self) -> Option<i64> {
        self.header(Cursor::START).map(|header| header.max_timestamp)
    }

    /// The first batch that reaches `offset` or lies beyond it.
    pub(super) fn find(&self, offset: Offset) -> Option<Cursor> {
        let chunk = self.chunks.partition_point(|placed| placed.chunk.last_offset() < offset);
        Some(Cursor { chunk, batch: self.chunks.get(chunk)?.chunk.find(offset) })
    }

    /// The last batch that begins before `offset`.
    pub(super) fn last_before(&self, offset: Offset) -> Option<Batch> {
        let at = self.find(offset).unwrap_or(Cursor { chunk: self.chunks.len(), batch: 0 });
        if self.header(at).is_some_and(|header| header.base_offset < offset) {
            return self.chunks.get(at.chunk)?.chunk.batch(at.batch);
        }
        if let Some(before) = at.batch.checked_sub(1) {
            return self.chunks.get(at.chunk)?.chunk.batch(before);
        }
        let chunk = &self.chunks.get(at.chunk.checked_sub(1)?)?.chunk;
        chunk.batch(chunk.len().checked_sub(1)?)
    }

    pub(super) fn header(&self, at: Cursor) -> Option<BatchHeader> {
        self.chunks.get(at.chunk)?.chunk.header(at.batch)
    }

    /// The batches from this place on.
    pub(super) fn batches_from(&self, at: Cursor) -> impl Iterator<Item = Batch> {
        let first = at.chunk;
        self.chunks.iter_from(first).enumerate().flat_map(move |(n, placed)| {
            let from = if n == 0 { at.batch } else { 0 };
            (from..placed.chunk.len()).map_while(|index| placed.chunk.batch(index))
        })
    }

    pub(super) fn batches(&self) -> impl Iterator<Item = Batch> {
        self.batches_from(Cursor::START)
    }

    pub(super) fn headers(&self) -> impl Iterator<Item = BatchHeader> {
        let chunks = self.chunks.iter().map(|placed| &placed.chunk);
        chunks.flat_map(|chunk| (0..chunk.len()).map_while(|index| chunk.header(index)))
    }

    /// The headers, and what those batches say that are transactions' markers.
    pub(super) fn headers_and_ends(&self) -> impl Iterator<Item = (BatchHeader, Option<TransactionEnd>)> {
        let chunks = self.chunks.iter().map(|placed| &placed.chunk);
        let batch = |chunk: &Chunk, index| {
            let header = chunk.header(index)?;
            let marker = if header.attributes.is_control() { chunk.batch(index) } else { None };
            Some((header, marker.and_then(|marker| TransactionEnd::of(&marker))))
        };
        chunks.flat_map(move |chunk| (0..chunk.len()).map_while(move |index| batch(chunk, index)))
    }

    /// The first offset in the offset index of a batch that begins at `position` or beyond it (`OffsetIndex.fetchUpperBoundOffset`). As in
    /// Apache Kafka, the index' very first entry is not found by its exact position.
    pub(super) fn indexed_from(&self, position: u64, index_interval_bytes: u64) -> Option<Offset> {
        let chunk = self.chunks.partition_point(|placed| placed.position <= position).saturating_sub(1);
        for placed in self.chunks.iter_from(chunk) {
            let mut since_entry = placed.bytes_since_entry;
            for index in 0..placed.chunk.len() {
                let (begin, end) = (placed.chunk.position(index), placed.chunk.position(index.saturating_add(1)));
                if since_entry > index_interval_bytes {
                    let at = placed.position.saturating_add(begin as u64);
                    let is_very_first = since_entry == at;
                    if at > position || at == position && !is_very_first {
                        return placed.chunk.header(index).map(|header| header.last_offset());
                    }
                    since_entry = 0;
                }
                since_entry = since_entry.saturating_add(end.saturating_sub(begin) as u64);
            }
        }
        None
    }

    /// Where a batch begins, in bytes from the segment's start.
    pub(super) fn position(&self, at: Cursor) -> u64 {
        self.chunks.get(at.chunk).map_or(self.size, |placed| placed.position + placed.chunk.position(at.batch) as u64)
    }

    /// Where the batches before `offset` end, in bytes from the segment's start.
    pub(super) fn position_of(&self, offset: Offset) -> u64 {
        self.find(offset).map_or(self.size, |cursor| self.position(cursor))
    }

    /// What lies from a batch's place on, up to `end`, in bytes from the segment's start; shared.
    pub(super) fn bytes_from(&self, at: Cursor, end: u64) -> Rope {
        let mut rope = Rope::new();
        let mut from = at.batch;
        for placed in self.chunks.iter_from(at.chunk).take_while(|placed| placed.position < end) {
            let to = usize::try_from(end - placed.position).unwrap_or(usize::MAX);
            placed.chunk.write(placed.chunk.position(from), to, &mut rope);
            from = 0;
        }
        rope
    }

    /// The batches that have a record of this timestamp or a newer one, and that reach `from`.
    pub(super) fn batches_since(&self, timestamp: i64, from: Offset) -> impl Iterator<Item = Batch> {
        let chunks = self.chunks.iter().map(|placed| &placed.chunk);
        let chunks = chunks.filter(move |chunk| chunk.max_timestamp() >= timestamp && chunk.last_offset() >= from);
        let batches = chunks.flat_map(|chunk| (0..chunk.len()).map_while(|index| chunk.batch(index)));
        batches.filter(move |batch| batch.header.max_timestamp >= timestamp && batch.header.last_offset() >= from)
    }

    /// The same segment without the batch that holds `end`, and without what follows.
    pub(super) fn truncated(&self, end: Offset, index_interval_bytes: u64) -> Self {
        let mut kept = Self::new(self.base_offset, self.created_ms, Arc::clone(&self.producers_before));
        kept.transaction_index = self.transaction_index.truncated(end);
        for batch in self.batches().take_while(|batch| batch.header.last_offset() < end) {
            kept.append(batch, index_interval_bytes, self.modified_ms);
        }
        kept
    }

    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(super) const fn chunks(&self) -> &Chunks {
        &self.chunks
    }
}
