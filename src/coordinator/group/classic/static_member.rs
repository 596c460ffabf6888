//! A static member that comes back (KIP-345): under the same `group.instance.id`, with a new member id. It causes no rebalance, unless the
//! group's protocol would be another one with it.

use super::State;
use super::group::ClassicGroup;
use super::join::JoinGroup;
use super::member::protocols;
use crate::coordinator::group::{GroupReply, GroupTimer, Then, Turn, operation_error};
use crate::wire::ErrorCode;
use crate::wire::messages::SyncGroupResponse;
use std::fmt::Debug;
use std::sync::Arc;

/// A static member's return.
#[derive(Clone, Debug)]
pub struct StaticMember<T> {
    pub old_id: Arc<str>,
    pub new_id: Arc<str>,
    pub join: JoinGroup<T>,
}

impl<T: Clone + Debug> ClassicGroup<T> {
    pub(super) fn replace_static_member(&mut self, turn: &mut Turn<'_, '_, T>, returned: StaticMember<T>) {
        let reason = format!("static member {} comes back as {}", returned.old_id, returned.new_id);
        let mut changed = self.clone();
        changed.rename(&returned);
        match self.state {
            State::Stable if changed.select_protocol() == self.protocol => {
                turn.out.records.push(changed.record());
                turn.out.then = Some(Then::Replace(Box::new(returned)));
            }
            State::Stable | State::CompletingRebalance | State::PreparingRebalance => {
                self.fence(turn, &returned.old_id);
                self.rename(&returned);
                if let Some(member) = self.members.get_mut(&returned.new_id) {
                    member.awaiting_join = Some(returned.join.token);
                }
                self.is_alive(turn, &returned.new_id);
                self.rebalance(turn, &reason);
            }
            State::Empty => turn.out.reply(returned.join.token.clone(), returned.join.refuse(ErrorCode::UnknownMemberId)),
        }
    }

    /// The new id is written, and part of the state; or could not be, and the old one stays.
    pub(in crate::coordinator::group) fn replaced(
        &mut self,
        turn: &mut Turn<'_, '_, T>,
        returned: StaticMember<T>,
        result: Result<(), ErrorCode>,
    ) {
        let StaticMember { old_id, new_id, join } = returned;
        if let Err(error) = result {
            let mut response = self.join_response("");
            response.error_code = operation_error(error) as i16;
            return turn.out.reply(join.token, GroupReply::JoinGroup(response));
        }
        if let Some(member) = self.members.get_mut(&new_id) {
            member.protocols = protocols(&join.request.protocols);
        }
        turn.out.cancel_timer(GroupTimer::Session { group: self.id.clone(), member: old_id.clone() });
        self.is_alive(turn, &new_id);
        let mut response = self.join_response(&new_id);
        if join.can_skip_assignment {
            response.skip_assignment = self.is_leader(&new_id);
        } else if self.is_leader(&new_id) {
            // An old client would assign if it were the leader: it is told that its former self leads.
            response.leader = old_id.to_string();
            response.members.clear();
        }
        turn.out.reply(join.token, GroupReply::JoinGroup(response));
    }

    /// Gives the member its new id, and what it says of itself now; the rest stays.
    fn rename(&mut self, returned: &StaticMember<T>) {
        let StaticMember { old_id, new_id, join } = returned;
        let Some(mut member) = self.members.remove(old_id) else { return };
        member.id = new_id.clone();
        member.protocols = protocols(&join.request.protocols);
        member.rebalance_timeout_ms = join.request.rebalance_timeout_ms;
        member.session_timeout_ms = join.request.session_timeout_ms;
        member.is_new = false;
        if let Some(instance) = &member.instance_id {
            self.static_members.insert(instance.clone(), new_id.clone());
        }
        if self.is_leader(old_id) {
            self.leader = Some(new_id.clone());
        }
        self.members.insert(new_id.clone(), member);
    }

    /// Whoever still waits under the old id is sent away for good.
    fn fence(&mut self, turn: &mut Turn<'_, '_, T>, old_id: &Arc<str>) {
        turn.out.cancel_timer(GroupTimer::Session { group: self.id.clone(), member: old_id.clone() });
        let Some(member) = self.members.get_mut(old_id) else { return };
        let code = ErrorCode::FencedInstanceId as i16;
        if let Some(token) = member.awaiting_join.take() {
            turn.out.reply(token, GroupReply::join_error(ErrorCode::FencedInstanceId, &**old_id));
        }
        if let Some(token) = member.awaiting_sync.take() {
            turn.out.reply(token, GroupReply::SyncGroup(SyncGroupResponse { error_code: code, ..Default::default() }));
        }
    }
}
