//! `CooperativeStickyAssignor`: the sticky assignment, but what is to move from one member to another goes to nobody until the first has
//! given it up, which it does by joining again (KIP-429).

use super::{Assignment, Member, Topics, sticky};
use crate::base::TopicPartition;
use crate::base::{SortedMap, SortedSet};
use std::sync::Arc;

pub(super) fn assign(topics: &Topics, members: &[Member]) -> Assignment {
    let sticky::Outcome { mut assignment, transferring } = sticky::assign(topics, members);
    for (partition, to) in transferring.unwrap_or_else(|| changing_hands(&assignment, members)) {
        if let Some(assigned) = assignment.get_mut(&to) {
            assigned.retain(|other| *other != partition);
        }
    }
    assignment
}

/// The partitions that one member owns and another is to get.
fn changing_hands(assignment: &Assignment, members: &[Member]) -> SortedMap<TopicPartition, Arc<str>> {
    let mut added = SortedMap::new();
    let mut revoked = SortedSet::new();
    for member in members {
        let owned: SortedSet<_> = member.subscription.owned.iter().collect();
        let assigned: SortedSet<_> = assignment.get(&member.id).into_iter().flatten().collect();
        added.extend(assigned.difference(&owned).map(|partition| ((*partition).clone(), member.id.clone())));
        revoked.extend(owned.difference(&assigned).map(|partition| (*partition).clone()));
    }
    added.retain(|partition, _| revoked.contains(partition));
    added
}
