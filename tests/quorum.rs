//! The metadata quorum: elections, fail-over, partitions of the network, restarts, snapshots; seen through frames, and in the voters' logs.

use partita::base::{ConnectionId, Duration, EventKind, LeaderEpoch, NodeId, Offset, ProcessId};
use partita::controller::Controller;
use partita::simulation::{Config, Output, Roles, Simulation, controller_process};
use partita::wire::messages::create_topics_request::CreatableTopic;
use partita::wire::messages::describe_quorum_request::{PartitionData, TopicData};
use partita::wire::messages::describe_quorum_response::PartitionData as QuorumInfo;
use partita::wire::messages::metadata_request::MetadataRequestTopic;
use partita::wire::messages::produce_request::{PartitionProduceData, TopicProduceData};
use partita::wire::messages::{CreateTopicsRequest, DescribeQuorumRequest, MetadataRequest, ProduceRequest};
use partita::wire::{BatchBuilder, Compression, ErrorCode, FrameReader, Request, Rope, decode_response, encode_request};
use std::collections::{BTreeMap, VecDeque};

struct Cluster {
    simulation: Simulation,
    clients: BTreeMap<NodeId, ConnectionId>,
    readers: BTreeMap<ConnectionId, FrameReader>,
    answers: BTreeMap<ConnectionId, VecDeque<bytes::Bytes>>,
    correlation: i32,
    /// Who led, by epoch.
    leaders: BTreeMap<i32, NodeId>,
}

impl Cluster {
    fn new(config: Config) -> Self {
        Self {
            simulation: Simulation::new(config).unwrap(),
            clients: BTreeMap::new(),
            readers: BTreeMap::new(),
            answers: BTreeMap::new(),
            correlation: 0,
            leaders: BTreeMap::new(),
        }
    }

    /// Three combined nodes that are ready.
    fn three() -> Self {
        Self::ready(Config::default())
    }

    /// Three brokers, and three controllers apart: 101, 102 and 103.
    fn apart() -> Self {
        Self::ready(Config { roles: Roles::Apart, ..Config::default() })
    }

    fn ready(config: Config) -> Self {
        let mut cluster = Self::new(config);
        cluster.wait(10_000);
        assert_eq!(cluster.unfenced(), cluster.simulation.config().brokers as usize);
        cluster
    }

    /// Lets time go on, and holds what must be true all the while.
    fn wait(&mut self, millis: u64) {
        let until = self.simulation.now() + Duration::from_millis(millis);
        let mut seen = self.simulation.trace().events().last().map(|event| event.id);
        let mut moment = (self.simulation.now(), 0);
        while self.simulation.next_due().is_some_and(|due| due <= until) {
            self.simulation.step();
            moment = if moment.0 == self.simulation.now() { (moment.0, moment.1 + 1) } else { (self.simulation.now(), 0) };
            assert!(moment.1 < 10_000, "time stands still at {}", moment.0);
            let new: Vec<_> = match seen {
                Some(id) => self.simulation.trace().since(id).cloned().collect(),
                None => self.simulation.trace().events().cloned().collect(),
            };
            for event in new {
                seen = Some(event.id);
                if let EventKind::ControllerElected { node, epoch } = event.kind {
                    let other = self.leaders.insert(epoch, node);
                    assert_eq!(other, None, "two leaders in epoch {epoch}");
                }
            }
        }
        self.simulation.advance(until);
        while let Some(output) = self.simulation.poll_output() {
            let Output::Bytes { connection, bytes } = output else { continue };
            let reader = self.readers.entry(connection).or_default();
            reader.push(&bytes.to_bytes());
            while let Some(frame) = reader.next_frame().unwrap() {
                self.answers.entry(connection).or_default().push_back(frame);
            }
        }
    }

    fn send<R: Request>(&mut self, to: NodeId, version: i16, mut request: R) {
        let connection = match self.clients.get(&to) {
            Some(connection) => *connection,
            None => self.simulation.connect("127.0.0.1", to).unwrap(),
        };
        self.clients.insert(to, connection);
        self.correlation += 1;
        let frame = encode_request(version, self.correlation, Some("client"), &mut request).unwrap();
        let mut bytes = (frame.len() as u32).to_be_bytes().to_vec();
        bytes.extend_from_slice(&frame.to_bytes());
        self.simulation.receive(connection, &bytes);
    }

