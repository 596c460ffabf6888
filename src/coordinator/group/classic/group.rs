//! A classic group's state.

use super::{Member, State, subscription};
use crate::base::{Context, EventKind, GenerationId};
use crate::base::{SortedMap, SortedSet};
use crate::coordinator::group::partition::java_bucket;
use crate::coordinator::group::{GroupReply, Turn};
use crate::wire::ErrorCode;
use crate::wire::messages::join_group_request::JoinGroupRequestProtocol;
use crate::wire::messages::{JoinGroupResponse, SyncGroupResponse};
use std::fmt::Debug;
use std::sync::Arc;

/// The protocol type of consumers, whose metadata the coordinator can read.
pub(in crate::coordinator::group) const CONSUMER_PROTOCOL: &str = "consumer";

/// A group.
#[derive(Clone, Debug)]
pub struct ClassicGroup<T> {
    pub id: Arc<str>,
    pub state: State,
    pub generation: GenerationId,
    /// `consumer`, `connect`; none while nobody has joined yet, and for groups that only commit offsets.
    pub protocol_type: Option<Arc<str>>,
    /// The protocol of this generation.
    pub protocol: Option<Arc<str>>,
    pub leader: Option<Arc<str>>,
    pub members: SortedMap<Arc<str>, Member<T>>,
    /// When it came into its state, in ms since 1970.
    pub state_since_ms: Option<i64>,
    /// Which topics its consumers read; none where that is not known.
    pub subscribed_topics: Option<SortedSet<Arc<str>>>,
    /// Static members' ids by their instance id.
    pub(super) static_members: SortedMap<Arc<str>, Arc<str>>,
    /// Those that were given a member id, to join with it.
    pub(super) pending_join: SortedSet<Arc<str>>,
    /// Those whose SyncGroup has not come yet in this generation.
    pub(super) pending_sync: SortedSet<Arc<str>>,
    /// Of a group that was empty: how long others may still come before the first rebalance.
    pub(super) initial_delay: Option<InitialDelay>,
}

/// The initial rebalance's delay (`group.initial.rebalance.delay.ms`): it begins anew when somebody joined meanwhile, up to the
/// rebalance timeout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InitialDelay {
    pub delay_ms: i32,
    pub remaining_ms: i32,
    pub new_member: bool,
}

impl<T: Clone + Debug> ClassicGroup<T> {
    /// A group without members.
    pub(super) fn empty(id: Arc<str>, state_since_ms: Option<i64>) -> Self {
        Self {
            id,
            state: State::Empty,
            generation: GenerationId(0),
            protocol_type: None,
            protocol: None,
            leader: None,
            members: SortedMap::new(),
            state_since_ms,
            subscribed_topics: None,
            static_members: SortedMap::new(),
            pending_join: SortedSet::new(),
            pending_sync: SortedSet::new(),
            initial_delay: None,
        }
    }

    /// A group of which offsets are all there is: its consumers assign themselves.
    pub(in crate::coordinator::group) fn simple(id: Arc<str>, committed_ms: i64) -> Self {
        Self::empty(id, Some(committed_ms))
    }

    pub fn is_leader(&self, member: &str) -> bool {
        self.leader.as_deref() == Some(member)
    }

    /// Whether its members are consumers, whose subscriptions the coordinator can read.
    pub fn is_of_consumers(&self) -> bool {
        self.protocol_type.as_deref() == Some(CONSUMER_PROTOCOL)
    }

    /// Whether it reads the topic; a consumer group whose subscriptions are not known may.
    pub fn is_subscribed_to(&self, topic: &str) -> bool {
        self.subscribed_topics.as_ref().map_or_else(|| self.is_of_consumers(), |topics| topics.contains(topic))
    }

    /// Whether the request is of a member: UNKNOWN_MEMBER_ID if not, FENCED_INSTANCE_ID where a static member has another id by now.
    pub(in crate::coordinator::group) fn validate_member(&self, member: &str, instance: Option<&str>) -> Result<(), ErrorCode> {
        if let Some(instance) = instance {
            match self.static_members.get(instance) {
                None => return Err(ErrorCode::UnknownMemberId),
                Some(current) if **current != *member => return Err(ErrorCode::FencedInstanceId),
                Some(_) => {}
            }
        }
        if self.members.contains_key(member) { Ok(()) } else { Err(ErrorCode::UnknownMemberId) }
    }

    /// Whether somebody with these protocols can be a member: of the group's type, and with one that all members follow.
    pub(super) fn supports(&self, protocol_type: &str, protocols: &[JoinGroupRequestProtocol]) -> bool {
        if self.state == State::Empty {
            return !protocol_type.is_empty() && !protocols.is_empty();
        }
        self.protocol_type.as_deref() == Some(protocol_type)
            && protocols.iter().any(|protocol| self.members.values().all(|member| member.supports(&protocol.name)))
    }

