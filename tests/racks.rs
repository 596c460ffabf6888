//! Racks: replicas are spread over them, and consumers read from the nearest (KIP-392).

use partita::base::{ConnectionId, Duration, EventKind, NodeId};
use partita::playground::{Command, Session};
use partita::simulation::Config;
use partita::wire::ApiKey;
use std::collections::{BTreeMap, BTreeSet};

struct Play(Session);

impl Play {
    /// Brokers 1 to 4 in racks a, a, b and b; topic `orders` with two partitions of two replicas.
    fn new(settings: &[(&str, &str)]) -> Self {
        let mut config = Config { brokers: 4, racks: ["a", "a", "b", "b"].map(str::to_owned).to_vec(), ..Config::default() };
        settings.iter().for_each(|(name, value)| config.settings.set(name, value).expect("a setting"));
        let mut play = Self(Session::new(config).expect("a cluster"));
        play.pass(3_000);
        play.give(r#"{"do":"createTopic","name":"orders","partitions":2,"replicationFactor":2}"#);
        play
    }

    fn pass(&mut self, ms: u64) {
        let until = self.0.now() + Duration::from_millis(ms);
        self.0.advance(until);
    }

    fn give(&mut self, command: &str) {
        let command: Command = serde_json::from_str(command).unwrap_or_else(|error| panic!("{command}: {error}"));
        self.0.apply(0, command);
        self.pass(2_000);
    }

    /// The brokers that a consumer in this rack has asked for records since `orders` had one, and how many records it got.
    fn read_from(&mut self, rack: &str) -> (BTreeSet<i32>, u32) {
        let config = format!(r#"{{"client.rack":"{rack}","max.poll.records":"500"}}"#);
        self.give(&format!(r#"{{"do":"addConsumer","name":"reader","group":"g-{rack}","topics":["orders"],"config":{config}}}"#));
        self.pass(10_000);
        let before = self.0.now();
        for partition in [0, 1] {
            self.give(&format!(r#"{{"do":"publish","topic":"orders","partition":{partition},"value":"x"}}"#));
        }
        let reader = self.0.clients().iter().find(|client| &*client.name == "reader").expect("a consumer").process;
        let (mut opened, mut asked, mut read) = (BTreeMap::<ConnectionId, NodeId>::new(), BTreeSet::new(), 0);
        for event in self.0.trace().events().filter(|event| event.process == reader) {
            match &event.kind {
                EventKind::ConnectionOpened { connection, to } => drop(opened.insert(*connection, *to)),
                EventKind::Request { connection, api, .. } if *api == ApiKey::Fetch as i16 && event.at > before => {
                    asked.extend(opened.get(connection).map(|node| node.0));
                }
                EventKind::Consumed { records, .. } => read += records,
                _ => {}
            }
        }
        (asked, read)
    }
}

#[test]
fn replicas_of_a_partition_are_in_different_racks() {
    let play = Play::new(&[]);
    let controller = play.0.simulation().controllers().find(|controller| controller.is_active()).expect("a controller");
    for partition in &controller.image().topic("orders").expect("a topic").partitions {
        let in_a = partition.replicas.iter().filter(|id| id.0 <= 2).count();
        assert_eq!(in_a, 1, "{:?}", partition.replicas);
    }
}

#[test]
fn a_consumer_reads_from_its_own_rack_where_the_brokers_know_of_racks() {
    let selector = ("replica.selector.class", "org.apache.kafka.common.replica.RackAwareReplicaSelector");
    for (rack, brokers) in [("a", [1, 2]), ("b", [3, 4])] {
        let (asked, read) = Play::new(&[selector]).read_from(rack);
        assert!(asked.iter().all(|id| brokers.contains(id)) && !asked.is_empty(), "in {rack} from {asked:?}");
        assert_eq!(read, 2);
    }
}

#[test]
fn without_that_or_in_a_rack_of_its_own_it_reads_from_leaders() {
    let leaders = |play: &Play| -> BTreeSet<i32> {
        let controller = play.0.simulation().controllers().find(|controller| controller.is_active()).expect("a controller");
        let partitions = controller.image().topic("orders").expect("a topic").partitions.iter();
        partitions.filter_map(|partition| Some(partition.leader?.0)).collect()
    };
    let mut play = Play::new(&[]);
    assert_eq!(play.read_from("a"), (leaders(&play), 2));
    let mut play = Play::new(&[("replica.selector.class", "org.apache.kafka.common.replica.RackAwareReplicaSelector")]);
    assert_eq!(play.read_from("c"), (leaders(&play), 2));
}
