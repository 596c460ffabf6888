//! A run of batches that is begun, found and dropped as one (`LogSegment`).
//!
//! Batches lie in chunks. A chunk is shared between clones of a log and never changes but at the log's end, so a clone costs next to
//! nothing, and a search goes over chunks first: that is the index.

use super::config::LogConfig;
use crate::base::Offset;
use crate::wire::Batch;
use std::sync::Arc;

/// How many batches share a chunk.
const CHUNK_LEN: usize = 64;
/// Of an entry in `OffsetIndex` and in `TimeIndex`, in bytes.
const OFFSET_ENTRY_LEN: u64 = 8;
const TIME_ENTRY_LEN: u64 = 12;

/// A batch and where it begins, in bytes from the start of its segment.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) batch: Batch,
    pub(super) position: u64,
}

#[derive(Clone, Debug)]
struct Chunk {
    batches: Vec<Stored>,
    max_timestamp: i64,
}

impl Chunk {
    fn last_offset(&self) -> Offset {
        self.batches.last().map_or(Offset(-1), |stored| stored.batch.header.last_offset())
    }
}

/// A place among a segment's batches: the chunk, and the batch in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor(usize, usize);

#[derive(Clone, Debug)]
pub(super) struct Segment {
    base_offset: Offset,
    /// In ms since 1970.
    created_ms: i64,
    chunks: Vec<Arc<Chunk>>,
    size: u64,
    max_timestamp: i64,
    /// What Apache Kafka's index files would have by now: they end a segment when they are full.
    offset_entries: u64,
    time_entries: u64,
    last_time_entry: i64,
    bytes_since_entry: u64,
}

impl Segment {
    pub(super) const fn new(base_offset: Offset, created_ms: i64) -> Self {
        Self {
            base_offset,
            created_ms,
            chunks: Vec::new(),
            size: 0,
            max_timestamp: -1,
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

    /// In bytes.
    pub(super) const fn size(&self) -> u64 {
        self.size
    }

    /// The newest of its records, in ms; -1 without any.
    pub(super) const fn max_timestamp(&self) -> i64 {
        self.max_timestamp
    }

    /// Adds a batch at the end.
    pub(super) fn append(&mut self, batch: Batch, index_interval_bytes: u64) {
        let size = batch.size_in_bytes() as u64;
        let timestamp = batch.header.max_timestamp;
        self.max_timestamp = self.max_timestamp.max(timestamp);
        if self.bytes_since_entry > index_interval_bytes {
            self.offset_entries += 1;
            if self.max_timestamp > self.last_time_entry {
                self.time_entries += 1;
                self.last_time_entry = self.max_timestamp;
            }
            self.bytes_since_entry = 0;
        }
        self.bytes_since_entry += size;
        let stored = Stored { batch, position: self.size };
        self.size += size;
        match self.chunks.last_mut().filter(|chunk| chunk.batches.len() < CHUNK_LEN) {
            Some(chunk) => {
                let chunk = Arc::make_mut(chunk);
                chunk.max_timestamp = chunk.max_timestamp.max(timestamp);
                chunk.batches.push(stored);
            }
            None => self.chunks.push(Arc::new(Chunk { batches: vec![stored], max_timestamp: timestamp })),
        }
    }

    /// Whether a batch of this size, timestamp and last offset belongs into a new segment (`LogSegment.shouldRoll`).
    pub(super) fn is_full_for(&self, config: &LogConfig, size: u64, max_timestamp: i64, last_offset: Offset, now_ms: i64) -> bool {
        let waited = match self.first_timestamp() {
            Some(first) if first >= 0 => max_timestamp.saturating_sub(first),
            _ => now_ms.saturating_sub(self.created_ms),
        };
        let offset_index_full = self.offset_entries >= (config.segment_index_bytes / OFFSET_ENTRY_LEN).max(1);
        let time_index_full = self.time_entries >= (config.segment_index_bytes / TIME_ENTRY_LEN).saturating_sub(1).max(1);
        self.size > config.segment_bytes.saturating_sub(size)
            || (self.size > 0 && waited > config.segment_ms)
            || offset_index_full
            || time_index_full
            || last_offset.0.saturating_sub(self.base_offset.0) > i64::from(i32::MAX)
    }

    /// The first batch's newest timestamp: what the age of a segment is reckoned from.
    fn first_timestamp(&self) -> Option<i64> {
        let first = self.chunks.first()?.batches.first()?;
        Some(first.batch.header.max_timestamp)
    }

    /// The first batch that reaches `offset` or lies beyond it.
    pub(super) fn find(&self, offset: Offset) -> Option<Cursor> {
        let at = self.chunks.partition_point(|chunk| chunk.last_offset() < offset);
        let chunk = self.chunks.get(at)?;
        Some(Cursor(at, chunk.batches.partition_point(|stored| stored.batch.header.last_offset() < offset)))
    }

    /// The batches from this place on.
    pub(super) fn batches_from(&self, Cursor(chunk, batch): Cursor) -> impl Iterator<Item = &Stored> {
        let rest_of_chunk = self.chunks.get(chunk).and_then(|chunk| chunk.batches.get(batch..)).unwrap_or_default();
        let later = self.chunks.get(chunk.saturating_add(1)..).unwrap_or_default();
        rest_of_chunk.iter().chain(later.iter().flat_map(|chunk| &chunk.batches))
    }

    pub(super) fn batches(&self) -> impl Iterator<Item = &Stored> {
        self.batches_from(Cursor(0, 0))
    }

    /// Where the batches before `offset` end, in bytes from the segment's start.
    pub(super) fn position_of(&self, offset: Offset) -> u64 {
        let stored = self.find(offset).and_then(|cursor| self.batches_from(cursor).next());
        stored.map_or(self.size, |stored| stored.position)
    }

    /// The first batch with a record of this timestamp or a newer one, at `from` or after it.
    pub(super) fn batches_since(&self, timestamp: i64, from: Offset) -> impl Iterator<Item = &Batch> {
        let chunks = self.chunks.iter().filter(move |chunk| chunk.max_timestamp >= timestamp && chunk.last_offset() >= from);
        let batches = chunks.flat_map(|chunk| &chunk.batches).map(|stored| &stored.batch);
        batches.filter(move |batch| batch.header.max_timestamp >= timestamp && batch.header.last_offset() >= from)
    }

    /// The same segment without the batch that holds `end`, and without what follows.
    pub(super) fn truncated(&self, end: Offset, index_interval_bytes: u64) -> Self {
        let mut kept = Self::new(self.base_offset, self.created_ms);
        for stored in self.batches().take_while(|stored| stored.batch.header.last_offset() < end) {
            kept.append(stored.batch.clone(), index_interval_bytes);
        }
        kept
    }
}
