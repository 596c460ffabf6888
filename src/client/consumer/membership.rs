//! A consumer as a member of its group: its coordinator, its heartbeats, and what ends its membership (`AbstractCoordinator`).

use super::protocol::Memory;
use super::{Consumer, Life, Request, Subscription};
use crate::base::{Context, Duration, EventId, GenerationId, Instant, NodeId};
use crate::base::{SortedMap, SortedSet};
use crate::client::alarm::Alarm;
use crate::client::assignor::Assignor;
use crate::client::cluster::Tag;
use crate::client::connections::{Answer, Channel};
use crate::wire::messages::leave_group_request::MemberIdentity;
use crate::wire::messages::{
    FindCoordinatorRequest, FindCoordinatorResponse, HeartbeatRequest, HeartbeatResponse, JoinGroupResponse, LeaveGroupRequest,
};
use crate::wire::{ApiKey, ErrorCode};
use bytes::Bytes;
use std::sync::Arc;

/// Since this version of FindCoordinator several keys can be asked for at once, and the answer has a list.
const BATCHED_SINCE: i16 = 4;

/// Where a member is in its group's rebalances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberState {
    /// Not in the group, or no longer.
    Unjoined,
    /// Has asked to join, and waits for the others.
    PreparingRebalance,
    /// Has joined, and waits for its assignment.
    CompletingRebalance,
    Stable,
}

impl MemberState {
    const fn has_joined(self) -> bool {
        matches!(self, Self::CompletingRebalance | Self::Stable)
    }
}

/// Why a member is to join (again).
#[derive(Clone, Debug)]
pub(super) struct Rejoin {
    pub reason: Arc<str>,
    pub cause: Option<EventId>,
}

/// What comes before joining: positions are committed, then partitions given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prepare {
    Needed,
    /// The commit is under way, or to be tried again; not after `until`.
    Committing {
        until: Instant,
        retry_at: Instant,
    },
    /// Committed, or nothing to commit.
    Committed,
    Done,
}

/// What a leader has to do once its metadata is fresh.
#[derive(Clone, Debug)]
pub(super) struct Leading {
    pub response: JoinGroupResponse,
    pub assignor: Assignor,
    /// The metadata that the member had when it was told.
    pub metadata_version: u64,
}

/// A member's state.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub id: Arc<str>,
    pub instance: Option<Arc<str>>,
    pub state: MemberState,
    /// Empty before the coordinator gave one.
    pub member_id: Arc<str>,
    /// -1 while it is in none.
    pub generation: GenerationId,
    pub protocol: Option<Assignor>,
    pub is_leader: bool,
    /// Changes with member id and generation: an answer to a request of an earlier one tells nothing about the present one.
    pub stamp: u32,

    pub coordinator: Option<NodeId>,
    looking_up: bool,
    lookup_at: Instant,
    lookup_failures: u32,

    pub rejoin: Option<Rejoin>,
    pub prepare: Prepare,
    pub join_at: Instant,
    pub join_failures: u32,
    pub leading: Option<Leading>,
    /// Has come, and is taken up when the application polls.
    pub assignment: Option<Bytes>,

    heartbeat_busy: bool,
    pub heartbeat_at: Instant,
    /// The event by which it became a member of its generation.
    pub joined_by: Option<EventId>,
    /// When the coordinator last answered a heartbeat.
    pub heard: Instant,
    pub last_heartbeat: Option<Instant>,

    pub joined_topics: SortedSet<Arc<str>>,
    /// Of all members, which their leader keeps an eye on.
    pub group_topics: SortedSet<Arc<str>>,
    /// How many partitions the topics had when this member, as leader, assigned them.
    pub assigned_of: Option<SortedMap<Arc<str>, Option<i32>>>,
    pub metadata_version: u64,
    pub sticky: Memory,
    pub cooperative: Memory,
}

