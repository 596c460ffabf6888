//! Idempotence (KIP-98, KIP-360): a producer's identity, and the sequence numbers that let a broker tell a record sent again from a new one
//! (`TxnPartitionMap`).

use crate::base::{ProducerEpoch, ProducerId, TopicPartition};
use crate::base::{SortedMap, SortedSet};

/// A producer id with its epoch.
pub type Identity = (ProducerId, ProducerEpoch);

#[derive(Clone, Debug)]
struct Partition {
    identity: Identity,
    next: i32,
    /// First sequences of the batches that are numbered and not settled.
    unsettled: SortedSet<i32>,
    /// -1 before the first.
    last_acked: i32,
    /// A batch was given up without knowing whether it was written: nothing new is numbered before the rest is settled.
    unresolved: bool,
}

/// The identity, and where each partition stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Sequences {
    identity: Option<Identity>,
    partitions: SortedMap<TopicPartition, Partition>,
    /// Partitions in whose sequence there is a gap: they need another epoch to begin anew.
    gaps: SortedSet<TopicPartition>,
}

impl Sequences {
    pub const fn identity(&self) -> Option<Identity> {
        self.identity
    }

    /// The next number in each partition that has any.
    pub fn next(&self) -> impl Iterator<Item = (&TopicPartition, i32)> {
        self.partitions.iter().map(|(partition, known)| (partition, known.next))
    }

    pub fn acquired(&mut self, identity: Identity) {
        self.identity = Some(identity);
    }

    /// Whether the partition's next batch may be sent: `first` is its first sequence if it has been sent before.
    /// Of batches that come again, only the oldest is sent until that one is settled.
    pub fn may_send(&self, partition: &TopicPartition, first: Option<i32>) -> bool {
        let Some(known) = self.partitions.get(partition) else { return self.identity.is_some() };
        match first {
            None => !known.unresolved,
            Some(first) => known.unsettled.first().is_none_or(|oldest| *oldest == first),
        }
    }

    /// Numbers a batch: the identity it goes out under and the first of its `count` sequences.
    pub fn number(&mut self, partition: &TopicPartition, count: i32) -> Option<(Identity, i32)> {
        let identity = self.identity?;
        let fresh = || Partition { identity, next: 0, unsettled: SortedSet::new(), last_acked: -1, unresolved: false };
        let known = self.partitions.entry(partition.clone()).or_insert_with(fresh);
        if known.identity != identity && known.unsettled.is_empty() {
            *known = fresh();
        }
        let first = known.next;
        known.next = plus(first, count);
        known.unsettled.insert(first);
        Some((known.identity, first))
    }

    /// Whether a batch's numbers still stand: its partition has not begun anew since.
    pub fn stands(&self, partition: &TopicPartition, identity: Identity, first: i32) -> bool {
        self.partitions.get(partition).is_some_and(|known| known.identity == identity && known.unsettled.contains(&first))
    }

    /// A batch was given up that may have been written, and nothing has told yet.
    pub fn is_unresolved(&self, partition: &TopicPartition) -> bool {
        self.partitions.get(partition).is_some_and(|known| known.unresolved)
    }

    /// A batch is written.
    pub fn acknowledged(&mut self, partition: &TopicPartition, identity: Identity, first: i32, count: i32) {
        if let Some(known) = self.partitions.get_mut(partition).filter(|known| known.identity == identity) {
            known.unsettled.remove(&first);
            known.last_acked = known.last_acked.max(plus(first, count - 1));
            // The batch that was given up was written after all if what followed it was; else there is a gap.
            if known.unsettled.is_empty() && std::mem::take(&mut known.unresolved) && plus(known.last_acked, 1) != known.next {
                self.gaps.insert(partition.clone());
            }
        }
    }

    /// A batch was given up. `known` says whether it is known not to have been written.
    pub fn given_up(&mut self, partition: &TopicPartition, identity: Identity, first: i32, known_unwritten: bool) {
        let Some(known) = self.partitions.get_mut(partition).filter(|known| known.identity == identity) else { return };
        known.unsettled.remove(&first);
        if known_unwritten || known.unsettled.is_empty() {
            self.gaps.insert(partition.clone());
        } else {
            known.unresolved = true;
        }
    }

    /// A batch was given up that is known not to have been written: what follows it takes its numbers.
    pub fn left_out(&mut self, partition: &TopicPartition, identity: Identity, first: i32, count: i32) {
        let Some(known) = self.partitions.get_mut(partition).filter(|known| known.identity == identity) else { return };
        known.unsettled.remove(&first);
        let moved = |other: &i32| if *other > first { plus(*other, -count) } else { *other };
        known.unsettled = known.unsettled.iter().map(moved).collect();
        known.next = plus(known.next, -count);
    }

