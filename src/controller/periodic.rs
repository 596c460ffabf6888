//! What the active controller looks after by itself, again and again (`PeriodicTaskControlManager`): partitions that are led by another
//! than their preferred replica, and partitions without a leader that may have one by an unclean election.

use super::image::{PartitionImage, TopicImage};
use super::node::{Controller, ControllerTimer};
use super::partition_change::Election;
use crate::base::{Context, Duration, PartitionIndex};
use crate::wire::MetadataRecord;

/// `unclean.leader.election.interval.ms`, which Apache Kafka keeps to itself.
const UNCLEAN_ELECTION_INTERVAL: Duration = Duration::from_secs(300);
/// The most elections at once (`QuorumController.MAX_ELECTIONS_PER_IMBALANCE`); the rest follows soon.
const ELECTIONS_MAX: usize = 1_000;
const SOON: Duration = Duration::from_millis(10);

/// What is looked after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PeriodicTask {
    /// `auto.leader.rebalance.enable`: preferred replicas lead again, when they can.
    BalanceLeaders,
    /// `unclean.leader.election.enable`, where it was allowed only after the last leader had gone.
    ElectUncleanly,
}

impl Controller {
    /// Has the tasks begin, on a controller that has become active.
    pub(super) fn begin_periodic_tasks(&mut self, cx: &Context<'_>) {
        if self.config.settings.auto_leader_rebalance {
            self.set_periodic(cx, PeriodicTask::BalanceLeaders, self.balance_interval());
        }
        self.set_periodic(cx, PeriodicTask::ElectUncleanly, UNCLEAN_ELECTION_INTERVAL);
    }

    fn balance_interval(&self) -> Duration {
        Duration::from_secs(u64::try_from(self.config.settings.leader_imbalance_check_interval_seconds).unwrap_or(1))
    }

    fn set_periodic(&mut self, cx: &Context<'_>, task: PeriodicTask, wait: Duration) {
        self.timers.set(ControllerTimer::Periodic(task), cx.now + wait, None);
    }

    /// A task's time has come. On a controller that is active no more it ends.
    pub(super) fn run_periodic(&mut self, cx: &mut Context<'_>, task: PeriodicTask) {
        if !self.is_active() {
            return;
        }
        let mut records = match task {
            PeriodicTask::BalanceLeaders => self.elections(Election::Preferred, |_, partition| !partition.is_led_by_preferred()),
            PeriodicTask::ElectUncleanly => self.elections(Election::Unclean, |topic, partition| {
                partition.leader.is_none() && self.election_rules().allows_unclean_election(&topic.name)
            }),
        };
        let is_all = records.len() <= ELECTIONS_MAX;
        records.truncate(ELECTIONS_MAX);
        let interval = match task {
            PeriodicTask::BalanceLeaders => self.balance_interval(),
            PeriodicTask::ElectUncleanly => UNCLEAN_ELECTION_INTERVAL,
        };
        let is_written = records.is_empty() || self.append(cx, records).is_ok();
        self.set_periodic(cx, task, if is_all || !is_written { interval } else { SOON });
    }

    /// The elections that succeed among the partitions that need one; one more than are held at once, if there are more.
    fn elections(&self, election: Election, needs: impl Fn(&TopicImage, &PartitionImage) -> bool) -> Vec<MetadataRecord> {
        let rules = self.election_rules();
        let partitions = self.image.topics().flat_map(|topic| topic.iter().map(move |(index, partition)| (topic, index, partition)));
        let elected = partitions.filter(|(topic, _, partition)| needs(topic, partition)).filter_map(|(topic, index, partition)| {
            let index: PartitionIndex = index;
            rules.elect(election, topic, index, partition).ok().map(MetadataRecord::PartitionChange)
        });
        elected.take(ELECTIONS_MAX + 1).collect()
    }
}
