//! AlterPartition: what a leader may say of its ISR.

use super::*;
use crate::wire::messages::alter_partition_request::{BrokerState, PartitionData, TopicData};
use crate::wire::messages::alter_partition_response;
use crate::wire::messages::create_topics_request::CreatableReplicaAssignment;
use crate::wire::messages::{AlterPartitionRequest, AlterPartitionResponse};

/// A cluster of brokers 1 to 3 with partition `t-0` on all of them, led by 1; and the brokers' epochs.
fn cluster() -> (Lab, [i64; 3]) {
    let mut lab = Lab::new();
    let epochs = [1, 2, 3].map(|id| lab.join(id));
    let assignment = CreatableReplicaAssignment { broker_ids: vec![1, 2, 3], ..Default::default() };
    let topic = CreatableTopic {
        name: "t".to_owned(),
        num_partitions: -1,
        replication_factor: -1,
        assignments: vec![assignment],
        ..Default::default()
    };
    let created = lab.ask(7, CreateTopicsRequest { topics: vec![topic], timeout_ms: 1_000, ..Default::default() });
    assert_eq!(created.topics[0].error_code, 0);
    (lab, epochs)
}

/// Broker 1's wish for this ISR, with the partition's epochs as they are.
fn wish(lab: &Lab, epochs: [i64; 3], isr: &[i32]) -> AlterPartitionRequest {
    let topic = lab.controller.image().topic("t").expect("known");
    let state = |id: &i32| BrokerState { broker_id: *id, broker_epoch: epochs[*id as usize - 1], ..Default::default() };
    let partition = PartitionData {
        leader_epoch: topic.partitions[0].leader_epoch.0,
        partition_epoch: topic.partitions[0].partition_epoch,
        new_isr_with_epochs: isr.iter().map(state).collect(),
        ..Default::default()
    };
    let topic = TopicData { topic_id: topic.id, partitions: vec![partition], ..Default::default() };
    AlterPartitionRequest { broker_id: 1, broker_epoch: epochs[0], topics: vec![topic], ..Default::default() }
}

fn first(response: AlterPartitionResponse) -> alter_partition_response::PartitionData {
    assert_eq!(response.error_code, 0);
    response.topics.into_iter().next().expect("a topic").partitions.into_iter().next().expect("a partition")
}

#[test]
fn the_isr_is_as_the_leader_says() {
    let (mut lab, epochs) = cluster();
    let shrink = wish(&lab, epochs, &[1, 2]);
    let shrunk = first(lab.ask(3, shrink));
    assert_eq!((shrunk.error_code, shrunk.leader_id, shrunk.leader_epoch), (0, 1, 0));
    assert_eq!((shrunk.isr, shrunk.partition_epoch), (vec![1, 2], 1));
    let expand = wish(&lab, epochs, &[1, 2, 3]);
    assert_eq!(first(lab.ask(3, expand)).isr, [1, 2, 3]);
}

#[test]
fn a_wish_that_does_not_fit_the_partition_is_refused() {
    type Change = fn(&mut PartitionData);
    let table: &[(Change, ErrorCode)] = &[
        (|wish| wish.leader_epoch = 1, ErrorCode::NotController),
        (|wish| wish.partition_epoch = 1, ErrorCode::NotController),
        (|wish| wish.leader_epoch = -1, ErrorCode::FencedLeaderEpoch),
        (|wish| wish.partition_epoch = -1, ErrorCode::InvalidUpdateVersion),
        (|wish| wish.partition_index = 9, ErrorCode::UnknownTopicOrPartition),
        (|wish| wish.new_isr_with_epochs.remove(0).broker_id = 0, ErrorCode::InvalidRequest),
        (|wish| wish.new_isr_with_epochs[1].broker_id = 1, ErrorCode::InvalidRequest),
        (|wish| wish.new_isr_with_epochs[1].broker_id = 7, ErrorCode::InvalidRequest),
        (|wish| wish.leader_recovery_state = 1, ErrorCode::InvalidRequest),
        (|wish| wish.new_isr_with_epochs[1].broker_epoch += 100, ErrorCode::IneligibleReplica),
    ];
    for (number, (change, error)) in table.iter().enumerate() {
        let (mut lab, epochs) = cluster();
        let mut wish = wish(&lab, epochs, &[1, 2]);
        change(&mut wish.topics[0].partitions[0]);
        let end = lab.controller.image().next_offset();
        assert_eq!(first(lab.ask(3, wish)).error_code, error.code(), "row {number}");
        assert_eq!(lab.controller.image().next_offset(), end);
    }
}

#[test]
fn only_the_leader_in_its_present_life_is_heard() {
    let (mut lab, epochs) = cluster();
    let of_follower = AlterPartitionRequest { broker_id: 2, broker_epoch: epochs[1], ..wish(&lab, epochs, &[1, 2]) };
    assert_eq!(first(lab.ask(3, of_follower)).error_code, ErrorCode::InvalidRequest.code());
    let of_old = AlterPartitionRequest { broker_epoch: 0, ..wish(&lab, epochs, &[1, 2]) };
    assert_eq!(lab.ask(3, of_old).error_code, ErrorCode::StaleBrokerEpoch.code());
    let unknown = TopicData { topic_id: Uuid([9; 16]), partitions: vec![PartitionData::default()], ..Default::default() };
    let of_unknown = AlterPartitionRequest { topics: vec![unknown], ..wish(&lab, epochs, &[1, 2]) };
    assert_eq!(first(lab.ask(3, of_unknown)).error_code, ErrorCode::UnknownTopicId.code());
}

#[test]
fn a_fenced_broker_is_not_in_sync() {
    let (mut lab, epochs) = cluster();
    lab.advance(Duration::from_secs(5));
    lab.heartbeat(1, epochs[0]);
    lab.heartbeat(2, epochs[1]);
    lab.advance(Duration::from_secs(5));
    let wish = wish(&lab, epochs, &[1, 2, 3]);
    assert_eq!(first(lab.ask(3, wish)).error_code, ErrorCode::IneligibleReplica.code());
}

#[test]
fn version_2_does_not_know_of_broker_epochs() {
    let (mut lab, epochs) = cluster();
    let mut wish = wish(&lab, epochs, &[1, 2]);
    let partition = &mut wish.topics[0].partitions[0];
    partition.new_isr_with_epochs.clear();
    partition.new_isr = vec![1, 2];
    assert_eq!(first(lab.ask(2, wish)).isr, [1, 2]);
}
