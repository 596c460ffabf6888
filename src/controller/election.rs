//! What partitions become when their brokers come and go (`ReplicationControlManager.generateLeaderAndIsrUpdates`), and the rules that
//! elections go by: who may lead, how many must be in sync, whether an unclean election is allowed.

use super::config::{BrokerSettings, TOPIC_KEYS, Value, find};
use super::image::{ConfigResource, MetadataImage, PartitionImage, TopicImage};
use super::partition_change::{Election, PartitionChange};
use crate::base::{NodeId, PartitionIndex, Uuid};
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
    /// It is gone for good.
    Unregistered(NodeId),
}

/// What elections go by: the cluster, and what counts on this controller.
#[derive(Clone, Copy)]
pub(super) struct ElectionRules<'a> {
    pub image: &'a MetadataImage,
    pub settings: &'a BrokerSettings,
    /// The controller's node, whose own dynamic settings count too.
    pub node: NodeId,
}

impl ElectionRules<'_> {
    /// The changes of all partitions that follow from a broker's.
    pub(super) fn partition_changes(&self, change: BrokerChange) -> Vec<MetadataRecord> {
        let mut records = Vec::new();
        for topic in self.image.topics() {
            for (index, partition) in topic.iter().filter(|(_, partition)| concerns(partition, change)) {
                records.extend(self.partition_change(topic, index, partition, change).map(MetadataRecord::PartitionChange));
            }
        }
        records
    }

    fn partition_change(
        &self,
        topic: &TopicImage,
        index: PartitionIndex,
        partition: &PartitionImage,
        change: BrokerChange,
    ) -> Option<PartitionChangeRecord> {
        let acceptable = |id: NodeId| match change {
            BrokerChange::Unfenced(added) => id == added || self.image.is_active(id),
            BrokerChange::Fenced(gone)
            | BrokerChange::UncleanShutdown(gone)
            | BrokerChange::ControlledShutdown(gone)
            | BrokerChange::Unregistered(gone) => id != gone && self.image.is_active(id),
        };
        self.change(topic, index, partition, &acceptable, |next| {
            next.election = self.automatic_election(&topic.name);
            match change {
                BrokerChange::Unfenced(_) => {}
                BrokerChange::Fenced(gone) | BrokerChange::ControlledShutdown(gone) | BrokerChange::Unregistered(gone) => {
                    next.isr.retain(|id| *id != gone);
                }
                BrokerChange::UncleanShutdown(gone) => {
                    next.isr.retain(|id| *id != gone);
                    next.unclean_shutdown = Some(gone);
                }
            }
        })
    }

    /// What a partition becomes, once `set` has said what it is to be, if those may lead whom `acceptable` names.
    pub(super) fn change(
        &self,
        topic: &TopicImage,
        index: PartitionIndex,
        partition: &PartitionImage,
        acceptable: &dyn Fn(NodeId) -> bool,
        set: impl FnOnce(&mut PartitionChange<'_>),
    ) -> Option<PartitionChangeRecord> {
        let directory = |id: NodeId| directory(self.image, id);
        let min_isr = self.min_isr(&topic.name).min(topic.partitions.first().map_or(0, |first| first.replicas.len()));
        let mut next = PartitionChange::new(partition, (topic.id, index), acceptable, &directory, min_isr);
        set(&mut next);
        next.build()
    }

    /// How a leader is looked for when nobody asked for an election.
    pub(super) fn automatic_election(&self, topic: &str) -> Election {
        if self.allows_unclean_election(topic) { Election::Unclean } else { Election::Online }
    }

    /// The `min.insync.replicas` that counts for a topic.
    pub(super) fn min_isr(&self, topic: &str) -> usize {
        let value = self.effective(topic, "min.insync.replicas").map_or(1, |value| value.number());
        usize::try_from(value).unwrap_or(1)
    }

    pub(super) fn allows_unclean_election(&self, topic: &str) -> bool {
        self.effective(topic, "unclean.leader.election.enable") == Some(Value::Boolean(true))
    }

    /// A config that is of the same name for topics and for brokers: the topic's, else this node's, else the cluster's, else that which the
    /// controller was started with.
    fn effective(&self, topic: &str, name: &str) -> Option<Value> {
        let layers = [ConfigResource::topic(topic), ConfigResource::broker(self.node), ConfigResource::all_brokers()];
        let key = find(TOPIC_KEYS, name)?;
        let set = layers.iter().find_map(|resource| self.image.configs(resource).get(name).cloned());
        let set = set.and_then(|text| key.parse(&text).ok());
        set.or_else(|| self.settings.topic_default(name)).or_else(|| key.parse(key.default?).ok())
    }
}

fn concerns(partition: &PartitionImage, change: BrokerChange) -> bool {
    match change {
        BrokerChange::Unfenced(_) => partition.leader.is_none(),
        BrokerChange::Fenced(id) | BrokerChange::ControlledShutdown(id) => partition.isr.contains(&id),
        BrokerChange::UncleanShutdown(id) | BrokerChange::Unregistered(id) => {
            partition.isr.contains(&id) || partition.eligible_leader_replicas.contains(&id)
        }
    }
}

/// Where a broker puts a new replica: its directory, if it has but one; else it chooses by itself.
pub(super) fn directory(image: &MetadataImage, id: NodeId) -> Uuid {
    match image.broker(id).map(|broker| broker.directories.as_slice()) {
        Some([only]) => *only,
        _ => Uuid::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::TopicPartition;
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
            directories: vec![Uuid::ZERO; replicas.len()],
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

    fn changes(image: &MetadataImage, change: BrokerChange) -> Vec<MetadataRecord> {
        ElectionRules { image, settings: &BrokerSettings::default(), node: NodeId(9) }.partition_changes(change)
    }

    fn fence(image: &mut MetadataImage, id: i32, fenced: i8, change: BrokerChange) {
        let mut records =
            vec![MetadataRecord::BrokerRegistrationChange(BrokerRegistrationChangeRecord { broker_id: id, fenced, ..Default::default() })];
        records.extend(changes(image, change));
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
        assert!(changes(&cluster(&[1]), BrokerChange::Fenced(NodeId(2))).is_empty());
    }
}
