//! The group coordinator, seen through frames: what the recorded transcripts of Apache Kafka cannot show, since it takes long, or is about
//! time, or about what lies in the log.

mod cluster;

use bytes::Bytes;
use cluster::{BROKER, Client, Cluster};
use partita::base::{EventKind, Offset};
use partita::coordinator::group::{GroupConfig, GroupRecord, GroupShard};
use partita::coordinator::runtime::{LogRecord, Shard as _};
use partita::wire::ErrorCode;
use partita::wire::messages::join_group_request::JoinGroupRequestProtocol;
use partita::wire::messages::offset_commit_request::{OffsetCommitRequestPartition, OffsetCommitRequestTopic};
use partita::wire::messages::sync_group_request::SyncGroupRequestAssignment;
use partita::wire::messages::{
    DeleteTopicsRequest, DescribeGroupsRequest, HeartbeatRequest, JoinGroupRequest, JoinGroupResponse, LeaveGroupRequest,
    ListGroupsRequest, OffsetCommitRequest, OffsetFetchRequest, SyncGroupRequest,
};

const NONE: i16 = ErrorCode::None as i16;

fn join(group: &str, member: &str) -> JoinGroupRequest {
    let metadata = Bytes::from_static(b"\0\0\0\0\0\x01\0\x06orders\xff\xff\xff\xff");
    JoinGroupRequest {
        group_id: group.to_owned(),
        session_timeout_ms: 45_000,
        rebalance_timeout_ms: 300_000,
        member_id: member.to_owned(),
        protocol_type: "consumer".to_owned(),
        protocols: vec![JoinGroupRequestProtocol { name: "range".to_owned(), metadata, ..Default::default() }],
        ..Default::default()
    }
}

fn heartbeat(group: &str, joined: &JoinGroupResponse) -> HeartbeatRequest {
    HeartbeatRequest {
        group_id: group.to_owned(),
        generation_id: joined.generation_id,
        member_id: joined.member_id.clone(),
        ..Default::default()
    }
}

fn sync(group: &str, joined: &JoinGroupResponse) -> SyncGroupRequest {
    let assignments = joined.members.iter().map(|member| SyncGroupRequestAssignment {
        member_id: member.member_id.clone(),
        assignment: Bytes::from(format!("for {}", member.member_id)),
        ..Default::default()
    });
    SyncGroupRequest {
        group_id: group.to_owned(),
        generation_id: joined.generation_id,
        member_id: joined.member_id.clone(),
        protocol_type: Some("consumer".to_owned()),
        protocol_name: Some("range".to_owned()),
        assignments: assignments.collect(),
        ..Default::default()
    }
}

fn commit(group: &str, joined: Option<&JoinGroupResponse>, topic: &str, offset: i64) -> OffsetCommitRequest {
    let partition = OffsetCommitRequestPartition { committed_offset: offset, ..Default::default() };
    OffsetCommitRequest {
        group_id: group.to_owned(),
        generation_id_or_member_epoch: joined.map_or(-1, |joined| joined.generation_id),
        member_id: joined.map(|joined| joined.member_id.clone()).unwrap_or_default(),
        topics: vec![OffsetCommitRequestTopic { name: topic.to_owned(), partitions: vec![partition], ..Default::default() }],
        ..Default::default()
    }
}

/// All that the group has committed.
fn committed(cluster: &mut Cluster, client: Client, group: &str) -> Vec<(String, i64)> {
    let response = cluster.ask(client, 7, OffsetFetchRequest { group_id: group.to_owned(), topics: None, ..Default::default() });
    response
        .topics
        .into_iter()
        .flat_map(|topic| topic.partitions.into_iter().map(move |partition| (topic.name.clone(), partition.committed_offset)))
        .collect()
}

fn state(cluster: &mut Cluster, client: Client, group: &str) -> String {
    let request = DescribeGroupsRequest { groups: vec![group.to_owned()], ..Default::default() };
    cluster.ask(client, 5, request).groups.swap_remove(0).group_state
}

