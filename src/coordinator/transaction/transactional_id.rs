//! A transactional id: what is committed of it, and what is written but not committed.

use super::{TransactionMarkers, TransactionMetadata, TransactionState};
use crate::base::{LeaderEpoch, Offset};
use std::sync::Arc;

/// One transactional id.
#[derive(Clone, Debug)]
pub struct Transaction {
    pub id: Arc<str>,
    metadata: TransactionMetadata,
    pending: Option<Pending>,
}

/// What was written last.
#[derive(Clone, Debug)]
struct Pending {
    /// None: the transactional id goes.
    next: Option<TransactionMetadata>,
    /// The high watermark at which it is committed.
    after: Offset,
}

impl Transaction {
    pub(super) const fn new(id: Arc<str>, metadata: TransactionMetadata) -> Self {
        Self { id, metadata, pending: None }
    }

    /// As it is committed: what answers go by.
    pub const fn metadata(&self) -> &TransactionMetadata {
        &self.metadata
    }

    pub(super) const fn metadata_mut(&mut self) -> &mut TransactionMetadata {
        &mut self.metadata
    }

    /// Something of it is under way: a record is not committed, or markers are not written. Nothing else can begin meanwhile.
    pub const fn is_pending(&self) -> bool {
        self.pending.is_some() || self.metadata.state.is_prepared()
    }

    /// A record is not committed.
    pub(super) const fn awaits_commit(&self) -> bool {
        self.pending.is_some()
    }

    pub(super) fn wrote(&mut self, next: Option<TransactionMetadata>, after: Offset) {
        self.pending = Some(Pending { next, after });
    }

    pub(super) fn is_committed_at(&self, high_watermark: Offset) -> bool {
        self.pending.as_ref().is_none_or(|pending| pending.after <= high_watermark)
    }

    /// What was written is committed. False: the transactional id is gone with it.
    pub(super) fn settle(&mut self) -> bool {
        match self.pending.take() {
            None => true,
            Some(Pending { next: None, .. }) => false,
            Some(Pending { next: Some(next), .. }) => {
                self.metadata = next;
                true
            }
        }
    }

    /// What is to be written to the transaction's partitions, if it has come so far.
    pub(super) fn markers(&self, coordinator_epoch: LeaderEpoch) -> Option<TransactionMarkers> {
        let metadata = &self.metadata;
        (self.pending.is_none() && metadata.state.is_prepared()).then(|| TransactionMarkers {
            transactional_id: Arc::clone(&self.id),
            producer_id: metadata.producer_id,
            producer_epoch: metadata.producer_epoch,
            coordinator_epoch,
            is_commit: metadata.state == TransactionState::PrepareCommit,
            partitions: metadata.partitions.iter().cloned().collect(),
            version: metadata.version,
        })
    }
}
