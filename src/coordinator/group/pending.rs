//! Offsets that are part of transactions which have not ended (`OffsetMetadataManager.pendingTransactionalOffsets`, KIP-98).

use super::offsets::Place;
use crate::base::SortedMap;
use crate::base::{Offset, ProducerId};
use crate::wire::messages::OffsetCommitValue;
use std::sync::Arc;

/// An offset that was written, and the log's end after it.
type Written = (OffsetCommitValue, Offset);

/// The offsets of open transactions, by producer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PendingOffsets(SortedMap<ProducerId, SortedMap<Place, Written>>);

impl PendingOffsets {
    pub(super) fn insert(&mut self, producer: ProducerId, place: Place, written: Written) {
        self.0.entry(producer).or_default().insert(place, written);
    }

    /// All that a producer has written in its open transaction.
    pub(super) fn take(&mut self, producer: ProducerId) -> SortedMap<Place, Written> {
        self.0.remove(&producer).unwrap_or_default()
    }

    /// An offset was deleted: what is pending for it is, too.
    pub(super) fn forget(&mut self, place: &Place) {
        self.0.values_mut().for_each(|places| {
            places.remove(place);
        });
        self.0.retain(|_, places| !places.is_empty());
    }

    pub(super) fn has(&self, group: &str, topic: &str, partition: i32) -> bool {
        !self.0.is_empty() && self.of_group(group).any(|(of, index)| **of == *topic && index == partition)
    }

    /// The topics and partitions that open transactions have written to for a group.
    pub(super) fn of_group(&self, group: &str) -> impl Iterator<Item = (&Arc<str>, i32)> {
        let places = self.0.values().flat_map(SortedMap::keys).filter(move |(of, _, _)| **of == *group);
        places.map(|(_, topic, partition)| (topic, *partition))
    }
}
