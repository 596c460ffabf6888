//! What the other voters answered (`KafkaRaftClient.handleResponse`).

use super::node::Controller;
use super::peers::{Asked, Line};
use super::quorum::{Download, Position, Snapshot, SnapshotId, State};
use crate::base::{ConnectionId, Context, LeaderEpoch, NodeId, Offset};
use crate::wire::frame::decode_response_rope;
use crate::wire::messages::fetch_response::PartitionData;
use crate::wire::messages::{
    BeginQuorumEpochResponse, ControllerRegistrationResponse, EndQuorumEpochResponse, FetchResponse, FetchSnapshotResponse, VoteResponse,
};
use crate::wire::{ErrorCode, Response, Rope};
use bytes::BytesMut;

/// The answer could not be used: the same is asked again after a pause.
struct Unusable;

impl Controller {
    /// A response of another controller's came.
    pub(super) fn answered(&mut self, cx: &mut Context<'_>, connection: ConnectionId, frame: &Rope) {
        let Some((line, node, asked)) = self.peers.answered(connection, frame) else { return };
        let used = match asked {
            Asked::Vote { pre_vote } => self.vote_answered(cx, node, pre_vote, frame),
            Asked::BeginQuorumEpoch => self.epoch_begun(cx, frame),
            Asked::EndQuorumEpoch => self.epoch_ended(cx, node, frame),
            Asked::Fetch => self.fetch_answered(cx, node, frame),
            Asked::FetchSnapshot => self.snapshot_answered(cx, node, frame),
            Asked::Registration => registered(frame),
        };
        if used.is_err() {
            self.peers.pause(line, cx.now + self.config.settings.quorum_retry_backoff);
        }
        if let Line::Registration = line {
            // Whether it worked shows in the metadata; until that has come, it is not asked again.
            self.peers.pause(line, cx.now + self.config.settings.metadata_max_idle_interval);
        }
    }

    /// What every answer says: an error, a leader, an epoch. `Ok(false)`: there is no more to it.
    fn heard(&mut self, cx: &mut Context<'_>, error: i16, leader_id: i32, epoch: i32) -> Result<bool, Unusable> {
        let error = ErrorCode::from_i16(error).unwrap_or(ErrorCode::UnknownServerError);
        let (leader, epoch) = ((leader_id >= 0).then_some(NodeId(leader_id)), LeaderEpoch(epoch));
        if epoch < self.quorum.epoch() || error == ErrorCode::UnknownLeaderEpoch {
            return Ok(false);
        }
        let is_told = matches!(error, ErrorCode::None | ErrorCode::FencedLeaderEpoch | ErrorCode::NotLeaderOrFollower);
        if is_told || epoch > self.quorum.epoch() {
            let before = self.leader_and_epoch();
            self.quorum.hear_of(cx, epoch, leader);
            if self.leader_and_epoch() != before {
                self.peers.forget_questions();
                self.notice_leader(cx);
                return Ok(error == ErrorCode::None);
            }
        }
        if error == ErrorCode::None { Ok(true) } else { Err(Unusable) }
    }

    fn vote_answered(&mut self, cx: &mut Context<'_>, voter: NodeId, pre_vote: bool, frame: &Rope) -> Result<(), Unusable> {
        let response: VoteResponse = read(frame)?;
        let partition = only(response.error_code, response.topics, |topic| topic.partitions)?;
        if !self.heard(cx, partition.error_code, partition.leader_id, partition.leader_epoch)? {
            return Err(Unusable);
        }
        match self.quorum.state_mut() {
            State::Prospective { votes, .. } if pre_vote => votes.record(voter, partition.vote_granted),
            State::Candidate { votes, .. } if !pre_vote => votes.record(voter, partition.vote_granted),
            State::Prospective { .. }
            | State::Candidate { .. }
            | State::Unattached { .. }
            | State::Follower { .. }
            | State::Leader(_)
            | State::Resigned { .. } => {}
        }
        Ok(())
    }

    fn epoch_begun(&mut self, cx: &mut Context<'_>, frame: &Rope) -> Result<(), Unusable> {
        let response: BeginQuorumEpochResponse = read(frame)?;
        let partition = only(response.error_code, response.topics, |topic| topic.partitions)?;
        self.heard(cx, partition.error_code, partition.leader_id, partition.leader_epoch).map(|_| ())
    }

    fn epoch_ended(&mut self, cx: &mut Context<'_>, voter: NodeId, frame: &Rope) -> Result<(), Unusable> {
        let response: EndQuorumEpochResponse = read(frame)?;
        let partition = only(response.error_code, response.topics, |topic| topic.partitions)?;
        self.heard(cx, partition.error_code, partition.leader_id, partition.leader_epoch)?;
        if let State::Resigned { unacknowledged, .. } = self.quorum.state_mut() {
            unacknowledged.remove(&voter);
        }
        Ok(())
    }

