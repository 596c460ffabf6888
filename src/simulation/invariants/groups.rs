//! Consumer groups: who owns what, and what is committed.
//!
//! Kafka's rules: the leader's assignment gives a partition to one member, and members have it only once it is written; a commit is
//! refused from a member of an older generation. So within a generation a partition has one owner, and a group's committed offset grows.
//! Listed exceptions:
//! - a static member that comes back takes over its own partitions in the same generation (KIP-345);
//! - a group that was deleted, or whose partition of `__consumer_offsets` has begun anew, begins at the first generation again; and a
//!   coordinator that is cut off with its ISR and has not heard of the unclean election goes on to count generations of the old life;
//! - a member whose position was reset (`auto.offset.reset`) or sought commits what it reads from there; so does one that a new coordinator
//!   told an older offset, since it did not know the high watermark yet;
//! - a commit that is on its way on a connection which the member has given up may arrive after one on the next (TCP sends again what a cut
//!   held back, also when its sender is gone);
//! - a commit that no member of the group made (kafka-consumer-groups.sh) is whatever was asked for.
//!
//! What counts as committed is what lies below the high watermark of `__consumer_offsets`, whatever a coordinator says that it does.

use super::brokers::{Brokers, OFFSETS_TOPIC};
use super::{Findings, Invariant};
use crate::base::SortedMap;
use crate::base::{ConnectionId, Event, EventId, EventKind, GenerationId, Offset, PartitionIndex, TopicPartition};
use crate::broker::Broker;
use crate::client::Consumer;
use crate::coordinator::group::GroupRecord;
use crate::coordinator::group::partition::partition_for;
use crate::coordinator::runtime::LogRecord;
use crate::wire::{ApiKey, Batch};
use std::collections::VecDeque;
use std::sync::Arc;

/// Of how many generations the owners are kept for each group: members are told of theirs late, but not so late.
const GENERATIONS_KEPT: usize = 8;

/// Of how many OffsetCommit requests of a group the connection is kept.
const SENT_KEPT: usize = 64;

#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    groups: SortedMap<Arc<str>, Arc<Group>>,
}

#[derive(Clone, Debug, Default)]
struct Group {
    /// Who has assigned last, oldest first.
    assigned: VecDeque<Assigned>,
    /// By the life of its partition of `__consumer_offsets` and by generation.
    owners: SortedMap<(i64, GenerationId), SortedMap<TopicPartition, Owner>>,
    committed: SortedMap<TopicPartition, CommittedOffset>,
    /// The connections of members' OffsetCommit requests, oldest first.
    sent: VecDeque<(EventId, ConnectionId)>,
    /// Where a member's position was moved to, or an offset was set by hand, below what was committed then, the lowest: commits may go back
    /// so far, once.
    sought: SortedMap<TopicPartition, Offset>,
}

/// A coordinator has the leader's assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Assigned {
    event: EventId,
    generation: GenerationId,
    /// Of the partition of `__consumer_offsets`, as this coordinator knows it.
    life: i64,
}

/// A member, by its client's name and `group.instance.id`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Owner {
    client: Arc<str>,
    instance: Option<String>,
}

#[derive(Clone, Copy, Debug)]
struct CommittedOffset {
    offset: Offset,
    /// How often the two partitions, that of `__consumer_offsets` and the group's, had begun anew by then.
    renewals: i64,
}

impl Groups {
    fn group(&mut self, id: &Arc<str>) -> &mut Group {
        Arc::make_mut(self.groups.entry(Arc::clone(id)).or_default())
    }

