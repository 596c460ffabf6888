//! Compaction: of each key the latest record stays (`Cleaner`, `LogCleanerManager`).
//!
//! First the keys of the dirty part are read, each with its latest offset; then all segments up to there are written anew, without the
//! records that a later one supersedes. Offsets never change. A tombstone stays until its delete horizon, which is set when compaction
//! first meets it (KIP-534). The active segment is never touched, nor what is not committed yet.

use super::cleaned::Removal;
use super::cleaned_transactions::TransactionsCleaned;
use super::partition_log::Log;
use super::segment::Segment;
use crate::base::Offset;
use crate::base::SortedMap;
use crate::base::bugs::{self, Bug};
use crate::wire::batch::{Batch, BatchError, BatchHeader, RecordView, Views};
use bytes::Bytes;
use std::sync::Arc;

/// Which part of a log could be compacted (`LogToClean`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cleanable {
    /// Where the dirty part begins: all before has been compacted.
    pub first_dirty: Offset,
    /// Where it ends: the base offset of the first segment that may not be compacted yet.
    pub first_uncleanable: Offset,
    /// Of what has been compacted, in bytes.
    pub clean_bytes: u64,
    /// Of the dirty part, in bytes.
    pub dirty_bytes: u64,
    /// `max.compaction.lag.ms` have passed for a record of it.
    pub overdue: bool,
}

impl Cleanable {
    /// The dirty part of the whole, in millionths.
    pub fn dirty_ratio_ppm(&self) -> u32 {
        let all = u128::from(self.clean_bytes) + u128::from(self.dirty_bytes);
        let ratio = (u128::from(self.dirty_bytes) * 1_000_000).checked_div(all);
        ratio.and_then(|ratio| u32::try_from(ratio).ok()).unwrap_or(0)
    }
}

/// What a compaction has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cleaning {
    /// Where the part began that had not been compacted before.
    pub from: Offset,
    /// Up to here the log is compacted now.
    pub to: Offset,
    pub records_before: u64,
    pub records_after: u64,
    pub bytes_before: u64,
    pub bytes_after: u64,
}

impl Log {
    /// What there is to be compacted, up to the last stable offset (`LogCleanerManager.cleanableOffsets`).
    pub fn cleanable(&self, last_stable: Offset, now_ms: i64) -> Cleanable {
        let first_dirty = match self.cleaned_to {
            checkpoint if checkpoint < self.start || checkpoint > self.end => self.start,
            checkpoint => checkpoint,
        };
        let dirty = self.sealed_from(first_dirty);
        let lag = self.config.min_compaction_lag_ms.max(0);
        let too_young = |segment: &&Arc<Segment>| lag > 0 && segment.largest_timestamp() > now_ms.saturating_sub(lag);
        let young = dirty.iter().find(too_young).map_or(Offset(i64::MAX), |segment| segment.base_offset());
        let uncleanable = last_stable.min(self.active.base_offset()).min(young).max(first_dirty);
        // Segments are compacted as a whole.
        let first_uncleanable = self.sealed_from(uncleanable).first().unwrap_or(&self.active).base_offset();
        let is_clean = |segment: &&Arc<Segment>| segment.base_offset() < first_dirty;
        let is_cleanable = |segment: &&Arc<Segment>| segment.base_offset() < first_uncleanable;
        let oldest = dirty.iter().filter_map(|segment| segment.first_timestamp()).filter(|timestamp| *timestamp > 0).min();
        let clean_until = now_ms.saturating_sub(self.config.max_compaction_lag_ms.max(0));
        Cleanable {
            first_dirty,
            first_uncleanable,
            clean_bytes: size_of(self.sealed.iter().take_while(is_clean)),
            dirty_bytes: size_of(dirty.iter().take_while(is_cleanable)),
            overdue: oldest.is_some_and(|oldest| oldest < clean_until),
        }
    }

    /// The segments from the one that holds `offset` on, without the active one.
    fn sealed_from(&self, offset: Offset) -> &[Arc<Segment>] {
        let before = self.sealed.partition_point(|segment| segment.base_offset() <= offset).saturating_sub(1);
        let from = if offset >= self.active.base_offset() { self.sealed.len() } else { before };
        self.sealed.get(from..).unwrap_or_default()
    }

    /// Whether it is worth while: enough of the log is dirty, or some of it has been so for too long.
    pub fn is_worth_cleaning(&self, cleanable: &Cleanable) -> bool {
        (cleanable.overdue && cleanable.dirty_bytes > 0) || cleanable.dirty_ratio_ppm() > self.config.min_cleanable_dirty_ratio_ppm
    }

    /// Some segments may be compacted sooner or later.
    pub fn has_dirty_segments(&self) -> bool {
        self.active.base_offset() > self.cleaned_to && !self.sealed.is_empty()
    }

