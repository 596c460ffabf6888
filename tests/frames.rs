//! What can be seen of the wire: every exchange between all parties, field by field.

use partita::base::{Duration, NodeId};
use partita::playground::{Command, ConfigOf, History, Player, Session, Setup, Target, Time};
use partita::simulation::frames::{FRAME_BYTES_MAX, FRAMES_IN_KEYFRAME, FRAMES_MAX};
use partita::view::query::records::{FoundRecord, Payload, RecordsAsk};
use partita::view::query::{self, Exchange, ExchangeDetail, ExchangeState, FieldView, PeerKind, RecordAt, WireList, WireQuery};
use partita::view::{Answer, Query};
use partita::wire::encode_request;
use partita::wire::messages::ApiVersionsRequest;

fn scene() -> History {
    History::scene(Setup::default()).expect("three brokers can be")
}

fn list(session: &Session, filter: &str) -> WireList {
    let wanted = WireQuery { filter: filter.to_owned(), max: 200, ..WireQuery::default() };
    match query::answer(session, &Query::Wire(wanted)) {
        Answer::Wire(list) => *list,
        other => panic!("{other:?}"),
    }
}

fn detail(session: &Session, frame: u64) -> ExchangeDetail {
    match query::answer(session, &Query::Exchange { frame }) {
        Answer::Exchange(detail) => (*detail).clone(),
        other => panic!("{other:?}"),
    }
}

/// The newest exchange that a filter lets through, looked into.
fn newest(session: &Session, filter: &str) -> ExchangeDetail {
    let list = list(session, filter);
    let first = list.exchanges.first().unwrap_or_else(|| panic!("nothing for '{filter}'"));
    detail(session, first.id)
}

fn field<'f>(fields: &'f [FieldView], name: &str) -> &'f FieldView {
    fields
        .iter()
        .find(|field| field.name == name)
        .unwrap_or_else(|| panic!("no {name} in {:?}", fields.iter().map(|field| &field.name).collect::<Vec<_>>()))
}

/// A field's bytes as the page marks them.
fn bytes(frame: &query::FrameView, field: &FieldView) -> String {
    frame.layers[field.layer as usize].hex[field.start as usize * 2..field.end as usize * 2].to_owned()
}

fn publish(history: &mut History, config: &[(&str, &str)], acks: &str) {
    let config = config.iter().map(|(name, value)| (String::from(*name), String::from(*value))).collect();
    let name = Some("w".to_owned());
    let add = Command::AddProducer {
        name,
        topic: "orders".into(),
        per_minute: 600,
        keys: Default::default(),
        acks: acks.into(),
        config,
        transactions: None,
    };
    history.apply(1, add);
    history.advance(history.now() + Duration::from_secs(5));
}

#[test]
fn a_produce_request_is_told_down_to_its_records_key() {
    let history = scene();
    let detail = newest(history.session(), "api = Produce state = done");
    assert_eq!((detail.exchange.from.kind, detail.exchange.to.kind), (PeerKind::Producer, PeerKind::Broker));
    assert!(detail.exchange.about.starts_with("orders "), "{}", detail.exchange.about);
    let request = &detail.request;
    assert_eq!(request.error, None);
    assert_eq!(field(&request.fields, "TopicId").meaning.as_deref(), Some("orders"));
    assert_eq!(field(&request.fields, "Attributes").meaning.as_deref(), Some("not compressed, CreateTime"));
    assert_eq!(field(&request.fields, "Acks").meaning.as_deref(), Some("all in-sync replicas have to have it"));
    let key = field(&request.fields, "Key");
    let text = key.value.trim_matches('"');
    assert!(text.starts_with("user-"), "{key:?}");
    assert_eq!(bytes(request, key), text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>());
    let at = request.fields.iter().find_map(|f| f.record.as_ref()).expect("the record's place");
    assert!(&*at.topic == "orders" && at.offset >= 0, "{at:?}");
    let response = detail.response.expect("it was answered");
    assert_eq!(field(&response.fields, "BaseOffset").value, at.offset.to_string());
    assert_eq!(field(&response.fields, "ErrorCode").meaning.as_deref(), Some("NONE"));
    assert_eq!(u32::from_str_radix(&response.layers[0].hex[..8], 16).ok(), Some(detail.exchange.correlation as u32));
}

