//! Partitions on brokers: who leads, what is committed, what replicas have of it, what clients are told.
//!
//! Kafka's rules: at most one leader in an epoch; acks=all is answered when the high watermark has passed the record; consumers read below
//! the high watermark; the high watermark never falls. Listed exceptions, beside those of [`super::committed`]:
//! - a new leader's high watermark may be behind its predecessor's, until its followers have fetched (KIP-207 hides it from clients);
//! - a broker that starts again begins at its last checkpoint of the high watermark;
//! - a follower takes over its new leader's high watermark;
//! - a broker that has started and that the controller has not let in yet serves nobody, whatever it takes itself for.

use super::committed::{Committed, Replica, Seen};
use super::{Findings, Invariant, Level};
use crate::base::{Event, EventKind, LeaderEpoch, NodeId, Offset, PartitionIndex, ProcessId, TopicPartition, Uuid};
use crate::base::{SortedMap, SortedSet};
use crate::broker::partition::Partition;
use crate::broker::{Broker, BrokerDisk};
use crate::controller::MetadataImage;
use crate::controller::image::PartitionImage;
use std::sync::Arc;

pub(super) const OFFSETS_TOPIC: &str = "__consumer_offsets";

/// A partition of a topic that lived: topics of one name are told apart.
type Identity = (Uuid, PartitionIndex);

/// What is known of all partitions, and of all brokers' replicas.
#[derive(Clone, Debug, Default)]
pub(super) struct Brokers {
    partitions: SortedMap<Identity, Arc<Committed>>,
    /// Every topic that had this name.
    ids: SortedMap<Arc<str>, SortedSet<Uuid>>,
    /// Each broker's replicas as they were seen last.
    seen: SortedMap<ProcessId, SortedMap<TopicPartition, (Uuid, Seen)>>,
    /// The newest metadata that a broker has had: who may lead without all that is committed is seen as it changes.
    image: MetadataImage,
}

impl Brokers {
    /// A broker's process begins anew.
    pub(super) fn restarted(&mut self, process: ProcessId) {
        self.seen.remove(&process);
    }

    /// A broker ended without a word, and this is its disk.
    pub(super) fn failed(&mut self, node: NodeId, disk: &BrokerDisk) {
        for (name, replica) in disk.replicas() {
            if let Some(committed) = self.partitions.get_mut(&(replica.topic_id, name.partition)) {
                Arc::make_mut(committed).fail(node, &replica.log);
            }
        }
    }

    pub(super) fn observe(&mut self, level: Level, broker: &Broker, events: &[Event], findings: &mut Findings<'_>) {
        if !broker.listens() {
            return;
        }
        self.look_for_outsiders(broker.image());
        let process = findings.process;
        let Self { partitions, ids, seen, .. } = self;
        let seens = seen.entry(process).or_default();
        let mut look = |name: &TopicPartition, partition: &Partition| {
            let replica = replica(name, partition, broker);
            let id = partition.topic_id();
            let before = seens.get(name).filter(|(known, _)| *known == id).map(|(_, seen)| seen);
            if before.is_some_and(|seen| seen.is_still(&replica)) {
                return;
            }
            let committed = partitions.entry((id, name.partition)).or_insert_with(|| {
                ids.entry(Arc::clone(&name.topic)).or_default().insert(id);
                Arc::default()
            });
            let committed = Arc::make_mut(committed);
            if level == Level::Everything && partition.log().config().compacted {
                committed.keep_records();
            }
            let now = committed.observe(before, &replica, findings);
            seens.insert(name.clone(), (id, now));
        };
        if level == Level::Everything {
            for (name, partition) in broker.replicas().partitions() {
                look(name, partition);
            }
            return self.compacted(broker, events, findings);
        }
        for name in events.iter().filter_map(|event| partition_of(&event.kind)) {
            if let Some(partition) = broker.replicas().partition(name) {
                look(name, partition);
            }
        }
    }

    fn look_for_outsiders(&mut self, image: &MetadataImage) {
        if image.next_offset() <= self.image.next_offset() {
            return;
        }
        for topic in image.topics() {
            let before = self.image.topic(&topic.name).filter(|before| before.id == topic.id);
            if before.is_some_and(|before| Arc::ptr_eq(before, topic)) {
                continue;
            }
            for (index, partition) in topic.iter() {
                let known = before.and_then(|before| before.partition(index));
                let outsiders = outsiders(known, partition);
                if !outsiders.is_empty()
                    && let Some(committed) = self.partitions.get_mut(&(topic.id, index))
                {
                    Arc::make_mut(committed).keep_outsiders(outsiders);
                }
            }
        }
        self.image = image.clone();
    }

