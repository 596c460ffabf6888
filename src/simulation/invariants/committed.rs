//! The log as it is committed: what the leaders' high watermarks have covered. Replicas are compared with it, not with each other.
//!
//! Kafka's rule: an in-sync replica has every record below the high watermark, so the next leader, which is one of them (or an eligible
//! leader replica, KIP-966), has them too, with the same offsets, epochs and bytes.
//!
//! A batch counts once all of it is committed: a high watermark that a replica begins with may lie in the middle of one, since its checkpoint
//! may be older than what its log was truncated to and given anew.
//!
//! Where Kafka itself forgets what was committed, so does this, and begins anew with the new leader's log:
//! - an unclean election (`unclean.leader.election.enable`, ElectLeaders with UNCLEAN, the last known leader), which marks the partition
//!   as recovering;
//! - as many replicas' brokers failing before they had caught up again as `min.insync.replicas` asks for: a broker that did not stop in good
//!   order is not eligible any more, whatever its log has kept (KIP-966);
//! - a reassignment to fewer replicas than `min.insync.replicas`: the brokers that it takes the partition from become eligible and stay so
//!   without being replicas, so that one of them may lead with an empty log when it is made a replica again (`PartitionChangeBuilder`, 4.3.1);
//! - a reassignment cancelled when nobody is in sync but replicas that it adds: the first of the others leads then, if unclean elections are
//!   allowed, and is not marked as recovering (`PartitionReassignmentRevert`).

use super::brokers::OFFSETS_TOPIC;
use super::compaction::Keys;
use super::producers::Sequences;
use super::{Findings, Invariant};
use crate::base::{LeaderEpoch, NodeId, Offset, TopicPartition};
use crate::base::{SortedMap, SortedSet};
use crate::log::Log;
use crate::wire::batch::BatchHeader;
use std::collections::VecDeque;

/// Of how many batches the identity is kept, the newest; older ones are no longer compared.
const BATCHES_KEPT: usize = 2_048;

/// What tells a batch from any other in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Identity {
    base: Offset,
    last: Offset,
    epoch: LeaderEpoch,
    crc: u32,
}

impl Identity {
    const fn of(header: &BatchHeader) -> Self {
        Self { base: header.base_offset, last: header.last_offset(), epoch: header.leader_epoch, crc: header.crc }
    }
}

/// A replica as it is now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Replica<'a> {
    /// What to call it in a sentence.
    pub name: &'a TopicPartition,
    pub node: NodeId,
    pub log: &'a Log,
    pub high_watermark: Offset,
    pub epoch: LeaderEpoch,
    pub leads: bool,
    /// It leads by an unclean election.
    pub recovers: bool,
}

/// A replica as it was when it was looked at last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    epoch: LeaderEpoch,
    leads: bool,
    start: Offset,
    end: Offset,
    high_watermark: Offset,
    /// Up to where its batches have been compared.
    compared: Offset,
    /// It leads, or its leader has told it something in this epoch: what is in its log and is not the leader's is gone.
    settled: bool,
}

impl Seen {
    /// Whether nothing of interest has changed.
    pub(super) fn is_still(&self, replica: &Replica<'_>) -> bool {
        self.end == replica.log.end_offset()
            && self.high_watermark == replica.high_watermark
            && self.epoch == replica.epoch
            && self.leads == replica.leads
            && self.start == replica.log.start_offset()
    }
}

/// What is committed of one partition.
#[derive(Clone, Debug)]
pub(super) struct Committed {
    batches: VecDeque<Identity>,
    end: Offset,
    /// The newest leader that was seen.
    leader: Option<(LeaderEpoch, NodeId)>,
    /// Leaders before this epoch count no more: the partition has begun anew since.
    since: LeaderEpoch,
    sequences: Sequences,
    /// Where the log ended with which the partition began anew: it had been compacted up to there, as committed once already.
    compacted_to: Offset,
    /// Record by record, where the log is compacted and everything is looked at.
    keys: Option<Keys>,
    /// Replicas whose broker ended without a word and that have not caught up since; true for those that lost committed records with their
    /// machine.
    failed: SortedMap<NodeId, bool>,
    /// Brokers that the metadata let lead without having been in sync, and that have not caught up since.
    outsiders: SortedSet<NodeId>,
}

impl Default for Committed {
    fn default() -> Self {
        Self {
            batches: VecDeque::new(),
            end: Offset(0),
            leader: None,
            since: LeaderEpoch(-1),
            sequences: Sequences::default(),
            compacted_to: Offset(0),
            keys: None,
            failed: SortedMap::new(),
            outsiders: SortedSet::new(),
        }
    }
}

impl Committed {
    /// Up to where the partition is committed.
    pub(super) const fn end(&self) -> Offset {
        self.end
    }

