//! Faults as commands: what they bring about, and what is refused.

use partita::base::{Duration, EventKind, NodeId, TopicPartition};
use partita::playground::{Command, OutcomeState, Session};
use partita::simulation::{Config, Down, NodeState, Roles};

struct Play {
    session: Session,
    requests: u64,
}

impl Play {
    fn new() -> Self {
        Self::with(Config::default())
    }

    fn with(config: Config) -> Self {
        let mut play = Self { session: Session::new(config).expect("a cluster"), requests: 0 };
        play.pass(2_000);
        play
    }

    fn pass(&mut self, ms: u64) {
        let until = self.session.now() + Duration::from_millis(ms);
        self.session.advance(until);
    }

    /// Gives a command as JSON; its outcome.
    fn give(&mut self, command: &str) -> OutcomeState {
        let command: Command = serde_json::from_str(command).unwrap_or_else(|error| panic!("{command}: {error}"));
        self.requests += 1;
        self.session.apply(self.requests, command);
        self.outcome(self.requests)
    }

    fn outcome(&self, request: u64) -> OutcomeState {
        self.session.outcomes().find(|outcome| outcome.request == request).expect("an outcome").state.clone()
    }

    fn done(&mut self, command: &str) -> String {
        match self.give(command) {
            OutcomeState::Done { text, .. } => text.to_string(),
            other => panic!("{command}: {other:?}"),
        }
    }

    /// The command is refused, for this reason, and leaves no event.
    fn refused(&mut self, command: &str, reason: &str) {
        let before = self.session.trace().hash();
        match self.give(command) {
            OutcomeState::Failed { message, .. } => assert!(message.contains(reason), "{command}: {message}"),
            other => panic!("{command}: {other:?}"),
        }
        assert_eq!(self.session.trace().hash(), before, "{command} left an event");
    }

    fn state(&self, node: i32) -> NodeState {
        self.session.simulation().node(NodeId(node)).expect("a node").state
    }

    fn happened(&self, what: impl Fn(&EventKind) -> bool) -> usize {
        self.session.trace().events().filter(|event| what(&event.kind)).count()
    }
}

