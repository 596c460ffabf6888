//! What the sticky and the cooperative sticky assignor share (`AbstractStickyAssignor`): as even as can be, and as close to what the
//! members own as that allows. One algorithm for members that all subscribe to the same topics, one for all other groups.

mod constrained;
mod general;
mod movements;

use super::{Assignment, Member, Topics, java};
use crate::base::TopicPartition;
use crate::base::{SortedMap, SortedSet};
use std::sync::Arc;

/// A member's generation where it does not say one.
const NO_GENERATION: i32 = -1;

pub(super) struct Outcome {
    pub assignment: Assignment,
    /// Who gets what another has to give up; none where the algorithm did not keep count.
    pub transferring: Option<SortedMap<TopicPartition, Arc<str>>>,
}

pub(super) fn assign(topics: &Topics, members: &[Member]) -> Outcome {
    if members.is_empty() {
        return Outcome { assignment: Assignment::new(), transferring: None };
    }
    let claims = Claims::of(topics, members);
    if claims.same_topics {
        let (assignment, transferring) = constrained::assign(topics, members, claims);
        Outcome { assignment, transferring: Some(transferring) }
    } else {
        Outcome { assignment: general::assign(topics, members, claims), transferring: None }
    }
}

/// What the members say they own, sorted out. Members go by their places in the list.
struct Claims {
    /// The members in the order in which Kafka walks through them.
    order: Vec<usize>,
    same_topics: bool,
    max_generation: i32,
    /// What each member may keep; of a partition that several claim, the one of the highest generation.
    owned: Vec<Vec<TopicPartition>>,
    /// What two members of one generation claim: nobody keeps that.
    doubly_claimed: SortedSet<TopicPartition>,
}

impl Claims {
    fn of(topics: &Topics, members: &[Member]) -> Self {
        let order = java::iteration_order(members.iter().map(|member| &*member.id));
        let mut claims = Self {
            same_topics: same_topics(members),
            max_generation: NO_GENERATION,
            owned: vec![Vec::new(); members.len()],
            doubly_claimed: SortedSet::new(),
            order: Vec::new(),
        };
        let mut owners: SortedMap<&TopicPartition, usize> = SortedMap::new();
        for &place in &order {
            let Some(member) = members.get(place) else { continue };
            let generation = generation_of(member);
            claims.max_generation = claims.max_generation.max(generation);
            for partition in member.subscription.owned.iter().filter(|partition| topics.contains_key(&partition.topic)) {
                let rival = owners.get(partition).copied();
                let rival_generation = rival.and_then(|rival| members.get(rival)).map(generation_of);
                if claims.settle(partition, place, generation, rival, rival_generation) {
                    owners.insert(partition, place);
                }
            }
        }
        claims.order = order;
        claims
    }

    /// Weighs one member's claim against its rival's; false where the rival keeps the partition.
    fn settle(
        &mut self,
        partition: &TopicPartition,
        place: usize,
        generation: i32,
        rival: Option<usize>,
        rival_generation: Option<i32>,
    ) -> bool {
        let older = rival_generation.is_some_and(|rival| generation < rival);
        if older {
            return false;
        }
        if let Some(loser) = rival.and_then(|rival| self.owned.get_mut(rival)) {
            loser.retain(|other| other != partition);
        }
        if rival_generation == Some(generation) {
            self.doubly_claimed.insert(partition.clone());
        } else if let Some(owned) = self.owned.get_mut(place) {
            owned.push(partition.clone());
        }
        true
    }
}

fn generation_of(member: &Member) -> i32 {
    member.subscription.generation.map_or(NO_GENERATION, |generation| generation.0)
}

fn same_topics(members: &[Member]) -> bool {
    let mut sets = members.iter().map(|member| member.subscription.topics.iter().collect::<SortedSet<_>>());
    let first = sets.next();
    sets.all(|topics| Some(topics) == first)
}
