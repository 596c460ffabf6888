//! Which transactions were aborted, as compaction needs to know it (`CleanedTransactionMetadata`): their records go, and a marker goes once
//! no record of its transaction is left.

use super::segment::Segment;
use super::transaction_index::AbortedTransaction;
use crate::base::{Offset, ProducerId};
use crate::base::{SortedMap, SortedSet};
use crate::wire::batch::{Batch, TransactionEnd};

/// Transactions along a walk over a log's batches.
#[derive(Clone, Debug, Default)]
pub(super) struct TransactionsCleaned {
    /// The aborted transactions that the walk has not come to, by their first records' offsets.
    aborted: SortedMap<Offset, AbortedTransaction>,
    /// Those that the walk is in, and whether it has met a record of theirs.
    ongoing_aborted: SortedMap<ProducerId, (AbortedTransaction, bool)>,
    ongoing_committed: SortedSet<ProducerId>,
    /// The one whose marker the walk has come to last, if it has met a record of it.
    known: Option<AbortedTransaction>,
}

impl TransactionsCleaned {
    /// Before a walk from `from` on over these segments, or over a part of them.
    pub(super) fn of<'a>(segments: impl Iterator<Item = &'a Segment>, from: Offset) -> Self {
        let entries = segments.flat_map(|segment| segment.transaction_index().iter());
        let reaching = entries.filter(|aborted| aborted.last_offset >= from);
        let aborted = reaching.map(|aborted| (aborted.first_offset, *aborted)).collect();
        Self { aborted, ..Self::default() }
    }

    /// Comes to a batch. Whether it can go: as a record of an aborted transaction, or as a marker whose transaction has left no record.
    pub(super) fn read(&mut self, batch: &Batch) -> bool {
        let header = &batch.header;
        while let Some(first) = self.aborted.first_entry().filter(|first| *first.key() <= header.last_offset()) {
            let aborted = first.remove();
            self.ongoing_aborted.entry(aborted.producer_id).or_insert((aborted, false));
        }
        if header.attributes.is_control() {
            return self.read_marker(batch);
        }
        if !header.attributes.is_transactional() {
            return false;
        }
        if let Some((_, met)) = self.ongoing_aborted.get_mut(&header.producer_id) {
            *met = true;
            return true;
        }
        self.ongoing_committed.insert(header.producer_id);
        false
    }

    fn read_marker(&mut self, batch: &Batch) -> bool {
        let producer = &batch.header.producer_id;
        if batch.header.count == 0 {
            return true;
        }
        match TransactionEnd::of(batch) {
            Some(end) if end.committed => !self.ongoing_committed.remove(producer),
            Some(_) => {
                self.known = self.ongoing_aborted.remove(producer).filter(|(_, met)| *met).map(|(aborted, _)| aborted);
                self.known.is_none()
            }
            None => false,
        }
    }

    /// The aborted transaction whose marker the walk has just come to, where it has met a record of it: readers have to know of it still.
    pub(super) fn take_known(&mut self) -> Option<AbortedTransaction> {
        self.known.take()
    }
}
