//! What a leader knows of those who fetch from it (`LeaderState`).

use super::Timing;
use crate::base::{
    Duration, Instant, NodeId, Offset, Uuid,
    bugs::{self, Bug},
};
use crate::base::{Order, SortedMap, SortedSet};

/// An observer that has not fetched for so long is forgotten (`LeaderState.OBSERVER_SESSION_TIMEOUT_MS`).
const OBSERVER_SESSION: Duration = Duration::from_millis(300_000);

/// A leader's view of the others.
#[derive(Clone, Debug)]
pub(in crate::controller) struct Leader {
    epoch_start: Offset,
    timing: Timing,
    /// The other voters.
    followers: SortedMap<NodeId, Progress>,
    /// By node and directory.
    observers: SortedMap<(NodeId, Uuid), Progress>,
    /// Voters that have fetched since the quorum was last checked.
    fetched: SortedSet<NodeId>,
    check_quorum_due: Instant,
    begin_epoch_due: Instant,
}

/// How far one of them has come.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::controller) struct Progress {
    /// Where its log ends; none before its first Fetch.
    pub end: Option<Offset>,
    pub fetched_at: Option<Instant>,
    /// In ms since 1970; -1 where there is none.
    pub fetch_ms: i64,
    pub caught_up_ms: i64,
    /// Where the leader's log ended then.
    leader_end: Offset,
}

/// A Fetch that came.
#[derive(Clone, Copy, Debug)]
pub(in crate::controller) struct Fetched {
    pub node: NodeId,
    pub directory: Uuid,
    /// None: of a snapshot, which says nothing about the log.
    pub end: Option<Offset>,
    pub leader_end: Offset,
    pub now: Instant,
    pub now_ms: i64,
}

impl Progress {
    const NONE: Self = Self { end: None, fetched_at: None, fetch_ms: -1, caught_up_ms: -1, leader_end: Offset(0) };

    fn update(&mut self, fetch: &Fetched) {
        if let Some(end) = fetch.end {
            if end >= fetch.leader_end {
                self.caught_up_ms = self.caught_up_ms.max(fetch.now_ms);
            } else if self.leader_end.0 > 0 && end >= self.leader_end {
                self.caught_up_ms = self.caught_up_ms.max(self.fetch_ms);
            }
            self.end = Some(end);
            self.leader_end = fetch.leader_end;
        }
        self.fetch_ms = self.fetch_ms.max(fetch.now_ms);
        self.fetched_at = Some(fetch.now);
    }
}

impl Leader {
    pub(super) fn new(epoch_start: Offset, others: &[NodeId], timing: Timing, now: Instant) -> Self {
        Self {
            epoch_start,
            timing,
            followers: others.iter().map(|voter| (*voter, Progress::NONE)).collect(),
            observers: SortedMap::new(),
            fetched: SortedSet::new(),
            check_quorum_due: now + timing.check_quorum(),
            begin_epoch_due: now,
        }
    }

    /// Where its own epoch begins, with the record that says who leads.
    pub(in crate::controller) const fn epoch_start(&self) -> Offset {
        self.epoch_start
    }

    /// Notes a Fetch or FetchSnapshot.
    pub(in crate::controller) fn fetched(&mut self, fetch: &Fetched) {
        if let Some(follower) = self.followers.get_mut(&fetch.node) {
            follower.update(fetch);
            self.check_quorum(fetch.node, fetch.now);
        } else {
            self.observers.entry((fetch.node, fetch.directory)).or_insert(Progress::NONE).update(fetch);
        }
    }

    fn check_quorum(&mut self, voter: NodeId, now: Instant) {
        self.fetched.insert(voter);
        // With the leader itself that is a majority.
        if self.fetched.len() >= self.followers.len().div_ceil(2) {
            self.fetched.clear();
            self.check_quorum_due = now + self.timing.check_quorum();
        }
    }

    /// When the leader gives up, unless a majority fetches; never where it is the only voter.
    pub(in crate::controller) fn check_quorum_due(&self) -> Option<Instant> {
        (!self.followers.is_empty()).then_some(self.check_quorum_due)
    }

    /// The first voter that has not fetched since the quorum was last checked.
    pub(in crate::controller) fn silent_voter(&self) -> Option<NodeId> {
        self.followers.keys().copied().find(|voter| !self.fetched.contains(voter))
    }

    /// When voters that do not fetch are to be told again who leads.
    pub(in crate::controller) fn begin_epoch_due(&self) -> Option<Instant> {
        (!self.followers.is_empty()).then_some(self.begin_epoch_due)
    }

    /// The voters that are to be told now.
    pub(in crate::controller) fn take_untold(&mut self, now: Instant) -> Vec<NodeId> {
        if now < self.begin_epoch_due {
            return Vec::new();
        }
        let patience = self.timing.begin_epoch();
        self.begin_epoch_due = now + patience;
        let is_silent = |progress: &Progress| progress.fetched_at.is_none_or(|at| now.since(at) >= patience);
        self.followers.iter().filter(|(_, progress)| is_silent(progress)).map(|(voter, _)| *voter).collect()
    }

    /// The end of what a majority has, if the leader's log ends at `own_end`.
    pub(super) fn majority_end(&self, own_end: Offset) -> Option<Offset> {
        let mut ends: Vec<_> = self.followers.values().map(|progress| progress.end).chain([Some(own_end)]).collect();
        ends.order();
        ends.reverse();
        let majority = if bugs::has(Bug::CommitMetadataAlone) { 0 } else { ends.len() / 2 };
        ends.get(majority).copied().flatten()
    }

    /// The other voters, the most advanced first: whom a leader that resigns would like to follow it.
    pub(in crate::controller) fn by_progress(&self) -> Vec<NodeId> {
        let mut voters: Vec<_> = self.followers.iter().map(|(voter, progress)| (std::cmp::Reverse(progress.end), *voter)).collect();
        voters.order();
        voters.into_iter().map(|(_, voter)| voter).collect()
    }

    pub(in crate::controller) fn followers(&self) -> impl Iterator<Item = (NodeId, &Progress)> {
        self.followers.iter().map(|(voter, progress)| (*voter, progress))
    }

    /// Those that have fetched lately, with their directories.
    pub(in crate::controller) fn observers(&self, now: Instant) -> impl Iterator<Item = (NodeId, Uuid, &Progress)> {
        let is_recent = move |progress: &&Progress| progress.fetched_at.is_some_and(|at| now.since(at) < OBSERVER_SESSION);
        let observers = self.observers.iter().map(|((node, directory), progress)| (*node, *directory, progress));
        observers.filter(move |(_, _, progress)| is_recent(progress))
    }
}