    /// Why records are missing: what compaction has removed of late.
    pub fn cleaned(&self) -> &super::Cleaned {
        &self.cleaned
    }

    /// Up to here the log is compacted (`cleaner-offset-checkpoint`).
    pub const fn cleaned_to(&self) -> Offset {
        self.cleaned_to
    }

    /// Compacts the log up to `first_uncleanable`.
    ///
    /// # Errors
    /// A batch whose records cannot be read; the log is as it was.
    pub fn clean(&mut self, cleanable: &Cleanable, now_ms: i64) -> Result<Cleaning, BatchError> {
        let latest = self.latest_by_key(cleanable)?;
        let end = cleanable.first_uncleanable;
        let count = self.sealed.partition_point(|segment| segment.base_offset() < end);
        let (old, rest) = self.sealed.split_at_checked(count).unwrap_or_default();
        let mut cleaner = Cleaner {
            log: self,
            latest,
            end,
            now_ms,
            transactions: TransactionsCleaned::of(self.segments(), Offset(0)),
            removed: Vec::new(),
            records: (0, 0),
        };
        let mut sealed = Vec::with_capacity(self.sealed.len());
        for group in groups(old, self) {
            sealed.push(Arc::new(cleaner.clean_group(group)?));
        }
        let Cleaner { removed, records, .. } = cleaner;
        let cleaning = Cleaning {
            from: cleanable.first_dirty,
            to: end,
            records_before: records.0,
            records_after: records.1,
            bytes_before: size_of(old.iter()),
            bytes_after: size_of(sealed.iter()),
        };
        sealed.extend_from_slice(rest);
        self.sealed = sealed;
        self.cleaned_to = end;
        if !removed.is_empty() {
            let cleaned = Arc::make_mut(&mut self.cleaned);
            removed.into_iter().for_each(|(offset, removal)| cleaned.note(offset, removal));
        }
        Ok(cleaning)
    }

    /// The keys of the dirty part, each with the offset of its latest record (`Cleaner.buildOffsetMap`).
    fn latest_by_key(&self, cleanable: &Cleanable) -> Result<SortedMap<Bytes, Offset>, BatchError> {
        let mut latest = SortedMap::new();
        let dirty = self.sealed_from(cleanable.first_dirty);
        let from = dirty.first().map_or(cleanable.first_dirty, |segment| segment.base_offset());
        let mut transactions = TransactionsCleaned::of(self.segments(), from);
        let dirty = dirty.iter().take_while(|segment| segment.base_offset() < cleanable.first_uncleanable);
        for batch in dirty.flat_map(|segment| segment.batches()) {
            if transactions.read(&batch) || batch.header.attributes.is_control() {
                continue;
            }
            let body = batch.inflate()?;
            for record in Views::new(&body, batch.header.count) {
                let record = record?;
                let offset = offset_of(&batch.header, &record);
                if let Some(key) = record.key.filter(|_| offset >= cleanable.first_dirty) {
                    match latest.get_mut(key) {
                        Some(_) if bugs::has(Bug::KeepTheOldestOfAKey) => {}
                        Some(known) => *known = offset,
                        None => drop(latest.insert(Bytes::copy_from_slice(key), offset)),
                    }
                }
            }
        }
        Ok(latest)
    }
}

fn size_of<'a>(segments: impl Iterator<Item = &'a Arc<Segment>>) -> u64 {
    segments.map(|segment| segment.size()).fold(0, u64::saturating_add)
}

fn offset_of(header: &BatchHeader, record: &RecordView<'_>) -> Offset {
    header.base_offset.plus(i64::from(record.offset_delta))
}

/// Runs of segments that become one each, as long as they fit into one (`Cleaner.groupSegmentsBySize`).
fn groups<'a>(segments: &'a [Arc<Segment>], log: &Log) -> Vec<&'a [Arc<Segment>]> {
    let config = log.config();
    let mut groups = Vec::new();
    let mut rest = segments;
    while let Some(first) = rest.first() {
        let (mut size, mut offset_index, mut time_index) = (0_u64, 0_u64, 0_u64);
        let fits = |segment: &&Arc<Segment>| {
            size = size.saturating_add(segment.size());
            offset_index = offset_index.saturating_add(segment.offset_index_size());
            time_index = time_index.saturating_add(segment.time_index_size());
            let range = segment.next_offset().0.saturating_sub(1).saturating_sub(first.base_offset().0);
            size <= config.segment_bytes
                && offset_index <= config.segment_index_bytes
                && time_index <= config.segment_index_bytes
                && (segment.size() == 0 || range <= i64::from(i32::MAX))
        };
        let count = rest.iter().take_while(fits).count().max(1);
        let (group, after) = rest.split_at(count.min(rest.len()));
        groups.push(group);
        rest = after;
    }
    groups
}