impl Group {
    pub fn new(id: &str, instance: Option<&str>) -> Self {
        Self {
            id: id.into(),
            instance: instance.map(Into::into),
            state: MemberState::Unjoined,
            member_id: "".into(),
            generation: GenerationId(-1),
            protocol: None,
            is_leader: false,
            stamp: 0,
            coordinator: None,
            looking_up: false,
            lookup_at: Instant::ZERO,
            lookup_failures: 0,
            rejoin: None,
            prepare: Prepare::Needed,
            join_at: Instant::ZERO,
            join_failures: 0,
            leading: None,
            assignment: None,
            heartbeat_busy: false,
            heartbeat_at: Instant::ZERO,
            joined_by: None,
            heard: Instant::ZERO,
            last_heartbeat: None,
            joined_topics: SortedSet::new(),
            group_topics: SortedSet::new(),
            assigned_of: None,
            metadata_version: 0,
            sticky: Memory::default(),
            cooperative: Memory::default(),
        }
    }

    /// The coordinator's connection; none while there is no coordinator.
    pub fn channel(&self) -> Option<Channel> {
        self.coordinator.map(Channel::Coordinator)
    }

    /// Asks to join again; the last reason counts.
    pub fn request_rejoin(&mut self, cx: &Context<'_>, reason: &str) {
        self.rejoin = Some(Rejoin { reason: reason.into(), cause: cx.cause });
    }

    /// The same, unless it is to join again anyway.
    pub fn request_rejoin_if_necessary(&mut self, cx: &Context<'_>, reason: &str) {
        if self.rejoin.is_none() {
            self.request_rejoin(cx, reason);
        }
    }

    /// It is no member any more, as far as the coordinator is concerned. The member id outlasts a generation that has passed.
    pub fn reset(&mut self, cx: &Context<'_>, keep_member_id: bool, reason: &str) {
        self.state = MemberState::Unjoined;
        self.generation = GenerationId(-1);
        self.protocol = None;
        self.leading = None;
        self.assignment = None;
        self.stamp += 1;
        if !keep_member_id {
            self.member_id = "".into();
        }
        self.request_rejoin(cx, reason);
    }

    pub fn instance_id(&self) -> Option<String> {
        self.instance.as_deref().map(str::to_owned)
    }
}

impl Consumer {
    /// Finds the coordinator, keeps its connection, and lets it hear from this member: what Java's heartbeat thread does.
    pub(super) fn keep_in_touch(&mut self, cx: &mut Context<'_>) {
        let Some(group) = &self.group else { return };
        if self.subscription == Subscription::None && !self.commits.any() {
            return;
        }
        let Some(channel) = group.channel() else { return self.look_up_coordinator(cx) };
        if self.cluster.net.is_unavailable(cx.now, channel) {
            return self.lose_coordinator(cx);
        }
        if self.cluster.net.ensure(cx, channel) {
            self.check_poll_interval(cx);
            self.heartbeat(cx);
        }
    }

    pub(super) fn coordinator_ready(&self) -> Option<Channel> {
        self.group.as_ref().and_then(Group::channel).filter(|channel| self.cluster.net.is_ready(*channel))
    }

    fn look_up_coordinator(&mut self, cx: &mut Context<'_>) {
        let Some(group) = &mut self.group else { return };
        if group.looking_up || group.lookup_at > cx.now {
            return;
        }
        let Some(channel) = self.cluster.least_loaded(cx).filter(|channel| self.cluster.net.ensure(cx, *channel)) else { return };
        let batched = self.cluster.net.version(channel, ApiKey::FindCoordinator).flatten().is_some_and(|version| version >= BATCHED_SINCE);
        let key = group.id.to_string();
        let mut request = if batched {
            FindCoordinatorRequest { coordinator_keys: vec![key], ..Default::default() }
        } else {
            FindCoordinatorRequest { key, ..Default::default() }
        };
        group.looking_up = self.cluster.net.send(cx, channel, &mut request, Tag::Own(Request::FindCoordinator)).is_ok();
    }

