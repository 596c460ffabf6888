//! What brings about an event of a kind, where that is not the input at hand: a consumer's record came because it was written, not because
//! the consumer asked; a coordinator loads because its broker was elected, not because metadata was fetched.

use super::event::{EventId, EventKind, Silent};
use super::{NodeId, Offset, ProcessId, TopicPartition};
use crate::base::SortedMap;
use std::collections::VecDeque;
use std::sync::Arc;

/// The name of the timer of a voter that has no leader.
const ELECTION_TIMEOUT: &str = "controller.quorum.election.timeout.ms";
/// Of how many of a partition's last batches it is known which event appended them.
const BATCHES_KEPT: usize = 256;

/// The events that others come of. Shared between keyframes.
#[derive(Clone, Debug, Default)]
pub(super) struct Causes {
    /// By partition, the first offsets of its last batches with the events that appended them.
    appends: SortedMap<TopicPartition, Arc<VecDeque<(Offset, EventId)>>>,
    latest: Arc<SortedMap<Subject, EventId>>,
    /// The group that a client is a member of, and up to where it read a partition for it.
    members: Arc<SortedMap<Arc<str>, Arc<str>>>,
    reads: Arc<Reads>,
}

/// By group and partition: up to where it was read, and the event that did.
type Reads = SortedMap<(Arc<str>, TopicPartition), (Offset, EventId)>;

/// What the latest event is remembered of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    /// A partition's last election.
    Leader(TopicPartition),
    /// The last change of its in-sync replicas.
    Isr(TopicPartition),
    /// The last batch for a partition that was refused.
    Refusal(TopicPartition),
    /// A group's state.
    Group(Arc<str>),
    /// A leader's wish that a follower leave its ISR, or join it, that has not come true yet.
    Leaves(TopicPartition, NodeId),
    Joins(TopicPartition, NodeId),
    /// A voter had nobody to follow: it heard of no leader, or not in time.
    NoLeader(ProcessId),
    /// All that was broken is whole again.
    Healed,
    /// A node came (back): it started, registered, goes on after a pause, can be reached again.
    Back(NodeId),
}

impl Causes {
    /// What brought about an event that is about to be noted by reason of `cause`.
    pub fn of(&self, process: ProcessId, cause: Option<EventId>, kind: &EventKind) -> Option<EventId> {
        let truer = match kind {
            EventKind::HighWatermark { partition, offset } => self.appended_by(partition, offset.plus(-1)),
            EventKind::Consumed { partition, position, .. } => self.appended_by(partition, position.plus(-1)),
            EventKind::CoordinatorLoaded { partition } => self.latest(Subject::Leader(partition.clone())),
            EventKind::Refused { partition, error } => match &**error {
                "NOT_LEADER_OR_FOLLOWER" | "FENCED_LEADER_EPOCH" | "UNKNOWN_LEADER_EPOCH" => {
                    self.latest(Subject::Leader(partition.clone()))
                }
                "NOT_ENOUGH_REPLICAS" | "NOT_ENOUGH_REPLICAS_AFTER_APPEND" => self.latest(Subject::Isr(partition.clone())),
                _ => None,
            },
            EventKind::Truncated { partition, .. } => self.latest(Subject::Leader(partition.clone())),
            EventKind::CaughtUp { replica, .. } => self.latest(Subject::Back(*replica)).max(self.latest(Subject::Healed)),
            EventKind::IsrChanged { partition, isr } => self.wished(partition, isr),
            // Nobody refused what its own client gave up with its transaction.
            EventKind::SendFailed { error, .. } if &**error == "TRANSACTION_ABORTED" => None,
            EventKind::SendFailed { partition, .. } => self.latest(Subject::Refusal(partition.clone())),
            // What a group goes through follows from what it went through before; how it began to, from what came.
            EventKind::GroupState { group, state, .. } if matches!(&**state, "CompletingRebalance" | "Stable") => {
                self.latest(Subject::Group(Arc::clone(group)))
            }
            EventKind::Assigned { group, .. } | EventKind::Revoked { group, .. } => self.latest(Subject::Group(Arc::clone(group))),
            EventKind::OffsetCommitted { group, partition, offset } => {
                let read = self.reads.get(&(Arc::clone(group), partition.clone()));
                read.filter(|(position, _)| position == offset).map(|(_, read)| *read)
            }
            EventKind::CandidateStood { .. } => self.latest(Subject::NoLeader(process)),
            EventKind::BrokerUnfenced { node } => self.latest(Subject::Back(*node)),
            _ => None,
        };
        truer.or(cause)
    }

