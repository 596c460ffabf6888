//! Random histories with every invariant checked after every step, and the checks checked: deliberate bugs, each of which must be found.
//!
//! Both take an optimised build: `cargo xtask test explore` makes it. Otherwise only a few histories are played.

use partita::base::{Event, EventKind};
#[cfg(feature = "deliberate-bugs")]
use partita::playground::explore::Failure;
use partita::playground::explore::{Plan, Played, Theme, play};

/// How many histories are played.
const SEEDS: u64 = if cfg!(feature = "deliberate-bugs") { 2_000 } else { 12 };

fn played(seed: u64, theme: Option<Theme>) -> Played {
    play(&Plan::generate(seed, theme)).unwrap_or_else(|failure| panic!("seed {seed}: {failure}"))
}

#[test]
fn no_history_breaks_an_invariant_and_every_cluster_finds_its_way_back() {
    let failed: Vec<String> =
        (1..=SEEDS).filter_map(|seed| played(seed, None).failure.map(|failure| format!("seed {seed}: {failure}"))).take(5).collect();
    assert!(failed.is_empty(), "{}\n\n`cargo xtask explore --from SEED --seeds 1` shrinks one", failed.join("\n"));
}

#[test]
fn a_plan_plays_alike_whenever_it_is_played() {
    for seed in 1..=3 {
        let (one, again) = (played(seed, None), played(seed, None));
        assert_eq!((one.steps, one.session.trace().hash()), (again.steps, again.session.trace().hash()), "seed {seed}");
    }
}

#[test]
fn histories_are_worth_playing() {
    let acknowledged: u64 = (1..=6).map(|seed| played(seed, Some(Theme::Failover)).acknowledged).sum();
    assert!(acknowledged > 100, "{acknowledged} records acknowledged in six histories");
}

#[test]
fn a_plan_survives_its_way_through_a_link() {
    let plan = Plan::generate(5, None);
    let scenario = plan.to_scenario(plan.heal_at_ms);
    let link = scenario.to_link();
    assert_eq!(partita::playground::Scenario::read(&link).as_ref(), Ok(&scenario));
}

/// A broker handles a connection's requests one after the other. While a commit waits for a follower that is cut off, its sender gives the
/// connection up and commits on the next; the old connection's second commit is handled last, since the first timed out.
const A_COMMIT_WAITS_BEHIND_ANOTHER: &str = r#"{"scenario":"partition",
    "setup":{"seed":140273,"brokers":3,"controllers":1,"settings":{"group.min.session.timeout.ms":"1000","offsets.topic.num.partitions":"2"}},
    "inputs":[
        {"atMs":2000,"command":{"do":"addConsumer","group":"g1","topics":["t0"],"name":"c1","from":"earliest",
            "config":{"auto.commit.interval.ms":"500","request.timeout.ms":"4000","session.timeout.ms":"5000"}}},
        {"atMs":3000,"command":{"do":"addProducer","name":"p1","topic":"t0","perMinute":420,"keys":{"is":"none"},"acks":"all"}},
        {"atMs":5500,"command":{"do":"cutLink","from":1,"to":2}},
        {"atMs":7400,"command":{"do":"cutLink","from":1,"to":"clients"}}],
    "healAtMs":9250}"#;

#[test]
fn what_waited_behind_another_request_is_caused_by_its_own() {
    let plan: Plan = serde_json::from_str(A_COMMIT_WAITS_BEHIND_ANOTHER).expect("a plan");
    let played = play(&plan).expect("a cluster that can be");
    assert_eq!(played.failure, None);
    let trace = played.session.simulation().trace();
    let committed = |event: &&Event| matches!(event.kind, EventKind::OffsetCommitted { .. });
    let commits: Vec<(&Event, &Event)> =
        trace.events().filter(committed).filter_map(|event| Some((event, trace.get(event.cause?)?))).collect();
    assert!(commits.windows(2).any(|two| two[0].1.at > two[1].1.at), "the commits come in another order than they were sent");
    assert!(commits.iter().all(|(event, cause)| cause.process != event.process), "their member's doing is what they are caused by");
}

