//! Elections as tables: what a partition was, what happened, what it becomes.

use super::*;
use crate::base::LeaderEpoch;

/// A partition before and after: leader (0: none), ISR, ELR, last known leader.
type State<'a> = (i32, &'a [i32], &'a [i32], &'a [i32]);

fn nodes(ids: &[i32]) -> Vec<NodeId> {
    ids.iter().copied().map(NodeId).collect()
}

fn ids(nodes: &[NodeId]) -> Vec<i32> {
    nodes.iter().map(|id| id.0).collect()
}

fn partition(replicas: &[i32], (leader, isr, elr, last): State<'_>) -> PartitionImage {
    PartitionImage {
        replicas: nodes(replicas),
        directories: vec![Uuid::ZERO; replicas.len()],
        isr: nodes(isr),
        eligible_leader_replicas: nodes(elr),
        last_known_elr: nodes(last),
        leader: (leader > 0).then_some(NodeId(leader)),
        leader_epoch: LeaderEpoch(5),
        partition_epoch: 10,
        ..Default::default()
    }
}

/// What becomes of a partition on replicas 1, 2 and 3, with brokers `alive`; none where no record is written.
fn change(
    before: State<'_>,
    alive: &[i32],
    min_isr: usize,
    set: impl FnOnce(&mut PartitionChange<'_>),
) -> Option<(PartitionImage, PartitionChangeRecord)> {
    let partition = partition(&[1, 2, 3], before);
    let alive = nodes(alive);
    let acceptable = |id: NodeId| alive.contains(&id);
    let mut change = PartitionChange::new(&partition, (Uuid::ZERO, PartitionIndex(0)), &acceptable, &|_| Uuid::ZERO, min_isr);
    set(&mut change);
    let record = change.build()?;
    let mut after = partition.clone();
    after.merge(&record);
    Some((after, record))
}

fn assert_state(after: Option<(PartitionImage, PartitionChangeRecord)>, expected: Option<State<'_>>, what: &str) {
    let state = after.map(|(after, _)| {
        (after.leader.map_or(0, |id| id.0), ids(&after.isr), ids(&after.eligible_leader_replicas), ids(&after.last_known_elr))
    });
    let expected = expected.map(|(leader, isr, elr, last)| (leader, isr.to_vec(), elr.to_vec(), last.to_vec()));
    assert_eq!(state, expected, "{what}");
}

#[test]
fn a_broker_leaves_the_isr() {
    // min ISR, before, who leaves, who lives then → after
    type Row<'a> = (usize, State<'a>, i32, &'a [i32], Option<State<'a>>);
    let table: &[Row<'_>] = &[
        (1, (1, &[1, 2, 3], &[], &[]), 1, &[2, 3], Some((2, &[2, 3], &[], &[]))),
        (1, (1, &[1, 3], &[], &[]), 1, &[2, 3], Some((3, &[3], &[], &[]))),
        (1, (1, &[1, 2, 3], &[], &[]), 3, &[1, 2], Some((1, &[1, 2], &[], &[]))),
        (2, (1, &[1, 2, 3], &[], &[]), 3, &[1, 2], Some((1, &[1, 2], &[], &[]))),
        (2, (1, &[1, 2], &[], &[]), 2, &[1, 3], Some((1, &[1], &[2], &[]))),
        (2, (1, &[1], &[2], &[]), 1, &[3], Some((0, &[], &[1, 2], &[1]))),
        (1, (1, &[1], &[], &[]), 1, &[2, 3], Some((0, &[], &[1], &[1]))),
        // An eligible replica leads as soon as nobody is in sync, and is alone in sync then.
        (2, (1, &[1], &[2, 3], &[]), 1, &[3], Some((3, &[3], &[1, 2], &[]))),
        (3, (1, &[1, 2], &[3], &[]), 1, &[2, 3], Some((2, &[2], &[1, 3], &[]))),
    ];
    for (min_isr, before, gone, alive, expected) in table {
        let after = change(*before, alive, *min_isr, |next| next.isr.retain(|id| id.0 != *gone));
        assert_state(after, *expected, &format!("{before:?} without {gone}, min ISR {min_isr}"));
    }
}

#[test]
fn a_broker_comes_back() {
    // before, who lives → after
    let table: &[(State<'_>, &[i32], Option<State<'_>>)] = &[
        ((0, &[], &[1, 2], &[1]), &[2], Some((2, &[2], &[1], &[]))),
        ((0, &[], &[1, 2], &[1]), &[1, 2], Some((1, &[1], &[2], &[]))),
        ((0, &[], &[1, 2], &[1]), &[3], None),
        // Nobody is eligible: who led last may, though it may have lost something.
        ((0, &[], &[], &[1]), &[1, 2, 3], Some((1, &[1], &[], &[]))),
        ((0, &[], &[], &[1]), &[2, 3], None),
        ((0, &[2], &[], &[2]), &[2], Some((2, &[2], &[], &[]))),
        ((1, &[1, 2], &[], &[]), &[1, 2, 3], None),
    ];
    for (before, alive, expected) in table {
        assert_state(change(*before, alive, 2, |_| {}), *expected, &format!("{before:?} with {alive:?}"));
    }
}

