//! The way to the next generation: members join (PreparingRebalance), the leader assigns (CompletingRebalance), and the timers that end
//! the waiting.

use super::State;
use super::group::{ClassicGroup, InitialDelay};
use crate::base::{Duration, EventKind, GenerationId, Silent};
use crate::coordinator::group::{GroupReply, GroupTimer, Turn};
use crate::coordinator::runtime::Reply as _;
use crate::wire::ErrorCode;
use crate::wire::messages::SyncGroupResponse;
use crate::wire::messages::join_group_response::JoinGroupResponseMember;
use std::fmt::Debug;
use std::sync::Arc;

impl<T: Clone + Debug> ClassicGroup<T> {
    /// Begins a rebalance, or goes on with the one there is.
    pub(super) fn rebalance(&mut self, turn: &mut Turn<'_, '_, T>, reason: &str) {
        if State::PreparingRebalance.may_follow(self.state) {
            self.prepare_rebalance(turn, reason);
        } else {
            self.complete_join_if_all_joined(turn);
        }
    }

    pub(super) fn prepare_rebalance(&mut self, turn: &mut Turn<'_, '_, T>, reason: &str) {
        if self.state == State::CompletingRebalance {
            self.fail_syncs(turn, ErrorCode::RebalanceInProgress);
        }
        self.pending_sync.clear();
        turn.out.cancel_timer(GroupTimer::Sync { group: self.id.clone() });

        let was_empty = self.state == State::Empty;
        self.enter(turn.cx, State::PreparingRebalance, reason);
        if was_empty {
            let delay_ms = turn.config.initial_rebalance_delay_ms;
            let remaining_ms = (self.rebalance_timeout_ms() - delay_ms).max(0);
            self.initial_delay = Some(InitialDelay { delay_ms, remaining_ms, new_member: false });
            self.schedule_join(turn, delay_ms);
        } else if self.have_all_joined() {
            self.complete_join(turn);
        } else {
            self.schedule_join(turn, self.rebalance_timeout_ms());
        }
    }

    /// Of the initial rebalance nobody knows whether all have joined: it ends with its delay.
    pub(super) fn complete_join_if_all_joined(&mut self, turn: &mut Turn<'_, '_, T>) {
        if self.state == State::PreparingRebalance && self.initial_delay.is_none() && self.have_all_joined() {
            self.complete_join(turn);
        }
    }

    /// The time to join is over. An initial rebalance waits for longer while members keep coming.
    pub(in crate::coordinator::group) fn join_timed_out(&mut self, turn: &mut Turn<'_, '_, T>) {
        match self.initial_delay {
            Some(InitialDelay { delay_ms, remaining_ms, new_member: true }) if remaining_ms > 0 => {
                let next_ms = turn.config.initial_rebalance_delay_ms.min(remaining_ms);
                let remaining_ms = (remaining_ms - delay_ms).max(0);
                self.initial_delay = Some(InitialDelay { delay_ms: next_ms, remaining_ms, new_member: false });
                self.schedule_join(turn, next_ms);
            }
            _ => self.complete_join(turn),
        }
    }

    /// The members that have joined make the next generation. Static members belong to it even if they have not.
    pub(super) fn complete_join(&mut self, turn: &mut Turn<'_, '_, T>) {
        turn.out.cancel_timer(GroupTimer::Join { group: self.id.clone() });
        self.remove_absent(turn);
        if !self.elect_leader() && !self.members.is_empty() {
            // Static members only, none of which has joined: their sessions will end.
            self.initial_delay = None;
            return self.schedule_join(turn, self.rebalance_timeout_ms());
        }
        self.generation = GenerationId(self.generation.0.wrapping_add(1));
        self.pending_sync.clear();
        if self.members.is_empty() {
            self.protocol = None;
            self.compute_subscribed_topics();
            self.enter(turn.cx, State::Empty, "no members are left");
            turn.out.records.push(self.record());
        } else {
            self.protocol = self.select_protocol();
            self.compute_subscribed_topics();
            self.enter(turn.cx, State::CompletingRebalance, "the members have joined");
            self.answer_joins(turn);
            let after = Duration::from_kafka_ms(self.rebalance_timeout_ms().into());
            turn.out.set_timer(GroupTimer::Sync { group: self.id.clone() }, after);
        }
    }

    /// Takes out the dynamic members that have not joined.
    fn remove_absent(&mut self, turn: &mut Turn<'_, '_, T>) {
        let absent = |id: &Arc<str>| self.members.get(id).is_some_and(|member| member.awaiting_join.is_none() && !member.is_static());
        let absent: Vec<Arc<str>> = self.members.keys().filter(|id| absent(id)).cloned().collect();
        for member in absent {
            self.remove(&member);
            turn.out.cancel_timer(GroupTimer::Session { group: self.id.clone(), member: member.clone() });
            let reason = "it did not join again within the rebalance timeout".into();
            turn.cx.trace(EventKind::MemberExpired { group: self.id.clone(), member, reason });
        }
    }