    /// How often the partition has begun anew, as a number that grows.
    pub(super) const fn since(&self) -> LeaderEpoch {
        self.since
    }

    /// Looks at a replica that may have changed since it was last seen; `None`: it has just started.
    pub(super) fn observe(&mut self, seen: Option<&Seen>, replica: &Replica<'_>, findings: &mut Findings<'_>) -> Seen {
        let end = replica.log.end_offset();
        let mut compared = seen.map_or(Offset(0), |seen| seen.compared).min(end);
        if replica.leads {
            self.take_leader(replica, &mut compared, findings);
        }
        let of_this_epoch = seen.filter(|seen| seen.epoch == replica.epoch && seen.leads == replica.leads);
        let told = |seen: &Seen| seen.settled || end > seen.end || end == seen.end && replica.high_watermark != seen.high_watermark;
        let settled = replica.leads || of_this_epoch.is_some_and(told);
        if self.binds(replica, settled) {
            self.check_high_watermark(of_this_epoch, replica, findings);
            if replica.leads && replica.high_watermark > self.end {
                self.extend(replica, findings);
            }
            let up_to = replica.high_watermark.min(self.end);
            self.compare(replica, compared, up_to, findings);
            compared = compared.max(up_to);
        }
        if end >= self.end {
            self.failed.remove(&replica.node);
            self.outsiders.remove(&replica.node);
        }
        Seen {
            epoch: replica.epoch,
            leads: replica.leads,
            start: replica.log.start_offset(),
            end,
            high_watermark: replica.high_watermark,
            compared,
            settled,
        }
    }

    /// Whether a replica must have what is committed and nothing else. Where the partition has begun anew, a follower may have what is not
    /// committed any more until its leader tells it.
    fn binds(&self, replica: &Replica<'_>, settled: bool) -> bool {
        replica.epoch >= self.since && (settled || self.since.0 < 0)
    }

    /// Keeps the committed records from now on, to know what compaction may take.
    pub(super) fn keep_records(&mut self) {
        self.keys.get_or_insert_default();
    }

    /// A replica that was looked at has compacted its log up to here.
    pub(super) fn compacted(&self, seen: &Seen, replica: &Replica<'_>, to: Offset, findings: &mut Findings<'_>) {
        if let Some(keys) = self.keys.as_ref().filter(|_| self.binds(replica, seen.settled)) {
            keys.check(replica, to.min(self.end), findings);
        }
    }

    /// A replica's broker ended without a word, and this is what is left of its log.
    pub(super) fn fail(&mut self, node: NodeId, left: &Log) {
        self.failed.insert(node, left.end_offset() < self.end);
    }

    /// Brokers may lead without having all that is committed.
    pub(super) fn keep_outsiders(&mut self, outsiders: Vec<NodeId>) {
        self.outsiders.extend(outsiders);
    }

    /// Whether this replica may lead without all that was committed: so many failed, or it was eligible without being a replica.
    fn is_forgiven(&self, replica: &Replica<'_>) -> bool {
        if self.outsiders.contains(&replica.node) {
            return true;
        }
        let min_isr = usize::try_from(replica.log.config().min_insync_replicas).unwrap_or_default();
        self.failed.get(&replica.node) == Some(&true) && self.failed.len() >= min_isr.max(1)
    }

    fn take_leader(&mut self, replica: &Replica<'_>, compared: &mut Offset, findings: &mut Findings<'_>) {
        match self.leader {
            Some((epoch, _)) if epoch > replica.epoch => return,
            Some((epoch, node)) if epoch == replica.epoch => {
                if node != replica.node {
                    let text = format!("{} is led by {node} and by {} in epoch {epoch}.", replica.name, replica.node);
                    let metadata = &*replica.name.topic == crate::controller::METADATA_TOPIC;
                    findings.add(if metadata { Invariant::OneControllerAnEpoch } else { Invariant::OneLeaderAnEpoch }, text);
                }
                return;
            }
            Some(_) | None => self.leader = Some((replica.epoch, replica.node)),
        }
        if replica.recovers || replica.log.end_offset() < self.end && self.is_forgiven(replica) {
            self.begin_anew(replica);
            *compared = Offset(0);
            return;
        }
        let end = replica.log.end_offset();
        if end < self.end {
            let text = format!(
                "{} has leader {} in epoch {}, whose log ends at {end}; up to {} it was committed.",
                replica.name, replica.node, replica.epoch, self.end
            );
            return findings.add(Invariant::NothingAcknowledgedIsLost, text);
        }
        self.compare(replica, *compared, self.end, findings);
        *compared = self.end.max(*compared);
    }

