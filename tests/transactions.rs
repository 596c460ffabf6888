//! Transactions from end to end: simulated producers write in them, a coordinator decides, partitions' leaders mark their ends, and consumers
//! read what was committed. What single requests are answered is in `transcripts`.

#![cfg(not(target_arch = "wasm32"))]

use partita::base::{Duration, EventKind, NodeId, Offset, PartitionIndex, TopicPartition};
use partita::client::producer::Transaction;
use partita::log::{AbortedTransaction, Log};
use partita::playground::{ApiEffect, Command, History, Party, Session, Setup, TransactionAct, Transactions};
use partita::simulation::Actor;
use partita::view::{Builder, RecordKind, RecordView, Unsettled};
use partita::wire::batch::TransactionEnd;
use std::collections::BTreeMap;

fn scene() -> History {
    let mut history = History::scene(Setup::default()).expect("three brokers can be");
    history.apply(1, Command::RemoveProducer { producer: "checkout".into() });
    history
}

fn go_on(history: &mut History, seconds: u64) {
    history.advance(history.now() + Duration::from_secs(seconds));
}

/// A producer that writes four records a second, and aborts every so many transactions.
fn writes(history: &mut History, name: &str, per_minute: u32, transactions: Transactions) {
    let config = [("transactional.id".to_owned(), format!("{name}-id"))].into_iter().collect();
    let add = Command::AddProducer {
        name: Some(name.to_owned()),
        topic: "orders".into(),
        per_minute,
        keys: Default::default(),
        acks: "all".into(),
        config,
        transactions: Some(transactions),
    };
    history.apply(2, add);
}

fn reads(history: &mut History, group: &str, isolation: &str) {
    let add = Command::AddConsumer {
        group: group.to_owned(),
        topics: vec!["orders".to_owned()],
        name: None,
        assignor: Default::default(),
        from: partita::playground::command::Reset::Earliest,
        instance_id: None,
        per_minute: None,
        config: [("isolation.level".to_owned(), isolation.to_owned())].into_iter().collect(),
    };
    history.apply(3, add);
}

/// The last records of all partitions of orders, as a page has them.
fn records(session: &Session) -> Vec<(i32, RecordView)> {
    let view = Builder::default().build(session, None, &[]);
    let topic = view.topics.iter().find(|topic| &*topic.name == "orders").expect("the scene has it");
    topic.partitions.iter().flat_map(|part| part.window.iter().map(|record| (part.index, (**record).clone()))).collect()
}

/// The log of a partition of orders on its leader, and its high watermark.
fn log(session: &Session, partition: i32) -> (&Log, Offset) {
    let name = TopicPartition { topic: "orders".into(), partition: PartitionIndex(partition) };
    let simulation = session.simulation();
    let replicas = (1..=3).filter_map(|node| simulation.broker(NodeId(node))?.replicas().partition(&name));
    let leader = replicas.into_iter().find(|replica| replica.is_leader()).expect("somebody leads it");
    (leader.log(), leader.high_watermark())
}

/// How the transactions of each partition of orders ended.
fn ends(session: &Session) -> Vec<bool> {
    let ends = |partition| {
        log(session, partition).0.batches(Offset(0), Offset(i64::MAX)).filter_map(|b| TransactionEnd::of(&b)).collect::<Vec<_>>()
    };
    (0..3).flat_map(ends).map(|end| end.committed).collect()
}

#[test]
fn every_third_transaction_is_aborted_and_told_apart() {
    let mut history = scene();
    writes(&mut history, "payments", 240, Transactions { per_transaction: 4, abort_every: 3 });
    go_on(&mut history, 30);
    history.apply(4, Command::StopProducer { producer: "payments".into() });
    go_on(&mut history, 5);
    let session = history.session();
    let ends = ends(session);
    let (committed, aborted) = (ends.iter().filter(|end| **end).count(), ends.iter().filter(|end| !**end).count());
    assert!(committed > 10 && aborted > 5, "{committed} committed, {aborted} aborted");
    let records = records(session);
    let of = |fate| records.iter().filter(|(_, record)| record.transaction == fate && record.kind == RecordKind::Data).count();
    assert_eq!(of(Some(Unsettled::Open)), 0, "all have ended");
    assert!(of(Some(Unsettled::Aborted)) >= 20 && of(None) >= 40, "{} and {}", of(Some(Unsettled::Aborted)), of(None));
    // A tape shows the markers as what they are.
    let markers = |kind| records.iter().filter(|(_, record)| record.kind == kind).count();
    assert!(
        markers(RecordKind::Commit) > markers(RecordKind::Abort) && markers(RecordKind::Abort) > 0 && markers(RecordKind::Control) == 0
    );
    // Every record that counts is one of a committed transaction, by the markers.
    for (partition, record) in records.iter().filter(|(_, record)| record.producer_id >= 0 && record.kind == RecordKind::Data) {
        let (log, _) = log(session, *partition);
        let end = log.batches(Offset(record.offset), Offset(i64::MAX)).filter_map(|batch| TransactionEnd::of(&batch));
        let end = end.into_iter().find(|end| end.producer_id.0 == record.producer_id);
        let is_transactional =
            log.batches(Offset(record.offset), Offset(record.offset + 1)).any(|b| b.header.attributes.is_transactional());
        if is_transactional {
            assert_eq!(end.map(|end| end.committed), Some(record.transaction.is_none()), "{partition} {record:?}");
        }
    }
}

