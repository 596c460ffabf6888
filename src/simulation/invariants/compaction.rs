//! Nothing in a compacted log but what compaction allows (KIP-534, `LogCleaner`).
//!
//! Kafka's rule: of every key the latest record stays, and what stays is as it was written, at its offset; a tombstone stays for
//! `delete.retention.ms` at least after it was written. What a transaction wrote counts once that is committed, and what was aborted never did
//! (`CleanedTransactionMetadata`); a control record has no key that counts. Listed exceptions: what lies below the log's start is gone; a replica that was away
//! for longer may never see a tombstone; a broker whose clock is wrong counts by it. And where a partition has begun anew (see
//! [`super::committed`]), since the cleaner waits for no leader:
//! - a follower that its new leader has told nothing yet compacts what it will have to give up;
//! - it may have removed a record for the sake of a later one that it then gave up, and no leader gives it the first one again.

use super::committed::Replica;
use super::{Findings, Invariant};
use crate::base::SortedMap;
use crate::base::{Duration, Instant, Offset, ProducerId};
use crate::wire::Batch;
use crate::wire::batch::TransactionEnd;
use bytes::Bytes;

/// The committed records of one compacted partition.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    records: SortedMap<Offset, (Option<Bytes>, Option<Bytes>)>,
    /// Of each key the latest that must stay; and for a tombstone since when it is committed.
    latest: SortedMap<Bytes, (Offset, Option<Instant>)>,
    /// What open transactions have written that must stay if they are committed: keys, and whether they were deleted.
    open: SortedMap<ProducerId, Vec<(Bytes, Offset, bool)>>,
}

impl Keys {
    /// More is committed; it must stay, unless it was written before the partition began anew.
    pub(super) fn take(&mut self, batch: &Batch, now: Instant, must_stay: bool) {
        let Ok(records) = batch.records() else { return };
        let attributes = batch.header.attributes;
        for record in records.map_while(Result::ok) {
            if let Some(key) = record.key.clone().filter(|_| must_stay && !attributes.is_control()) {
                let (offset, deleted) = (record.offset, record.value.is_none());
                if attributes.is_transactional() {
                    self.open.entry(batch.header.producer_id).or_default().push((key, offset, deleted));
                } else {
                    self.note_latest(key, offset, deleted.then_some(now));
                }
            }
            self.records.insert(record.offset, (record.key, record.value));
        }
        if let Some(end) = TransactionEnd::of(batch) {
            let written = self.open.remove(&end.producer_id).unwrap_or_default();
            for (key, offset, deleted) in written.into_iter().filter(|_| end.committed) {
                self.note_latest(key, offset, deleted.then_some(now));
            }
        }
    }

