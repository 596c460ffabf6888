//! LeaveGroup: members go by themselves, or an admin takes them out.

use super::State;
use super::group::ClassicGroup;
use crate::base::{Context, EventKind};
use crate::coordinator::group::{GroupReply, GroupShard, GroupTimer, Turn};
use crate::coordinator::runtime::Outcome;
use crate::wire::ErrorCode;
use crate::wire::messages::leave_group_request::MemberIdentity;
use crate::wire::messages::leave_group_response::MemberResponse;
use crate::wire::messages::{LeaveGroupRequest, LeaveGroupResponse};
use std::fmt::Debug;
use std::sync::Arc;

/// A LeaveGroup to be handled; below version 3 its one member is in the list as well.
#[derive(Clone, Debug)]
pub struct LeaveGroup<T> {
    pub request: LeaveGroupRequest,
    pub token: T,
}

impl<T: Clone + Debug> GroupShard<T> {
    pub fn leave_group(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>, leave: LeaveGroup<T>) {
        let LeaveGroup { request, token } = leave;
        let results: Vec<_> = match self.turn(cx, out, &request.group_id) {
            Some((group, mut turn)) => group.leave(&mut turn, &request.members),
            None => request.members.iter().map(|_| Err(ErrorCode::UnknownMemberId)).collect(),
        };
        let members = request.members.into_iter().zip(results).map(|(member, result)| MemberResponse {
            member_id: member.member_id,
            group_instance_id: member.group_instance_id,
            error_code: result.err().unwrap_or(ErrorCode::None) as i16,
            ..Default::default()
        });
        out.reply(token, GroupReply::LeaveGroup(LeaveGroupResponse { members: members.collect(), ..Default::default() }));
    }
}

impl<T: Clone + Debug> ClassicGroup<T> {
    fn leave(&mut self, turn: &mut Turn<'_, '_, T>, members: &[MemberIdentity]) -> Vec<Result<(), ErrorCode>> {
        let results: Vec<_> = members.iter().map(|member| self.leave_one(turn, member)).collect();
        if results.iter().any(Result::is_ok) {
            match self.state {
                State::Stable | State::CompletingRebalance => self.prepare_rebalance(turn, "members left"),
                State::PreparingRebalance => self.complete_join_if_all_joined(turn),
                State::Empty => {}
            }
        }
        results
    }

    /// An admin names a static member by its instance alone.
    fn leave_one(&mut self, turn: &mut Turn<'_, '_, T>, identity: &MemberIdentity) -> Result<(), ErrorCode> {
        let instance = identity.group_instance_id.as_deref();
        let id: Arc<str> = if identity.member_id.is_empty() {
            let known = instance.and_then(|instance| self.static_members.get(instance));
            known.cloned().ok_or(ErrorCode::UnknownMemberId)?
        } else {
            identity.member_id.as_str().into()
        };
        if !self.pending_join.contains(&id) {
            self.validate_member(&id, instance)?;
        }
        turn.out.cancel_timer(GroupTimer::Session { group: self.id.clone(), member: id.clone() });
        self.dismiss(turn, &id);
        let reason = identity.reason.as_deref().unwrap_or("it sent LeaveGroup").into();
        turn.cx.because(EventKind::MemberLeft { group: self.id.clone(), member: id, reason });
        Ok(())
    }
}
