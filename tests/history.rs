//! Time travel: a moment that is gone back to is the moment that was, and goes on as it did.

use partita::base::{Duration, Event, EventId, EventKind, Instant};
use partita::playground::{Command, History, OutcomeState, Player, Position, Setup, Speed, Target, Time};
use partita::view::query::recalled;
use partita::view::{Answer, Query};

fn begin(seed: u64) -> History {
    History::new(Setup { seed, ..Setup::default() }).expect("three brokers can be")
}

fn go_on(history: &mut History, millis: u64) {
    history.advance(history.now() + Duration::from_millis(millis));
}

fn command(json: &str) -> Command {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn topic(name: &str) -> Command {
    command(&format!(r#"{{"do": "createTopic", "name": "{name}", "partitions": 2, "replicationFactor": 1}}"#))
}

fn publish(key: &str) -> Command {
    command(&format!(r#"{{"do": "publish", "topic": "orders", "key": "{key}", "value": "v"}}"#))
}

fn producer(per_minute: u32) -> Command {
    command(&format!(r#"{{"do": "addProducer", "topic": "orders", "perMinute": {per_minute}}}"#))
}

fn consumer() -> Command {
    command(r#"{"do": "addConsumer", "group": "billing", "topics": ["orders"], "from": "earliest"}"#)
}

fn act(history: &mut History, request: u64, json: &str, millis: u64) {
    history.apply(request, command(json));
    go_on(history, millis);
}

/// A busy minute in which a member crashes, and brokers and links fail and come back: as told, on schedule, and by chance.
fn busy(seed: u64) -> History {
    let mut history = begin(seed);
    go_on(&mut history, 300);
    act(&mut history, 1, r#"{"do": "createTopic", "name": "orders", "partitions": 2, "replicationFactor": 3}"#, 300);
    act(&mut history, 2, r#"{"do": "addProducer", "topic": "orders", "perMinute": 1200}"#, 0);
    history.apply(3, consumer());
    go_on(&mut history, 5_000);
    history.apply(4, consumer());
    go_on(&mut history, 6_000 + seed % 7);
    history.step();
    history.apply(5, command(r#"{"do": "crashConsumer", "consumer": "c1"}"#));
    history.apply(6, publish("k"));
    act(&mut history, 7, r#"{"do": "chance", "perHour": 900, "command": {"do": "breakConnections", "from": 1, "to": 2}}"#, 10);
    act(&mut history, 8, r#"{"do": "schedule", "afterMs": 9000, "command": {"do": "healAll"}}"#, 10);
    act(&mut history, 9, r#"{"do": "pauseBroker", "node": 2}"#, 2_000);
    act(&mut history, 10, r#"{"do": "cutLink", "from": 1, "to": 3, "oneWay": true}"#, 12_000);
    act(&mut history, 11, r#"{"do": "killBroker", "node": 3, "machine": true}"#, 12_000);
    act(&mut history, 12, r#"{"do": "restartBroker", "node": 3}"#, 12_000);
    history
}

/// What tells two sessions apart.
fn print(history: &History) -> (Position, u64, u64) {
    (history.position(), history.session().trace().hash(), history.session().trace().last().map_or(0, |event| event.0))
}

#[test]
fn playing_on_from_any_moment_of_the_past_gives_what_there_was() {
    for seed in 0..2 {
        let mut history = busy(seed);
        let end = print(&history);
        let inputs = history.inputs().len();
        let events = history.end_event().0;
        for part in [0, 4, 10] {
            history.seek(Target::Event(EventId(1 + events * part / 11))).expect("it has that event");
            assert!(history.is_past());
            history.advance(end.0.at);
            assert_eq!(print(&history), end, "seed {seed}, {part} elevenths");
        }
        for at in [0, 16_000_000] {
            history.seek(Target::Time(Instant::from_micros(at))).expect("any time can be gone to");
            for _ in 0..2_000 {
                let almost = history.position().steps + 50 < end.0.steps;
                assert!(!almost || history.step());
            }
            history.advance(end.0.at);
            assert_eq!(print(&history), end, "seed {seed}, from {at} µs step by step");
        }
        assert_eq!(history.inputs().len(), inputs);
        assert_eq!(history.branches().len(), 1, "looking back begins no fork");
    }
}

#[test]
fn a_seek_ends_right_after_the_events_step() {
    let mut history = busy(1);
    let events = history.end_event().0;
    for event in [1, 2, events / 3, events / 2, events - 1, events] {
        history.seek(Target::Event(EventId(event))).expect("it has that event");
        let last = history.session().trace().last().expect("something has happened").0;
        assert!(last >= event);
        let mut of_step = history.session().trace().events().filter(|e| e.id.0 >= event).map(|e| e.at);
        assert!(of_step.all(|at| at == history.now()), "all of it happened in one step");
    }
    let before = print(&history);
    let error = history.seek(Target::Event(EventId(events + 1))).expect_err("there is no such event");
    assert!(error.message.contains("has no event"), "{}", error.message);
    assert_eq!(print(&history), before);
}

#[test]
fn before_an_event_is_right_after_the_one_before_its_step() {
    let mut history = busy(1);
    let mut last = EventId(history.end_event().0);
    // Some steps bring several events: they go together, and nobody is stuck at them.
    for _ in 0..60 {
        history.seek(Target::BeforeEvent(last)).expect("there is a step before");
        let now = history.session().trace().last().expect("something has happened");
        assert!(now < last, "{now:?} is not before {last:?}");
        history.step();
        assert!(history.session().trace().last() >= Some(last), "the very next step brings {last:?}");
        last = now;
        history.seek(Target::Event(last)).expect("it has that event");
    }
    history.seek(Target::BeforeEvent(EventId(1))).expect("there is a beginning");
    assert_eq!(history.now(), Instant::ZERO);
}

#[test]
fn a_time_after_the_end_leads_to_the_end() {
    let mut history = busy(2);
    let end = print(&history);
    history.seek(Target::Start).expect("the start is there");
    assert_eq!(history.now(), Instant::ZERO);
    history.seek(Target::Time(Instant::from_micros(u64::MAX))).expect("leads to the end");
    assert_eq!(print(&history), end);
    assert!(!history.is_past());
}

#[test]
fn undo_is_the_moment_before_and_redo_the_moment_of_undoing() {
    let mut history = begin(5);
    go_on(&mut history, 500);
    history.apply(1, topic("orders"));
    go_on(&mut history, 500);
    let before = print(&history);
    history.apply(2, publish("a"));
    go_on(&mut history, 3_000);
    let after = print(&history);
    let undone = history.undo().expect("there is something to undo");
    assert_eq!(&*undone.text, "publish to orders");
    assert_eq!(print(&history), before);
    assert!(!history.is_past(), "what is undone is no future");
    assert!(history.can_redo());
    history.redo().expect("it can be brought back");
    assert_eq!(print(&history), after);

    history.undo().expect("again");
    go_on(&mut history, 5_000);
    assert_eq!(history.inputs().len(), 1, "time goes on without what was undone");
    history.apply(3, publish("b"));
    assert!(!history.can_redo(), "something else was done");
    history.undo().expect("b");
    history.undo().expect("the topic");
    assert!(history.undo().is_err(), "there is nothing more");
}

#[test]
fn what_was_opened_is_not_undone() {
    let mut history = History::scene(Setup::default()).expect("the scene can be");
    assert!(!history.can_undo());
    assert!(history.undo().is_err());
    history.apply(1, publish("a"));
    assert!(history.undo().is_ok());
}

#[test]
fn acting_in_the_past_keeps_both_courses_by_name() {
    let mut history = busy(3);
    let end = print(&history);
    history.seek(Target::Time(Instant::from_micros(10_000_000))).expect("a moment of it");
    history.apply(9, Command::StopConsumer { consumer: "c1".to_owned() });
    go_on(&mut history, 20_000);
    let names: Vec<_> = history.branches().map(|branch| (branch.name.to_string(), branch.current, branch.inputs)).collect();
    assert_eq!(names, [("main".to_owned(), false, 12), ("fork 1".to_owned(), true, 5)]);
    let forked = print(&history);
    history.switch("main").expect("it is kept");
    history.seek(Target::End).expect("as far as it went");
    assert_eq!(print(&history), end);
    history.switch("fork 1").expect("so is this");
    assert_eq!(print(&history), forked);
    history.rename("fork 1", "without c1").expect("a free name");
    assert!(history.rename("main", "without c1").is_err());
    assert!(history.fork(Some("  ")).is_err());
    assert!(history.switch("fork 1").is_err());
    assert!(history.remove("without c1").is_err(), "it is looked at");
    history.remove("main").expect("the other may go");
    assert_eq!(print(&history), forked);
}

#[test]
fn a_command_that_is_refused_is_no_input_and_begins_no_fork() {
    let mut history = busy(4);
    history.seek(Target::Time(Instant::from_micros(9_000_000))).expect("a moment of it");
    history.apply(77, Command::CrashConsumer { consumer: "nobody".to_owned() });
    let outcome = history.session().outcomes().find(|outcome| outcome.request == 77).expect("it is answered");
    assert!(matches!(outcome.state, OutcomeState::Failed { .. }));
    assert_eq!(history.branches().len(), 1);
    assert!(history.is_past());
}

#[test]
fn a_way_to_the_next_notable_event_ends_there() {
    let mut history = busy(6);
    let marks: Vec<_> = history.marks().iter().map(|mark| mark.at).collect();
    assert!(marks.is_sorted() && marks.len() > 3, "{marks:?}");
    history.seek(Target::Start).expect("the start");
    let mut stops = vec![Instant::ZERO];
    while history.run_to_notable(100_000).is_some() && history.is_past() {
        stops.push(history.now());
    }
    assert!(marks.iter().all(|mark| stops.contains(mark)), "{marks:?} {stops:?}");
}

#[test]
fn speeds_out_of_range_are_refused_with_the_reason() {
    for wrong in ["-1", "0", "0.05", "5000", "1000.1"] {
        let error = serde_json::from_str::<Time>(&format!("{{\"do\":\"speed\",\"times\":{wrong}}}")).expect_err(wrong).to_string();
        assert!(error.contains("0.1 to 1,000 times real time"), "{error}");
    }
    assert!(Speed::try_from(f64::NAN).is_err());
    let mut player = Player::open(begin(1));
    for right in [0.1, 1.0, 1_000.0] {
        let speed = Speed::try_from(right).expect("in range");
        player.time(Time::Speed { times: speed }).expect("taken");
        assert_eq!(f64::from(player.speed()), right);
    }
    let before = player.history().now();
    player.go_on(Duration::from_millis(16), || false);
    assert_eq!(player.history().now() - before, Duration::from_secs(16));
}

#[test]
fn a_player_rests_where_it_was_sent_and_begins_anew() {
    let mut player = Player::open(History::scene(Setup::default()).expect("the scene can be"));
    let opened = print(player.history());
    player.go_on(Duration::from_secs(5), || false);
    player.time(Time::Seek { at_us: 6_000_000 }).expect("a moment of it");
    assert!(!player.is_running() && player.history().is_past());
    assert!(player.time(Time::SeekEvent { event: 0 }).is_err());
    player.time(Time::ToNotable).expect("on to what comes");
    player.go_on(Duration::from_millis(16), || false);
    assert!(!player.is_running());
    player.time(Time::Reset).expect("back");
    assert_eq!(print(player.history()), opened);
    player.time(Time::Seed { seed: 99 }).expect("another seed");
    assert_ne!(print(player.history()).1, opened.1);
    assert_eq!(player.history().setup().seed, 99);
}

#[test]
fn two_courses_are_compared_where_they_differ() {
    let mut history = begin(8);
    go_on(&mut history, 500);
    history.apply(1, topic("orders"));
    history.apply(2, producer(600));
    history.apply(3, consumer());
    go_on(&mut history, 20_000);
    let parted = history.now();
    history.apply(4, command(r#"{"do": "killBroker", "node": 3}"#));
    go_on(&mut history, 20_000);
    history.seek(Target::BeforeInput(3)).expect("before the kill");
    history.fork(Some("alive")).expect("a free name");
    history.apply(5, publish("k"));
    go_on(&mut history, 30_000);
    let difference = history.compare("main", "alive").expect("both are there");
    assert_eq!((difference.parted, difference.at), (parted, parted + Duration::from_secs(20)));
    let said: Vec<Vec<&str>> = difference.inputs.iter().map(|inputs| inputs.iter().map(|(_, text)| &**text).collect()).collect();
    assert_eq!(said, [["kill node 3"], ["publish to orders"]]);
    assert!(!difference.partitions.is_empty() && !difference.records.is_empty());
    let alike = history.compare("main", "main").expect("it is there");
    assert!(
        alike.partitions.is_empty() && alike.committed.is_empty() && alike.records.is_empty() && alike.inputs.iter().all(Vec::is_empty)
    );
    assert!(history.compare("main", "nobody").is_err());
}

#[test]
fn an_event_that_the_trace_has_forgotten_is_recalled_with_its_causes() {
    let mut history = History::scene(Setup::default()).expect("the scene can be");
    history.apply(1, Command::KillBroker { node: 2, machine: false });
    history.advance(history.now() + Duration::from_secs(20));
    let elected = |event: &&Event| matches!(event.kind, EventKind::LeaderElected { .. });
    let election = history.session().trace().events().rev().find(elected).expect("another leads").id;
    let busy = r#"{"do": "addProducer", "topic": "orders", "perMinute": 30000}"#;
    history.apply(2, serde_json::from_str(busy).expect("a command that there is"));
    while history.session().trace().get(election).is_some() {
        history.advance(history.now() + Duration::from_secs(5));
    }
    let Answer::Story { story } = recalled(&history, &Query::Story { event: election.0 }) else { panic!("the election is not recalled") };
    assert!(story.causes.iter().any(|cause| &*cause.text == "you killed node 2"), "{:?}", story.causes);
    assert!(matches!(recalled(&history, &Query::Story { event: u64::MAX }), Answer::Absent { .. }));
}

#[test]
fn what_came_of_a_forgotten_event_is_recalled_where_keyframes_are_few() {
    let mut history = History::scene(Setup::default()).expect("the scene can be");
    history.apply(1, Command::KillBroker { node: 2, machine: false });
    let killed = |event: &&Event| matches!(event.kind, EventKind::NodeKilled { .. });
    let kill = history.session().trace().events().rev().find(killed).expect("it was killed").id;
    let busy = r#"{"do": "addProducer", "topic": "orders", "perMinute": 30000}"#;
    history.advance(history.now() + Duration::from_secs(20));
    history.apply(2, serde_json::from_str(busy).expect("a command that there is"));
    while history.session().trace().get(kill).is_some() {
        history.advance(history.now() + Duration::from_secs(5));
    }
    // Four keyframes are left of a history that is not looked at.
    history.fork(Some("other")).expect("a fork");
    history.switch("main").expect("and back");
    let Answer::Story { story } = recalled(&history, &Query::Story { event: kill.0 }) else { panic!("the kill is not recalled") };
    assert!(story.effects.iter().any(|effect| effect.text.contains("leads orders")), "{:?}", story.effects);
}

#[test]
fn with_another_seed_the_first_scene_stands_as_it_did() {
    for seed in [7, 8, 9] {
        let mut player = Player::open(History::scene(Setup::default()).expect("three brokers can be"));
        player.time(Time::Seed { seed }).expect("another seed");
        for broker in player.session().simulation().brokers() {
            let orders = broker.image().topic("orders").expect("the scene's topic");
            assert_eq!(orders.iter().count(), 3, "seed {seed}");
        }
    }
}