    /// The protocol with the most votes: each member votes for the first of its own that all members follow. Between equals it is the
    /// one that comes first in a Java hash map, as in Kafka.
    pub(super) fn select_protocol(&self) -> Option<Arc<str>> {
        let is_candidate = |protocol: &str| self.members.values().all(|member| member.supports(protocol));
        let mut votes: SortedMap<&Arc<str>, u32> = SortedMap::new();
        for member in self.members.values() {
            if let Some(vote) = member.protocols.iter().find(|protocol| is_candidate(&protocol.name)) {
                *votes.entry(&vote.name).or_default() += 1;
            }
        }
        let count = votes.len();
        let rank = |(name, votes): &(&Arc<str>, u32)| (u32::MAX - votes, java_bucket(name, count));
        votes.into_iter().min_by_key(rank).map(|(name, _)| name.clone())
    }

    pub(super) fn add(&mut self, member: Member<T>, protocol_type: &str) {
        if let Some(instance) = &member.instance_id {
            self.static_members.insert(instance.clone(), member.id.clone());
        }
        if self.members.is_empty() {
            self.protocol_type = Some(protocol_type.into());
        }
        self.leader.get_or_insert_with(|| member.id.clone());
        self.pending_join.remove(&member.id);
        self.members.insert(member.id.clone(), member);
    }

    /// Takes a member out, or one that was to join. Another becomes leader where it was that.
    pub(super) fn remove(&mut self, id: &str) -> Option<Member<T>> {
        let removed = self.members.remove(id);
        if let Some(instance) = removed.as_ref().and_then(|member| member.instance_id.as_ref()) {
            self.static_members.remove(instance);
        }
        if self.is_leader(id) {
            self.leader = self.members.keys().next().cloned();
        }
        self.pending_join.remove(id);
        self.pending_sync.remove(id);
        removed
    }

    pub(super) fn awaiting_join(&self) -> usize {
        self.members.values().filter(|member| member.awaiting_join.is_some()).count()
    }

    pub(super) fn have_all_joined(&self) -> bool {
        self.pending_join.is_empty() && self.members.values().all(|member| member.awaiting_join.is_some())
    }

    /// The longest of the members' rebalance timeouts, in ms.
    pub(super) fn rebalance_timeout_ms(&self) -> i32 {
        self.members.values().map(|member| member.rebalance_timeout_ms).max().unwrap_or(0).max(0)
    }

    pub(super) fn compute_subscribed_topics(&mut self) {
        self.subscribed_topics = match &self.protocol {
            _ if !self.is_of_consumers() => None,
            _ if self.members.is_empty() => Some(SortedSet::new()),
            None => None,
            Some(protocol) => self.members.values().map(|member| subscription::topics(member.metadata(protocol))).try_fold(
                SortedSet::new(),
                |mut all, topics| {
                    all.extend(topics?);
                    Some(all)
                },
            ),
        };
    }

    /// Goes into the state, which is the cause of what follows.
    pub(super) fn enter(&mut self, cx: &mut Context<'_>, state: State, reason: &str) {
        debug_assert!(state.may_follow(self.state), "{:?} may not follow {:?}", state, self.state);
        self.state = state;
        self.state_since_ms = Some(cx.time_ms());
        self.initial_delay = None;
        self.tell(cx, reason);
    }

    /// Notes the state in the trace.
    pub(super) fn tell(&self, cx: &mut Context<'_>, reason: &str) {
        let (group, state) = (self.id.clone(), self.state.name().into());
        cx.because(EventKind::GroupState { group, state, generation: self.generation, reason: reason.into() });
    }

    /// The answer to a member's JoinGroup in this generation.
    pub(super) fn join_response(&self, member: &str) -> JoinGroupResponse {
        JoinGroupResponse {
            generation_id: self.generation.0,
            protocol_type: self.protocol_type.as_deref().map(str::to_owned),
            protocol_name: self.protocol.as_deref().map(str::to_owned),
            leader: self.leader.as_deref().unwrap_or_default().to_owned(),
            member_id: member.to_owned(),
            members: if self.is_leader(member) { self.join_members() } else { Vec::new() },
            ..Default::default()
        }
    }

    /// Sends away whoever waits in this group, since another broker coordinates it from now on.
    pub(in crate::coordinator::group) fn unloaded(self) -> Vec<(T, GroupReply)> {
        let mut replies = Vec::new();
        for member in self.members.into_values() {
            if let Some(token) = member.awaiting_join {
                replies.push((token, GroupReply::join_error(ErrorCode::NotCoordinator, &*member.id)));
            }
            if let Some(token) = member.awaiting_sync {
                replies.push((
                    token,
                    GroupReply::SyncGroup(SyncGroupResponse { error_code: ErrorCode::NotCoordinator as i16, ..Default::default() }),
                ));
            }
        }
        replies
    }

    /// The partition is loaded: members that are not heard of any more will be missed.
    pub(in crate::coordinator::group) fn loaded(&mut self, turn: &mut Turn<'_, '_, T>) {
        for member in self.members.values() {
            self.schedule_session(turn, &member.id, member.session_timeout_ms);
        }
        if self.members.len() > usize::try_from(turn.config.max_size).unwrap_or(0) {
            self.prepare_rebalance(turn, "the group has more members than group.max.size allows");
        }
    }
}