    /// The leader remains if it has joined, else one of those that have leads. False: nobody has.
    fn elect_leader(&mut self) -> bool {
        let has_joined = |id: &Arc<str>| self.members.get(id).is_some_and(|member| member.awaiting_join.is_some());
        if !self.leader.as_ref().is_some_and(has_joined) {
            let Some(joined) = self.members.keys().find(|id| has_joined(id)).cloned() else { return false };
            self.leader = Some(joined);
        }
        true
    }

    fn answer_joins(&mut self, turn: &mut Turn<'_, '_, T>) {
        let ids: Vec<Arc<str>> = self.members.keys().cloned().collect();
        for id in ids {
            let response = self.join_response(&id);
            let Some(member) = self.members.get_mut(&id) else { continue };
            member.is_new = false;
            let session_timeout_ms = member.session_timeout_ms;
            if let Some(token) = member.awaiting_join.take() {
                turn.out.reply(token, GroupReply::JoinGroup(response));
            }
            self.schedule_session(turn, &id, session_timeout_ms);
            self.pending_sync.insert(id);
        }
    }

    /// The members as the leader is told of them.
    pub(super) fn join_members(&self) -> Vec<JoinGroupResponseMember> {
        let protocol = self.protocol.as_deref().unwrap_or_default();
        let members = self.members.values().map(|member| JoinGroupResponseMember {
            member_id: member.id.to_string(),
            group_instance_id: member.instance_id.as_deref().map(str::to_owned),
            metadata: member.metadata(protocol),
            ..Default::default()
        });
        members.collect()
    }

    /// The time to sync is over: who has not is taken out.
    pub(in crate::coordinator::group) fn sync_timed_out(&mut self, turn: &mut Turn<'_, '_, T>) {
        let late = std::mem::take(&mut self.pending_sync);
        if late.is_empty() || !matches!(self.state, State::CompletingRebalance | State::Stable) {
            return;
        }
        for member in late {
            self.remove(&member);
            turn.out.cancel_timer(GroupTimer::Session { group: self.id.clone(), member: member.clone() });
            let reason = "it did not send SyncGroup within the rebalance timeout".into();
            turn.cx.because(EventKind::MemberExpired { group: self.id.clone(), member, reason });
        }
        self.prepare_rebalance(turn, "members did not send SyncGroup in time");
    }

    /// A member was not heard of for its session timeout.
    pub(in crate::coordinator::group) fn session_expired(&mut self, turn: &mut Turn<'_, '_, T>, id: &Arc<str>) {
        if self.pending_join.remove(id) {
            if self.state == State::PreparingRebalance && self.have_all_joined() {
                self.complete_join(turn);
            }
        } else if let Some(member) = self.members.get(id).filter(|member| !member.is_excused()) {
            let waited = Duration::from_kafka_ms(i64::from(member.session_timeout_ms));
            turn.cx.because_of_silence(Silent::Client { client: Arc::clone(&member.client_id) }, "heartbeat", waited);
            let reason = "its session timed out".into();
            turn.cx.because(EventKind::MemberExpired { group: self.id.clone(), member: id.clone(), reason });
            self.dismiss(turn, id);
            match self.state {
                State::Stable | State::CompletingRebalance => self.prepare_rebalance(turn, &format!("the session of {id} timed out")),
                State::PreparingRebalance if self.have_all_joined() => self.complete_join(turn),
                State::PreparingRebalance | State::Empty => {}
            }
        }
    }

    /// Takes the member out. If it waits for an answer, it hears that it is none, and may try again.
    pub(super) fn dismiss(&mut self, turn: &mut Turn<'_, '_, T>, id: &str) {
        let Some(member) = self.remove(id) else { return };
        let code = ErrorCode::UnknownMemberId as i16;
        if let Some(token) = member.awaiting_join {
            turn.out.reply(token, GroupReply::join_error(ErrorCode::UnknownMemberId, ""));
        }
        if let Some(token) = member.awaiting_sync {
            turn.out.reply(token, GroupReply::SyncGroup(SyncGroupResponse { error_code: code, ..Default::default() }));
        }
    }

    /// The assignments of this generation come to nothing: whoever waits for one hears why.
    pub(super) fn fail_syncs(&mut self, turn: &mut Turn<'_, '_, T>, error: ErrorCode) {
        for member in self.members.values_mut() {
            member.assignment.clear();
            if let Some(token) = member.awaiting_sync.take() {
                turn.out.reply(token, GroupReply::SyncGroup(SyncGroupResponse::default()).failed(error));
                let session = GroupTimer::Session { group: self.id.clone(), member: member.id.clone() };
                turn.out.set_timer(session, Duration::from_kafka_ms(member.session_timeout_ms.into()));
            }
        }
    }

    /// The member is missed when it is not heard of for `timeout_ms` from now on.
    pub(super) fn schedule_session(&self, turn: &mut Turn<'_, '_, T>, member: &Arc<str>, timeout_ms: i32) {
        let session = GroupTimer::Session { group: self.id.clone(), member: member.clone() };
        turn.out.set_timer(session, Duration::from_kafka_ms(timeout_ms.into()));
    }

    fn schedule_join(&self, turn: &mut Turn<'_, '_, T>, after_ms: i32) {
        turn.out.set_timer(GroupTimer::Join { group: self.id.clone() }, Duration::from_kafka_ms(after_ms.into()));
    }
}