    /// The answer of this broker, if it comes within so long.
    fn answer<R: Request>(&mut self, to: NodeId, version: i16, within_ms: u64) -> Option<R::Response> {
        for _ in 0..within_ms / 10 {
            self.wait(10);
            if let Some(frame) = self.answers.get_mut(&self.clients[&to]).and_then(VecDeque::pop_front) {
                return Some(decode_response::<R::Response>(&frame, version).unwrap().1);
            }
        }
        None
    }

    fn ask<R: Request>(&mut self, to: NodeId, version: i16, request: R) -> R::Response {
        self.send(to, version, request);
        self.answer::<R>(to, version, 60_000).expect("an answer")
    }

    fn active(&self) -> Option<NodeId> {
        self.simulation.controllers().find(|controller| controller.is_active()).map(Controller::node)
    }

    fn epoch(&self) -> LeaderEpoch {
        self.simulation.controllers().map(Controller::epoch).max().unwrap()
    }

    fn controller(&self, node: NodeId) -> &Controller {
        self.simulation.controllers().find(|controller| controller.node() == node).expect("runs")
    }

    fn others(&self, than: NodeId) -> Vec<NodeId> {
        self.simulation.controllers().map(Controller::node).filter(|node| *node != than).collect()
    }

    fn unfenced(&self) -> usize {
        self.simulation.brokers().filter(|broker| !broker.is_fenced()).count()
    }

    fn create(&mut self, via: NodeId, name: &str, replicas: &[i32]) -> ErrorCode {
        self.send_creation(via, name, replicas);
        let response = self.answer::<CreateTopicsRequest>(via, 7, 60_000).expect("an answer");
        ErrorCode::from_i16(response.topics[0].error_code).unwrap()
    }

    fn send_creation(&mut self, via: NodeId, name: &str, replicas: &[i32]) {
        let assignment = partita::wire::messages::create_topics_request::CreatableReplicaAssignment {
            partition_index: 0,
            broker_ids: replicas.to_vec(),
            ..Default::default()
        };
        let topic = CreatableTopic {
            name: name.to_owned(),
            num_partitions: -1,
            replication_factor: -1,
            assignments: vec![assignment],
            ..Default::default()
        };
        self.send(via, 7, CreateTopicsRequest { topics: vec![topic], timeout_ms: 30_000, ..Default::default() });
    }

    /// What this broker says of a topic.
    fn knows(&mut self, broker: NodeId, topic: &str) -> bool {
        let topic = MetadataRequestTopic { name: Some(topic.to_owned()), ..Default::default() };
        let request = MetadataRequest { topics: Some(vec![topic]), allow_auto_topic_creation: false, ..Default::default() };
        self.ask(broker, 12, request).topics[0].error_code == 0
    }

    fn produce(&mut self, broker: NodeId, topic: &str) -> ErrorCode {
        let mut builder = BatchBuilder::new(Compression::None);
        builder.append(0, None, Some(b"value"), &[]).unwrap();
        let mut records = Rope::new();
        builder.build().unwrap().write(&mut records);
        let partition = PartitionProduceData { index: 0, records: Some(records), ..Default::default() };
        let data = TopicProduceData { name: topic.to_owned(), partition_data: vec![partition], ..Default::default() };
        let request = ProduceRequest { acks: -1, timeout_ms: 5_000, topic_data: vec![data], ..Default::default() };
        let response = self.ask(broker, 12, request);
        ErrorCode::from_i16(response.responses[0].partition_responses[0].error_code).unwrap()
    }

    fn describe(&mut self, via: NodeId) -> QuorumInfo {
        let partition = PartitionData { partition_index: 0, ..Default::default() };
        let topic = TopicData { topic_name: "__cluster_metadata".to_owned(), partitions: vec![partition], ..Default::default() };
        let request = DescribeQuorumRequest { topics: vec![topic], ..Default::default() };
        self.ask(via, 2, request).topics.swap_remove(0).partitions.swap_remove(0)
    }

