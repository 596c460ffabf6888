//! How a partition changes when its brokers come and go: ISR, leader, eligible leader replicas (`PartitionChangeBuilder`, KIP-966).

use super::config::{TOPIC_KEYS, Value, find};
use super::image::{ConfigResource, MetadataImage, PartitionImage, TopicImage};
use crate::base::{NodeId, PartitionIndex};
use crate::wire::MetadataRecord;
use crate::wire::messages::PartitionChangeRecord;

/// What happened to a broker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BrokerChange {
    /// It is gone, for now; its log is as it was.
    Fenced(NodeId),
    /// It came back without having said farewell: what it had not flushed is lost.
    UncleanShutdown(NodeId),
    /// It may lead again.
    Unfenced(NodeId),
    /// It is about to stop, and hands over what it leads.
    ControlledShutdown(NodeId),
}

/// The changes of all partitions that follow from a broker's (`generateLeaderAndIsrUpdates`).
pub(super) fn partition_changes(image: &MetadataImage, change: BrokerChange) -> Vec<MetadataRecord> {
    let mut records = Vec::new();
    for topic in image.topics() {
        for (index, partition) in topic.iter() {
            if concerns(partition, change) {
                records.extend(partition_change(image, topic, index, partition, change).map(MetadataRecord::PartitionChange));
            }
        }
    }
    records
}

fn concerns(partition: &PartitionImage, change: BrokerChange) -> bool {
    match change {
        BrokerChange::Unfenced(_) => partition.leader.is_none(),
        BrokerChange::Fenced(id) | BrokerChange::ControlledShutdown(id) => partition.isr.contains(&id),
        BrokerChange::UncleanShutdown(id) => partition.isr.contains(&id) || partition.eligible_leader_replicas.contains(&id),
    }
}

fn partition_change(
    image: &MetadataImage,
    topic: &TopicImage,
    index: PartitionIndex,
    partition: &PartitionImage,
    change: BrokerChange,
) -> Option<PartitionChangeRecord> {
    let without = |removed: NodeId| partition.isr.iter().copied().filter(|id| *id != removed).collect::<Vec<_>>();
    let (isr, acceptable): (_, Box<dyn Fn(NodeId) -> bool>) = match change {
        BrokerChange::Unfenced(added) => (partition.isr.clone(), Box::new(move |id| id == added || image.is_alive(id))),
        BrokerChange::Fenced(gone) | BrokerChange::UncleanShutdown(gone) | BrokerChange::ControlledShutdown(gone) => {
            (without(gone), Box::new(move |id| id != gone && image.is_alive(id)))
        }
    };
    let unclean_shutdown = if let BrokerChange::UncleanShutdown(id) = change { Some(id) } else { None };
    let mut next = Next { partition, isr, elr: partition.eligible_leader_replicas.clone(), leader: partition.leader, unclean: false };
    next.populate_elr(min_isr(image, &topic.name), unclean_shutdown);
    next.elect(&*acceptable, allows_unclean_election(image, &topic.name));
    next.record(topic, index)
}

/// Where a partition is going.
struct Next<'a> {
    partition: &'a PartitionImage,
    isr: Vec<NodeId>,
    elr: Vec<NodeId>,
    leader: Option<NodeId>,
    /// The leader may lack what was committed: what it has counts from now on.
    unclean: bool,
}

