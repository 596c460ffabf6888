//! Who gets which partitions: the assignors that a classic group's leader runs, to Kafka's results.
//!
//! Pure functions of the members' subscriptions and the topics' sizes; nothing here joins groups. Racks are not taken into account: a
//! group whose members have `client.rack` set is assigned as Kafka assigns it without.

mod cooperative;
mod java;
mod range;
mod round_robin;
mod sticky;

use crate::base::SortedMap;
use crate::base::{GenerationId, Order, TopicPartition};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a member says when it joins (`ConsumerPartitionAssignor.Subscription`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    pub topics: Vec<Arc<str>>,
    /// What it owns, by its own word: from the subscription, or for the sticky assignor from its user data.
    pub owned: Vec<TopicPartition>,
    /// The generation in which it came to own that.
    pub generation: Option<GenerationId>,
    /// `group.instance.id`, of a static member.
    pub instance: Option<Arc<str>>,
}

/// A member of the group, by its member id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: Arc<str>,
    pub subscription: Subscription,
}

/// How many partitions each known topic has.
pub type Topics = SortedMap<Arc<str>, i32>;

/// What each member gets.
pub type Assignment = SortedMap<Arc<str>, Vec<TopicPartition>>;

/// `partition.assignment.strategy`: by the assignors' names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assignor {
    Range,
    #[serde(rename = "roundrobin")]
    RoundRobin,
    Sticky,
    CooperativeSticky,
}

impl Assignor {
    pub const ALL: [Self; 4] = [Self::Range, Self::RoundRobin, Self::Sticky, Self::CooperativeSticky];

    /// The name that a group's protocol has.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Range => "range",
            Self::RoundRobin => "roundrobin",
            Self::Sticky => "sticky",
            Self::CooperativeSticky => "cooperative-sticky",
        }
    }

    /// The class that `partition.assignment.strategy` names.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Range => "org.apache.kafka.clients.consumer.RangeAssignor",
            Self::RoundRobin => "org.apache.kafka.clients.consumer.RoundRobinAssignor",
            Self::Sticky => "org.apache.kafka.clients.consumer.StickyAssignor",
            Self::CooperativeSticky => "org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
        }
    }

    /// By its name or its class.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|assignor| assignor.name() == name || assignor.class() == name)
    }

    /// Whether members may keep what they own while the group rebalances (KIP-429).
    pub const fn is_cooperative(self) -> bool {
        matches!(self, Self::CooperativeSticky)
    }

    /// Shares the topics out among the members; every member is in the result. The members are in the order of the coordinator's list:
    /// Kafka's result can depend on it.
    pub fn assign(self, topics: &Topics, members: &[Member]) -> Assignment {
        let known: Topics = topics
            .iter()
            .filter(|(topic, partitions)| **partitions > 0 && members.iter().any(|member| member.subscription.topics.contains(topic)))
            .map(|(topic, partitions)| (topic.clone(), *partitions))
            .collect();
        match self {
            Self::Range => range::assign(&known, members),
            Self::RoundRobin => round_robin::assign(&known, members),
            Self::Sticky => sticky::assign(&known, members).assignment,
            Self::CooperativeSticky => cooperative::assign(&known, members),
        }
    }
}

/// Static members by their instance ids, then the others by their member ids (`AbstractPartitionAssignor.MemberInfo`).
fn sorted(members: &[Member]) -> Vec<&Member> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.order_by_key(|member| (member.subscription.instance.is_none(), member.subscription.instance.clone(), member.id.clone()));
    sorted
}

fn nothing_yet(members: &[Member]) -> Assignment {
    members.iter().map(|member| (member.id.clone(), Vec::new())).collect()
}
