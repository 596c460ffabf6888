//! One partition's log: batches in segments, an index over them, the offsets that they are found by, and what the log knows of producers,
//! their transactions and leaders; how it grows old (what is on the disk, what is deleted, what is compacted), and how it looks as Apache Kafka's files.
//!
//! Knows neither replicas nor a high watermark: who reads says up to where. Knows no request and no connection. Time comes in with each
//! call, in ms since 1970, as records have it.

mod append;
mod chunk;
mod cleaned;
mod cleaned_transactions;
mod cleaning;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod cleaning_tests;
mod config;
mod error;
mod files;
mod flush;
mod leader_epochs;
mod lookup;
mod partition_log;
mod producer_check;
mod producers;
mod read;
mod retention;
mod segment;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod transaction_index;
mod transactions;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod transactions_tests;
mod validate;
mod verification;

pub use append::{Append, Appended, Origin};
pub use cleaned::{Cleaned, Removal};
pub use cleaning::{Cleanable, Cleaning};
pub use config::LogConfig;
pub use error::{AppendError, OffsetOutOfRange, RecordError};
pub use leader_epochs::{EpochEnd, LeaderEpochs};
pub use lookup::FoundOffset;
pub use partition_log::{Log, SegmentSummary};
pub use producers::{ProducerState, ProducerStates};
pub use read::{Available, Read, ReadLimits};
pub use retention::{DeletedSegments, DeletionReason};
pub use transaction_index::AbortedTransaction;
pub use validate::single_batch;
pub use verification::VerificationGuard;
