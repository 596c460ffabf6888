//! What compaction has taken out of a log, and why: what a picture of the log before and after is drawn from.

use crate::base::Offset;
use crate::base::SortedMap;

/// How many removed records a log remembers; the oldest are forgotten first.
const REMEMBERED_MAX: usize = 1_024;

/// Why compaction removed a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// The record at this offset is the latest of its key as the log was compacted.
    SupersededBy(Offset),
    /// A tombstone that `delete.retention.ms` no longer keeps.
    Tombstone,
    /// Of a transaction that was aborted.
    Aborted,
    /// A transaction's marker, of which no record is left.
    Marker,
    /// A record without a key, written before the topic was compacted.
    Keyless,
}

/// The records that compaction has removed, by offset: the newest of them.
#[derive(Clone, Debug, Default)]
pub struct Cleaned {
    removed: SortedMap<Offset, Removal>,
}

impl Cleaned {
    pub(super) fn note(&mut self, offset: Offset, removal: Removal) {
        self.removed.insert(offset, removal);
        if self.removed.len() > REMEMBERED_MAX {
            self.removed.pop_first();
        }
    }

    /// The log ends at `end` now.
    pub(super) fn truncate_from(&mut self, end: Offset) {
        self.removed.split_off(&end);
    }

    /// Why there is no record at this offset; none for one that is there, was never one's, or is forgotten.
    pub fn get(&self, offset: Offset) -> Option<Removal> {
        self.removed.get(&offset).copied()
    }

    /// The removed records between two offsets, the second excluded, in order.
    pub fn between(&self, from: Offset, to: Offset) -> impl Iterator<Item = (Offset, Removal)> + '_ {
        let within = (from <= to).then(|| self.removed.range(from..to));
        within.into_iter().flatten().map(|(offset, removal)| (*offset, *removal))
    }
}
