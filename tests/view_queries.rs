//! What the stage asks for beyond a view: older stretches of tapes, and the network.

use partita::base::Duration;
use partita::playground::{Command, Party, Session};
use partita::simulation::Config;
use partita::view::query::{NetworkView, PeerKind, Stretch, TapeView, answer};
use partita::view::{Answer, Builder, Query};
use std::collections::BTreeMap;

fn scene() -> Session {
    Session::scene(Config::default()).expect("three brokers can be")
}

fn go_on(session: &mut Session, seconds: u64) {
    session.advance(session.now() + Duration::from_secs(seconds));
}

fn tapes(session: &Session, stretches: &[Stretch]) -> Vec<TapeView> {
    match answer(session, &Query::Tapes { topic: "orders".to_owned(), stretches: stretches.to_vec() }) {
        Answer::Tapes { tapes } => tapes,
        other => panic!("not about tapes: {other:?}"),
    }
}

fn network(session: &Session) -> NetworkView {
    match answer(session, &Query::Network) {
        Answer::Network { network } => *network,
        other => panic!("not about the network: {other:?}"),
    }
}

/// Whether a way is cut, and its latency.
type Way = (bool, Option<u64>);

/// What is said of the two ways of a wire between these.
fn wire(view: &NetworkView, one: &str, other: &str) -> Option<(Way, Way)> {
    let name = |at: u32| view.parties.get(at as usize).map(|p| p.name.to_string()).unwrap_or_default();
    view.wires.iter().find(|w| (name(w.from), name(w.to)) == (one.to_owned(), other.to_owned())).map(|w| {
        let way = |way: partita::view::query::WayView| (way.cut, way.latency_us);
        (way(w.there), way(w.back))
    })
}

#[test]
fn a_stretch_of_a_tape_holds_its_records_in_order_with_their_keys() {
    let mut session = scene();
    go_on(&mut session, 600);
    let told = tapes(&session, &[Stretch { partition: 0, from: 10, to: 30 }, Stretch { partition: 2, from: 0, to: 5 }]);
    assert_eq!(told.iter().map(|t| t.stretch.partition).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(told[0].records.iter().map(|r| r.offset).collect::<Vec<_>>(), (10..30).collect::<Vec<_>>());
    assert!(told[0].records.iter().all(|r| r.key.is_some() && r.repeats.is_none()));
}

#[test]
fn a_stretch_beyond_the_log_ends_with_it_and_a_partition_that_is_not_there_is_left_out() {
    let session = scene();
    let told = tapes(&session, &[Stretch { partition: 0, from: -5, to: 1_000_000 }, Stretch { partition: 99, from: 0, to: 10 }]);
    assert_eq!(told.len(), 1);
    let end = Builder::default().build(&session, None, &[]).topics[0].partitions[0].log_end;
    assert_eq!(told[0].records.len() as i64, end);
}

#[test]
fn what_a_producer_that_is_not_idempotent_sent_again_is_told_as_a_duplicate() {
    let mut session = scene();
    let config = BTreeMap::from([("enable.idempotence", "false"), ("request.timeout.ms", "1000"), ("delivery.timeout.ms", "20000")]);
    let producer = Command::AddProducer {
        name: Some("careless".to_owned()),
        topic: "orders".to_owned(),
        per_minute: 60,
        keys: Default::default(),
        acks: "1".to_owned(),
        config: config.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        transactions: None,
    };
    session.apply(1, producer);
    go_on(&mut session, 2);
    for (request, node) in (10..).zip(1..=3) {
        let effect = partita::playground::ApiEffect::Lost;
        session.apply(request, Command::FaultApi { node, api: "Produce".to_owned(), count: 2, effect });
    }
    go_on(&mut session, 20);
    let view = Builder::default().build(&session, None, &[]);
    let records: Vec<_> = view.topics[0].partitions.iter().flat_map(|p| p.window.iter().map(move |r| (p, r))).collect();
    let (partition, again) = records.iter().find(|(_, r)| r.repeats.is_some()).expect("something was written twice");
    let first = partition.window.iter().find(|r| Some(r.offset) == again.repeats).expect("the first of the two");
    assert_eq!((&first.key, &first.value, first.timestamp_ms), (&again.key, &again.value, again.timestamp_ms));
    assert!(first.offset < again.offset);
    let idempotent = records.iter().filter(|(_, r)| r.producer_id >= 0);
    assert!(idempotent.clone().count() > 0);
    assert!(idempotent.clone().all(|(_, r)| r.repeats.is_none()), "brokers recognise what an idempotent producer sends again");
}

#[test]
fn the_network_tells_who_is_on_it_and_which_links_are_not_as_the_others() {
    let mut session = scene();
    let before = network(&session);
    let names: Vec<_> = before.parties.iter().map(|p| (p.kind, &*p.name)).collect();
    assert_eq!(names[..3], [(PeerKind::Broker, "1"), (PeerKind::Broker, "2"), (PeerKind::Broker, "3")]);
    assert!(names.contains(&(PeerKind::Producer, "checkout")) && names.contains(&(PeerKind::Consumer, "c1")));
    assert_eq!(wire(&before, "1", "2"), Some(((false, None), (false, None))));

    session.apply(1, Command::CutLink { from: Party::Node(1), to: Party::Node(2), one_way: true });
    session.apply(
        2,
        Command::SetLink { from: Party::Node(2), to: Party::Node(3), latency_us: 80_000, jitter_us: 0, tail_us: 0, bytes_per_second: None },
    );
    let after = network(&session);
    assert_eq!(wire(&after, "1", "2"), Some(((true, None), (false, None))));
    assert_eq!(wire(&after, "2", "3"), Some(((false, Some(80_000)), (false, Some(80_000)))));
}

#[test]
fn packets_are_told_while_they_are_on_their_way() {
    let mut session = scene();
    session.apply(
        1,
        Command::SetLink { from: Party::Node(1), to: Party::Node(2), latency_us: 80_000, jitter_us: 0, tail_us: 0, bytes_per_second: None },
    );
    go_on(&mut session, 2);
    let view = network(&session);
    assert!(!view.packets.is_empty());
    for packet in &view.packets {
        assert!(packet.sent <= view.now && view.now <= packet.due, "{packet:?} at {}", view.now);
    }
    let dues: Vec<_> = view.packets.iter().map(|p| p.due).collect();
    assert!(dues.is_sorted());
}
