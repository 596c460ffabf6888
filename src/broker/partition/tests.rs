//! A partition on its leader: what is committed, and for whom it waits.

use super::*;
use crate::base::Duration;
use crate::log::Origin;
use crate::wire::messages::alter_partition_response::PartitionData as AlterPartitionData;
use crate::wire::{BatchBuilder, Compression};

const EPOCH: LeaderEpoch = LeaderEpoch(3);

/// Replicas 1, 2 and 3, seen from 1, which leads.
fn partition(isr: &[i32], change: impl FnOnce(&mut LogConfig)) -> Partition {
    let mut config = LogConfig::default();
    change(&mut config);
    let mut partition = Partition::new(NodeId(1), Uuid::ZERO, TopicPartition::new("t", 0), Arc::new(config), 0);
    partition.apply(&image(isr, 1, EPOCH), &peers(), Instant::ZERO);
    partition
}

fn image(isr: &[i32], leader: i32, leader_epoch: LeaderEpoch) -> PartitionImage {
    PartitionImage {
        replicas: vec![NodeId(1), NodeId(2), NodeId(3)],
        isr: isr.iter().copied().map(NodeId).collect(),
        leader: Some(NodeId(leader)),
        leader_epoch,
        ..Default::default()
    }
}

/// All brokers live, in the life that their id says.
fn peers() -> Peers {
    let mut peers = Peers::new(Duration::from_secs(30));
    peers.alive = (1..=3).map(|id| (NodeId(id), i64::from(id))).collect();
    peers
}

fn append(partition: &mut Partition) {
    let mut builder = BatchBuilder::new(Compression::None);
    builder.append(0, None, Some(b"x"), &[]).unwrap();
    partition.append(builder.build().unwrap(), Write::of(Origin::Client), 0, &peers()).unwrap();
    partition.advance_high_watermark(&peers(), Instant::ZERO);
}

/// Whether the high watermark moves when this follower fetches from this offset on.
fn fetched(partition: &mut Partition, replica: i32, offset: i64) -> bool {
    let fetch =
        FollowerFetch { replica: NodeId(replica), broker_epoch: replica.into(), end_offset: Offset(offset), start_offset: Offset(0) };
    partition.follower_fetched(&fetch, Instant::ZERO) && partition.advance_high_watermark(&peers(), Instant::ZERO)
}

/// Has metadata of an epoch arrive at this second.
fn told(partition: &mut Partition, isr: &[i32], leader: i32, epoch: i32, second: u64) -> bool {
    partition.apply(&image(isr, leader, LeaderEpoch(epoch)), &peers(), at(second))
}

fn at(second: u64) -> Instant {
    Instant::ZERO + Duration::from_secs(second)
}

#[test]
fn the_high_watermark_is_what_all_in_sync_replicas_have() {
    let mut partition = partition(&[1, 2, 3], |_| {});
    (0..3).for_each(|_| append(&mut partition));
    assert_eq!(partition.high_watermark(), Offset(0));
    assert!(!fetched(&mut partition, 2, 3));
    assert!(fetched(&mut partition, 3, 1));
    assert_eq!(partition.high_watermark(), Offset(1));
    assert!(told(&mut partition, &[1, 2], 1, 3, 60), "a replica that falls out no longer holds it back");
    assert_eq!(partition.high_watermark(), Offset(3));
}

#[test]
fn the_high_watermark_waits_for_a_replica_that_could_join_at_any_moment() {
    let mut partition = partition(&[1, 2], |_| {});
    (0..3).for_each(|_| append(&mut partition));
    fetched(&mut partition, 3, 3);
    append(&mut partition);
    assert!(fetched(&mut partition, 2, 4));
    assert_eq!(partition.high_watermark(), Offset(3), "replica 3 had everything a moment ago");
    assert!(partition.advance_high_watermark(&peers(), at(31)), "and fell behind");
    assert_eq!(partition.high_watermark(), Offset(4));
}

#[test]
fn the_high_watermark_waits_for_a_replica_of_which_the_controller_is_asked() {
    let mut partition = partition(&[1], |_| {});
    fetched(&mut partition, 2, 0);
    assert!(partition.may_join_isr(NodeId(2), &peers()));
    partition.begin_alteration(PendingIsr::Expand(NodeId(2)));
    append(&mut partition);
    assert!(!partition.advance_high_watermark(&peers(), at(100)));
    assert_eq!(partition.isr(), [NodeId(1)], "acks=all does not count it yet");
    let refused = AlterPartitionData { error_code: ErrorCode::IneligibleReplica.code(), ..Default::default() };
    assert_eq!(partition.altered(&refused), Alteration::Done);
    assert!(partition.advance_high_watermark(&peers(), at(100)));
}

