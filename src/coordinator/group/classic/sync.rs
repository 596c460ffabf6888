//! SyncGroup: the leader says who gets what; the others hear it.

use super::State;
use super::group::ClassicGroup;
use crate::base::SortedMap;
use crate::base::{Context, GenerationId};
use crate::coordinator::group::{GroupReply, GroupShard, GroupTimer, Then, Turn};
use crate::coordinator::runtime::{Outcome, Reply as _};
use crate::wire::ErrorCode;
use crate::wire::messages::{SyncGroupRequest, SyncGroupResponse};
use bytes::Bytes;
use std::fmt::Debug;
use std::sync::Arc;

/// A SyncGroup to be handled.
#[derive(Clone, Debug)]
pub struct SyncGroup<T> {
    pub request: SyncGroupRequest,
    pub token: T,
}

fn refused(error: ErrorCode) -> GroupReply {
    GroupReply::SyncGroup(SyncGroupResponse::default()).failed(error)
}

impl<T: Clone + Debug> GroupShard<T> {
    pub fn sync_group(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>, sync: SyncGroup<T>) {
        if let Some((group, mut turn)) = self.turn(cx, out, &sync.request.group_id) {
            group.sync(&mut turn, sync);
        } else {
            out.reply(sync.token, refused(ErrorCode::UnknownMemberId));
        }
    }
}

impl<T: Clone + Debug> ClassicGroup<T> {
    fn sync(&mut self, turn: &mut Turn<'_, '_, T>, sync: SyncGroup<T>) {
        let SyncGroup { request, token } = sync;
        if let Err(error) = self.validate_sync(&request) {
            return turn.out.reply(token, refused(error));
        }
        match self.state {
            State::PreparingRebalance => turn.out.reply(token, refused(ErrorCode::RebalanceInProgress)),
            State::CompletingRebalance => {
                self.has_synced(turn, &request.member_id);
                if let Some(member) = self.members.get_mut(request.member_id.as_str()) {
                    member.awaiting_sync = Some(token);
                }
                if self.is_leader(&request.member_id) {
                    self.write_assignments(turn, request);
                }
            }
            State::Stable => {
                self.has_synced(turn, &request.member_id);
                let assignment = self.members.get(request.member_id.as_str()).map(|member| member.assignment.clone());
                turn.out.reply(token, self.sync_reply(assignment.unwrap_or_default()));
            }
            State::Empty => turn.out.reply(token, refused(ErrorCode::UnknownMemberId)),
        }
    }

    fn validate_sync(&self, request: &SyncGroupRequest) -> Result<(), ErrorCode> {
        self.validate_member(&request.member_id, request.group_instance_id.as_deref())?;
        let differs =
            |asked: &Option<String>, own: &Option<Arc<str>>| asked.is_some() && own.is_some() && asked.as_deref() != own.as_deref();
        if request.generation_id != self.generation.0 {
            Err(ErrorCode::IllegalGeneration)
        } else if differs(&request.protocol_type, &self.protocol_type) || differs(&request.protocol_name, &self.protocol) {
            Err(ErrorCode::InconsistentGroupProtocol)
        } else {
            Ok(())
        }
    }

    fn has_synced(&mut self, turn: &mut Turn<'_, '_, T>, member: &str) {
        self.pending_sync.remove(member);
        if self.pending_sync.is_empty() {
            turn.out.cancel_timer(GroupTimer::Sync { group: self.id.clone() });
        }
    }

    fn write_assignments(&self, turn: &mut Turn<'_, '_, T>, request: SyncGroupRequest) {
        let assignments = request.assignments.into_iter().map(|given| (given.member_id, given.assignment));
        let assignments: SortedMap<String, Bytes> = assignments.collect();
        turn.out.records.push(self.record_with(|member| assignments.get(&*member.id).cloned().unwrap_or_default()));
        turn.out.then = Some(Then::Assign { group: self.id.clone(), generation: self.generation });
    }

    /// The assignments are written, and part of the state; or could not be.
    pub(in crate::coordinator::group) fn assigned(
        &mut self,
        turn: &mut Turn<'_, '_, T>,
        generation: GenerationId,
        result: Result<(), ErrorCode>,
    ) {
        if self.generation != generation {
            return;
        }
        if let Err(error) = result {
            self.fail_syncs(turn, error);
            return self.prepare_rebalance(turn, &format!("the assignment could not be stored: {}", error.name()));
        }
        self.tell(turn.cx, "the leader has assigned");
        let waiting: Vec<_> =
            self.members.values_mut().filter_map(|member| Some((member.id.clone(), member.awaiting_sync.take()?))).collect();
        for (id, token) in waiting {
            if let Some(member) = self.members.get(&id) {
                turn.out.reply(token, self.sync_reply(member.assignment.clone()));
                self.schedule_session(turn, &id, member.session_timeout_ms);
            }
        }
    }

    fn sync_reply(&self, assignment: Bytes) -> GroupReply {
        GroupReply::SyncGroup(SyncGroupResponse {
            protocol_type: self.protocol_type.as_deref().map(str::to_owned),
            protocol_name: self.protocol.as_deref().map(str::to_owned),
            assignment,
            ..Default::default()
        })
    }
}
