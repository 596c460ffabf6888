//! All members subscribe to the same topics: each keeps what it owns up to its share, then the rest is dealt out in turns
//! (`ConstrainedAssignmentBuilder`).

use super::super::{Assignment, Member, Topics};
use super::Claims;
use crate::base::TopicPartition;
use crate::base::{Order, SortedMap, SortedSet};
use std::collections::VecDeque;
use std::sync::Arc;

struct Builder<'a> {
    members: &'a [Member],
    /// Every member gets this many partitions, `with_more` of them one more.
    quota: usize,
    with_more: usize,
    /// How many members have one more already.
    have_more: usize,
    below_quota: Vec<usize>,
    at_quota: VecDeque<usize>,
    assigned: Vec<Vec<TopicPartition>>,
    /// What its owner has to give up.
    revoked: SortedSet<TopicPartition>,
    transferring: SortedMap<TopicPartition, Arc<str>>,
}

pub(super) fn assign(topics: &Topics, members: &[Member], mut claims: Claims) -> (Assignment, SortedMap<TopicPartition, Arc<str>>) {
    let total: usize = topics.values().map(|partitions| (*partitions).max(0) as usize).sum();
    let mut builder = Builder {
        members,
        quota: total / members.len(),
        with_more: total % members.len(),
        have_more: 0,
        below_quota: Vec::new(),
        at_quota: VecDeque::new(),
        assigned: vec![Vec::new(); members.len()],
        revoked: SortedSet::new(),
        transferring: SortedMap::new(),
    };
    for place in std::mem::take(&mut claims.order) {
        let mut owned = claims.owned.get_mut(place).map(std::mem::take).unwrap_or_default();
        owned.retain(|partition| !claims.doubly_claimed.contains(partition));
        owned.order_by(|a, b| (a.partition, &a.topic).cmp(&(b.partition, &b.topic)));
        builder.keep(place, owned);
    }
    let kept: SortedSet<TopicPartition> = builder.assigned.iter().flatten().cloned().collect();
    let all = topics.iter().flat_map(|(topic, partitions)| (0..*partitions).map(|partition| TopicPartition::new(topic.clone(), partition)));
    builder.deal(all.filter(|partition| !kept.contains(partition)).collect(), &claims.doubly_claimed);
    let assignment = members.iter().map(|member| member.id.clone()).zip(builder.assigned).collect();
    (assignment, builder.transferring)
}

impl Builder<'_> {
    /// Lets a member keep what it owns, as far as its share goes.
    fn keep(&mut self, place: usize, mut owned: Vec<TopicPartition>) {
        let more = self.have_more < self.with_more;
        if owned.len() < self.quota {
            self.below_quota.push(place);
        } else if more && owned.len() > self.quota {
            self.have_more += 1;
            if self.have_more == self.with_more {
                self.at_quota.clear();
            }
            self.revoked.extend(owned.drain(self.quota + 1..));
        } else {
            self.revoked.extend(owned.drain(self.quota..));
            if more {
                self.at_quota.push_back(place);
            }
        }
        if let Some(assigned) = self.assigned.get_mut(place) {
            *assigned = owned;
        }
    }

    /// Deals what is left out in turns: to those below the quota first, then one each to those at it.
    fn deal(&mut self, rest: Vec<TopicPartition>, doubly_claimed: &SortedSet<TopicPartition>) {
        let id = |place: &usize| self.members.get(*place).map(|member| member.id.clone());
        self.below_quota.order_by_key(id);
        self.at_quota.make_contiguous().order_by_key(id);
        let mut turn = 0;
        for partition in rest {
            if turn >= self.below_quota.len() {
                turn = 0;
            }
            let next = self.below_quota.get(turn).copied();
            let Some(place) = next.or_else(|| self.at_quota.pop_front()) else { return };
            let (Some(assigned), Some(member)) = (self.assigned.get_mut(place), self.members.get(place)) else { return };
            if self.revoked.contains(&partition) || doubly_claimed.contains(&partition) {
                self.transferring.insert(partition.clone(), member.id.clone());
            }
            assigned.push(partition);
            if next.is_some() && assigned.len() == self.quota {
                self.below_quota.remove(turn);
                self.at_quota.push_back(place);
            } else if next.is_some() {
                turn += 1;
            }
        }
    }
}
