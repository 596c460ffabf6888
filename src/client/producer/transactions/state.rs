//! The states of a transactional producer, and the errors that its application gets.

use crate::wire::ErrorCode;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// What a call is refused with that does not fit the state it comes in (`IllegalStateException`).
pub(super) const ILLEGAL_STATE: &str = "ILLEGAL_STATE";

/// Where a transactional producer stands (`TransactionManager.State`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TransactionState {
    Uninitialized,
    /// It asks for its producer id, or for another epoch.
    Initializing,
    /// No transaction is open.
    Ready,
    InTransaction,
    Committing,
    Aborting,
    /// The open transaction can only be aborted.
    AbortableError,
    /// This producer can do nothing more.
    FatalError,
}

impl TransactionState {
    /// Kafka's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uninitialized => "UNINITIALIZED",
            Self::Initializing => "INITIALIZING",
            Self::Ready => "READY",
            Self::InTransaction => "IN_TRANSACTION",
            Self::Committing => "COMMITTING_TRANSACTION",
            Self::Aborting => "ABORTING_TRANSACTION",
            Self::AbortableError => "ABORTABLE_ERROR",
            Self::FatalError => "FATAL_ERROR",
        }
    }

    pub(super) const fn may_become(self, next: Self) -> bool {
        match next {
            Self::Uninitialized => matches!(self, Self::Ready | Self::AbortableError),
            Self::Initializing => matches!(self, Self::Uninitialized | Self::Committing | Self::Aborting),
            Self::Ready => matches!(self, Self::Initializing | Self::Committing | Self::Aborting),
            Self::InTransaction => matches!(self, Self::Ready),
            Self::Committing => matches!(self, Self::InTransaction),
            Self::Aborting => matches!(self, Self::InTransaction | Self::AbortableError),
            Self::AbortableError => matches!(self, Self::InTransaction | Self::Committing | Self::AbortableError | Self::Initializing),
            Self::FatalError => true,
        }
    }
}

impl fmt::Display for TransactionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An error that the application gets: Kafka's name of it, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub error: &'static str,
    pub message: Arc<str>,
}

impl Failure {
    pub(super) fn new(error: &'static str, message: impl Into<Arc<str>>) -> Self {
        Self { error, message: message.into() }
    }

    pub(super) fn illegal(message: impl Into<Arc<str>>) -> Self {
        Self::new(ILLEGAL_STATE, message)
    }

    pub(super) fn of(error: ErrorCode) -> Self {
        Self::new(error.name(), error.message())
    }
}