    /// Kafka has given up what this leader does not have.
    fn begin_anew(&mut self, leader: &Replica<'_>) {
        self.since = leader.epoch;
        self.failed.clear();
        self.outsiders.clear();
        self.batches.clear();
        self.sequences = Sequences::default();
        self.keys = self.keys.as_ref().map(|_| Keys::default());
        self.end = leader.high_watermark.min(leader.log.end_offset());
        let known = leader.log.batches(leader.log.start_offset(), self.end).map(|batch| batch.header);
        self.compacted_to = if leader.log.config().compacted { leader.log.end_offset() } else { Offset(0) };
        let mut next = leader.log.start_offset();
        for header in known.filter(|header| header.last_offset() < self.end).collect::<Vec<_>>() {
            self.miss(next, header.base_offset);
            self.sequences.accept(&header);
            self.push(Identity::of(&header));
            next = header.next_offset();
        }
        self.miss(next, self.end);
    }

    /// There is nothing between these offsets: what compaction took out before the partition began anew.
    fn miss(&mut self, from: Offset, to: Offset) {
        self.sequences.miss((to.min(self.compacted_to).0 - from.0).max(0));
    }

    fn check_high_watermark(&self, seen: Option<&Seen>, replica: &Replica<'_>, findings: &mut Findings<'_>) {
        let (high_watermark, end) = (replica.high_watermark, replica.log.end_offset());
        let fell = seen.filter(|seen| seen.settled && seen.high_watermark > high_watermark);
        let text = if let Some(seen) = fell {
            format!("fell from {} to {high_watermark}", seen.high_watermark)
        } else if high_watermark > end {
            format!("is {high_watermark}, beyond the end of its log at {end}")
        } else if seen.is_some_and(|seen| seen.settled)
            && !replica.leads
            && high_watermark > self.end
            && replica.log.start_offset() <= self.end
        {
            format!("is {high_watermark}, but no leader has committed more than {}", self.end)
        } else {
            return;
        };
        let text = format!("The high watermark of {} on {} in epoch {} {text}.", replica.name, replica.node, replica.epoch);
        findings.add(Invariant::HighWatermarkNeverFalls, text);
    }

    /// The leader's high watermark has moved: more is committed.
    fn extend(&mut self, leader: &Replica<'_>, findings: &mut Findings<'_>) {
        // Also what was deleted in the same moment: its segment stays for a while.
        let from = self.end;
        let mut next = from;
        for batch in leader.log.batches(from, leader.high_watermark) {
            let identity = Identity::of(&batch.header);
            if identity.last < from || identity.last >= leader.high_watermark {
                continue;
            }
            self.miss(next, identity.base);
            next = batch.header.next_offset();
            if *leader.name.topic == *OFFSETS_TOPIC {
                findings.coordinated.push((leader.name.clone(), batch.clone()));
            }
            if let Err(wrong) = self.sequences.take(&batch.header) {
                findings.add(Invariant::ProducersRecordsStandOnce, format!("In {} on {}, {wrong}.", leader.name, leader.node));
            }
            self.push(identity);
            if let Some(keys) = &mut self.keys {
                keys.take(&batch, findings.at, identity.epoch >= self.since);
            }
        }
        self.miss(next, leader.high_watermark);
        self.end = leader.high_watermark;
    }

    fn push(&mut self, identity: Identity) {
        if self.batches.len() == BATCHES_KEPT {
            self.batches.pop_front();
        }
        self.batches.push_back(identity);
    }

    /// Compares a replica's batches with the committed ones, from one offset to another.
    fn compare(&self, replica: &Replica<'_>, from: Offset, to: Offset, findings: &mut Findings<'_>) {
        let Some(oldest) = self.batches.front().map(|batch| batch.base) else { return };
        let from = from.max(oldest).max(replica.log.start_offset());
        if from >= to {
            return;
        }
        let at = self.batches.partition_point(|batch| batch.last < from);
        let mut committed = self.batches.range(at..).take_while(|batch| batch.last < to).peekable();
        let compacted = replica.log.config().compacted;
        for its in replica.log.batches(from, to).map(|batch| Identity::of(&batch.header)).filter(|its| its.last < to) {
            while compacted && committed.next_if(|batch| batch.base < its.base).is_some() {}
            // What is known of a partition that has begun anew is one replica's log, which may have been compacted further than others.
            let forgotten = compacted && self.since.0 >= 0 && committed.peek().is_none_or(|batch| batch.base > its.base);
            if forgotten {
                continue;
            }
            let expected = committed.next();
            let agrees = expected.is_some_and(|expected| {
                (Identity { crc: 0, ..*expected } == Identity { crc: 0, ..its }) && (compacted || expected.crc == its.crc)
            });
            if !agrees {
                return self.disagree(replica, &its, expected, findings);
            }
        }
        if let Some(missing) = committed.next().filter(|_| !compacted) {
            let text = format!(
                "{} on {} (epoch {}) lacks the batch at {}, below its high watermark {}.",
                replica.name, replica.node, replica.epoch, missing.base, replica.high_watermark
            );
            findings.add(Invariant::LogsAgree, text);
        }
    }