/// The only broker dies, and with it the word that a static member has given up what another is to get; so does the member, which comes back
/// while nobody has missed it.
const A_REBALANCE_IS_OWED: &str = r#"{"scenario":"groups",
    "setup":{"seed":194501,"brokers":1,"controllers":1,"roles":"apart","settings":{"group.min.session.timeout.ms":"1000"}},
    "inputs":[
        {"atMs":1000,"command":{"do":"createTopic","name":"t0","partitions":2,"replicationFactor":1}},
        {"atMs":2700,"command":{"do":"addConsumer","group":"g1","topics":["t0"],"name":"c2","assignor":"cooperative-sticky","from":"earliest",
            "instanceId":"i2","config":{"auto.commit.interval.ms":"750","heartbeat.interval.ms":"2000","max.poll.interval.ms":"20000",
            "request.timeout.ms":"2500","session.timeout.ms":"6000"}}},
        {"atMs":6000,"command":{"do":"addConsumer","group":"g1","topics":["t0"],"name":"c1","assignor":"cooperative-sticky","from":"earliest",
            "instanceId":"i1","config":{"auto.commit.interval.ms":"1000","heartbeat.interval.ms":"833","max.poll.interval.ms":"20000",
            "request.timeout.ms":"1000","session.timeout.ms":"2500"}}},
        {"atMs":8000,"command":{"do":"killBroker","node":1}},
        {"atMs":8000,"command":{"do":"stopConsumer","consumer":"c2"}},
        {"atMs":14000,"command":{"do":"addConsumer","group":"g1","topics":["t0"],"name":"c2","assignor":"cooperative-sticky","from":"earliest",
            "instanceId":"i2","config":{"auto.commit.interval.ms":"750","heartbeat.interval.ms":"2000","max.poll.interval.ms":"20000",
            "request.timeout.ms":"2500","session.timeout.ms":"6000"}}}],
    "healAtMs":14871}"#;

#[test]
fn a_rebalance_that_nobody_knows_of_is_brought_by_another_member() {
    let plan: Plan = serde_json::from_str(A_REBALANCE_IS_OWED).expect("a plan");
    let played = play(&plan).expect("a cluster that can be");
    assert_eq!(played.failure, None);
    let trace = played.session.simulation().trace();
    let mut joined = trace.events().filter_map(|event| match &event.kind {
        EventKind::MemberJoined { client, .. } => Some(&**client),
        _ => None,
    });
    assert_eq!(joined.next_back(), Some("g1-more"), "without it t0-1 would be nobody's, as in Apache Kafka");
}

/// The answer to a SyncGroup is held back by a cut; that to a heartbeat is sent once the link is whole, and before TCP sends the first again.
const AN_ANSWER_IS_HELD_BACK: &str = r#"{"scenario":"controllers",
    "setup":{"seed":477133,"brokers":3,"controllers":3,"settings":{"broker.session.timeout.ms":"6000",
        "group.initial.rebalance.delay.ms":"1000","group.min.session.timeout.ms":"1000","offsets.topic.num.partitions":"1"}},
    "inputs":[
        {"atMs":3000,"command":{"do":"addConsumer","group":"g1","topics":["t0","t1"],"name":"c1","assignor":"sticky","from":"earliest",
            "config":{"auto.commit.interval.ms":"750","heartbeat.interval.ms":"833","max.poll.interval.ms":"20000",
            "request.timeout.ms":"4000","session.timeout.ms":"2500"}}},
        {"atMs":4000,"command":{"do":"cutLink","from":1,"to":2,"oneWay":true}},
        {"atMs":5000,"command":{"do":"setLink","from":3,"to":"clients","latencyUs":182183,"jitterUs":173714,"tailUs":0}},
        {"atMs":10000,"command":{"do":"healLink","from":1,"to":2}},
        {"atMs":15000,"command":{"do":"cutLink","from":3,"to":"clients"}},
        {"atMs":15400,"command":{"do":"healLink","from":3,"to":"clients"}}],
    "healAtMs":16400}"#;

