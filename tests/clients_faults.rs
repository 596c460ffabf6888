//! Simulated clients where things fail: what they retry, what comes twice or out of order, and how idempotence mends it.

use bytes::Bytes;
use partita::base::{Context, Duration, EventKind, NodeId, Offset, ProcessId, SortedMap, TopicPartition};
use partita::client::admin::{AdminConfig, Operation, Outcome};
use partita::client::consumer::{ConsumerConfig, MemberState, OffsetReset};
use partita::client::producer::{Fate, ProducerConfig, ProducerRecord};
use partita::client::{Admin, Consumer, Producer};
use partita::simulation::{Actor, ApiEffect, Config, Roles, Simulation};
use partita::wire::{ApiKey, ErrorCode};
use std::sync::Arc;

const BROKERS: [NodeId; 3] = [NodeId(1), NodeId(2), NodeId(3)];

struct Cluster(Simulation);

impl Cluster {
    /// Three brokers and a topic `orders` of one partition with one replica.
    fn new() -> Self {
        // The brokers die here, not the controller.
        let mut config = Config { roles: Roles::Apart, controllers: Some(1), ..Config::default() };
        config.settings.set("group.initial.rebalance.delay.ms", "0").expect("a setting");
        config.settings.set("offsets.topic.num.partitions", "1").expect("a setting");
        let mut cluster = Self(Simulation::new(config).expect("a cluster"));
        let admin = Admin::new(cluster.0.next_client(), "admin", BROKERS.to_vec(), AdminConfig::default()).expect("an admin");
        let admin = cluster.0.add_client(Actor::Admin(Box::new(admin)));
        cluster.pass(2_000);
        let create = Operation::CreateTopic { name: "orders".into(), partitions: 1, replication_factor: 1, configs: SortedMap::new() };
        let number = cluster.0.act(admin, |actor, cx| if let Actor::Admin(admin) = actor { admin.submit(cx, create) } else { 0 });
        cluster.pass(1_000);
        let Some(Actor::Admin(admin)) = cluster.0.actor(admin) else { panic!("an admin") };
        assert_eq!(admin.outcome(number.expect("a number")), Some(&Outcome::Done));
        cluster
    }

    fn pass(&mut self, ms: u64) {
        let until = self.0.now() + Duration::from_millis(ms);
        self.0.advance(until);
    }

    fn leader_of(&self, topic: &str) -> NodeId {
        let elected = self.0.trace().events().rev().find_map(|event| match &event.kind {
            EventKind::LeaderElected { partition, leader, .. } if &*partition.topic == topic && leader.0 > 0 => Some(*leader),
            _ => None,
        });
        elected.expect("a leader")
    }

    fn producer(&mut self, settings: &[(&str, &str)]) -> ProcessId {
        let mut config = ProducerConfig::default();
        settings.iter().for_each(|(name, value)| config.set(name, value).expect(name));
        let producer = Producer::new(self.0.next_client(), "p", BROKERS.to_vec(), config).expect("a producer");
        let id = self.0.add_client(Actor::Producer(Box::new(producer)));
        self.with_producer(id, |producer, cx| producer.start(cx));
        id
    }

