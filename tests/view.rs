//! What a screen is told of a session.

use partita::base::{Duration, Instant, NodeId};
use partita::playground::{Command, Party, Session};
use partita::simulation::{Config, Door};
use partita::view::{BrokerState, Builder, Feed, GroupState, IsolationLevel, Looks, MemberCondition, TransactionState, Unsettled, View};
use std::sync::Arc;

fn scene() -> (Session, Builder) {
    (Session::scene(Config::default()).expect("three brokers can be"), Builder::default())
}

fn look(session: &Session, builder: &mut Builder) -> View {
    builder.build(session, None, &[])
}

fn go_on(session: &mut Session, seconds: u64) {
    session.advance(session.now() + Duration::from_secs(seconds));
}

#[test]
fn the_scene_is_live() {
    let (session, mut builder) = scene();
    let view = look(&session, &mut builder);
    let orders = &view.topics[0];
    assert_eq!((&*orders.name, orders.partitions.len(), &*orders.key_prefix), ("orders", 3, "user-"));
    assert!(orders.records > 3, "the producer has written {} records", orders.records);
    let billing = &view.groups[0];
    assert_eq!((&*billing.name, billing.state, billing.members.len()), ("billing", GroupState::Stable, 2));
    assert!(billing.offsets.iter().all(|o| o.owner.is_some() && o.owned), "{:?}", billing.offsets);
    assert_eq!(view.brokers.len(), 3);
    assert!(view.controller.is_some());
    assert!(view.events.iter().any(|e| e.text.contains("orders was created")));
}

#[test]
fn windows_hold_the_last_records_whole() {
    let (mut session, mut builder) = scene();
    look(&session, &mut builder);
    go_on(&mut session, 240);
    let view = look(&session, &mut builder);
    for partition in &view.topics[0].partitions {
        let offsets: Vec<i64> = partition.window.iter().map(|r| r.offset).collect();
        let first = (partition.log_end - 64).max(partition.log_start);
        assert_eq!(offsets, (first..partition.log_end).collect::<Vec<_>>());
        assert!(partition.window.iter().all(|r| r.hue.is_some() && r.value.is_some()));
    }
}

#[test]
fn what_did_not_change_is_the_same_object() {
    let (session, mut builder) = scene();
    let (one, other) = (look(&session, &mut builder), look(&session, &mut builder));
    assert!(Arc::ptr_eq(&one.topics[0], &other.topics[0]));
    assert!(Arc::ptr_eq(&one.groups[0], &other.groups[0]));
    assert!(Arc::ptr_eq(&one.producers[0], &other.producers[0]));
}

#[test]
fn what_a_view_does_not_look_at_is_as_it_was_seen_last() {
    let (mut session, mut builder) = scene();
    let committed = |view: &View| view.groups[0].offsets.iter().filter_map(|o| o.committed).sum::<i64>();
    let written = |view: &View| view.topics[0].records;
    let before = look(&session, &mut builder);
    go_on(&mut session, 60);
    let mut whole = Builder::default();
    let whole = look(&session, &mut whole);
    assert!(written(&before) < written(&whole) && committed(&before) < committed(&whole));
    let nothing = Looks { topics: false, groups: false, events: false };
    let told = |view: View| (written(&view), committed(&view), view.now);
    assert_eq!(told(builder.build_some(&session, None, &[], nothing)), (written(&before), committed(&before), whole.now));
    assert_eq!(
        told(builder.build_some(&session, None, &[], Looks { topics: true, ..nothing })),
        (written(&whole), committed(&before), whole.now)
    );
    assert_eq!(
        told(builder.build_some(&session, None, &[], Looks { groups: true, ..nothing })),
        (written(&whole), committed(&whole), whole.now)
    );
}

