//! What a producer keeps of each topic that it writes to: how it chooses partitions there, and when it last wrote.

use super::config::{PartitionerClass, ProducerConfig};
use super::record::ProducerRecord;
use crate::base::{Duration, Instant, PartitionIndex, Rng};
use crate::base::{SortedMap, SortedSet};
use crate::client::metadata::Topic as KnownTopic;
use crate::client::partitioner::{BuiltInPartitioner, KeyPartition, RoundRobin, StickyPartition};
use std::sync::Arc;

#[derive(Clone, Debug, Default)]
struct Topic {
    built_in: BuiltInPartitioner,
    round_robin: RoundRobin,
    /// The partitions that ever had a batch.
    used: SortedSet<PartitionIndex>,
    last_used: Instant,
}

/// How a record's partition was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// By hand, by key or in turn.
    Fixed(PartitionIndex),
    /// The sticky one, which is to be told of the bytes that go there.
    Sticky(PartitionIndex),
}

impl Choice {
    pub const fn partition(self) -> PartitionIndex {
        match self {
            Self::Fixed(partition) | Self::Sticky(partition) => partition,
        }
    }
}

/// All topics that a producer writes to.
#[derive(Clone, Debug, Default)]
pub(super) struct Topics {
    topics: SortedMap<Arc<str>, Topic>,
}

impl Topics {
    /// Chooses a record's partition (`KafkaProducer.partition`). None: not one that the topic has.
    pub fn choose(&mut self, rng: &mut Rng, config: &ProducerConfig, known: &KnownTopic, record: &ProducerRecord) -> Option<Choice> {
        let count = known.partitions.len() as i32;
        let topic = self.topics.entry(known.name.clone()).or_default();
        if let Some(partition) = record.partition {
            return (partition < count).then_some(Choice::Fixed(PartitionIndex(partition)));
        }
        if config.partitioner_class == PartitionerClass::RoundRobin {
            return topic.round_robin.next(&known.available, count).map(Choice::Fixed);
        }
        match &record.key {
            Some(key) if !config.partitioner_ignore_keys => KeyPartition::of(key, count).map(|choice| Choice::Fixed(choice.partition)),
            _ => topic.built_in.current(rng, &known.available, count).map(Choice::Sticky),
        }
    }

    /// A record went into a batch: `bytes` more for a sticky partition.
    pub fn appended(&mut self, now: Instant, name: &Arc<str>, choice: Choice, bytes: usize, batch_size: usize, all_full: bool) {
        let topic = self.topics.entry(name.clone()).or_default();
        topic.last_used = now;
        topic.used.insert(choice.partition());
        if matches!(choice, Choice::Sticky(_)) {
            topic.built_in.appended(bytes, batch_size, all_full);
        }
    }

    /// Lets the queues' lengths weigh in, once every partition has been written to.
    pub fn update_load(&mut self, known: &KnownTopic, queue_len: impl Fn(PartitionIndex) -> usize) {
        let Some(topic) = self.topics.get_mut(&known.name) else { return };
        if topic.used.len() < known.partitions.len() {
            return;
        }
        let queues: Vec<_> = known.available.iter().map(|partition| (*partition, queue_len(*partition) as u32)).collect();
        topic.built_in.update_load(&queues, topic.used.len());
    }

    pub fn names(&self) -> impl Iterator<Item = &Arc<str>> {
        self.topics.keys()
    }

    pub fn touch(&mut self, now: Instant, name: &Arc<str>) {
        self.topics.entry(name.clone()).or_default().last_used = now;
    }

    /// Forgets the topics that nobody has written to for so long, and names them.
    pub fn forget_idle(&mut self, now: Instant, idle_max: Duration) -> Vec<Arc<str>> {
        let idle: Vec<_> =
            self.topics.iter().filter(|(_, topic)| now.since(topic.last_used) >= idle_max).map(|(name, _)| name.clone()).collect();
        idle.iter().for_each(|name| drop(self.topics.remove(name)));
        idle
    }

    pub fn sticky(&self) -> impl Iterator<Item = (&Arc<str>, StickyPartition)> {
        self.topics.iter().filter_map(|(name, topic)| Some((name, topic.built_in.sticky()?)))
    }
}
