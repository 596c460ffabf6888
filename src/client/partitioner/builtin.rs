//! KIP-794: records without a key stay with one partition until `batch.size` bytes went there, then choose anew; a partition with a longer
//! queue is chosen less often (`org.apache.kafka.clients.producer.internals.BuiltInPartitioner`).

use crate::base::{PartitionIndex, Rng};

/// One topic's choice of partitions for records without a key.
#[derive(Clone, Debug, Default)]
pub struct BuiltInPartitioner {
    sticky: Option<StickyPartition>,
    load: Option<LoadStats>,
}

/// The partition that records stay with, and what went there since it was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StickyPartition {
    pub partition: PartitionIndex,
    /// In bytes, as the batches' sizes are estimated.
    pub produced: usize,
}

/// How often each partition is to be chosen: `cumulative[i]` is the sum of the first i + 1 partitions' weights.
#[derive(Clone, Debug)]
struct LoadStats {
    cumulative: Vec<u32>,
    partitions: Vec<PartitionIndex>,
}

impl BuiltInPartitioner {
    /// The partition that the next record goes to; chosen now where there is none. None where the topic has no partitions.
    pub fn current(&mut self, rng: &mut Rng, available: &[PartitionIndex], partitions: i32) -> Option<PartitionIndex> {
        if self.sticky.is_none() {
            self.sticky = self.choose(rng, available, partitions).map(|partition| StickyPartition { partition, produced: 0 });
        }
        self.sticky.map(|sticky| sticky.partition)
    }

    /// What records stay with now, for the eye.
    pub const fn sticky(&self) -> Option<StickyPartition> {
        self.sticky
    }

    /// Counts bytes that went to the current partition. Moves on after `batch_size` bytes where `may_switch` (the partition's last batch is
    /// full, so that moving on breaks no batch up), and after twice as many in any case.
    pub fn appended(&mut self, bytes: usize, batch_size: usize, may_switch: bool) {
        if let Some(sticky) = &mut self.sticky {
            sticky.produced += bytes;
            if sticky.produced >= batch_size && may_switch || sticky.produced >= batch_size.saturating_mul(2) {
                self.sticky = None;
            }
        }
    }

    /// Takes in how many batches wait for each partition that has a leader; `of` is how many partitions the topic has, with or without.
    pub fn update_load(&mut self, queues: &[(PartitionIndex, u32)], of: usize) {
        let longest = queues.iter().map(|(_, length)| *length).max().unwrap_or(0);
        let even = queues.iter().all(|(_, length)| *length == longest);
        if queues.is_empty() || of < 2 || even && queues.len() == of {
            self.load = None;
            return;
        }
        let mut sum = 0;
        let cumulative = queues
            .iter()
            .map(|(_, length)| {
                sum += longest + 1 - length;
                sum
            })
            .collect();
        self.load = Some(LoadStats { cumulative, partitions: queues.iter().map(|(partition, _)| *partition).collect() });
    }

    fn choose(&self, rng: &mut Rng, available: &[PartitionIndex], partitions: i32) -> Option<PartitionIndex> {
        if let Some(load) = &self.load {
            let drawn = rng.below(u64::from(*load.cumulative.last()?)) as u32;
            return load.partitions.get(load.cumulative.partition_point(|sum| *sum <= drawn)).copied();
        }
        if available.is_empty() {
            return (partitions > 0).then(|| PartitionIndex(rng.below(partitions as u64) as i32));
        }
        available.get(rng.below(available.len() as u64) as usize).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(count: i32) -> Vec<PartitionIndex> {
        (0..count).map(PartitionIndex).collect()
    }

    #[test]
    fn records_stay_until_a_batch_is_full() {
        let (mut rng, mut partitioner) = (Rng::stream(1, "test"), BuiltInPartitioner::default());
        let first = partitioner.current(&mut rng, &all(3), 3);
        partitioner.appended(99, 100, true);
        assert_eq!(partitioner.current(&mut rng, &all(3), 3), first);
        partitioner.appended(50, 100, false);
        assert_eq!(partitioner.sticky().map(|sticky| sticky.produced), Some(149), "an unfinished batch holds it");
        partitioner.appended(51, 100, false);
        assert_eq!(partitioner.sticky(), None, "but not beyond twice the size");
    }

    #[test]
    fn a_longer_queue_is_chosen_less_often() {
        let (mut rng, mut partitioner) = (Rng::stream(1, "test"), BuiltInPartitioner::default());
        partitioner.update_load(&[(PartitionIndex(0), 0), (PartitionIndex(1), 3)], 2);
        let mut counts = [0; 2];
        for _ in 0..5_000 {
            let chosen = partitioner.current(&mut rng, &all(2), 2).map_or(0, |partition| partition.0);
            counts[chosen as usize] += 1;
            partitioner.appended(1, 1, true);
        }
        assert!((3_800..4_200).contains(&counts[0]), "4 to 1, not {counts:?}");
    }

    #[test]
    fn even_queues_and_partitions_without_leaders_choose_among_the_available() {
        let (mut rng, mut partitioner) = (Rng::stream(1, "test"), BuiltInPartitioner::default());
        partitioner.update_load(&[(PartitionIndex(0), 2), (PartitionIndex(2), 2)], 3);
        for _ in 0..100 {
            assert_ne!(partitioner.current(&mut rng, &all(3), 3), Some(PartitionIndex(1)));
            partitioner.appended(1, 1, true);
        }
    }
}
