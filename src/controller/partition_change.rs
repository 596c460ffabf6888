//! What a partition becomes: who leads it, who is in sync, who is eligible, and whether its reassignment is done
//! (`PartitionChangeBuilder`, KIP-966).

use super::image::PartitionImage;
use super::reassignment::{Reassignment, without};
use crate::base::{
    NodeId, PartitionIndex, Uuid,
    bugs::{self, Bug},
};
use crate::wire::messages::PartitionChangeRecord;

#[cfg(test)]
mod tests;

/// Which replica is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Election {
    /// The first of the replicas, if it can; else as `Online`.
    Preferred,
    /// The leader there is, if it can go on; else the first replica that has all that is committed.
    Online,
    /// If there is none: any replica that lives, whatever it lacks.
    Unclean,
}

/// A partition, what it is to become, and what decides on its leader.
pub(super) struct PartitionChange<'a> {
    partition: &'a PartitionImage,
    topic: Uuid,
    index: PartitionIndex,
    /// Who may lead at all.
    acceptable: &'a dyn Fn(NodeId) -> bool,
    /// Where a broker puts a replica that is new to it.
    directory: &'a dyn Fn(NodeId) -> Uuid,
    /// `min.insync.replicas`, as far as there are replicas.
    min_isr: usize,
    pub election: Election,
    pub isr: Vec<NodeId>,
    pub replicas: Vec<NodeId>,
    pub removing: Vec<NodeId>,
    pub adding: Vec<NodeId>,
    elr: Vec<NodeId>,
    /// It came back without having said farewell: what it had not flushed is lost, and it is not eligible.
    pub unclean_shutdown: Option<NodeId>,
    pub is_recovering: bool,
}

/// Who is to lead; `unclean`: it may lack what was committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Elected {
    leader: Option<NodeId>,
    unclean: bool,
}

pub(super) const LEADER_STAYS: i32 = -2;
const NO_LEADER: i32 = -1;
const RECOVERED: i8 = 0;
const RECOVERING: i8 = 1;

impl<'a> PartitionChange<'a> {
    /// A partition that is to stay as it is, but for what the election finds.
    pub(super) fn new(
        partition: &'a PartitionImage,
        (topic, index): (Uuid, PartitionIndex),
        acceptable: &'a dyn Fn(NodeId) -> bool,
        directory: &'a dyn Fn(NodeId) -> Uuid,
        min_isr: usize,
    ) -> Self {
        Self {
            partition,
            topic,
            index,
            acceptable,
            directory,
            min_isr,
            election: Election::Online,
            isr: partition.isr.clone(),
            replicas: partition.replicas.clone(),
            removing: partition.removing_replicas.clone(),
            adding: partition.adding_replicas.clone(),
            elr: partition.eligible_leader_replicas.clone(),
            unclean_shutdown: None,
            is_recovering: partition.is_recovering,
        }
    }

    /// The record that makes it so; `None` where nothing changes.
    pub(super) fn build(mut self) -> Option<PartitionChangeRecord> {
        self.complete_reassignment();
        self.populate_elr();
        let elected = self.elect();
        let leader = self.follow(elected);
        let before = self.partition;
        let unclean = elected.unclean.then_some(elected.leader).flatten();
        let isr = unclean.map_or_else(|| changed(&self.isr, &before.isr), |leader| Some(vec![leader.0]));
        let record = PartitionChangeRecord {
            partition_id: self.index.0,
            topic_id: self.topic,
            isr,
            leader,
            leader_recovery_state: self.recovery(elected),
            eligible_leader_replicas: changed(&self.elr, &before.eligible_leader_replicas),
            last_known_elr: self.last_known_leader(leader),
            replicas: changed(&self.replicas, &before.replicas),
            removing_replicas: changed(&self.removing, &before.removing_replicas),
            adding_replicas: changed(&self.adding, &before.adding_replicas),
            directories: self.directories(),
            ..Default::default()
        };
        let unchanged = PartitionChangeRecord { partition_id: self.index.0, topic_id: self.topic, ..Default::default() };
        (record != unchanged).then_some(record)
    }

    fn complete_reassignment(&mut self) {
        let under_way = Reassignment { removing: self.removing.clone(), adding: self.adding.clone(), replicas: self.replicas.clone() };
        if let Some((replicas, isr)) = under_way.complete(&self.isr) {
            (self.replicas, self.isr) = (replicas, isr);
            self.removing.clear();
            self.adding.clear();
        }
    }

