//! Looking through a topic's records, as the page asks for it.

use partita::base::Duration;
use partita::playground::{Command, Keys, Session, TransactionAct};
use partita::simulation::Config;
use partita::view::query::records::{self, FoundRecord, From, LOOKED_AT_MAX, Records, RecordsAsk, RecordsError};
use partita::view::{RecordKind, Unsettled};

const EPOCH_MS: i64 = 1_767_225_600_000;

fn go_on(session: &mut Session, seconds: u64) {
    session.advance(session.now() + Duration::from_secs(seconds));
}

fn create(session: &mut Session, name: &str, partitions: i32) {
    let name = name.to_owned();
    session.apply(1, Command::CreateTopic { name, partitions, replication_factor: 1, configs: Default::default() });
    go_on(session, 2);
}

/// A cluster with a topic of three partitions in which nothing is written yet.
fn cluster() -> Session {
    let mut session = Session::new(Config::default()).expect("three brokers can be");
    go_on(&mut session, 10);
    create(&mut session, "t", 3);
    session
}

fn publish(session: &mut Session, key: Option<&str>, value: Option<&str>) {
    session.apply(
        2,
        Command::Publish {
            producer: None,
            topic: "t".to_owned(),
            key: key.map(str::to_owned),
            value: value.map(str::to_owned),
            headers: vec![("trace".to_owned(), Some("7".to_owned()))],
            partition: None,
            base64: false,
        },
    );
    go_on(session, 1);
}

/// Records with keys k1 to k9, compressed, in batches.
fn written(records: u32, compression: &str) -> Session {
    let mut session = cluster();
    session.apply(
        3,
        Command::AddProducer {
            name: Some("p".to_owned()),
            topic: "t".to_owned(),
            per_minute: 60_000,
            keys: Keys::Drawn { prefix: "k".to_owned(), count: 9 },
            acks: "all".to_owned(),
            config: [("compression.type", compression), ("linger.ms", "100")].map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
            transactions: None,
        },
    );
    session.advance(session.now() + Duration::from_millis(u64::from(records)));
    session.apply(4, Command::StopProducer { producer: "p".to_owned() });
    go_on(&mut session, 2);
    session
}

fn ask(filter: &str) -> RecordsAsk {
    RecordsAsk { topic: "t".into(), filter: filter.to_owned(), limit: 50, bytes_max: 160, ..RecordsAsk::default() }
}

fn look(session: &Session, ask: &RecordsAsk) -> Records {
    records::look(session, ask).expect("it can be looked through")
}

/// All that is found, stretch by stretch, and in how many of them.
fn all(session: &Session, mut ask: RecordsAsk) -> (Vec<FoundRecord>, usize) {
    let (mut found, mut stretches) = (Vec::new(), 0);
    loop {
        let records = look(session, &ask);
        assert!(records.looked_at <= LOOKED_AT_MAX);
        found.extend(records.found);
        stretches += 1;
        match records.cursor {
            Some(cursor) => ask.cursor = Some(cursor),
            None => return (found, stretches),
        }
    }
}

fn places(found: &[FoundRecord]) -> Vec<(i32, i64)> {
    found.iter().map(|record| (record.partition, record.offset)).collect()
}