#[test]
fn an_unclean_shutdown_makes_a_replica_ineligible() {
    let unclean = |gone: i32| {
        move |next: &mut PartitionChange<'_>| {
            next.isr.retain(|id| id.0 != gone);
            next.unclean_shutdown = Some(NodeId(gone));
        }
    };
    assert_state(change((1, &[1, 2], &[], &[]), &[1], 2, unclean(2)), Some((1, &[1], &[], &[])), "a follower");
    assert_state(change((0, &[], &[1, 2], &[1]), &[], 2, unclean(1)), Some((0, &[], &[2], &[1])), "an eligible one");
    assert_state(change((1, &[1], &[], &[]), &[], 1, unclean(1)), Some((0, &[], &[], &[1])), "the last one");
}

#[test]
fn an_unclean_election_takes_any_that_lives_and_resets_what_counts() {
    let (after, record) = change((0, &[], &[1], &[1]), &[2, 3], 1, |next| next.election = Election::Unclean).expect("elected");
    assert_eq!((after.leader, ids(&after.isr), after.is_recovering), (Some(NodeId(2)), vec![2], true));
    assert_eq!((ids(&after.eligible_leader_replicas), ids(&after.last_known_elr)), (vec![], vec![]));
    assert_eq!(record.leader_recovery_state, RECOVERING);
    assert!(change((0, &[], &[1], &[1]), &[2, 3], 1, |_| {}).is_none(), "only where it is allowed");
    assert_state(
        change((0, &[], &[3], &[1]), &[2, 3], 1, |next| next.election = Election::Unclean),
        Some((3, &[3], &[], &[])),
        "one that is eligible comes first",
    );
}

#[test]
fn a_preferred_election_moves_the_leader_to_the_first_replica() {
    let prefer = |next: &mut PartitionChange<'_>| next.election = Election::Preferred;
    assert_state(change((2, &[2, 1], &[], &[]), &[1, 2], 1, prefer), Some((1, &[2, 1], &[], &[])), "in sync");
    assert_state(change((2, &[2, 3], &[], &[]), &[1, 2, 3], 1, prefer), None, "not in sync");
    assert_state(change((2, &[1, 2], &[], &[]), &[2], 1, prefer), None, "not alive");
    assert_state(change((2, &[1, 2], &[], &[]), &[1, 2], 1, |_| {}), None, "a leader that can go on stays");
}

#[test]
fn an_isr_that_reaches_the_minimum_makes_eligibility_needless() {
    let grown = change((1, &[1], &[2, 3], &[]), &[1, 2, 3], 2, |next| next.isr = nodes(&[1, 3]));
    assert_state(grown, Some((1, &[1, 3], &[], &[])), "two of two");
    let grown = change((1, &[1], &[2, 3], &[]), &[1, 2, 3], 3, |next| next.isr = nodes(&[1, 3]));
    assert_state(grown, Some((1, &[1, 3], &[2], &[])), "two of three");
}

#[test]
fn a_leader_says_that_it_has_recovered() {
    let recovering = PartitionImage { is_recovering: true, ..partition(&[1, 2], (1, &[1], &[], &[])) };
    let mut change = PartitionChange::new(&recovering, (Uuid::ZERO, PartitionIndex(0)), &|_| true, &|_| Uuid::ZERO, 1);
    change.is_recovering = false;
    let record = change.build().expect("a change");
    assert_eq!((record.leader_recovery_state, record.leader), (RECOVERED, LEADER_STAYS));
}

#[test]
fn a_reassignment_ends_when_those_added_are_in_sync_and_its_leader_may_have_to_go() {
    let moving =
        PartitionImage { removing_replicas: nodes(&[1]), adding_replicas: nodes(&[3]), ..partition(&[2, 3, 1], (1, &[1, 2], &[], &[])) };
    let mut change = PartitionChange::new(&moving, (Uuid::ZERO, PartitionIndex(0)), &|_| true, &|_| Uuid::ZERO, 1);
    change.isr = nodes(&[1, 2, 3]);
    let record = change.build().expect("a change");
    let mut after = moving.clone();
    after.merge(&record);
    assert_eq!((after.leader, ids(&after.replicas), ids(&after.isr)), (Some(NodeId(2)), vec![2, 3], vec![2, 3]));
    assert!(after.removing_replicas.is_empty() && after.adding_replicas.is_empty() && after.directories.len() == 2);
}

#[test]
fn a_leader_that_stays_gets_a_new_epoch_when_a_replica_goes() {
    let moving = PartitionImage { removing_replicas: nodes(&[3]), ..partition(&[1, 2, 3], (1, &[1, 2, 3], &[], &[])) };
    let record = PartitionChange::new(&moving, (Uuid::ZERO, PartitionIndex(0)), &|_| true, &|_| Uuid::ZERO, 1).build().expect("a change");
    assert_eq!((record.leader, record.replicas), (1, Some(vec![1, 2])));
}
