//! What groups have committed (`OffsetMetadataManager`): OffsetCommit, OffsetFetch, OffsetDelete, and topics that go.

use super::classic::{ClassicGroup, State};
use super::pending::PendingOffsets;
use super::{GroupRecord, GroupReply, GroupShard};
use crate::base::SortedMap;
use crate::base::bugs::{self, Bug};
use crate::base::{Context, EventKind, LeaderEpoch, Offset, ProducerId, TopicPartition, Uuid};
use crate::coordinator::runtime::{Outcome, Reply as _, TransactionalWriter};
use crate::wire::ErrorCode;
use crate::wire::messages::offset_commit_response::{OffsetCommitResponsePartition, OffsetCommitResponseTopic};
use crate::wire::messages::offset_delete_response::{OffsetDeleteResponsePartition, OffsetDeleteResponseTopic};
use crate::wire::messages::offset_fetch_response::{OffsetFetchResponseGroup, OffsetFetchResponsePartitions, OffsetFetchResponseTopics};
use crate::wire::messages::{OffsetCommitResponse, OffsetCommitValue, OffsetDeleteResponse};
use std::collections::VecDeque;
use std::fmt::Debug;
use std::sync::Arc;

/// An offset as it was committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommittedOffset {
    /// The next to be read, for consumers; Kafka takes any number.
    pub offset: Offset,
    /// Of the last record read; -1: not said.
    pub leader_epoch: LeaderEpoch,
    pub metadata: Arc<str>,
    /// In ms since 1970.
    pub committed_ms: i64,
    /// Where the commit itself said how long it is good for (OffsetCommit v2 to v4), in ms since 1970.
    pub expires_ms: Option<i64>,
    /// Zero: not known.
    pub topic_id: Uuid,
    /// The log's end after its record.
    pub written: Offset,
}

type ByPartition = SortedMap<i32, CommittedOffset>;
type ByTopic = SortedMap<Arc<str>, ByPartition>;

/// The offsets of the groups of one partition of `__consumer_offsets`: as they are written, and, for those who read, as they are committed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offsets {
    by_group: SortedMap<Arc<str>, ByTopic>,
    /// The high watermark.
    committed_up_to: Offset,
    /// What stood in the place of writes that are not committed, the oldest first, each with the offset at which its successor is.
    before: SortedMap<Place, VecDeque<(Offset, Option<CommittedOffset>)>>,
    /// Those writes by the offset at which they are committed.
    uncommitted: SortedMap<Offset, Vec<Place>>,
    /// What transactions have written that are open.
    pending: PendingOffsets,
}

/// A group, a topic and a partition.
pub(super) type Place = (Arc<str>, Arc<str>, i32);

impl Offsets {
    /// What the group has written: by topic, then by partition.
    pub fn of_group(&self, group: &str) -> impl Iterator<Item = (&Arc<str>, &ByPartition)> {
        self.by_group.get(group).into_iter().flatten()
    }

    /// What was written last.
    pub fn get(&self, group: &str, topic: &str, partition: i32) -> Option<&CommittedOffset> {
        self.by_group.get(group)?.get(topic)?.get(&partition)
    }

    /// What is committed: of what was written last, only if the high watermark has passed it.
    pub fn committed(&self, group: &str, topic: &str, partition: i32) -> Option<&CommittedOffset> {
        if self.before.is_empty() {
            return self.get(group, topic, partition);
        }
        match self.before.get(&(group.into(), topic.into(), partition)).and_then(VecDeque::front) {
            Some((_, earlier)) => earlier.as_ref(),
            None => self.get(group, topic, partition),
        }
    }

    /// All that is committed for the group.
    fn committed_of_group(&self, group: &str) -> SortedMap<Arc<str>, SortedMap<i32, &CommittedOffset>> {
        let written = self.of_group(group).flat_map(|(topic, partitions)| partitions.keys().map(move |index| (topic, *index)));
        let replaced = self.before.keys().filter(|(of, _, _)| **of == *group).map(|(_, topic, index)| (topic, *index));
        let mut all: SortedMap<Arc<str>, SortedMap<i32, &CommittedOffset>> = SortedMap::new();
        for (topic, index) in written.chain(replaced) {
            if let Some(committed) = self.committed(group, topic, index) {
                all.entry(Arc::clone(topic)).or_default().insert(index, committed);
            }
        }
        all
    }

