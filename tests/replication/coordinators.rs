//! A group whose coordinator's broker goes: the new leader of its partition replays, and the group goes on.

use crate::cluster::{Client, Cluster};
use bytes::Bytes;
use partita::base::NodeId;
use partita::simulation::Config;
use partita::wire::ErrorCode;
use partita::wire::messages::join_group_request::JoinGroupRequestProtocol;
use partita::wire::messages::offset_commit_request::{OffsetCommitRequestPartition, OffsetCommitRequestTopic};
use partita::wire::messages::sync_group_request::SyncGroupRequestAssignment;
use partita::wire::messages::{
    DescribeGroupsRequest, FindCoordinatorRequest, HeartbeatRequest, JoinGroupRequest, JoinGroupResponse, OffsetCommitRequest,
    OffsetFetchRequest, SyncGroupRequest,
};

const NONE: i16 = ErrorCode::None as i16;
const SESSION_TIMEOUT_MS: i32 = 45_000;

struct Group {
    cluster: Cluster,
    id: String,
    coordinator: i32,
    joined: JoinGroupResponse,
}

impl Group {
    /// A group of one member, which has committed offset 5; its coordinator is not the controller's node.
    fn stable() -> Self {
        let mut config = Config::default();
        config.settings.set("group.initial.rebalance.delay.ms", "0").unwrap();
        let mut cluster = Cluster::new(config);
        cluster.create(&[1, 2, 3], &[]);
        find(&mut cluster, 1, "any");
        cluster.wait(3_000);
        let candidates = (0..20).map(|number| format!("group-{number}"));
        let found = candidates.map(|id| (find(&mut cluster, 1, &id), id)).find(|(coordinator, _)| *coordinator > 1);
        let (coordinator, id) = found.expect("coordinators everywhere");
        let mut group = Self { cluster, id, coordinator, joined: JoinGroupResponse::default() };
        let client = group.client();
        let first = group.cluster.ask(client, 5, group.join(""));
        group.joined = group.cluster.ask(client, 5, group.join(&first.member_id));
        assert_eq!(group.joined.error_code, NONE);
        let synced = group.cluster.ask(client, 3, group.sync());
        assert_eq!(synced.error_code, NONE);
        assert_eq!(group.commit(client, 5), NONE);
        group
    }

    fn client(&mut self) -> Client {
        self.cluster.client(self.coordinator)
    }

    /// The coordinator's broker dies, and another takes over.
    fn fail_over(&mut self) {
        self.cluster.kill(self.coordinator, false);
        self.cluster.wait(12_000);
        let before = std::mem::replace(&mut self.coordinator, find(&mut self.cluster, 1, &self.id));
        assert_ne!(before, self.coordinator);
    }

    fn join(&self, member: &str) -> JoinGroupRequest {
        let metadata = Bytes::from_static(b"\0\0\0\0\0\x01\0\x01t\xff\xff\xff\xff");
        JoinGroupRequest {
            group_id: self.id.clone(),
            session_timeout_ms: SESSION_TIMEOUT_MS,
            rebalance_timeout_ms: 300_000,
            member_id: member.to_owned(),
            protocol_type: "consumer".to_owned(),
            protocols: vec![JoinGroupRequestProtocol { name: "range".to_owned(), metadata, ..Default::default() }],
            ..Default::default()
        }
    }

    fn sync(&self) -> SyncGroupRequest {
        let assignment = SyncGroupRequestAssignment {
            member_id: self.joined.member_id.clone(),
            assignment: Bytes::from_static(b"all of it"),
            ..Default::default()
        };
        SyncGroupRequest {
            group_id: self.id.clone(),
            generation_id: self.joined.generation_id,
            member_id: self.joined.member_id.clone(),
            assignments: vec![assignment],
            ..Default::default()
        }
    }