impl Next<'_> {
    /// While the ISR is too small, whoever was in it keeps all that is committed, and stays eligible.
    fn populate_elr(&mut self, min_isr: usize, unclean_shutdown: Option<NodeId>) {
        if self.isr.len() >= min_isr.min(self.partition.replicas.len()) {
            self.elr.clear();
            return;
        }
        self.elr.extend(&self.partition.isr);
        self.elr.sort();
        self.elr.dedup();
        self.elr.retain(|id| !self.isr.contains(id) && Some(*id) != unclean_shutdown);
    }

    fn elect(&mut self, acceptable: &dyn Fn(NodeId) -> bool, unclean_allowed: bool) {
        let from_elr = !self.isr.iter().any(|id| acceptable(*id));
        let valid = |id: &NodeId| (self.isr.contains(id) || from_elr && self.elr.contains(id)) && acceptable(*id);
        let clean = self.partition.leader.filter(valid).or_else(|| self.partition.replicas.iter().copied().find(valid));
        let last_known = match self.partition.last_known_elr.as_slice() {
            [last] if self.isr.is_empty() && self.elr.is_empty() && acceptable(*last) => Some(*last),
            _ => None,
        };
        let any = || self.partition.replicas.iter().copied().find(|id| unclean_allowed && acceptable(*id));
        self.leader = clean.or(last_known).or_else(any);
        self.unclean = clean.is_none() && self.leader.is_some();
        if let Some(leader) = self.leader.filter(|leader| self.unclean || self.elr.contains(leader)) {
            self.isr = vec![leader];
            self.elr.retain(|id| !self.unclean && *id != leader);
        }
    }

    /// `None` where nothing changes.
    fn record(&self, topic: &TopicImage, index: PartitionIndex) -> Option<PartitionChangeRecord> {
        let before = self.partition;
        let ids = |nodes: &[NodeId]| nodes.iter().map(|id| id.0).collect::<Vec<_>>();
        let changed = |now: &[NodeId], then: &[NodeId]| (now != then).then(|| ids(now));
        let last_known = self.last_known_leader();
        let record = PartitionChangeRecord {
            partition_id: index.0,
            topic_id: topic.id,
            isr: changed(&self.isr, &before.isr),
            leader: if self.leader == before.leader { LEADER_STAYS } else { self.leader.map_or(NO_LEADER, |id| id.0) },
            leader_recovery_state: if self.unclean && !before.is_recovering { RECOVERING } else { RECOVERY_STAYS },
            eligible_leader_replicas: changed(&self.elr, &before.eligible_leader_replicas),
            last_known_elr: changed(&last_known, &before.last_known_elr),
            ..Default::default()
        };
        let unchanged = PartitionChangeRecord { partition_id: index.0, topic_id: topic.id, ..Default::default() };
        (record != unchanged).then_some(record)
    }

    /// Who led last, while nobody leads: should no replica be eligible, it is the best guess.
    fn last_known_leader(&self) -> Vec<NodeId> {
        let before = self.partition;
        match (self.leader, before.leader) {
            (Some(_), _) => Vec::new(),
            (None, Some(last)) if self.isr.is_empty() => vec![last],
            (None, _) => before.last_known_elr.clone(),
        }
    }
}

const LEADER_STAYS: i32 = -2;
const NO_LEADER: i32 = -1;
const RECOVERY_STAYS: i8 = -1;
const RECOVERING: i8 = 1;

/// The `min.insync.replicas` that counts for a topic.
fn min_isr(image: &MetadataImage, topic: &str) -> usize {
    let value = effective(image, topic, "min.insync.replicas").map_or(1, |value| value.number());
    usize::try_from(value).unwrap_or(1)
}

fn allows_unclean_election(image: &MetadataImage, topic: &str) -> bool {
    effective(image, topic, "unclean.leader.election.enable") == Some(Value::Boolean(true))
}