    /// What was written last, as a record once more, while it is not committed.
    fn again(&self, group: &Arc<str>, topic: &Arc<str>, partition: i32) -> Option<GroupRecord> {
        let place = (Arc::clone(group), Arc::clone(topic), partition);
        let written = self.get(group, topic, partition).filter(|_| self.before.contains_key(&place))?;
        let value = OffsetCommitValue {
            offset: written.offset.0,
            leader_epoch: written.leader_epoch.0,
            metadata: written.metadata.to_string(),
            commit_timestamp: written.committed_ms,
            expire_timestamp: written.expires_ms.unwrap_or(-1),
            topic_id: written.topic_id,
            ..Default::default()
        };
        let (group, topic, partition) = place;
        Some(GroupRecord::Offset { group, topic, partition, value: Some(value) })
    }

    pub(super) fn awaits_commit(&self) -> bool {
        !self.uncommitted.is_empty()
    }

    /// The high watermark is here now.
    pub(super) fn advance(&mut self, high_watermark: Offset) {
        self.committed_up_to = self.committed_up_to.max(high_watermark);
        while let Some(oldest) = self.uncommitted.first_entry().filter(|oldest| *oldest.key() <= high_watermark) {
            for place in oldest.remove() {
                if let Some(earlier) = self.before.get_mut(&place) {
                    earlier.pop_front();
                    if earlier.is_empty() {
                        self.before.remove(&place);
                    }
                }
            }
        }
    }

    pub(super) fn replay(&mut self, group: &Arc<str>, topic: &Arc<str>, partition: i32, value: Option<&OffsetCommitValue>, after: Offset) {
        if after > self.committed_up_to {
            let place = (Arc::clone(group), Arc::clone(topic), partition);
            let earlier = self.get(group, topic, partition).cloned();
            self.before.entry(place.clone()).or_default().push_back((after, earlier));
            self.uncommitted.entry(after).or_default().push(place);
        }
        if value.is_none() {
            self.pending.forget(&(Arc::clone(group), Arc::clone(topic), partition));
        }
        self.write(group, topic, partition, value, after);
    }

    fn write(&mut self, group: &Arc<str>, topic: &Arc<str>, partition: i32, value: Option<&OffsetCommitValue>, after: Offset) {
        if let Some(value) = value {
            let committed = CommittedOffset {
                offset: Offset(value.offset),
                leader_epoch: LeaderEpoch(value.leader_epoch),
                metadata: value.metadata.as_str().into(),
                committed_ms: value.commit_timestamp,
                expires_ms: (value.expire_timestamp != -1).then_some(value.expire_timestamp),
                topic_id: value.topic_id,
                written: after,
            };
            self.by_group.entry(group.clone()).or_default().entry(topic.clone()).or_default().insert(partition, committed);
        } else if let Some(topics) = self.by_group.get_mut(group) {
            if let Some(partitions) = topics.get_mut(topic) {
                partitions.remove(&partition);
            }
            topics.retain(|_, partitions| !partitions.is_empty());
            if topics.is_empty() {
                self.by_group.remove(group);
            }
        }
    }

    /// As [`Self::replay`], for what is part of a producer's open transaction.
    pub(super) fn replay_pending(&mut self, producer: ProducerId, place: Place, value: &OffsetCommitValue, after: Offset) {
        self.pending.insert(producer, place, (value.clone(), after));
    }

    /// A producer's transaction has ended: what it wrote counts, where nothing newer was written meanwhile, or never will.
    pub(super) fn end_transaction(&mut self, producer: ProducerId, commit: bool, after: Offset) {
        for ((group, topic, partition), (value, written)) in self.pending.take(producer) {
            let is_newer = self.get(&group, &topic, partition).is_none_or(|known| known.written < written);
            if commit && is_newer {
                self.replay(&group, &topic, partition, Some(&value), after);
            }
        }
    }

    /// Whether an open transaction has written this partition's offset: then what is stable is not known (KIP-447).
    pub(super) fn is_pending(&self, group: &str, topic: &str, partition: i32) -> bool {
        self.pending.has(group, topic, partition)
    }

    /// Whether no open transaction has written an offset of the group.
    pub(super) fn has_none_pending(&self, group: &str) -> bool {
        self.pending.of_group(group).next().is_none()
    }