    fn kill(&mut self, node: NodeId) {
        self.clients.remove(&node);
        self.simulation.kill(node, false, None).unwrap();
    }

    fn restart(&mut self, node: NodeId) {
        self.simulation.restart(node, None).unwrap();
    }

    /// Cuts a controller from the others, both ways.
    fn isolate(&mut self, node: NodeId) {
        for other in self.others(node) {
            self.simulation.cut(machine(node), machine(other), false, None);
        }
    }

    fn heal(&mut self) {
        self.simulation.heal_all(None);
    }

    /// All voters that run agree on what is committed, as far as each knows.
    fn assert_agreement(&self) {
        assert_eq!(self.simulation.violations(), []);
        let logs: Vec<_> = self.simulation.controllers().map(Controller::log).collect();
        for (one, one_committed) in &logs {
            for (other, other_committed) in &logs {
                let from = one.start_offset().max(other.start_offset());
                let up_to = (*one_committed).min(*other_committed);
                let theirs = other.batches(from, up_to).filter(|batch| batch.header.base_offset >= from);
                let ours = one.batches(from, up_to).filter(|batch| batch.header.base_offset >= from);
                assert!(ours.eq(theirs), "committed logs differ");
            }
        }
    }
}

fn machine(node: NodeId) -> ProcessId {
    controller_process(node)
}

#[test]
fn three_controllers_elect_one_of_them() {
    let mut cluster = Cluster::three();
    assert_eq!(cluster.leaders.len(), 1, "{:?}", cluster.leaders);
    assert!(cluster.active().is_some());
    assert_eq!(cluster.create(NodeId(2), "orders", &[1]), ErrorCode::None);
    cluster.wait(2_000);
    for broker in 1..=3 {
        assert!(cluster.knows(NodeId(broker), "orders"), "broker {broker}");
    }
    assert_eq!(cluster.controller(NodeId(1)).image().controllers().count(), 3, "controllers register");
    cluster.assert_agreement();
}

#[test]
fn another_controller_takes_over_when_the_active_one_dies() {
    let mut cluster = Cluster::three();
    let first = cluster.active().unwrap();
    let [other, third] = cluster.others(first)[..] else { panic!("three") };
    assert_eq!(cluster.create(other, "before", &[other.0]), ErrorCode::None);
    let epoch = cluster.epoch();
    cluster.kill(first);
    assert_eq!(cluster.create(other, "after", &[third.0]), ErrorCode::None, "a forwarded request finds the next one");
    let second = cluster.active().unwrap();
    assert_ne!(second, first);
    assert!(cluster.epoch() > epoch);
    cluster.wait(20_000);
    assert!(cluster.knows(third, "before") && cluster.knows(third, "after"));
    assert!(cluster.controller(second).image().broker(first).unwrap().fenced, "the dead node's broker is fenced");
    cluster.restart(first);
    cluster.wait(20_000);
    assert_eq!(cluster.unfenced(), 3);
    assert_eq!(cluster.active(), Some(second));
    assert!(cluster.knows(first, "after"));
    cluster.assert_agreement();
}

#[test]
fn a_controller_that_stops_in_good_order_hands_over_at_once() {
    let mut cluster = Cluster::apart();
    let first = cluster.active().unwrap();
    cluster.simulation.stop(first, None).unwrap();
    cluster.wait(1_000);
    let second = cluster.active().expect("the others do not wait until they miss it");
    assert_ne!(second, first);
    cluster.restart(first);
    cluster.wait(10_000);
    assert_eq!(cluster.active(), Some(second));
    assert_eq!(cluster.controller(first).leader(), Some(second));
    cluster.assert_agreement();
}

