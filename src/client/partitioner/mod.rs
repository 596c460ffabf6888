//! Which partition a record goes to: murmur2 for records with a key, KIP-794's stickiness for those without, round robin where it is
//! configured.
//!
//! Choosing only: no records, no batches and no metadata live here.

mod builtin;
mod murmur2;

pub use builtin::{BuiltInPartitioner, StickyPartition};
pub use murmur2::murmur2;

use crate::base::PartitionIndex;
use serde::{Deserialize, Serialize};

/// The sum by which a key chooses its partition, step by step: `(murmur2(key) & 0x7fffffff) % partitions`
/// (`BuiltInPartitioner.partitionForKey`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyPartition {
    /// murmur2 of the key's bytes, as Java's signed int.
    pub hash: i32,
    /// The hash without its sign bit.
    pub masked: i32,
    /// How many partitions the topic has.
    pub partitions: i32,
    /// The remainder.
    pub partition: PartitionIndex,
}

impl KeyPartition {
    /// None where the topic has no partitions.
    pub fn of(key: &[u8], partitions: i32) -> Option<Self> {
        let hash = murmur2(key);
        let masked = hash & i32::MAX;
        (partitions > 0).then(|| Self { hash, masked, partitions, partition: PartitionIndex(masked % partitions) })
    }
}

/// `org.apache.kafka.clients.producer.RoundRobinPartitioner` for one topic: takes turns among the available partitions, whatever the key.
#[derive(Clone, Debug, Default)]
pub struct RoundRobin {
    next: u32,
}

impl RoundRobin {
    /// The next in turn: of the available partitions, or of all where none is available. None where the topic has no partitions.
    pub fn next(&mut self, available: &[PartitionIndex], partitions: i32) -> Option<PartitionIndex> {
        let turn = self.next & i32::MAX as u32;
        self.next = self.next.wrapping_add(1);
        if available.is_empty() {
            return (partitions > 0).then(|| PartitionIndex((turn % partitions as u32) as i32));
        }
        available.get(turn as usize % available.len()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keys_partition_shows_its_sum() {
        let choice = KeyPartition::of(b"foobar", 3).expect("three partitions");
        assert_eq!((choice.hash, choice.masked, choice.partition), (-790_332_482, 1_357_151_166, PartitionIndex(0)));
        assert_eq!(KeyPartition::of(b"foobar", 0), None);
    }

    #[test]
    fn round_robin_takes_turns_among_available_partitions() {
        let mut turns = RoundRobin::default();
        let available = [PartitionIndex(0), PartitionIndex(2)];
        let chosen: Vec<_> = (0..4).filter_map(|_| turns.next(&available, 3)).map(|p| p.0).collect();
        assert_eq!(chosen, [0, 2, 0, 2]);
        assert_eq!(turns.next(&[], 3), Some(PartitionIndex(1)), "with none available, all take part");
    }
}