    /// Looks at the logs that a broker has compacted.
    fn compacted(&self, broker: &Broker, events: &[Event], findings: &mut Findings<'_>) {
        let Some(seens) = self.seen.get(&findings.process) else { return };
        for event in events {
            let EventKind::Compacted { partition: name, to, .. } = &event.kind else { continue };
            let (Some(partition), Some((id, seen))) = (broker.replicas().partition(name), seens.get(name)) else { continue };
            if let Some(committed) = self.partitions.get(&(*id, name.partition)) {
                committed.compacted(seen, &replica(name, partition, broker), *to, findings);
            }
        }
    }

    /// A producer with acks=all has been told that records are written.
    pub(super) fn acknowledged(&self, events: &[Event], findings: &mut Findings<'_>) {
        for event in events {
            let EventKind::Acknowledged { client, partition, offset } = &event.kind else { continue };
            if offset.0 >= 0 && self.committed_end(partition).is_some_and(|end| *offset >= end) {
                let text = format!("{client} was told that {partition} has its record at {offset}, which is not committed.");
                findings.add(Invariant::NothingAcknowledgedIsLost, text);
            }
        }
    }

    /// A consumer's application was given records.
    pub(super) fn consumed(&self, events: &[Event], findings: &mut Findings<'_>) {
        for event in events {
            let EventKind::Consumed { client, partition, position, .. } = &event.kind else { continue };
            if self.committed_end(partition).is_some_and(|end| *position > end) {
                let text = format!("{client} has read {partition} up to {position}, which is not committed.");
                findings.add(Invariant::ReadsAreCommitted, text);
            }
        }
    }

    /// Up to where the partition is committed, of whichever topic of that name; none where that cannot be said, since it has begun anew.
    fn committed_end(&self, name: &TopicPartition) -> Option<Offset> {
        let mut of_name = self.of_name(name).peekable();
        of_name.peek()?;
        let mut end = Offset(0);
        for committed in of_name {
            if committed.since() >= LeaderEpoch(0) {
                return None;
            }
            end = end.max(committed.end());
        }
        Some(end)
    }

    /// How often the partitions of this name have begun anew, as a number that grows.
    pub(super) fn renewals(&self, name: &TopicPartition) -> i64 {
        self.of_name(name).map(|committed| i64::from(committed.since().0) + 2).sum()
    }

    /// The leader epoch since which the partition of this name goes on as it is; -1: since its beginning.
    pub(super) fn since(&self, name: &TopicPartition) -> LeaderEpoch {
        self.of_name(name).map(Committed::since).max().unwrap_or(LeaderEpoch(-1))
    }

    fn of_name(&self, name: &TopicPartition) -> impl Iterator<Item = &Committed> {
        let ids = self.ids.get(&name.topic).into_iter().flatten();
        ids.filter_map(|id| self.partitions.get(&(*id, name.partition)).map(Arc::as_ref))
    }
}

fn replica<'a>(name: &'a TopicPartition, partition: &'a Partition, broker: &Broker) -> Replica<'a> {
    let leads = partition.is_leader();
    let recovers = leads && broker.image().partition(name).is_some_and(|image| image.is_recovering);
    Replica {
        name,
        node: broker.node(),
        log: partition.log(),
        high_watermark: partition.high_watermark(),
        epoch: partition.leader_epoch(),
        leads,
        recovers,
    }
}

/// Brokers that may lead without all that is committed, by what has become of a partition's metadata: those that are eligible and no
/// replicas, and those that a cancelled reassignment puts in the place of an ISR of nothing but added replicas.
fn outsiders(before: Option<&PartitionImage>, now: &PartitionImage) -> Vec<NodeId> {
    let moves = |partition: &PartitionImage| !partition.adding_replicas.is_empty() || !partition.removing_replicas.is_empty();
    let reverted =
        before.is_some_and(|before| moves(before) && !moves(now) && before.isr.iter().all(|node| before.adding_replicas.contains(node)));
    let put_in = now.isr.iter().filter(|node| reverted && before.is_some_and(|before| !before.isr.contains(node)));
    let eligible = now.eligible_leader_replicas.iter().filter(|node| !now.replicas.contains(node));
    put_in.chain(eligible).copied().collect()
}

/// The partition whose replica an event speaks of.
const fn partition_of(kind: &EventKind) -> Option<&TopicPartition> {
    match kind {
        EventKind::Appended { partition, .. }
        | EventKind::Replicated { partition, .. }
        | EventKind::Truncated { partition, .. }
        | EventKind::HighWatermark { partition, .. }
        | EventKind::LogStart { partition, .. } => Some(partition),
        _ => None,
    }
}
