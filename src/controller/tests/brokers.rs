//! Brokers that come, go and stop, and what becomes of their partitions.

use super::*;
use crate::controller::image::PartitionImage;
use crate::wire::messages::create_topics_request::{CreatableReplicaAssignment, CreatableTopicConfig};
use crate::wire::messages::elect_leaders_request::TopicPartitions;
use crate::wire::messages::incremental_alter_configs_request::{AlterConfigsResource, AlterableConfig};
use crate::wire::messages::{ElectLeadersRequest, IncrementalAlterConfigsRequest, UnregisterBrokerRequest};

/// A cluster of brokers 1 to 3, and their epochs.
fn cluster() -> (Lab, [i64; 3]) {
    let mut lab = Lab::new();
    let epochs = [1, 2, 3].map(|id| lab.join(id));
    (lab, epochs)
}

/// Makes topic `t` with one partition on these brokers.
fn place(lab: &mut Lab, broker_ids: &[i32], min_isr: &str) {
    let assignment = CreatableReplicaAssignment { broker_ids: broker_ids.to_vec(), ..Default::default() };
    let config = CreatableTopicConfig { name: "min.insync.replicas".to_owned(), value: Some(min_isr.to_owned()), ..Default::default() };
    let topic = CreatableTopic {
        name: "t".to_owned(),
        num_partitions: -1,
        replication_factor: -1,
        assignments: vec![assignment],
        configs: vec![config],
        ..Default::default()
    };
    let created = lab.ask(7, CreateTopicsRequest { topics: vec![topic], timeout_ms: 1_000, ..Default::default() });
    assert_eq!(created.topics[0].error_code, 0);
}

/// Ten seconds go by, in which only these brokers are heard of.
fn only(lab: &mut Lab, alive: &[i32], epochs: [i64; 3]) {
    for _ in 0..2 {
        lab.advance(Duration::from_secs(5));
        alive.iter().for_each(|id| drop(lab.heartbeat(*id, epochs[*id as usize - 1])));
    }
}

fn partition(lab: &Lab) -> PartitionImage {
    lab.controller.image().partition(&TopicPartition::new("t", 0)).expect("known").clone()
}

fn state(lab: &Lab) -> (Option<i32>, Vec<i32>, Vec<i32>) {
    let partition = partition(lab);
    let ids = |nodes: &[NodeId]| nodes.iter().map(|id| id.0).collect();
    (partition.leader.map(|id| id.0), ids(&partition.isr), ids(&partition.eligible_leader_replicas))
}

fn set(lab: &mut Lab, name: &str, value: &str) {
    let config = AlterableConfig { name: name.to_owned(), value: Some(value.to_owned()), ..Default::default() };
    let resource = AlterConfigsResource { resource_type: 2, resource_name: "t".to_owned(), configs: vec![config], ..Default::default() };
    let altered = lab.ask(1, IncrementalAlterConfigsRequest { resources: vec![resource], ..Default::default() });
    assert_eq!(altered.responses[0].error_code, 0);
}

#[test]
fn replicas_that_leave_a_small_isr_stay_eligible_until_another_minimum_counts() {
    let (mut lab, epochs) = cluster();
    place(&mut lab, &[1, 2, 3], "2");
    only(&mut lab, &[1], epochs);
    assert_eq!(state(&lab), (Some(1), vec![1], vec![3]));
    let before = partition(&lab).partition_epoch;
    set(&mut lab, "min.insync.replicas", "1");
    assert_eq!(state(&lab), (Some(1), vec![1], vec![]));
    assert_eq!(partition(&lab).partition_epoch, before + 1);
}

#[test]
fn nobody_leads_uncleanly_until_it_is_asked_for_or_allowed() {
    let leaderless = || {
        let (mut lab, epochs) = cluster();
        place(&mut lab, &[1, 2], "1");
        only(&mut lab, &[1, 3], epochs);
        only(&mut lab, &[3], epochs);
        lab.heartbeat(2, epochs[1]);
        assert_eq!(state(&lab), (None, vec![], vec![1]));
        (lab, epochs)
    };
    let (mut lab, _) = leaderless();
    let topic = TopicPartitions { topic: "t".to_owned(), partitions: vec![0], ..Default::default() };
    let elect = ElectLeadersRequest { election_type: 1, topic_partitions: Some(vec![topic]), ..Default::default() };
    assert_eq!(lab.ask(2, elect).replica_election_results[0].partition_result[0].error_code, 0);
    assert_eq!(state(&lab), (Some(2), vec![2], vec![]));
    assert!(partition(&lab).is_recovering);
    let (mut lab, epochs) = leaderless();
    set(&mut lab, "unclean.leader.election.enable", "true");
    for _ in 0..30 {
        only(&mut lab, &[2, 3], epochs);
    }
    assert_eq!(state(&lab).0, Some(2), "the controller looks after it every five minutes");
}