#[test]
fn records_are_found_by_the_transaction_that_they_are_in() {
    let mut session = cluster();
    let add = r#"{"do":"addProducer","name":"p","topic":"t","perMinute":600,"config":{"transactional.id":"p"},
        "transactions":{"perTransaction":4,"abortEvery":2}}"#;
    session.apply(3, serde_json::from_str(add).expect("a command"));
    go_on(&mut session, 10);
    session.apply(4, Command::StopProducer { producer: "p".to_owned() });
    go_on(&mut session, 2);
    let act = |session: &mut Session, request, what| {
        session.apply(request, Command::Transaction { producer: "p".to_owned(), what });
        go_on(session, 1);
    };
    act(&mut session, 5, TransactionAct::Begin);
    let publish = r#"{"do":"publish","producer":"p","topic":"t","value":"open"}"#;
    session.apply(6, serde_json::from_str(publish).expect("a command"));
    go_on(&mut session, 1);
    let (everything, _) = all(&session, ask("kind = data"));
    let of = |fate: Option<Unsettled>| everything.iter().filter(|record| record.transaction == fate).cloned().collect::<Vec<_>>();
    let (committed, aborted, open) = (of(None), of(Some(Unsettled::Aborted)), of(Some(Unsettled::Open)));
    assert!(aborted.len() >= 8 && committed.len() >= aborted.len() && open.len() == 1, "{} {}", aborted.len(), committed.len());
    assert_eq!(all(&session, ask("transaction = aborted")).0, aborted);
    assert_eq!(all(&session, ask("transaction = open")).0, open);
    assert_eq!(all(&session, ask("kind = data and transaction != aborted and transaction != open")).0, committed);
    act(&mut session, 7, TransactionAct::Abort);
    assert_eq!(all(&session, ask("transaction = aborted")).0.len(), aborted.len() + 1);
    assert_eq!(all(&session, ask("transaction = open")).0, []);
    // The markers of their ends are told apart, too.
    let [commits, aborts, markers] = ["kind = commit", "kind = abort", "kind = control"].map(|filter| all(&session, ask(filter)).0);
    assert!(commits.iter().all(|found| found.kind == RecordKind::Commit) && aborts.iter().all(|found| found.kind == RecordKind::Abort));
    assert!(commits.len() >= 4 && aborts.len() >= 3 && markers.len() == commits.len() + aborts.len());
}

#[test]
fn the_newest_come_first_and_each_comes_once() {
    for compression in ["none", "gzip", "snappy", "lz4", "zstd"] {
        let session = written(700, compression);
        let (backwards, _) = all(&session, ask(""));
        assert!(backwards.len() > 600, "{compression}: {}", backwards.len());
        assert!(backwards.iter().all(|record| &*record.compression == compression));
        let newest = backwards.iter().map(|record| record.timestamp_ms).collect::<Vec<_>>();
        assert!(newest.is_sorted_by(|one, next| one >= next), "{compression}");
        let (forwards, _) = all(&session, RecordsAsk { from: From::Beginning, limit: 500, ..ask("") });
        let mut sorted = (places(&backwards), places(&forwards));
        sorted.0.sort_unstable();
        sorted.1.sort_unstable();
        assert_eq!(sorted.0, sorted.1);
        sorted.0.dedup();
        assert_eq!(sorted.0.len(), backwards.len());
    }
}

#[test]
fn an_ask_is_bounded_and_says_how_far_it_got() {
    let session = written(9_000, "none");
    let nothing = ask("key = nobody");
    let first = look(&session, &nothing);
    assert_eq!(first.found, []);
    assert!(first.looked_at <= LOOKED_AT_MAX && first.left > 0 && first.cursor.is_some());
    let (found, stretches) = all(&session, nothing);
    assert!(found.is_empty() && stretches > 2, "{stretches}");
    let (found, _) = all(&session, ask("key = k3"));
    assert!(!found.is_empty() && found.iter().all(|record| record.key.as_ref().and_then(|key| key.text()) == Some("k3")));
}

#[test]
fn one_may_begin_at_an_offset_or_a_time() {
    let session = written(3_000, "lz4");
    let (found, _) = all(&session, RecordsAsk { from: From::Offset(100), partition: Some(1), ..ask("offset < 103") });
    assert_eq!(places(&found), [(1, 100), (1, 101), (1, 102)]);
    let (everything, _) = all(&session, ask(""));
    let middle = everything[everything.len() / 2].timestamp_ms;
    let newer = everything.iter().filter(|record| record.timestamp_ms >= middle).count();
    let from_then = RecordsAsk { from: From::Time(middle), ..ask("") };
    assert_eq!(all(&session, from_then).0.len(), newer);
    let (filtered, stretches) = all(&session, RecordsAsk { limit: 500, ..ask(&format!("time >= {middle}")) });
    assert_eq!(filtered.len(), newer);
    assert!(stretches <= newer / 500 + 1, "what is older is not looked at");
}