/// A config that is of the same name for topics and for brokers.
fn effective(image: &MetadataImage, topic: &str, name: &str) -> Option<Value> {
    let layers = [ConfigResource::topic(topic), ConfigResource::all_brokers()];
    let set = layers.iter().find_map(|resource| image.configs(resource).get(name).cloned());
    let key = find(TOPIC_KEYS, name)?;
    key.parse(set.as_deref().or(key.default)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{TopicPartition, Uuid};
    use crate::controller::image::MetadataDelta;
    use crate::wire::messages::{BrokerRegistrationChangeRecord, PartitionRecord, RegisterBrokerRecord, TopicRecord};

    /// Brokers 1 and 2, and partition `t-0` on these replicas.
    fn cluster(replicas: &[i32]) -> MetadataImage {
        let mut image = MetadataImage::default();
        let id = Uuid([1; 16]);
        let broker = |id| MetadataRecord::RegisterBroker(RegisterBrokerRecord { broker_id: id, fenced: false, ..Default::default() });
        let leader = replicas.first().copied().expect("a replica");
        let partition = PartitionRecord {
            partition_id: 0,
            topic_id: id,
            replicas: replicas.to_vec(),
            isr: replicas.to_vec(),
            leader,
            leader_epoch: 0,
            ..Default::default()
        };
        let topic = TopicRecord { name: "t".to_owned(), topic_id: id, ..Default::default() };
        replay(&mut image, vec![broker(1), broker(2), MetadataRecord::Topic(topic), MetadataRecord::Partition(partition)]);
        image
    }

    fn replay(image: &mut MetadataImage, records: Vec<MetadataRecord>) {
        records.iter().for_each(|record| image.replay_record(record, &mut MetadataDelta::default()).expect("fits"));
    }

    fn fence(image: &mut MetadataImage, id: i32, fenced: i8, change: BrokerChange) {
        let mut records =
            vec![MetadataRecord::BrokerRegistrationChange(BrokerRegistrationChangeRecord { broker_id: id, fenced, ..Default::default() })];
        records.extend(partition_changes(image, change));
        replay(image, records);
    }

    fn state(image: &MetadataImage) -> (Option<i32>, i32, Vec<i32>, Vec<i32>) {
        let partition = image.partition(&TopicPartition::new("t", 0)).expect("known");
        let ids = |nodes: &[NodeId]| nodes.iter().map(|id| id.0).collect();
        (partition.leader.map(|id| id.0), partition.leader_epoch.0, ids(&partition.isr), ids(&partition.eligible_leader_replicas))
    }

    #[test]
    fn the_next_replica_in_sync_leads_when_the_leader_is_fenced() {
        let mut image = cluster(&[1, 2]);
        fence(&mut image, 1, 1, BrokerChange::Fenced(NodeId(1)));
        assert_eq!(state(&image), (Some(2), 1, vec![2], vec![]));
    }

    #[test]
    fn the_only_replica_stays_eligible_and_leads_again() {
        let mut image = cluster(&[1]);
        fence(&mut image, 1, 1, BrokerChange::Fenced(NodeId(1)));
        assert_eq!(state(&image), (None, 1, vec![], vec![1]));
        fence(&mut image, 1, -1, BrokerChange::Unfenced(NodeId(1)));
        assert_eq!(state(&image), (Some(1), 2, vec![1], vec![]));
    }

    #[test]
    fn the_last_leader_leads_again_though_it_shut_down_uncleanly() {
        let mut image = cluster(&[1]);
        fence(&mut image, 1, 1, BrokerChange::UncleanShutdown(NodeId(1)));
        assert_eq!(state(&image), (None, 1, vec![], vec![]));
        fence(&mut image, 1, -1, BrokerChange::Unfenced(NodeId(1)));
        assert_eq!(state(&image), (Some(1), 2, vec![1], vec![]));
        assert!(image.partition(&TopicPartition::new("t", 0)).expect("known").is_recovering);
    }

    #[test]
    fn a_follower_that_is_fenced_leaves_the_leader_in_peace() {
        let mut image = cluster(&[1, 2]);
        fence(&mut image, 2, 1, BrokerChange::Fenced(NodeId(2)));
        assert_eq!(state(&image), (Some(1), 0, vec![1], vec![]));
    }

    #[test]
    fn partitions_elsewhere_do_not_change() {
        assert!(partition_changes(&cluster(&[1]), BrokerChange::Fenced(NodeId(2))).is_empty());
    }
}
