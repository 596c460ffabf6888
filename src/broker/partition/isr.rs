//! The in-sync replicas as their leader has them: what the controller has agreed to, and what is asked of it (`PartitionState`, KIP-497).
//!
//! A change is asked for and counts once the controller has agreed. Meanwhile the high watermark waits for everybody who may be in sync
//! (the *maximal* ISR), while acks=all and min.insync.replicas count those who certainly are.

use super::Partition;
use super::follower::Peers;
use crate::base::{Instant, NodeId, Order};
use crate::wire::ErrorCode;
use crate::wire::messages::alter_partition_request::{BrokerState, PartitionData as Wanted};
use crate::wire::messages::alter_partition_response::PartitionData as Altered;

/// A change of the ISR that the controller has not agreed to yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PendingIsr {
    /// It has caught up.
    Expand(NodeId),
    /// They have fallen behind.
    Shrink(Vec<NodeId>),
}

/// What becomes of a leader's wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::broker) enum Alteration {
    /// It is settled, one way or the other.
    Done,
    /// It is to be asked again.
    Again,
}

impl Partition {
    /// Who is in sync, as the controller has agreed to.
    pub fn isr(&self) -> &[NodeId] {
        &self.isr
    }

    /// What is asked of the controller.
    pub const fn pending_isr(&self) -> Option<&PendingIsr> {
        self.pending_isr.as_ref()
    }

    /// Whether a replica is in sync, or will be as soon as the controller agrees.
    pub(super) fn is_in_maximal_isr(&self, replica: NodeId) -> bool {
        self.isr.contains(&replica) || self.pending_isr == Some(PendingIsr::Expand(replica))
    }

    fn maximal_isr_len(&self) -> usize {
        self.isr.len() + usize::from(matches!(self.pending_isr, Some(PendingIsr::Expand(_))))
    }

    /// `min.insync.replicas`, but no more than there are replicas.
    fn min_isr(&self) -> usize {
        usize::try_from(self.log.config().min_insync_replicas).unwrap_or(0).min(self.replicas.len())
    }

    /// Fewer replicas are in sync than acks=all asks for.
    pub fn is_under_min_isr(&self) -> bool {
        self.isr.len() < self.min_isr()
    }

    /// Even with whoever is about to join, fewer replicas are in sync than acks=all asks for.
    pub fn is_under_min_isr_at_most(&self) -> bool {
        self.maximal_isr_len() < self.min_isr()
    }

    /// Not all replicas are in sync, so that some may be about to be.
    pub fn lacks_replicas(&self) -> bool {
        self.is_leader() && self.isr.len() < self.replicas.len()
    }

    /// Whether a follower has caught up so far that it belongs into the ISR: with all that is committed, and with the epoch's beginning.
    pub(in crate::broker) fn may_join_isr(&self, replica: NodeId, peers: &Peers) -> bool {
        let Some(follower) = self.followers.get(&replica) else { return false };
        self.is_leader()
            && self.pending_isr.is_none()
            && !self.isr.contains(&replica)
            && peers.may_be_in_sync(replica, follower)
            && follower.end_offset >= self.high_watermark
            && self.leader_epoch_start.is_some_and(|start| follower.end_offset >= start)
    }

    /// Those of the ISR who have not had everything for `replica.lag.time.max.ms`. Nobody while the controller is being asked.
    pub(in crate::broker) fn out_of_sync(&self, peers: &Peers, now: Instant) -> Vec<NodeId> {
        if !self.is_leader() || self.pending_isr.is_some() {
            return Vec::new();
        }
        let end = self.log.end_offset();
        let behind = |replica: &NodeId| {
            let follower = self.followers.get(replica);
            *replica != self.node && follower.is_none_or(|follower| !follower.is_caught_up(end, now, peers.lag_max))
        };
        self.isr.iter().copied().filter(behind).collect()
    }

    pub(in crate::broker) fn begin_alteration(&mut self, pending: PendingIsr) {
        self.pending_isr = Some(pending);
    }

    /// What is asked of the controller, as AlterPartition has it; none where nothing is.
    pub(in crate::broker) fn wanted_isr(&self, own_epoch: i64) -> Option<Wanted> {
        let mut isr = self.isr.clone();
        match self.pending_isr.as_ref().filter(|_| self.is_leader())? {
            PendingIsr::Expand(replica) => isr.push(*replica),
            PendingIsr::Shrink(gone) => isr.retain(|replica| !gone.contains(replica)),
        }
        isr.order();
        let state = |replica: NodeId| {
            let told = self.followers.get(&replica).and_then(|follower| follower.broker_epoch);
            let broker_epoch = if replica == self.node { own_epoch } else { told.unwrap_or(-1) };
            BrokerState { broker_id: replica.0, broker_epoch, ..Default::default() }
        };
        Some(Wanted {
            partition_index: self.log.partition().partition.0,
            leader_epoch: self.leader_epoch.0,
            new_isr_with_epochs: isr.into_iter().map(state).collect(),
            leader_recovery_state: 0,
            partition_epoch: self.partition_epoch,
            ..Default::default()
        })
    }

    /// The controller has answered, to what was asked in this partition epoch.
    pub(in crate::broker) fn altered(&mut self, answer: &Altered) -> Alteration {
        let error = ErrorCode::from_i16(answer.error_code).unwrap_or(ErrorCode::UnknownServerError);
        match error {
            ErrorCode::None => {
                let is_news = answer.leader_epoch == self.leader_epoch.0 && answer.partition_epoch >= self.partition_epoch;
                if self.is_leader() && is_news {
                    self.isr = answer.isr.iter().copied().map(NodeId).collect();
                    self.partition_epoch = answer.partition_epoch;
                    self.pending_isr = None;
                }
                Alteration::Done
            }
            ErrorCode::OperationNotAttempted | ErrorCode::IneligibleReplica => {
                self.pending_isr = None;
                Alteration::Done
            }
            // The metadata will tell how things stand.
            ErrorCode::UnknownTopicOrPartition
            | ErrorCode::UnknownTopicId
            | ErrorCode::FencedLeaderEpoch
            | ErrorCode::InvalidUpdateVersion
            | ErrorCode::InvalidRequest
            | ErrorCode::NewLeaderElected => Alteration::Done,
            _ => Alteration::Again,
        }
    }
}