#[test]
fn a_crashed_member_is_shown_until_the_group_went_on_without_it() {
    let (mut session, mut builder) = scene();
    session.apply(1, Command::CrashConsumer { consumer: "c2".to_owned() });
    go_on(&mut session, 1);
    let member = |view: &View| view.groups[0].members.iter().find(|m| *m.label == *"c2").map(|m| m.condition.clone());
    assert_eq!(member(&look(&session, &mut builder)), Some(MemberCondition::Crashed));
    go_on(&mut session, 60);
    let view = look(&session, &mut builder);
    assert_eq!(member(&view), None);
    assert!(view.groups[0].offsets.iter().all(|o| o.owner == Some(0)));
    let told = view.events.iter().find(|e| e.text.contains("c2 was removed from billing"));
    assert!(told.is_some_and(|e| e.cause.is_some()), "the removal is told, with its cause");
}

/// Which partitions change hands: "orders 2: c2 → c3".
fn moves(view: &View) -> Vec<String> {
    let group = &view.groups[0];
    let label = |at: Option<u32>| at.and_then(|at| group.members.get(at as usize)).map_or("nobody", |m| &*m.label);
    group.moves().map(|o| format!("{} {}: {} → {}", o.topic, o.partition, label(o.was), label(o.owner))).collect()
}

#[test]
fn a_rebalance_shows_who_had_what_and_who_gets_what() {
    let (mut session, mut builder) = scene();
    go_on(&mut session, 5);
    assert_eq!(moves(&look(&session, &mut builder)), [""; 0], "a group at rest moves nothing");
    let add = r#"{"do":"addConsumer","group":"billing","topics":["orders"],"from":"earliest"}"#;
    session.apply(1, serde_json::from_str(add).expect("a command"));
    // A hand lets go when its member hears of the rebalance.
    let mut loose = Vec::new();
    while look(&session, &mut builder).groups[0].members.iter().filter(|m| m.condition == MemberCondition::Stable).count() < 3 {
        let view = look(&session, &mut builder);
        if view.groups[0].state != GroupState::Stable && moves(&view).len() > loose.len() {
            loose = moves(&view);
            assert_eq!(moves(&look(&session, &mut Builder::default())), loose, "a moment that was sought shows the same");
        }
        session.advance(session.now() + Duration::from_micros(500));
    }
    let of = |n: i32, member: &str| format!("orders {n}: {member} → nobody");
    assert_eq!(loose, [of(0, "c1"), of(1, "c1"), of(2, "c2")]);
    go_on(&mut session, 1);
    let view = look(&session, &mut builder);
    assert_eq!(moves(&view), ["orders 1: c1 → c2", "orders 2: c2 → c3"]);
    let why = session.trace().why(partita::base::EventId(view.groups[0].event.expect("what made them move")));
    assert!(why.iter().any(|e| format!("{:?}", e.kind).contains("add consumer c3")), "{why:?}");
    assert_eq!(view.groups[0].came, ["c3".into()], "who made them move");
    go_on(&mut session, 7);
    let view = look(&session, &mut builder);
    assert_eq!(moves(&view), [""; 0], "it is over");
    assert_eq!(view.groups[0].came, [], "it is over");
}

#[test]
fn what_a_removed_member_had_goes_over_from_it() {
    let (mut session, mut builder) = scene();
    go_on(&mut session, 5);
    look(&session, &mut builder);
    session.apply(1, Command::StopConsumer { consumer: "c2".to_owned() });
    let mut seen: Vec<Vec<String>> = Vec::new();
    for _ in 0..400 {
        session.advance(session.now() + Duration::from_millis(20));
        let view = look(&session, &mut builder);
        if !moves(&view).is_empty() && seen.last() != Some(&moves(&view)) {
            let gone = view.groups[0].members.iter().find(|m| *m.label == *"c2").expect("it is shown as gone");
            assert!(matches!(gone.condition, MemberCondition::Gone(_)) || seen.is_empty(), "{:?}", gone.condition);
            seen.push(moves(&view));
        }
    }
    assert_eq!(seen.last(), Some(&vec!["orders 2: c2 → c1".to_owned()]), "{seen:?}");
    assert!(seen.iter().any(|moves| moves.contains(&"orders 2: c2 → nobody".to_owned())), "{seen:?}");
}