    pub(super) fn found_coordinator(&mut self, cx: &mut Context<'_>, answer: &Answer<Request>) {
        let found = answer.response::<FindCoordinatorResponse>().and_then(|response| {
            let (error, node) =
                response.coordinators.first().map_or((response.error_code, response.node_id), |found| (found.error_code, found.node_id));
            if error == 0 { Ok(NodeId(node)) } else { Err(ErrorCode::from_i16(error).unwrap_or(ErrorCode::UnknownServerError)) }
        });
        let Some(group) = &mut self.group else { return };
        group.looking_up = false;
        match found {
            Ok(node) => {
                group.coordinator = Some(node);
                group.lookup_failures = 0;
                group.heard = cx.now;
            }
            Err(error) => {
                group.lookup_at = cx.now + self.cluster.retry_in(cx, group.lookup_failures);
                group.lookup_failures += 1;
                self.cluster.note_retry(cx, error.name());
                if !error.is_retriable() {
                    self.fail(cx, error.name(), error.message());
                }
            }
        }
    }

    /// The coordinator is another node, or cannot be reached: it is looked for anew.
    pub(super) fn lose_coordinator(&mut self, cx: &mut Context<'_>) {
        if let Some(group) = &mut self.group
            && let Some(channel) = group.channel()
        {
            group.coordinator = None;
            group.heartbeat_busy = false;
            group.lookup_at = cx.now + self.cluster.retry_in(cx, 0);
            let abandoned = self.cluster.abandon(cx, channel);
            self.abandoned.extend(abandoned);
        }
    }

    // ── heartbeats ──

    /// An application that stays away too long is taken out of its group by its own consumer.
    fn check_poll_interval(&mut self, cx: &mut Context<'_>) {
        if self.poll_deadline().is_some_and(|deadline| deadline <= cx.now)
            && self.group.as_ref().is_some_and(|group| group.state.has_joined())
        {
            self.leave(cx, "consumer poll timeout has expired.");
            if let Some(group) = &mut self.group {
                group.reset(cx, false, "consumer pro-actively leaving the group");
            }
        }
    }

    /// When the application has stayed away too long; none while it polls.
    fn poll_deadline(&self) -> Option<Instant> {
        self.application.busy_since().map(|since| since + Duration::from_kafka_ms(self.config.max_poll_interval_ms.into()))
    }

    fn heartbeat(&mut self, cx: &mut Context<'_>) {
        let Some(channel) = self.coordinator_ready() else { return };
        let Some(group) = &mut self.group else { return };
        if !group.state.has_joined() || group.heartbeat_busy || group.heartbeat_at > cx.now {
            return;
        }
        if group.heard + Duration::from_kafka_ms(self.config.session_timeout_ms.into()) <= cx.now {
            return self.lose_coordinator(cx);
        }
        let mut request = HeartbeatRequest {
            group_id: group.id.to_string(),
            generation_id: group.generation.0,
            member_id: group.member_id.to_string(),
            group_instance_id: group.instance_id(),
            ..Default::default()
        };
        let tag = Tag::Own(Request::Heartbeat(group.stamp));
        if self.cluster.net.send(cx, channel, &mut request, tag).is_ok() {
            group.heartbeat_busy = true;
            group.last_heartbeat = Some(cx.now);
            group.heartbeat_at = cx.now + Duration::from_kafka_ms(self.config.heartbeat_interval_ms.into());
        }
    }

