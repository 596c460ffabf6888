//! The simulated clients end to end: through frames, brokers, coordinators and back, in virtual time.

use bytes::Bytes;
use partita::base::{ConnectionId, Context, Duration, Event, EventKind, Instant, NodeId, Offset, ProcessId, SortedMap, TopicPartition};
use partita::client::admin::{AdminConfig, Operation, Outcome};
use partita::client::assignor::Assignor;
use partita::client::consumer::{ConsumerConfig, MemberState, OffsetReset, Strategy};
use partita::client::partitioner::KeyPartition;
use partita::client::producer::{Acks, CompressionType, Fate, Life, ProducerConfig, ProducerRecord};
use partita::client::{Admin, Consumer, Producer};
use partita::network::{Action, Process as _};
use partita::simulation::{Actor, Config, Simulation};
use partita::wire::Compression;
use std::collections::BTreeSet;
use std::sync::Arc;

struct Cluster {
    sim: Simulation,
    admin: ProcessId,
}

const BOOTSTRAP: [NodeId; 3] = [NodeId(1), NodeId(2), NodeId(3)];

impl Cluster {
    fn new() -> Self {
        let mut config = Config::default();
        config.settings.set("group.initial.rebalance.delay.ms", "0").expect("a setting");
        let mut sim = Simulation::new(config).expect("a cluster");
        let admin = Admin::new(sim.next_client(), "admin", BOOTSTRAP.to_vec(), AdminConfig::default()).expect("an admin");
        let admin = sim.add_client(Actor::Admin(Box::new(admin)));
        let mut cluster = Self { sim, admin };
        cluster.pass(2_000);
        cluster
    }

    fn with_topic(partitions: i32) -> Self {
        let mut cluster = Self::new();
        cluster.create("orders", partitions);
        cluster
    }

    fn create(&mut self, name: &str, partitions: i32) {
        let operation = Operation::CreateTopic { name: name.into(), partitions, replication_factor: 1, configs: SortedMap::new() };
        assert_eq!(self.administer(operation), Outcome::Done);
    }

    fn administer(&mut self, operation: Operation) -> Outcome {
        let admin = self.admin;
        let number = self.sim.act(admin, |actor, cx| match actor {
            Actor::Admin(admin) => admin.submit(cx, operation),
            _ => 0,
        });
        self.pass(1_000);
        match self.sim.actor(admin) {
            Some(Actor::Admin(admin)) => admin.outcome(number.unwrap_or_default()).cloned().expect("an outcome"),
            _ => Outcome::Pending,
        }
    }

    fn pass(&mut self, ms: u64) {
        let until = self.sim.now() + Duration::from_millis(ms);
        self.sim.advance(until);
    }

    fn producer(&mut self, name: &str, config: ProducerConfig) -> ProcessId {
        let producer = Producer::new(self.sim.next_client(), name, BOOTSTRAP.to_vec(), config).expect("a producer");
        let id = self.sim.add_client(Actor::Producer(Box::new(producer)));
        self.produce(id, |producer, cx| producer.start(cx));
        id
    }