#[test]
fn without_a_majority_metadata_stays_and_records_flow() {
    let mut cluster = Cluster::apart();
    assert_eq!(cluster.create(NodeId(1), "orders", &[2]), ErrorCode::None);
    cluster.wait(2_000);
    let active = cluster.active().unwrap();
    let dead = cluster.others(active)[0];
    cluster.kill(active);
    cluster.kill(dead);
    cluster.wait(10_000);
    assert_eq!(cluster.active(), None);
    assert_eq!(cluster.produce(NodeId(2), "orders"), ErrorCode::None);
    assert_eq!(cluster.create(NodeId(1), "more", &[1]), ErrorCode::RequestTimedOut);
    assert_eq!(cluster.produce(NodeId(2), "orders"), ErrorCode::None);
    assert!(cluster.knows(NodeId(3), "orders"));
    cluster.restart(dead);
    cluster.wait(20_000);
    assert!(cluster.active().is_some());
    assert_eq!(cluster.create(NodeId(1), "again", &[1]), ErrorCode::None);
    assert_eq!(cluster.unfenced(), 3);
}

#[test]
fn a_controller_that_comes_back_disturbs_nobody() {
    let mut cluster = Cluster::apart();
    let (active, epoch) = (cluster.active().unwrap(), cluster.epoch());
    let lonely = cluster.others(active)[0];
    cluster.isolate(lonely);
    cluster.wait(60_000);
    assert_eq!(cluster.controller(lonely).epoch(), epoch, "a pre-vote does not count epochs");
    assert_eq!(cluster.active(), Some(active));
    cluster.heal();
    cluster.wait(20_000);
    assert_eq!((cluster.active(), cluster.epoch()), (Some(active), epoch));
    assert_eq!(cluster.controller(lonely).leader(), Some(active));
    cluster.assert_agreement();
}

#[test]
fn a_leader_without_its_majority_resigns_and_takes_back_what_was_not_committed() {
    let mut cluster = Cluster::apart();
    let active = cluster.active().unwrap();
    cluster.isolate(active);
    cluster.wait(600);
    cluster.send_creation(NodeId(1), "lost", &[1]);
    cluster.wait(300);
    assert!(cluster.controller(active).image().topic("lost").is_some(), "it has written the topic");
    assert!(cluster.controller(active).committed_image().topic("lost").is_none());
    cluster.wait(4_000);
    assert!(!cluster.controller(active).is_active());
    assert!(cluster.controller(active).image().topic("lost").is_none());
    let answer = cluster.answer::<CreateTopicsRequest>(NodeId(1), 7, 60_000).expect("an answer");
    assert_eq!(answer.topics[0].error_code, 0, "the broker has asked the next controller");
    cluster.heal();
    cluster.wait(10_000);
    assert!(cluster.controller(active).image().topic("lost").is_some());
    cluster.assert_agreement();
}

#[test]
fn a_quorum_starts_again_from_its_disks() {
    let mut cluster = Cluster::three();
    assert_eq!(cluster.create(NodeId(1), "orders", &[1]), ErrorCode::None);
    let epoch = cluster.epoch();
    for node in 1..=3 {
        cluster.kill(NodeId(node));
    }
    cluster.wait(1_000);
    for node in 1..=3 {
        cluster.restart(NodeId(node));
    }
    cluster.wait(30_000);
    assert!(cluster.active().is_some());
    assert!(cluster.epoch() > epoch);
    assert_eq!(cluster.unfenced(), 3);
    assert!(cluster.knows(NodeId(2), "orders"));
    cluster.assert_agreement();
}

#[test]
fn the_state_of_the_quorum_can_be_asked_for() {
    let mut cluster = Cluster::apart();
    let active = cluster.active().unwrap();
    let info = cluster.describe(NodeId(1));
    assert_eq!((info.error_code, info.leader_id, info.leader_epoch), (0, active.0, cluster.epoch().0));
    let voters: Vec<_> = info.current_voters.iter().map(|voter| voter.replica_id).collect();
    assert_eq!(voters, [101, 102, 103]);
    assert!(info.current_voters.iter().all(|voter| voter.log_end_offset >= info.high_watermark - 2));
    let observers: Vec<_> = info.observers.iter().map(|observer| observer.replica_id).collect();
    assert_eq!(observers, [1, 2, 3]);
    assert!(info.high_watermark > 0);
}