    /// Tombstones for all that the group has committed, or may commit yet.
    pub(super) fn tombstones(&self, group: &Arc<str>) -> impl Iterator<Item = GroupRecord> {
        let committed = self.of_group(group).flat_map(|(topic, partitions)| partitions.keys().map(move |partition| (topic, *partition)));
        let pending = self.pending.of_group(group).filter(|(topic, partition)| self.get(group, topic, *partition).is_none());
        committed.chain(pending).map(move |(topic, partition)| tombstone(group.clone(), topic.clone(), partition))
    }
}

pub(super) fn tombstone(group: Arc<str>, topic: Arc<str>, partition: i32) -> GroupRecord {
    GroupRecord::Offset { group, topic, partition, value: None }
}

/// An OffsetCommit to be handled.
#[derive(Clone, Debug)]
pub struct OffsetCommit<T> {
    pub group: Arc<str>,
    pub member: String,
    pub instance: Option<String>,
    /// -1: from outside of the group's membership.
    pub generation: i32,
    /// How long it is good for (v2 to v4), in ms; -1: as the broker is set.
    pub retention_ms: i64,
    /// What is said where the group is not there: GROUP_ID_NOT_FOUND from version 9 on, ILLEGAL_GENERATION before.
    pub no_group: ErrorCode,
    /// It is part of a producer's transaction (TxnOffsetCommit).
    pub writer: Option<TransactionalWriter>,
    pub topics: Vec<CommitTopic>,
    pub token: T,
}

#[derive(Clone, Debug)]
pub struct CommitTopic {
    pub name: Arc<str>,
    /// Zero: not known.
    pub id: Uuid,
    pub partitions: Vec<CommitPartition>,
}

#[derive(Clone, Debug)]
pub struct CommitPartition {
    pub index: i32,
    /// What is to be committed, or why it may not be.
    pub offset: Result<NewOffset, ErrorCode>,
}

#[derive(Clone, Debug)]
pub struct NewOffset {
    pub offset: i64,
    pub leader_epoch: i32,
    pub metadata: Option<String>,
}

/// A topic of which offsets are asked for.
#[derive(Clone, Debug)]
pub struct FetchTopic {
    pub name: Arc<str>,
    /// Zero: asked for by name.
    pub id: Uuid,
    pub partitions: Vec<i32>,
}

/// A topic of which offsets are to be deleted: partitions, with what they are refused for.
#[derive(Clone, Debug)]
pub struct DeleteTopic {
    pub name: Arc<str>,
    pub partitions: Vec<(i32, Result<(), ErrorCode>)>,
}

/// Whether the ids are of two topics of the same name.
fn is_another(id: Uuid, other: Uuid) -> bool {
    !id.is_zero() && !other.is_zero() && id != other
}

impl<T: Clone + Debug> GroupShard<T> {
    pub fn commit_offsets(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>, mut commit: OffsetCommit<T>) {
        if let Err(error) = self.validate_commit(&commit) {
            let is_transactional = commit.writer.is_some();
            let response = reply(is_transactional, commit.topics).failed(error);
            return out.reply(commit.token, response);
        }
        if let Some((group, mut turn)) = self.turn(cx, out, &commit.group)
            && matches!(group.state, State::Stable | State::PreparingRebalance)
        {
            group.is_alive(&mut turn, &commit.member);
        }
        let now_ms = cx.time_ms();
        let expires_ms = if commit.retention_ms == -1 { -1 } else { now_ms.saturating_add(commit.retention_ms) };
        for topic in &mut commit.topics {
            for partition in &mut topic.partitions {
                let Ok(new) = &partition.offset else { continue };
                if self.is_too_long(new.metadata.as_deref()) {
                    partition.offset = Err(ErrorCode::OffsetMetadataTooLarge);
                    continue;
                }
                let value = OffsetCommitValue {
                    offset: new.offset,
                    leader_epoch: new.leader_epoch,
                    metadata: new.metadata.clone().unwrap_or_default(),
                    commit_timestamp: now_ms,
                    expire_timestamp: expires_ms,
                    topic_id: topic.id,
                    ..Default::default()
                };
                let (group, offset) = (commit.group.clone(), Offset(new.offset));
                let committed = TopicPartition::new(topic.name.clone(), partition.index);
                if commit.writer.is_none() {
                    cx.trace(EventKind::OffsetCommitted { group: group.clone(), partition: committed, offset });
                }
                let (topic, partition) = (topic.name.clone(), partition.index);
                let again = bugs::has(Bug::CommitAnOffsetTwice).then(|| self.offsets.again(&group, &topic, partition)).flatten();
                out.records.push(GroupRecord::Offset { group, topic, partition, value: Some(value) });
                out.records.extend(again);
            }
        }
        out.writer = commit.writer;
        out.reply(commit.token, reply(commit.writer.is_some(), commit.topics));
    }