    /// The leader's wish that these in-sync replicas fulfil.
    fn wished(&self, partition: &TopicPartition, isr: &[NodeId]) -> Option<EventId> {
        let fulfils = |subject: &Subject| match subject {
            Subject::Leaves(of, replica) => of == partition && !isr.contains(replica),
            Subject::Joins(of, replica) => of == partition && isr.contains(replica),
            _ => false,
        };
        let (first, last) = (Subject::Leaves(partition.clone(), NodeId(i32::MIN)), Subject::Joins(partition.clone(), NodeId(i32::MAX)));
        self.latest.range(first..=last).filter(|(subject, _)| fulfils(subject)).map(|(_, id)| *id).max()
    }

    /// Remembers what later events may come of.
    pub fn learn(&mut self, id: EventId, process: ProcessId, kind: &EventKind) {
        match kind {
            EventKind::Silence { from: Silent::Controller { .. }, .. } => self.note(Subject::NoLeader(process), id),
            EventKind::Timer { name } if &**name == ELECTION_TIMEOUT => self.note(Subject::NoLeader(process), id),
            EventKind::Appended { partition, base_offset, .. } => {
                self.appended(id, partition, *base_offset);
                self.forget(&Subject::Refusal(partition.clone()));
            }
            EventKind::LeaderElected { partition, .. } => self.note(Subject::Leader(partition.clone()), id),
            EventKind::IsrChanged { partition, .. } => {
                self.note(Subject::Isr(partition.clone()), id);
                Arc::make_mut(&mut self.latest).retain(|subject, _| match subject {
                    Subject::Leaves(of, _) | Subject::Joins(of, _) => of != partition,
                    _ => true,
                });
            }
            EventKind::FellBehind { partition, replica } => self.note(Subject::Leaves(partition.clone(), *replica), id),
            EventKind::CaughtUp { partition, replica } => self.note(Subject::Joins(partition.clone(), *replica), id),
            EventKind::AllHealed => self.note(Subject::Healed, id),
            EventKind::Refused { partition, .. } => self.note(Subject::Refusal(partition.clone()), id),
            EventKind::GroupState { group, .. } => self.note(Subject::Group(Arc::clone(group)), id),
            EventKind::NodeStarted { node } | EventKind::NodeResumed { node } | EventKind::BrokerRegistered { node } => {
                self.note(Subject::Back(*node), id);
            }
            EventKind::Assigned { client, group, .. } => {
                Arc::make_mut(&mut self.members).insert(Arc::clone(client), Arc::clone(group));
            }
            EventKind::Consumed { client, partition, position, .. } => {
                if let Some(group) = self.members.get(client) {
                    Arc::make_mut(&mut self.reads).insert((Arc::clone(group), partition.clone()), (*position, id));
                }
            }
            EventKind::LinkHealed { from, to } => {
                for node in [from, to].into_iter().filter_map(|process| NodeId::of_broker(*process)) {
                    self.note(Subject::Back(node), id);
                }
            }
            EventKind::TopicDeleted { topic } => {
                Arc::make_mut(&mut self.reads).retain(|(_, partition), _| partition.topic != *topic);
                self.appends.retain(|partition, _| partition.topic != *topic);
                Arc::make_mut(&mut self.latest).retain(|subject, _| match subject {
                    Subject::Leader(partition)
                    | Subject::Isr(partition)
                    | Subject::Leaves(partition, _)
                    | Subject::Joins(partition, _)
                    | Subject::Refusal(partition) => partition.topic != *topic,
                    Subject::Group(_) | Subject::NoLeader(_) | Subject::Healed | Subject::Back(_) => true,
                });
            }
            EventKind::GroupDeleted { group } => self.forget(&Subject::Group(Arc::clone(group))),
            _ => {}
        }
    }

    fn appended(&mut self, id: EventId, partition: &TopicPartition, base_offset: Offset) {
        if !self.appends.contains_key(partition) {
            self.appends.insert(partition.clone(), Arc::default());
        }
        let Some(known) = self.appends.get_mut(partition).map(Arc::make_mut) else { return };
        // What a new leader writes stands in the place of what was truncated.
        while known.back().is_some_and(|(offset, _)| *offset >= base_offset) {
            known.pop_back();
        }
        if known.len() == BATCHES_KEPT {
            known.pop_front();
        }
        known.push_back((base_offset, id));
    }

    /// The event that appended the record at `offset`, as far as it is known.
    pub fn appended_by(&self, partition: &TopicPartition, offset: Offset) -> Option<EventId> {
        let known = self.appends.get(partition)?;
        let after = known.partition_point(|(base, _)| *base <= offset);
        known.get(after.checked_sub(1)?).map(|(_, id)| *id)
    }

    fn latest(&self, subject: Subject) -> Option<EventId> {
        self.latest.get(&subject).copied()
    }

    fn note(&mut self, subject: Subject, id: EventId) {
        Arc::make_mut(&mut self.latest).insert(subject, id);
    }

    fn forget(&mut self, subject: &Subject) {
        if self.latest.contains_key(subject) {
            Arc::make_mut(&mut self.latest).remove(subject);
        }
    }
}