#[test]
fn a_broker_that_wants_to_stop_waits_until_others_know_who_leads() {
    let (mut lab, epochs) = cluster();
    place(&mut lab, &[1, 2], "1");
    let behind = lab.controller.image().next_offset().0 - 1;
    let wish = |lab: &mut Lab| {
        let current_metadata_offset = lab.controller.image().next_offset().0 - 1;
        let wish = BrokerHeartbeatRequest {
            broker_id: 1,
            broker_epoch: epochs[0],
            current_metadata_offset,
            want_shut_down: true,
            ..Default::default()
        };
        let answer = lab.ask(1, wish);
        (answer.should_shut_down, answer.is_fenced)
    };
    assert_eq!(wish(&mut lab), (false, false));
    assert_eq!(state(&lab), (Some(2), vec![2], vec![]));
    let broker = lab.controller.image().broker(NodeId(1)).expect("registered").clone();
    assert_eq!((broker.is_alive(), broker.is_active()), (true, false));
    let late = BrokerHeartbeatRequest { broker_id: 3, broker_epoch: epochs[2], current_metadata_offset: behind, ..Default::default() };
    lab.heartbeat(2, epochs[1]);
    lab.ask(1, late);
    assert_eq!(wish(&mut lab), (false, false), "broker 3 has not read it yet");
    lab.heartbeat(3, epochs[2]);
    assert_eq!(wish(&mut lab), (true, true));
}

#[test]
fn an_unclean_shutdown_costs_eligibility_and_a_clean_one_does_not() {
    for (is_clean, expected) in [(true, (None, vec![], vec![1])), (false, (None, vec![], vec![]))] {
        let (mut lab, epochs) = cluster();
        place(&mut lab, &[1], "1");
        only(&mut lab, &[2, 3], epochs);
        assert_eq!(state(&lab), (None, vec![], vec![1]));
        let previous_broker_epoch = if is_clean { epochs[0] } else { -1 };
        let again = BrokerRegistrationRequest { previous_broker_epoch, ..registration(1, 7) };
        assert_eq!(lab.ask(4, again).error_code, 0);
        assert_eq!(state(&lab), expected);
    }
}

#[test]
fn an_unregistered_broker_leaves_the_isr_but_stays_a_replica() {
    let (mut lab, epochs) = cluster();
    place(&mut lab, &[1, 2, 3], "1");
    let unknown = lab.ask(0, UnregisterBrokerRequest { broker_id: 9, ..Default::default() });
    assert_eq!(unknown.error_code, ErrorCode::BrokerIdNotRegistered.code());
    assert_eq!(unknown.error_message.as_deref(), Some("Broker ID 9 is not currently registered"));
    assert_eq!(lab.ask(0, UnregisterBrokerRequest { broker_id: 1, ..Default::default() }).error_code, 0);
    assert_eq!(state(&lab), (Some(2), vec![2, 3], vec![]));
    assert_eq!(partition(&lab).replicas.len(), 3);
    assert_eq!(lab.heartbeat(1, epochs[0]).error_code, ErrorCode::StaleBrokerEpoch.code());
    assert!(lab.events().contains(&&EventKind::BrokerUnregistered { node: NodeId(1) }));
}

#[test]
fn a_registration_names_directories_of_its_own() {
    let (mut lab, _) = cluster();
    let table = [vec![], vec![Uuid([3; 16]), Uuid([3; 16])], vec![Uuid::ZERO]];
    for log_dirs in table {
        let answer = lab.ask(4, BrokerRegistrationRequest { log_dirs: log_dirs.clone(), ..registration(7, 1) });
        assert_eq!(answer.error_code, ErrorCode::InvalidRegistration.code(), "{log_dirs:?}");
    }
}
