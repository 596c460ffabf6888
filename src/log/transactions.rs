//! Which transactions were aborted, as compaction needs to know it (`CleanedTransactionMetadata`): their records go, and a marker goes once
//! no record of its transaction is left.

use super::segment::Segment;
use crate::base::{Offset, ProducerId};
use crate::base::{SortedMap, SortedSet};
use crate::wire::batch::{Batch, ControlType};

/// Transactions along a walk over a log's batches.
#[derive(Clone, Debug, Default)]
pub(super) struct TransactionsCleaned {
    /// Where the aborted transactions' first records lie that the walk has not come to.
    aborted: SortedMap<Offset, ProducerId>,
    /// Those that the walk is in, and whether it has met a record of theirs.
    ongoing_aborted: SortedMap<ProducerId, bool>,
    ongoing_committed: SortedSet<ProducerId>,
}

impl TransactionsCleaned {
    /// Before a walk from `from` on over these segments, or over a part of them.
    pub(super) fn of<'a>(segments: impl Iterator<Item = &'a Segment>, from: Offset) -> Self {
        let mut open = SortedMap::new();
        let mut aborted = SortedMap::new();
        for segment in segments.filter(|segment| segment.has_transactions()) {
            for batch in segment.batches().filter(|batch| batch.header.attributes.is_transactional()) {
                let producer = batch.header.producer_id;
                if !batch.header.attributes.is_control() {
                    open.entry(producer).or_insert(batch.header.base_offset);
                    continue;
                }
                let ends_here = |_: &Offset| batch.header.base_offset >= from && control_type(&batch) == Some(ControlType::Abort);
                if let Some(first) = open.remove(&producer).filter(ends_here) {
                    aborted.insert(first, producer);
                }
            }
        }
        Self { aborted, ..Self::default() }
    }

    /// Comes to a batch. Whether it can go: as a record of an aborted transaction, or as a marker whose transaction has left no record.
    pub(super) fn read(&mut self, batch: &Batch) -> bool {
        let header = &batch.header;
        while let Some(first) = self.aborted.first_entry().filter(|first| *first.key() <= header.last_offset()) {
            self.ongoing_aborted.entry(first.remove()).or_insert(false);
        }
        if header.attributes.is_control() {
            return self.read_marker(batch);
        }
        if !header.attributes.is_transactional() {
            return false;
        }
        if let Some(met) = self.ongoing_aborted.get_mut(&header.producer_id) {
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
        match control_type(batch) {
            Some(ControlType::Abort) => self.ongoing_aborted.remove(producer) != Some(true),
            Some(ControlType::Commit) => !self.ongoing_committed.remove(producer),
            Some(
                ControlType::LeaderChange
                | ControlType::SnapshotHeader
                | ControlType::SnapshotFooter
                | ControlType::KRaftVersion
                | ControlType::KRaftVoters,
            )
            | None => false,
        }
    }
}

fn control_type(batch: &Batch) -> Option<ControlType> {
    let record = batch.records().ok()?.next()?.ok()?;
    ControlType::from_key(record.key.as_deref()?)
}
