//! JoinGroup: a member asks to be part of the next generation. Its answer waits until the others have joined as well, or their time is over.

use super::group::ClassicGroup;
use super::member::{Member, protocols};
use super::{State, StaticMember};
use crate::base::Context;
use crate::base::{EventKind, Rng};
use crate::coordinator::group::{GroupConfig, GroupReply, GroupShard, Then, Turn};
use crate::coordinator::runtime::Outcome;
use crate::wire::ErrorCode;
use crate::wire::messages::JoinGroupRequest;
use bytes::Bytes;
use std::fmt::{Debug, Write as _};
use std::sync::Arc;

/// Who sent a request.
#[derive(Clone, Debug)]
pub struct Caller {
    pub client_id: Arc<str>,
    /// As Java writes addresses: `/127.0.0.1`.
    pub host: Arc<str>,
}

/// A JoinGroup to be handled.
#[derive(Clone, Debug)]
pub struct JoinGroup<T> {
    pub request: JoinGroupRequest,
    pub caller: Caller,
    /// A new member is given an id first, and joins with that (KIP-394, version 4 on).
    pub requires_member_id: bool,
    /// A leader that comes back may be told to skip the assignment (KIP-814, version 9 on).
    pub can_skip_assignment: bool,
    pub token: T,
}

/// What is asked of a request before anything else.
///
/// # Errors
/// INVALID_GROUP_ID, INVALID_SESSION_TIMEOUT.
pub fn validate_join(request: &JoinGroupRequest, config: &GroupConfig) -> Result<(), ErrorCode> {
    let session_timeouts_ms = config.min_session_timeout_ms..=config.max_session_timeout_ms;
    if request.group_id.is_empty() {
        Err(ErrorCode::InvalidGroupId)
    } else if !session_timeouts_ms.contains(&request.session_timeout_ms) {
        Err(ErrorCode::InvalidSessionTimeout)
    } else {
        Ok(())
    }
}

impl<T> JoinGroup<T> {
    /// The error for whoever sent it.
    pub fn refuse(self, error: ErrorCode) -> GroupReply {
        GroupReply::join_error(error, self.request.member_id)
    }

    /// As [`Self::refuse`], without a member id: the sender is none, whatever it thinks.
    pub(super) fn refuse_stranger(&self, error: ErrorCode) -> GroupReply {
        GroupReply::join_error(error, "")
    }

    /// Why, as the client gives it (KIP-800).
    fn reason(&self) -> &str {
        self.request.reason.as_deref().filter(|reason| !reason.is_empty()).unwrap_or("not provided")
    }
}

impl<T: Clone + Debug> GroupShard<T> {
    /// A group that is not there comes to be with its first member, which must be new.
    pub fn join_group(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>, join: JoinGroup<T>) {
        let request = &join.request;
        if let Some((group, mut turn)) = self.turn(cx, out, &request.group_id) {
            group.join(&mut turn, join);
        } else if request.member_id.is_empty() {
            out.records.push(ClassicGroup::<T>::new_record(request.group_id.as_str().into(), cx.time_ms()));
            out.then = Some(Then::Join(Box::new(join)));
        } else {
            out.reply(join.token.clone(), join.refuse(ErrorCode::UnknownMemberId));
        }
    }
}

impl<T: Clone + Debug> ClassicGroup<T> {
    pub(in crate::coordinator::group) fn join(&mut self, turn: &mut Turn<'_, '_, T>, join: JoinGroup<T>) {
        let request = &join.request;
        if !self.has_room_for(&request.member_id, turn.config) {
            self.remove(&request.member_id.clone());
            turn.out.reply(join.token.clone(), join.refuse_stranger(ErrorCode::GroupMaxSizeReached));
        } else if !self.supports(&request.protocol_type, &request.protocols) {
            turn.out.reply(join.token.clone(), join.refuse(ErrorCode::InconsistentGroupProtocol));
        } else if request.member_id.is_empty() {
            self.join_new(turn, join);
        } else if self.pending_join.contains(request.member_id.as_str()) {
            let member_id = request.member_id.as_str().into();
            self.add_member(turn, join, member_id);
        } else if let Err(error) = self.validate_member(&request.member_id, request.group_instance_id.as_deref()) {
            turn.out.reply(join.token.clone(), join.refuse(error));
        } else {
            self.join_again(turn, join);
        }
    }

