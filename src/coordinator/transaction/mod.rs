//! The transaction coordinator: `__transaction_state`, one [`TransactionShard`] a partition (Kafka's `TransactionCoordinator`,
//! `TransactionStateManager` and `TransactionMetadata`, with transaction.version 2: KIP-98, KIP-360, KIP-447, KIP-890).
//!
//! `init_producer_id` gives a transactional id its producer, `partitions` says which partitions a transaction writes to, `end` commits or
//! aborts it, `markers` follows what the partitions' leaders then have to write, `expiration` has what goes with time, `admin` listing and
//! describing. `metadata` is what there is to know of one transactional id and how it may change, `transactional_id` that and what of it is
//! not committed yet, `state` and `version` the vocabulary, `record` the format in the log, `reply` the answers, `partition` which partition a
//! transactional id belongs to.
//!
//! A transactional id is asked by what is committed; while a record of it is not, or its markers are not all written, whoever wants to
//! change it is told CONCURRENT_TRANSACTIONS.

mod admin;
mod config;
mod end;
mod expiration;
mod init_producer_id;
mod markers;
mod metadata;
pub mod partition;
mod partitions;
mod record;
mod reply;
mod shard;
mod state;
#[cfg(test)]
mod tests;
mod transactional_id;
mod version;

pub use config::TransactionConfig;
pub use end::EndTransaction;
pub use init_producer_id::{InitProducerId, validate_init_producer_id};
pub use markers::{MarkerOutcome, TransactionMarkers};
pub use metadata::TransactionMetadata;
pub use partitions::{AddOffsets, AddPartitions};
pub use record::TransactionRecord;
pub use reply::{Addressee, TransactionReply};
pub use shard::{Then, TransactionShard, TransactionTimer};
pub use state::TransactionState;
pub use transactional_id::Transaction;
pub use version::TransactionVersion;