    /// A record counts: also one from before others of its key, whose transaction has taken longer.
    fn note_latest(&mut self, key: Bytes, offset: Offset, deleted_since: Option<Instant>) {
        if self.latest.get(&key).is_none_or(|(latest, _)| *latest < offset) {
            self.latest.insert(key, (offset, deleted_since));
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

#[cfg(test)]
mod tests {
    use super::super::committed::{Committed, Seen};
    use super::*;
    use crate::base::{LeaderEpoch, NodeId, ProcessId, ProducerEpoch, TopicPartition};
    use crate::log::{Append, Log, LogConfig, Origin};
    use crate::wire::batch::Producer;
    use crate::wire::{BatchBuilder, Compression};
    use std::sync::Arc;

    /// A replica's log, and what its broker makes of it.
    struct Its {
        node: NodeId,
        log: Log,
        high_watermark: i64,
        epoch: LeaderEpoch,
        leads: bool,
        seen: Option<Seen>,
        /// Of the next batch that a producer numbers.
        sequence: i32,
    }

    impl Its {
        fn new(node: i32, leads: bool) -> Self {
            let config = LogConfig { segment_bytes: 80, compacted: true, ..LogConfig::default() };
            let log = Log::new(TopicPartition::new("t", 0), Arc::new(config), 0);
            Self { node: NodeId(node), log, high_watermark: 0, epoch: LeaderEpoch(0), leads, seen: None, sequence: 0 }
        }

        /// As the leader it writes these keys, each in a segment of its own.
        fn write(&mut self, keys: &str) {
            for key in keys.split_whitespace() {
                let mut builder = BatchBuilder::new(Compression::None);
                builder.append(0, Some(key.as_bytes()), Some(b"x"), &[]).unwrap();
                let append =
                    Append { leader_epoch: self.epoch, origin: Origin::Coordinator, guard: None, transaction_version: 0, now_ms: 0 };
                self.log.append_as_leader(builder.build().unwrap(), append).unwrap();
            }
        }

        /// As the leader it writes these keys in a transaction, which is ended then.
        fn write_in_transaction(&mut self, keys: &str, committed: bool) {
            let append = Append { leader_epoch: self.epoch, origin: Origin::Coordinator, guard: None, transaction_version: 0, now_ms: 0 };
            let (producer_id, producer_epoch) = (ProducerId(7), ProducerEpoch(0));
            for key in keys.split_whitespace() {
                let guard = self.log.begin_verification(producer_id, self.sequence, producer_epoch, false, 0).unwrap();
                let append = Append { guard, ..append };
                self.sequence += 1;
                let producer = Producer { id: producer_id, epoch: producer_epoch, base_sequence: self.sequence - 1 };
                let mut builder = BatchBuilder::new(Compression::None).transactional(true).with_producer(producer);
                builder.append(0, Some(key.as_bytes()), Some(b"x"), &[]).unwrap();
                self.log.append_as_leader(builder.build().unwrap(), append).unwrap();
            }
            let end = TransactionEnd { producer_id, producer_epoch, committed, coordinator_epoch: 0, timestamp: 0 };
            self.log.append_as_leader(end.to_batch().unwrap(), append).unwrap();
        }

        /// It takes what its leader has from an offset on.
        fn follow(&mut self, leader: &Self, from: i64) {
            for batch in leader.log.batches(Offset(from), leader.log.end_offset()) {
                self.log.append_as_follower(batch.to_rope(), leader.epoch, 0).unwrap();
            }
        }

        /// The second epoch begins, by an unclean election.
        fn begin_anew(&mut self, leads: bool) {
            (self.epoch, self.leads) = (LeaderEpoch(1), leads);
        }
    }

    /// What is known of the partition, and what was found wrong.
    #[derive(Default)]
    struct Watch {
        committed: Committed,
        found: Vec<super::super::Violation>,
    }

    impl Watch {
        fn with<T>(&mut self, its: &Its, what: impl FnOnce(&mut Committed, &Replica<'_>, &mut Findings<'_>) -> T) -> T {
            let (process, violations) = (ProcessId::broker(its.node), &mut self.found);
            let mut findings = Findings { coordinated: Vec::new(), process, at: Instant::ZERO, event: None, violations };
            let (name, high_watermark) = (its.log.partition(), Offset(its.high_watermark));
            let Its { node, ref log, epoch, leads, .. } = *its;
            let replica = Replica { name, node, log, high_watermark, epoch, leads, recovers: leads && epoch.0 > 0 };
            what(&mut self.committed, &replica, &mut findings)
        }

        /// Looks at a replica whose high watermark is this now.
        fn look(&mut self, its: &mut Its, high_watermark: i64) {
            its.high_watermark = high_watermark;
            its.seen = Some(self.with(its, |committed, replica, findings| {
                committed.keep_records();
                committed.observe(its.seen.as_ref(), replica, findings)
            }));
        }

        /// Has a replica compact what it can, and looks at that.
        fn compact(&mut self, its: &mut Its) {
            let cleanable = its.log.cleanable(Offset(its.high_watermark), 0);
            let to = its.log.clean(&cleanable, 0).unwrap().to;
            let seen = its.seen.unwrap();
            self.with(its, |committed, replica, findings| committed.compacted(&seen, replica, to, findings));
        }

        fn texts(&self) -> Vec<&str> {
            self.found.iter().map(|violation| violation.text.as_str()).collect()
        }
    }

    #[test]
    fn what_was_aborted_need_not_stay_and_what_a_transaction_committed_must() {
        let (mut watch, mut its) = (Watch::default(), Its::new(1, true));
        its.write("a b");
        its.write_in_transaction("a c", false);
        its.write_in_transaction("b d", true);
        its.write("e");
        watch.look(&mut its, 9);
        watch.compact(&mut its);
        assert_eq!(watch.texts(), [""; 0]);
        let kept: Vec<i64> = its.log.batches(Offset(0), Offset(9)).map(|batch| batch.header.base_offset.0).collect();
        assert_eq!(kept, [0, 4, 5, 6, 7, 8], "what was aborted is gone, and the marker that says so is not, yet");
        // As if what was committed had gone, too.
        let whole = Its { log: its.log.clone(), ..Its::new(1, true) };
        its.log.truncate_to(Offset(5));
        its.follow(&whole, 6);
        watch.with(&its, |committed, replica, findings| committed.compacted(&its.seen.unwrap(), replica, Offset(9), findings));
        assert_eq!(watch.texts(), ["t-0 on 1 lacks the latest record of b, at 5."]);
    }

    #[test]
    fn what_an_unclean_election_gives_up_is_compacted_until_the_new_leader_tells_of_it() {
        let (mut watch, mut one, mut two) = (Watch::default(), Its::new(1, false), Its::new(2, true));
        two.write("a b");
        one.follow(&two, 0);
        watch.look(&mut two, 2);
        watch.look(&mut one, 2);
        two.write("a a c");
        watch.look(&mut two, 5);
        one.begin_anew(true);
        watch.look(&mut one, 2);
        one.write("c b a a");
        watch.look(&mut one, 6);
        two.begin_anew(false);
        watch.look(&mut two, 5);
        watch.compact(&mut two);
        assert_eq!(watch.texts(), [""; 0], "2 has a at 3, where 1 has written b");
        two.log.truncate_to(Offset(2));
        watch.look(&mut two, 2);
        // As if compaction had taken the only c.
        two.follow(&one, 3);
        watch.look(&mut two, 6);
        watch.compact(&mut two);
        assert_eq!(watch.texts(), ["t-0 on 2 lacks the latest record of c, at 2."]);
    }

    #[test]
    fn what_was_compacted_for_the_sake_of_records_that_an_unclean_election_gives_up_does_not_come_back() {
        let (mut watch, mut one, mut two) = (Watch::default(), Its::new(1, false), Its::new(2, true));
        two.write("a b c");
        one.follow(&two, 0);
        watch.look(&mut two, 3);
        // It has not been told yet that all of it is committed.
        watch.look(&mut one, 1);
        two.write("a b c d");
        watch.look(&mut two, 7);
        watch.compact(&mut two);
        one.begin_anew(true);
        watch.look(&mut one, 1);
        watch.look(&mut one, 3);
        one.write("d e f");
        watch.look(&mut one, 6);
        two.begin_anew(false);
        watch.look(&mut two, 7);
        two.log.truncate_to(Offset(3));
        watch.look(&mut two, 3);
        two.follow(&one, 3);
        watch.look(&mut two, 6);
        assert_eq!(two.log.batches(Offset(0), Offset(6)).map(|batch| batch.header.base_offset.0).collect::<Vec<_>>(), [3, 4, 5]);
        watch.compact(&mut two);
        assert_eq!(watch.texts(), [""; 0]);
    }
}
