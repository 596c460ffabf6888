//! The group coordinator: `__consumer_offsets`, one [`GroupShard`] a partition.
//!
//! `classic` has the classic protocol (JoinGroup, SyncGroup, Heartbeat, LeaveGroup), `offsets` what groups have committed, `admin` listing,
//! describing and deleting, `expiration` what goes with time, `record` the formats in the log, `reply` the answers, `partition` which
//! partition a group belongs to, `pending` offsets of open transactions. What is written changes state in `replay` alone; what is not written (members that are joining, parked
//! requests, timers) is the handlers'.

mod admin;
pub mod classic;
mod config;
mod expiration;
mod offsets;
pub mod partition;
mod pending;
mod record;
mod reply;
mod shard;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub use config::GroupConfig;
pub use offsets::{
    CommitPartition, CommitTopic, CommittedOffset, DeleteTopic, FetchTopic, NewOffset, OffsetCommit, Offsets, commit_response,
};
pub use record::GroupRecord;
pub use reply::GroupReply;
use reply::operation_error;
pub(crate) use shard::Turn;
pub use shard::{GroupShard, GroupTimer, Then};
