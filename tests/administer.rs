//! What an admin decides about partitions and brokers, as commands of a session: done, or refused in Kafka's words.

use partita::base::{Duration, EventKind, NodeId, TopicPartition};
use partita::controller::image::PartitionImage;
use partita::playground::{Command, OutcomeState, Session};
use partita::simulation::{Config, Down, NodeState};

struct Play {
    session: Session,
    requests: u64,
}

impl Play {
    /// Three brokers, and topic `orders`: one partition with two replicas.
    fn new() -> Self {
        Self::with(Config::default())
    }

    fn with(config: Config) -> Self {
        let mut play = Self { session: Session::new(config).expect("a cluster"), requests: 0 };
        play.pass(2_000);
        play.done(r#"{"do":"createTopic","name":"orders","partitions":1,"replicationFactor":2}"#);
        play
    }

    fn pass(&mut self, ms: u64) {
        let until = self.session.now() + Duration::from_millis(ms);
        self.session.advance(until);
    }

    /// Gives a command as JSON, and lets time pass until the cluster has answered, and a second more; its outcome.
    fn give(&mut self, command: &str) -> OutcomeState {
        let command: Command = serde_json::from_str(command).unwrap_or_else(|error| panic!("{command}: {error}"));
        self.requests += 1;
        self.session.apply(self.requests, command);
        let is_pending =
            |play: &Self| play.session.outcomes().any(|outcome| outcome.request == play.requests && outcome.state == OutcomeState::Pending);
        for _ in 0..20 {
            if is_pending(self) {
                self.pass(1_000);
            }
        }
        self.pass(1_000);
        self.session.outcomes().find(|outcome| outcome.request == self.requests).expect("an outcome").state.clone()
    }

    fn done(&mut self, command: &str) {
        let outcome = self.give(command);
        assert!(matches!(outcome, OutcomeState::Done { .. }), "{command}: {outcome:?}");
    }

    fn refused(&mut self, command: &str, error: &str, reason: &str) {
        match self.give(command) {
            OutcomeState::Failed { error: name, message, .. } => assert_eq!((name.as_deref().unwrap_or(""), &*message), (error, reason)),
            other => panic!("{command}: {other:?}"),
        }
    }

    fn orders(&self) -> PartitionImage {
        let controller = self.session.simulation().controllers().find(|controller| controller.is_active()).expect("a controller");
        controller.image().topic("orders").expect("a topic").partitions[0].clone()
    }

    /// The brokers that have a replica, the preferred leader first, and the one that has none.
    fn brokers(&self) -> (i32, i32, i32) {
        let replicas: Vec<_> = self.orders().replicas.iter().map(|id| id.0).collect();
        let other = (1..=3).find(|id| !replicas.contains(id)).expect("a third");
        (replicas[0], replicas[1], other)
    }
}

#[test]
fn elections_that_cannot_be_are_refused() {
    let mut play = Play::new();
    let not_needed = "Leader election not needed for topic partition.";
    play.refused(r#"{"do":"electLeader","topic":"orders","partition":0}"#, "ELECTION_NOT_NEEDED", not_needed);
    play.refused(r#"{"do":"electLeader","topic":"orders","partition":0,"unclean":true}"#, "ELECTION_NOT_NEEDED", not_needed);
    let unknown = "No such partition as orders-9";
    play.refused(r#"{"do":"electLeader","topic":"orders","partition":9}"#, "UNKNOWN_TOPIC_OR_PARTITION", unknown);
}

#[test]
fn a_preferred_leader_is_elected_by_hand_or_in_time() {
    let mut play = Play::new();
    let (one, two, _) = play.brokers();
    play.done(&format!(r#"{{"do":"reassign","topic":"orders","partition":0,"replicas":[{two},{one}]}}"#));
    assert_eq!(play.orders().leader.map(|id| id.0), Some(one));
    play.done(r#"{"do":"electLeader","topic":"orders","partition":0}"#);
    assert_eq!(play.orders().leader.map(|id| id.0), Some(two));
    play.done(&format!(r#"{{"do":"reassign","topic":"orders","partition":0,"replicas":[{one},{two}]}}"#));
    assert_eq!(play.orders().leader.map(|id| id.0), Some(two));
    play.pass(300_000);
    assert_eq!(play.orders().leader.map(|id| id.0), Some(one), "auto.leader.rebalance.enable");
}

#[test]
fn reassignments_that_cannot_be_are_refused() {
    let mut play = Play::new();
    let before = play.orders();
    let unknown = "The manual partition assignment includes broker 9, but no such broker is registered.";
    play.refused(r#"{"do":"reassign","topic":"orders","partition":0,"replicas":[1,9]}"#, "INVALID_REPLICA_ASSIGNMENT", unknown);
    let twice = "The manual partition assignment includes the broker 1 more than once.";
    play.refused(r#"{"do":"reassign","topic":"orders","partition":0,"replicas":[1,1]}"#, "INVALID_REPLICA_ASSIGNMENT", twice);
    let nothing = "No partition reassignment is in progress.";
    play.refused(r#"{"do":"cancelReassignment","topic":"orders","partition":0}"#, "NO_REASSIGNMENT_IN_PROGRESS", nothing);
    assert_eq!(play.orders(), before);
}

#[test]
fn a_replica_that_goes_goes_at_once() {
    let mut play = Play::new();
    let (one, two, _) = play.brokers();
    play.done(&format!(r#"{{"do":"reassign","topic":"orders","partition":0,"replicas":[{two}]}}"#));
    let orders = play.orders();
    assert_eq!((orders.leader.map(|id| id.0), orders.replicas.len(), orders.isr.len()), (Some(two), 1, 1));
    let ended = |kind: &EventKind| matches!(kind, EventKind::ReassignmentEnded { replicas, .. } if replicas.len() == 1);
    assert!(play.session.trace().events().any(|event| ended(&event.kind)), "broker {one} has left");
}

#[test]
fn configs_are_altered_and_refused() {
    let mut play = Play::new();
    play.done(r#"{"do":"alterConfig","of":"topic","name":"orders","key":"min.insync.replicas","value":"2"}"#);
    play.done(r#"{"do":"alterConfig","of":"topic","name":"orders","key":"min.insync.replicas"}"#);
    play.done(r#"{"do":"alterConfig","of":"brokers","key":"unclean.leader.election.enable","value":"true"}"#);
    play.done(r#"{"do":"alterConfig","of":"broker","name":"2","key":"leader.replication.throttled.rate","value":"1000"}"#);
    let bad = "Invalid value soon for configuration retention.ms: Not a number of type LONG";
    play.refused(r#"{"do":"alterConfig","of":"topic","name":"orders","key":"retention.ms","value":"soon"}"#, "INVALID_CONFIG", bad);
    let known = "There is no node 9; the nodes are 1, 2, 3.";
    play.refused(r#"{"do":"alterConfig","of":"broker","name":"9","key":"retention.ms","value":"1"}"#, "", known);
}

#[test]
fn a_throttled_reassignment_takes_its_time_and_is_seen_to_progress() {
    let mut play = Play::new();
    let (one, two, other) = play.brokers();
    let value = "x".repeat(100_000);
    for _ in 0..30 {
        play.done(&format!(r#"{{"do":"publish","topic":"orders","value":"{value}"}}"#));
    }
    for (key, broker) in [("leader", one), ("follower", other)] {
        let replicas =
            format!(r#"{{"do":"alterConfig","of":"topic","name":"orders","key":"{key}.replication.throttled.replicas","value":"*"}}"#);
        play.done(&replicas);
        let rate =
            format!(r#"{{"do":"alterConfig","of":"broker","name":"{broker}","key":"{key}.replication.throttled.rate","value":"100000"}}"#);
        play.done(&rate);
    }
    play.done(&format!(r#"{{"do":"reassign","topic":"orders","partition":0,"replicas":[{other},{two}]}}"#));
    let copied = |play: &Play| {
        let partition = TopicPartition::new("orders", 0);
        let broker = play.session.simulation().broker(NodeId(other)).expect("a broker");
        broker.replicas().partition(&partition).map_or(0, |replica| replica.log().end_offset().0)
    };
    let mut seen = Vec::new();
    while !play.orders().adding_replicas.is_empty() && seen.len() < 60 {
        seen.push(copied(&play));
        play.pass(1_000);
    }
    assert!((20..50).contains(&seen.len()), "3 MB at 100 kB a second: {seen:?}");
    assert!(seen.windows(2).all(|pair| pair[0] <= pair[1]) && seen.iter().any(|copied| (5..25).contains(copied)), "{seen:?}");
    let orders = play.orders();
    assert_eq!((orders.leader.map(|id| id.0), orders.replicas.len(), copied(&play)), (Some(other), 2, 30));
}

#[test]
fn a_reassignment_is_cancelled() {
    let mut play = Play::new();
    let (one, two, other) = play.brokers();
    play.done(&format!(r#"{{"do":"killBroker","node":{other}}}"#));
    play.done(&format!(r#"{{"do":"reassign","topic":"orders","partition":0,"replicas":[{one},{other}]}}"#));
    assert_eq!(play.orders().adding_replicas, [NodeId(other)]);
    play.done(r#"{"do":"cancelReassignment","topic":"orders","partition":0}"#);
    assert_eq!(play.orders().replicas, [NodeId(one), NodeId(two)]);
}

#[test]
fn a_leader_that_wrote_nothing_follows_the_next_one_in_peace() {
    let mut play = Play::with(Config { latency: Duration::ZERO, ..Config::default() });
    let (one, two) = (2, 3);
    play.done(r#"{"do":"reassign","topic":"orders","partition":0,"replicas":[2,3]}"#);
    play.give(r#"{"do":"electLeader","topic":"orders","partition":0}"#);
    play.done(r#"{"do":"publish","topic":"orders","value":"x"}"#);
    play.done(&format!(r#"{{"do":"stopBroker","node":{one}}}"#));
    play.pass(5_000);
    play.done(&format!(r#"{{"do":"restartBroker","node":{one}}}"#));
    play.pass(20_000);
    assert_eq!(play.orders().leader, Some(NodeId(two)));
    play.done(r#"{"do":"electLeader","topic":"orders","partition":0}"#);
    let before = play.session.steps();
    play.pass(10_000);
    assert!(play.session.steps() - before < 5_000, "{} steps in ten idle seconds", play.session.steps() - before);
    assert_eq!((play.orders().leader, play.orders().isr.len()), (Some(NodeId(one)), 2));
}

#[test]
fn the_active_controllers_node_stops_in_good_order_too() {
    let mut play = Play::new();
    let active = |play: &Play| play.session.simulation().controllers().find(|it| it.is_active()).map(|it| it.node());
    let first = active(&play).expect("a controller");
    play.done(&format!(r#"{{"do":"stopBroker","node":{first}}}"#));
    play.pass(10_000);
    assert_eq!(play.session.simulation().node(first).expect("a node").state, NodeState::Down(Down::Stopped));
    let second = active(&play).expect("another controller");
    assert_ne!(second, first);
    assert!(play.orders().leader.is_some_and(|leader| leader != first) && !play.orders().isr.contains(&first));
    play.done(&format!(r#"{{"do":"restartBroker","node":{first}}}"#));
    play.pass(20_000);
    let broker = play.session.simulation().broker(first).expect("a broker");
    assert!(!broker.is_fenced());
    assert!(play.orders().replicas.iter().all(|replica| play.orders().isr.contains(replica)));
}

#[test]
fn records_are_deleted_up_to_an_offset_or_all_of_them() {
    let mut play = Play::new();
    (0..5).for_each(|number| play.done(&format!(r#"{{"do":"publish","topic":"orders","value":"{number}"}}"#)));
    let starts = |play: &Play| -> Vec<i64> {
        let orders = TopicPartition::new("orders", 0);
        let replicas = play.session.simulation().brokers().filter_map(|broker| broker.replicas().partition(&orders));
        replicas.map(|replica| replica.log().start_offset().0).collect()
    };
    play.done(r#"{"do":"deleteRecords","topic":"orders","partition":0,"before":2}"#);
    assert_eq!(starts(&play), [2, 2], "on both replicas");
    let beyond = "The requested offset is not within the range of offsets maintained by the server.";
    play.refused(r#"{"do":"deleteRecords","topic":"orders","partition":0,"before":9}"#, "OFFSET_OUT_OF_RANGE", beyond);
    play.refused(r#"{"do":"deleteRecords","topic":"orders","partition":0,"before":-1}"#, "", "-1 is no offset: the first is 0.");
    play.done(r#"{"do":"deleteRecords","topic":"orders","partition":0}"#);
    assert_eq!(starts(&play), [5, 5]);
    play.done(r#"{"do":"createTopic","name":"kept","partitions":1,"replicationFactor":1,"configs":{"cleanup.policy":"compact"}}"#);
    play.refused(
        r#"{"do":"deleteRecords","topic":"kept","partition":0}"#,
        "POLICY_VIOLATION",
        "Request parameters do not satisfy the configured policy.",
    );
}

// ── many records, groups' offsets, members that stand still ──

impl Play {
    /// A group with one member that has read all of five records.
    fn with_a_group() -> Self {
        let mut play = Self::new();
        play.done(r#"{"do":"publishMany","topic":"orders","records":{"is":"same","key":"a","value":"1","count":5}}"#);
        play.done(r#"{"do":"addConsumer","group":"billing","topics":["orders"],"from":"earliest"}"#);
        play.pass(15_000);
        play
    }

    /// What the group has committed of the one partition.
    fn committed(&self) -> Option<i64> {
        let groups = self.session.simulation().brokers().flat_map(|broker| broker.groups().collect::<Vec<_>>());
        groups.filter_map(|(_, shard)| shard.offsets().committed("billing", "orders", 0).map(|c| c.offset.0)).next()
    }
}

#[test]
fn many_records_are_told_where_they_went() {
    let mut play = Play::new();
    let many = r#"{"do":"publishMany","topic":"orders","records":{"is":"lines","text":"a:1\nb:2\n","keySeparator":":"}}"#;
    let OutcomeState::Done { text, .. } = play.give(many) else { panic!("they are written") };
    assert_eq!(&*text, "2 records to orders: 2 to partition 0");
    let one = r#"{"do":"publishMany","topic":"orders","acks":"0","compression":"lz4","records":{"is":"same","value":"x","count":1}}"#;
    let OutcomeState::Done { partition, offset, .. } = play.give(one) else { panic!("it is sent") };
    assert_eq!((partition, offset), (Some(0), None), "nobody says where a record lies that nobody answers for");
    assert!(play.session.clients().running("you-acks0-lz4").is_some(), "acks and compression.type are a producer's");
    let bad = r#"{"do":"publishMany","topic":"orders","acks":"2","records":{"is":"same","count":1}}"#;
    play.refused(bad, "", "Invalid value 2 for configuration acks: String must be one of: all, -1, 0, 1");
}

#[test]
fn records_at_a_rate_take_their_time_and_can_be_stopped() {
    let mut play = Play::new();
    let slow = r#"{"do":"publishMany","topic":"orders","perMinute":60,"records":{"is":"sample","count":100}}"#;
    let slow: Command = serde_json::from_str(slow).expect("a command");
    play.requests += 1;
    let request = play.requests;
    play.session.apply(request, slow);
    play.pass(10_500);
    let you = play.session.clients().running("you").expect("the playground's own").process;
    assert_eq!(play.session.feed_of(you).map(|progress| (progress.handed, progress.of)), Some((11, 100)));
    play.done(r#"{"do":"stopPublishing","producer":"you"}"#);
    let outcome = play.session.outcomes().find(|outcome| outcome.request == request).expect("an outcome").state.clone();
    let OutcomeState::Done { text, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(&*text, "11 records to orders: 11 to partition 0");
}

#[test]
fn a_group_goes_on_from_other_offsets_once_it_has_no_members() {
    let mut play = Play::with_a_group();
    assert_eq!(play.committed(), Some(5));
    let reset = |to: &str| format!(r#"{{"do":"resetOffsets","group":"billing","topic":"orders","to":{to}}}"#);
    let active = "Assignments can only be reset if the group 'billing' is inactive, but the current state is Stable.";
    play.refused(&reset(r#"{"is":"earliest"}"#), "", active);
    play.done(r#"{"do":"stopConsumer","consumer":"c1"}"#);
    play.done(&reset(r#"{"is":"earliest"}"#));
    assert_eq!(play.committed(), Some(0));
    play.done(&reset(r#"{"is":"offset","offset":3}"#));
    assert_eq!(play.committed(), Some(3));
    play.done(&reset(r#"{"is":"shiftBy","by":-2}"#));
    assert_eq!(play.committed(), Some(1));
    play.done(&reset(r#"{"is":"shiftBy","by":100}"#));
    assert_eq!(play.committed(), Some(5), "no further than the end");
    play.done(r#"{"do":"resetOffsets","group":"billing","to":{"is":"datetime","ms":0}}"#);
    assert_eq!(play.committed(), Some(0), "the first record since then, in all topics");
    let unknown = "The partitions \"orders-7\" do not exist";
    play.refused(r#"{"do":"resetOffsets","group":"billing","topic":"orders","partitions":[7],"to":{"is":"latest"}}"#, "", unknown);
}

#[test]
fn a_member_that_stands_still_is_out_of_its_group_and_comes_back() {
    let mut play = Play::with_a_group();
    play.done(r#"{"do":"pauseConsumer","consumer":"c1"}"#);
    play.refused(r#"{"do":"pauseConsumer","consumer":"c1"}"#, "", "c1 stands still already.");
    play.refused(r#"{"do":"stopConsumer","consumer":"c1"}"#, "", "c1 stands still: resume it first, or crash it.");
    play.pass(60_000);
    let expired = play.session.trace().events().find(|e| matches!(e.kind, EventKind::MemberExpired { .. })).expect("its session timed out");
    let why = play.session.trace().why(expired.id);
    assert!(why.iter().any(|e| matches!(e.kind, EventKind::ClientPaused { .. })), "{why:?}");
    play.done(r#"{"do":"resumeConsumer","consumer":"c1"}"#);
    play.pass(10_000);
    let joined = play.session.trace().events().filter(|e| matches!(e.kind, EventKind::MemberJoined { .. })).count();
    assert_eq!(joined, 2, "it joined again");
}
