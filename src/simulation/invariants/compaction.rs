//! Nothing in a compacted log but what compaction allows (KIP-534, `LogCleaner`).
//!
//! Kafka's rule: of every key the latest record stays, and what stays is as it was written, at its offset; a tombstone stays for
//! `delete.retention.ms` at least after it was written. Listed exceptions: what lies below the log's start is gone; a replica that was away
//! for longer may never see a tombstone; a broker whose clock is wrong counts by it.

use super::committed::Replica;
use super::{Findings, Invariant};
use crate::base::SortedMap;
use crate::base::{Duration, Instant, Offset};
use crate::wire::Batch;
use bytes::Bytes;

/// The committed records of one compacted partition.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    records: SortedMap<Offset, (Option<Bytes>, Option<Bytes>)>,
    /// Of each key the latest; and for a tombstone since when it is committed.
    latest: SortedMap<Bytes, (Offset, Option<Instant>)>,
}

impl Keys {
    /// More is committed.
    pub(super) fn take(&mut self, batch: &Batch, now: Instant) {
        let Ok(records) = batch.records() else { return };
        for record in records.map_while(Result::ok) {
            if let Some(key) = &record.key {
                self.latest.insert(key.clone(), (record.offset, record.value.is_none().then_some(now)));
            }
            self.records.insert(record.offset, (record.key, record.value));
        }
    }

    /// A replica has compacted its log up to here.
    pub(super) fn check(&self, replica: &Replica<'_>, to: Offset, findings: &mut Findings<'_>) {
        let start = replica.log.start_offset();
        let mut found = SortedMap::new();
        for batch in replica.log.batches(start, to) {
            let Ok(records) = batch.records() else { continue };
            found.extend(records.map_while(Result::ok).map(|record| (record.offset, (record.key, record.value))));
        }
        for (offset, record) in &found {
            if self.records.get(offset).is_some_and(|written| written != record) {
                let text = format!("{} on {} has another record at {offset} than was written there.", replica.name, replica.node);
                findings.add(Invariant::CompactionKeepsWhatItMust, text);
            }
        }
        let retention = Duration::from_kafka_ms(replica.log.config().delete_retention_ms);
        let gone = self.latest.iter().filter(|(_, (offset, _))| (start..to).contains(offset) && !found.contains_key(offset));
        for (key, (offset, tombstone_since)) in gone {
            let key = String::from_utf8_lossy(key);
            let text = match tombstone_since {
                None => format!("{} on {} lacks the latest record of {key}, at {offset}.", replica.name, replica.node),
                Some(since) if *since + retention > findings.at => {
                    format!("{} on {} lacks the tombstone of {key} at {offset}, before its time.", replica.name, replica.node)
                }
                Some(_) => continue,
            };
            findings.add(Invariant::CompactionKeepsWhatItMust, text);
        }
    }
}
