//! Throttles of replication (`ReplicationQuotaManager`, KIP-73): how many bytes a second a broker sends to, or fetches from, others for
//! replicas that are listed and not in sync, so that a reassignment leaves room for everything else.
//!
//! - The rates are dynamic configs of brokers (`leader.replication.throttled.rate`, `follower.replication.throttled.rate`), the replicas
//!   those of topics (`….replication.throttled.replicas`: `partition:broker` pairs, or `*`).
//! - A rate is measured over the last eleven seconds. Until it is exceeded, all goes as it would without; then throttled replicas wait.

use super::Broker;
use super::partition::Partition;
use crate::base::{Duration, Instant, NodeId, PartitionIndex, TopicPartition};
use crate::base::{SortedMap, SortedSet};
use crate::controller::MetadataDelta;
use crate::controller::config::Values;
use crate::controller::image::ResourceType;
use std::collections::VecDeque;
use std::sync::Arc;

const LEADER_RATE: &str = "leader.replication.throttled.rate";
const FOLLOWER_RATE: &str = "follower.replication.throttled.rate";
const LEADER_REPLICAS: &str = "leader.replication.throttled.replicas";
const FOLLOWER_REPLICAS: &str = "follower.replication.throttled.replicas";
/// `replication.quota.window.size.seconds` and `replication.quota.window.num`.
const WINDOW: Duration = Duration::from_secs(1);
const WINDOWS: Duration = Duration::from_secs(11);

/// Both throttles of one broker.
#[derive(Clone, Debug, Default)]
pub struct ReplicationQuotas {
    /// Of what it sends to followers.
    pub leader: ReplicationQuota,
    /// Of what it fetches from leaders.
    pub follower: ReplicationQuota,
}

/// One throttle.
#[derive(Clone, Debug, Default)]
pub struct ReplicationQuota {
    /// In bytes a second; none: there is no limit, and nothing is counted.
    limit: Option<u64>,
    replicas: SortedMap<Arc<str>, Throttled>,
    /// Bytes by the time at which their second began, the oldest first.
    samples: VecDeque<(Instant, u64)>,
    now: Instant,
}

/// Which of a topic's partitions are throttled on this broker.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Throttled {
    All,
    These(SortedSet<PartitionIndex>),
}

impl ReplicationQuota {
    /// The limit in bytes a second.
    pub const fn limit(&self) -> Option<u64> {
        self.limit
    }

    /// Whether a partition counts against the limit.
    pub fn is_throttled(&self, partition: &TopicPartition) -> bool {
        self.limit.is_some()
            && match self.replicas.get(&partition.topic) {
                Some(Throttled::All) => true,
                Some(Throttled::These(partitions)) => partitions.contains(&partition.partition),
                None => false,
            }
    }

    /// Time has come so far.
    pub(super) fn tick(&mut self, now: Instant) {
        self.now = now;
        while self.samples.front().is_some_and(|(begun, _)| now.since(*begun) >= WINDOWS) {
            self.samples.pop_front();
        }
    }

    /// So many bytes of throttled replicas went over the wire.
    pub(super) fn record(&mut self, now: Instant, bytes: u64) {
        self.tick(now);
        match self.samples.back_mut().filter(|(begun, _)| now.since(*begun) < WINDOW) {
            Some((_, counted)) => *counted = counted.saturating_add(bytes),
            None => self.samples.push_back((now, bytes)),
        }
    }

    /// Whether more was sent than the limit allows, in the time that is looked at.
    pub fn is_exceeded(&self) -> bool {
        let (Some(limit), Some((oldest, _))) = (self.limit, self.samples.front()) else { return false };
        let bytes: u64 = self.samples.iter().fold(0, |sum, (_, bytes)| sum.saturating_add(*bytes));
        let elapsed = self.now.since(*oldest).max(WINDOW);
        u128::from(bytes) * 1_000_000 > u128::from(limit) * u128::from(elapsed.as_micros())
    }

    fn set_limit(&mut self, limit: Option<u64>) {
        if self.limit != limit {
            self.limit = limit;
            self.samples.clear();
        }
    }

    fn set_replicas(&mut self, topic: &Arc<str>, throttled: Option<Throttled>) {
        match throttled {
            Some(throttled) => self.replicas.insert(Arc::clone(topic), throttled),
            None => self.replicas.remove(topic),
        };
    }
}

impl ReplicationQuotas {
    /// Whether the leader gives a follower nothing of a partition for now. Who is in sync is never held up.
    pub(super) fn holds_back_follower(&self, name: &TopicPartition, partition: &Partition, replica: NodeId) -> bool {
        self.leader.is_throttled(name) && !partition.isr().contains(&replica) && self.leader.is_exceeded()
    }

