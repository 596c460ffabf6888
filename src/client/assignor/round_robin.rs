//! `RoundRobinAssignor`: all partitions in order, each to the next member in turn that subscribes to its topic.

use super::{Assignment, Member, Topics, nothing_yet, sorted};
use crate::base::TopicPartition;

pub(super) fn assign(topics: &Topics, members: &[Member]) -> Assignment {
    let sorted = sorted(members);
    let mut assignment = nothing_yet(members);
    let mut turn = 0;
    for (topic, &partitions) in topics {
        for partition in 0..partitions {
            let Some(ahead) = (0..sorted.len()).find(|ahead| subscribes(&sorted, turn + ahead, topic)) else { break };
            turn = (turn + ahead) % sorted.len();
            if let Some(assigned) = sorted.get(turn).and_then(|member| assignment.get_mut(&member.id)) {
                assigned.push(TopicPartition::new(topic.clone(), partition));
            }
            turn += 1;
        }
    }
    assignment
}

fn subscribes(sorted: &[&Member], turn: usize, topic: &std::sync::Arc<str>) -> bool {
    sorted.get(turn % sorted.len()).is_some_and(|member| member.subscription.topics.contains(topic))
}
