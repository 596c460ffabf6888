//! One partition of `__consumer_offsets` as a state machine: its groups and their offsets.

use super::classic::{ClassicGroup, JoinGroup, StaticMember};
use super::offsets::Offsets;
use super::{GroupConfig, GroupRecord, GroupReply, operation_error};
use crate::base::SortedMap;
use crate::base::{Context, Duration, EventKind, GenerationId, Offset, ProducerId};
use crate::coordinator::runtime::{LogRecord, Outcome, Shard};
use crate::wire::ErrorCode;
use crate::wire::messages::GroupMetadataValue;
use std::fmt::Debug;
use std::sync::Arc;

/// The groups of one partition. `T` says to whom an answer goes.
#[derive(Clone, Debug)]
pub struct GroupShard<T> {
    pub(super) config: GroupConfig,
    pub(super) groups: SortedMap<Arc<str>, ClassicGroup<T>>,
    pub(super) offsets: Offsets,
}

/// The timers of a shard.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupTimer {
    /// A member, or one that was given a member id to join with, has not been heard of for its session timeout.
    Session { group: Arc<str>, member: Arc<str> },
    /// The time to join is over, or the initial rebalance's delay.
    Join { group: Arc<str> },
    /// The time to send SyncGroup is over.
    Sync { group: Arc<str> },
    /// Time to look for offsets and groups that have expired.
    Expiration,
}

/// What is done once records are written.
#[derive(Clone, Debug)]
pub enum Then<T> {
    /// The group exists now: its first member joins.
    Join(Box<JoinGroup<T>>),
    /// The leader's assignment is written: the members get theirs.
    Assign { group: Arc<str>, generation: GenerationId },
    /// A static member's new id is written: it gets its answer.
    Replace(Box<StaticMember<T>>),
}

/// What a handler works with: the surroundings of the input, the settings, and what it yields.
pub(crate) struct Turn<'a, 'c, T: Clone + Debug> {
    pub cx: &'a mut Context<'c>,
    pub config: &'a GroupConfig,
    pub out: &'a mut Outcome<GroupShard<T>>,
}

impl<T: Clone + Debug> GroupShard<T> {
    pub fn group(&self, id: &str) -> Option<&ClassicGroup<T>> {
        self.groups.get(id)
    }

    pub fn groups(&self) -> impl Iterator<Item = &ClassicGroup<T>> {
        self.groups.values()
    }

    /// What groups have committed.
    pub fn offsets(&self) -> &Offsets {
        &self.offsets
    }

    /// The group with the id, and what is needed to change it. None where there is no such group.
    pub(super) fn turn<'a, 'c>(
        &'a mut self,
        cx: &'a mut Context<'c>,
        out: &'a mut Outcome<Self>,
        group: &str,
    ) -> Option<(&'a mut ClassicGroup<T>, Turn<'a, 'c, T>)> {
        let group = self.groups.get_mut(group)?;
        Some((group, Turn { cx, config: &self.config, out }))
    }

    fn replay_group(&mut self, id: &Arc<str>, value: Option<&GroupMetadataValue>) {
        match (value, self.groups.get_mut(id)) {
            (None, _) => {
                self.groups.remove(id);
            }
            (Some(value), Some(group)) if group.is_of(value) => group.adopt(value),
            (Some(value), _) => {
                self.groups.insert(id.clone(), ClassicGroup::from_record(id.clone(), value));
            }
        }
    }
}

impl<T: Clone + Debug> Shard for GroupShard<T> {
    type Config = GroupConfig;
    type Record = GroupRecord;
    type Timer = GroupTimer;
    type Token = T;
    type Reply = GroupReply;
    type Then = Then<T>;

    fn new(config: &GroupConfig) -> Self {
        Self { config: config.clone(), groups: SortedMap::new(), offsets: Offsets::default() }
    }

    fn encode(record: GroupRecord) -> Result<LogRecord, ErrorCode> {
        record.encode()
    }

