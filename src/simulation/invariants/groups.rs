//! Consumer groups: who owns what, and what is committed.
//!
//! Kafka's rules: the leader's assignment gives a partition to one member, and members have it only once it is written; a commit is
//! refused from a member of an older generation. So within a generation a partition has one owner, and a group's committed offset grows.
//! Listed exceptions:
//! - a static member that comes back takes over its own partitions in the same generation (KIP-345);
//! - a group that was deleted, or whose partition of `__consumer_offsets` has begun anew, begins at the first generation again;
//! - a member whose position was reset (`auto.offset.reset`) or sought commits what it reads from there;
//! - a commit that no member of the group made (kafka-consumer-groups.sh) is whatever was asked for.

use super::brokers::{Brokers, OFFSETS_TOPIC};
use super::{Findings, Invariant};
use crate::base::SortedMap;
use crate::base::{Event, EventKind, GenerationId, LeaderEpoch, Offset, TopicPartition};
use crate::client::Consumer;
use std::collections::VecDeque;
use std::sync::Arc;

/// Of how many generations the owners are kept for each group: members are told of theirs late, but not so late.
const GENERATIONS_KEPT: usize = 8;
/// How many commits may wait for their partition of `__consumer_offsets` to be committed; the oldest are forgotten beyond.
const WRITTEN_KEPT: usize = 1_024;

#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    groups: SortedMap<Arc<str>, Arc<Group>>,
    /// Commits that are written and not committed, in the order of writing.
    written: VecDeque<Written>,
}

#[derive(Clone, Debug, Default)]
struct Group {
    /// By how often `__consumer_offsets` had begun anew, and by generation.
    owners: SortedMap<(i64, GenerationId), SortedMap<TopicPartition, Owner>>,
    committed: SortedMap<TopicPartition, CommittedOffset>,
    /// Where a member's position was moved to without reading, the lowest: commits may go back so far, once.
    sought: SortedMap<TopicPartition, Offset>,
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

/// A commit, and where in `__consumer_offsets` it was written.
#[derive(Clone, Debug)]
struct Written {
    log: TopicPartition,
    at: Offset,
    epoch: LeaderEpoch,
    group: Arc<str>,
    partition: TopicPartition,
    offset: Offset,
}

impl Groups {
    fn group(&mut self, id: &Arc<str>) -> &mut Group {
        Arc::make_mut(self.groups.entry(Arc::clone(id)).or_default())
    }

    pub(super) fn observe_member(&mut self, consumer: &Consumer, events: &[Event], brokers: &Brokers, findings: &mut Findings<'_>) {
        for event in events {
            match &event.kind {
                EventKind::Assigned { client, group, generation, partitions } => {
                    let owner = Owner { client: Arc::clone(client), instance: consumer.config().group_instance_id.clone() };
                    let generation = (brokers.renewals_of_offsets(), *generation);
                    self.group(group).assign(group, generation, &owner, partitions, findings);
                }
                EventKind::Sought { partition, position, .. } => {
                    if let Some(id) = consumer.group() {
                        let lowest = self.group(id).sought.entry(partition.clone()).or_insert(*position);
                        *lowest = (*lowest).min(*position);
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn observe_coordinator(&mut self, events: &[Event], brokers: &Brokers, findings: &mut Findings<'_>) {
        let mut commits = Vec::new();
        for event in events {
            match &event.kind {
                EventKind::GroupDeleted { group } => {
                    self.groups.remove(group);
                }
                EventKind::OffsetCommitted { group, partition, offset } => commits.push((group, partition, *offset)),
                EventKind::Appended { partition: log, base_offset, .. } if &*log.topic == OFFSETS_TOPIC => {
                    let Some(epoch) = brokers.last_epoch(findings.process, log) else { continue };
                    self.written.extend(commits.drain(..).map(|(group, partition, offset)| Written {
                        log: log.clone(),
                        at: *base_offset,
                        epoch,
                        group: Arc::clone(group),
                        partition: partition.clone(),
                        offset,
                    }));
                }
                _ => {}
            }
        }
        self.settle(brokers, findings);
    }

    /// Takes in the commits that have come to be committed, and forgets those that never will be.
    fn settle(&mut self, brokers: &Brokers, findings: &mut Findings<'_>) {
        if self.written.is_empty() {
            return;
        }
        for commit in std::mem::take(&mut self.written) {
            match brokers.is_committed(&commit.log, commit.at, commit.epoch) {
                None => self.written.push_back(commit),
                Some(false) => {}
                Some(true) => {
                    let renewals = brokers.renewals(&commit.partition) + brokers.renewals(&commit.log);
                    let now = CommittedOffset { offset: commit.offset, renewals };
                    self.group(&commit.group).commit(&commit.group, &commit.partition, now, findings);
                }
            }
        }
        while self.written.len() > WRITTEN_KEPT {
            self.written.pop_front();
        }
    }
}

impl Group {
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

    fn commit(&mut self, id: &str, partition: &TopicPartition, now: CommittedOffset, findings: &mut Findings<'_>) {
        let before = self.committed.insert(partition.clone(), now);
        let Some(before) = before.filter(|before| before.offset > now.offset) else { return };
        let sought = self.sought.remove(partition).is_some_and(|sought| sought <= now.offset);
        if !sought && before.renewals == now.renewals {
            let text = format!("Group {id} had committed {partition} at {} and commits {} now.", before.offset, now.offset);
            findings.add(Invariant::CommittedOffsetsNeverGoBack, text);
        }
    }
}
