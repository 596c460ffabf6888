//! Any log knows of its transactions what a model does that looks at all of its batches.

use super::{aborted, end_by, log_with, marker, replica_of, stable, write, write_plain};
use crate::base::Offset;
use crate::log::Log;
use crate::wire::batch::{Batch, TransactionEnd};
use proptest::prelude::*;

/// What a producer, of three, does next.
#[derive(Clone, Copy, Debug)]
enum Step {
    Write(i64),
    End { producer: i64, committed: bool },
    Plain,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0_i64..3).prop_map(Step::Write),
        2 => (0_i64..3, any::<bool>()).prop_map(|(producer, committed)| Step::End { producer, committed }),
        1 => Just(Step::Plain),
    ]
}

/// A transaction as its batches tell it: its producer, its first offset, its marker's offset with whether that commits.
type Told = (i64, i64, Option<(i64, bool)>);

fn told_by(batches: &[Batch]) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for batch in batches.iter().filter(|batch| batch.header.attributes.is_transactional()) {
        let (id, offset) = (batch.header.producer_id.0, batch.header.base_offset.0);
        let open = told.iter_mut().find(|(producer, _, end)| *producer == id && end.is_none());
        match (open, TransactionEnd::of(batch)) {
            (Some(open), Some(end)) => open.2 = Some((offset, end.committed)),
            (None, None) => told.push((id, offset, None)),
            (Some(_), None) | (None, Some(_)) => {}
        }
    }
    told
}

fn check(log: &Log) {
    let batches: Vec<Batch> = log.batches(Offset(0), log.end_offset()).collect();
    let told = told_by(&batches);
    let end = log.end_offset().0;
    for high_watermark in 0..=end {
        let unstable = told.iter().filter(|(_, _, end)| end.is_none_or(|(marker, _)| marker >= high_watermark));
        let first = unstable.map(|(_, first, _)| *first).min().unwrap_or(high_watermark);
        assert_eq!(stable(log, high_watermark), first.min(high_watermark), "below {high_watermark}");
    }
    let aborted_of = |(id, first, end): &Told| end.filter(|(_, committed)| !committed).map(|(marker, _)| (marker, *id, *first));
    for from in 0..=end {
        for up_to in from..=end {
            let mut expected: Vec<_> = told.iter().filter_map(aborted_of).collect();
            expected.retain(|(marker, _, first)| *marker >= from && *first < up_to);
            expected.sort_unstable();
            let found: Vec<_> = aborted(log, from, up_to).iter().map(|(id, first, last, _)| (*last, *id, *first)).collect();
            assert_eq!(found, expected, "from {from} up to {up_to}");
        }
    }
}

proptest! {
    #[test]
    fn a_log_knows_of_transactions_what_its_batches_tell(
        steps in prop::collection::vec(step(), 1..40),
        segment_bytes in 100_u64..1_000,
        truncated in any::<u8>(),
    ) {
        let mut log = log_with(|config| config.segment_bytes = segment_bytes);
        let mut sequences = [0; 3];
        for step in &steps {
            match step {
                Step::Write(producer) => {
                    let sequence = &mut sequences[usize::try_from(*producer).unwrap()];
                    write(&mut log, *producer, 0, *sequence);
                    *sequence += 1;
                }
                Step::End { producer, committed } => {
                    end_by(&mut log, marker(*producer, 0, *committed), 1).unwrap();
                }
                Step::Plain => write_plain(&mut log),
            }
        }
        check(&log);
        let replica = replica_of(&log, |_| {});
        prop_assert_eq!(replica.producers(), log.producers());
        prop_assert_eq!(aborted(&replica, 0, i64::MAX), aborted(&log, 0, i64::MAX));
        log.truncate_to(Offset(i64::from(truncated) % (log.end_offset().0 + 1)));
        check(&log);
        let replica = replica_of(&log, |_| {});
        prop_assert_eq!(replica.producers(), log.producers());
    }
}
