//! The aborted transactions whose markers lie in a segment (`TransactionIndex`, `AbortedTxn`): what read_committed readers are told, as they
//! have to skip records that they have been given.

use super::partition_log::Log;
use super::segment::Segment;
use crate::base::{Offset, ProducerId};
use bytes::{BufMut as _, BytesMut};
use std::sync::Arc;

/// Of an entry in the index' file, in bytes.
const ENTRY_LEN: usize = 34;
/// The version that each entry begins with.
const VERSION: i16 = 0;

/// A transaction that was aborted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbortedTransaction {
    pub producer_id: ProducerId,
    /// Of its first record in this partition.
    pub first_offset: Offset,
    /// Of its marker.
    pub last_offset: Offset,
    /// Up to here no transaction was open once the marker had been written.
    pub last_stable_offset: Offset,
}

/// A segment's aborted transactions, in the order of their markers. A clone shares them.
#[derive(Clone, Debug, Default)]
pub(super) struct TransactionIndex(Arc<Vec<AbortedTransaction>>);

impl TransactionIndex {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &AbortedTransaction> {
        self.0.iter()
    }

    pub(super) fn append(&mut self, aborted: AbortedTransaction) {
        Arc::make_mut(&mut self.0).push(aborted);
    }

    /// Those whose markers lie before `end`.
    pub(super) fn truncated(&self, end: Offset) -> Self {
        let kept = self.0.partition_point(|aborted| aborted.last_offset < end);
        if kept == self.0.len() { self.clone() } else { Self(Arc::new(self.0.iter().take(kept).copied().collect())) }
    }

    /// Adds those that have records between two offsets to `found`. Whether later segments have no more of them.
    fn collect(&self, from: Offset, up_to: Offset, found: &mut Vec<AbortedTransaction>) -> bool {
        let first = self.0.partition_point(|aborted| aborted.last_offset < from);
        for aborted in self.0.iter().skip(first) {
            if aborted.first_offset < up_to {
                found.push(*aborted);
            }
            if aborted.last_stable_offset >= up_to {
                return true;
            }
        }
        false
    }

    /// As Apache Kafka's file of it.
    pub(super) fn to_file(&self) -> BytesMut {
        let mut file = BytesMut::with_capacity(self.0.len().saturating_mul(ENTRY_LEN));
        for aborted in self.iter() {
            file.put_i16(VERSION);
            file.put_i64(aborted.producer_id.0);
            file.put_i64(aborted.first_offset.0);
            file.put_i64(aborted.last_offset.0);
            file.put_i64(aborted.last_stable_offset.0);
        }
        file
    }
}

impl Log {
    /// The aborted transactions with records from `from` on and before `up_to`, in the order of their markers.
    pub fn aborted_transactions(&self, from: Offset, up_to: Offset) -> Vec<AbortedTransaction> {
        let mut found = Vec::new();
        self.segments_from(from).any(|segment| segment.transaction_index().collect(from, up_to, &mut found));
        found
    }

    /// Those that a reader is told of who reads from `from` on, up to a place in this segment, in bytes from its start
    /// (`LocalLog.addAbortedTransactions`).
    pub(super) fn aborted_for_read(&self, from: Offset, segment: &Segment, end: u64) -> Vec<AbortedTransaction> {
        let (mut found, mut bound) = (Vec::new(), None);
        for segment_or_later in self.segments_from(segment.base_offset()) {
            let index = segment_or_later.transaction_index();
            if !index.is_empty() && index.collect(from, *bound.get_or_insert_with(|| self.read_bound(segment, end)), &mut found) {
                break;
            }
        }
        found
    }

    /// An offset that lies beyond what was read up to a place in a segment: what the sparse offset index knows, else where the segment ends.
    fn read_bound(&self, segment: &Segment, end: u64) -> Offset {
        let next = || self.segments_from(segment.base_offset()).nth(1).map(Segment::base_offset);
        segment.indexed_from(end, self.config.index_interval_bytes).or_else(next).unwrap_or(self.end)
    }
}