#[test]
fn a_follower_that_is_behind_the_logs_start_is_given_a_snapshot() {
    let mut config = Config { roles: Roles::Apart, ..Config::default() };
    config.settings.set("metadata.log.max.record.bytes.between.snapshots", "4000").unwrap();
    config.settings.set("metadata.max.retention.bytes", "2000").unwrap();
    let mut cluster = Cluster::ready(config);
    let active = cluster.active().unwrap();
    let late = cluster.others(active)[0];
    assert_eq!(cluster.create(NodeId(1), "orders", &[1]), ErrorCode::None);
    cluster.kill(late);
    cluster.kill(NodeId(3));
    cluster.wait(120_000);
    assert!(cluster.controller(active).log().0.start_offset() > Offset(0), "the log's start has moved");
    cluster.restart(late);
    cluster.restart(NodeId(3));
    cluster.wait(20_000);
    let controller = cluster.controller(late);
    assert!(controller.log().0.start_offset() > Offset(0));
    assert!(controller.image().topic("orders").is_some());
    assert!(cluster.knows(NodeId(3), "orders"), "a broker loads a snapshot as well");
    assert_eq!(cluster.unfenced(), 3);
    cluster.assert_agreement();
}

#[test]
fn five_controllers_survive_two() {
    let mut cluster = Cluster::ready(Config { controllers: Some(5), roles: Roles::Apart, ..Config::default() });
    for _ in 0..2 {
        let active = cluster.active().unwrap();
        cluster.kill(active);
        cluster.wait(15_000);
    }
    assert!(cluster.active().is_some());
    assert_eq!(cluster.create(NodeId(1), "orders", &[1]), ErrorCode::None);
}

#[test]
fn whatever_fails_there_is_one_leader_an_epoch_and_one_committed_log() {
    let seeds = std::env::var("SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(20);
    for seed in 1..=seeds {
        // Some of them without latency, as a server has it; some with controllers of their own.
        let latency = Duration::from_micros(500 * (seed % 3));
        let (roles, brokers) = if seed % 2 == 0 { (Roles::Apart, 1) } else { (Roles::Combined, 3) };
        let controllers = if seed % 10 == 0 { 5 } else { 3 };
        let mut config = Config { seed, latency, roles, brokers, controllers: Some(controllers), ..Config::default() };
        if seed % 4 == 0 {
            config.settings.set("metadata.log.max.record.bytes.between.snapshots", "1000").unwrap();
            config.settings.set("metadata.max.retention.bytes", "1000").unwrap();
        }
        let mut cluster = Cluster::new(config);
        let voters: Vec<_> = cluster.simulation.config().voters().collect();
        let mut dice = seed;
        let mut roll = |sides: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % sides
        };
        for _ in 0..15 {
            let node = voters[roll(controllers as u64) as usize];
            let other = voters[roll(controllers as u64) as usize];
            // What cannot be done to a node that is down, or up, is left.
            match roll(7) {
                0 => drop(cluster.simulation.kill(node, roll(2) == 0, None)),
                1 => drop(cluster.simulation.restart(node, None)),
                2 => drop(cluster.simulation.pause(node, None)),
                3 => drop(cluster.simulation.resume(node, None)),
                4 => drop(cluster.simulation.stop(node, None)),
                5 if node != other => {
                    cluster.simulation.cut(machine(node), machine(other), roll(2) == 0, None);
                }
                _ => cluster.heal(),
            }
            cluster.wait(200 + roll(5_000));
            cluster.assert_agreement();
        }
        cluster.heal();
        for node in voters {
            drop(cluster.simulation.resume(node, None));
            drop(cluster.simulation.restart(node, None));
        }
        cluster.wait(30_000);
        for node in cluster.simulation.config().voters().collect::<Vec<_>>() {
            drop(cluster.simulation.restart(node, None));
        }
        cluster.wait(30_000);
        assert!(cluster.active().is_some(), "seed {seed}: nobody is active");
        assert_eq!(cluster.unfenced(), brokers as usize, "seed {seed}");
        cluster.assert_agreement();
    }
}
