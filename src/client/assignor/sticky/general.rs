//! Members subscribe to different topics: keep what is owned, give the rest to whoever has least, then move partitions one by one as long
//! as that makes the group more even (`GeneralAssignmentBuilder`).

use super::super::{Assignment, Member, Topics};
use super::movements::Movements;
use super::{Claims, NO_GENERATION, generation_of};
use crate::base::TopicPartition;
use crate::base::{Order, SortedMap, SortedSet};
use std::sync::Arc;

struct Builder<'a> {
    topics: &'a Topics,
    members: &'a [Member],
    /// Who subscribes to each topic, in the order in which Kafka walks through the members.
    subscribers: SortedMap<Arc<str>, Vec<usize>>,
    assigned: Vec<Vec<TopicPartition>>,
    owner: SortedMap<TopicPartition, usize>,
    /// The members that can still gain or lose, by how much they have and then by id.
    by_load: SortedSet<(usize, Arc<str>, usize)>,
    movements: Movements,
    /// Who had a partition in an older generation.
    before: SortedMap<TopicPartition, (usize, i32)>,
}

pub(super) fn assign(topics: &Topics, members: &[Member], claims: Claims) -> Assignment {
    let mut subscribers: SortedMap<Arc<str>, Vec<usize>> = topics.keys().map(|topic| (topic.clone(), Vec::new())).collect();
    for &place in &claims.order {
        for topic in members.get(place).into_iter().flat_map(|member| &member.subscription.topics) {
            if let Some(places) = subscribers.get_mut(topic) {
                places.push(place);
            }
        }
    }
    let before = earlier_owners(members, &claims);
    let mut builder = Builder {
        topics,
        members,
        subscribers,
        owner: owners(&claims.owned),
        assigned: claims.owned,
        by_load: SortedSet::new(),
        movements: Movements::default(),
        before,
    };
    builder.build();
    members.iter().map(|member| member.id.clone()).zip(builder.assigned).collect()
}

fn owners(owned: &[Vec<TopicPartition>]) -> SortedMap<TopicPartition, usize> {
    owned.iter().enumerate().flat_map(|(place, partitions)| partitions.iter().map(move |partition| (partition.clone(), place))).collect()
}

fn earlier_owners(members: &[Member], claims: &Claims) -> SortedMap<TopicPartition, (usize, i32)> {
    let mut before: SortedMap<TopicPartition, (usize, i32)> = SortedMap::new();
    for &place in &claims.order {
        let Some(member) = members.get(place) else { continue };
        let generation = generation_of(member);
        if generation >= claims.max_generation && (member.subscription.generation.is_some() || claims.max_generation == NO_GENERATION) {
            continue;
        }
        for partition in &member.subscription.owned {
            let known = before.entry(partition.clone()).or_insert((place, generation));
            if generation > known.1 {
                *known = (place, generation);
            }
        }
    }
    before
}

