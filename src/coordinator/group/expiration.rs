//! What goes with time: offsets that are older than `offsets.retention.minutes`, and groups that are empty and have none left
//! (`cleanupGroupMetadata`).

use super::classic::{ClassicGroup, State};
use super::offsets::{CommittedOffset, tombstone};
use super::{GroupRecord, GroupShard, GroupTimer};
use crate::base::{Context, Duration, EventKind};
use crate::coordinator::runtime::Outcome;
use std::fmt::Debug;

impl<T: Clone + Debug> GroupShard<T> {
    pub(super) fn expire(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>) {
        for group in self.groups.values() {
            if self.expire_offsets(cx.time_ms(), out, group) && group.state == State::Empty {
                out.records.push(GroupRecord::Group { group: group.id.clone(), value: None });
                cx.trace(EventKind::GroupDeleted { group: group.id.clone() });
            }
        }
        out.set_timer(GroupTimer::Expiration, Duration::from_kafka_ms(self.config.offsets_retention_check_interval_ms));
    }

    /// True: the group has no offsets, or none that is kept.
    fn expire_offsets(&self, now_ms: i64, out: &mut Outcome<Self>, group: &ClassicGroup<T>) -> bool {
        let mut all_expired = self.offsets.has_none_pending(&group.id);
        for (topic, partitions) in self.offsets.of_group(&group.id) {
            for (partition, committed) in partitions {
                let age_ms = || group.offset_idle_since_ms(committed).map(|since_ms| now_ms.saturating_sub(since_ms));
                let is_expired = !group.is_subscribed_to(topic)
                    && !self.offsets.is_pending(&group.id, topic, *partition)
                    && match committed.expires_ms {
                        Some(expires_ms) => group.lets_offsets_expire() && now_ms >= expires_ms,
                        None => age_ms().is_some_and(|age_ms| age_ms >= self.config.offsets_retention_ms),
                    };
                if is_expired {
                    out.records.push(tombstone(group.id.clone(), topic.clone(), *partition));
                }
                all_expired &= is_expired;
            }
        }
        all_expired
    }
}

impl<T: Clone + Debug> ClassicGroup<T> {
    fn lets_offsets_expire(&self) -> bool {
        match self.state {
            State::Empty => true,
            State::Stable => self.protocol_type.is_none() || self.is_of_consumers() && self.subscribed_topics.is_some(),
            State::PreparingRebalance | State::CompletingRebalance => self.protocol_type.is_none(),
        }
    }

    /// From when on an offset is of no use, in ms since 1970: from when the group had no members left; of what the members do not read,
    /// and in groups without members, from its commit. None while that cannot be said.
    fn offset_idle_since_ms(&self, committed: &CommittedOffset) -> Option<i64> {
        let emptied_ms = self.state_since_ms.filter(|_| self.state == State::Empty && self.protocol_type.is_some());
        self.lets_offsets_expire().then_some(emptied_ms.unwrap_or(committed.committed_ms))
    }
}