    /// Whether this broker fetches nothing of a partition for now.
    pub(super) fn holds_back_fetching(&self, name: &TopicPartition, partition: &Partition, own: NodeId) -> bool {
        self.follower.is_throttled(name) && !partition.isr().contains(&own) && self.follower.is_exceeded()
    }
}

impl Broker {
    /// The throttles of replication on this broker.
    pub const fn replication_quotas(&self) -> &ReplicationQuotas {
        &self.quotas
    }

    /// Takes over what the metadata says of throttles.
    pub(super) fn apply_metadata_to_quotas(&mut self, delta: &MetadataDelta) {
        let own = self.node();
        for topic in delta.topics_deleted.values() {
            self.quotas.leader.set_replicas(&topic.name, None);
            self.quotas.follower.set_replicas(&topic.name, None);
        }
        for resource in &delta.configs {
            match resource.kind {
                ResourceType::Topic => {
                    let configs = self.image.configs(resource);
                    self.quotas.leader.set_replicas(&resource.name, throttled(&configs, LEADER_REPLICAS, own));
                    self.quotas.follower.set_replicas(&resource.name, throttled(&configs, FOLLOWER_REPLICAS, own));
                }
                ResourceType::Broker => {
                    let (cluster, broker) = self.image.broker_configs(own);
                    self.quotas.leader.set_limit(rate(&broker, LEADER_RATE).or_else(|| rate(&cluster, LEADER_RATE)));
                    self.quotas.follower.set_limit(rate(&broker, FOLLOWER_RATE).or_else(|| rate(&cluster, FOLLOWER_RATE)));
                }
                ResourceType::BrokerLogger | ResourceType::ClientMetrics | ResourceType::Group => {}
            }
        }
    }
}

fn rate(configs: &Values, name: &str) -> Option<u64> {
    configs.get(name)?.trim().parse().ok()
}

/// The partitions that a topic's config lists for this broker; none where it lists none at all.
fn throttled(configs: &Values, name: &str, own: NodeId) -> Option<Throttled> {
    let listed = configs.get(name)?.trim();
    if listed == "*" {
        return Some(Throttled::All);
    }
    let pairs = listed.split(',').filter_map(|pair| pair.trim().split_once(':'));
    let mine = pairs.filter(|(_, broker)| broker.trim().parse() == Ok(own.0));
    Some(Throttled::These(mine.filter_map(|(partition, _)| partition.trim().parse().ok().map(PartitionIndex)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Instant {
        Instant::ZERO + Duration::from_millis(ms)
    }

    #[test]
    fn a_rate_is_measured_over_the_last_seconds() {
        let mut quota = ReplicationQuota { limit: Some(1_000), ..Default::default() };
        quota.record(at(0), 1_000);
        assert!(!quota.is_exceeded(), "within the first second as much as a second allows");
        quota.record(at(500), 1_000);
        assert!(quota.is_exceeded());
        for (ms, exceeded) in [(1_000, true), (1_999, true), (2_000, false)] {
            quota.tick(at(ms));
            assert_eq!(quota.is_exceeded(), exceeded, "after {ms} ms");
        }
        quota.record(at(3_000), 90_000);
        quota.tick(at(11_000));
        assert!(quota.is_exceeded(), "92,000 bytes in 11 s");
        quota.tick(at(14_000));
        assert!(!quota.is_exceeded(), "all that is forgotten");
    }

    #[test]
    fn without_a_limit_nothing_is_throttled() {
        let mut quota = ReplicationQuota::default();
        quota.set_replicas(&"t".into(), Some(Throttled::All));
        assert!(!quota.is_throttled(&TopicPartition::new("t", 0)));
        quota.set_limit(Some(0));
        assert!(quota.is_throttled(&TopicPartition::new("t", 0)) && !quota.is_exceeded());
        quota.record(at(0), 1);
        assert!(quota.is_exceeded());
    }

    #[test]
    fn replicas_are_listed_by_partition_and_broker() {
        let listed = |text: &str| throttled(&Values::from([(LEADER_REPLICAS.into(), text.into())]), LEADER_REPLICAS, NodeId(2));
        assert_eq!(listed("*"), Some(Throttled::All));
        assert_eq!(listed("0:1,3:2,4:2"), Some(Throttled::These([PartitionIndex(3), PartitionIndex(4)].into())));
        assert_eq!(throttled(&Values::new(), LEADER_REPLICAS, NodeId(2)), None);
    }
}
