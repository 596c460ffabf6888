//! What a voter does by itself, by its state (`KafkaRaftClient.poll`): stand for election, ask for votes, fetch, tell of its epoch, resign.

use super::node::{Controller, ControllerTimer};
use super::peers::{Asked, Line};
use super::quorum::State;
use super::{METADATA_TOPIC, METADATA_TOPIC_ID};
use crate::base::{Context, EventKind, Instant, NodeId, Silent};
use crate::wire::ErrorCode;
use crate::wire::messages::fetch_request::{FetchPartition, FetchTopic, ReplicaState};
use crate::wire::messages::fetch_snapshot_request::{PartitionSnapshot, SnapshotId, TopicSnapshot};
use crate::wire::messages::{
    BeginQuorumEpochRequest, EndQuorumEpochRequest, FetchRequest, FetchSnapshotRequest, VoteRequest, begin_quorum_epoch_request,
    end_quorum_epoch_request, vote_request,
};

/// How long the leader may keep a fetch that finds nothing new (`KafkaRaftClient.MAX_FETCH_WAIT_MS`).
const FETCH_MAX_WAIT_MS: i32 = 500;
/// `controller.quorum.fetch.max.bytes`, `controller.quorum.fetch.snapshot.max.bytes`.
const FETCH_MAX_BYTES: i32 = 1_048_576;
const FETCH_MIN_BYTES: i32 = 1;

impl Controller {
    /// Does all that is due, and sets the timer for what comes next. Called at the end of every input.
    pub(super) fn drive(&mut self, cx: &mut Context<'_>) {
        self.give_up_on_silent_peers(cx);
        while self.change_state(cx) {}
        self.notice_leader(cx);
        self.speak(cx);
        self.register_controller(cx);
        let due = [self.state_due(), self.peers.next_due(cx.now)].into_iter().flatten().min();
        if self.timers.due(&ControllerTimer::Quorum) != due {
            match due {
                Some(due) => self.timers.set(ControllerTimer::Quorum, due, None),
                None => {
                    self.timers.cancel(&ControllerTimer::Quorum);
                }
            }
        }
    }

    fn state_due(&self) -> Option<Instant> {
        match self.quorum.state() {
            State::Unattached { election_due, .. }
            | State::Prospective { election_due, .. }
            | State::Candidate { election_due, .. }
            | State::Resigned { election_due, .. } => Some(*election_due),
            State::Follower { fetch_due, .. } => Some(*fetch_due),
            State::Leader(leader) => [leader.check_quorum_due(), leader.begin_epoch_due()].into_iter().flatten().min(),
        }
    }

    /// One change of state, if one is due.
    fn change_state(&mut self, cx: &mut Context<'_>) -> bool {
        let now = cx.now;
        match self.quorum.state() {
            State::Unattached { leader, election_due } if *election_due <= now => {
                let silent = *leader;
                self.stand(cx, silent);
            }
            State::Follower { leader, fetch_due, .. } if *fetch_due <= now => {
                let leader = *leader;
                self.stand(cx, Some(leader));
            }
            State::Prospective { votes, .. } if votes.is_granted() => {
                self.quorum.become_candidate(cx);
                self.peers.forget_questions();
                cx.because(EventKind::CandidateStood { node: self.config.node, epoch: self.quorum.epoch().0 });
            }
            State::Prospective { votes, election_due, .. } if votes.is_rejected() || *election_due <= now => {
                self.quorum.give_up_pre_vote(cx);
                self.peers.forget_questions();
            }
            State::Candidate { votes, .. } if votes.is_granted() => return self.lead(cx),
            State::Candidate { election_due, .. } if *election_due <= now => {
                self.quorum.become_prospective(cx);
                self.peers.forget_questions();
            }
            State::Leader(leader) if leader.check_quorum_due().is_some_and(|due| due <= now) => {
                let silent = leader.silent_voter().unwrap_or(self.config.node);
                let waited = self.quorum.timing().check_quorum();
                cx.because_of_silence(Silent::Controller { node: silent }, "fetch request", waited);
                self.resign(cx);
            }
            State::Resigned { election_due, .. } if *election_due <= now => {
                let next = super::quorum::next(self.quorum.epoch());
                self.quorum.become_unattached(cx, next, None);
                self.peers.forget_questions();
            }
            State::Unattached { .. }
            | State::Follower { .. }
            | State::Prospective { .. }
            | State::Candidate { .. }
            | State::Leader(_)
            | State::Resigned { .. } => return false,
        }
        true
    }

