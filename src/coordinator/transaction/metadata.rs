//! What there is to know of a transactional id, and how that may change (`TransactionMetadata`). Each change is a value of its own: it
//! counts once it is written.

use super::{TransactionState, TransactionVersion};
use crate::base::{ProducerEpoch, ProducerId, SortedMap, SortedSet, TopicPartition};
use crate::wire::ErrorCode;
use std::sync::Arc;

/// From this epoch on a producer gets another id instead of the next epoch: the last one is left to fence with.
pub(super) const EXHAUSTED: ProducerEpoch = ProducerEpoch(i16::MAX - 1);

/// A transactional id as a record has it, and what only its coordinator remembers (the last epoch).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionMetadata {
    pub state: TransactionState,
    pub producer_id: ProducerId,
    /// -1 before anything is written.
    pub producer_epoch: ProducerEpoch,
    /// The producer id before this record.
    pub previous_producer_id: Option<ProducerId>,
    /// The id that the producer has once the transaction is complete, where its epochs are used up.
    pub next_producer_id: Option<ProducerId>,
    /// The epoch before this one, if its producer may not have heard of this one. Not in the log.
    pub last_producer_epoch: Option<ProducerEpoch>,
    pub timeout_ms: i32,
    /// What the transaction writes to, as far as markers are missing.
    pub partitions: SortedSet<TopicPartition>,
    /// When the transaction began, in ms since 1970.
    pub started_ms: Option<i64>,
    /// When anything changed last, in ms since 1970.
    pub updated_ms: i64,
    /// The protocol of the client whose transaction it is.
    pub version: TransactionVersion,
}

/// Who a producer says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub id: ProducerId,
    pub epoch: ProducerEpoch,
}

impl TransactionMetadata {
    /// A transactional id of which nothing is written yet.
    pub(super) const fn new(producer_id: ProducerId, timeout_ms: i32, now_ms: i64) -> Self {
        Self {
            state: TransactionState::Empty,
            producer_id,
            producer_epoch: ProducerEpoch(-1),
            previous_producer_id: None,
            next_producer_id: None,
            last_producer_epoch: None,
            timeout_ms,
            partitions: SortedSet::new(),
            started_ms: None,
            updated_ms: now_ms,
            version: TransactionVersion::V0,
        }
    }

    pub(super) fn partitions_by_topic(&self) -> SortedMap<Arc<str>, Vec<i32>> {
        let mut topics: SortedMap<Arc<str>, Vec<i32>> = SortedMap::new();
        for partition in &self.partitions {
            topics.entry(Arc::clone(&partition.topic)).or_default().push(partition.partition.0);
        }
        topics
    }

    fn has_producer(&self) -> bool {
        self.producer_epoch != ProducerEpoch(-1)
    }

    pub(super) fn is_epoch_exhausted(&self) -> bool {
        self.producer_epoch >= EXHAUSTED
    }

    /// Whether a producer that comes back can be this one: also one that has not heard of its new id.
    pub(super) fn knows(&self, producer: Identity) -> bool {
        !self.has_producer()
            || producer.id == self.producer_id
            || Some(producer.id) == self.previous_producer_id && producer.epoch >= EXHAUSTED
    }

    /// The same producer in another state.
    fn moved(&self, state: TransactionState, now_ms: i64) -> Self {
        debug_assert!(state.may_follow(self.state), "{:?} after {:?}", state, self.state);
        Self { state, previous_producer_id: Some(self.producer_id), updated_ms: now_ms, ..self.clone() }
    }

    /// No transaction, for a producer that has just come.
    fn emptied(&self, timeout_ms: i32, now_ms: i64) -> Self {
        Self { timeout_ms, partitions: SortedSet::new(), started_ms: None, ..self.moved(TransactionState::Empty, now_ms) }
    }