    fn decode(record: LogRecord) -> Option<GroupRecord> {
        GroupRecord::decode(record)
    }

    fn replay(&mut self, record: &GroupRecord, after: Offset) {
        match record {
            GroupRecord::Group { group, value } => self.replay_group(group, value.as_ref()),
            GroupRecord::Offset { group, topic, partition, value } => {
                if let Some(value) = value {
                    // Offsets without members: a simple group.
                    let simple = || ClassicGroup::simple(group.clone(), value.commit_timestamp);
                    self.groups.entry(group.clone()).or_insert_with(simple);
                }
                self.offsets.replay(group, topic, *partition, value.as_ref(), after);
            }
        }
    }

    fn replay_transactional(&mut self, producer: ProducerId, record: &GroupRecord, after: Offset) {
        if let GroupRecord::Offset { group, topic, partition, value: Some(value) } = record {
            let simple = || ClassicGroup::simple(group.clone(), value.commit_timestamp);
            self.groups.entry(group.clone()).or_insert_with(simple);
            self.offsets.replay_pending(producer, (group.clone(), topic.clone(), *partition), value, after);
        }
    }

    fn transaction_ended(&mut self, producer: ProducerId, commit: bool, after: Offset) {
        self.offsets.end_transaction(producer, commit, after);
    }

    fn committed(&mut self, high_watermark: Offset) -> Vec<(T, GroupReply)> {
        self.offsets.advance(high_watermark);
        Vec::new()
    }

    fn awaits_commit(&self) -> bool {
        self.offsets.awaits_commit()
    }

    fn loaded(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>) {
        let interval = Duration::from_kafka_ms(self.config.offsets_retention_check_interval_ms);
        out.set_timer(GroupTimer::Expiration, interval);
        let mut turn = Turn { cx, config: &self.config, out };
        self.groups.values_mut().for_each(|group| group.loaded(&mut turn));
    }

    fn timer(&mut self, cx: &mut Context<'_>, timer: GroupTimer, out: &mut Outcome<Self>) {
        match timer {
            GroupTimer::Session { group, member } => {
                if let Some((group, mut turn)) = self.turn(cx, out, &group) {
                    group.session_expired(&mut turn, &member);
                }
            }
            GroupTimer::Join { group } => {
                cx.because(EventKind::Timer { name: format!("join phase of {group}").into() });
                if let Some((group, mut turn)) = self.turn(cx, out, &group) {
                    group.join_timed_out(&mut turn);
                }
            }
            GroupTimer::Sync { group } => {
                cx.because(EventKind::Timer { name: format!("sync phase of {group}").into() });
                if let Some((group, mut turn)) = self.turn(cx, out, &group) {
                    group.sync_timed_out(&mut turn);
                }
            }
            GroupTimer::Expiration => self.expire(cx, out),
        }
    }

    fn appended(&mut self, cx: &mut Context<'_>, then: Then<T>, result: Result<(), ErrorCode>, out: &mut Outcome<Self>) {
        match then {
            Then::Join(join) => match (result, self.turn(cx, out, &join.request.group_id.clone())) {
                (Ok(()), Some((group, mut turn))) => group.join(&mut turn, *join),
                (Err(error), _) => out.reply(join.token.clone(), join.refuse(operation_error(error))),
                (Ok(()), None) => out.reply(join.token.clone(), join.refuse(ErrorCode::CoordinatorNotAvailable)),
            },
            Then::Assign { group, generation } => {
                if let Some((group, mut turn)) = self.turn(cx, out, &group) {
                    group.assigned(&mut turn, generation, result);
                }
            }
            Then::Replace(replacement) => {
                if let Some((group, mut turn)) = self.turn(cx, out, &replacement.join.request.group_id.clone()) {
                    group.replaced(&mut turn, *replacement, result);
                }
            }
        }
    }

    fn unloaded(self) -> Vec<(T, GroupReply)> {
        self.groups.into_values().flat_map(ClassicGroup::unloaded).collect()
    }
}
