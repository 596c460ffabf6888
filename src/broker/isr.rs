//! In-sync replicas from the leader's side: followers that caught up are to join, those that fell behind are to leave; the controller is
//! asked (`Partition.maybeExpandIsr`, `maybeShrinkIsr`, `AlterPartitionManager`, KIP-497).
//!
//! One request is under way at a time, for all partitions that have a wish by then. An answer that concerns the whole request has it sent
//! again; see [`Alteration`] for a partition's own.

use super::channels::{Call, Purpose};
use super::partition::{Alteration, FollowerFetch, PendingIsr};
use super::replica_manager::ReplicaManager;
use super::{Broker, BrokerTimer};
use crate::base::SortedSet;
use crate::base::{Context, Duration, EventKind, NodeId, PartitionIndex, Silent, TopicPartition};
use crate::wire::frame::decode_response;
use crate::wire::messages::alter_partition_request::TopicData;
use crate::wire::messages::{AlterPartitionRequest, AlterPartitionResponse};
use bytes::Bytes;

const VERSION: i16 = 3;
/// How soon what failed is asked again.
const RETRY: Duration = Duration::from_millis(50);

/// What is asked of the controller.
#[derive(Clone, Debug, Default)]
pub(super) struct IsrChanges {
    /// Partitions whose wish has not been sent.
    unsent: SortedSet<TopicPartition>,
    /// Those whose wish is under way, with the partition epoch in which it was made.
    under_way: Vec<(TopicPartition, i32)>,
}

impl ReplicaManager {
    /// What a follower's Fetch tells of a partition. Returns whether the follower is to join the ISR.
    pub(super) fn follower_fetched(&mut self, cx: &mut Context<'_>, name: &TopicPartition, fetch: &FollowerFetch) -> bool {
        let low = self.low_watermark(name);
        let Some(partition) = self.partition_mut(name) else { return false };
        let before = partition.followers().get(&fetch.replica).map(|follower| follower.end_offset);
        if !partition.follower_fetched(fetch, cx.now) {
            return false;
        }
        if before.is_some_and(|before| before > fetch.end_offset) {
            // An older Fetch came late, on a connection that was given up. The follower's session is to tell again where it is.
            self.note_moved(name);
        }
        let joins = self.begin_expansion(cx, name, fetch.replica);
        if before != Some(fetch.end_offset) {
            self.advance_high_watermark(cx, name);
        }
        if self.low_watermark(name) != low {
            self.note_moved(name);
        }
        joins
    }

    /// Has a follower join the ISR, if it has caught up. Returns whether the controller is to be asked.
    fn begin_expansion(&mut self, cx: &mut Context<'_>, name: &TopicPartition, replica: NodeId) -> bool {
        let joins = self.partition(name).is_some_and(|partition| partition.may_join_isr(replica, self.peers()));
        if joins && let Some(partition) = self.partition_mut(name) {
            partition.begin_alteration(PendingIsr::Expand(replica));
            cx.trace(EventKind::CaughtUp { partition: name.clone(), replica });
        }
        joins
    }
}

impl Broker {
    /// A follower has fetched: these partitions it named, of the others that it follows it had everything before.
    pub(super) fn follower_fetched(&mut self, cx: &mut Context<'_>, replica: NodeId, named: &[(TopicPartition, FollowerFetch)]) {
        let cause = cx.cause;
        for (name, fetch) in named {
            if self.replicas.follower_fetched(cx, name, fetch) {
                self.isr_changes.unsent.insert(name.clone());
            }
            cx.cause = cause;
        }
        for name in self.replicas.note_fetch_of(replica, cx.now) {
            if self.replicas.begin_expansion(cx, &name, replica) {
                self.isr_changes.unsent.insert(name);
            }
        }
        self.alter_partitions(cx);
        self.partitions_moved(cx);
        cx.cause = cause;
    }

    /// Looks for followers that have fallen behind, now and every half of `replica.lag.time.max.ms`.
    pub(super) fn shrink_isrs(&mut self, cx: &mut Context<'_>) {
        let lag_max = self.settings().replica_lag_time_max;
        for (name, gone) in self.replicas.out_of_sync(cx.now) {
            for replica in &gone {
                cx.because_of_silence(Silent::Broker { node: *replica }, "fetch requests", lag_max);
                cx.trace(EventKind::FellBehind { partition: name.clone(), replica: *replica });
            }
            if let Some(partition) = self.replicas.partition_mut(&name) {
                partition.begin_alteration(PendingIsr::Shrink(gone));
                self.isr_changes.unsent.insert(name);
            }
        }
        self.alter_partitions(cx);
        cx.by_itself();
        self.timers.set(BrokerTimer::ShrinkIsrs, cx.now + Duration::from_micros(lag_max.as_micros() / 2), None);
    }

    /// Asks the controller for what is wished and has not been asked.
    pub(super) fn alter_partitions(&mut self, cx: &mut Context<'_>) {
        if !self.isr_changes.under_way.is_empty()
            || self.isr_changes.unsent.is_empty()
            || self.timers.due(&BrokerTimer::AlterPartition).is_some()
        {
            return;
        }
        let mut topics: Vec<TopicData> = Vec::new();
        for name in std::mem::take(&mut self.isr_changes.unsent) {
            let Some(partition) = self.replicas.partition(&name) else { continue };
            let Some(wanted) = partition.wanted_isr(self.lifecycle.epoch) else { continue };
            self.isr_changes.under_way.push((name, wanted.partition_epoch));
            match topics.last_mut().filter(|topic| topic.topic_id == partition.topic_id()) {
                Some(topic) => topic.partitions.push(wanted),
                None => topics.push(TopicData { topic_id: partition.topic_id(), partitions: vec![wanted], ..Default::default() }),
            }
        }
        if topics.is_empty() {
            return;
        }
        let mut request =
            AlterPartitionRequest { broker_id: self.node().0, broker_epoch: self.lifecycle.epoch, topics, ..Default::default() };
        self.call(cx, Purpose::AlterPartition, Call::AlterPartition, VERSION, &mut request);
    }

    /// The controller has answered.
    pub(super) fn partitions_altered(&mut self, cx: &mut Context<'_>, frame: &Bytes) {
        let asked = std::mem::take(&mut self.isr_changes.under_way);
        let answer = decode_response::<AlterPartitionResponse>(frame, VERSION).ok().map(|(_, answer)| answer);
        let Some(answer) = answer.filter(|answer| answer.error_code == 0) else {
            self.isr_changes.unsent.extend(asked.into_iter().map(|(name, _)| name));
            self.timers.set(BrokerTimer::AlterPartition, cx.now + RETRY, cx.cause);
            return;
        };
        for (name, epoch) in asked {
            let Some(partition) = self.replicas.partition(&name) else { continue };
            let topic = answer.topics.iter().find(|topic| topic.topic_id == partition.topic_id());
            let of_partition = |index: PartitionIndex| topic?.partitions.iter().find(|told| told.partition_index == index.0);
            let again = match of_partition(name.partition) {
                Some(told) => self.replicas.altered(cx, &name, epoch, told) == Alteration::Again,
                None => true,
            };
            if again {
                self.isr_changes.unsent.insert(name);
                self.timers.set(BrokerTimer::AlterPartition, cx.now + RETRY, cx.cause);
            }
        }
        self.alter_partitions(cx);
        self.partitions_moved(cx);
    }
}