#[test]
fn a_static_member_has_its_name_before_it_hears_that_it_is_one() {
    let (mut session, mut builder) = scene();
    let add = r#"{"do":"addConsumer","group":"ledger","topics":["orders"],"name":"till","instanceId":"till-1"}"#;
    session.apply(1, serde_json::from_str(add).expect("a command"));
    for _ in 0..50 {
        session.advance(session.now() + Duration::from_millis(100));
        let view = look(&session, &mut builder);
        let ledger = view.groups.iter().find(|group| &*group.name == "ledger").expect("it has a member");
        assert_eq!(ledger.members.iter().map(|member| &*member.label).collect::<Vec<_>>(), ["till"]);
    }
}

#[test]
fn a_member_that_stands_still_has_nothing_once_its_group_has_moved_on() {
    let (mut session, mut builder) = scene();
    go_on(&mut session, 5);
    look(&session, &mut builder);
    session.apply(1, Command::PauseConsumer { consumer: "c2".to_owned() });
    go_on(&mut session, 1);
    let paused = |view: &View| view.groups[0].members.iter().any(|m| *m.label == *"c2" && m.condition == MemberCondition::Paused);
    assert!(paused(&look(&session, &mut builder)));
    go_on(&mut session, 60);
    let view = look(&session, &mut builder);
    assert!(paused(&view), "it is still there, and stands still");
    let owners: Vec<_> =
        view.groups[0].offsets.iter().map(|o| &*view.groups[0].members[o.owner.expect("an owner") as usize].label).collect();
    assert_eq!(owners, ["c1", "c1", "c1"]);
}

#[test]
fn causes_lead_back_to_the_command() {
    let (mut session, mut builder) = scene();
    session.apply(7, Command::DeleteTopic { name: "orders".to_owned() });
    go_on(&mut session, 2);
    let view = look(&session, &mut builder);
    let find = |id: u64| view.events.iter().find(|e| e.id == id);
    let mut at = view.events.iter().rev().find(|e| e.text.contains("orders was deleted")).expect("it is told");
    while let Some(cause) = at.cause.and_then(find) {
        at = cause;
    }
    assert!(at.text.starts_with("You deleted topic orders"), "{at:?}");
}

/// Starts a producer to orders that writes ten records a second, in transactions.
fn add_transactional(session: &mut Session, records: u32, abort_every: u32) {
    let add = format!(
        r#"{{"do":"addProducer","name":"shop","topic":"orders","perMinute":600,"config":{{"transactional.id":"shop"}},
            "transactions":{{"perTransaction":{records},"abortEvery":{abort_every}}}}}"#
    );
    session.apply(1, serde_json::from_str(&add).expect("a command"));
}

#[test]
fn an_open_transaction_is_told_by_its_producer_its_partitions_and_its_records() {
    let (mut session, mut builder) = scene();
    add_transactional(&mut session, 1_000, 0);
    go_on(&mut session, 3);
    let view = look(&session, &mut builder);
    let shop = view.producers.iter().find(|p| *p.name == *"shop").and_then(|p| p.transaction.clone()).expect("it is transactional");
    assert_eq!((&*shop.transactional_id, shop.state, shop.plan), ("shop", TransactionState::InTransaction, Some((1_000, 0))));
    assert!(shop.records > 20 && shop.coordinator.is_some(), "{shop:?}");
    for (topic, index) in &shop.partitions {
        let part = &view.topics.iter().find(|t| t.name == *topic).expect("a topic").partitions[*index as usize];
        assert!(part.last_stable < part.high_watermark);
        let first = part.window.iter().find(|r| r.transaction == Some(Unsettled::Open)).expect("its records are in sight");
        assert_eq!(first.offset, part.last_stable);
    }
    session.apply(2, Command::StopProducer { producer: "shop".to_owned() });
    go_on(&mut session, 2);
    let view = look(&session, &mut builder);
    let shop = view.producers.iter().find(|p| *p.name == *"shop").and_then(|p| p.transaction.clone()).expect("it is transactional");
    assert_eq!((shop.state, shop.records, shop.partitions.len(), shop.committed), (TransactionState::Ready, 0, 0, 1));
    let parts = &view.topics[0].partitions;
    assert!(parts.iter().all(|part| part.last_stable == part.high_watermark && part.window.iter().all(|r| r.transaction.is_none())));
}

