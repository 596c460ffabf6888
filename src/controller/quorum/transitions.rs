//! From state to state (`QuorumState`), and who is voted for.

use super::{ElectionState, Leader, Position, Quorum, State, Votes, WriteError};
use crate::base::{
    Context, Duration, Instant, LeaderEpoch, NodeId,
    bugs::{self, Bug},
};

impl Quorum {
    /// What the disk says of the last life decides how this one begins (`QuorumState.initialize`).
    pub(in crate::controller) fn begin(&mut self, cx: &mut Context<'_>) {
        let ElectionState { epoch, leader, voted } = self.saved;
        let written = self.log.end().epoch;
        let election_due = cx.now + self.timing.random_election_timeout(cx);
        self.state = if epoch < written {
            (self.epoch, self.voted) = (written, None);
            State::Unattached { leader: None, election_due }
        } else if leader == Some(self.node) {
            State::Resigned { election_due, unacknowledged: self.others().into_iter().collect(), preferred: Vec::new() }
        } else if let Some(leader) = leader {
            State::Follower { leader, fetch_due: cx.now + self.timing.fetch_timeout, fetched: false, download: None }
        } else if voted == Some(self.node) {
            State::Candidate { election_due, votes: Votes::new(self.node, self.voters.len()) }
        } else {
            State::Unattached { leader: None, election_due }
        };
        self.save();
        if self.is_only_voter() {
            self.become_candidate(cx);
        }
    }

    fn save(&mut self) {
        self.saved = ElectionState { epoch: self.epoch, leader: self.leader(), voted: self.voted };
    }

    /// An epoch has begun whose leader is not known. What was left of an election's time is kept.
    pub(in crate::controller) fn become_unattached(&mut self, cx: &mut Context<'_>, epoch: LeaderEpoch, leader: Option<NodeId>) {
        let election_due = match &self.state {
            State::Candidate { election_due, .. } | State::Unattached { election_due, .. } | State::Resigned { election_due, .. } => {
                *election_due
            }
            State::Prospective { election_due, votes, .. } if !votes.is_rejected() => *election_due,
            State::Prospective { .. } | State::Follower { .. } | State::Leader(_) => cx.now + self.timing.random_election_timeout(cx),
        };
        if epoch > self.epoch {
            self.voted = None;
        }
        self.epoch = epoch;
        self.state = State::Unattached { leader, election_due };
        self.save();
    }

    pub(in crate::controller) fn become_follower(&mut self, now: Instant, epoch: LeaderEpoch, leader: NodeId) {
        if epoch > self.epoch {
            self.voted = None;
        }
        self.epoch = epoch;
        self.state = State::Follower { leader, fetch_due: now + self.timing.fetch_timeout, fetched: false, download: None };
        self.save();
    }

    /// Asks the others whether they would vote for it; nothing is kept of that.
    pub(in crate::controller) fn become_prospective(&mut self, cx: &mut Context<'_>) {
        let leader = self.leader();
        let election_due = cx.now + self.timing.random_election_timeout(cx);
        self.state = State::Prospective { leader, election_due, votes: Votes::new(self.node, self.voters.len()) };
    }

    /// The pre-vote was lost: it goes back to whom it followed.
    pub(in crate::controller) fn give_up_pre_vote(&mut self, cx: &mut Context<'_>) {
        match self.leader() {
            Some(leader) if leader != self.node => self.become_follower(cx.now, self.epoch, leader),
            leader => self.become_unattached(cx, self.epoch, leader),
        }
    }

    /// Stands for election, in the next epoch, with its own vote.
    pub(in crate::controller) fn become_candidate(&mut self, cx: &mut Context<'_>) {
        self.epoch = next(self.epoch);
        self.voted = Some(self.node);
        let election_due = cx.now + self.timing.random_election_timeout(cx);
        self.state = State::Candidate { election_due, votes: Votes::new(self.node, self.voters.len()) };
        self.save();
    }

    /// Leads from now on, and says so in the log.
    ///
    /// # Errors
    /// The record could not be written; it stays a candidate.
    pub(in crate::controller) fn become_leader(&mut self, cx: &Context<'_>) -> Result<(), WriteError> {
        let State::Candidate { votes, .. } = &self.state else { return Ok(()) };
        let leader = Leader::new(self.log.end_offset(), &self.others(), self.timing, cx.now);
        self.log.write_leader_change(self.epoch, self.node, &self.voters, votes.granted(), cx.time_ms())?;
        self.state = State::Leader(Box::new(leader));
        self.save();
        self.advance_high_watermark();
        Ok(())
    }