/// One pass over a log's segments.
struct Cleaner<'a> {
    log: &'a Log,
    latest: SortedMap<Bytes, Offset>,
    /// Where the pass ends.
    end: Offset,
    now_ms: i64,
    transactions: TransactionsCleaned,
    removed: Vec<(Offset, Removal)>,
    /// Before and after.
    records: (u64, u64),
}

impl Cleaner<'_> {
    /// Writes several segments as one, without what goes (`Cleaner.cleanSegments`).
    fn clean_group(&mut self, group: &[Arc<Segment>]) -> Result<Segment, BatchError> {
        let base_offset = group.first().map_or(self.end, |segment| segment.base_offset());
        let created_ms = group.first().map_or(self.now_ms, |segment| segment.created_ms());
        let producers_before = group.first().map(|segment| Arc::clone(segment.producers_before())).unwrap_or_default();
        let mut cleaned = Segment::new(base_offset, created_ms, producers_before);
        for batch in group.iter().flat_map(|segment| segment.batches()) {
            if let Some(batch) = self.clean_batch(batch)? {
                cleaned.append(batch, self.log.config().index_interval_bytes, self.now_ms);
            }
            if let Some(aborted) = self.transactions.take_known() {
                cleaned.note_aborted(aborted);
            }
        }
        cleaned.set_modified_ms(group.last().map_or(created_ms, |segment| segment.modified_ms()));
        Ok(cleaned)
    }

    /// What stays of a batch; nothing where it goes as a whole (`MemoryRecords.filterTo`).
    fn clean_batch(&mut self, batch: Batch) -> Result<Option<Batch>, BatchError> {
        let header = batch.header;
        let is_control = header.attributes.is_control();
        let is_done_with = self.transactions.read(&batch);
        let is_discarded = is_done_with && (!is_control || self.is_past(header.delete_horizon_ms()));
        let body = batch.inflate()?;
        let (mut kept, mut has_tombstones) = (Vec::new(), false);
        for record in Views::new(&body, header.count) {
            let record = record?;
            let removal = match () {
                () if is_discarded => Some(if is_control { Removal::Marker } else { Removal::Aborted }),
                () if is_control => None,
                () => self.removal(&header, &record),
            };
            match removal {
                Some(removal) => self.removed.push((offset_of(&header, &record), removal)),
                None => {
                    has_tombstones |= record.value.is_none();
                    kept.push(record);
                }
            }
        }
        self.records.0 += u64::from(header.count.unsigned_abs());
        self.records.1 += kept.len() as u64;
        if kept.is_empty() {
            return Ok(self.stays_empty(&header).then(|| batch.emptied()));
        }
        let needs_horizon = (has_tombstones || (is_control && is_done_with)) && header.delete_horizon_ms().is_none();
        if kept.len() == usize::try_from(header.count).unwrap_or(0) && !needs_horizon {
            return Ok(Some(batch));
        }
        let horizon = self.now_ms.saturating_add(self.log.config().delete_retention_ms);
        let horizon = if needs_horizon { Some(horizon) } else { header.delete_horizon_ms() };
        batch.with_records(&kept, horizon).map(Some)
    }

    fn is_past(&self, horizon_ms: Option<i64>) -> bool {
        horizon_ms.is_some_and(|horizon_ms| horizon_ms <= self.now_ms)
    }

    /// Why a record goes; none for one that stays (`Cleaner.shouldRetainRecord`).
    fn removal(&self, header: &BatchHeader, record: &RecordView<'_>) -> Option<Removal> {
        let offset = offset_of(header, record);
        if offset >= self.end {
            return None;
        }
        let Some(key) = record.key else { return Some(Removal::Keyless) };
        match self.latest.get(key) {
            Some(latest) if bugs::has(Bug::KeepTheOldestOfAKey) && *latest < offset => Some(Removal::SupersededBy(*latest)),
            Some(latest) if *latest > offset => Some(Removal::SupersededBy(*latest)),
            _ if record.value.is_none() && (self.is_past(header.delete_horizon_ms()) || bugs::has(Bug::DropATombstoneEarly)) => {
                Some(Removal::Tombstone)
            }
            _ => None,
        }
    }

    /// A batch without records stays where it is its producer's last, whose sequence number and epoch must not be lost, and where it is the
    /// pass' last, whose offset must not be.
    fn stays_empty(&self, header: &BatchHeader) -> bool {
        let producer = self.log.producers.get(header.producer_id).filter(|_| header.has_producer_id());
        let is_producers_last = producer.is_some_and(|producer| match producer.last_data_offset() {
            Some(offset) => header.last_offset() == offset,
            None => header.attributes.is_control() && header.producer_epoch == producer.epoch,
        });
        is_producers_last || header.next_offset() == self.end
    }
}
