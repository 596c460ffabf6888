//! Consumer groups: who owns what, and what is committed.
//!
//! Kafka's rules: the leader's assignment gives a partition to one member, and members have it only once it is written; a commit is
//! refused from a member of an older generation. So within a generation a partition has one owner, and a group's committed offset grows.
//! Listed exceptions:
//! - a static member that comes back takes over its own partitions in the same generation (KIP-345);
//! - a group that was deleted, or whose partition of `__consumer_offsets` has begun anew, begins at the first generation again; and a
//!   coordinator that is cut off with its ISR and has not heard of the unclean election goes on to count generations of the old life;
//! - a member whose position was reset (`auto.offset.reset`, a truncation) or sought commits what it reads from there, also when a commit
//!   from before that is still on its way, or is written and becomes committed only later; so does one that a new coordinator told an older
//!   offset, since it did not know the high watermark yet;
//! - a commit that is on its way on a connection which the member has given up may arrive after one on the next (TCP sends again what a cut
//!   held back, also when its sender is gone);
//! - a commit that no member of the group made (kafka-consumer-groups.sh) is whatever was asked for.
//!
//! What counts as committed is what lies below the high watermark of `__consumer_offsets`, whatever a coordinator says that it does; each
//! commit is judged once, though a log that begins anew may have it committed a second time.

use super::brokers::{Brokers, OFFSETS_TOPIC};
use super::{Findings, Invariant};
use crate::base::SortedMap;
use crate::base::{ConnectionId, Event, EventId, EventKind, GenerationId, Offset, PartitionIndex, TopicPartition};
use crate::broker::Broker;
use crate::client::Consumer;
use crate::client::consumer::AT_COMMITTED;
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

/// Of how many commits of a group that are written and not committed it is kept what they say.
const WRITTEN_KEPT: usize = 512;

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
    /// Members' OffsetCommit requests, oldest first.
    sent: VecDeque<SentCommit>,
    /// Commits that a coordinator has written and that were not committed when they were looked at last.
    written: VecDeque<WrittenCommit>,
    /// Up to where members have read.
    read: SortedMap<TopicPartition, Offset>,
    /// Where a member's position was moved to, or an offset was set by hand, below what was committed then or was on its way, the lowest:
    /// commits may go back so far, once.
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