#[test]
fn a_killed_broker_is_gone_until_it_is_restarted() {
    let mut play = Play::new();
    play.done(r#"{"do":"killBroker","node":2}"#);
    assert_eq!(play.state(2), NodeState::Down(Down::Killed));
    assert!(play.session.simulation().broker(NodeId(2)).is_none());
    play.refused(r#"{"do":"killBroker","node":2}"#, "Node 2 cannot be killed: it is dead.");
    play.pass(1_000);
    play.done(r#"{"do":"restartBroker","node":2}"#);
    // Until the session of its former life has ended, the controller takes it for somebody else of the same id.
    play.pass(15_000);
    assert_eq!(play.state(2), NodeState::Running);
    let broker = play.session.simulation().broker(NodeId(2)).expect("broker 2");
    assert!(!broker.is_fenced(), "it has registered again");
}

/// The leaders and ISRs of topic `orders`, as the active controller has them.
fn orders(play: &Play) -> Vec<(i32, Vec<i32>)> {
    let controller = play.session.simulation().controllers().find(|controller| controller.is_active()).expect("a controller");
    let partitions = controller.image().topic("orders").expect("a topic").partitions.iter();
    let state = partitions.map(|partition| (partition.leader.map_or(-1, |leader| leader.0), partition.isr.iter().map(|id| id.0).collect()));
    state.collect()
}

#[test]
fn a_broker_that_is_stopped_hands_over_what_it_leads_before_it_ends() {
    let mut play = Play::new();
    play.give(r#"{"do":"createTopic","name":"orders","partitions":3,"replicationFactor":3}"#);
    play.pass(1_000);
    assert!(orders(&play).iter().any(|(leader, isr)| *leader == 3 && isr.len() == 3));
    play.done(r#"{"do":"stopBroker","node":3}"#);
    assert_eq!(play.state(3), NodeState::Stopping);
    play.pass(5_000);
    assert_eq!(play.state(3), NodeState::Down(Down::Stopped));
    assert!(orders(&play).iter().all(|(leader, isr)| (1..=2).contains(leader) && !isr.contains(&3)), "{:?}", orders(&play));
    play.done(r#"{"do":"restartBroker","node":3}"#);
    play.pass(20_000);
    assert!(!play.session.simulation().broker(NodeId(3)).expect("broker 3").is_fenced());
}

#[test]
fn what_cannot_be_done_to_a_node_is_refused() {
    let mut play = Play::new();
    play.refused(r#"{"do":"restartBroker","node":1}"#, "Node 1 cannot be restarted: it is running.");
    play.refused(r#"{"do":"resumeBroker","node":1}"#, "Node 1 cannot be resumed: it is running.");
    play.refused(r#"{"do":"killBroker","node":7}"#, "There is no node 7");
    play.refused(r#"{"do":"killBroker","node":-1}"#, "There is no node -1");
    play.refused(r#"{"do":"freeDisk","node":1}"#, "not full");
    play.refused(r#"{"do":"slowBroker","node":1,"factor":4000000000}"#, "more than there can be");
    play.refused(r#"{"do":"setClock","node":1,"offsetMs":9000000000000}"#, "ten years");
    play.refused(r#"{"do":"faultApi","node":1,"api":"Prodce","count":1,"effect":"lost"}"#, "no API 'Prodce'");
    play.refused(r#"{"do":"faultApi","node":1,"api":"Produce","count":0,"effect":"lost"}"#, "At least one");
    play.refused(r#"{"do":"faultApi","node":1,"api":"Produce","count":1,"effect":{"error":"OOPS"}}"#, "no error 'OOPS'");
    play.refused(r#"{"do":"faultApi","node":1,"api":"Produce","count":1,"effect":{"error":"NONE"}}"#, "no error 'NONE'");
    play.done(r#"{"do":"pauseBroker","node":3}"#);
    play.refused(r#"{"do":"pauseBroker","node":3}"#, "Node 3 cannot be paused: it is paused.");
    play.refused(r#"{"do":"stopBroker","node":3}"#, "Node 3 cannot be stopped: it is paused.");
}

#[test]
fn what_cannot_be_done_to_a_link_is_refused() {
    let mut play = Play::new();
    play.refused(r#"{"do":"cutLink","from":2,"to":2}"#, "Node 2 has no link to itself.");
    play.refused(r#"{"do":"cutLink","from":2,"to":9}"#, "There is no node 9");
    play.refused(r#"{"do":"cutLink","from":2,"to":"nobody"}"#, "There is no client called 'nobody'.");
    play.refused(r#"{"do":"healLink","from":2,"to":3}"#, "not cut");
    play.refused(r#"{"do":"setLink","from":2,"to":3,"latencyUs":-1}"#, "nothing arrives before it was sent");
    play.refused(r#"{"do":"setLink","from":2,"to":3,"latencyUs":1,"bytesPerSecond":0}"#, "cut it instead");
    play.done(r#"{"do":"breakConnections","from":2,"to":3}"#);
    play.refused(r#"{"do":"breakConnections","from":2,"to":3}"#, "There is no connection between node 2 and node 3.");
    play.done(r#"{"do":"cutLink","from":2,"to":3}"#);
    play.refused(r#"{"do":"cutLink","from":3,"to":2}"#, "cut already");
    play.done(r#"{"do":"healLink","from":3,"to":2}"#);
    play.refused(r#"{"do":"healLink","from":2,"to":3}"#, "not cut");
}

#[test]
fn what_cannot_be_planned_is_refused() {
    let mut play = Play::new();
    play.refused(r#"{"do":"schedule","afterMs":-5,"command":{"do":"killBroker","node":2}}"#, "what is over cannot be scheduled");
    play.refused(r#"{"do":"chance","perHour":0,"command":{"do":"killBroker","node":2}}"#, "1 to 3600 times an hour");
    play.refused(r#"{"do":"chance","perHour":-3,"command":{"do":"killBroker","node":2}}"#, "1 to 3600 times an hour");
}

#[test]
fn a_scheduled_command_is_given_in_time_and_says_when_it_cannot_be() {
    let mut play = Play::new();
    play.done(r#"{"do":"schedule","afterMs":500,"command":{"do":"killBroker","node":2}}"#);
    play.done(r#"{"do":"schedule","afterMs":600,"command":{"do":"killBroker","node":2}}"#);
    play.pass(499);
    assert_eq!(play.state(2), NodeState::Running);
    play.pass(1);
    assert_eq!(play.state(2), NodeState::Down(Down::Killed));
    play.pass(200);
    assert_eq!(play.happened(|kind| matches!(kind, EventKind::CommandRefused { reason, .. } if reason.contains("it is dead"))), 1);
}

#[test]
fn chance_is_the_seeds() {
    let times = |seed| {
        let mut play = Play::with(Config { seed, ..Config::default() });
        play.done(r#"{"do":"chance","perHour":600,"command":{"do":"breakConnections","from":"brokers","to":1}}"#);
        play.pass(600_000);
        let due = play.session.trace().events().filter(|event| matches!(event.kind, EventKind::CommandDue { by_chance: true, .. }));
        due.map(|event| event.at).collect::<Vec<_>>()
    };
    let (one, again, other) = (times(1), times(1), times(2));
    assert_eq!(one, again);
    assert_ne!(one, other);
    assert!((50..200).contains(&one.len()), "about a hundred, not {}", one.len());
}

#[test]
fn a_paused_broker_handles_late_what_came_meanwhile() {
    let mut play = Play::new();
    play.done(r#"{"do":"pauseBroker","node":2}"#);
    play.pass(5_000);
    assert_eq!(play.happened(|kind| matches!(kind, EventKind::ConnectionBroken { .. })), 0, "sockets stay open");
    play.done(r#"{"do":"resumeBroker","node":2}"#);
    play.pass(3_000);
    assert_eq!(play.happened(|kind| matches!(kind, EventKind::BrokerFenced { .. })), 0, "it was back within its session");
    play.done(r#"{"do":"pauseBroker","node":2}"#);
    play.pass(12_000);
    assert_eq!(play.happened(|kind| matches!(kind, EventKind::BrokerFenced { node: NodeId(2) })), 1, "it was not back");
    play.done(r#"{"do":"resumeBroker","node":2}"#);
    play.pass(3_000);
    assert!(!play.session.simulation().broker(NodeId(2)).expect("broker 2").is_fenced());
}

#[test]
fn a_cut_link_shows_by_silence_and_mends_when_it_is_healed() {
    let mut play = Play::new();
    play.done(r#"{"do":"cutLink","from":2,"to":"controllers"}"#);
    play.pass(12_000);
    assert_eq!(play.happened(|kind| matches!(kind, EventKind::BrokerFenced { node: NodeId(2) })), 1);
    assert_eq!(play.happened(|kind| matches!(kind, EventKind::ConnectionBroken { .. })), 0, "nobody hears of it");
    play.done(r#"{"do":"healAll"}"#);
    play.pass(30_000);
    assert!(!play.session.simulation().broker(NodeId(2)).expect("broker 2").is_fenced());
}

#[test]
fn the_first_append_to_a_full_disk_halts_the_broker() {
    let mut play = Play::new();
    play.give(r#"{"do":"createTopic","name":"orders","partitions":3,"replicationFactor":1}"#);
    play.pass(500);
    play.done(r#"{"do":"addProducer","topic":"orders","perMinute":600}"#);
    play.pass(2_000);
    play.done(r#"{"do":"fillDisk","node":2}"#);
    play.pass(5_000);
    assert_eq!(play.state(2), NodeState::Down(Down::DiskFull));
    play.done(r#"{"do":"freeDisk","node":2}"#);
    play.done(r#"{"do":"restartBroker","node":2}"#);
    play.pass(2_000);
    assert_eq!(play.state(2), NodeState::Running);
}

// ── what faults do to a record's way ──

impl Play {
    /// A cluster whose controller is a node of its own, with a topic of one partition and one replica; its leader.
    fn with_topic(configs: &str) -> (Self, i32) {
        let mut play = Self::with(Config { roles: Roles::Apart, controllers: Some(1), ..Config::default() });
        play.give(&format!(r#"{{"do":"createTopic","name":"orders","partitions":1,"replicationFactor":1,"configs":{{{configs}}}}}"#));
        play.pass(500);
        // The producer connects, and learns where the partition is.
        play.publish("first");
        play.pass(1_000);
        let elected = play.session.trace().events().rev().find_map(|event| match &event.kind {
            EventKind::LeaderElected { partition, leader, .. } if &*partition.topic == "orders" => Some(leader.0),
            _ => None,
        });
        (play, elected.expect("a leader"))
    }

    fn publish(&mut self, value: &str) -> u64 {
        self.give(&format!(r#"{{"do":"publish","topic":"orders","value":"{value}"}}"#));
        self.requests
    }

    /// How long a record takes to be acknowledged, in ms.
    fn round_trip(&mut self, value: &str) -> u64 {
        let request = self.publish(value);
        self.pass(60_000);
        match self.outcome(request) {
            OutcomeState::Done { took_us, .. } => took_us / 1_000,
            other => panic!("{other:?}"),
        }
    }

    fn appended(&self) -> usize {
        self.happened(|kind| matches!(kind, EventKind::Appended { partition, .. } if &*partition.topic == "orders"))
    }
}

#[test]
fn a_slow_broker_takes_its_time_over_every_input() {
    let (mut play, leader) = Play::with_topic("");
    assert!(play.round_trip("a") < 10, "linger and the way there and back");
    play.done(&format!(r#"{{"do":"slowBroker","node":{leader},"factor":5000}}"#));
    assert!(play.round_trip("b") >= 500);
    play.done(&format!(r#"{{"do":"slowBroker","node":{leader},"factor":0}}"#));
    play.pass(60_000);
    assert!(play.round_trip("c") < 10);
}

#[test]
fn a_slow_disk_delays_what_waits_for_an_append_and_nothing_else() {
    let (mut play, leader) = Play::with_topic("");
    play.done(&format!(r#"{{"do":"slowDisk","node":{leader},"ms":2000}}"#));
    let took = play.round_trip("a");
    assert!((2_000..2_100).contains(&took), "{took} ms");
    play.done(r#"{"do":"healAll"}"#);
    assert!(play.round_trip("b") < 10);
}

#[test]
fn a_wrong_clock_goes_into_timestamps_and_not_into_timers() {
    let (mut play, leader) = Play::with_topic(r#""message.timestamp.type":"LogAppendTime""#);
    play.done(&format!(r#"{{"do":"setClock","node":{leader},"offsetMs":3600000}}"#));
    assert!(play.round_trip("a") < 10);
    let simulation = play.session.simulation();
    let broker = simulation.broker(NodeId(leader)).expect("the leader");
    let log = broker.replicas().partition(&TopicPartition::new("orders", 0)).expect("a replica").log();
    let stamp = log.batches(log.start_offset(), log.end_offset()).last().expect("a batch").header.max_timestamp;
    let now = simulation.config().epoch_ms + i64::try_from(simulation.now().as_millis()).expect("a time");
    assert!((now + 3_500_000..now + 3_600_000).contains(&stamp), "{stamp} at {now}");
    assert_eq!(play.happened(|kind| matches!(kind, EventKind::BrokerFenced { .. })), 0);
}

#[test]
fn a_link_has_the_latency_and_bandwidth_that_it_is_given() {
    let (mut play, leader) = Play::with_topic("");
    play.done(&format!(r#"{{"do":"setLink","from":"you","to":{leader},"latencyUs":100000}}"#));
    let took = play.round_trip("a");
    assert!((200..220).contains(&took), "{took} ms");
    play.done(&format!(r#"{{"do":"setLink","from":"you","to":{leader},"latencyUs":0,"bytesPerSecond":1000}}"#));
    let took = play.round_trip(&"x".repeat(5_000));
    assert!((5_000..5_500).contains(&took), "{took} ms");
}

#[test]
fn where_only_answers_are_cut_off_a_record_is_written_and_nobody_knows() {
    let (mut play, leader) = Play::with_topic("");
    play.done(&format!(r#"{{"do":"cutLink","from":{leader},"to":"you","oneWay":true}}"#));
    let (before, request) = (play.appended(), play.publish("a"));
    play.pass(10_000);
    assert_eq!((play.appended(), play.outcome(request)), (before + 1, OutcomeState::Pending));
    play.done(&format!(r#"{{"do":"healLink","from":{leader},"to":"you"}}"#));
    play.pass(20_000);
    assert!(matches!(play.outcome(request), OutcomeState::Done { .. }), "TCP sent the answer again");
    assert_eq!(play.appended(), before + 1);
}

#[test]
fn a_cut_shows_at_a_client_as_a_request_timeout() {
    let (mut play, leader) = Play::with_topic("");
    play.done(&format!(r#"{{"do":"cutLink","from":"you","to":{leader}}}"#));
    let request = play.publish("a");
    play.pass(29_000);
    let broken = |kind: &EventKind| matches!(kind, EventKind::ConnectionClosed { error: Some(_), .. });
    assert_eq!(play.happened(broken), 0);
    play.pass(2_000);
    assert_eq!(play.happened(broken), 1);
    let silence = play.session.trace().events().find(|event| matches!(event.kind, EventKind::Silence { .. })).expect("a silence");
    let why: Vec<_> = play.session.trace().why(silence.id).into_iter().map(|event| &event.kind).collect();
    assert!(why.iter().any(|kind| matches!(kind, EventKind::LinkCut { .. })), "{why:?}");
    play.done(r#"{"do":"healAll"}"#);
    play.pass(60_000);
    assert!(matches!(play.outcome(request), OutcomeState::Done { .. }));
}

#[test]
fn responses_of_one_api_are_late_wrong_or_lost() {
    let (mut play, leader) = Play::with_topic("");
    let fault =
        |count: u32, effect: &str| format!(r#"{{"do":"faultApi","node":{leader},"api":"PRODUCE","count":{count},"effect":{effect}}}"#);
    play.done(&fault(1, r#"{"delay":3000}"#));
    let took = play.round_trip("a");
    assert!((3_000..3_100).contains(&took), "{took} ms");
    let retried = |kind: &EventKind| matches!(kind, EventKind::Retried { error, .. } if &**error == "REQUEST_TIMED_OUT");
    play.done(&fault(2, r#"{"error":"REQUEST_TIMED_OUT"}"#));
    play.round_trip("b");
    assert_eq!(play.happened(retried), 2);
    play.done(&fault(1, r#""lost""#));
    let took = play.round_trip("c");
    assert!((30_000..32_000).contains(&took), "{took} ms, after the request timed out");
    assert!(play.round_trip("d") < 10, "no more than were asked for");
    assert_eq!(play.happened(|kind| matches!(kind, EventKind::ApiFault { .. })), 4);
}

#[test]
fn every_api_can_answer_with_an_error() {
    let (mut play, _) = Play::with_topic("");
    for node in [1, 2, 3] {
        for api in ["FETCH", "METADATA", "LIST_OFFSETS", "FIND_COORDINATOR", "JOIN_GROUP", "SYNC_GROUP", "HEARTBEAT", "OFFSET_COMMIT"] {
            play.done(&format!(
                r#"{{"do":"faultApi","node":{node},"api":"{api}","count":1,"effect":{{"error":"COORDINATOR_NOT_AVAILABLE"}}}}"#
            ));
        }
    }
    play.done(r#"{"do":"addConsumer","group":"billing","topics":["orders"],"from":"earliest"}"#);
    play.pass(60_000);
    assert!(play.happened(|kind| matches!(kind, EventKind::ApiFault { .. })) > 10);
    assert_eq!(play.happened(|kind| matches!(kind, EventKind::Consumed { records: 1, .. })), 1, "it reads in the end");
}

#[test]
fn connections_that_break_are_made_again() {
    let (mut play, leader) = Play::with_topic("");
    play.done(&format!(r#"{{"do":"breakConnections","from":"you","to":{leader}}}"#));
    assert!(play.round_trip("a") < 1_000);
    assert!(play.happened(|kind| matches!(kind, EventKind::ConnectionBroken { .. })) >= 1);
}

#[test]
fn healing_everything_undoes_every_fault_and_forgets_what_was_planned() {
    let (mut play, leader) = Play::with_topic("");
    let others: Vec<i32> = [1, 2, 3].into_iter().filter(|node| *node != leader).collect();
    play.done(&format!(r#"{{"do":"pauseBroker","node":{leader}}}"#));
    play.done(&format!(r#"{{"do":"killBroker","node":{},"machine":true}}"#, others[0]));
    play.done(&format!(r#"{{"do":"killBroker","node":{}}}"#, others[1]));
    play.done(r#"{"do":"fillDisk","node":1}"#);
    play.done(r#"{"do":"cutLink","from":"brokers","to":"brokers"}"#);
    play.done(r#"{"do":"schedule","afterMs":1000,"command":{"do":"killBroker","node":1}}"#);
    play.done(r#"{"do":"chance","perHour":3600,"command":{"do":"killBroker","node":2}}"#);
    play.done(r#"{"do":"healAll"}"#);
    play.pass(60_000);
    for node in [1, 2, 3] {
        assert_eq!(play.state(node), NodeState::Running);
    }
    assert_eq!(play.session.simulation().links().count(), 0);
    assert!(play.round_trip("a") < 10);
}

#[test]
fn a_session_with_faults_is_the_same_again_from_a_keyframe() {
    let (mut play, leader) = Play::with_topic("");
    play.done(&format!(r#"{{"do":"setLink","from":"you","to":{leader},"latencyUs":1000,"jitterUs":5000,"tailUs":100000}}"#));
    play.done(r#"{"do":"chance","perHour":1800,"command":{"do":"breakConnections","from":"you","to":"brokers"}}"#);
    play.done(r#"{"do":"addProducer","topic":"orders","perMinute":600}"#);
    let mut other = play.session.clone();
    play.pass(60_000);
    let until = play.session.now();
    other.advance(until);
    assert_eq!(play.session.trace().hash(), other.trace().hash());
}
