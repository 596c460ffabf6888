//! Loading: a new leader replays its partition part by part before it coordinates anything (`CoordinatorLoaderImpl`). Until then whoever
//! asks is told COORDINATOR_LOAD_IN_PROGRESS.

use super::{Active, Logged, Ready, Runtime, Shard, Storage, TimerKey};
use crate::base::{Context, Duration, EventKind, LeaderEpoch, Offset, PartitionIndex};
use std::collections::VecDeque;
use std::sync::Arc;

/// How long reading and replaying one part takes.
const LOAD_TIME: Duration = Duration::from_millis(1);

/// A part of a partition has been handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Where the next part begins.
    pub next: Offset,
    /// Nothing comes after it.
    pub is_end: bool,
}

/// A shard that is being loaded.
#[derive(Clone, Debug)]
pub(super) struct Loading<S> {
    state: S,
    epoch: LeaderEpoch,
    next: Offset,
}

impl<S: Shard> Runtime<S> {
    /// The partitions that are being loaded.
    pub fn loading(&self) -> impl Iterator<Item = PartitionIndex> {
        self.loading.keys().copied()
    }

    /// This broker became the partition's leader: its log is replayed, and then the shard answers. One that is there already stays as it is.
    pub fn elected(&mut self, cx: &Context<'_>, partition: PartitionIndex, epoch: LeaderEpoch) {
        if let Some(active) = self.active.get_mut(&partition) {
            if active.epoch < epoch {
                let active = Arc::make_mut(active);
                active.epoch = epoch;
                let told = active.state.leads_in(epoch);
                self.ready.extend(told.into_iter().map(|(token, reply)| Ready { token, reply, cause: cx.cause }));
            }
            return;
        }
        if let Some(loading) = self.loading.get_mut(&partition) {
            let loading = Arc::make_mut(loading);
            loading.epoch = epoch;
            loading.state.leads_in(epoch);
            return;
        }
        let mut loading = Loading { state: S::new(&self.config), epoch, next: Offset(0) };
        loading.state.leads_in(epoch);
        self.loading.insert(partition, Arc::new(loading));
        self.timers.set(TimerKey::Load(partition), cx.now + LOAD_TIME, cx.cause);
    }

    /// Loads the next part. A partition whose log cannot be read stays without coordinator.
    pub(super) fn load_on(&mut self, cx: &mut Context<'_>, storage: &mut impl Storage, partition: PartitionIndex) {
        let topic_partition = self.topic_partition(partition);
        let Some(mut loading) = self.loading.remove(&partition) else { return };
        let Loading { state, epoch, next } = Arc::make_mut(&mut loading);
        let replayed = storage.replay(&topic_partition, *next, &mut |logged, after| match logged {
            Logged::End { producer, commit } => state.transaction_ended(producer, commit, after),
            Logged::Record(record, producer) => match (S::decode(record), producer) {
                (Some(record), Some(producer)) => state.replay_transactional(producer, &record, after),
                (Some(record), None) => state.replay(&record, after),
                (None, _) => {}
            },
        });
        let Ok(replayed) = replayed else { return };
        *next = replayed.next;
        if !replayed.is_end {
            self.loading.insert(partition, loading);
            self.timers.set(TimerKey::Load(partition), cx.now + LOAD_TIME, cx.cause);
            return;
        }
        state.committed(storage.high_watermark(&topic_partition));
        let active = Active { state: state.clone(), epoch: *epoch, written: replayed.next, held: VecDeque::new() };
        cx.trace(EventKind::CoordinatorLoaded { partition: topic_partition });
        self.active.insert(partition, Arc::new(active));
        self.run(cx, storage, partition, |state, cx, out| state.loaded(cx, out));
    }
}
