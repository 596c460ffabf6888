//! One partition of `__transaction_state` as a state machine: its transactional ids.

use super::{Addressee, Transaction, TransactionConfig, TransactionMarkers, TransactionMetadata, TransactionRecord, TransactionReply};
use crate::base::{Context, Duration, EventKind, LeaderEpoch, Offset, SortedMap, SortedSet};
use crate::coordinator::runtime::{LogRecord, Outcome, Shard};
use crate::wire::ErrorCode;
use std::marker::PhantomData;
use std::sync::Arc;

/// The transactional ids of one partition. `T` says to whom an answer goes.
#[derive(Clone, Debug)]
pub struct TransactionShard<T> {
    pub(super) config: TransactionConfig,
    /// In which this broker coordinates.
    pub(super) epoch: LeaderEpoch,
    pub(super) transactions: SortedMap<Arc<str>, Transaction>,
    /// Those with a record that is not committed.
    uncommitted: SortedSet<Arc<str>>,
    tokens: PhantomData<T>,
}

/// The timers of a shard.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TransactionTimer {
    /// Time to look for transactions that have timed out.
    TimedOut,
    /// This one has.
    Abort { transactional_id: Arc<str> },
    /// The end of a transaction could not be written: again.
    Complete { transactional_id: Arc<str> },
    /// Time to look for transactional ids that have expired.
    Expired,
}

/// What is done once a record is written, or could not be.
#[derive(Clone, Debug)]
pub enum Then {
    /// The transaction is complete, or must still become so.
    Complete { transactional_id: Arc<str> },
}

impl<T: Addressee> TransactionShard<T> {
    /// A transactional id, as it is committed.
    pub fn transaction(&self, transactional_id: &str) -> Option<&Transaction> {
        self.transactions.get(transactional_id)
    }

    /// The leader epoch in which this broker coordinates.
    pub const fn epoch(&self) -> LeaderEpoch {
        self.epoch
    }

    /// All transactional ids.
    pub fn transactions(&self) -> impl Iterator<Item = &Transaction> {
        self.transactions.values()
    }

    /// Has a transactional id's next metadata written.
    pub(super) fn write(
        &self,
        cx: &mut Context<'_>,
        out: &mut Outcome<Self>,
        transactional_id: &Arc<str>,
        next: TransactionMetadata,
        reason: &str,
    ) {
        cx.because(EventKind::TransactionState {
            transactional_id: Arc::clone(transactional_id),
            state: next.state.name().into(),
            producer: next.producer_id,
            epoch: next.producer_epoch,
            reason: reason.into(),
        });
        out.records.push(TransactionRecord { transactional_id: Arc::clone(transactional_id), metadata: Some(next) });
    }

    /// Of all transactions whose fate is committed.
    fn missing_markers(&self) -> Vec<(T, TransactionReply)> {
        let markers = self.transactions.values().filter_map(|transaction| transaction.markers(self.epoch));
        markers.map(|markers| (T::broker(), TransactionReply::SendMarkers(markers))).collect()
    }

    /// What was written of a transactional id is committed. The markers that are to be sent for it.
    fn settle(&mut self, transactional_id: &Arc<str>) -> Option<TransactionMarkers> {
        self.uncommitted.remove(transactional_id);
        let transaction = self.transactions.get_mut(transactional_id)?;
        if transaction.settle() {
            transaction.markers(self.epoch)
        } else {
            self.transactions.remove(transactional_id);
            None
        }
    }
}

impl<T: Addressee> Shard for TransactionShard<T> {
    type Config = TransactionConfig;
    type Record = TransactionRecord;
    type Timer = TransactionTimer;
    type Token = T;
    type Reply = TransactionReply;
    type Then = Then;

    fn new(config: &TransactionConfig) -> Self {
        Self {
            config: config.clone(),
            epoch: LeaderEpoch(-1),
            transactions: SortedMap::new(),
            uncommitted: SortedSet::new(),
            tokens: PhantomData,
        }
    }

    fn encode(record: TransactionRecord) -> Result<LogRecord, ErrorCode> {
        record.encode()
    }

    fn decode(record: LogRecord) -> Option<TransactionRecord> {
        TransactionRecord::decode(record)
    }

    /// Markers under way are sent again, under the new epoch.
    fn leads_in(&mut self, epoch: LeaderEpoch) -> Vec<(T, TransactionReply)> {
        self.epoch = epoch;
        self.missing_markers()
    }

    fn replay(&mut self, record: &TransactionRecord, after: Offset) {
        let id = &record.transactional_id;
        if let Some(metadata) = &record.metadata
            && !self.transactions.contains_key(id)
        {
            self.transactions.insert(Arc::clone(id), Transaction::new(Arc::clone(id), metadata.clone()));
        }
        if let Some(transaction) = self.transactions.get_mut(id) {
            transaction.wrote(record.metadata.clone(), after);
            self.uncommitted.insert(Arc::clone(id));
        }
    }

    fn committed(&mut self, high_watermark: Offset) -> Vec<(T, TransactionReply)> {
        let is_committed =
            |id: &&Arc<str>| self.transactions.get(*id).is_none_or(|transaction| transaction.is_committed_at(high_watermark));
        let committed: Vec<Arc<str>> = self.uncommitted.iter().filter(is_committed).cloned().collect();
        let markers = committed.iter().filter_map(|id| self.settle(id));
        markers.map(|markers| (T::broker(), TransactionReply::SendMarkers(markers))).collect()
    }

    fn awaits_commit(&self) -> bool {
        !self.uncommitted.is_empty()
    }

    /// As in Kafka, what a new coordinator has read counts, committed or not, and markers that may be missing are sent at once.
    fn loaded(&mut self, _cx: &mut Context<'_>, out: &mut Outcome<Self>) {
        let uncommitted: Vec<Arc<str>> = self.uncommitted.iter().cloned().collect();
        uncommitted.iter().for_each(|id| {
            self.settle(id);
        });
        out.reads.extend(self.missing_markers());
        out.set_timer(TransactionTimer::TimedOut, Duration::from_kafka_ms(self.config.abort_timed_out_interval_ms));
        out.set_timer(TransactionTimer::Expired, Duration::from_kafka_ms(self.config.remove_expired_interval_ms));
    }

    fn timer(&mut self, cx: &mut Context<'_>, timer: TransactionTimer, out: &mut Outcome<Self>) {
        match timer {
            TransactionTimer::TimedOut => self.find_timed_out(cx, out),
            TransactionTimer::Abort { transactional_id } => self.abort_timed_out(cx, out, &transactional_id, None),
            TransactionTimer::Complete { transactional_id } => self.complete(cx, out, &transactional_id),
            TransactionTimer::Expired => self.expire(cx, out),
        }
    }

    fn appended(&mut self, _cx: &mut Context<'_>, then: Then, result: Result<(), ErrorCode>, out: &mut Outcome<Self>) {
        match (then, result) {
            (Then::Complete { .. }, Ok(())) => {}
            (Then::Complete { transactional_id }, Err(_)) => self.complete_later(out, transactional_id),
        }
    }

    fn unloaded(self) -> Vec<(T, TransactionReply)> {
        Vec::new()
    }
}
