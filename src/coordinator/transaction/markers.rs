//! From a transaction's fate to its end: the leaders of its partitions write markers (`TransactionMarkerChannelManager`), and when the last
//! has, the transaction is complete.

use super::shard::{Then, TransactionTimer};
use super::{Addressee, TransactionShard, TransactionVersion};
use crate::base::{Context, Duration, LeaderEpoch, ProducerEpoch, ProducerId, TopicPartition};
use crate::coordinator::runtime::Outcome;
use crate::wire::ErrorCode;
use std::sync::Arc;

/// How soon a transaction's end is written again where that failed.
const RETRY: Duration = Duration::from_millis(100);

/// The markers of one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionMarkers {
    pub transactional_id: Arc<str>,
    pub producer_id: ProducerId,
    pub producer_epoch: ProducerEpoch,
    /// The leader epoch of the transactional id's partition of `__transaction_state`.
    pub coordinator_epoch: LeaderEpoch,
    /// Else it is aborted.
    pub is_commit: bool,
    /// In their order. Where there are none, there is nothing to be sent, and [`TransactionShard::markers_written`] comes next.
    pub partitions: Vec<TopicPartition>,
    /// For WriteTxnMarkers 2 and on.
    pub version: TransactionVersion,
}

/// What a partition leader's answer to WriteTxnMarkers means (`TransactionMarkerRequestCompletionHandler`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkerOutcome {
    /// For [`TransactionShard::markers_written`]: also where the log takes no markers and never will.
    Written,
    /// To be sent again, perhaps to another leader.
    Retry,
    /// Another coordinator or producer has come: the rest of this transaction's markers is not for this coordinator to send.
    Abandoned,
}

impl MarkerOutcome {
    pub const fn of(error: ErrorCode) -> Self {
        match error {
            ErrorCode::None | ErrorCode::UnsupportedForMessageFormat | ErrorCode::UnsupportedVersion => Self::Written,
            ErrorCode::UnknownTopicOrPartition
            | ErrorCode::NotLeaderOrFollower
            | ErrorCode::NotEnoughReplicas
            | ErrorCode::NotEnoughReplicasAfterAppend
            | ErrorCode::RequestTimedOut
            | ErrorCode::KafkaStorageError => Self::Retry,
            // Kafka gives up over what else there may be, too.
            _ => Self::Abandoned,
        }
    }
}

impl<T: Addressee> TransactionShard<T> {
    /// These partitions have their markers, or do not want them any more (their topic is gone). With the last of them, the transaction is
    /// complete. Of another coordinator's epoch than this one's: nothing happens.
    pub fn markers_written(
        &mut self,
        cx: &mut Context<'_>,
        out: &mut Outcome<Self>,
        transactional_id: &Arc<str>,
        coordinator_epoch: LeaderEpoch,
        partitions: &[TopicPartition],
    ) {
        if coordinator_epoch != self.epoch {
            return;
        }
        let Some(transaction) = self.transactions.get_mut(transactional_id) else { return };
        if transaction.metadata().state.is_prepared() {
            partitions.iter().for_each(|partition| {
                transaction.metadata_mut().partitions.remove(partition);
            });
            self.complete(cx, out, transactional_id);
        }
    }

    /// Writes the end of a transaction whose markers are all written.
    pub(super) fn complete(&mut self, cx: &mut Context<'_>, out: &mut Outcome<Self>, transactional_id: &Arc<str>) {
        let Some(transaction) = self.transactions.get(transactional_id) else { return };
        let metadata = transaction.metadata();
        if metadata.state.is_prepared() && metadata.partitions.is_empty() && !transaction.awaits_commit() {
            let completed = metadata.completed(cx.time_ms());
            self.write(cx, out, transactional_id, completed, "all markers are written");
            out.then = Some(Then::Complete { transactional_id: Arc::clone(transactional_id) });
        }
    }

    /// The end could not be written: it is tried again.
    pub(super) fn complete_later(&self, out: &mut Outcome<Self>, transactional_id: Arc<str>) {
        out.set_timer(TransactionTimer::Complete { transactional_id }, RETRY);
    }
}