    /// Nothing was heard of a leader: asks the others whether they would vote for this one.
    fn stand(&mut self, cx: &mut Context<'_>, silent: Option<NodeId>) {
        match silent {
            Some(node) => cx.because_of_silence(Silent::Controller { node }, "Fetch response", self.quorum.timing().fetch_timeout()),
            None => cx.because(EventKind::Timer { name: "controller.quorum.election.timeout.ms".into() }),
        };
        self.quorum.become_prospective(cx);
        self.peers.forget_questions();
    }

    fn lead(&mut self, cx: &mut Context<'_>) -> bool {
        if self.quorum.become_leader(cx).is_err() {
            // The record of an election fits every batch; if not, somebody else may lead.
            cx.trace(EventKind::Refused {
                partition: self.quorum.log().partition().clone(),
                error: ErrorCode::NotController.name().into(),
            });
            self.quorum.become_prospective(cx);
            return false;
        }
        self.peers.forget_questions();
        cx.because(EventKind::ControllerElected { node: self.config.node, epoch: self.quorum.epoch().0 });
        self.notice_leader(cx);
        self.commit(cx);
        true
    }

    /// The process is about to end in good order: a leader tells the others, so that they need not wait.
    pub fn shut_down(&mut self, cx: &mut Context<'_>) {
        self.resign(cx);
        self.notice_leader(cx);
        self.speak(cx);
    }

    /// Leads no longer, and says so to the others.
    fn resign(&mut self, cx: &mut Context<'_>) {
        let epoch = self.quorum.epoch().0;
        if self.quorum.resign(cx) {
            self.peers.forget_questions();
            cx.because(EventKind::ControllerResigned { node: self.config.node, epoch });
        }
    }

    /// Asks what the state wants asked, of those who can be asked now.
    fn speak(&mut self, cx: &mut Context<'_>) {
        match self.quorum.state() {
            State::Unattached { .. } => self.look_for_leader(cx),
            State::Follower { leader, .. } => {
                let leader = *leader;
                if self.peers.is_ready(Line::Raft(leader), cx.now) {
                    self.fetch_from(cx, leader);
                }
            }
            State::Prospective { votes, .. } => {
                let to_ask = self.quorum.others().into_iter().filter(|voter| !votes.is_recorded(*voter)).collect();
                self.ask_for_votes(cx, to_ask, true);
            }
            State::Candidate { votes, .. } => {
                let to_ask = self.quorum.others().into_iter().filter(|voter| !votes.is_recorded(*voter)).collect();
                self.ask_for_votes(cx, to_ask, false);
            }
            State::Leader(_) => self.tell_of_epoch(cx),
            State::Resigned { unacknowledged, preferred, .. } => {
                let (to_tell, preferred) = (unacknowledged.iter().copied().collect::<Vec<_>>(), preferred.clone());
                self.tell_of_end(cx, to_tell, &preferred);
            }
        }
    }

    /// Asks any other voter for records: whoever does not lead says who does, if it knows.
    fn look_for_leader(&mut self, cx: &mut Context<'_>) {
        let others = self.quorum.others();
        if others.iter().any(|voter| !self.peers.is_ready(Line::Raft(*voter), cx.now)) {
            return;
        }
        let chosen = cx.rng.below(others.len() as u64) as usize;
        if let Some(voter) = others.get(chosen) {
            self.fetch_from(cx, *voter);
        }
    }

    fn ask_for_votes(&mut self, cx: &mut Context<'_>, voters: Vec<NodeId>, pre_vote: bool) {
        let end = self.quorum.log().end();
        for voter in voters.into_iter().filter(|voter| self.peers.is_ready(Line::Raft(*voter), cx.now)).collect::<Vec<_>>() {
            let partition = vote_request::PartitionData {
                partition_index: 0,
                replica_epoch: self.quorum.epoch().0,
                replica_id: self.config.node.0,
                last_offset_epoch: end.epoch.0,
                last_offset: end.offset.0,
                pre_vote,
                ..Default::default()
            };
            let topic =
                vote_request::TopicData { topic_name: METADATA_TOPIC.to_owned(), partitions: vec![partition], ..Default::default() };
            let mut request = VoteRequest {
                cluster_id: Some(self.config.cluster_id.to_string()),
                voter_id: voter.0,
                topics: vec![topic],
                ..Default::default()
            };
            self.ask(cx, Line::Raft(voter), voter, Asked::Vote { pre_vote }, &mut request);
        }
    }

