//! A voter's part in the quorum (`KafkaRaftClient`, `QuorumState`): who leads, up to where the metadata log is committed, and the log with
//! its snapshots. Voters are given by `controller.quorum.voters` (`kraft.version` 0); elections have a pre-vote (KIP-996).
//!
//! State machines without a network: the controller asks the other voters, and tells what they answered. Whatever a voter must not forget
//! is on the disk before anybody hears of it.

mod leader;
mod log;
mod snapshot;
mod state;
mod transitions;

pub(super) use leader::{Fetched, Leader, Progress};
pub(super) use log::{MetadataLog, Position, Validity, WriteError};
pub use snapshot::{Snapshot, SnapshotId};
pub(super) use state::{Download, State, Votes};
pub(super) use transitions::next;

use super::config::BrokerSettings;
use super::disk::{ControllerDisk, ElectionState};
use crate::base::{Context, Duration, LeaderEpoch, NodeId, Offset};

/// `controller.quorum.*`, by which voters time themselves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timing {
    election_timeout: Duration,
    fetch_timeout: Duration,
    election_backoff_max: Duration,
}

impl Timing {
    fn new(settings: &BrokerSettings) -> Self {
        Self {
            election_timeout: settings.quorum_election_timeout,
            fetch_timeout: settings.quorum_fetch_timeout,
            election_backoff_max: settings.quorum_election_backoff_max,
        }
    }

    /// Between once and twice `controller.quorum.election.timeout.ms`, so that two voters rarely stand at once.
    fn random_election_timeout(self, cx: &mut Context<'_>) -> Duration {
        let jitter_ms = cx.rng.below(self.election_timeout.as_millis());
        self.election_timeout + Duration::from_millis(jitter_ms)
    }

    /// How long a leader goes on without being asked by a majority: one and a half times `controller.quorum.fetch.timeout.ms`.
    pub(super) const fn check_quorum(self) -> Duration {
        Duration::from_micros(self.fetch_timeout.as_micros().saturating_mul(3) / 2)
    }

    /// How often a leader reminds voters that do not fetch.
    const fn begin_epoch(self) -> Duration {
        Duration::from_micros(self.fetch_timeout.as_micros() / 2)
    }

    pub(super) const fn fetch_timeout(self) -> Duration {
        self.fetch_timeout
    }
}

/// This controller's part in the quorum.
#[derive(Clone, Debug)]
pub(super) struct Quorum {
    node: NodeId,
    voters: Vec<NodeId>,
    timing: Timing,
    log: MetadataLog,
    epoch: LeaderEpoch,
    /// Whom it has voted for in this epoch.
    voted: Option<NodeId>,
    state: State,
    /// What is on the disk of the above.
    saved: ElectionState,
    /// None: nobody has told yet.
    high_watermark: Option<Offset>,
}

impl Quorum {
    /// A voter that starts with what its disk holds. It keeps whom it followed and whom it voted for; a leader begins as one that has
    /// resigned.
    pub(super) fn new(node: NodeId, voters: Vec<NodeId>, settings: &BrokerSettings, disk: ControllerDisk) -> Self {
        let ControllerDisk { log, snapshots, election } = disk;
        let log = MetadataLog::new(log, snapshots);
        let high_watermark = log.latest_snapshot().map(|snapshot| snapshot.id.end_offset);
        let state = State::default();
        let (epoch, voted) = (election.epoch, election.voted);
        Self { node, voters, timing: Timing::new(settings), log, epoch, voted, state, saved: election, high_watermark }
    }

    pub(super) fn into_disk(self) -> ControllerDisk {
        let (log, snapshots) = self.log.into_parts();
        ControllerDisk { log, snapshots, election: self.saved }
    }

    pub(super) const fn timing(&self) -> Timing {
        self.timing
    }

    pub(super) fn voters(&self) -> &[NodeId] {
        &self.voters
    }

    pub(super) fn is_voter(&self, node: NodeId) -> bool {
        self.voters.contains(&node)
    }

    /// The other voters.
    pub(super) fn others(&self) -> Vec<NodeId> {
        self.voters.iter().copied().filter(|voter| *voter != self.node).collect()
    }

    /// Whether it has the majority by itself.
    pub(super) fn is_only_voter(&self) -> bool {
        self.voters == [self.node]
    }

    pub(super) const fn epoch(&self) -> LeaderEpoch {
        self.epoch
    }

    pub(super) const fn state(&self) -> &State {
        &self.state
    }

    pub(super) const fn state_mut(&mut self) -> &mut State {
        &mut self.state
    }

    pub(super) const fn is_leader(&self) -> bool {
        matches!(self.state, State::Leader(_))
    }

    /// The leader of this epoch, if this voter knows it.
    pub(super) fn leader(&self) -> Option<NodeId> {
        match &self.state {
            State::Leader(_) => Some(self.node),
            State::Follower { leader, .. } => Some(*leader),
            State::Prospective { leader, .. } | State::Unattached { leader, .. } => *leader,
            State::Candidate { .. } | State::Resigned { .. } => None,
        }
    }

    pub(super) fn leading(&self) -> Option<&Leader> {
        if let State::Leader(leader) = &self.state { Some(leader) } else { None }
    }

    pub(super) fn leading_mut(&mut self) -> Option<&mut Leader> {
        if let State::Leader(leader) = &mut self.state { Some(leader) } else { None }
    }

    /// What lies before is committed; 0 while nobody has told.
    pub(super) fn high_watermark(&self) -> Offset {
        self.high_watermark.unwrap_or_default()
    }

    /// The same, as a follower says it in a Fetch: -1 while nobody has told.
    pub(super) fn known_high_watermark(&self) -> i64 {
        self.high_watermark.map_or(-1, |offset| offset.0)
    }

    pub(super) const fn log(&self) -> &MetadataLog {
        &self.log
    }

    pub(super) const fn log_mut(&mut self) -> &mut MetadataLog {
        &mut self.log
    }

    /// The leader has told what is committed; it counts as far as this log reaches.
    pub(super) fn follow_high_watermark(&mut self, told: Offset) {
        let reached = told.min(self.log.end_offset());
        if reached.0 >= 0 && self.high_watermark.is_none_or(|known| known < reached) {
            self.high_watermark = Some(reached);
        }
    }

    /// As the leader: moves the high watermark to what a majority has, once that includes a record of this leader's own epoch.
    pub(super) fn advance_high_watermark(&mut self) {
        let State::Leader(leader) = &self.state else { return };
        if let Some(offset) = leader.majority_end(self.log.end_offset()).filter(|offset| *offset > leader.epoch_start())
            && self.high_watermark.is_none_or(|known| known < offset)
        {
            self.high_watermark = Some(offset);
        }
    }
}