    fn disagree(&self, replica: &Replica<'_>, its: &Identity, expected: Option<&Identity>, findings: &mut Findings<'_>) {
        let show = |batch: &Identity| format!("{} to {} of epoch {} with checksum {:08x}", batch.base, batch.last, batch.epoch, batch.crc);
        let committed = expected.map_or_else(|| "nothing more".to_owned(), show);
        let text = format!("{} on {} (epoch {}) has {}; committed is {committed}.", replica.name, replica.node, replica.epoch, show(its));
        findings.add(Invariant::LogsAgree, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Instant, ProcessId, ProducerEpoch, ProducerId};
    use crate::log::{Append, Origin};
    use crate::simulation::invariants::Violation;
    use crate::wire::batch::Producer;
    use crate::wire::{BatchBuilder, Compression};
    use std::sync::Arc;

    fn append(log: &mut Log, base_sequence: i32) {
        let mut builder = BatchBuilder::new(Compression::None);
        for _ in 0..2 {
            builder.append(0, None, Some(b"x"), &[]).unwrap();
        }
        let batch = builder.with_producer(Producer { id: ProducerId(7), epoch: ProducerEpoch(0), base_sequence }).build().unwrap();
        log.append_as_leader(
            batch,
            Append { leader_epoch: LeaderEpoch(0), origin: Origin::Client, guard: None, transaction_version: 0, now_ms: 0 },
        )
        .unwrap();
    }

    /// What is found while a leader's high watermark moves so, after an unclean election.
    fn found(log: &Log, name: &TopicPartition, high_watermarks: &[i64]) -> Vec<Violation> {
        let (mut committed, mut seen, mut violations) = (Committed::default(), None, Vec::new());
        for high_watermark in high_watermarks {
            let (process, at) = (ProcessId::broker(NodeId(1)), Instant::ZERO);
            let mut findings = Findings { coordinated: Vec::new(), process, at, event: None, violations: &mut violations };
            let high_watermark = Offset(*high_watermark);
            let replica = Replica { name, node: NodeId(1), log, high_watermark, epoch: LeaderEpoch(6), leads: true, recovers: true };
            seen = Some(committed.observe(seen.as_ref(), &replica, &mut findings));
        }
        assert_eq!(committed.end().0, *high_watermarks.last().unwrap());
        violations
    }

    #[test]
    fn a_batch_in_whose_middle_the_high_watermark_begins_is_written_once() {
        let name = TopicPartition::new("t", 0);
        let mut log = Log::new(name.clone(), Arc::default(), 0);
        append(&mut log, 0);
        append(&mut log, 2);
        assert_eq!(found(&log, &name, &[1, 3, 4]), []);
        append(&mut log, 4);
        assert_eq!(found(&log, &name, &[1, 6]), []);
    }

    #[test]
    fn a_producers_last_records_may_have_been_compacted_away_before_its_partition_began_anew() {
        let mut log = Log::new(TopicPartition::new("t", 0), Arc::default(), 0);
        [0, 2, 4].into_iter().for_each(|sequence| append(&mut log, sequence));
        let headers: Vec<_> = log.batches(Offset(0), Offset(6)).map(|batch| batch.header).collect();
        for (missing, follows) in [(2, true), (1, false)] {
            let mut sequences = Sequences::default();
            sequences.accept(&headers[0]);
            sequences.miss(missing);
            assert_eq!(sequences.take(&headers[2]).is_ok(), follows, "{missing}");
            assert!(sequences.take(&headers[2]).is_err(), "once");
        }
    }

    #[test]
    fn what_is_deleted_in_the_moment_in_which_it_is_committed_was_written_all_the_same() {
        let name = TopicPartition::new("t", 0);
        let mut log = Log::new(name.clone(), Arc::default(), 0);
        append(&mut log, 0);
        append(&mut log, 2);
        append(&mut log, 4);
        let (mut committed, mut violations) = (Committed::default(), Vec::new());
        let mut look = |log: &Log, high_watermark: i64| {
            let mut findings = Findings {
                coordinated: Vec::new(),
                process: ProcessId::broker(NodeId(1)),
                at: Instant::ZERO,
                event: None,
                violations: &mut violations,
            };
            let high_watermark = Offset(high_watermark);
            let replica =
                Replica { name: &name, node: NodeId(1), log, high_watermark, epoch: LeaderEpoch(0), leads: true, recovers: false };
            committed.observe(None, &replica, &mut findings);
        };
        look(&log, 2);
        let mut shorter = log.clone();
        shorter.increment_start(Offset(4));
        look(&shorter, 4);
        look(&shorter, 6);
        assert_eq!(violations, []);
    }
}
