//! The classic group protocol (Kafka's `ClassicGroup` and the classic part of its `GroupMetadataManager`): the coordinator gathers the
//! members, one of them assigns.
//!
//! `group` is a group's state and `member` a member's, `state` what may follow what; `join`, `sync`, `heartbeat` and `leave` handle those
//! requests, `rebalance` the phases that lead to the next generation and the timers that end them, `static_member` a member that comes
//! back under its `group.instance.id`, `log` what is written and read back, `subscription` which topics a group reads. Offsets are not
//! here.

mod group;
mod heartbeat;
mod join;
mod leave;
mod log;
mod member;
mod rebalance;
mod state;
mod static_member;
mod subscription;
mod sync;

pub use group::ClassicGroup;
pub use heartbeat::Heartbeat;
pub use join::{Caller, JoinGroup, validate_join};
pub use leave::LeaveGroup;
pub use member::{Member, Protocol};
pub use state::State;
pub use static_member::StaticMember;
pub use sync::SyncGroup;
