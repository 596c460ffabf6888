//! What the log says is what a transactional id is, and no producer is ever given an epoch that another had.

use super::*;
use crate::base::SortedMap;
use proptest::prelude::*;

/// What some producer, or the broker, does.
#[derive(Clone, Debug)]
enum Step {
    Init {
        who: Who,
    },
    Add {
        who: Who,
        partition: i32,
        version: i16,
    },
    End {
        who: Who,
        committed: bool,
        version: i16,
    },
    WriteMarkers,
    Wait {
        millis: u64,
    },
    /// Another broker takes over.
    FailOver,
}

/// Which of the producers that there have been.
#[derive(Clone, Copy, Debug)]
enum Who {
    Latest,
    OneBefore,
    /// One that says nothing of who it is; whoever has to say so is the latest.
    Somebody,
}

fn step() -> impl Strategy<Value = Step> {
    let who = prop_oneof![6 => Just(Who::Latest), 2 => Just(Who::OneBefore), 2 => Just(Who::Somebody)];
    prop_oneof![
        2 => who.clone().prop_map(|who| Step::Init { who }),
        6 => (who.clone(), 0..3_i32, prop_oneof![Just(3_i16), Just(5)])
            .prop_map(|(who, partition, version)| Step::Add { who, partition, version }),
        4 => (who, any::<bool>(), prop_oneof![Just(4_i16), Just(5)])
            .prop_map(|(who, committed, version)| Step::End { who, committed, version }),
        5 => Just(Step::WriteMarkers),
        2 => prop_oneof![0..5_000_u64, Just(80_000)].prop_map(|millis| Step::Wait { millis }),
        1 => Just(Step::FailOver),
    ]
}

struct World {
    bench: Bench,
    /// All that were given out.
    producers: Vec<Producer>,
}

impl World {
    fn producer(&self, who: Who) -> Option<Producer> {
        let back = match who {
            Who::Latest | Who::Somebody => 1,
            Who::OneBefore => 2,
        };
        self.producers.len().checked_sub(back).map(|index| self.producers[index])
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Init { who } => {
                let expected = self.producer(who).filter(|_| !matches!(who, Who::Somebody));
                self.producers.extend(self.bench.init(expected).ok());
            }
            Step::Add { who, partition, version } => {
                let Some(producer) = self.producer(who) else { return };
                self.bench.send_add(producer, &[partition], false, version);
                self.bench.added();
            }
            Step::End { who, committed, version } => {
                let Some(producer) = self.producer(who) else { return };
                let next = self.bench.end(producer, committed, version).ok();
                self.producers.extend(next.filter(|_| version >= 5));
            }
            Step::WriteMarkers => self.bench.write_markers(),
            Step::Wait { millis } => self.bench.wait(millis),
            Step::FailOver => {
                let next_id = self.bench.next_id;
                self.bench = self.bench.failed_over(0);
                self.bench.next_id = next_id;
            }
        }
    }

    /// What a replay of this log would be the same in.
    fn written(bench: &Bench) -> Option<TransactionMetadata> {
        let transaction = bench.shard().transaction(ID)?;
        Some(TransactionMetadata { last_producer_epoch: None, ..transaction.metadata().clone() })
    }
}

/// The last record of each key.
fn compacted(log: &[LogRecord]) -> Vec<LogRecord> {
    let last: SortedMap<_, _> = log.iter().map(|record| (record.key.clone(), record.clone())).collect();
    last.into_values().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_replay_of_the_log_compacted_or_not_gives_the_state(epoch in prop_oneof![Just(0_i16), i16::MAX - 6..i16::MAX], steps in prop::collection::vec(step(), 1..60)) {
        let bench = if epoch == 0 { Bench::new() } else { Bench::with(worn(TransactionState::Empty, epoch)) };
        let mut world = World { bench, producers: Vec::new() };
        let mut newest: SortedMap<i64, i16> = SortedMap::new();
        for step in steps {
            world.take(step);
            let records = &world.bench.log.records;
            for records in [records.clone(), compacted(records)] {
                let again = Bench::elected(Memory { records, ..Default::default() }, world.bench.now, 0);
                prop_assert_eq!(World::written(&again), World::written(&world.bench));
            }
            for (id, epoch) in world.producers.iter().copied() {
                let known = newest.entry(id).or_insert(epoch);
                *known = epoch.max(*known);
            }
            if let Some(metadata) = World::written(&world.bench) {
                let known = newest.get(&metadata.producer_id.0);
                prop_assert!(known.is_none_or(|known| metadata.producer_epoch.0 >= *known), "{:?} after {:?}", metadata, known);
            }
        }
        world.bench.write_markers();
        prop_assert!(world.bench.shard().transactions().all(|transaction| !transaction.is_pending()));
    }
}