    /// Whether `group.max.size` allows the member, if it is a new one. While members join, those count that have joined: so the last
    /// to come are left out where the group was larger than it may be.
    fn has_room_for(&self, member: &str, config: &GroupConfig) -> bool {
        let max_size = usize::try_from(config.max_size).unwrap_or(0);
        match self.state {
            State::Empty => true,
            State::PreparingRebalance => {
                self.members.get(member).is_some_and(|member| member.awaiting_join.is_some()) || self.awaiting_join() < max_size
            }
            State::CompletingRebalance | State::Stable => self.members.contains_key(member) || self.members.len() < max_size,
        }
    }

    fn join_new(&mut self, turn: &mut Turn<'_, '_, T>, join: JoinGroup<T>) {
        let instance = join.request.group_instance_id.as_deref();
        let member_id = new_member_id(instance.unwrap_or(&join.caller.client_id), turn.cx.rng);
        match instance.map(|instance| self.static_members.get(instance).cloned()) {
            Some(Some(old_id)) => self.replace_static_member(turn, StaticMember { old_id, new_id: member_id, join }),
            Some(None) => self.add_member(turn, join, member_id),
            None if join.requires_member_id => {
                self.pending_join.insert(member_id.clone());
                self.schedule_session(turn, &member_id, join.request.session_timeout_ms);
                turn.out.reply(join.token, GroupReply::join_error(ErrorCode::MemberIdRequired, &*member_id));
            }
            None => self.add_member(turn, join, member_id),
        }
    }

    fn add_member(&mut self, turn: &mut Turn<'_, '_, T>, join: JoinGroup<T>, id: Arc<str>) {
        let reason = format!("{id} joins; its reason: {}", join.reason());
        let JoinGroup { request, caller, token, .. } = join;
        if let Some(delay) = &mut self.initial_delay {
            delay.new_member = true;
        }
        let member = Member {
            id: id.clone(),
            instance_id: request.group_instance_id.as_deref().map(Arc::from),
            client_id: caller.client_id.clone(),
            client_host: caller.host,
            rebalance_timeout_ms: request.rebalance_timeout_ms,
            session_timeout_ms: request.session_timeout_ms,
            protocols: protocols(&request.protocols),
            assignment: Bytes::new(),
            is_new: true,
            awaiting_join: Some(token),
            awaiting_sync: None,
        };
        self.add(member, &request.protocol_type);
        turn.cx.because(EventKind::MemberJoined { group: self.id.clone(), member: id.clone(), client: caller.client_id });
        self.schedule_session(turn, &id, GroupConfig::NEW_MEMBER_JOIN_TIMEOUT_MS);
        self.rebalance(turn, &reason);
    }

    /// A member that the group knows joins: in a rebalance, or to bring one about.
    fn join_again(&mut self, turn: &mut Turn<'_, '_, T>, join: JoinGroup<T>) {
        let id = join.request.member_id.as_str();
        let is_unchanged = self.members.get(id).is_some_and(|member| member.matches(&join.request.protocols));
        let current = match self.state {
            State::PreparingRebalance => false,
            // It did not get its answer, perhaps.
            State::CompletingRebalance => is_unchanged,
            // A leader wants another assignment; a follower only wants to know.
            State::Stable => is_unchanged && !self.is_leader(id),
            State::Empty => return turn.out.reply(join.token.clone(), join.refuse(ErrorCode::UnknownMemberId)),
        };
        if current {
            return turn.out.reply(join.token.clone(), GroupReply::JoinGroup(self.join_response(id)));
        }
        let what = if is_unchanged { "joins again" } else { "joins again with other metadata" };
        let reason = format!("{id} {what}; its reason: {}", join.reason());
        self.update_member(join);
        self.rebalance(turn, &reason);
    }

    /// The member says anew what it follows, and waits.
    fn update_member(&mut self, join: JoinGroup<T>) {
        let JoinGroup { request, token, .. } = join;
        if let Some(member) = self.members.get_mut(request.member_id.as_str()) {
            member.protocols = protocols(&request.protocols);
            member.rebalance_timeout_ms = request.rebalance_timeout_ms;
            member.session_timeout_ms = request.session_timeout_ms;
            member.awaiting_join = Some(token);
        }
    }
}

/// `prefix-` and a random UUID, as Java writes it.
fn new_member_id(prefix: &str, rng: &mut Rng) -> Arc<str> {
    let mut bytes = rng.bytes16();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut id = format!("{prefix}-");
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            id.push('-');
        }
        let _infallible = write!(id, "{byte:02x}");
    }
    id.into()
}