#[test]
fn whoever_falls_behind_is_out_of_sync_after_a_while() {
    let mut partition = partition(&[1, 2, 3], |_| {});
    append(&mut partition);
    fetched(&mut partition, 2, 1);
    assert_eq!(partition.out_of_sync(&peers(), at(30)), []);
    assert_eq!(partition.out_of_sync(&peers(), at(31)), [NodeId(3)], "replica 2 has everything");
    partition.begin_alteration(PendingIsr::Shrink(vec![NodeId(3)]));
    assert_eq!(partition.out_of_sync(&peers(), at(60)), [], "one wish at a time");
    let wanted = partition.wanted_isr(1).expect("a wish");
    let isr: Vec<_> = wanted.new_isr_with_epochs.iter().map(|state| (state.broker_id, state.broker_epoch)).collect();
    assert_eq!(isr, [(1, 1), (2, 2)]);
}

#[test]
fn a_replica_of_an_unknown_life_does_not_join() {
    let mut partition = partition(&[1], |_| {});
    let fetch = FollowerFetch { replica: NodeId(2), broker_epoch: 9, end_offset: Offset(0), start_offset: Offset(0) };
    partition.follower_fetched(&fetch, Instant::ZERO);
    assert!(!partition.may_join_isr(NodeId(2), &peers()));
}

#[test]
fn the_high_watermark_stays_while_too_few_are_in_sync() {
    let mut partition = partition(&[1], |config| config.min_insync_replicas = 2);
    append(&mut partition);
    assert!(partition.is_under_min_isr());
    assert_eq!(partition.high_watermark(), Offset(0));
    let mut few = self::partition(&[1, 2, 3], |config| config.min_insync_replicas = 9);
    assert!(!few.is_under_min_isr(), "more than all replicas cannot be asked for");
    told(&mut few, &[1, 2], 1, 3, 0);
    assert!(few.is_under_min_isr());
}

#[test]
fn a_broker_that_is_no_replica_does_not_follow() {
    let mut partition = partition(&[1, 2], |_| {});
    assert_eq!([1, 2, 3, 7].map(|id| partition.is_follower(NodeId(id))), [false, true, true, false]);
    let fetch = FollowerFetch { replica: NodeId(7), broker_epoch: 7, end_offset: Offset(0), start_offset: Offset(0) };
    assert!(!partition.follower_fetched(&fetch, Instant::ZERO));
}

#[test]
fn a_leader_epoch_is_checked_before_who_leads() {
    let mut partition = partition(&[1], |_| {});
    assert_eq!(partition.check_access(2, true), Err(ErrorCode::FencedLeaderEpoch));
    assert_eq!(partition.check_access(4, true), Err(ErrorCode::UnknownLeaderEpoch));
    assert_eq!([partition.check_access(3, true), partition.check_access(-1, true)], [Ok(()), Ok(())]);
    told(&mut partition, &[1, 2], 2, 4, 0);
    assert_eq!(partition.check_access(3, true), Err(ErrorCode::FencedLeaderEpoch));
    assert_eq!(partition.check_access(-1, true), Err(ErrorCode::NotLeaderOrFollower));
    assert_eq!(partition.check_access(4, false), Ok(()), "a consumer may read from a follower");
}

#[test]
fn a_new_leader_has_to_catch_up_with_what_was_committed_before() {
    let mut partition = partition(&[1, 2], |_| {});
    append(&mut partition);
    told(&mut partition, &[1, 2], 2, 4, 60);
    told(&mut partition, &[1, 2], 1, 5, 60);
    assert!(partition.is_catching_up());
    fetched(&mut partition, 2, 1);
    assert!(!partition.is_catching_up());
}

#[test]
fn records_are_deleted_up_to_the_high_watermark_and_on_all_living_replicas() {
    let mut partition = partition(&[1, 2], |_| {});
    fetched(&mut partition, 3, 0);
    (0..3).for_each(|_| append(&mut partition));
    fetched(&mut partition, 2, 2);
    partition.advance_high_watermark(&peers(), at(31));
    assert_eq!(partition.delete_records(Offset(3)), Err(ErrorCode::OffsetOutOfRange));
    assert_eq!(partition.delete_records(Offset(-1)), Ok(Offset(2)));
    assert_eq!((partition.log().start_offset(), partition.low_watermark(&peers())), (Offset(2), Offset(0)));
    assert_eq!(partition.low_watermark(&Peers::new(Duration::ZERO)), Offset(2), "the dead are not waited for");
    let mut compacted = self::partition(&[1], |config| config.deleted = false);
    assert_eq!(compacted.delete_records(Offset(0)), Err(ErrorCode::PolicyViolation));
}