    /// Java counts UTF-16 units.
    fn is_too_long(&self, metadata: Option<&str>) -> bool {
        let max = usize::try_from(self.config.offset_metadata_max).unwrap_or(0);
        metadata.is_some_and(|metadata| metadata.encode_utf16().count() > max)
    }

    fn validate_commit(&self, commit: &OffsetCommit<T>) -> Result<(), ErrorCode> {
        match self.groups.get(&commit.group) {
            Some(group) => group.validate_commit(commit),
            None if commit.generation < 0 => Ok(()),
            None => Err(commit.no_group),
        }
    }

    /// `topics` None: all that the group has.
    /// `stable`: what an open transaction may change is UNSTABLE_OFFSET_COMMIT (KIP-447).
    pub fn fetch_offsets(&mut self, out: &mut Outcome<Self>, group: &str, topics: Option<Vec<FetchTopic>>, stable: bool, token: T) {
        let mut topics: Vec<_> = match topics {
            Some(topics) => topics.into_iter().map(|topic| self.fetch_topic(group, topic)).collect(),
            None => self.offsets.committed_of_group(group).iter().map(|(topic, partitions)| fetched_topic(topic, partitions)).collect(),
        };
        for topic in topics.iter_mut().filter(|_| stable) {
            for partition in &mut topic.partitions {
                if self.offsets.is_pending(group, &topic.name, partition.partition_index) {
                    *partition = OffsetFetchResponsePartitions {
                        error_code: ErrorCode::UnstableOffsetCommit.code(),
                        ..fetched(partition.partition_index, None)
                    };
                }
            }
        }
        let response = OffsetFetchResponseGroup { group_id: group.to_owned(), topics, ..Default::default() };
        out.reply_at_once(token, GroupReply::OffsetFetch(response));
    }

    fn fetch_topic(&self, group: &str, topic: FetchTopic) -> OffsetFetchResponseTopics {
        let fetch = |partition: &i32| {
            let committed = self.offsets.committed(group, &topic.name, *partition);
            fetched(*partition, committed.filter(|committed| !is_another(committed.topic_id, topic.id)))
        };
        let partitions = topic.partitions.iter().map(fetch).collect();
        OffsetFetchResponseTopics { name: topic.name.to_string(), topic_id: topic.id, partitions, ..Default::default() }
    }

    pub fn delete_offsets(&mut self, out: &mut Outcome<Self>, group: &Arc<str>, topics: Vec<DeleteTopic>, token: T) {
        let refuse = |error: ErrorCode| OffsetDeleteResponse { error_code: error as i16, ..Default::default() };
        let response = match self.groups.get(group) {
            None => refuse(ErrorCode::GroupIdNotFound),
            Some(known) if known.state != State::Empty && !known.is_of_consumers() => refuse(ErrorCode::NonEmptyGroup),
            Some(known) => {
                let delete = |topic: DeleteTopic| self.delete_topic(out, known, topic);
                OffsetDeleteResponse { topics: topics.into_iter().map(delete).collect(), ..Default::default() }
            }
        };
        out.reply(token, GroupReply::OffsetDelete(response));
    }

    fn delete_topic(&self, out: &mut Outcome<Self>, group: &ClassicGroup<T>, topic: DeleteTopic) -> OffsetDeleteResponseTopic {
        let mut partitions = Vec::with_capacity(topic.partitions.len());
        for (index, refused) in topic.partitions {
            let result = match refused {
                Ok(()) if group.is_subscribed_to(&topic.name) => Err(ErrorCode::GroupSubscribedToTopic),
                other => other,
            };
            if result.is_ok() && self.offsets.get(&group.id, &topic.name, index).is_some() {
                out.records.push(tombstone(group.id.clone(), topic.name.clone(), index));
            }
            let error_code = result.err().unwrap_or(ErrorCode::None) as i16;
            partitions.push(OffsetDeleteResponsePartition { partition_index: index, error_code });
        }
        OffsetDeleteResponseTopic { name: topic.name.to_string(), partitions }
    }