#[test]
fn every_field_lies_in_its_parent_and_in_the_frame() {
    let history = scene();
    let list = list(history.session(), "");
    assert_eq!(list.exchanges.len(), 200);
    for exchange in &list.exchanges {
        let detail = detail(history.session(), exchange.id);
        for frame in std::iter::once(&detail.request).chain(&detail.response) {
            assert_eq!(frame.error, None, "{} v{}", exchange.api, exchange.version);
            assert_eq!(frame.layers[0].hex.len(), frame.layers[0].len as usize * 2);
            let mut path: Vec<&FieldView> = Vec::new();
            for field in &frame.fields {
                assert_eq!(field.fault, None, "{} {field:?}", exchange.api);
                path.truncate(field.depth as usize);
                let around = path.last().filter(|parent| parent.layer == field.layer);
                let (start, end) = around.map_or((0, frame.layers[field.layer as usize].len), |parent| (parent.start, parent.end));
                assert!(start <= field.start && field.start <= field.end && field.end <= end, "{} {path:?} {field:?}", exchange.api);
                path.push(field);
            }
        }
    }
}

#[test]
fn the_frames_of_brokers_and_controllers_among_themselves_are_there() {
    let history = scene();
    let session = history.session();
    let metadata = newest(session, "from = broker and to = controller and api = Fetch");
    assert!(metadata.exchange.about.contains("__cluster_metadata"), "{:?}", metadata.exchange);
    let between = list(session, "from = broker to = broker api = Fetch");
    assert!(between.exchanges.iter().all(|e| e.from.node.is_some() && e.to.node.is_some()) && !between.exchanges.is_empty());
    assert!(!list(session, "api = BrokerHeartbeat").exchanges.is_empty());
}

#[test]
fn records_of_internal_topics_and_what_members_tell_are_decoded() {
    let mut history = scene();
    let add = Command::AddPartitions { topic: "orders".to_owned(), total: 4 };
    history.apply(1, add);
    history.advance(history.now() + Duration::from_millis(900));
    let session = history.session();
    let partition = newest(session, "from = broker and to = controller and api = Fetch about ~ __cluster_metadata back > 200 error = none");
    let fields = &partition.response.expect("answered").fields;
    assert!(fields.iter().any(|f| f.name == "PartitionRecord"), "{:#?}", fields.iter().map(|f| &f.name).collect::<Vec<_>>());
    let offsets = newest(session, "from = broker to = broker api = Fetch \"billing\"");
    let fields = offsets.response.expect("answered").fields;
    assert_eq!(field(&fields, "group").value, "\"billing\"");
    assert!(fields.iter().any(|f| f.name == "OffsetCommitValue"));
    let mut begins = scene();
    let (name, group) = (None, "second".to_owned());
    let add = Command::AddConsumer {
        group,
        topics: vec!["orders".to_owned()],
        name,
        assignor: Default::default(),
        from: Default::default(),
        instance_id: None,
        per_minute: None,
        config: Default::default(),
    };
    begins.apply(1, add);
    begins.advance(begins.now() + Duration::from_secs(5));
    let sync = newest(begins.session(), "api = SyncGroup");
    let assigned = field(&sync.response.as_ref().expect("answered").fields, "ConsumerProtocolAssignment").clone();
    assert!(assigned.start < assigned.end);
    assert!(sync.exchange.about.starts_with("second, generation 1"), "{}", sync.exchange.about);
}

#[test]
fn compressed_records_are_shown_with_bytes_of_their_own() {
    let mut history = scene();
    publish(&mut history, &[("compression.type", "lz4")], "all");
    let detail = newest(history.session(), "from = w api = Produce");
    let request = &detail.request;
    assert_eq!((request.layers.len(), request.layers[1].codec.as_deref()), (2, Some("lz4")));
    assert_eq!(field(&request.fields, "Attributes").meaning.as_deref(), Some("lz4, CreateTime"));
    let key = field(&request.fields, "Key");
    assert_eq!(key.layer, 1);
    assert_eq!(bytes(request, key), key.value.trim_matches('"').bytes().map(|byte| format!("{byte:02x}")).collect::<String>());
}

#[test]
fn a_request_without_acknowledgement_awaits_no_answer() {
    let mut history = scene();
    publish(&mut history, &[("enable.idempotence", "false")], "0");
    let silent = list(history.session(), "from = w api = Produce");
    assert!(silent.exchanges.iter().all(|e| e.state == ExchangeState::Silent && e.back.is_none()) && !silent.exchanges.is_empty());
}

/// The newest record of orders, and the exchange that brought its batch; none where none is told.
fn brought(session: &Session) -> (FoundRecord, Option<Exchange>) {
    let newest = Query::Records { look: RecordsAsk { topic: "orders".into(), limit: 1, bytes_max: 1000, ..RecordsAsk::default() } };
    let Answer::Records { records: found } = query::answer(session, &newest) else { panic!("no records") };
    let record = found.found.into_iter().next().expect("the scene has records");
    let asked = Query::Brought { topic: "orders".into(), partition: record.partition, base: record.batch_offset };
    match query::answer(session, &asked) {
        Answer::Brought { exchange } => (record, exchange.map(|exchange| *exchange)),
        other => panic!("{other:?}"),
    }
}

