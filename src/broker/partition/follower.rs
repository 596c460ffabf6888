//! What a leader knows of a follower (`kafka.cluster.Replica`), and of the brokers that its followers live on.

use crate::base::SortedMap;
use crate::base::{Duration, Instant, NodeId, Offset};

/// An offset that the leader has not been told.
const UNKNOWN: Offset = Offset(-1);

/// What the leader knows of a follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Follower {
    /// The offset that it fetched last: it has everything before. -1: it has not fetched since this broker leads.
    pub end_offset: Offset,
    /// -1: not told.
    pub start_offset: Offset,
    /// When it had all that the leader had, the last time that it did; none: never.
    pub caught_up: Option<Instant>,
    /// Of the life of the broker that fetched last; -1 from one that does not say.
    pub broker_epoch: Option<i64>,
    /// When it fetched last, and where the leader's log ended then.
    last_fetch: Option<(Instant, Offset)>,
}

/// A follower's Fetch, as far as one partition goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowerFetch {
    pub replica: NodeId,
    /// -1: it does not say.
    pub broker_epoch: i64,
    pub end_offset: Offset,
    pub start_offset: Offset,
}

impl Follower {
    /// As a new leader knows it: nothing, but that one in sync has had all until now.
    pub(super) fn unheard(now: Instant, in_sync: bool) -> Self {
        Self { end_offset: UNKNOWN, start_offset: UNKNOWN, caught_up: in_sync.then_some(now), broker_epoch: None, last_fetch: None }
    }

    /// The same follower, as a leader sees it that goes on to lead in a new epoch.
    pub(super) fn in_new_epoch(self, now: Instant, in_sync: bool, leader_end: Offset) -> Self {
        Self { caught_up: in_sync.then_some(now), last_fetch: in_sync.then_some((now, leader_end)), ..self }
    }

    /// Takes in what a Fetch tells; false where it comes from an earlier life of the broker (`updateFetchStateOrThrow`).
    pub(super) fn fetched(&mut self, fetch: &FollowerFetch, now: Instant, leader_end: Offset) -> bool {
        if self.broker_epoch.is_some_and(|known| known > fetch.broker_epoch && fetch.broker_epoch >= 0) {
            return false;
        }
        // Whoever has now what the leader had at its last fetch was level with it then.
        let level_at = match self.last_fetch {
            _ if fetch.end_offset >= leader_end => Some(now),
            Some((at, end)) if fetch.end_offset >= end => Some(at),
            Some(_) | None => None,
        };
        self.caught_up = self.caught_up.max(level_at);
        self.end_offset = fetch.end_offset;
        self.start_offset = fetch.start_offset;
        self.broker_epoch = Some(fetch.broker_epoch);
        self.last_fetch = Some((now, leader_end));
        true
    }

    /// It fetched at `at` without naming this partition, of which it had everything.
    pub(super) fn fetched_nothing_new(&mut self, at: Instant) {
        self.caught_up = self.caught_up.max(Some(at));
        if let Some((last, _)) = &mut self.last_fetch {
            *last = at.max(*last);
        }
    }

    /// It has all, or had so within `lag_max` (`isCaughtUp`).
    pub(super) fn is_caught_up(&self, leader_end: Offset, now: Instant, lag_max: Duration) -> bool {
        self.end_offset == leader_end || self.caught_up.is_some_and(|at| now.since(at) <= lag_max)
    }
}

/// The other brokers, as far as leaders need to know them.
#[derive(Clone, Debug)]
pub struct Peers {
    /// Those which are neither fenced nor shutting down, with their epochs.
    pub alive: SortedMap<NodeId, i64>,
    /// `replica.lag.time.max.ms`.
    pub lag_max: Duration,
    /// When each was last heard of as a follower. An incremental Fetch leaves out partitions of which there is nothing to say.
    pub last_fetch: SortedMap<NodeId, Instant>,
}

impl Peers {
    pub fn new(lag_max: Duration) -> Self {
        Self { alive: SortedMap::new(), lag_max, last_fetch: SortedMap::new() }
    }

    /// Whether a follower may join the ISR: its broker is alive, and it is this life of it that fetches (`isReplicaIsrEligible`).
    pub(super) fn may_be_in_sync(&self, replica: NodeId, follower: &Follower) -> bool {
        let (Some(told), Some(known)) = (follower.broker_epoch, self.alive.get(&replica)) else { return false };
        told == -1 || told == *known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAG: Duration = Duration::from_secs(30);

    fn at(second: u64) -> Instant {
        Instant::ZERO + Duration::from_secs(second)
    }

    fn fetch(end: i64) -> FollowerFetch {
        FollowerFetch { replica: NodeId(2), broker_epoch: 7, end_offset: Offset(end), start_offset: Offset(0) }
    }

    #[test]
    fn a_follower_that_is_always_one_fetch_behind_keeps_up() {
        let mut follower = Follower::unheard(at(0), true);
        for second in 1..100 {
            assert!(follower.fetched(&fetch(second as i64 * 10), at(second), Offset(second as i64 * 10 + 10)));
        }
        assert_eq!(follower.caught_up, Some(at(98)));
        assert!(follower.is_caught_up(Offset(1000), at(100), LAG));
        assert!(!follower.is_caught_up(Offset(1000), at(129), LAG));
    }

    #[test]
    fn whoever_has_everything_has_caught_up_however_long_ago() {
        let mut follower = Follower::unheard(at(0), false);
        follower.fetched(&fetch(5), at(1), Offset(5));
        assert!(follower.is_caught_up(Offset(5), at(1_000), LAG));
        assert!(!follower.is_caught_up(Offset(6), at(1_000), LAG));
    }

    #[test]
    fn an_earlier_life_of_a_broker_says_nothing() {
        let mut follower = Follower::unheard(at(0), true);
        follower.fetched(&fetch(5), at(1), Offset(9));
        assert!(!follower.fetched(&FollowerFetch { broker_epoch: 6, ..fetch(8) }, at(2), Offset(9)));
        assert_eq!(follower.end_offset, Offset(5));
    }
}
