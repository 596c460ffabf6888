//! How a partition's replicas change while it is reassigned (`PartitionReassignmentReplicas`, `PartitionReassignmentRevert`, KIP-455).

use super::image::PartitionImage;
use crate::base::NodeId;
use crate::base::SortedSet;

/// A partition on its way from some replicas to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reassignment {
    pub removing: Vec<NodeId>,
    pub adding: Vec<NodeId>,
    /// Those wanted in the end, in their order, then those to be removed.
    pub replicas: Vec<NodeId>,
}

impl Reassignment {
    /// From the replicas that count now (those of a reassignment under way left out) to others.
    pub(super) fn new(current: &[NodeId], target: &[NodeId]) -> Self {
        let removing = difference(current, target);
        let adding = difference(target, current);
        let replicas = target.iter().chain(&removing).copied().collect();
        Self { removing, adding, replicas }
    }

    /// The replicas and the ISR with which the reassignment is done, if the ISR allows it: all that are added are in sync, and where fewer
    /// are added than removed, all that stay.
    pub(super) fn complete(&self, isr: &[NodeId]) -> Option<(Vec<NodeId>, Vec<NodeId>)> {
        if self.removing.is_empty() && self.adding.is_empty() {
            return None;
        }
        let (replicas, isr) = (without(&self.replicas, &self.removing), without(isr, &self.removing));
        let are_in_sync = |nodes: &[NodeId]| nodes.iter().all(|node| isr.contains(node));
        let shrinks = self.adding.len() < self.removing.len();
        let is_done = !replicas.is_empty() && !isr.is_empty() && are_in_sync(&self.adding) && (!shrinks || are_in_sync(&replicas));
        is_done.then_some((replicas, isr))
    }
}

/// The replicas that a partition has but for a reassignment under way.
pub(super) fn settled_replicas(partition: &PartitionImage) -> Vec<NodeId> {
    without(&partition.replicas, &partition.adding_replicas)
}

pub(super) fn is_in_progress(partition: &PartitionImage) -> bool {
    !partition.removing_replicas.is_empty() || !partition.adding_replicas.is_empty()
}

/// Those that are not in `other`, in their order.
pub(super) fn without(nodes: &[NodeId], other: &[NodeId]) -> Vec<NodeId> {
    nodes.iter().filter(|node| !other.contains(node)).copied().collect()
}

/// Those that are not in `other`, in order of id.
fn difference(nodes: &[NodeId], other: &[NodeId]) -> Vec<NodeId> {
    let distinct: SortedSet<_> = nodes.iter().filter(|node| !other.contains(node)).copied().collect();
    distinct.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(ids: &[i32]) -> Vec<NodeId> {
        ids.iter().copied().map(NodeId).collect()
    }

    #[test]
    fn replicas_to_be_removed_stay_behind_those_wanted_until_the_end() {
        let moving = Reassignment::new(&nodes(&[3, 1, 2]), &nodes(&[5, 2, 4]));
        assert_eq!((moving.removing, moving.adding, moving.replicas), (nodes(&[1, 3]), nodes(&[4, 5]), nodes(&[5, 2, 4, 1, 3])));
    }

    #[test]
    fn a_reassignment_is_done_when_the_isr_says_so() {
        let done = |from: &[i32], to: &[i32], isr: &[i32]| {
            let complete = Reassignment::new(&nodes(from), &nodes(to)).complete(&nodes(isr));
            complete.map(|(replicas, isr)| (replicas.iter().map(|id| id.0).collect(), isr.iter().map(|id| id.0).collect()))
        };
        type Ids = &'static [i32];
        type Done = Option<(Vec<i32>, Vec<i32>)>;
        // from, to, ISR → replicas and ISR in the end
        type Row = (Ids, Ids, Ids, Done);
        let table: &[Row] = &[
            (&[1, 2], &[1, 2], &[1, 2], None),
            (&[1, 2], &[1, 3], &[1, 2], None),
            (&[1, 2], &[1, 3], &[1, 2, 3], Some((vec![1, 3], vec![1, 3]))),
            (&[1, 2], &[1, 3], &[2, 3], Some((vec![1, 3], vec![3]))),
            (&[1, 2, 3], &[1, 2], &[1, 3], None),
            (&[1, 2, 3], &[1, 2], &[1, 2], Some((vec![1, 2], vec![1, 2]))),
            (&[1], &[1, 2, 3], &[1, 2], None),
            (&[1], &[1, 2, 3], &[3, 1, 2], Some((vec![1, 2, 3], vec![3, 1, 2]))),
            (&[1], &[2], &[1], None),
        ];
        for (from, to, isr, expected) in table {
            assert_eq!(done(from, to, isr), *expected, "{from:?} to {to:?} with ISR {isr:?}");
        }
    }
}
