//! The broker's door: what comes of any bytes that a client can send. Every request that can be read is answered, and what cannot be read
//! ends the connection, and changes nothing.

#[path = "support/engine.rs"]
mod engine;
#[path = "support/random.rs"]
mod random;

use bytes::Bytes;
use engine::{Engine, Heard, TOPIC, framed};
use partita::base::{Duration, Rng, Uuid};
use partita::wire::batch::BatchBuilder;
use partita::wire::codec::{Described, Field, Kind, Name, Source, Value};
use partita::wire::messages::{
    ApiVersionsRequest, ListOffsetsRequest, MetadataRequest, ProduceRequest, list_offsets_request::*, metadata_request::*,
    produce_request::*,
};
use partita::wire::{ApiKey, Compression, RequestHeader, Rope, decode_response_header, encode_request_header, messages};
use random::RandomValues;

/// Values that a client might really send, to things that are there and things that are not.
struct Plausible {
    rng: Rng,
    random: RandomValues,
    topic_id: Uuid,
}

impl Plausible {
    fn one_of<T: Copy>(&mut self, choice: &[T]) -> T {
        choice[self.rng.below(choice.len() as u64) as usize]
    }

    fn value(&mut self, field: &Field, kind: Kind, version: i16) -> Option<Value> {
        let edges = [0, 0, 1, 1, 2, -1, field.default, field.default, 100, i64::MAX];
        let range = match kind {
            Kind::Int8 => -0x80..=0x7f,
            Kind::Int16 => -0x8000..=0x7fff,
            Kind::Uint16 => 0..=0xffff,
            Kind::Int32 => -0x8000_0000..=0x7fff_ffff,
            Kind::Uint32 => 0..=0xffff_ffff,
            Kind::Int64 => i64::MIN..=i64::MAX,
            Kind::String => {
                return Some(Value::String(self.one_of(&[TOPIC, TOPIC, "g", "no", "", "range", "consumer", "1", "ä b"]).to_owned()));
            }
            Kind::Uuid => return Some(Value::Uuid(self.one_of(&[self.topic_id, self.topic_id, Uuid::ZERO, Uuid([7; 16])]))),
            // Null records are never answered, as by Apache Kafka.
            Kind::Records => {
                return Some(Value::Records(if self.rng.below(3) == 0 { Rope::from(Bytes::from_static(b"none")) } else { batch() }));
            }
            _ if field.nullable(version) && self.rng.below(4) == 0 => return Some(Value::Null),
            _ => return self.random.enter(Name::Field(""), field, kind, version),
        };
        Some(Value::Int(self.one_of(&edges).clamp(*range.start(), *range.end())))
    }
}

impl Source for Plausible {
    fn enter(&mut self, name: Name, field: &Field, kind: Kind, version: i16) -> Option<Value> {
        let element = matches!(name, Name::Index(_));
        // acks 0 has no answer.
        if field.name == "Acks" {
            return Some(Value::Int(-1));
        }
        loop {
            match self.value(field, kind, version) {
                Some(Value::Null) if element || !field.nullable(version) => {}
                None if element => {}
                value => return value,
            }
        }
    }

    fn leave(&mut self) {}
}

fn batch() -> Rope {
    let mut builder = BatchBuilder::new(Compression::None);
    builder.append(1_767_225_600_000, Some(b"k"), Some(b"v"), &[]).unwrap_or_else(|error| panic!("{error}"));
    builder.build().unwrap_or_else(|error| panic!("{error}")).to_rope()
}

/// A request's frame, without its length.
fn frame(key: ApiKey, version: i16, body: &[u8]) -> Vec<u8> {
    let header = RequestHeader { api_key: key as i16, version, correlation: 77, client_id: Some("test".to_owned()) };
    let mut frame = encode_request_header(&header).unwrap_or_else(|error| panic!("{error}"));
    frame.extend_from_slice(body);
    frame
}

