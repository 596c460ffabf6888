//! Requests that wait: for replication (Produce, WriteTxnMarkers, DeleteRecords) or for records (Fetch). Each watches partitions, and is looked at again
//! when one of them moves; at its deadline it is answered as things are (`DelayedOperationPurgatory`).

use super::connections::RequestContext;
use super::delete_records::DelayedDeleteRecords;
use super::fetch::DelayedFetch;
use super::produce::DelayedProduce;
use super::write_txn_markers::DelayedMarkers;
use super::{Broker, BrokerTimer, delete_records, fetch, produce, write_txn_markers};
use crate::base::{ConnectionId, Context, Duration, TopicPartition, Uuid};
use crate::base::{SortedMap, SortedSet};
use std::sync::Arc;

/// A waiting request, numbered in the order of their coming.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OperationId(u64);

/// What a waiting request waits for.
#[derive(Clone, Debug)]
pub(super) enum Delayed {
    Produce(DelayedProduce),
    Fetch(DelayedFetch),
    DeleteRecords(DelayedDeleteRecords),
    Markers(DelayedMarkers),
}

impl Delayed {
    const fn request(&self) -> &RequestContext {
        match self {
            Self::Produce(operation) => operation.request(),
            Self::Fetch(operation) => operation.request(),
            Self::DeleteRecords(operation) => operation.request(),
            Self::Markers(operation) => operation.request(),
        }
    }

    /// The fetch session whose partitions it waits for.
    const fn fetch_session(&self) -> Option<i32> {
        match self {
            Self::Fetch(operation) => operation.session(),
            Self::Produce(_) | Self::DeleteRecords(_) | Self::Markers(_) => None,
        }
    }
}

/// All waiting requests of one broker.
#[derive(Clone, Debug, Default)]
pub(super) struct Purgatory {
    next: u64,
    waiting: SortedMap<OperationId, Waiting>,
    watchers: SortedMap<TopicPartition, SortedSet<OperationId>>,
}

#[derive(Clone, Debug)]
struct Waiting {
    delayed: Arc<Delayed>,
    watched: Arc<[TopicPartition]>,
}

impl Purgatory {
    /// How many requests wait.
    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    fn insert(&mut self, delayed: Delayed, watched: Vec<TopicPartition>) -> OperationId {
        let id = OperationId(self.next);
        self.next += 1;
        for partition in &watched {
            self.watchers.entry(partition.clone()).or_default().insert(id);
        }
        self.waiting.insert(id, Waiting { delayed: Arc::new(delayed), watched: watched.into() });
        id
    }

    fn remove(&mut self, id: OperationId) -> Option<Arc<Delayed>> {
        let Waiting { delayed, watched } = self.waiting.remove(&id)?;
        for partition in &*watched {
            if let Some(ids) = self.watchers.get_mut(partition) {
                ids.remove(&id);
                if ids.is_empty() {
                    self.watchers.remove(partition);
                }
            }
        }
        Some(delayed)
    }

    fn watching(&self, partition: &TopicPartition) -> Vec<OperationId> {
        self.watchers.get(partition).into_iter().flatten().copied().collect()
    }
}

impl Broker {
    /// Has a request wait for one of these partitions to move, or one of its fetch session's, for `wait` at most.
    pub(super) fn delay(&mut self, cx: &Context<'_>, delayed: Delayed, watched: Vec<TopicPartition>, wait: Duration) {
        let session = delayed.fetch_session();
        let id = self.purgatory.insert(delayed, watched);
        if let Some(session) = session {
            self.fetch_sessions.wait(session, id);
        }
        self.timers.set(BrokerTimer::Purgatory(id), cx.now + wait, cx.cause);
    }

    /// Nobody is there any more to hear the answers to this connection's requests.
    pub(super) fn forget_waiting(&mut self, connection: ConnectionId) {
        let of_connection = |waiting: &Waiting| waiting.delayed.request().connection == connection;
        let gone: Vec<_> = self.purgatory.waiting.iter().filter(|(_, waiting)| of_connection(waiting)).map(|(id, _)| *id).collect();
        for id in gone {
            self.purgatory.remove(id);
            self.timers.cancel(&BrokerTimer::Purgatory(id));
        }
    }

    /// Looks again at the requests that wait for partitions which have moved, and tells the coordinators.
    pub(super) fn partitions_moved(&mut self, cx: &mut Context<'_>) {
        loop {
            let moved = self.replicas.take_moved();
            if moved.is_empty() {
                return;
            }
            moved.iter().for_each(|(partition, topic_id)| self.partition_moved(cx, partition, *topic_id));
        }
    }

    /// Looks again at the requests that wait for this partition, and tells the coordinators.
    fn partition_moved(&mut self, cx: &mut Context<'_>, partition: &TopicPartition, topic_id: Uuid) {
        let mut concerned = self.purgatory.watching(partition);
        concerned.extend(self.fetch_sessions.partition_moved(partition, topic_id));
        for id in concerned {
            if self.is_satisfied(id) {
                self.release(cx, id);
            }
        }
        self.tell_groups(cx, partition);
        self.tell_transactions(cx, partition);
        self.watch_log(cx, partition);
    }

    fn is_satisfied(&mut self, id: OperationId) -> bool {
        let Some(waiting) = self.purgatory.waiting.get_mut(&id) else { return false };
        if matches!(*waiting.delayed, Delayed::Produce(_) | Delayed::Markers(_)) {
            return match Arc::make_mut(&mut waiting.delayed) {
                Delayed::Produce(operation) => operation.settle(&self.replicas),
                Delayed::Markers(operation) => operation.settle(&self.replicas),
                Delayed::Fetch(_) | Delayed::DeleteRecords(_) => false,
            };
        }
        let delayed = Arc::clone(&waiting.delayed);
        match &*delayed {
            Delayed::Produce(_) | Delayed::Markers(_) => false,
            Delayed::Fetch(operation) => operation.is_satisfied(self),
            Delayed::DeleteRecords(operation) => operation.is_satisfied(&self.replicas),
        }
    }

    /// A waiting request is answered: it has what it waited for, or its time is up.
    pub(super) fn release(&mut self, cx: &mut Context<'_>, id: OperationId) {
        self.timers.cancel(&BrokerTimer::Purgatory(id));
        let cause = cx.cause;
        match self.purgatory.remove(id).as_deref() {
            Some(Delayed::Produce(operation)) => produce::finish(self, cx, operation),
            Some(Delayed::Fetch(operation)) => fetch::finish(self, cx, operation),
            Some(Delayed::Markers(operation)) => write_txn_markers::finish(self, cx, operation),
            Some(Delayed::DeleteRecords(operation)) => delete_records::finish(self, cx, operation),
            None => {}
        }
        cx.cause = cause;
    }
}