#[test]
fn members_tell_what_they_read_of_transactions() {
    let (mut session, mut builder) = scene();
    let add = r#"{"do":"addConsumer","group":"audit","topics":["orders"],"config":{"isolation.level":"read_committed"}}"#;
    session.apply(1, serde_json::from_str(add).expect("a command"));
    go_on(&mut session, 10);
    let view = look(&session, &mut builder);
    let levels = |name: &str| {
        let members = view.groups.iter().filter(|group| *group.name == *name).flat_map(|group| &group.members);
        members.map(|member| member.isolation).collect::<Vec<_>>()
    };
    assert_eq!(levels("billing"), [Some(IsolationLevel::ReadUncommitted); 2]);
    assert_eq!(levels("audit"), [Some(IsolationLevel::ReadCommitted)]);
}

#[test]
fn a_view_survives_the_wire() {
    let (mut session, mut builder) = scene();
    add_transactional(&mut session, 7, 2);
    let (mut sender, mut receiver) = (Feed::default(), Feed::default());
    for _ in 0..20 {
        session.advance(session.now() + Duration::from_millis(750));
        let view = look(&session, &mut builder);
        let text = serde_json::to_string(&sender.give(&view)).expect("a view is plain data");
        let message: Option<_> = serde_json::from_str(&text).expect("and can be read");
        let got = message.and_then(|m| receiver.take(m)).expect("something changed");
        assert_eq!(got.topics, view.topics);
        assert_eq!(got.groups, view.groups);
        assert_eq!(got.producers, view.producers);
        assert_eq!(got.keys, view.keys);
        assert!(view.events.iter().all(|e| got.events.contains(e)));
    }
    assert!(session.now() > Instant::ZERO);
}

#[test]
fn a_group_without_a_coordinator_is_shown_as_it_was_known_last() {
    let (mut session, mut builder) = scene();
    go_on(&mut session, 20);
    let before = look(&session, &mut builder).groups[0].clone();
    let node = before.coordinator.expect("a coordinator");
    session.apply(1, Command::KillBroker { node: node.0, machine: false });
    go_on(&mut session, 2);
    let after = look(&session, &mut builder).groups[0].clone();
    assert_eq!((after.coordinator, after.state, after.generation), (None, GroupState::Stable, before.generation));
    assert_eq!(
        after.offsets.iter().map(|o| o.committed).collect::<Vec<_>>(),
        before.offsets.iter().map(|o| o.committed).collect::<Vec<_>>()
    );
    go_on(&mut session, 60);
    assert!(look(&session, &mut builder).groups[0].coordinator.is_some_and(|other| other != node));
}

/// The controller holds a killed broker alive until its session ends, also while its next life already starts; clients are refused all that time.
#[test]
fn a_broker_that_starts_again_is_alive_only_when_clients_can_connect() {
    let (mut session, mut builder) = scene();
    let state = |session: &Session, builder: &mut Builder| look(session, builder).brokers[2].state;
    session.apply(1, Command::KillBroker { node: 3, machine: false });
    session.apply(2, Command::RestartBroker { node: 3 });
    go_on(&mut session, 1);
    assert_eq!(session.simulation().door(NodeId(3)), Door::Refused);
    assert_eq!(state(&session, &mut builder), BrokerState::Starting);
    go_on(&mut session, 30);
    assert_eq!(session.simulation().door(NodeId(3)), Door::Open);
    assert_eq!(state(&session, &mut builder), BrokerState::Alive);
}

#[test]
fn a_link_is_told_by_its_nodes_names_whether_they_run_or_not() {
    let (mut session, mut builder) = scene();
    session.apply(1, Command::CutLink { from: Party::Node(1), to: Party::Node(3), one_way: false });
    session.apply(2, Command::KillBroker { node: 3, machine: false });
    let told = look(&session, &mut builder).faults.clone().expect("the network is ours");
    assert_eq!(told.links.iter().map(|link| &*link.text).collect::<Vec<_>>(), ["broker 1 – broker 3: cut"]);
}
