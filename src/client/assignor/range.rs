//! `RangeAssignor`: of each topic, every subscriber gets a run of neighbouring partitions; the first ones get one more where it does not
//! come out even.

use super::{Assignment, Member, Topics, nothing_yet, sorted};
use crate::base::TopicPartition;

pub(super) fn assign(topics: &Topics, members: &[Member]) -> Assignment {
    let sorted = sorted(members);
    let mut assignment = nothing_yet(members);
    for (topic, &partitions) in topics {
        let subscribers: Vec<_> = sorted.iter().filter(|member| member.subscription.topics.contains(topic)).collect();
        let count = subscribers.len() as i32;
        let mut next = 0;
        for (place, member) in (0..).zip(subscribers) {
            let share = partitions / count + i32::from(place < partitions % count);
            if let Some(assigned) = assignment.get_mut(&member.id) {
                assigned.extend((next..next + share).map(|partition| TopicPartition::new(topic.clone(), partition)));
            }
            next += share;
        }
    }
    assignment
}