    /// The producer begins anew, with the next epoch; one that did not hear of its epoch is told it again. PRODUCER_FENCED where another
    /// has come meanwhile.
    pub(super) fn incremented(&self, timeout_ms: i32, expected: Option<ProducerEpoch>, now_ms: i64) -> Result<Self, ErrorCode> {
        let emptied = self.emptied(timeout_ms, now_ms);
        let next_epoch = ProducerEpoch(self.producer_epoch.0.saturating_add(1));
        match expected {
            // As in Kafka, which finds its own invariant broken.
            _ if self.is_epoch_exhausted() => Err(ErrorCode::UnknownServerError),
            None => Ok(Self { producer_epoch: next_epoch, last_producer_epoch: None, ..emptied }),
            Some(expected) if !self.has_producer() || expected == self.producer_epoch => {
                let last_producer_epoch = Some(self.producer_epoch).filter(|_| self.has_producer());
                Ok(Self { producer_epoch: next_epoch, last_producer_epoch, ..emptied })
            }
            Some(expected) if Some(expected) == self.last_producer_epoch => Ok(emptied),
            Some(_) => Err(ErrorCode::ProducerFenced),
        }
    }

    /// The producer begins anew under another id.
    pub(super) fn rotated(&self, producer_id: ProducerId, timeout_ms: i32, expected: Option<ProducerEpoch>, now_ms: i64) -> Self {
        let last_producer_epoch = expected.map(|_| self.producer_epoch);
        Self { producer_id, producer_epoch: ProducerEpoch(0), last_producer_epoch, ..self.emptied(timeout_ms, now_ms) }
    }

    /// The transaction goes on, or begins, with these partitions too.
    pub(super) fn with_partitions(
        &self,
        added: impl IntoIterator<Item = TopicPartition>,
        version: TransactionVersion,
        now_ms: i64,
    ) -> Self {
        let started_ms = if self.state.has_ended() { Some(now_ms) } else { self.started_ms };
        let partitions = self.partitions.iter().cloned().chain(added).collect();
        Self { partitions, started_ms, version, ..self.moved(TransactionState::Ongoing, now_ms) }
    }

    /// The transaction's fate: PrepareCommit or PrepareAbort. Its markers carry the next epoch, if the version is of that kind; a producer
    /// whose epochs are used up by that gets the fresh id afterwards. COORDINATOR_LOAD_IN_PROGRESS where there is none.
    pub(super) fn prepared(
        &self,
        fate: TransactionState,
        version: TransactionVersion,
        fresh: Option<ProducerId>,
        now_ms: i64,
    ) -> Result<Self, ErrorCode> {
        let started_ms = if self.state.has_ended() { Some(now_ms) } else { self.started_ms };
        let prepared = Self { next_producer_id: None, started_ms, version, ..self.moved(fate, now_ms) };
        if !version.bumps_epoch() {
            return Ok(prepared);
        }
        let next_producer_id = if self.is_epoch_exhausted() { Some(fresh.ok_or(ErrorCode::CoordinatorLoadInProgress)?) } else { None };
        let producer_epoch = ProducerEpoch(self.producer_epoch.0.saturating_add(1));
        Ok(Self { next_producer_id, producer_epoch, last_producer_epoch: Some(self.producer_epoch), ..prepared })
    }

    /// The open transaction is aborted without its producer: the markers carry an epoch that fences it.
    pub(super) fn fenced(&self, fresh: Option<ProducerId>, now_ms: i64) -> Result<Self, ErrorCode> {
        self.prepared(TransactionState::PrepareAbort, TransactionVersion::V2, fresh, now_ms)
    }

    /// The markers are written.
    pub(super) fn completed(&self, now_ms: i64) -> Self {
        let state = match self.state {
            TransactionState::PrepareCommit => TransactionState::CompleteCommit,
            TransactionState::PrepareAbort
            | TransactionState::Empty
            | TransactionState::Ongoing
            | TransactionState::CompleteCommit
            | TransactionState::CompleteAbort => TransactionState::CompleteAbort,
        };
        let completed = Self { partitions: SortedSet::new(), next_producer_id: None, ..self.moved(state, now_ms) };
        match self.next_producer_id.filter(|_| self.version.bumps_epoch()) {
            Some(producer_id) => Self { producer_id, producer_epoch: ProducerEpoch(0), ..completed },
            None => completed,
        }
    }
}
