//! Where each leader's batches begin: how replicas find out where they parted (`LeaderEpochFileCache`, KIP-101, KIP-279).

use crate::base::SortedMap;
use crate::base::{LeaderEpoch, Offset};
use std::ops::Bound::{Excluded, Unbounded};

/// Where a leader's batches end, or -1 and -1 where the log cannot tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpochEnd {
    /// The largest epoch of the log up to the one that was asked for.
    pub epoch: LeaderEpoch,
    /// The first offset of a later epoch, or the end of the log.
    pub offset: Offset,
}

impl EpochEnd {
    pub const UNKNOWN: Self = Self { epoch: LeaderEpoch(-1), offset: Offset(-1) };
}

/// The epochs of a log's batches, each with its first offset; both ascend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeaderEpochs(SortedMap<LeaderEpoch, Offset>);

impl LeaderEpochs {
    /// Notes that `epoch` begins at `start`, unless it is known already. What contradicts this is forgotten: later epochs, and epochs that
    /// would begin at `start` or after it.
    pub fn assign(&mut self, epoch: LeaderEpoch, start: Offset) {
        if epoch.0 < 0 || start.0 < 0 || self.latest().is_some_and(|latest| latest == epoch) {
            return;
        }
        self.0.retain(|known, from| *known < epoch && *from < start);
        self.0.insert(epoch, start);
    }

    /// The epoch of the log's last batches, or of its leader if that has not written yet.
    pub fn latest(&self) -> Option<LeaderEpoch> {
        self.0.last_key_value().map(|(epoch, _)| *epoch)
    }

    /// The epoch of the batch at this offset.
    pub fn epoch_at(&self, offset: Offset) -> Option<LeaderEpoch> {
        self.0.iter().rev().find(|(_, start)| **start <= offset).map(|(epoch, _)| *epoch)
    }

    /// Where the epoch ends, in a log that ends at `log_end`.
    pub fn end_of(&self, epoch: LeaderEpoch, log_end: Offset) -> EpochEnd {
        if epoch.0 < 0 {
            return EpochEnd::UNKNOWN;
        }
        if self.latest() == Some(epoch) {
            return EpochEnd { epoch, offset: log_end };
        }
        match (self.0.range(..=epoch).next_back(), self.0.range((Excluded(epoch), Unbounded)).next()) {
            (_, None) => EpochEnd::UNKNOWN,
            (None, Some((_, higher))) => EpochEnd { epoch, offset: *higher },
            (Some((floor, _)), Some((_, higher))) => EpochEnd { epoch: *floor, offset: *higher },
        }
    }

    /// The log ends at `end` now.
    pub(super) fn truncate_from(&mut self, end: Offset) {
        self.0.retain(|_, start| *start < end);
    }

    /// The log begins at `start` now.
    pub(super) fn truncate_before(&mut self, start: Offset) {
        let Some(first) = self.epoch_at(start) else { return };
        self.0.retain(|_, from| *from > start);
        self.0.insert(first, start);
    }

    /// Nothing is known any more.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Each epoch and its first offset, in order.
    pub fn entries(&self) -> impl Iterator<Item = (LeaderEpoch, Offset)> + '_ {
        self.0.iter().map(|(epoch, start)| (*epoch, *start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn epochs(entries: &[(i32, i64)]) -> LeaderEpochs {
        let mut epochs = LeaderEpochs::default();
        entries.iter().for_each(|(epoch, start)| epochs.assign(LeaderEpoch(*epoch), Offset(*start)));
        epochs
    }

    fn end(epochs: &LeaderEpochs, epoch: i32) -> (i32, i64) {
        let end = epochs.end_of(LeaderEpoch(epoch), Offset(100));
        (end.epoch.0, end.offset.0)
    }

    #[test]
    fn an_epoch_ends_where_the_next_begins() {
        let epochs = epochs(&[(2, 10), (4, 30), (7, 60)]);
        assert_eq!([1, 2, 3, 4, 5, 7].map(|epoch| end(&epochs, epoch)), [(1, 10), (2, 30), (2, 30), (4, 60), (4, 60), (7, 100)]);
        assert_eq!([end(&epochs, 8), end(&epochs, -1)], [(-1, -1), (-1, -1)]);
    }

    #[test]
    fn what_contradicts_a_new_epoch_is_forgotten() {
        let mut epochs = epochs(&[(2, 10), (4, 30)]);
        epochs.assign(LeaderEpoch(5), Offset(30));
        assert_eq!(epochs, self::epochs(&[(2, 10), (5, 30)]));
        epochs.assign(LeaderEpoch(3), Offset(40));
        assert_eq!(epochs, self::epochs(&[(2, 10), (3, 40)]));
    }

    #[test]
    fn a_log_that_loses_an_end_keeps_the_epoch_of_the_rest() {
        let mut epochs = epochs(&[(2, 10), (4, 30), (7, 60)]);
        epochs.truncate_before(Offset(45));
        assert_eq!(epochs.entries().collect::<Vec<_>>(), [(LeaderEpoch(4), Offset(45)), (LeaderEpoch(7), Offset(60))]);
        epochs.truncate_from(Offset(60));
        assert_eq!(epochs.latest(), Some(LeaderEpoch(4)));
    }
}