/// A consumer has to ask the leader about its position, hears that there is none, and then from a broker that lags behind what was before that.
const METADATA_COMES_LATE: &str = r#"{"scenario":"partition",
    "setup":{"seed":599245,"brokers":4,"controllers":1,"roles":"apart","settings":{"broker.session.timeout.ms":"3750",
        "group.initial.rebalance.delay.ms":"1000","group.min.session.timeout.ms":"1000","offsets.topic.num.partitions":"3"}},
    "inputs":[
        {"atMs":1000,"command":{"do":"createTopic","name":"t0","partitions":2,"replicationFactor":1}},
        {"atMs":1000,"command":{"do":"createTopic","name":"t1","partitions":2,"replicationFactor":3}},
        {"atMs":2000,"command":{"do":"addProducer","name":"p3","topic":"t0","perMinute":600,"keys":{"is":"none"},"acks":"all"}},
        {"atMs":2000,"command":{"do":"addProducer","name":"p2","topic":"t1","perMinute":540,"keys":{"is":"none"},"acks":"1"}},
        {"atMs":3000,"command":{"do":"addConsumer","group":"g1","topics":["t0","t1"],"name":"c2","assignor":"sticky","from":"latest",
            "instanceId":"i2","config":{"auto.commit.interval.ms":"500","heartbeat.interval.ms":"833","max.poll.interval.ms":"20000",
            "request.timeout.ms":"2500","session.timeout.ms":"2500"}}},
        {"atMs":4700,"command":{"do":"addConsumer","group":"g1","topics":["t0","t1"],"name":"c1","assignor":"sticky","from":"latest",
            "config":{"auto.commit.interval.ms":"1250","heartbeat.interval.ms":"1166","max.poll.interval.ms":"20000",
            "request.timeout.ms":"2000","session.timeout.ms":"3500"}}},
        {"atMs":4800,"command":{"do":"killBroker","node":2}},
        {"atMs":6000,"command":{"do":"setLink","from":3,"to":"controllers","latencyUs":155567,"jitterUs":179806,"tailUs":0}}],
    "healAtMs":10152}"#;

#[test]
fn consumers_find_their_way_back_from_what_slow_links_bring() {
    for text in [AN_ANSWER_IS_HELD_BACK, METADATA_COMES_LATE] {
        let plan: Plan = serde_json::from_str(text).expect("a plan");
        assert_eq!(play(&plan).expect("a cluster that can be").failure, None);
    }
}

/// What was found: an invariant that does not hold, or a cluster that does not find its way back.
#[cfg(feature = "deliberate-bugs")]
fn found(failure: Option<Failure>) -> Option<String> {
    match failure? {
        Failure::Violation(violation) => Some(violation.invariant.name().to_owned()),
        Failure::Stuck { what, .. } => Some(format!("stuck: {what:?}")),
        Failure::Setup { .. } | Failure::Endless | Failure::Panic { .. } => None,
    }
}

#[cfg(feature = "deliberate-bugs")]
mod bugs {
    use super::{found, play};
    use partita::base::bugs::{Bug, wake};
    use partita::playground::explore::{Plan, Theme};

    /// Each bug, the scenario in which it is looked for, and within how many seeds it must be found.
    const BUGS: &[(Bug, Theme, u64)] = &[
        (Bug::AcknowledgeBeforeTheIsrHasIt, Theme::Failover, 10),
        (Bug::HighWatermarkBeyondTheIsr, Theme::Failover, 150),
        (Bug::ReadBeyondTheHighWatermark, Theme::Groups, 10),
        (Bug::SkipTruncation, Theme::Failover, 200),
        (Bug::TwoLeadersInAnEpoch, Theme::Failover, 10),
        (Bug::ForgetAFencedEpoch, Theme::Failover, 50),
        (Bug::ElectOutsideTheIsr, Theme::Failover, 100),
        (Bug::AcceptADuplicate, Theme::Failover, 50),
        (Bug::DropATombstoneEarly, Theme::Compaction, 100),
        (Bug::KeepTheOldestOfAKey, Theme::Compaction, 20),
        (Bug::CommitAnOffsetTwice, Theme::Groups, 50),
        (Bug::LoadHalfOfTheGroups, Theme::Groups, 50),
        (Bug::VoteTwice, Theme::Controllers, 50),
        (Bug::CommitMetadataAlone, Theme::Controllers, 150),
    ];

    /// A bug's name may be given to look for that one alone: `PARTITA_BUG=SkipTruncation`.
    fn looked_for() -> impl Iterator<Item = &'static (Bug, Theme, u64)> {
        let only = std::env::var("PARTITA_BUG").ok();
        BUGS.iter().filter(move |(bug, ..)| only.as_ref().is_none_or(|only| *only == format!("{bug:?}")))
    }

    #[test]
    fn every_deliberate_bug_is_found_within_its_seeds() {
        let mut missed = Vec::new();
        for (bug, theme, within) in looked_for() {
            wake(Some(*bug));
            let hit = (1..=*within).find_map(|seed| {
                let failure = play(&Plan::generate(seed, Some(*theme))).map_or_else(Some, |played| played.failure);
                found(failure).map(|what| (seed, what))
            });
            wake(None);
            match hit {
                Some((seed, what)) => println!("{bug:?}: {what}, at seed {seed} of {}", theme.name()),
                None => missed.push(format!("{bug:?} is not found within {within} seeds of {}", theme.name())),
            }
        }
        assert!(missed.is_empty(), "{}", missed.join("\n"));
    }
}
