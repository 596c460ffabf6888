//! What producers were told is written, partition by partition, and what of it is in no leader's log any more.

use crate::base::SortedMap;
use crate::base::{EventId, EventKind, Offset, TopicPartition};
use crate::simulation::Simulation;
use std::sync::Arc;

/// How many runs of offsets are kept apart for a partition; the oldest ones grow together.
const RUNS_MAX: usize = 512;

/// One partition's acknowledged records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acknowledged {
    /// How many there were.
    pub total: u64,
    /// How many of them were truncated: a leader was elected whose log ends before them.
    pub lost: u64,
    /// Runs of offsets, from the first to before the last, that are not lost.
    runs: Vec<(i64, i64)>,
}

/// All partitions'. A clone shares those that do not change.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    seen: u64,
    partitions: SortedMap<TopicPartition, Arc<Acknowledged>>,
}

impl Ledger {
    /// Partitions of which records were acknowledged.
    pub fn partitions(&self) -> impl Iterator<Item = (&TopicPartition, &Acknowledged)> {
        self.partitions.iter().map(|(name, acknowledged)| (name, &**acknowledged))
    }

    /// Looks at what has happened since the last look.
    pub(super) fn look(&mut self, simulation: &Simulation) {
        let trace = simulation.trace();
        let last = trace.last().map_or(0, |event| event.0);
        let seen = std::mem::replace(&mut self.seen, last);
        for event in trace.since(EventId(seen)) {
            match &event.kind {
                // What acks=0 sent has no offset.
                EventKind::Acknowledged { partition, offset, .. } if offset.0 >= 0 => self.acknowledged(partition, *offset),
                EventKind::LeaderElected { partition, leader, epoch } if epoch.0 > 0 && self.partitions.contains_key(partition) => {
                    let log = simulation.broker(*leader).and_then(|broker| broker.replicas().partition(partition));
                    if let Some(log) = log.map(crate::broker::partition::Partition::log) {
                        self.ends_at(partition, log.end_offset());
                    }
                }
                EventKind::TopicDeleted { topic } => self.partitions.retain(|partition, _| partition.topic != *topic),
                _ => {}
            }
        }
    }

    fn acknowledged(&mut self, partition: &TopicPartition, offset: Offset) {
        if !self.partitions.contains_key(partition) {
            self.partitions.insert(partition.clone(), Arc::default());
        }
        let Some(known) = self.partitions.get_mut(partition).map(Arc::make_mut) else { return };
        known.total += 1;
        let offset = offset.0;
        match known.runs.iter_mut().rev().find(|run| run.1 == offset) {
            Some(run) => run.1 = offset + 1,
            None => {
                let at = known.runs.partition_point(|run| run.0 <= offset);
                known.runs.insert(at, (offset, offset + 1));
            }
        }
        if known.runs.len() > RUNS_MAX
            && let Some((_, end)) = known.runs.get(1).copied()
        {
            known.runs.remove(1);
            if let Some(first) = known.runs.first_mut() {
                first.1 = end;
            }
        }
    }

    /// A leader's log ends here: what was acknowledged beyond is lost.
    fn ends_at(&mut self, partition: &TopicPartition, end: Offset) {
        let Some(known) = self.partitions.get_mut(partition) else { return };
        if known.runs.last().is_none_or(|run| run.1 <= end.0) {
            return;
        }
        let known = Arc::make_mut(known);
        for run in &mut known.runs {
            let kept = run.1.min(end.0).max(run.0);
            known.lost += run.1.abs_diff(kept);
            run.1 = kept;
        }
        known.runs.retain(|run| run.0 < run.1);
    }
}