/// A new member, in the generation that it makes; alone in a group it has its assignment too.
fn join_alone(cluster: &mut Cluster, client: Client, group: &str) -> JoinGroupResponse {
    let joined = cluster.ask(client, 3, join(group, ""));
    assert_eq!((joined.error_code, joined.members.len()), (NONE, 1));
    assert_eq!(cluster.ask(client, 5, sync(group, &joined)).error_code, NONE);
    joined
}

const NO_DELAY: &[(&str, &str)] = &[("group.initial.rebalance.delay.ms", "0")];

#[test]
fn the_first_question_for_a_coordinator_creates_the_offsets_topic() {
    let mut cluster = Cluster::starting(&[]);
    let client = cluster.client("ann");
    cluster.wait(1_000);
    assert_eq!(cluster.find_coordinator(client, "g").error_code, ErrorCode::CoordinatorNotAvailable as i16);
    cluster.wait(1_000);
    let found = cluster.find_coordinator(client, "g");
    assert_eq!((found.error_code, found.node_id), (NONE, BROKER.0));
    let topic = cluster.simulation.broker(BROKER).unwrap().image().topic("__consumer_offsets").unwrap().clone();
    assert_eq!(topic.partitions.len(), 50);
}

#[test]
fn a_new_group_waits_three_seconds_and_three_more_for_each_that_comes() {
    let mut cluster = Cluster::new(&[]);
    let (ann, bob) = (cluster.client("ann"), cluster.client("bob"));
    cluster.send(ann, 3, join("g", ""));
    cluster.wait(2_900);
    cluster.send(bob, 3, join("g", ""));
    cluster.wait(3_050);
    assert!(cluster.answer::<JoinGroupRequest>(ann, 3).is_none());
    cluster.wait(100);
    let leader = cluster.answer::<JoinGroupRequest>(ann, 3).unwrap();
    assert_eq!((leader.generation_id, leader.members.len()), (1, 2));
    assert_eq!(cluster.answer::<JoinGroupRequest>(bob, 3).unwrap().leader, leader.member_id);
}

#[test]
fn a_member_that_crashes_is_missed_after_its_session_and_the_rest_take_over() {
    let mut cluster = Cluster::new(NO_DELAY);
    let (ann, bob) = (cluster.client("ann"), cluster.client("bob"));
    let first = join_alone(&mut cluster, ann, "g");
    cluster.send(bob, 3, join("g", ""));
    cluster.wait(100);
    let first = cluster.ask(ann, 3, join("g", &first.member_id));
    let second = cluster.answer::<JoinGroupRequest>(bob, 3).unwrap();
    cluster.ask(ann, 5, sync("g", &first));
    assert_eq!(cluster.ask(bob, 5, sync("g", &second)).assignment, Bytes::from(format!("for {}", second.member_id)));

    // Bob is gone; his connection even stays open.
    for _ in 0..14 {
        cluster.wait(3_000);
        assert_eq!(cluster.ask(ann, 4, heartbeat("g", &first)).error_code, NONE);
    }
    cluster.wait(3_000);
    assert_eq!(cluster.ask(ann, 4, heartbeat("g", &first)).error_code, ErrorCode::RebalanceInProgress as i16);
    let alone = cluster.ask(ann, 3, join("g", &first.member_id));
    assert_eq!((alone.generation_id, alone.members.len()), (3, 1));
    assert_eq!(cluster.ask(bob, 4, heartbeat("g", &second)).error_code, ErrorCode::UnknownMemberId as i16);
}

#[test]
fn a_rebalance_knows_the_expired_session_as_its_cause() {
    let mut cluster = Cluster::new(NO_DELAY);
    let ann = cluster.client("ann");
    join_alone(&mut cluster, ann, "g");
    cluster.wait(46_000);
    let trace = cluster.simulation.trace();
    let is_rebalance = |kind: &EventKind| matches!(kind, EventKind::GroupState { state, .. } if &**state == "PreparingRebalance");
    let rebalance = trace.events().rev().find(|event| is_rebalance(&event.kind)).unwrap().id;
    assert!(trace.why(rebalance).iter().any(|event| matches!(event.kind, EventKind::MemberExpired { .. })));
}