    fn tell_of_epoch(&mut self, cx: &mut Context<'_>) {
        let Some(leader) = self.quorum.leading_mut() else { return };
        for voter in leader.take_untold(cx.now) {
            if !self.peers.is_ready(Line::Raft(voter), cx.now) {
                continue;
            }
            let partition = begin_quorum_epoch_request::PartitionData {
                leader_id: self.config.node.0,
                leader_epoch: self.quorum.epoch().0,
                ..Default::default()
            };
            let topic = begin_quorum_epoch_request::TopicData {
                topic_name: METADATA_TOPIC.to_owned(),
                partitions: vec![partition],
                ..Default::default()
            };
            let (host, port) = self.config.endpoint(self.config.node);
            let endpoint = begin_quorum_epoch_request::LeaderEndpoint { name: "CONTROLLER".to_owned(), host, port, ..Default::default() };
            let mut request = BeginQuorumEpochRequest {
                cluster_id: Some(self.config.cluster_id.to_string()),
                voter_id: voter.0,
                topics: vec![topic],
                leader_endpoints: vec![endpoint],
                ..Default::default()
            };
            self.ask(cx, Line::Raft(voter), voter, Asked::BeginQuorumEpoch, &mut request);
        }
    }

    fn tell_of_end(&mut self, cx: &mut Context<'_>, voters: Vec<NodeId>, preferred: &[NodeId]) {
        for voter in voters {
            if !self.peers.is_ready(Line::Raft(voter), cx.now) {
                continue;
            }
            let candidate = |id: &NodeId| end_quorum_epoch_request::ReplicaInfo { candidate_id: id.0, ..Default::default() };
            let partition = end_quorum_epoch_request::PartitionData {
                leader_id: self.config.node.0,
                leader_epoch: self.quorum.epoch().0,
                preferred_candidates: preferred.iter().map(candidate).collect(),
                ..Default::default()
            };
            let topic = end_quorum_epoch_request::TopicData {
                topic_name: METADATA_TOPIC.to_owned(),
                partitions: vec![partition],
                ..Default::default()
            };
            let (host, port) = self.config.endpoint(self.config.node);
            let endpoint = end_quorum_epoch_request::LeaderEndpoint { name: "CONTROLLER".to_owned(), host, port, ..Default::default() };
            let mut request = EndQuorumEpochRequest {
                cluster_id: Some(self.config.cluster_id.to_string()),
                topics: vec![topic],
                leader_endpoints: vec![endpoint],
                ..Default::default()
            };
            self.ask(cx, Line::Raft(voter), voter, Asked::EndQuorumEpoch, &mut request);
        }
    }

    /// Asks for what follows on the log, or for more of a snapshot.
    fn fetch_from(&mut self, cx: &mut Context<'_>, leader: NodeId) {
        let before = cx.cause;
        cx.by_itself();
        match self.quorum.state() {
            State::Follower { download: Some(_), .. } => self.fetch_snapshot_from(cx, leader),
            _ => self.fetch_records_from(cx, leader),
        }
        cx.cause = before;
    }

    fn fetch_records_from(&mut self, cx: &mut Context<'_>, leader: NodeId) {
        let end = self.quorum.log().end();
        let partition = FetchPartition {
            partition: 0,
            current_leader_epoch: self.quorum.epoch().0,
            fetch_offset: end.offset.0,
            last_fetched_epoch: end.epoch.0,
            partition_max_bytes: FETCH_MAX_BYTES,
            high_watermark: self.quorum.known_high_watermark(),
            ..Default::default()
        };
        let topic =
            FetchTopic { topic: METADATA_TOPIC.to_owned(), topic_id: METADATA_TOPIC_ID, partitions: vec![partition], ..Default::default() };
        let mut request = FetchRequest {
            cluster_id: Some(self.config.cluster_id.to_string()),
            replica_state: ReplicaState { replica_id: self.config.node.0, replica_epoch: -1, ..Default::default() },
            max_wait_ms: FETCH_MAX_WAIT_MS,
            min_bytes: FETCH_MIN_BYTES,
            max_bytes: FETCH_MAX_BYTES,
            topics: vec![topic],
            ..Default::default()
        };
        self.ask(cx, Line::Raft(leader), leader, Asked::Fetch, &mut request);
    }

    fn fetch_snapshot_from(&mut self, cx: &mut Context<'_>, leader: NodeId) {
        let State::Follower { download: Some(download), .. } = self.quorum.state() else { return };
        let partition = PartitionSnapshot {
            partition: 0,
            current_leader_epoch: self.quorum.epoch().0,
            snapshot_id: SnapshotId { end_offset: download.id.end_offset.0, epoch: download.id.epoch.0, ..Default::default() },
            position: download.position,
            ..Default::default()
        };
        let topic = TopicSnapshot { name: METADATA_TOPIC.to_owned(), partitions: vec![partition], ..Default::default() };
        let mut request = FetchSnapshotRequest {
            cluster_id: Some(self.config.cluster_id.to_string()),
            replica_id: self.config.node.0,
            max_bytes: FETCH_MAX_BYTES,
            topics: vec![topic],
            ..Default::default()
        };
        self.ask(cx, Line::Raft(leader), leader, Asked::FetchSnapshot, &mut request);
    }
}