/// Whether the exchange's request has the record's key and value, and says where it lies.
fn has(session: &Session, exchange: &Exchange, record: &FoundRecord) -> bool {
    let request = detail(session, exchange.id).request;
    let holds = |name: &str, payload: &Option<Payload>| {
        let sought = payload.as_ref().map(|it| it.bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        request.fields.iter().filter(|field| field.name == name).any(|field| sought.as_ref() == Some(&bytes(&request, field)))
    };
    let lies = |at: &RecordAt| (&*at.topic, at.partition, at.offset) == ("orders", record.partition, record.offset);
    holds("Key", &record.key) && holds("Value", &record.value) && request.fields.iter().filter_map(|field| field.record.as_ref()).any(lies)
}

#[test]
fn a_record_leads_to_its_request_at_any_moment() {
    let mut history = scene();
    let mut waited = 0;
    for _ in 0..3_000 {
        history.advance(history.now() + Duration::from_millis(1));
        let (record, exchange) = brought(history.session());
        let exchange = exchange.unwrap_or_else(|| panic!("nothing brought {record:?}"));
        assert!(has(history.session(), &exchange, &record), "{exchange:?} has not {record:?}");
        waited += usize::from(exchange.state == ExchangeState::Waits);
    }
    assert!(waited > 0, "none of them was yet to be answered");
}

#[test]
fn a_record_whose_producer_awaits_no_answer_leads_to_its_request() {
    for by_broker in [false, true] {
        let mut history = scene();
        if by_broker {
            let (name, key) = ("orders".to_owned(), "message.timestamp.type".to_owned());
            history.apply(1, Command::AlterConfig { of: ConfigOf::Topic, name, key, value: Some("LogAppendTime".to_owned()) });
        }
        history.apply(1, Command::RemoveProducer { producer: "checkout".into() });
        publish(&mut history, &[("enable.idempotence", "false")], "0");
        let (record, exchange) = brought(history.session());
        let exchange = exchange.unwrap_or_else(|| panic!("nothing brought {record:?}"));
        assert_eq!((exchange.state, record.log_append_time), (ExchangeState::Silent, by_broker));
        assert!(has(history.session(), &exchange, &record), "{exchange:?} has not {record:?}");
    }
}

#[test]
fn what_is_wrong_is_named_and_can_be_filtered() {
    let mut history = scene();
    history.apply(1, Command::CreateTopic { name: "orders".to_owned(), partitions: 1, replication_factor: 1, configs: Default::default() });
    history.advance(history.now() + Duration::from_secs(1));
    let refused = newest(history.session(), "error = TOPIC_ALREADY_EXISTS");
    assert_eq!(&*refused.exchange.api, "CreateTopics");
    assert!(list(history.session(), "error = any").exchanges.iter().all(|e| e.fault.is_some()));
}

#[test]
fn filters_compare_names_numbers_and_bytes() {
    let history = scene();
    let session = history.session();
    let all = |filter: &str, holds: &dyn Fn(&query::Exchange) -> bool| {
        let found = list(session, filter);
        assert_eq!(found.wrong, None, "{filter}");
        assert!(!found.exchanges.is_empty() && found.exchanges.iter().all(holds), "{filter}: {:?}", found.exchanges);
    };
    all("api=Heartbeat", &|e| &*e.api == "Heartbeat");
    all("api != Fetch", &|e| &*e.api != "Fetch");
    all("from = c1", &|e| &*e.from.name == "c1");
    all("party = 2", &|e| [&e.from, &e.to].iter().any(|peer| &*peer.name == "2"));
    all("latency > 100ms", &|e| e.latency_us > Some(100_000));
    all("back < 30 and state = done", &|e| e.back < Some(30));
    all("group = billing", &|e| e.about.contains("billing"));
    all("\"user-\" api = Produce", &|e| &*e.api == "Produce");
    let one = newest(session, "api = Fetch").exchange;
    all(&format!("correlation = {} from = {}", one.correlation, one.from.name), &|e| e.correlation == one.correlation);
    for (filter, said) in [
        ("colour = red", "There is no 'colour'"),
        ("latency > soon", "compared with a number"),
        ("= 3", "Before '='"),
        ("api =", "After 'api'"),
        ("\"open", "not closed"),
    ] {
        let wrong = list(session, filter).wrong.unwrap_or_else(|| panic!("{filter} is taken"));
        assert!(wrong.contains(said), "{filter}: {wrong}");
    }
}

#[test]
fn asking_again_tells_what_is_new_and_what_was_open() {
    let mut history = scene();
    let before = list(history.session(), "");
    let open: Vec<u64> = before.exchanges.iter().filter(|e| e.state.is_open()).map(|e| e.id).collect();
    assert!(!open.is_empty(), "somebody always waits");
    history.advance(history.now() + Duration::from_millis(600));
    let again = WireQuery { after: before.last, open: open.clone(), max: 200, ..WireQuery::default() };
    let Answer::Wire(after) = query::answer(history.session(), &Query::Wire(again)) else { panic!("no list") };
    assert!(after.exchanges.iter().all(|e| e.id > before.last || open.contains(&e.id)));
    assert!(open.iter().all(|id| after.exchanges.iter().any(|e| e.id == *id)));
}

#[test]
fn what_is_kept_is_bounded() {
    let mut history = scene();
    while history.session().simulation().frames().last() < FRAMES_MAX as u64 + 500 {
        history.advance(history.now() + Duration::from_secs(1));
    }
    let frames = history.session().simulation().frames();
    assert!(frames.len() <= FRAMES_MAX && frames.len() > FRAMES_MAX / 2 && frames.bytes() <= FRAME_BYTES_MAX);
    let list = list(history.session(), "");
    assert_eq!((list.first, list.last, list.more), (frames.first(), frames.last(), true));
}

#[test]
fn one_who_goes_back_finds_the_same_frames() {
    let mut history = scene();
    history.advance(history.now() + Duration::from_secs(20));
    let then = history.position();
    let exchanges = list(history.session(), "").exchanges;
    let picked = detail(history.session(), exchanges[30].id);
    history.advance(history.now() + Duration::from_secs(60));
    history.seek(Target::Position(then)).expect("it was there");
    let again = list(history.session(), "");
    assert_eq!(again.exchanges[..60], exchanges[..60]);
    assert_eq!(detail(history.session(), picked.exchange.id), picked);
    assert!(history.session().simulation().frames().len() >= FRAMES_IN_KEYFRAME);
    let mut player = Player::open(history);
    player.time(Time::Seek { at_us: 0 }).expect("the beginning");
    assert!(list(player.session(), "").exchanges.len() < 20);
}

#[test]
fn no_trace_knows_whether_frames_are_kept() {
    let hash = |kept: bool| {
        let mut session = Session::new(Setup::default().config().expect("a cluster")).expect("a cluster");
        if kept {
            session.simulation_mut().keep_frames();
        }
        session.play_scene();
        session.advance(session.now() + Duration::from_secs(20));
        assert_eq!(session.simulation().frames().is_empty(), !kept);
        session.trace().hash()
    };
    assert_eq!(hash(true), hash(false));
}

#[test]
fn where_no_frames_are_kept_that_is_said() {
    let session = Session::scene(Default::default()).expect("a cluster");
    assert!(matches!(query::answer(&session, &Query::Wire(WireQuery::default())), Answer::Absent { .. }));
}

#[test]
fn clients_outside_are_known_by_what_they_call_themselves() {
    let mut session = Session::new(Setup::default().config().expect("a cluster")).expect("a cluster");
    session.simulation_mut().keep_frames();
    session.play_scene();
    let connection = session.simulation_mut().connect("10.0.0.7", NodeId(1)).expect("broker 1 listens");
    let mut request =
        ApiVersionsRequest { client_software_name: "kcat".into(), client_software_version: "1.7".into(), ..Default::default() };
    let frame = encode_request(3, 77, Some("rdkafka"), &mut request).expect("it can be written").to_bytes();
    let bytes = [&(frame.len() as u32).to_be_bytes()[..], &frame].concat();
    session.simulation_mut().receive(connection, &bytes);
    session.advance(session.now() + Duration::from_millis(50));
    let detail = newest(&session, "from = outside");
    let exchange = &detail.exchange;
    assert_eq!((&*exchange.from.name, exchange.correlation, exchange.state), ("rdkafka", 77, ExchangeState::Done));
    assert_eq!(field(&detail.request.fields, "ClientSoftwareName").value, "\"kcat\"");
    assert_eq!(list(&session, "client = rdkafka").exchanges.len(), 1);
}

#[test]
fn answers_go_over_a_wire_as_they_are() {
    let history = scene();
    let asked = [
        Query::Wire(WireQuery { filter: "api != Fetch".to_owned(), after: 3, open: vec![1, 2], max: 50 }),
        Query::Exchange { frame: list(history.session(), "api = Produce").exchanges[0].id },
    ];
    for query in asked {
        let text = serde_json::to_string(&query).expect("text");
        assert_eq!(serde_json::from_str::<Query>(&text).expect("a query"), query);
        let answer = query::answer(history.session(), &query);
        let text = serde_json::to_string(&answer).expect("text");
        assert_eq!(serde_json::from_str::<Answer>(&text).expect("an answer"), answer);
    }
}