fn plausible(described: &Described, version: i16, seed: u64, topic_id: Uuid) -> Bytes {
    let source = Plausible { rng: Rng::stream(seed, "plausible"), random: RandomValues::new(seed), topic_id };
    let message = described.fill(version, Box::new(source)).and_then(|mut message| described.encode(&mut *message, version));
    message.map(|rope| rope.to_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// The APIs that the broker says it serves, with each version that it really answers.
fn served(engine: &mut Engine) -> Vec<(ApiKey, i16)> {
    let request =
        ApiVersionsRequest { client_software_name: "t".to_owned(), client_software_version: "1".to_owned(), ..Default::default() };
    let versions = engine.ask(3, request);
    let keys = versions.api_keys.into_iter().filter_map(|api| Some((ApiKey::from_i16(api.api_key)?, api.min_version..=api.max_version)));
    keys.flat_map(|(key, versions)| versions.map(move |version| (key, version)))
        // Offered for old clients' sake, and refused.
        .filter(|(key, version)| key.versions().contains(version))
        .collect()
}

fn topic_id(engine: &mut Engine) -> Uuid {
    let topic = MetadataRequestTopic { name: Some(TOPIC.to_owned()), ..Default::default() };
    engine.ask(12, MetadataRequest { topics: Some(vec![topic]), ..Default::default() }).topics[0].topic_id
}

/// Where the log of `t-0` ends.
fn log_end(engine: &mut Engine) -> i64 {
    let partition = ListOffsetsPartition { partition_index: 0, timestamp: -1, ..Default::default() };
    let topic = ListOffsetsTopic { name: TOPIC.to_owned(), partitions: vec![partition], ..Default::default() };
    let answer = engine.ask(5, ListOffsetsRequest { replica_id: -1, topics: vec![topic], ..Default::default() });
    assert_eq!(answer.topics[0].partitions[0].error_code, 0);
    answer.topics[0].partitions[0].offset
}

fn produce_frame() -> Vec<u8> {
    let partition = PartitionProduceData { index: 0, records: Some(batch()), ..Default::default() };
    let topic = TopicProduceData { name: TOPIC.to_owned(), partition_data: vec![partition], ..Default::default() };
    let mut request = ProduceRequest { acks: -1, timeout_ms: 1000, topic_data: vec![topic], ..Default::default() };
    partita::wire::encode_request(9, 1, None, &mut request).unwrap_or_else(|error| panic!("{error}")).to_bytes().to_vec()
}

/// Sends a request, and says what is wrong with what comes back. It may wait, as a fetch or a member that joins does.
fn wrong_answer(engine: &mut Engine, (key, version): (ApiKey, i16), body: &[u8]) -> Option<String> {
    let connection = engine.connect();
    let Heard { frames, closed } = engine.send(connection, &framed(&frame(key, version, body)), Duration::from_secs(1));
    let Some(answer) = frames.first() else { return closed.then(|| "the connection is closed".to_owned()) };
    let read = decode_response_header(key, version, answer).and_then(|(_, body)| messages::response(key).decode(body, version).map(drop));
    read.err().map(|error| error.to_string())
}

#[test]
fn every_request_is_answered_in_its_version() {
    let mut start = Engine::start();
    let id = topic_id(&mut start);
    let mut wrong = Vec::new();
    for (key, version) in served(&mut start) {
        let described = messages::request(key);
        for seed in 0..24 {
            let body = plausible(&described, version, seed, id);
            if let Some(what) = wrong_answer(&mut start.clone(), (key, version), &body) {
                wrong.push(format!("{} v{version}, seed {seed}: {what}; the body is {body:x}", described.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} requests\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn requests_are_answered_whatever_came_before() {
    let mut engine = Engine::start();
    let id = topic_id(&mut engine);
    let served = served(&mut engine);
    let mut rng = Rng::stream(4, "requests in any order");
    for turn in 0..4000 {
        let (key, version) = served[rng.below(served.len() as u64) as usize];
        // These would end what the others talk to.
        if key == ApiKey::DeleteTopics {
            continue;
        }
        let described = messages::request(key);
        let body = plausible(&described, version, turn, id);
        let wrong = wrong_answer(&mut engine, (key, version), &body);
        assert_eq!(wrong, None, "{} v{version}, turn {turn}: {body:x}", described.name);
    }
}

#[test]
fn a_request_cut_short_ends_the_connection_and_changes_nothing() {
    let start = Engine::start();
    let whole = produce_frame();
    for length in (0..whole.len()).step_by(3) {
        let mut engine = start.clone();
        let connection = engine.connect();
        let heard = engine.send(connection, &framed(&whole[..length]), Duration::from_secs(1));
        assert_eq!(heard, Heard { frames: vec![], closed: true }, "{length} of {} bytes", whole.len());
        assert_eq!(log_end(&mut engine), 0);
    }
    let mut engine = start.clone();
    let connection = engine.connect();
    assert_eq!(engine.send(connection, &framed(&whole), Duration::from_secs(1)).frames.len(), 1);
    assert_eq!(log_end(&mut engine), 1);
}

#[test]
fn a_batch_with_a_wrong_byte_is_refused_and_changes_nothing() {
    let start = Engine::start();
    let whole = produce_frame();
    // The batch is all but the head of the frame; what its checksum covers begins 21 bytes into it.
    let batch_begins = whole.len() - batch().len() - 3;
    for at in (batch_begins + 21..whole.len() - 3).step_by(2) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x10;
        let mut engine = start.clone();
        let connection = engine.connect();
        let heard = engine.send(connection, &framed(&damaged), Duration::from_secs(1));
        assert!(heard.frames.len() == 1 || heard.closed, "byte {at}");
        assert_eq!(log_end(&mut engine), 0, "byte {at}");
    }
}

#[test]
fn a_length_that_no_frame_has_ends_the_connection() {
    let start = Engine::start();
    for length in [-1, i32::MIN, 104_857_601, i32::MAX] {
        let mut engine = start.clone();
        let connection = engine.connect();
        assert!(engine.send(connection, &length.to_be_bytes(), Duration::from_secs(1)).closed, "{length}");
    }
    let mut engine = start.clone();
    let connection = engine.connect();
    assert_eq!(engine.send(connection, &104_857_600_i32.to_be_bytes(), Duration::from_secs(1)), Heard::default(), "it is waited for");
}

#[test]
fn an_unknown_api_ends_the_connection() {
    let start = Engine::start();
    for key in [4_i16, 7, 93, 1000, -1, i16::MAX, i16::MIN] {
        let mut engine = start.clone();
        let connection = engine.connect();
        let mut head = key.to_be_bytes().to_vec();
        head.extend([0, 0, 0, 0, 0, 1, 0xff, 0xff, 0, 0, 0, 0]);
        assert!(engine.send(connection, &framed(&head), Duration::from_secs(1)).closed, "{key}");
    }
}

#[test]
fn mutated_requests_leave_the_broker_serving() {
    let mut start = Engine::start();
    let id = topic_id(&mut start);
    let mut rng = Rng::stream(3, "mutated requests");
    for (key, version) in served(&mut start) {
        let described = messages::request(key);
        let mut engine = start.clone();
        for seed in 0..12 {
            let mut bytes = frame(key, version, &plausible(&described, version, seed, id));
            for _ in 0..=rng.below(3) {
                let at = rng.below(bytes.len() as u64) as usize;
                bytes[at] = [0, 1, 0x7f, 0x80, 0xff, rng.u64() as u8][rng.below(6) as usize];
            }
            let connection = engine.connect();
            engine.send(connection, &framed(&bytes), Duration::from_millis(20));
        }
        let answer = engine.ask(0, ApiVersionsRequest::default());
        assert_eq!(answer.error_code, 0, "after {} v{version}", described.name);
    }
}
