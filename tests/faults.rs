//! Faults as commands: what they bring about, and what is refused.

use partita::base::{Duration, EventKind, NodeId};
use partita::playground::{Command, OutcomeState, Session};
use partita::simulation::{Config, Down, NodeState};

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
