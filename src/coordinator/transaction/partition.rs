//! Which partition of `__transaction_state` a transactional id belongs to.

use crate::base::PartitionIndex;
use crate::coordinator::group::partition::partition_for;

/// Where transactional ids and their transactions are kept.
pub const TRANSACTION_STATE_TOPIC: &str = "__transaction_state";

/// As a group's in `__consumer_offsets`: `Utils.abs(transactionalId.hashCode) % partitions`; 0 where there are none.
pub fn partition_for_transaction(transactional_id: &str, partitions: i32) -> PartitionIndex {
    partition_for(transactional_id, partitions)
}