    fn commit(&mut self, client: Client, offset: i64) -> i16 {
        let partition =
            OffsetCommitRequestPartition { committed_offset: offset, committed_metadata: Some(String::new()), ..Default::default() };
        let request = OffsetCommitRequest {
            group_id: self.id.clone(),
            generation_id_or_member_epoch: self.joined.generation_id,
            member_id: self.joined.member_id.clone(),
            topics: vec![OffsetCommitRequestTopic { name: "t".to_owned(), partitions: vec![partition], ..Default::default() }],
            ..Default::default()
        };
        self.cluster.ask(client, 8, request).topics[0].partitions[0].error_code
    }

    fn committed(&mut self, client: Client) -> i64 {
        let request = OffsetFetchRequest { group_id: self.id.clone(), topics: None, ..Default::default() };
        let answer = self.cluster.ask(client, 7, request);
        assert_eq!(answer.error_code, NONE);
        answer.topics[0].partitions[0].committed_offset
    }

    fn heartbeat(&mut self, client: Client) -> i16 {
        let request = HeartbeatRequest {
            group_id: self.id.clone(),
            generation_id: self.joined.generation_id,
            member_id: self.joined.member_id.clone(),
            ..Default::default()
        };
        self.cluster.ask(client, 4, request).error_code
    }

    fn state(&mut self, client: Client) -> String {
        let request = DescribeGroupsRequest { groups: vec![self.id.clone()], ..Default::default() };
        self.cluster.ask(client, 5, request).groups[0].group_state.clone()
    }
}

/// The group's coordinator, as a broker says.
fn find(cluster: &mut Cluster, broker: i32, group: &str) -> i32 {
    let client = cluster.client(broker);
    for _ in 0..100 {
        let request = FindCoordinatorRequest { coordinator_keys: vec![group.to_owned()], ..Default::default() };
        let found = cluster.ask(client, 4, request).coordinators.swap_remove(0);
        if found.error_code == NONE {
            return found.node_id;
        }
        cluster.wait(100);
    }
    panic!("no coordinator within 10 s");
}

#[test]
fn members_and_offsets_outlive_their_coordinator() {
    let mut group = Group::stable();
    group.fail_over();
    let client = group.client();
    assert_eq!((group.state(client), group.heartbeat(client)), ("Stable".to_owned(), NONE), "in the same generation");
    assert_eq!(group.committed(client), 5);
    assert_eq!((group.commit(client, 6), group.committed(client)), (NONE, 6));
}

#[test]
fn sessions_begin_anew_with_a_new_coordinator() {
    let mut group = Group::stable();
    group.cluster.wait(40_000);
    group.fail_over();
    let client = group.client();
    group.cluster.wait(30_000);
    assert_eq!(group.state(client), "Stable", "the member is given time to find it");
    group.cluster.wait(20_000);
    assert_eq!(group.state(client), "Empty");
}

#[test]
fn whoever_waits_is_sent_away_when_the_coordinator_goes() {
    let mut group = Group::stable();
    let waiting = group.client();
    let first = group.cluster.ask(waiting, 5, group.join(""));
    group.cluster.send(waiting, 5, group.join(&first.member_id));
    group.cluster.wait(100);
    group.cluster.simulation.stop(NodeId(group.coordinator), None).unwrap();
    let answers = (0..1_000).find_map(|_| group.cluster.answer::<JoinGroupRequest>(waiting, 5));
    assert_eq!(answers.expect("an answer").error_code, ErrorCode::NotCoordinator as i16);
}

#[test]
fn a_commit_that_is_not_replicated_is_not_read() {
    let mut group = Group::stable();
    let others: Vec<i32> = [1, 2, 3].into_iter().filter(|id| *id != group.coordinator).collect();
    others.iter().for_each(|other| group.cluster.cut(group.coordinator, *other));
    let client = group.client();
    assert_eq!(group.commit(client, 6), ErrorCode::CoordinatorNotAvailable as i16, "after offsets.commit.timeout.ms");
    assert_eq!(group.committed(client), 5);
}
