//! The follower's side of an incremental fetch session (`FetchSessionHandler`, KIP-227): what the leader has been told, and what it has to be
//! told.

use crate::base::{LeaderEpoch, Offset, TopicPartition, Uuid};
use crate::base::{SortedMap, SortedSet};

/// What the leader believes that this broker fetches.
#[derive(Clone, Debug, Default)]
pub(super) struct FollowerSession {
    /// 0: none.
    pub(super) id: i32,
    /// Of the next request; 0 opens a session.
    pub(super) epoch: i32,
    told: SortedMap<TopicPartition, Told>,
    /// Partitions of which the leader's picture may be wrong.
    changed: SortedSet<TopicPartition>,
}

/// What the leader was told last of a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) topic_id: Uuid,
    pub(super) leader_epoch: LeaderEpoch,
    pub(super) offset: Offset,
    /// Of the last batch before; -1 without one.
    pub(super) last_epoch: LeaderEpoch,
    pub(super) log_start: Offset,
}

impl FollowerSession {
    /// There may be something new to tell of a partition.
    pub(super) fn changed(&mut self, name: &TopicPartition) {
        self.changed.insert(name.clone());
    }

    /// The leader has not been told of anything, and there is nothing to tell.
    pub(super) fn is_empty(&self) -> bool {
        self.told.is_empty() && self.changed.is_empty()
    }

    /// What the leader was told last of a partition; none where it was told that it is not fetched, or nothing.
    pub(super) fn told(&self, name: &TopicPartition) -> Option<Told> {
        self.told.get(name).copied()
    }

    pub(super) fn names_any(&self) -> bool {
        !self.told.is_empty()
    }

    /// The next request opens a session anew, and closes this one.
    pub(super) fn close(&mut self) {
        self.epoch = 0;
    }

    /// The next request opens a session; there is none to close.
    pub(super) fn lose(&mut self) {
        (self.id, self.epoch) = (0, 0);
    }

    /// What the next request has to say, and forgets it: by partition, what is fetched now, or the topic's id where it is fetched no longer.
    pub(super) fn news(
        &mut self,
        all: impl Iterator<Item = TopicPartition>,
        now: impl Fn(&TopicPartition) -> Option<Told>,
    ) -> Vec<(TopicPartition, Result<Told, Uuid>)> {
        let mut changed = std::mem::take(&mut self.changed);
        if self.epoch == 0 {
            self.told.clear();
            changed = all.collect();
        }
        let mut news = Vec::with_capacity(changed.len());
        for name in changed {
            let before = self.told.remove(&name);
            let after = now(&name);
            if let Some(before) = before.filter(|before| after.is_none_or(|after| after.topic_id != before.topic_id)) {
                news.push((name.clone(), Err(before.topic_id)));
            }
            if let Some(after) = after {
                if before != Some(after) {
                    news.push((name.clone(), Ok(after)));
                }
                self.told.insert(name, after);
            }
        }
        news
    }

    /// The leader has answered; in a session of this id, 0 for none.
    pub(super) fn answered(&mut self, id: i32) {
        self.epoch = match (id, self.epoch) {
            (0, _) => 0,
            (_, i32::MAX) => 1,
            (_, epoch) => epoch + 1,
        };
        self.id = id;
    }
}