    /// While the ISR is too small, whoever was in it keeps all that is committed, and stays eligible.
    fn populate_elr(&mut self) {
        if self.isr.len() >= self.min_isr {
            self.elr.clear();
            return;
        }
        self.elr.extend(&self.partition.isr);
        self.elr.sort();
        self.elr.dedup();
        self.elr.retain(|id| !self.isr.contains(id) && Some(*id) != self.unclean_shutdown);
    }

    fn elect(&self) -> Elected {
        let clean = |leader| Elected { leader: Some(leader), unclean: false };
        let preferred = self.replicas.first().copied().filter(|_| self.election == Election::Preferred);
        let candidates = preferred.into_iter().chain(self.partition.leader).chain(self.replicas.iter().copied());
        if let Some(leader) = candidates.into_iter().find(|id| self.is_valid_leader(*id)) {
            return clean(leader);
        }
        if bugs::has(Bug::ElectOutsideTheIsr) {
            return Elected { leader: self.replicas.iter().copied().find(|id| (self.acceptable)(*id)), unclean: false };
        }
        let uncleanly = || self.replicas.iter().copied().find(|id| self.election == Election::Unclean && (self.acceptable)(*id));
        let leader = self.last_known_candidate().or_else(uncleanly);
        Elected { leader, unclean: leader.is_some() }
    }

    fn is_valid_leader(&self, id: NodeId) -> bool {
        (self.isr.contains(&id) || self.isr.is_empty() && self.elr.contains(&id)) && (self.acceptable)(id)
    }

    /// Who led last may lead again when nobody is known to have all: better than nothing, but it may have lost something. It is asked whether it
    /// is a replica still: Apache Kafka 4.3.1 elects it anyhow, and its controllers fail at that (`tests/transcripts/failover-cancelled`).
    fn last_known_candidate(&self) -> Option<NodeId> {
        match self.partition.last_known_elr.as_slice() {
            [last] if self.isr.is_empty() && self.elr.is_empty() && self.replicas.contains(last) && (self.acceptable)(*last) => Some(*last),
            _ => None,
        }
    }

    /// Makes ISR and ELR those of the new leader. Returns what the record says of the leader.
    fn follow(&mut self, elected: Elected) -> i32 {
        let before = self.partition;
        if elected.leader != before.leader {
            if let Some(leader) = elected.leader.filter(|leader| self.elr.contains(leader)) {
                self.isr = vec![leader];
                self.elr.retain(|id| *id != leader);
            }
            if elected.unclean {
                self.elr.clear();
            }
            return elected.leader.map_or(NO_LEADER, |leader| leader.0);
        }
        // A replica that goes must hear of it, lest it take the leader's answers for its own: the epoch rises (KAFKA-15021).
        if without(&before.replicas, &self.replicas).is_empty() { LEADER_STAYS } else { before.leader.map_or(NO_LEADER, |id| id.0) }
    }

    fn recovery(&self, elected: Elected) -> i8 {
        let before = self.partition.is_recovering;
        if self.is_recovering != before {
            if self.is_recovering { RECOVERING } else { RECOVERED }
        } else if elected.unclean && elected.leader != self.partition.leader && !before {
            RECOVERING
        } else {
            PartitionChangeRecord::default().leader_recovery_state
        }
    }

    /// Who led last, while nobody leads: should no replica be eligible, it is the best guess.
    fn last_known_leader(&self, leader: i32) -> Option<Vec<i32>> {
        let known = &self.partition.last_known_elr;
        match (leader, self.partition.leader) {
            (NO_LEADER, Some(last)) if known.is_empty() => Some(vec![last.0]),
            (0.., _) if !known.is_empty() => Some(Vec::new()),
            _ => None,
        }
    }

    fn directories(&self) -> Option<Vec<Uuid>> {
        let before = self.partition;
        let known = |id: &NodeId| before.replicas.iter().zip(&before.directories).find(|(other, _)| *other == id).map(|(_, dir)| *dir);
        let directories: Vec<_> = self.replicas.iter().map(|id| known(id).unwrap_or_else(|| (self.directory)(*id))).collect();
        (directories != before.directories).then_some(directories)
    }
}

fn changed(now: &[NodeId], then: &[NodeId]) -> Option<Vec<i32>> {
    (now != then).then(|| now.iter().map(|id| id.0).collect())
}
