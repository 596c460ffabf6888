//! Heartbeat: a member is alive, and hears when it has to join again.

use super::State;
use super::group::ClassicGroup;
use crate::base::Context;
use crate::coordinator::group::{GroupReply, GroupShard, Turn};
use crate::coordinator::runtime::Outcome;
use crate::wire::ErrorCode;
use crate::wire::messages::{HeartbeatRequest, HeartbeatResponse};
use std::fmt::Debug;

/// A Heartbeat to be handled.
#[derive(Clone, Debug)]
pub struct Heartbeat<T> {
    pub request: HeartbeatRequest,
    pub token: T,
}

impl<T: Clone + Debug> GroupShard<T> {
    pub fn heartbeat(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>, heartbeat: Heartbeat<T>) {
        let Heartbeat { request, token } = heartbeat;
        let error = if let Some((group, mut turn)) = self.turn(cx, out, &request.group_id) {
            group.heartbeat(&mut turn, &request).err().unwrap_or(ErrorCode::None)
        } else {
            ErrorCode::UnknownMemberId
        };
        out.reply_at_once(token, GroupReply::Heartbeat(HeartbeatResponse { error_code: error as i16, ..Default::default() }));
    }
}

impl<T: Clone + Debug> ClassicGroup<T> {
    fn heartbeat(&mut self, turn: &mut Turn<'_, '_, T>, request: &HeartbeatRequest) -> Result<(), ErrorCode> {
        self.validate_member(&request.member_id, request.group_instance_id.as_deref())?;
        if request.generation_id != self.generation.0 {
            return Err(ErrorCode::IllegalGeneration);
        }
        self.is_alive(turn, &request.member_id);
        match self.state {
            State::Empty => Err(ErrorCode::UnknownMemberId),
            State::PreparingRebalance => Err(ErrorCode::RebalanceInProgress),
            State::CompletingRebalance | State::Stable => Ok(()),
        }
    }

    /// The member's session begins anew.
    pub(in crate::coordinator::group) fn is_alive(&self, turn: &mut Turn<'_, '_, T>, member: &str) {
        if let Some(member) = self.members.get(member) {
            self.schedule_session(turn, &member.id, member.session_timeout_ms);
        }
    }
}