    /// Leads no longer; the epoch goes on without a leader. Returns whether it led.
    pub(in crate::controller) fn resign(&mut self, cx: &mut Context<'_>) -> bool {
        let State::Leader(leader) = &self.state else { return false };
        let preferred = leader.by_progress();
        let unacknowledged = self.others().into_iter().collect();
        self.state = State::Resigned { election_due: cx.now + self.timing.random_election_timeout(cx), unacknowledged, preferred };
        true
    }

    /// Somebody told of a leader or an epoch (`maybeTransition`); what is older than what is known changes nothing.
    pub(in crate::controller) fn hear_of(&mut self, cx: &mut Context<'_>, epoch: LeaderEpoch, leader: Option<NodeId>) {
        let leader = leader.filter(|leader| self.is_voter(*leader) && *leader != self.node);
        if epoch > self.epoch {
            match leader {
                Some(leader) => self.become_follower(cx.now, epoch, leader),
                None => self.become_unattached(cx, epoch, None),
            }
        } else if epoch == self.epoch
            && let Some(leader) = leader
            && !self.is_leader()
            && (self.leader().is_none() || matches!(self.state, State::Unattached { .. }))
        {
            self.become_follower(cx.now, epoch, leader);
        }
    }

    /// Whether it would vote for someone whose log ends there (`canGrantVote`). The epoch is the voter's own.
    pub(in crate::controller) fn would_vote_for(&self, candidate: NodeId, end: Position, pre_vote: bool) -> bool {
        let is_up_to_date = end.epoch > self.log.end().epoch || end.epoch == self.log.end().epoch && end.offset >= self.log.end().offset;
        match &self.state {
            State::Unattached { leader, .. } | State::Prospective { leader, .. } => match self.voted {
                _ if pre_vote => is_up_to_date,
                Some(voted) => voted == candidate || bugs::has(Bug::VoteTwice),
                None => leader.is_none() && is_up_to_date,
            },
            State::Follower { fetched, .. } => pre_vote && is_up_to_date && !fetched,
            State::Candidate { .. } if bugs::has(Bug::VoteTwice) => true,
            State::Candidate { .. } | State::Resigned { .. } => pre_vote && is_up_to_date,
            State::Leader(_) => false,
        }
    }

    /// Votes for a candidate of this epoch.
    pub(in crate::controller) fn vote_for(&mut self, candidate: NodeId) {
        self.voted = Some(candidate);
        self.save();
    }

    /// A follower's fetch succeeded, and its patience begins anew.
    pub(in crate::controller) fn fetch_succeeded(&mut self, now: Instant) {
        let patience = self.timing.fetch_timeout;
        if let State::Follower { fetch_due, fetched, .. } = &mut self.state {
            *fetch_due = now + patience;
            *fetched = true;
        }
    }

    /// The leader resigned: a follower stands sooner the earlier the leader named it.
    pub(in crate::controller) fn leader_resigned(&mut self, now: Instant, preferred: &[NodeId]) {
        let backoff = self.backoff_by_preference(preferred);
        if let State::Follower { fetch_due, .. } = &mut self.state {
            *fetch_due = now + backoff;
        }
    }

    /// `strictExponentialElectionBackoffMs`.
    fn backoff_by_preference(&self, preferred: &[NodeId]) -> Duration {
        let max = self.timing.election_backoff_max.as_millis();
        let last = u32::try_from(preferred.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let Some(position) = preferred.iter().position(|node| *node == self.node) else { return Duration::from_millis(max) };
        let Some(doublings) = u32::try_from(position).ok().and_then(|position| position.checked_sub(1)) else { return Duration::ZERO };
        let base = max.checked_shr(last).unwrap_or(0);
        Duration::from_millis(max.min(base.checked_shl(doublings).unwrap_or(max)))
    }
}

pub(in crate::controller) const fn next(epoch: LeaderEpoch) -> LeaderEpoch {
    LeaderEpoch(epoch.0.saturating_add(1))
}