impl Builder<'_> {
    fn build(&mut self) {
        let revocation = self.drop_unsubscribed();
        let mut all = self.partitions_by_choice();
        let kept: SortedSet<TopicPartition> = self.assigned.iter().flatten().cloned().collect();
        let mut unassigned: Vec<_> = all.iter().filter(|partition| !kept.contains(partition)).cloned().collect();
        self.by_load = (0..self.members.len()).filter_map(|place| self.load_of(place)).collect();

        let initializing = self.assigned.iter().all(Vec::is_empty);
        unassigned.iter().for_each(|partition| self.give(partition));

        let movable: SortedSet<_> =
            self.subscribers.iter().filter(|(_, places)| places.len() >= 2).map(|(topic, _)| topic.clone()).collect();
        all.retain(|partition| movable.contains(&partition.topic));
        unassigned.retain(|partition| movable.contains(&partition.topic));
        let flexible: Vec<_> = (0..self.members.len()).filter(|place| self.is_flexible(*place, &movable)).collect();
        self.by_load = flexible.iter().filter_map(|place| self.load_of(*place)).collect();

        let (assigned, owner) = (self.assigned.clone(), self.owner.clone());
        if !revocation {
            self.reassign(&unassigned);
        }
        let moved = self.reassign(&all);
        if !initializing && moved && imbalance(&flexible, &self.assigned) >= imbalance(&flexible, &assigned) {
            (self.assigned, self.owner) = (assigned, owner);
        }
    }

    /// Takes from the members what they no longer subscribe to; whether there was anything.
    fn drop_unsubscribed(&mut self) -> bool {
        let mut any = false;
        for (assigned, member) in self.assigned.iter_mut().zip(self.members) {
            let before = assigned.len();
            assigned.retain(|partition| member.subscription.topics.contains(&partition.topic));
            any |= assigned.len() < before;
        }
        any
    }

    /// All partitions, those of topics with the fewest subscribers first.
    fn partitions_by_choice(&self) -> Vec<TopicPartition> {
        let mut topics: Vec<_> = self.topics.iter().collect();
        topics.order_by_key(|(topic, _)| (self.subscribers.get(*topic).map_or(0, Vec::len), (*topic).clone()));
        topics.into_iter().flat_map(|(topic, count)| (0..*count).map(|partition| TopicPartition::new(topic.clone(), partition))).collect()
    }

    fn count(&self, place: usize) -> usize {
        self.assigned.get(place).map_or(0, Vec::len)
    }

    fn load_of(&self, place: usize) -> Option<(usize, Arc<str>, usize)> {
        self.members.get(place).map(|member| (self.count(place), member.id.clone(), place))
    }

    fn subscribes(&self, place: usize, topic: &Arc<str>) -> bool {
        self.members.get(place).is_some_and(|member| member.subscription.topics.contains(topic))
    }

    /// The member with least that subscribes to the topic.
    fn least_loaded(&self, topic: &Arc<str>) -> Option<usize> {
        self.by_load.iter().map(|(_, _, place)| *place).find(|place| self.subscribes(*place, topic))
    }

    fn give(&mut self, partition: &TopicPartition) {
        if let Some(place) = self.least_loaded(&partition.topic) {
            self.change(place, |assigned| assigned.push(partition.clone()));
            self.owner.insert(partition.clone(), place);
        }
    }

    /// Changes what a member has, and its place in the order of loads.
    fn change(&mut self, place: usize, change: impl FnOnce(&mut Vec<TopicPartition>)) {
        let listed = self.load_of(place).is_some_and(|load| self.by_load.remove(&load));
        if let Some(assigned) = self.assigned.get_mut(place) {
            change(assigned);
        }
        if let Some(load) = self.load_of(place).filter(|_| listed) {
            self.by_load.insert(load);
        }
    }

    fn most_possible(&self, place: usize) -> usize {
        self.topics.iter().filter(|(topic, _)| self.subscribes(place, topic)).map(|(_, count)| (*count).max(0) as usize).sum()
    }

    /// Whether a member can gain or lose anything at all.
    fn is_flexible(&self, place: usize, movable: &SortedSet<Arc<str>>) -> bool {
        self.count(place) < self.most_possible(place)
            || self.assigned.get(place).is_some_and(|assigned| assigned.iter().any(|partition| movable.contains(&partition.topic)))
    }

    fn is_balanced(&self) -> bool {
        let (Some(least), Some(most)) = (self.by_load.first(), self.by_load.last()) else { return true };
        least.0 + 1 >= most.0
            || !self.by_load.iter().any(|(count, _, place)| *count < self.most_possible(*place) && self.could_gain(*place, *count))
    }

    /// Whether a member could take a partition from one that has two more.
    fn could_gain(&self, place: usize, count: usize) -> bool {
        let richer = |owner: &usize| *owner != place && count + 1 < self.count(*owner);
        self.owner.iter().any(|(partition, owner)| {
            richer(owner) && self.subscribes(place, &partition.topic) && self.topics.contains_key(&partition.topic)
        })
    }

    /// Moves partitions until nothing can be made more even; whether any was moved.
    fn reassign(&mut self, partitions: &[TopicPartition]) -> bool {
        let mut any = false;
        loop {
            let mut modified = false;
            for partition in partitions {
                if self.is_balanced() {
                    break;
                }
                if let Some(to) = self.better_owner(partition) {
                    self.move_to(partition, to);
                    modified = true;
                }
            }
            any |= modified;
            if !modified {
                return any;
            }
        }
    }

    /// Who should have a partition whose owner has too much: its earlier owner, else the subscriber that has least.
    fn better_owner(&self, partition: &TopicPartition) -> Option<usize> {
        let count = self.count(*self.owner.get(partition)?);
        let listed = |place: usize| self.load_of(place).is_some_and(|load| self.by_load.contains(&load));
        let earlier = self.before.get(partition).map(|(place, _)| *place);
        if let Some(earlier) = earlier.filter(|place| listed(*place) && count > self.count(*place) + 1) {
            return Some(earlier);
        }
        let poorer = self.subscribers.get(&partition.topic)?.iter().any(|place| count > self.count(*place) + 1);
        poorer.then(|| self.least_loaded(&partition.topic)).flatten()
    }

    fn move_to(&mut self, partition: &TopicPartition, to: usize) {
        let Some(&owner) = self.owner.get(partition) else { return };
        let partition = self.movements.instead_of(partition, owner, to);
        let Some(&from) = self.owner.get(&partition) else { return };
        self.movements.note(&partition, from, to);
        self.change(from, |assigned| assigned.retain(|other| *other != partition));
        self.change(to, |assigned| assigned.push(partition.clone()));
        self.owner.insert(partition, to);
    }
}

/// The sum of the differences between all pairs of members.
fn imbalance(places: &[usize], assigned: &[Vec<TopicPartition>]) -> usize {
    let counts: Vec<_> = places.iter().map(|place| assigned.get(*place).map_or(0, Vec::len)).collect();
    counts.iter().enumerate().map(|(index, count)| counts.iter().skip(index + 1).map(|other| count.abs_diff(*other)).sum::<usize>()).sum()
}