    pub(super) fn heartbeat_answered(&mut self, cx: &mut Context<'_>, stamp: u32, answer: &Answer<Request>) {
        let response = answer.response::<HeartbeatResponse>();
        let error = response
            .map_or_else(|error| error, |response| ErrorCode::from_i16(response.error_code).unwrap_or(ErrorCode::UnknownServerError));
        let Some(group) = &mut self.group else { return };
        group.heartbeat_busy = false;
        match error {
            ErrorCode::None => group.heard = cx.now,
            ErrorCode::RebalanceInProgress => {
                group.heard = cx.now;
                if group.state == MemberState::Stable {
                    group.request_rejoin(cx, "group is already rebalancing");
                }
            }
            _ => {
                group.heartbeat_at = cx.now + self.cluster.retry_in(cx, 0);
                self.membership_error(cx, stamp, ApiKey::Heartbeat, error);
            }
        }
    }

    /// What an error says of the membership, whichever request brought it. Whether it was one of these.
    pub(super) fn membership_error(&mut self, cx: &mut Context<'_>, stamp: u32, api: ApiKey, error: ErrorCode) -> bool {
        let Some(group) = &mut self.group else { return false };
        match error {
            ErrorCode::CoordinatorNotAvailable | ErrorCode::NotCoordinator | ErrorCode::NetworkException => {
                self.cluster.note_retry(cx, error.name());
                self.lose_coordinator(cx);
            }
            ErrorCode::IllegalGeneration | ErrorCode::UnknownMemberId if group.stamp == stamp => {
                self.cluster.note_retry(cx, error.name());
                group.reset(
                    cx,
                    error == ErrorCode::IllegalGeneration,
                    &format!("encountered {} from {} response", error.name(), api.kafka_name()),
                );
            }
            ErrorCode::FencedInstanceId if group.stamp == stamp => self.fail(cx, error.name(), error.message()),
            ErrorCode::IllegalGeneration | ErrorCode::UnknownMemberId | ErrorCode::FencedInstanceId => {}
            _ => return false,
        }
        true
    }

    /// Tells the coordinator that this member leaves, unless it is a static one: that may come back.
    pub(super) fn leave(&mut self, cx: &mut Context<'_>, reason: &str) {
        let Some(channel) = self.coordinator_ready() else { return };
        let Some(group) = &mut self.group else { return };
        if group.instance.is_some() || group.member_id.is_empty() {
            return;
        }
        let (member_id, reason) = (group.member_id.to_string(), Some(reason.to_owned()));
        let mut request = LeaveGroupRequest {
            group_id: group.id.to_string(),
            members: vec![MemberIdentity { member_id: member_id.clone(), group_instance_id: None, reason, ..Default::default() }],
            ..Default::default()
        };
        if self.cluster.net.version(channel, ApiKey::LeaveGroup).flatten().is_some_and(|version| version < 3) {
            (request.member_id, request.members) = (member_id, Vec::new());
        }
        self.leaving = self.cluster.net.send(cx, channel, &mut request, Tag::Own(Request::Leave)).is_ok();
    }

    pub(super) fn group_alarms(&self, now: Instant) -> [Option<Alarm>; 3] {
        let Some(group) = self.group.as_ref().filter(|_| self.life == Life::Running && self.subscription != Subscription::None) else {
            return [None; 3];
        };
        let cause = group.rejoin.as_ref().and_then(|rejoin| rejoin.cause);
        let lookup = (group.coordinator.is_none() && !group.looking_up && group.lookup_at > now)
            .then(|| Alarm::named(group.lookup_at, "retry.backoff.ms", cause));
        let beats = group.state.has_joined() && !group.heartbeat_busy && self.coordinator_ready().is_some();
        let lost = group.channel().filter(|channel| !self.cluster.net.is_open(*channel));
        let connect = lost.and_then(|channel| self.cluster.net.retry_at(channel)).map(|at| Alarm::named(at, "reconnect.backoff.ms", cause));
        let heartbeat = beats.then(|| Alarm::named(group.heartbeat_at, "heartbeat.interval.ms", group.joined_by)).or(connect);
        let poll =
            self.poll_deadline().filter(|_| group.state.has_joined()).map(|at| Alarm::named(at, "max.poll.interval.ms", group.joined_by));
        [lookup, heartbeat, poll]
    }
}