    fn produce<T>(&mut self, id: ProcessId, what: impl FnOnce(&mut Producer, &mut Context<'_>) -> T) -> T {
        let result = self.sim.act(id, |actor, cx| if let Actor::Producer(producer) = actor { Some(what(producer, cx)) } else { None });
        result.flatten().expect("a producer")
    }

    fn send(&mut self, id: ProcessId, key: Option<&str>, value: &str) -> u64 {
        let record = ProducerRecord {
            topic: "orders".into(),
            key: key.map(|key| Bytes::copy_from_slice(key.as_bytes())),
            value: Some(Bytes::copy_from_slice(value.as_bytes())),
            ..Default::default()
        };
        self.produce(id, |producer, cx| producer.send(cx, record))
    }

    fn send_many(&mut self, id: ProcessId, count: u32, value: &str) {
        for _ in 0..count {
            self.send(id, None, value);
        }
    }

    fn consumer(&mut self, name: &str, config: ConsumerConfig) -> ProcessId {
        let consumer = Consumer::new(self.sim.next_client(), name, BOOTSTRAP.to_vec(), config).expect("a consumer");
        let id = self.sim.add_client(Actor::Consumer(Box::new(consumer)));
        self.consume(id, |consumer, cx| {
            consumer.start(cx);
            consumer.subscribe(cx, [Arc::from("orders")]).expect("a group");
        });
        id
    }

    fn consume<T>(&mut self, id: ProcessId, what: impl FnOnce(&mut Consumer, &mut Context<'_>) -> T) -> T {
        let result = self.sim.act(id, |actor, cx| if let Actor::Consumer(consumer) = actor { Some(what(consumer, cx)) } else { None });
        result.flatten().expect("a consumer")
    }

    fn see(&self, id: ProcessId) -> &Consumer {
        match self.sim.actor(id) {
            Some(Actor::Consumer(consumer)) => consumer,
            _ => panic!("a consumer"),
        }
    }

    fn see_producer(&self, id: ProcessId) -> &Producer {
        match self.sim.actor(id) {
            Some(Actor::Producer(producer)) => producer,
            _ => panic!("a producer"),
        }
    }

    fn owned(&self, id: ProcessId) -> Vec<i32> {
        self.see(id).progress().map(|(partition, _)| partition.partition.0).collect()
    }

    fn events(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.sim.trace().events()
    }

    fn count(&self, what: impl Fn(&EventKind) -> bool) -> usize {
        self.events().filter(|event| what(&event.kind)).count()
    }
}

fn group(assignor: Option<Assignor>) -> ConsumerConfig {
    let mut config = ConsumerConfig { group_id: Some("billing".into()), auto_offset_reset: OffsetReset::Earliest, ..Default::default() };
    if let Some(assignor) = assignor {
        config.strategy = Strategy(vec![assignor]);
    }
    config
}

#[test]
fn what_a_producer_sends_a_consumer_gets() {
    let mut cluster = Cluster::with_topic(3);
    let (producer, consumer) = (cluster.producer("p", ProducerConfig::default()), cluster.consumer("c", group(None)));
    cluster.pass(5_000);
    assert_eq!((cluster.owned(consumer), cluster.see(consumer).member_state()), (vec![0, 1, 2], Some(MemberState::Stable)));
    let number = cluster.send(producer, Some("foobar"), "1");
    cluster.pass(1_000);
    assert_eq!(cluster.see_producer(producer).fate(number), Some(&Fate::Acknowledged(TopicPartition::new("orders", 0), Offset(0))));
    let (partition, record) = cluster.see(consumer).application().recent().last().cloned().expect("a record");
    assert_eq!((partition.partition.0, record.offset, record.value), (0, Offset(0), Some(Bytes::from_static(b"1"))));
}

#[test]
fn keys_go_where_their_sum_says() {
    let mut cluster = Cluster::with_topic(7);
    let producer = cluster.producer("p", ProducerConfig::default());
    let numbers: Vec<_> = (0..1_000).map(|index| (index, cluster.send(producer, Some(&format!("key-{index}")), "v"))).collect();
    cluster.pass(10_000);
    for (index, number) in numbers {
        let expected = KeyPartition::of(format!("key-{index}").as_bytes(), 7).expect("seven partitions").partition;
        let Some(Fate::Acknowledged(partition, _)) = cluster.see_producer(producer).fate(number) else {
            panic!("{number} was not written")
        };
        assert_eq!(partition.partition, expected);
    }
}

#[test]
fn records_without_a_key_stay_together_in_batches() {
    let mut cluster = Cluster::with_topic(3);
    let producer = cluster.producer("p", ProducerConfig::default());
    cluster.pass(1_000);
    cluster.send_many(producer, 20, "v");
    cluster.pass(1_000);
    let appended = |kind: &EventKind| matches!(kind, EventKind::Appended { partition, records: 20, .. } if &*partition.topic == "orders");
    assert_eq!(cluster.count(appended), 1);
}

#[test]
fn an_eager_group_gives_all_back_and_shares_it_anew() {
    let mut cluster = Cluster::with_topic(4);
    let first = cluster.consumer("c1", group(Some(Assignor::Range)));
    cluster.pass(5_000);
    let second = cluster.consumer("c2", group(Some(Assignor::Range)));
    cluster.pass(10_000);
    assert_eq!((cluster.owned(first), cluster.owned(second)), (vec![0, 1], vec![2, 3]));
    let revoked = |kind: &EventKind| matches!(kind, EventKind::Revoked { partitions, lost: false, .. } if partitions.len() == 4);
    assert_eq!(cluster.count(revoked), 1);
    assert_eq!(cluster.see(first).generation(), cluster.see(second).generation());
}

#[test]
fn a_cooperative_group_moves_only_what_must_move_in_two_rounds() {
    let mut cluster = Cluster::with_topic(4);
    let first = cluster.consumer("c1", group(Some(Assignor::CooperativeSticky)));
    cluster.pass(5_000);
    let before = cluster.see(first).generation().expect("a generation").0;
    let second = cluster.consumer("c2", group(Some(Assignor::CooperativeSticky)));
    cluster.pass(15_000);
    let (one, two): (BTreeSet<_>, BTreeSet<_>) = (cluster.owned(first).into_iter().collect(), cluster.owned(second).into_iter().collect());
    assert_eq!((one.len(), two.len(), one.intersection(&two).count()), (2, 2, 0));
    let revoked = |kind: &EventKind| matches!(kind, EventKind::Revoked { partitions, .. } if partitions.len() == 2);
    assert_eq!(cluster.count(revoked), 1, "only two partitions change hands");
    assert_eq!(cluster.see(first).generation().map(|generation| generation.0), Some(before + 2), "in two rounds");
}

#[test]
fn a_crashed_members_partitions_go_to_the_others_when_its_session_times_out() {
    let mut cluster = Cluster::with_topic(2);
    let (first, second) = (cluster.consumer("c1", group(None)), cluster.consumer("c2", group(None)));
    cluster.pass(15_000);
    assert_eq!(cluster.owned(first).len() + cluster.owned(second).len(), 2);
    cluster.consume(second, |consumer, cx| consumer.crash(cx));
    cluster.pass(30_000);
    assert_eq!(cluster.owned(first).len(), 1, "its session has not timed out yet");
    cluster.pass(25_000);
    assert_eq!(cluster.owned(first), [0, 1]);
    assert_eq!(cluster.see(second).life(), Life::Crashed);
}

#[test]
fn a_closed_member_leaves_at_once() {
    let mut cluster = Cluster::with_topic(2);
    let (first, second) = (cluster.consumer("c1", group(None)), cluster.consumer("c2", group(None)));
    cluster.pass(15_000);
    cluster.consume(second, |consumer, cx| consumer.close(cx));
    cluster.pass(5_000);
    assert_eq!((cluster.see(second).life(), cluster.owned(first)), (Life::Closed, vec![0, 1]));
}

#[test]
fn a_new_member_goes_on_where_the_last_one_committed() {
    let mut cluster = Cluster::with_topic(1);
    let producer = cluster.producer("p", ProducerConfig::default());
    cluster.send_many(producer, 5, "old");
    let first = cluster.consumer("c1", group(None));
    cluster.pass(10_000);
    assert_eq!(cluster.see(first).application().total(), 5);
    cluster.consume(first, |consumer, cx| consumer.close(cx));
    cluster.pass(2_000);
    cluster.send_many(producer, 3, "new");
    let second = cluster.consumer("c2", group(None));
    cluster.pass(10_000);
    assert_eq!(cluster.see(second).application().total(), 3);
    let progress = cluster.see(second).progress_of(&TopicPartition::new("orders", 0)).expect("its own");
    assert_eq!((progress.position, progress.committed, progress.lag()), (Offset(8), Some(Offset(8)), Some(0)));
}

#[test]
fn an_application_that_is_slow_lags_and_commits_behind() {
    let mut cluster = Cluster::with_topic(1);
    let config = ConsumerConfig { max_poll_records: 1, ..group(None) };
    let (producer, consumer) = (cluster.producer("p", ProducerConfig::default()), cluster.consumer("c", config));
    cluster.consume(consumer, |consumer, cx| consumer.set_pace(cx, Duration::from_secs(1)));
    cluster.pass(5_000);
    cluster.send_many(producer, 60, "v");
    cluster.pass(10_500);
    let progress = cluster.see(consumer).progress_of(&TopicPartition::new("orders", 0)).expect("its own");
    assert_eq!((progress.position, progress.lag()), (Offset(11), Some(49)));
    assert!(progress.committed.is_some_and(|committed| committed < progress.position));
    cluster.pass(60_000);
    assert_eq!(cluster.see(consumer).application().total(), 60);
}

#[test]
fn an_application_that_stays_away_too_long_is_out_of_its_group() {
    let mut cluster = Cluster::with_topic(1);
    let config = ConsumerConfig { max_poll_interval_ms: 20_000, ..group(None) };
    let (producer, consumer) = (cluster.producer("p", ProducerConfig::default()), cluster.consumer("c", config));
    cluster.consume(consumer, |consumer, cx| consumer.set_pace(cx, Duration::from_secs(30)));
    cluster.pass(5_000);
    cluster.send(producer, None, "v");
    cluster.pass(25_000);
    assert_eq!(cluster.see(consumer).member_state(), Some(MemberState::Unjoined));
    cluster.pass(15_000);
    assert_eq!((cluster.see(consumer).member_state(), cluster.owned(consumer)), (Some(MemberState::Stable), vec![0]), "it joins again");
    let lost = |kind: &EventKind| matches!(kind, EventKind::Revoked { lost: true, .. });
    assert_eq!(cluster.count(lost), 1);
}

#[test]
fn a_static_member_comes_back_without_a_rebalance() {
    let mut cluster = Cluster::with_topic(2);
    let member = |name: &str| ConsumerConfig { group_instance_id: Some(name.into()), ..group(None) };
    let (first, second) = (cluster.consumer("c1", member("one")), cluster.consumer("c2", member("two")));
    cluster.pass(15_000);
    let (generation, owned) = (cluster.see(first).generation(), cluster.owned(second));
    cluster.consume(second, |consumer, cx| consumer.close(cx));
    cluster.pass(10_000);
    let back = cluster.consumer("c2", member("two"));
    cluster.pass(10_000);
    assert_eq!((cluster.see(first).generation(), cluster.owned(back)), (generation, owned));
}

#[test]
fn more_partitions_are_found_and_shared() {
    let mut cluster = Cluster::with_topic(2);
    let config = ConsumerConfig { metadata_max_age_ms: 10_000, ..group(None) };
    let consumer = cluster.consumer("c", config);
    cluster.pass(5_000);
    assert_eq!(cluster.administer(Operation::CreatePartitions { topic: "orders".into(), total: 5 }), Outcome::Done);
    cluster.pass(20_000);
    assert_eq!(cluster.owned(consumer), [0, 1, 2, 3, 4]);
}

#[test]
fn reading_can_pause_seek_and_resume() {
    let mut cluster = Cluster::with_topic(1);
    let partition = TopicPartition::new("orders", 0);
    let (producer, consumer) = (cluster.producer("p", ProducerConfig::default()), cluster.consumer("c", group(None)));
    cluster.pass(5_000);
    cluster.consume(consumer, |consumer, cx| consumer.pause(cx, &partition)).expect("its own");
    cluster.send_many(producer, 4, "v");
    cluster.pass(2_000);
    assert_eq!(cluster.see(consumer).application().total(), 0);
    cluster.consume(consumer, |consumer, cx| consumer.resume(cx, &partition)).expect("its own");
    cluster.pass(2_000);
    assert_eq!(cluster.see(consumer).application().total(), 4);
    cluster.consume(consumer, |consumer, cx| consumer.seek(cx, &partition, Offset(1))).expect("its own");
    cluster.pass(2_000);
    assert_eq!(cluster.see(consumer).application().total(), 7);
}

#[test]
fn a_position_out_of_range_is_reset_or_ends_the_consumer() {
    for (reset, total) in [(OffsetReset::Earliest, 6), (OffsetReset::None, 3)] {
        let mut cluster = Cluster::with_topic(1);
        let partition = TopicPartition::new("orders", 0);
        let (producer, consumer) = (cluster.producer("p", ProducerConfig::default()), cluster.consumer("c", group(None)));
        cluster.send_many(producer, 3, "v");
        cluster.pass(10_000);
        cluster.consume(consumer, |consumer, cx| consumer.close(cx));
        cluster.pass(2_000);
        let again = cluster.consumer("c2", ConsumerConfig { auto_offset_reset: reset, ..group(None) });
        cluster.pass(5_000);
        cluster.consume(again, |consumer, cx| consumer.seek(cx, &partition, Offset(99))).expect("its own");
        cluster.pass(5_000);
        let consumer = cluster.see(again);
        assert_eq!(consumer.application().total() + 3, total, "{reset:?}");
        assert_eq!(consumer.failure().map(|(error, _)| error), (reset == OffsetReset::None).then_some("OFFSET_OUT_OF_RANGE"));
    }
}

#[test]
fn nothing_is_written_twice_when_a_connection_breaks_before_the_answer() {
    let mut cluster = Cluster::with_topic(1);
    let producer = cluster.producer("p", ProducerConfig { linger_ms: 0, ..Default::default() });
    cluster.send(producer, None, "first");
    cluster.pass(2_000);
    cluster.send(producer, None, "second");
    // The broker has the batch when its answer, and the connection with it, are lost on the way.
    let arrived = cluster.sim.now() + Duration::from_micros(700);
    cluster.sim.advance(arrived);
    let open = last_produce(&cluster).expect("a Produce request");
    cluster.produce(producer, |producer, cx| producer.disconnected(cx, open));
    cluster.pass(5_000);
    let seen = cluster.see_producer(producer);
    assert_eq!((seen.acknowledged(), seen.failed()), (2, 0));
    assert_eq!(cluster.count(|kind| matches!(kind, EventKind::Duplicate { .. })), 1, "the second attempt is known for what it is");
    assert_eq!(cluster.count(|kind| matches!(kind, EventKind::Appended { partition, .. } if &*partition.topic == "orders")), 2);
}

fn last_produce(cluster: &Cluster) -> Option<ConnectionId> {
    cluster.events().rev().find_map(|event| match event.kind {
        EventKind::Request { connection, api: 0, .. } => Some(connection),
        _ => None,
    })
}

#[test]
fn a_topic_that_nobody_created_is_created_by_asking_for_it() {
    let mut cluster = Cluster::new();
    let producer = cluster.producer("p", ProducerConfig::default());
    let number = cluster.send(producer, None, "v");
    cluster.pass(5_000);
    assert!(matches!(cluster.see_producer(producer).fate(number), Some(Fate::Acknowledged(..))));
}

#[test]
fn acks_zero_waits_for_nobody() {
    let mut cluster = Cluster::with_topic(1);
    let producer = cluster.producer("p", ProducerConfig { acks: Acks::None, ..Default::default() });
    cluster.pass(1_000);
    let number = cluster.send(producer, None, "v");
    cluster.pass(20);
    assert_eq!(cluster.see_producer(producer).fate(number), Some(&Fate::Acknowledged(TopicPartition::new("orders", 0), Offset(-1))));
}

#[test]
fn what_cannot_be_sent_is_given_up_in_kafkas_words() {
    let mut cluster = Cluster::with_topic(1);
    let producer = cluster.producer("p", ProducerConfig { max_block_ms: 1_000, ..Default::default() });
    let record = ProducerRecord { topic: "orders".into(), partition: Some(7), ..Default::default() };
    let number = cluster.produce(producer, |producer, cx| producer.send(cx, record));
    cluster.pass(5_000);
    let Some(Fate::Failed { message, .. }) = cluster.see_producer(producer).fate(number) else { panic!("it was sent") };
    assert_eq!(&**message, "Partition 7 of topic orders with partition count 1 is not present in metadata after 1000 ms.");
}

#[test]
fn an_admins_refusals_are_the_brokers() {
    let mut cluster = Cluster::with_topic(1);
    let again = Operation::CreateTopic { name: "orders".into(), partitions: 1, replication_factor: 1, configs: SortedMap::new() };
    let refusal = |outcome| if let Outcome::Failed { error, .. } = outcome { error } else { "none".into() };
    assert_eq!(&*refusal(cluster.administer(again)), "TOPIC_ALREADY_EXISTS");
    assert_eq!(&*refusal(cluster.administer(Operation::DeleteTopic { name: "nothing".into() })), "UNKNOWN_TOPIC_OR_PARTITION");
    assert_eq!(&*refusal(cluster.administer(Operation::DeleteGroup { group: "nobody".into() })), "GROUP_ID_NOT_FOUND");
    let partition = TopicPartition::new("orders", 0);
    assert_eq!(cluster.administer(Operation::DeleteRecords { partition, before: Offset(-1) }), Outcome::Done);
    assert_eq!(cluster.administer(Operation::DeleteTopic { name: "orders".into() }), Outcome::Done);
}

#[test]
fn every_codec_comes_back_as_it_was_sent() {
    for codec in [Compression::Gzip, Compression::Snappy, Compression::Lz4, Compression::Zstd] {
        let mut cluster = Cluster::with_topic(1);
        let config = ProducerConfig { compression_type: CompressionType(codec), ..Default::default() };
        let (producer, consumer) = (cluster.producer("p", config), cluster.consumer("c", group(None)));
        let value = "a value that repeats itself ".repeat(20);
        cluster.send_many(producer, 10, &value);
        cluster.pass(10_000);
        let seen = cluster.see(consumer).application();
        assert_eq!(seen.total(), 10, "{codec:?}");
        assert!(seen.recent().all(|(_, record)| record.value.as_deref() == Some(value.as_bytes())), "{codec:?}");
    }
}

#[test]
fn a_deleted_topics_partitions_are_given_up() {
    let mut cluster = Cluster::with_topic(2);
    let config = ConsumerConfig { allow_auto_create_topics: false, ..group(None) };
    let consumer = cluster.consumer("c", config);
    cluster.pass(5_000);
    assert_eq!(cluster.administer(Operation::DeleteTopic { name: "orders".into() }), Outcome::Done);
    cluster.pass(10_000);
    assert_eq!((cluster.owned(consumer), cluster.see(consumer).member_state()), (vec![], Some(MemberState::Stable)));
    cluster.create("orders", 3);
    let producer = cluster.producer("p", ProducerConfig::default());
    cluster.send_many(producer, 3, "v");
    cluster.pass(20_000);
    assert_eq!((cluster.owned(consumer), cluster.see(consumer).application().total()), (vec![0, 1, 2], 3));
}

#[test]
fn a_produce_request_is_traced_to_the_record_that_began_its_batch() {
    let mut cluster = Cluster::with_topic(1);
    let producer = cluster.producer("p", ProducerConfig::default());
    cluster.pass(1_000);
    cluster.send(producer, None, "warm");
    cluster.pass(1_000);
    cluster.send(producer, None, "v");
    cluster.pass(1_000);
    let last = |what: fn(&EventKind) -> bool| cluster.events().rev().find(|event| what(&event.kind)).expect("an event").id;
    let produce = last(|kind| matches!(kind, EventKind::Request { api: 0, .. }));
    let why: Vec<_> = cluster.sim.trace().why(produce).into_iter().map(|event| &event.kind).collect();
    assert!(
        matches!(why.as_slice(), [EventKind::Request { .. }, EventKind::Timer { name }, EventKind::Sent { .. }, ..] if &**name == "linger.ms")
    );
    let acknowledged = last(|kind| matches!(kind, EventKind::Acknowledged { .. }));
    assert!(cluster.sim.trace().why(acknowledged).iter().any(|event| event.id == produce));
}

#[test]
fn idle_clients_do_little_more_than_wait() {
    let mut cluster = Cluster::with_topic(6);
    let consumers: Vec<_> = (1..=4).map(|number| cluster.consumer(&format!("c{number}"), group(None))).collect();
    cluster.pass(30_000);
    assert_eq!(consumers.iter().map(|consumer| cluster.owned(*consumer).len()).sum::<usize>(), 6);
    let before = cluster.events().next_back().expect("events").id;
    cluster.pass(60_000);
    let minute: Vec<_> = cluster.sim.trace().since(before).collect();
    let by_consumers: Vec<_> = minute.iter().filter(|event| consumers.contains(&event.process)).collect();
    let requests =
        |key: i16| by_consumers.iter().filter(|event| matches!(event.kind, EventKind::Request { api, .. } if api == key)).count();
    assert!(requests(1) <= 6 * 121, "at most two fetches a second to the leader of each partition: {}", requests(1));
    assert!((76..=84).contains(&requests(12)), "a heartbeat every three seconds: {}", requests(12));
    assert!((44..=52).contains(&requests(8)), "a commit every five seconds: {}", requests(8));
    assert_eq!(requests(3), 0, "metadata is five minutes good");
    assert_eq!(minute.iter().filter(|event| matches!(event.kind, EventKind::Retried { .. })).count(), 0);
}

#[test]
fn a_client_that_is_gone_asks_for_nothing() {
    let mut cluster = Cluster::with_topic(1);
    let consumer = cluster.consumer("c", group(None));
    cluster.pass(5_000);
    cluster.consume(consumer, |consumer, cx| consumer.crash(cx));
    let Some(Actor::Consumer(mut gone)) = cluster.sim.actor(consumer).cloned() else { panic!("a consumer") };
    assert_eq!(gone.next_due(), None::<Instant>);
    assert!(!std::iter::from_fn(|| gone.poll_action()).any(|(action, _)| matches!(action, Action::Send { .. })));
}
