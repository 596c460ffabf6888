//! The states of a voter (`EpochState` and its classes).

use super::{Leader, SnapshotId};
use crate::base::SortedSet;
use crate::base::{Instant, NodeId};
use bytes::Bytes;

/// Where a voter stands in its epoch.
#[derive(Clone, Debug)]
pub(in crate::controller) enum State {
    /// It has nobody to follow, though it may have voted. A leader whose name it has heard is one that it cannot reach.
    Unattached {
        leader: Option<NodeId>,
        election_due: Instant,
    },
    /// Someone leads; it fetches from them.
    Follower {
        leader: NodeId,
        fetch_due: Instant,
        /// It has fetched from them with success, so no pre-vote is granted.
        fetched: bool,
        download: Option<Download>,
    },
    /// It asks whether it would be elected, and changes nothing by that (KIP-996).
    Prospective {
        leader: Option<NodeId>,
        election_due: Instant,
        votes: Votes,
    },
    /// It stands for election in an epoch of its own.
    Candidate {
        election_due: Instant,
        votes: Votes,
    },
    Leader(Box<Leader>),
    /// It led, and waits for somebody else to be elected in the next epoch.
    Resigned {
        election_due: Instant,
        unacknowledged: SortedSet<NodeId>,
        preferred: Vec<NodeId>,
    },
}

impl Default for State {
    /// Before it has started.
    fn default() -> Self {
        Self::Unattached { leader: None, election_due: Instant::ZERO }
    }
}

/// A snapshot on its way from the leader.
#[derive(Clone, Debug)]
pub(in crate::controller) struct Download {
    pub id: SnapshotId,
    /// What has come so far, in pieces.
    pub pieces: Vec<Bytes>,
    /// Of these, in bytes.
    pub position: i64,
}

/// What the voters said to a candidate (`EpochElection`).
#[derive(Clone, Debug)]
pub(in crate::controller) struct Votes {
    voters: usize,
    granted: SortedSet<NodeId>,
    rejected: SortedSet<NodeId>,
}

impl Votes {
    /// A candidate has its own vote.
    pub(super) fn new(candidate: NodeId, voters: usize) -> Self {
        Self { voters, granted: SortedSet::from([candidate]), rejected: SortedSet::new() }
    }

    pub(in crate::controller) fn record(&mut self, voter: NodeId, granted: bool) {
        let (here, there) = if granted { (&mut self.granted, &mut self.rejected) } else { (&mut self.rejected, &mut self.granted) };
        there.remove(&voter);
        here.insert(voter);
    }

    pub(in crate::controller) fn is_recorded(&self, voter: NodeId) -> bool {
        self.granted.contains(&voter) || self.rejected.contains(&voter)
    }

    pub(in crate::controller) fn is_granted(&self) -> bool {
        self.granted.len() > self.voters / 2
    }

    /// Those who have not answered cannot make it a majority any more.
    pub(in crate::controller) fn is_rejected(&self) -> bool {
        self.voters.saturating_sub(self.rejected.len()) <= self.voters / 2
    }

    pub(super) const fn granted(&self) -> &SortedSet<NodeId> {
        &self.granted
    }
}