#[test]
fn who_reads_what_is_committed_gets_no_record_of_an_aborted_transaction() {
    let mut history = scene();
    reads(&mut history, "careful", "read_committed");
    reads(&mut history, "eager", "read_uncommitted");
    writes(&mut history, "payments", 240, Transactions { per_transaction: 4, abort_every: 2 });
    go_on(&mut history, 40);
    history.apply(4, Command::StopProducer { producer: "payments".into() });
    go_on(&mut history, 15);
    let session = history.session();
    let mut consumed: BTreeMap<String, i64> = BTreeMap::new();
    for event in session.trace().events() {
        if let EventKind::Consumed { client, records, .. } = &event.kind {
            *consumed.entry(client.to_string()).or_default() += i64::from(*records);
        }
    }
    let data: Vec<_> = (0..3)
        .flat_map(|partition| {
            let (log, _) = log(session, partition);
            let aborted = log.aborted_transactions(Offset(0), Offset(i64::MAX));
            let batches: Vec<_> = log.batches(Offset(0), Offset(i64::MAX)).filter(|batch| !batch.header.attributes.is_control()).collect();
            batches.into_iter().map(move |batch| {
                let header = batch.header;
                let is_aborted = aborted
                    .iter()
                    .any(|a| a.producer_id == header.producer_id && (a.first_offset..=a.last_offset).contains(&header.base_offset));
                (header.count, is_aborted && header.attributes.is_transactional())
            })
        })
        .collect();
    let all: i64 = data.iter().map(|(count, _)| i64::from(*count)).sum();
    let good: i64 = data.iter().filter(|(_, aborted)| !aborted).map(|(count, _)| i64::from(*count)).sum();
    assert!(good + 20 < all, "{good} of {all} count");
    let view = Builder::default().build(session, None, &[]);
    let member = |group: &str| {
        let group = view.groups.iter().find(|g| &*g.name == group).expect("the group");
        group.members.iter().map(|m| m.label.to_string()).collect::<Vec<_>>()
    };
    let read = |group: &str| member(group).iter().map(|name| consumed.get(name).copied().unwrap_or_default()).sum::<i64>();
    assert_eq!((read("careful"), read("eager")), (good, all));
}

#[test]
fn a_transaction_by_hand_holds_back_the_last_stable_offset_until_it_ends() {
    let mut history = scene();
    writes(&mut history, "teller", 0, Transactions::default());
    go_on(&mut history, 3);
    for (what, is_open) in
        [(TransactionAct::Begin, true), (TransactionAct::Commit, false), (TransactionAct::Begin, true), (TransactionAct::Abort, false)]
    {
        history.apply(5, Command::Transaction { producer: "teller".into(), what });
        go_on(&mut history, 1);
        if is_open {
            let record = serde_json::json!({ "do": "publish", "producer": "teller", "topic": "orders", "partition": 0, "key": "k", "value": "v", "headers": [] });
            history.apply(6, serde_json::from_value(record).expect("a command"));
            go_on(&mut history, 1);
        }
        let (log, high_watermark) = log(history.session(), 0);
        assert_eq!(log.last_stable_offset(high_watermark) < high_watermark, is_open, "{what:?}");
    }
    assert_eq!(ends(history.session()), [true, false]);
}

