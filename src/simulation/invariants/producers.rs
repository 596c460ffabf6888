//! An idempotent producer's records stand once and in order (KIP-98, KIP-360).
//!
//! Kafka's rule: within a producer epoch the sequence numbers of a partition's batches follow each other without a gap, and a new epoch
//! begins at 0. Listed exceptions: a producer that the partition has never heard of, or has forgotten
//! (`producer.id.expiration.ms`, or all its records deleted), may begin with any number; after the largest number comes 0; and where a
//! compacted log is all that is known of a partition, its producers' last records may be among those that compaction took out.

use crate::base::SortedMap;
use crate::base::{ProducerEpoch, ProducerId};
use crate::wire::batch::BatchHeader;

/// The producers' last sequence numbers in one partition, as committed.
#[derive(Clone, Debug, Default)]
pub(super) struct Sequences(SortedMap<ProducerId, Last>);

/// What is known of a producer's last batch.
#[derive(Clone, Copy, Debug)]
struct Last {
    epoch: ProducerEpoch,
    sequence: i32,
    /// How many records that are not known any more may have come after it.
    missing: i64,
}

impl Sequences {
    /// Takes in a batch without judging it.
    pub(super) fn accept(&mut self, header: &BatchHeader) {
        if header.has_producer_id() && !header.attributes.is_control() {
            let last = Last { epoch: header.producer_epoch, sequence: header.last_sequence(), missing: 0 };
            self.0.insert(header.producer_id, last);
        }
    }

    /// So many records were compacted away here: any producer may have written them.
    pub(super) fn miss(&mut self, records: i64) {
        self.0.values_mut().for_each(|last| last.missing += records);
    }

    /// Takes in the next batch; the error is half a sentence.
    pub(super) fn take(&mut self, header: &BatchHeader) -> Result<(), String> {
        if !header.has_producer_id() || header.attributes.is_control() {
            return Ok(());
        }
        let before = self.0.get(&header.producer_id).copied();
        self.accept(header);
        let Some(Last { epoch, sequence: last, missing }) = before else { return Ok(()) };
        let first = header.base_sequence;
        let follows = if header.producer_epoch == epoch {
            let skipped = i64::from(first) - i64::from(last) - 1;
            (0..=missing).contains(&skipped) || first == 0 && last == i32::MAX
        } else {
            header.producer_epoch > epoch && i64::from(first) <= missing
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