    /// Topics are gone, and with them what was committed for them.
    pub fn topics_deleted(&mut self, out: &mut Outcome<Self>, topics: &[(Arc<str>, Uuid)]) {
        for (group, by_topic) in &self.offsets.by_group {
            for (topic, id) in topics {
                for (partition, committed) in by_topic.get(topic).into_iter().flatten() {
                    if !is_another(committed.topic_id, *id) {
                        out.records.push(tombstone(group.clone(), topic.clone(), *partition));
                    }
                }
            }
        }
    }
}

impl<T: Clone + Debug> ClassicGroup<T> {
    /// From outside of the membership one may commit while the group is empty; a member in its own generation, unless the assignment
    /// is awaited.
    fn validate_commit(&self, commit: &OffsetCommit<T>) -> Result<(), ErrorCode> {
        let is_transactional = commit.writer.is_some();
        if commit.generation < 0 && self.state == State::Empty {
            return Ok(());
        }
        if commit.generation >= 0 || !commit.member.is_empty() || commit.instance.is_some() {
            self.validate_member(&commit.member, commit.instance.as_deref())?;
            if commit.generation != self.generation.0 {
                return Err(ErrorCode::IllegalGeneration);
            }
        } else if self.state != State::Empty && !is_transactional {
            return Err(ErrorCode::UnknownMemberId);
        }
        if self.state == State::CompletingRebalance && !is_transactional { Err(ErrorCode::RebalanceInProgress) } else { Ok(()) }
    }
}

fn reply(is_transactional: bool, topics: Vec<CommitTopic>) -> GroupReply {
    let response = commit_response(topics);
    if is_transactional { GroupReply::TxnOffsetCommit(response) } else { GroupReply::OffsetCommit(response) }
}

/// Every partition with its error, or none.
pub fn commit_response(topics: Vec<CommitTopic>) -> OffsetCommitResponse {
    let partition = |partition: CommitPartition| OffsetCommitResponsePartition {
        partition_index: partition.index,
        error_code: partition.offset.err().unwrap_or(ErrorCode::None) as i16,
        ..Default::default()
    };
    let topic = |topic: CommitTopic| OffsetCommitResponseTopic {
        name: topic.name.to_string(),
        topic_id: topic.id,
        partitions: topic.partitions.into_iter().map(partition).collect(),
        ..Default::default()
    };
    OffsetCommitResponse { topics: topics.into_iter().map(topic).collect(), ..Default::default() }
}

fn fetched_topic(topic: &str, partitions: &SortedMap<i32, &CommittedOffset>) -> OffsetFetchResponseTopics {
    let partitions = partitions.iter().map(|(partition, committed)| fetched(*partition, Some(*committed))).collect();
    OffsetFetchResponseTopics { name: topic.to_owned(), partitions, ..Default::default() }
}

/// Nothing committed: offset -1, without error.
fn fetched(partition: i32, committed: Option<&CommittedOffset>) -> OffsetFetchResponsePartitions {
    OffsetFetchResponsePartitions {
        partition_index: partition,
        committed_offset: committed.map_or(-1, |committed| committed.offset.0),
        committed_leader_epoch: committed.map_or(-1, |committed| committed.leader_epoch.0),
        metadata: Some(committed.map(|committed| committed.metadata.to_string()).unwrap_or_default()),
        ..Default::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(offsets: &mut Offsets, offset: Option<i64>, after: i64) {
        let value = offset.map(|offset| OffsetCommitValue { offset, ..Default::default() });
        offsets.replay(&"g".into(), &"t".into(), 0, value.as_ref(), Offset(after));
    }

    fn committed(offsets: &Offsets) -> Option<i64> {
        let one = offsets.committed("g", "t", 0).map(|committed| committed.offset.0);
        let all = offsets.committed_of_group("g");
        assert_eq!(all.get("t").and_then(|partitions| partitions.get(&0)).map(|committed| committed.offset.0), one);
        one
    }

    #[test]
    fn what_is_read_is_what_is_committed() {
        let mut offsets = Offsets::default();
        write(&mut offsets, Some(10), 1);
        write(&mut offsets, Some(20), 2);
        write(&mut offsets, None, 3);
        assert_eq!(committed(&offsets), None);
        let at = |offsets: &mut Offsets, high_watermark| {
            offsets.advance(Offset(high_watermark));
            committed(offsets)
        };
        assert_eq!([1, 2, 3].map(|high_watermark| at(&mut offsets, high_watermark)), [Some(10), Some(20), None]);
        assert!(!offsets.awaits_commit());
        write(&mut offsets, Some(30), 3);
        assert_eq!(committed(&offsets), Some(30), "replayed from below the high watermark");
    }
}