#[derive(Clone, Copy, Debug)]
struct SentCommit {
    request: EventId,
    /// A commit that is sent as soon as records have been read goes by that.
    cause: Option<EventId>,
    connection: ConnectionId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct WrittenCommit {
    /// The offset of its batch in `__consumer_offsets`.
    at: Offset,
    partition: TopicPartition,
    offset: Offset,
    /// It came on a connection that its sender had given up.
    late: bool,
}

/// How a commit is judged that is committed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comes {
    /// For the first time.
    New,
    /// For the first time, and it came late.
    Late,
    /// A log that began anew has it committed once more.
    Again,
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
                        self.group(id).sends(event.id, event.cause, *connection);
                    }
                }
                EventKind::Consumed { partition, position, .. } => {
                    if let Some(id) = consumer.group() {
                        self.group(id).read.insert(partition.clone(), *position);
                    }
                }
                EventKind::Sought { partition, position, reason, .. } => {
                    if let Some(id) = consumer.group() {
                        self.group(id).member_seeks(partition, *position, reason);
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn observe_coordinator(&mut self, broker: &Broker, events: &[Event], brokers: &Brokers, findings: &mut Findings<'_>) {
        let mut commits = Vec::new();
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
                    let late = known.is_late(event.cause);
                    if !late && !has_members(broker, group) {
                        // Members are refused where there are none: this is from outside.
                        known.seek(partition, *offset);
                    }
                    commits.push((group, partition, *offset, late));
                }
                EventKind::Appended { partition: log, base_offset, .. } if *log.topic == *OFFSETS_TOPIC => {
                    for (group, partition, offset, late) in commits.drain(..) {
                        self.group(group).writes(WrittenCommit { at: *base_offset, partition: partition.clone(), offset, late });
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
        let (base, mut concerned) = (batch.header.base_offset, Vec::new());
        for record in records.map_while(Result::ok) {
            let Some(key) = record.key else { continue };
            let Some(GroupRecord::Offset { group, topic, partition, value }) = GroupRecord::decode(LogRecord { key, value: record.value })
            else {
                continue;
            };
            let partition = TopicPartition { topic, partition: PartitionIndex(partition) };
            let known = self.group(&group);
            if let Some(value) = value {
                let comes = known.comes(base, &partition, Offset(value.offset));
                let renewals = brokers.renewals(&partition) + brokers.renewals(log);
                known.commit(&group, &partition, CommittedOffset { offset: Offset(value.offset), renewals }, comes, findings);
            } else {
                known.committed.remove(&partition);
            }
            concerned.push(group);
        }
        for group in concerned {
            self.group(&group).written.retain(|written| written.at > base);
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
    fn sends(&mut self, request: EventId, cause: Option<EventId>, connection: ConnectionId) {
        if self.sent.len() == SENT_KEPT {
            self.sent.pop_front();
        }
        self.sent.push_back(SentCommit { request, cause, connection });
    }

    /// Whether a request, known by itself or by its cause, came on a connection that its sender has given up for another.
    fn is_late(&self, event: Option<EventId>) -> bool {
        let itself = self.sent.iter().find(|sent| Some(sent.request) == event);
        let sent = itself.or_else(|| self.sent.iter().find(|sent| event.is_some() && sent.cause == event));
        let is_newer = |old: ConnectionId, new: ConnectionId| new.opener == old.opener && new.number > old.number;
        sent.is_some_and(|old| self.sent.iter().any(|new| is_newer(old.connection, new.connection)))
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

    /// A coordinator has written a commit.
    fn writes(&mut self, commit: WrittenCommit) {
        if self.written.len() == WRITTEN_KEPT {
            self.written.pop_front();
        }
        self.written.push_back(commit);
    }

    /// How a commit comes that is committed now, in a batch at this offset.
    fn comes(&self, at: Offset, partition: &TopicPartition, offset: Offset) -> Comes {
        let mut of_batch = self.written.iter().filter(|written| written.at == at).peekable();
        let is_new = of_batch.peek().is_some();
        match of_batch.any(|written| written.late && written.partition == *partition && written.offset == offset) {
            true => Comes::Late,
            false if is_new => Comes::New,
            false => Comes::Again,
        }
    }

    /// A member's position is moved. One that moves its own back may have commits on their way from before.
    fn member_seeks(&mut self, partition: &TopicPartition, to: Offset, reason: &str) {
        if reason != AT_COMMITTED && self.read.get(partition).is_some_and(|read| *read > to) {
            self.may_go_back(partition, to);
        }
        self.seek(partition, to);
    }

    /// A position is moved, or an offset set.
    fn seek(&mut self, partition: &TopicPartition, to: Offset) {
        let was_committed = self.committed.get(partition).is_some_and(|committed| committed.offset > to);
        if was_committed || self.written.iter().any(|written| written.partition == *partition && written.offset > to) {
            self.may_go_back(partition, to);
        }
    }

    fn may_go_back(&mut self, partition: &TopicPartition, to: Offset) {
        let lowest = self.sought.entry(partition.clone()).or_insert(to);
        *lowest = (*lowest).min(to);
    }

    /// An offset is committed. What was committed before its log began anew, and is again, is not judged again; and a position that was
    /// sought is done with only once a commit goes back.
    fn commit(&mut self, id: &str, partition: &TopicPartition, now: CommittedOffset, comes: Comes, findings: &mut Findings<'_>) {
        let before = self.committed.get(partition).copied();
        // A commit from before its log began anew may say more than the log has: those that come in time go on from what they had said.
        if comes != Comes::Late || before.is_none_or(|before| before.offset >= now.offset) {
            self.committed.insert(partition.clone(), now);
        }
        let Some(before) = before.filter(|before| comes == Comes::New && before.offset > now.offset) else { return };
        let sought = self.sought.remove(partition).is_some_and(|sought| sought <= now.offset);
        if !sought && before.renewals == now.renewals {
            let text = format!("Group {id} had committed {partition} at {} and commits {} now.", before.offset, now.offset);
            findings.add(Invariant::CommittedOffsetsNeverGoBack, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Instant, NodeId, ProcessId};
    use crate::simulation::invariants::Violation;

    fn partition() -> TopicPartition {
        TopicPartition::new("t", 0)
    }

    /// What is found when this is committed, in a life of the partition.
    fn found(group: &mut Group, renewals: i64, offset: i64) -> Vec<Violation> {
        found_if(group, renewals, offset, Comes::New)
    }

    fn found_if(group: &mut Group, renewals: i64, offset: i64, comes: Comes) -> Vec<Violation> {
        let (process, at, mut violations) = (ProcessId::broker(NodeId(1)), Instant::ZERO, Vec::new());
        let mut findings = Findings { coordinated: Vec::new(), process, at, event: None, violations: &mut violations };
        group.commit("g", &partition(), CommittedOffset { offset: Offset(offset), renewals }, comes, &mut findings);
        violations
    }

    #[test]
    fn a_commit_from_before_a_truncation_may_be_committed_after_it() {
        let mut group = Group::default();
        assert_eq!(found(&mut group, 1, 52), []);
        group.member_seeks(&partition(), Offset(0), "truncation detected");
        assert_eq!(found(&mut group, 2, 57), []);
        assert_eq!(found_if(&mut group, 3, 50, Comes::Again), [], "__consumer_offsets begins anew, with what it had");
        assert_eq!(found_if(&mut group, 3, 57, Comes::Again), []);
        assert_eq!(found(&mut group, 3, 13), []);
        assert_eq!(found(&mut group, 3, 12).len(), 1, "once");
    }

    fn written(at: i64, offset: i64, late: bool) -> WrittenCommit {
        WrittenCommit { at: Offset(at), partition: partition(), offset: Offset(offset), late }
    }

    #[test]
    fn a_commit_that_comes_late_is_committed_as_it_comes() {
        let mut group = Group::default();
        // What came in time says the same as what came late.
        for commit in [written(10, 20, false), written(11, 46, false), written(12, 20, true)] {
            group.writes(commit);
        }
        for (at, offset, comes) in [(10, 20, Comes::New), (11, 46, Comes::New), (12, 20, Comes::Late), (9, 20, Comes::Again)] {
            assert_eq!(group.comes(Offset(at), &partition(), Offset(offset)), comes);
            assert_eq!(found_if(&mut group, 1, offset, comes), []);
        }
        assert_eq!(found(&mut group, 1, 19).len(), 1);
    }

    #[test]
    fn a_late_commit_that_says_more_than_a_log_has_that_began_anew_is_gone_back_from() {
        let mut group = Group::default();
        assert_eq!(found(&mut group, 1, 19), []);
        assert_eq!(found_if(&mut group, 1, 39, Comes::Late), []);
        assert_eq!(found(&mut group, 1, 19), []);
        assert_eq!(found(&mut group, 1, 18).len(), 1);
    }

    #[test]
    fn a_position_is_moved_back_from_what_is_written_and_not_committed_yet() {
        let mut group = Group::default();
        assert_eq!(found(&mut group, 1, 150), []);
        group.seek(&partition(), Offset(157));
        assert_eq!(group.sought.len(), 0, "there is nothing to go back from");
        group.writes(written(36, 198, false));
        group.seek(&partition(), Offset(157));
        assert_eq!(found(&mut group, 1, 198), []);
        assert_eq!(found(&mut group, 1, 157), []);
        assert_eq!(found(&mut group, 1, 156).len(), 1, "once");
    }

    #[test]
    fn a_member_that_moves_back_what_it_has_read_may_have_a_commit_under_way() {
        let mut group = Group::default();
        group.member_seeks(&partition(), Offset(0), "earliest");
        group.read.insert(partition(), Offset(30));
        group.member_seeks(&partition(), Offset(20), AT_COMMITTED);
        assert_eq!(group.sought.len(), 0, "what others had read is not committed any more");
        group.member_seeks(&partition(), Offset(10), "truncation detected");
        assert_eq!(found(&mut group, 1, 30), []);
        assert_eq!(found(&mut group, 1, 12), []);
        assert_eq!(found(&mut group, 1, 11).len(), 1, "once");
    }
}