    fn fetch_answered(&mut self, cx: &mut Context<'_>, leader: NodeId, frame: &Rope) -> Result<(), Unusable> {
        let response: FetchResponse = read(frame)?;
        let partition = only(response.error_code, response.responses, |topic| topic.partitions)?;
        let told = &partition.current_leader;
        if !self.heard(cx, partition.error_code, told.leader_id, told.leader_epoch)? || !self.follows(leader) {
            return Err(Unusable);
        }
        self.follow(cx, partition)
    }

    fn follows(&self, node: NodeId) -> bool {
        matches!(self.quorum.state(), State::Follower { leader, .. } if *leader == node)
    }

    /// Takes what the leader gave.
    fn follow(&mut self, cx: &mut Context<'_>, partition: PartitionData) -> Result<(), Unusable> {
        let (diverging, snapshot) = (partition.diverging_epoch, partition.snapshot_id);
        if diverging.epoch >= 0 || diverging.end_offset >= 0 {
            if diverging.epoch < 0 || diverging.end_offset < self.quorum.high_watermark().0 {
                return Err(Unusable);
            }
            let theirs = Position { offset: Offset(diverging.end_offset), epoch: LeaderEpoch(diverging.epoch) };
            self.quorum.log_mut().truncate_to(theirs);
        } else if snapshot.epoch >= 0 || snapshot.end_offset >= 0 {
            let id = SnapshotId { end_offset: Offset(snapshot.end_offset), epoch: LeaderEpoch(snapshot.epoch) };
            if let State::Follower { download, .. } = self.quorum.state_mut() {
                *download = Some(Download { id, pieces: Vec::new(), position: 0 });
            }
        } else {
            let (epoch, records) = (self.quorum.epoch(), partition.records.unwrap_or_default());
            self.quorum.log_mut().append_as_follower(records, epoch, cx.time_ms()).map_err(|_| Unusable)?;
            self.quorum.follow_high_watermark(Offset(partition.high_watermark));
        }
        self.quorum.fetch_succeeded(cx.now);
        self.commit(cx);
        Ok(())
    }

    fn snapshot_answered(&mut self, cx: &mut Context<'_>, leader: NodeId, frame: &Rope) -> Result<(), Unusable> {
        let response: FetchSnapshotResponse = read(frame)?;
        let partition = only(response.error_code, response.topics, |topic| topic.partitions)?;
        let told = &partition.current_leader;
        let error = ErrorCode::from_i16(partition.error_code).unwrap_or(ErrorCode::UnknownServerError);
        if matches!(error, ErrorCode::SnapshotNotFound | ErrorCode::PositionOutOfRange) {
            self.give_up_download();
            return Err(Unusable);
        }
        if !self.heard(cx, partition.error_code, told.leader_id, told.leader_epoch)? || !self.follows(leader) {
            return Err(Unusable);
        }
        let now = cx.now;
        let State::Follower { download: Some(download), .. } = self.quorum.state_mut() else { return Ok(()) };
        let piece = partition.unaligned_records.to_bytes();
        if partition.position != download.position || piece.is_empty() {
            self.give_up_download();
            return Err(Unusable);
        }
        download.position = download.position.saturating_add(i64::try_from(piece.len()).unwrap_or(i64::MAX));
        download.pieces.push(piece);
        let whole = (download.position >= partition.size).then(|| download.clone());
        self.quorum.fetch_succeeded(now);
        match whole {
            Some(download) => self.snapshot_came(cx, &download),
            None => Ok(()),
        }
    }

    fn give_up_download(&mut self) {
        if let State::Follower { download, .. } = self.quorum.state_mut() {
            *download = None;
        }
    }

    /// The snapshot is complete: it takes the place of the log and of all that was known.
    fn snapshot_came(&mut self, cx: &mut Context<'_>, download: &Download) -> Result<(), Unusable> {
        self.give_up_download();
        let mut bytes = BytesMut::new();
        download.pieces.iter().for_each(|piece| bytes.extend_from_slice(piece));
        let snapshot = Snapshot { id: download.id, bytes: bytes.freeze(), made_ms: cx.time_ms() };
        let image = snapshot.image().map_err(|_| Unusable)?;
        let end = snapshot.id.end_offset;
        self.quorum.log_mut().begin_again(snapshot, cx.time_ms());
        self.quorum.follow_high_watermark(end);
        self.load(image);
        self.commit(cx);
        Ok(())
    }
}

fn read<T: Response>(frame: &Rope) -> Result<T, Unusable> {
    // Each was asked in its latest version.
    decode_response_rope::<T>(frame, *T::KEY.stable_versions().end()).map(|(_, response)| response).map_err(|_| Unusable)
}

fn only<T, P>(error: i16, topics: Vec<T>, partitions: impl Fn(T) -> Vec<P>) -> Result<P, Unusable> {
    if error != 0 {
        return Err(Unusable);
    }
    topics.into_iter().next().and_then(|topic| partitions(topic).into_iter().next()).ok_or(Unusable)
}

fn registered(frame: &Rope) -> Result<(), Unusable> {
    let response: ControllerRegistrationResponse = read(frame)?;
    if response.error_code == 0 { Ok(()) } else { Err(Unusable) }
}