    pub(super) fn observe_member(&mut self, consumer: &Consumer, events: &[Event], findings: &mut Findings<'_>) {
        for event in events {
            match &event.kind {
                EventKind::Assigned { client, group, generation, partitions } => {
                    let owner = Owner { client: Arc::clone(client), instance: consumer.config().group_instance_id.clone() };
                    let known = self.group(group);
                    if let Some(life) = known.life_of(*generation, event.cause) {
                        known.assign(group, (life, *generation), &owner, partitions, findings);
                    }
                }
                EventKind::Request { connection, api, .. } if *api == ApiKey::OffsetCommit as i16 => {
                    if let Some(id) = consumer.group() {
                        self.group(id).sends(event.id, *connection);
                    }
                }
                EventKind::Sought { partition, position, .. } => {
                    if let Some(id) = consumer.group() {
                        self.group(id).seek(partition, *position);
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn observe_coordinator(&mut self, broker: &Broker, events: &[Event], brokers: &Brokers, findings: &mut Findings<'_>) {
        for event in events {
            match &event.kind {
                EventKind::GroupDeleted { group } => {
                    self.groups.remove(group);
                }
                EventKind::GroupState { group, state, generation, .. } if &**state == "Stable" => {
                    if let Some(life) = life_of_log(broker, group, brokers) {
                        self.group(group).assigned(Assigned { event: event.id, generation: *generation, life });
                    }
                }
                EventKind::OffsetCommitted { group, partition, offset } => {
                    let known = self.group(group);
                    // Members are refused where there are none: such a commit is from outside.
                    if known.is_late(event.cause) || !has_members(broker, group) {
                        known.seek(partition, *offset);
                    }
                }
                _ => {}
            }
        }
        for (log, batch) in std::mem::take(&mut findings.coordinated) {
            self.take(&log, &batch, brokers, findings);
        }
    }

    /// More of `__consumer_offsets` is committed.
    fn take(&mut self, log: &TopicPartition, batch: &Batch, brokers: &Brokers, findings: &mut Findings<'_>) {
        let Ok(records) = batch.records() else { return };
        for record in records.map_while(Result::ok) {
            let Some(key) = record.key else { continue };
            let Some(GroupRecord::Offset { group, topic, partition, value }) = GroupRecord::decode(LogRecord { key, value: record.value })
            else {
                continue;
            };
            let partition = TopicPartition { topic, partition: PartitionIndex(partition) };
            let Some(value) = value else {
                self.group(&group).committed.remove(&partition);
                continue;
            };
            let renewals = brokers.renewals(&partition) + brokers.renewals(log);
            let now = CommittedOffset { offset: Offset(value.offset), renewals };
            self.group(&group).commit(&group, &partition, now, findings);
        }
    }
}

/// The life of the group's partition of `__consumer_offsets` that its coordinator knows: that of everybody, or one that has ended.
fn life_of_log(broker: &Broker, group: &str, brokers: &Brokers) -> Option<i64> {
    let topic = broker.image().topic(OFFSETS_TOPIC)?;
    let log = topic.partition_name(partition_for(group, i32::try_from(topic.partitions.len()).ok()?));
    let epoch = broker.replicas().partition(&log)?.leader_epoch();
    Some(if epoch < brokers.since(&log) { -1 - i64::from(epoch.0) } else { brokers.renewals(&log) })
}

fn has_members(broker: &Broker, id: &str) -> bool {
    broker.groups().any(|(_, groups)| groups.group(id).is_some_and(|group| !group.members.is_empty()))
}

impl Group {
    fn sends(&mut self, request: EventId, connection: ConnectionId) {
        if self.sent.len() == SENT_KEPT {
            self.sent.pop_front();
        }
        self.sent.push_back((request, connection));
    }

    /// Whether a request came on a connection that its sender has given up for another. (What a member commits as soon as it has read it has
    /// that for its cause.)
    fn is_late(&self, request: Option<EventId>) -> bool {
        let sent = self.sent.iter().find(|(event, _)| Some(*event) == request);
        let is_newer = |(_, old): &(EventId, ConnectionId), new: &ConnectionId| new.opener == old.opener && new.number > old.number;
        sent.is_some_and(|old| self.sent.iter().any(|(_, new)| is_newer(old, new)))
    }

    fn assigned(&mut self, assigned: Assigned) {
        if self.assigned.len() == GENERATIONS_KEPT {
            self.assigned.pop_front();
        }
        self.assigned.push_back(assigned);
    }

    /// In which life a member's assignment was made: that of its cause, or, of a member that asked later, the only one with this generation.
    fn life_of(&self, generation: GenerationId, cause: Option<EventId>) -> Option<i64> {
        let mut of_generation = self.assigned.iter().filter(|assigned| assigned.generation == generation);
        let caused = of_generation.clone().find(|assigned| Some(assigned.event) == cause);
        let first = of_generation.next()?;
        caused.or_else(|| of_generation.all(|other| other.life == first.life).then_some(first)).map(|assigned| assigned.life)
    }

    fn assign(
        &mut self,
        id: &str,
        generation: (i64, GenerationId),
        owner: &Owner,
        partitions: &[TopicPartition],
        findings: &mut Findings<'_>,
    ) {
        let owners = self.owners.entry(generation).or_default();
        for partition in partitions {
            let before = owners.insert(partition.clone(), owner.clone());
            let Some(before) = before.filter(|before| before.client != owner.client) else { continue };
            if before.instance.is_none() || before.instance != owner.instance {
                let text = format!(
                    "In generation {} of group {id}, {partition} belongs to {} and to {}.",
                    generation.1, before.client, owner.client
                );
                findings.add(Invariant::OneOwnerAGeneration, text);
            }
        }
        while self.owners.len() > GENERATIONS_KEPT {
            self.owners.pop_first();
        }
    }

    /// A position is moved, or an offset set.
    fn seek(&mut self, partition: &TopicPartition, to: Offset) {
        if self.committed.get(partition).is_some_and(|committed| committed.offset > to) {
            let lowest = self.sought.entry(partition.clone()).or_insert(to);
            *lowest = (*lowest).min(to);
        }
    }

    fn commit(&mut self, id: &str, partition: &TopicPartition, now: CommittedOffset, findings: &mut Findings<'_>) {
        let before = self.committed.insert(partition.clone(), now).filter(|before| before.renewals == now.renewals);
        if before.is_some_and(|before| before.offset <= now.offset) {
            return;
        }
        let sought = self.sought.remove(partition).is_some_and(|sought| sought <= now.offset);
        if let Some(before) = before.filter(|_| !sought) {
            let text = format!("Group {id} had committed {partition} at {} and commits {} now.", before.offset, now.offset);
            findings.add(Invariant::CommittedOffsetsNeverGoBack, text);
        }
    }
}