#[test]
fn what_is_written_later_is_found_from_the_ends_on() {
    let mut session = written(100, "none");
    let ends = look(&session, &ask("")).ends;
    publish(&mut session, Some("late"), Some("{\"item\": \"A-113\"}"));
    let later = look(&session, &RecordsAsk { from: From::Beginning, cursor: Some(ends), ..ask("$.item = \"A-113\"") });
    assert_eq!(later.found.len(), 1);
    let record = &later.found[0];
    assert_eq!(record.key.as_ref().and_then(|key| key.text()), Some("late"));
    assert_eq!(record.headers.len(), 1);
    assert!(record.committed && record.kind == RecordKind::Data);
}

#[test]
fn tombstones_are_told_apart_and_times_are_of_the_session() {
    let mut session = cluster();
    publish(&mut session, Some("a"), Some("x"));
    publish(&mut session, Some("a"), None);
    let (found, _) = all(&session, ask("kind = tombstone"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].value, None);
    assert_eq!(all(&session, ask("time >= 00:00:00")).0.len(), 2);
    assert_eq!(all(&session, ask("time > 01:00:00")).0, []);
    assert!(found[0].timestamp_ms > EPOCH_MS);
}

#[test]
fn a_wrong_filter_and_a_topic_that_is_not_there_are_refused() {
    let session = cluster();
    assert!(matches!(records::look(&session, &ask("key =")), Err(RecordsError::Filter(error)) if error.column == 6));
    let gone = RecordsAsk { topic: "gone".into(), ..ask("") };
    assert_eq!(records::look(&session, &gone), Err(RecordsError::NoTopic));
}

#[test]
fn previews_are_cut_and_say_so() {
    let mut session = cluster();
    publish(&mut session, Some("a"), Some(&"ü".repeat(50_000)));
    let record = look(&session, &ask("")).found.remove(0);
    let value = record.value.expect("not a tombstone");
    assert_eq!((value.bytes.len(), value.len, value.is_cut()), (160, 100_000, true));
    let whole = look(&session, &RecordsAsk { bytes_max: u32::MAX, ..ask("") }).found.remove(0);
    assert!(!whole.value.expect("whole").is_cut());
}

#[test]
fn what_stands_in_a_cursor_may_be_anything() {
    let session = written(300, "gzip");
    for cursor in [vec![(0, -5)], vec![(1, i64::MAX), (0, i64::MIN)], vec![(77, 3)], vec![]] {
        for from in [From::End, From::Beginning, From::Offset(i64::MIN), From::Offset(i64::MAX), From::Time(i64::MIN), From::Time(i64::MAX)]
        {
            look(&session, &RecordsAsk { from, cursor: Some(cursor.clone()), limit: 0, ..ask("offset > -7") });
        }
    }
}

#[test]
fn bytes_that_are_no_text_can_be_written_as_base64() {
    let mut session = cluster();
    let publish = |key: &str| {
        let headers = vec![("h".to_owned(), Some("AP8=".to_owned())), ("nothing".to_owned(), None)];
        let (key, value) = (Some(key.to_owned()), Some("/w==".to_owned()));
        Command::Publish { producer: None, topic: "t".to_owned(), key, value, headers, partition: Some(2), base64: true }
    };
    session.apply(7, publish("AQI="));
    session.apply(8, publish("no base64"));
    go_on(&mut session, 1);
    let (found, _) = all(&session, ask("key = 0x0102 and value = 0xff and headers.h = 0x00ff"));
    assert_eq!(places(&found), [(2, 0)]);
    let nothing = found.first().and_then(|record| record.headers.get(1));
    assert!(nothing.is_some_and(|(name, value)| &**name == "nothing" && value.is_none()));
    let refused = session.outcomes().any(|outcome| outcome.request == 8 && format!("{outcome:?}").contains("This is no base64"));
    assert!(refused);
}