#[test]
fn another_coordinator_goes_on_where_the_first_one_died() {
    let mut history = scene();
    writes(&mut history, "payments", 600, Transactions { per_transaction: 3, abort_every: 0 });
    go_on(&mut history, 10);
    for node in 1..=3 {
        let before = ends(history.session()).len();
        history.apply(7, Command::KillBroker { node, machine: false });
        go_on(&mut history, 20);
        history.apply(8, Command::RestartBroker { node });
        go_on(&mut history, 20);
        let after = ends(history.session()).len();
        assert!(after > before + 10, "after broker {node}: {before} then {after}");
    }
    history.apply(9, Command::StopProducer { producer: "payments".into() });
    go_on(&mut history, 70);
    let session = history.session();
    for partition in 0..3 {
        let (log, high_watermark) = log(session, partition);
        assert_eq!(log.last_stable_offset(high_watermark), high_watermark, "no transaction of partition {partition} is left open");
    }
}

/// Whatever breaks while a producer writes in transactions: once all is whole again none is left open, and of what counts every record is there
/// once, in as many transactions as the producer knows to have committed.
#[test]
fn exactly_once_whatever_breaks() {
    for seed in 1..=4 {
        let mut history = scene();
        writes(&mut history, "payments", 600, Transactions { per_transaction: 3, abort_every: 4 });
        go_on(&mut history, 5);
        let mut drawn = Random(seed);
        for _ in 0..8 {
            let node = 1 + drawn.below(3) as i32;
            history.apply(7, fault(&mut drawn, node));
            go_on(&mut history, 1 + drawn.below(12));
            if drawn.below(2) == 0 {
                history.apply(8, Command::HealAll);
                go_on(&mut history, drawn.below(20));
            }
        }
        history.apply(9, Command::HealAll);
        go_on(&mut history, 60);
        history.apply(10, Command::StopProducer { producer: "payments".into() });
        go_on(&mut history, 180);
        let session = history.session();
        assert_eq!(session.simulation().violations(), [], "seed {seed}");
        let mut values = Vec::new();
        for partition in 0..3 {
            let (log, high_watermark) = log(session, partition);
            assert_eq!(log.last_stable_offset(high_watermark), high_watermark, "seed {seed}: a transaction is left open in {partition}");
            let aborted = log.aborted_transactions(Offset(0), Offset(i64::MAX));
            for batch in log.batches(Offset(0), Offset(i64::MAX)) {
                let header = batch.header;
                let span = |a: &AbortedTransaction| {
                    a.producer_id == header.producer_id && (a.first_offset..=a.last_offset).contains(&header.base_offset)
                };
                if header.attributes.is_transactional() && !header.attributes.is_control() && !aborted.iter().any(span) {
                    values.extend(batch.records().expect("readable").map(|record| record.expect("readable").value.expect("a value")));
                }
            }
        }
        let count = values.len();
        values.sort();
        values.dedup();
        assert_eq!(values.len(), count, "seed {seed}: a record counts twice");
        let Some(transaction) = transaction(session, "payments") else { panic!("seed {seed}: no transactional producer") };
        assert_eq!(transaction.error, None, "seed {seed}");
        assert!(transaction.committed > 20, "seed {seed}: {} committed", transaction.committed);
        // The last one may have been cut short by the end of the writing.
        let expected = transaction.committed * 3;
        assert!(
            (expected - 2..=expected).contains(&(count as u64)),
            "seed {seed}: {count} records of {} transactions",
            transaction.committed
        );
    }
}

struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn fault(drawn: &mut Random, node: i32) -> Command {
    let api = ["EndTxn", "Produce", "InitProducerId", "FindCoordinator", "AddPartitionsToTxn", "WriteTxnMarkers"][drawn.below(6) as usize];
    let other = 1 + node % 3;
    match drawn.below(6) {
        0 => Command::KillBroker { node, machine: false },
        1 => Command::PauseBroker { node },
        2 => Command::CutLink { from: Party::Node(node), to: Party::Node(other), one_way: drawn.below(2) == 0 },
        3 => Command::CutLink { from: Party::Node(node), to: Party::Named("payments".into()), one_way: drawn.below(2) == 0 },
        4 => Command::BreakConnections { from: Party::Node(node), to: Party::Named("all".into()) },
        _ => Command::FaultApi { node, api: api.into(), count: 1 + drawn.below(3) as u32, effect: ApiEffect::Lost },
    }
}

fn transaction(session: &Session, name: &str) -> Option<Transaction> {
    session.simulation().actors().find_map(|(process, actor)| match actor {
        Actor::Producer(producer) if session.name_of(process) == name => producer.transaction(),
        _ => None,
    })
}