    /// A batch was split into others of so many records each.
    pub fn split(&mut self, partition: &TopicPartition, identity: Identity, first: i32, counts: &[i32]) {
        let Some(known) = self.partitions.get_mut(partition).filter(|known| known.identity == identity) else { return };
        known.unsettled.remove(&first);
        let mut next = first;
        for count in counts {
            known.unsettled.insert(next);
            next = plus(next, *count);
        }
    }

    /// All partitions begin anew, as the identity is another.
    pub fn restart(&mut self) {
        self.partitions.clear();
        self.gaps.clear();
    }

    /// The partitions in whose sequence there is a gap.
    pub fn take_gaps(&mut self) -> SortedSet<TopicPartition> {
        std::mem::take(&mut self.gaps)
    }

    /// Whether a batch's sequences follow what was last acknowledged: then there is no gap that another batch could still fill.
    pub fn is_next(&self, partition: &TopicPartition, first: i32) -> bool {
        self.partitions.get(partition).is_none_or(|known| plus(known.last_acked, 1) == first)
    }

    /// The partition's sequence is to begin anew, under another epoch.
    pub fn begin_anew(&mut self, partition: &TopicPartition) {
        self.gaps.insert(partition.clone());
    }

    /// Raises the epoch where a partition has to begin anew, which idempotent producers do by themselves (KIP-360). Gives those partitions:
    /// their batches are to be numbered again. An id whose epochs are used up is given back, and another is to be asked for.
    pub fn raise_epoch(&mut self) -> SortedSet<TopicPartition> {
        let gaps = std::mem::take(&mut self.gaps);
        let Some((id, epoch)) = self.identity.filter(|_| !gaps.is_empty()) else { return gaps };
        self.identity = epoch.0.checked_add(1).filter(|epoch| *epoch < i16::MAX).map(|epoch| (id, ProducerEpoch(epoch)));
        for partition in &gaps {
            self.partitions.remove(partition);
        }
        gaps
    }
}

/// Sequences wrap after 2147483647 to 0.
const fn plus(sequence: i32, count: i32) -> i32 {
    ((sequence as i64 + count as i64) & i32::MAX as i64) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_oldest_batch_is_sent_again_until_it_is_settled() {
        let (mut sequences, partition) = (Sequences::default(), TopicPartition::new("t", 0));
        assert!(!sequences.may_send(&partition, None), "without an identity nothing is sent");
        let identity = (ProducerId(7), ProducerEpoch(0));
        sequences.acquired(identity);
        assert_eq!(sequences.number(&partition, 3), Some((identity, 0)));
        assert_eq!(sequences.number(&partition, 2), Some((identity, 3)));
        assert!(sequences.may_send(&partition, Some(0)) && !sequences.may_send(&partition, Some(3)));
        sequences.acknowledged(&partition, identity, 0, 3);
        assert!(sequences.may_send(&partition, Some(3)) && sequences.is_next(&partition, 3));
    }

    #[test]
    fn a_gap_begins_the_partition_anew_under_the_next_epoch() {
        let (mut sequences, partition) = (Sequences::default(), TopicPartition::new("t", 0));
        sequences.acquired((ProducerId(7), ProducerEpoch(0)));
        let (identity, first) = sequences.number(&partition, 3).expect("an identity");
        sequences.given_up(&partition, identity, first, true);
        assert_eq!(sequences.raise_epoch().len(), 1);
        assert_eq!(sequences.number(&partition, 1), Some(((ProducerId(7), ProducerEpoch(1)), 0)));
    }

    #[test]
    fn what_follows_a_batch_that_is_left_out_takes_its_numbers() {
        let (mut sequences, partition) = (Sequences::default(), TopicPartition::new("t", 0));
        let identity = (ProducerId(7), ProducerEpoch(0));
        sequences.acquired(identity);
        sequences.number(&partition, 3);
        sequences.number(&partition, 2);
        sequences.left_out(&partition, identity, 0, 3);
        assert!(sequences.stands(&partition, identity, 0) && sequences.is_next(&partition, 0), "the second batch is the first now");
        assert_eq!(sequences.number(&partition, 1), Some((identity, 2)));
        assert!(sequences.take_gaps().is_empty());
    }

    #[test]
    fn sequences_wrap_to_zero() {
        assert_eq!((plus(i32::MAX, 1), plus(i32::MAX - 1, 3), plus(-1, 1)), (0, 1, 0));
    }
}
