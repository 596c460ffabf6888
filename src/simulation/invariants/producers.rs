//! An idempotent producer's records stand once and in order (KIP-98, KIP-360).
//!
//! Kafka's rule: within a producer epoch the sequence numbers of a partition's batches follow each other without a gap, and a new epoch
//! begins at 0. Listed exceptions: a producer that the partition has never heard of, or has forgotten
//! (`producer.id.expiration.ms`, or all its records deleted), may begin with any number; after the largest number comes 0.

use crate::base::SortedMap;
use crate::base::{ProducerEpoch, ProducerId};
use crate::wire::batch::BatchHeader;

/// The producers' last sequence numbers in one partition, as committed.
#[derive(Clone, Debug, Default)]
pub(super) struct Sequences(SortedMap<ProducerId, (ProducerEpoch, i32)>);

impl Sequences {
    /// Takes in a batch without judging it.
    pub(super) fn accept(&mut self, header: &BatchHeader) {
        if header.has_producer_id() && !header.attributes.is_control() {
            self.0.insert(header.producer_id, (header.producer_epoch, header.last_sequence()));
        }
    }

    /// Takes in the next batch; the error is half a sentence.
    pub(super) fn take(&mut self, header: &BatchHeader) -> Result<(), String> {
        if !header.has_producer_id() || header.attributes.is_control() {
            return Ok(());
        }
        let before = self.0.get(&header.producer_id).copied();
        self.accept(header);
        let Some((epoch, last)) = before else { return Ok(()) };
        let first = header.base_sequence;
        let follows = if header.producer_epoch == epoch {
            i64::from(first) == i64::from(last) + 1 || first == 0 && last == i32::MAX
        } else {
            header.producer_epoch > epoch && first == 0
        };
        if follows {
            return Ok(());
        }
        Err(format!(
            "producer {} wrote sequence {first} of epoch {} at offset {} after sequence {last} of epoch {epoch}",
            header.producer_id, header.producer_epoch, header.base_offset
        ))
    }
}