    fn with_producer<T>(&mut self, id: ProcessId, what: impl FnOnce(&mut Producer, &mut Context<'_>) -> T) -> T {
        let done = self.0.act(id, |actor, cx| if let Actor::Producer(producer) = actor { Some(what(producer, cx)) } else { None });
        done.flatten().expect("a producer")
    }

    fn send(&mut self, id: ProcessId, value: &str) -> u64 {
        let value = Some(Bytes::copy_from_slice(value.as_bytes()));
        self.with_producer(id, |producer, cx| producer.send(cx, ProducerRecord { topic: "orders".into(), value, ..Default::default() }))
    }

    fn fate(&self, id: ProcessId, number: u64) -> Fate {
        let Some(Actor::Producer(producer)) = self.0.actor(id) else { panic!("a producer") };
        producer.fate(number).expect("a fate").clone()
    }

    fn consumer(&mut self, settings: &[(&str, &str)]) -> ProcessId {
        let mut config =
            ConsumerConfig { group_id: Some("billing".into()), auto_offset_reset: OffsetReset::Earliest, ..Default::default() };
        settings.iter().for_each(|(name, value)| config.set(name, value).expect(name));
        let consumer = Consumer::new(self.0.next_client(), "c", BROKERS.to_vec(), config).expect("a consumer");
        let id = self.0.add_client(Actor::Consumer(Box::new(consumer)));
        self.0.act(id, |actor, cx| {
            if let Actor::Consumer(consumer) = actor {
                consumer.start(cx);
                consumer.subscribe(cx, [Arc::from("orders")]).expect("a group");
            }
        });
        id
    }

    fn see(&self, id: ProcessId) -> &Consumer {
        match self.0.actor(id) {
            Some(Actor::Consumer(consumer)) => consumer,
            _ => panic!("a consumer"),
        }
    }

    /// What a new consumer reads from the start of the log.
    fn log(&mut self) -> Vec<String> {
        let reader = self.consumer(&[("group.id", "reader"), ("client.id", "reader")]);
        self.pass(6_000);
        self.taken(reader)
    }

    fn taken(&self, id: ProcessId) -> Vec<String> {
        let values = self.see(id).application().recent().map(|(_, record)| record.value.clone().unwrap_or_default());
        values.map(|value| String::from_utf8_lossy(&value).into_owned()).collect()
    }

    fn count(&self, what: impl Fn(&EventKind) -> bool) -> usize {
        self.0.trace().events().filter(|event| what(&event.kind)).count()
    }

    fn fault(&mut self, api: ApiKey, count: u32, effect: ApiEffect) {
        let leader = self.leader_of("orders");
        self.0.fault_api(leader, api, count, effect, None).expect("a node");
    }
}

const PLAIN: (&str, &str) = ("enable.idempotence", "false");

#[test]
fn an_acknowledgement_that_is_lost_makes_a_duplicate() {
    let mut cluster = Cluster::new();
    let producer = cluster.producer(&[PLAIN, ("request.timeout.ms", "1000")]);
    cluster.pass(500);
    cluster.fault(ApiKey::Produce, 1, ApiEffect::Lost);
    let number = cluster.send(producer, "a");
    cluster.pass(900);
    assert!(matches!(cluster.fate(producer, number), Fate::InFlight(_)), "nobody told that it is lost");
    cluster.pass(2_000);
    assert!(matches!(cluster.fate(producer, number), Fate::Acknowledged(_, Offset(1))));
    assert_eq!(cluster.log(), ["a", "a"]);
    let silent = |kind: &EventKind| matches!(kind, EventKind::Silence { awaited, .. } if &**awaited == "Produce response");
    assert_eq!(cluster.count(silent), 1);
}

#[test]
fn idempotence_prevents_the_duplicate() {
    let mut cluster = Cluster::new();
    let producer = cluster.producer(&[("request.timeout.ms", "1000")]);
    cluster.pass(500);
    cluster.fault(ApiKey::Produce, 1, ApiEffect::Lost);
    let number = cluster.send(producer, "a");
    cluster.pass(3_000);
    assert!(matches!(cluster.fate(producer, number), Fate::Acknowledged(_, Offset(0))));
    assert_eq!(cluster.log(), ["a"]);
    assert_eq!(cluster.count(|kind| matches!(kind, EventKind::Duplicate { .. })), 1);
}

#[test]
fn several_requests_in_flight_get_out_of_order_unless_they_are_numbered() {
    let order = |settings: &[(&str, &str)]| {
        let mut cluster = Cluster::new();
        let producer = cluster.producer(&[settings, &[("linger.ms", "0"), ("batch.size", "1")]].concat());
        cluster.send(producer, "0");
        cluster.pass(500);
        cluster.fault(ApiKey::Produce, 1, ApiEffect::Error(ErrorCode::NotEnoughReplicasAfterAppend));
        for value in ["a", "b", "c"] {
            cluster.send(producer, value);
        }
        cluster.pass(3_000);
        cluster.log()
    };
    assert_eq!(order(&[PLAIN]), ["0", "a", "b", "c", "a"]);
    assert_eq!(order(&[PLAIN, ("max.in.flight.requests.per.connection", "1")]), ["0", "a", "a", "b", "c"]);
    assert_eq!(order(&[]), ["0", "a", "b", "c"]);
}

#[test]
fn a_batch_in_flight_is_given_up_after_its_delivery_timeout() {
    let mut cluster = Cluster::new();
    let producer = cluster.producer(&[PLAIN, ("request.timeout.ms", "3000"), ("delivery.timeout.ms", "5000"), ("linger.ms", "0")]);
    cluster.pass(500);
    cluster.fault(ApiKey::Produce, 9, ApiEffect::Delay(Duration::from_secs(600)));
    let number = cluster.send(producer, "a");
    cluster.pass(4_900);
    assert!(matches!(cluster.fate(producer, number), Fate::InFlight(_)), "the second attempt is under way");
    cluster.pass(200);
    let Fate::Failed { error, message, .. } = cluster.fate(producer, number) else { panic!("it is not given up") };
    assert_eq!(&*error, "REQUEST_TIMED_OUT");
    assert!(message.starts_with("Expiring 1 record(s) for orders-0:500"), "{message}");
    cluster.0.heal_all(None);
    cluster.pass(10_000);
    let next = cluster.send(producer, "b");
    cluster.pass(2_000);
    assert!(matches!(cluster.fate(producer, next), Fate::Acknowledged(..)));
}

#[test]
fn an_idempotent_producer_that_gave_up_a_batch_goes_on_under_the_next_epoch() {
    let mut cluster = Cluster::new();
    let producer = cluster.producer(&[("request.timeout.ms", "2000"), ("delivery.timeout.ms", "3000"), ("linger.ms", "0")]);
    cluster.pass(500);
    cluster.send(producer, "a");
    cluster.pass(500);
    let leader = cluster.leader_of("orders");
    cluster.0.pause(leader, None).expect("a node");
    let lost = cluster.send(producer, "b");
    cluster.pass(4_000);
    assert!(matches!(cluster.fate(producer, lost), Fate::Failed { .. }));
    cluster.0.resume(leader, None).expect("a node");
    cluster.pass(15_000);
    let next = cluster.send(producer, "c");
    cluster.pass(3_000);
    assert!(matches!(cluster.fate(producer, next), Fate::Acknowledged(..)), "{:?}", cluster.fate(producer, next));
    let log = cluster.log();
    assert!(log == ["a", "b", "c"] || log == ["a", "c"], "each once, in order: {log:?}");
}

#[test]
fn a_connection_that_nobody_answers_is_given_up_and_tried_again() {
    let mut cluster = Cluster::new();
    let client = cluster.0.next_client();
    for node in BROKERS {
        cluster.0.cut(ProcessId::broker(node), client, false, None);
    }
    let producer = cluster.producer(&[]);
    let number = cluster.send(producer, "a");
    cluster.pass(7_500);
    let timed_out = |kind: &EventKind| matches!(kind, EventKind::ConnectionClosed { error: Some(error), .. } if error.contains("setup"));
    assert_eq!(cluster.count(timed_out), 0);
    cluster.pass(5_000);
    assert!(cluster.count(timed_out) > 0);
    for node in BROKERS {
        cluster.0.heal(ProcessId::broker(node), client, None);
    }
    cluster.pass(30_000);
    assert!(matches!(cluster.fate(producer, number), Fate::Acknowledged(..)));
}

#[test]
fn a_record_waits_for_its_leader_to_come_back() {
    let mut cluster = Cluster::new();
    let producer = cluster.producer(&[]);
    cluster.pass(500);
    let first = cluster.send(producer, "a");
    cluster.pass(500);
    let leader = cluster.leader_of("orders");
    cluster.0.kill(leader, false, None).expect("a node");
    let second = cluster.send(producer, "b");
    cluster.pass(5_000);
    assert!(matches!(cluster.fate(producer, first), Fate::Acknowledged(..)));
    assert!(matches!(cluster.fate(producer, second), Fate::Batched(_) | Fate::InFlight(_)));
    cluster.0.restart(leader, None).expect("a node");
    cluster.pass(30_000);
    assert!(matches!(cluster.fate(producer, second), Fate::Acknowledged(..)));
    assert_eq!(cluster.log(), ["a", "b"], "what a dead process had written stays");
}

#[test]
fn a_consumer_finds_that_what_it_read_was_truncated() {
    let mut cluster = Cluster::new();
    let (producer, consumer) = (cluster.producer(&[]), cluster.consumer(&[]));
    cluster.pass(4_000);
    cluster.send(producer, "flushed");
    cluster.pass(60_000);
    cluster.send(producer, "not flushed");
    cluster.pass(1_000);
    assert_eq!(cluster.taken(consumer), ["flushed", "not flushed"]);
    let leader = cluster.leader_of("orders");
    cluster.0.kill(leader, true, None).expect("a node");
    cluster.pass(1_000);
    cluster.0.restart(leader, None).expect("a node");
    cluster.pass(60_000);
    let partition = TopicPartition::new("orders", 0);
    let truncated = |kind: &EventKind| matches!(kind, EventKind::Sought { partition: p, position: Offset(1), reason, .. } if *p == partition && &**reason == "truncation detected");
    assert_eq!(cluster.count(truncated), 1);
    cluster.send(producer, "another");
    cluster.pass(3_000);
    assert_eq!(cluster.taken(consumer), ["flushed", "not flushed", "another"]);
}

#[test]
fn a_group_goes_on_when_its_coordinator_is_back() {
    let mut cluster = Cluster::new();
    let (producer, consumer) = (cluster.producer(&[]), cluster.consumer(&[]));
    cluster.pass(8_000);
    assert_eq!(cluster.see(consumer).member_state(), Some(MemberState::Stable));
    let coordinator = cluster.leader_of("__consumer_offsets");
    cluster.0.kill(coordinator, false, None).expect("a node");
    cluster.pass(3_000);
    cluster.0.restart(coordinator, None).expect("a node");
    cluster.pass(40_000);
    assert_eq!(cluster.see(consumer).member_state(), Some(MemberState::Stable));
    cluster.send(producer, "a");
    cluster.pass(5_000);
    assert_eq!(cluster.taken(consumer), ["a"]);
}

#[test]
fn a_paused_coordinator_is_looked_for_anew_and_found_when_it_goes_on() {
    let mut cluster = Cluster::new();
    let consumer = cluster.consumer(&[("request.timeout.ms", "5000")]);
    cluster.pass(8_000);
    let coordinator = cluster.leader_of("__consumer_offsets");
    cluster.0.pause(coordinator, None).expect("a node");
    cluster.pass(20_000);
    let silent = |kind: &EventKind| matches!(kind, EventKind::Silence { awaited, .. } if &**awaited == "Heartbeat response");
    assert!(cluster.count(silent) > 0);
    cluster.0.resume(coordinator, None).expect("a node");
    cluster.pass(40_000);
    assert_eq!(cluster.see(consumer).member_state(), Some(MemberState::Stable));
}