#[test]
fn what_a_group_committed_is_there_for_its_next_members() {
    let mut cluster = Cluster::new(NO_DELAY);
    let ann = cluster.client("ann");
    cluster.create_topic(ann, "orders", 1);
    let member = join_alone(&mut cluster, ann, "g");
    assert_eq!(cluster.ask(ann, 8, commit("g", Some(&member), "orders", 42)).topics[0].partitions[0].error_code, NONE);
    let leave = LeaveGroupRequest { group_id: "g".to_owned(), member_id: member.member_id, ..Default::default() };
    assert_eq!(cluster.ask(ann, 2, leave).error_code, NONE);
    let bob = cluster.client("bob");
    join_alone(&mut cluster, bob, "g");
    assert_eq!(committed(&mut cluster, bob, "g"), [("orders".to_owned(), 42)]);
}

#[test]
fn a_deleted_topic_takes_its_offsets_along() {
    let mut cluster = Cluster::new(NO_DELAY);
    let ann = cluster.client("ann");
    cluster.create_topic(ann, "orders", 1);
    cluster.create_topic(ann, "bills", 1);
    cluster.ask(ann, 8, commit("g", None, "orders", 1));
    cluster.ask(ann, 8, commit("g", None, "bills", 2));
    cluster.ask(ann, 3, DeleteTopicsRequest { topic_names: vec!["orders".to_owned()], timeout_ms: 5_000, ..Default::default() });
    cluster.wait(1_000);
    assert_eq!(committed(&mut cluster, ann, "g"), [("bills".to_owned(), 2)]);
}

#[test]
fn a_group_is_forgotten_when_its_last_member_left_long_ago() {
    let retention = [("offsets.retention.minutes", "10"), ("offsets.retention.check.interval.ms", "60000")];
    let mut cluster = Cluster::new(&[NO_DELAY, &retention].concat());
    let ann = cluster.client("ann");
    cluster.create_topic(ann, "orders", 1);
    let member = join_alone(&mut cluster, ann, "g");
    cluster.ask(ann, 8, commit("g", Some(&member), "orders", 42));
    // Its session ends; then the ten minutes begin.
    cluster.wait(60_000);
    assert_eq!(state(&mut cluster, ann, "g"), "Empty");
    cluster.wait(9 * 60_000);
    assert_eq!(committed(&mut cluster, ann, "g"), [("orders".to_owned(), 42)]);
    cluster.wait(3 * 60_000);
    assert_eq!(committed(&mut cluster, ann, "g"), []);
    assert_eq!(state(&mut cluster, ann, "g"), "Dead");
    assert!(cluster.ask(ann, 4, ListGroupsRequest::default()).groups.is_empty());
}

#[test]
fn a_replay_of_the_topic_gives_what_the_coordinator_knows() {
    let mut cluster = Cluster::new(NO_DELAY);
    let ann = cluster.client("ann");
    cluster.create_topic(ann, "orders", 1);
    for (group, offset) in [("a", 1), ("b", 2), ("c", 3)] {
        let member = join_alone(&mut cluster, ann, group);
        cluster.ask(ann, 8, commit(group, Some(&member), "orders", offset));
    }
    let broker = cluster.simulation.broker(BROKER).unwrap();
    let mut replayed = 0;
    for (partition, live) in broker.groups() {
        let name = broker.image().topic("__consumer_offsets").unwrap().partition_name(partition);
        let log = broker.replicas().partition(&name).unwrap().log();
        let mut shard = GroupShard::<()>::new(&GroupConfig::default());
        for record in log.batches(Offset(0), log.end_offset()).flat_map(|batch| batch.records().unwrap()) {
            let record = record.unwrap();
            shard.replay(&GroupRecord::decode(LogRecord { key: record.key.unwrap(), value: record.value }).unwrap(), record.offset.plus(1));
        }
        shard.committed(log.end_offset());
        assert_eq!(shard.offsets(), live.offsets(), "of partition {partition}");
        for group in live.groups() {
            let again = shard.group(&group.id).unwrap();
            assert_eq!((again.state, again.generation, &again.leader), (group.state, group.generation, &group.leader));
            assert!(
                again.members.iter().zip(&group.members).all(|(again, live)| again.0 == live.0 && again.1.assignment == live.1.assignment)
            );
            replayed += 1;
        }
    }
    assert_eq!(replayed, 3);
}
