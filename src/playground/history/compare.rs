//! Two courses of events side by side: what was done in each after they parted, and what is different at the same moment.

use super::{History, Target};
use crate::base::{GenerationId, Instant, LeaderEpoch, NodeId, Offset, TopicPartition};
use crate::base::{SortedMap, SortedSet};
use crate::controller::MetadataImage;
use crate::playground::Session;
use crate::playground::outcome::Refusal;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is different. Pairs are of the first and of the second history, in this order; what is alike is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    pub names: [Arc<str>; 2],
    /// Until when both are one.
    pub parted: Instant,
    /// The moment at which they are compared: the end of the shorter one.
    pub at: Instant,
    /// What was done in each until then, after they parted.
    pub inputs: [Vec<(Instant, Arc<str>)>; 2],
    pub partitions: Vec<PartitionDifference>,
    pub committed: Vec<CommittedDifference>,
    pub generations: Vec<(Arc<str>, [Option<GenerationId>; 2])>,
    pub records: Vec<RecordsDifference>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartitionDifference {
    pub partition: TopicPartition,
    /// None where there is no such partition.
    pub states: [Option<PartitionState>; 2],
}

/// A partition as its leader has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartitionState {
    pub leader: Option<NodeId>,
    pub epoch: LeaderEpoch,
    pub isr: Vec<NodeId>,
    /// None while it has no leader that lives.
    pub log_end: Option<Offset>,
    pub high_watermark: Option<Offset>,
}

/// Up to where a group has committed a partition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CommittedDifference {
    pub group: Arc<str>,
    pub partition: TopicPartition,
    pub offsets: [Option<Offset>; 2],
}

/// How many of a partition's records were acknowledged, and how many of those are lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordsDifference {
    pub partition: TopicPartition,
    pub acknowledged: [u64; 2],
    pub lost: [u64; 2],
}

impl History {
    /// Compares two courses by name, at the end of the one that was played less far.
    ///
    /// # Errors
    /// There is none of one of the names.
    pub fn compare(&self, one: &str, other: &str) -> Result<Comparison, Refusal> {
        let (mut first, mut second) = (self.looking_at(one)?, self.looking_at(other)?);
        let at = first.end().at.min(second.end().at);
        first.seek(Target::Time(at))?;
        second.seek(Target::Time(at))?;
        let shared =
            first.inputs().iter().zip(second.inputs()).take_while(|(a, b)| a.point() == b.point() && a.command == b.command).count();
        let after = |history: &Self| -> Vec<(Instant, Arc<str>)> {
            let inputs = history.inputs().iter().take(history.applied()).skip(shared);
            inputs.map(|input| (input.at, Arc::clone(&input.text))).collect()
        };
        let firsts = [first.inputs().get(shared), second.inputs().get(shared)];
        let parted = firsts.into_iter().flatten().map(|input| input.at).min().unwrap_or(at);
        let sessions = [first.session(), second.session()];
        Ok(Comparison {
            names: [one.into(), other.into()],
            parted,
            at,
            inputs: [after(&first), after(&second)],
            partitions: different(sessions.map(partitions)).map(|(partition, states)| PartitionDifference { partition, states }).collect(),
            committed: different(sessions.map(committed))
                .map(|((group, partition), offsets)| CommittedDifference { group, partition, offsets })
                .collect(),
            generations: different(sessions.map(generations)).collect(),
            records: different(sessions.map(records))
                .map(|(partition, counts)| {
                    let [a, b] = counts.map(Option::unwrap_or_default);
                    RecordsDifference { partition, acknowledged: [a.0, b.0], lost: [a.1, b.1] }
                })
                .collect(),
        })
    }

    /// The same histories, with this one looked at.
    fn looking_at(&self, name: &str) -> Result<Self, Refusal> {
        let mut history = self.clone();
        history.switch(name)?;
        Ok(history)
    }
}

/// What only one of them has, or has otherwise.
fn different<K: Ord + Clone, V: PartialEq + Clone>([a, b]: [SortedMap<K, V>; 2]) -> impl Iterator<Item = (K, [Option<V>; 2])> {
    let keys: SortedSet<K> = a.keys().chain(b.keys()).cloned().collect();
    keys.into_iter().filter_map(move |key| {
        let pair = [a.get(&key).cloned(), b.get(&key).cloned()];
        (pair[0] != pair[1]).then_some((key, pair))
    })
}

fn newest_image(session: &Session) -> Option<&MetadataImage> {
    session.simulation().brokers().map(crate::broker::Broker::image).max_by_key(|image| image.next_offset())
}

fn partitions(session: &Session) -> SortedMap<TopicPartition, PartitionState> {
    let mut states = SortedMap::new();
    for topic in newest_image(session).into_iter().flat_map(MetadataImage::topics).filter(|topic| !topic.name.starts_with("__")) {
        for (index, partition) in topic.iter() {
            let name = topic.partition_name(index);
            let leader = partition.leader.and_then(|leader| session.simulation().broker(leader));
            let replica = leader.and_then(|leader| leader.replicas().partition(&name));
            let state = PartitionState {
                leader: partition.leader,
                epoch: partition.leader_epoch,
                isr: partition.isr.clone(),
                log_end: replica.map(|replica| replica.log().end_offset()),
                high_watermark: replica.map(crate::broker::partition::Partition::high_watermark),
            };
            states.insert(name, state);
        }
    }
    states
}

fn committed(session: &Session) -> SortedMap<(Arc<str>, TopicPartition), Offset> {
    let mut offsets = SortedMap::new();
    for (_, shard) in session.simulation().brokers().flat_map(crate::broker::Broker::groups) {
        for group in shard.groups() {
            for (topic, partitions) in shard.offsets().of_group(&group.id) {
                for (partition, committed) in partitions {
                    let partition = TopicPartition::new(Arc::clone(topic), *partition);
                    offsets.insert((Arc::clone(&group.id), partition), committed.offset);
                }
            }
        }
    }
    offsets
}

fn generations(session: &Session) -> SortedMap<Arc<str>, GenerationId> {
    let shards = session.simulation().brokers().flat_map(crate::broker::Broker::groups);
    shards.flat_map(|(_, shard)| shard.groups().map(|group| (Arc::clone(&group.id), group.generation)).collect::<Vec<_>>()).collect()
}

fn records(session: &Session) -> SortedMap<TopicPartition, (u64, u64)> {
    session.ledger().partitions().map(|(name, records)| (name.clone(), (records.total, records.lost))).collect()
}
