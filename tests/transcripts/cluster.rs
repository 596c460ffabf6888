//! The engine in virtual time, and connections to it as a client has them.

use crate::fault::{Fault, Outcome, script, server};
use crate::message_json;
use bytes::Bytes;
use partita::base::{ConnectionId, Duration, Instant, NodeId};
use partita::simulation::{Config, NodeState, Output, Simulation};
use partita::wire::{ApiKey, RequestHeader, WireReason, decode_response_header, encode_request_header, messages};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How long an answer may take.
pub const TIMEOUT: Duration = Duration::from_secs(10);
pub const RETRY: Duration = Duration::from_millis(50);
/// An engine that does more things in one moment is caught in a circle.
const STEPS_MAX: usize = 100_000;
const HOST: &str = "127.0.0.1";

/// An API and the version that is asked for; the body is of the nearest version that exists.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    pub key: ApiKey,
    pub version: i16,
}

impl Api {
    pub fn new(key: ApiKey, version: i16) -> Self {
        Self { key, version }
    }

    fn schema(self) -> i16 {
        self.version.clamp(*self.key.versions().start(), *self.key.versions().end())
    }

    pub fn request(self, body: &Value, now: i64) -> Outcome<Vec<u8>> {
        message_json::encode(&messages::request(self.key), self.schema(), body, now)
    }

    pub fn response(self, frame: &Bytes) -> Outcome<Value> {
        match self.response_of(frame, self.schema()) {
            // The answer of one that does not know the version.
            Err(_) if self.key == ApiKey::ApiVersions && self.schema() > 0 => self.response_of(frame, 0),
            answer => answer,
        }
    }

    fn response_of(self, frame: &Bytes, version: i16) -> Outcome<Value> {
        let described = messages::response(self.key);
        let read = decode_response_header(self.key, version, frame)
            .and_then(|(_, body)| message_json::decode(&described, version, body, Some(self.key)));
        read.map_err(|error| {
            let what = format!("{} v{version}", self.key.kafka_name());
            let said = match error.reason {
                WireReason::Truncated => format!("a response of {what} that ends too early"),
                _ => format!("a response that is not {what}: {error}"),
            };
            Fault::Server(said, Some(frame.to_vec()))
        })
    }
}

/// A connection's client side.
pub struct Connection {
    id: ConnectionId,
    pub target: String,
    received: VecDeque<u8>,
    closed_by_server: bool,
    pub closed: bool,
    sent: i32,
    answered: i32,
    /// Requests whose answers are to come.
    pub outstanding: VecDeque<Api>,
}

/// Brokers, and those who talk to them.
pub struct Cluster {
    simulation: Simulation,
    epoch_ms: i64,
    pub connections: BTreeMap<String, Connection>,
    pub brokers: BTreeMap<i64, (String, i64)>,
    pub id: String,
    producer_id_0_used: bool,
    /// Things done at this very moment.
    steps: usize,
}

impl Cluster {
    /// A cluster whose brokers have all come up.
    pub fn start(brokers: usize, settings: &[&str]) -> Self {
        let mut config = Config { brokers: brokers as i32, ..Config::default() };
        for setting in settings {
            let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
            config.settings.set(name, value).unwrap_or_else(|error| panic!("{setting}: {error}"));
        }
        let epoch_ms = config.epoch_ms;
        let simulation = Simulation::new(config).unwrap_or_else(|error| panic!("{error}"));
        let mut cluster = Self {
            simulation,
            epoch_ms,
            connections: BTreeMap::new(),
            brokers: BTreeMap::new(),
            id: String::new(),
            producer_id_0_used: false,
            steps: 0,
        };
        let deadline = cluster.now() + Duration::from_secs(30);
        while cluster.brokers.len() < brokers && cluster.now() < deadline {
            cluster.sleep(RETRY);
            cluster.find();
        }
        cluster
    }

    pub fn now(&self) -> Instant {
        self.simulation.now()
    }

    /// The cluster's time of day, in ms since 1970.
    pub fn wall_ms(&self) -> i64 {
        self.epoch_ms + self.now().as_millis() as i64
    }

    pub fn sleep(&mut self, span: Duration) {
        let until = self.now() + span;
        while self.step(until) {}
        self.simulation.advance(until);
        self.pump();
    }

    /// Lets the next thing happen, if it happens by then.
    fn step(&mut self, until: Instant) -> bool {
        let due = self.simulation.next_due().is_some_and(|due| due <= until);
        if due {
            let before = self.now();
            self.simulation.step();
            self.steps = if self.now() > before { 0 } else { self.steps + 1 };
            assert!(self.steps < STEPS_MAX, "the engine does {STEPS_MAX} things at {before}, and no end");
        }
        due
    }

    /// Gives the connections what the cluster wrote to them.
    fn pump(&mut self) {
        while let Some(output) = self.simulation.poll_output() {
            let id = match &output {
                Output::Bytes { connection, .. } | Output::Close { connection } => *connection,
            };
            let Some(connection) = self.connections.values_mut().find(|connection| connection.id == id) else { continue };
            match output {
                Output::Bytes { bytes, .. } => connection.received.extend(bytes.to_bytes()),
                Output::Close { .. } => connection.closed_by_server = true,
            }
        }
    }

    /// Lets time go on until the connection has so many bytes, is closed, or the time is up. Whether it has them.
    fn wait(&mut self, name: &str, bytes: usize, until: Instant) -> Outcome<bool> {
        loop {
            self.pump();
            let Some(connection) = self.connections.get(name) else { return Ok(false) };
            if connection.received.len() >= bytes {
                return Ok(true);
            }
            if connection.closed_by_server {
                self.close(name);
                return server("the server closed the connection");
            }
            if !self.step(until) {
                self.simulation.advance(until);
                return Ok(false);
            }
        }
    }

    // ── connections ──

    pub fn connect(&mut self, name: &str, broker: i64, target: &str) -> Outcome<()> {
        let Some(id) = self.simulation.connect(HOST, NodeId(broker as i32)) else {
            return server(format!("cannot connect to {target}: there is none"));
        };
        let connection = Connection {
            id,
            target: target.to_owned(),
            received: VecDeque::new(),
            closed_by_server: false,
            closed: false,
            sent: 0,
            answered: 0,
            outstanding: VecDeque::new(),
        };
        self.connections.insert(name.to_owned(), connection);
        Ok(())
    }

    pub fn close(&mut self, name: &str) {
        if let Some(connection) = self.connections.get_mut(name) {
            connection.closed = true;
            self.simulation.close(connection.id);
        }
    }

    pub fn is_open(&self, name: &str) -> bool {
        self.connections.get(name).is_some_and(|connection| !connection.closed)
    }

    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Outcome<()> {
        match self.connections.get(name) {
            Some(connection) => {
                self.simulation.receive(connection.id, bytes);
                Ok(())
            }
            None => server(format!("the connection {name} is not open")),
        }
    }

    /// Sends a request; its body is bytes already.
    pub fn send(&mut self, name: &str, api: Api, body: &[u8], client_id: Option<&str>, unanswered: bool) -> Outcome<()> {
        let Some(connection) = self.connections.get_mut(name) else { return server(format!("the connection {name} is not open")) };
        connection.sent += 1;
        let header = RequestHeader {
            api_key: api.key as i16,
            version: api.version,
            correlation: connection.sent,
            client_id: client_id.map(str::to_owned),
        };
        if unanswered {
            connection.answered += 1;
        } else {
            connection.outstanding.push_back(api);
        }
        let mut frame = encode_request_header(&header)?;
        frame.extend_from_slice(body);
        let length = (frame.len() as u32).to_be_bytes();
        self.write(name, &[&length[..], &frame].concat())
    }

    /// The next answer on the connection.
    pub fn answer(&mut self, name: &str) -> Outcome<Value> {
        let frame = self.frame(name)?;
        let Some(connection) = self.connections.get_mut(name) else { return server("no connection") };
        let correlation = frame.first_chunk().map(|bytes| i32::from_be_bytes(*bytes));
        connection.answered += 1;
        if correlation != Some(connection.answered) {
            let what = format!("a response with correlation id {correlation:?}, not {}", connection.answered);
            return Err(Fault::Server(what, Some(frame.to_vec())));
        }
        match connection.outstanding.pop_front() {
            Some(api) => api.response(&frame),
            None => server(format!("nothing sent on {name} waits for its answer")),
        }
    }

    pub fn frame(&mut self, name: &str) -> Outcome<Bytes> {
        let until = self.now() + TIMEOUT;
        let head = match self.wait(name, 4, until)? {
            true => self.take(name, 4),
            false => return self.too_late(name),
        };
        let length = head.first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes)) as usize;
        if !self.wait(name, length, until)? {
            return self.too_late(name);
        }
        Ok(self.take(name, length))
    }

    fn too_late(&mut self, name: &str) -> Outcome<Bytes> {
        self.close(name);
        server("no response within 10.0 s")
    }

    fn take(&mut self, name: &str, count: usize) -> Bytes {
        self.connections.get_mut(name).map(|connection| connection.received.drain(..count).collect()).unwrap_or_default()
    }

    /// Whether something comes within this time.
    pub fn has_input(&mut self, name: &str, within: Duration) -> Outcome<bool> {
        let until = self.now() + within;
        self.wait(name, 1, until)
    }

    /// Asks a broker on a connection of its own and waits: for the runner's own questions.
    fn call(&mut self, broker: i64, key: ApiKey, version: i16, body: &Value) -> Outcome<Value> {
        let api = Api::new(key, version);
        let body = api.request(body, 0)?;
        self.connect("", broker, "a broker")?;
        let answer = self.send("", api, &body, Some("ask"), false).and_then(|()| self.answer(""));
        self.close("");
        self.connections.remove("");
        answer
    }

    // ── the cluster as a whole ──

    /// Lets time go on until a node that shuts down has ended.
    fn await_end(&mut self, id: NodeId) {
        let deadline = self.now() + Duration::from_secs(30);
        while self.simulation.node(id).is_ok_and(|node| node.state == NodeState::Stopping) && self.now() < deadline {
            self.sleep(RETRY);
        }
    }

    /// What befalls a node: `kill 2`, `shutdown 2` (in an orderly way), `restart 2`, `pause 2`, `resume 2`.
    pub fn trouble(&mut self, what: &str) -> Outcome<()> {
        let Some((act, id)) = what.split_once(' ').and_then(|(act, id)| Some((act, NodeId(id.parse().ok()?)))) else {
            return script(format!("'{what}' is nothing to do to a node"));
        };
        let done = match act {
            "kill" => self.simulation.kill(id, false, None).map(drop),
            "shutdown" => self.simulation.stop(id, None).map(|_| self.await_end(id)),
            "restart" => self.simulation.restart(id, None),
            "pause" => self.simulation.pause(id, None).map(drop),
            "resume" => self.simulation.resume(id, None).map(drop),
            _ => return script(format!("'{act}' is nothing to do to a node")),
        };
        done.or_else(|error| script(format!("{what}: {error}")))
    }

    /// Learns the brokers.
    pub fn find(&mut self) {
        let Ok(metadata) = self.call(1, ApiKey::Metadata, 4, &json!({"topics": [], "allowAutoTopicCreation": false})) else { return };
        self.id = metadata["clusterId"].as_str().unwrap_or_default().to_owned();
        self.brokers = metadata["brokers"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|broker| {
                let address = (broker["host"].as_str()?.to_owned(), broker["port"].as_i64()?);
                Some((broker["nodeId"].as_i64()?, address))
            })
            .collect();
    }

    /// Asks for a producer id, once, and drops it: a new cluster's first one is 0, and 0 is also what a response has where it has none.
    pub fn use_up_producer_id_0(&mut self) {
        let body = json!({"transactionalId": null, "transactionTimeoutMs": 60_000});
        let deadline = self.now() + TIMEOUT;
        while !self.producer_id_0_used && self.now() < deadline {
            let answer = self.call(1, ApiKey::InitProducerId, 1, &body);
            self.producer_id_0_used = answer.map_or(true, |answer| answer["errorCode"] == 0);
            self.sleep(RETRY);
        }
    }

    /// Whether every broker knows the topics, with all replicas in sync, and every leader answers for its partitions.
    pub fn serves(&mut self, topics: &[Value]) -> Outcome<bool> {
        let named: Vec<Value> = topics.iter().map(|name| json!({"name": name})).collect();
        let mut led: BTreeMap<i64, BTreeSet<(String, i64)>> = BTreeMap::new();
        for broker in self.brokers.keys().copied().collect::<Vec<_>>() {
            let known = self.call(broker, ApiKey::Metadata, 4, &json!({"topics": named, "allowAutoTopicCreation": false}))?;
            let known = known["topics"].as_array().cloned().unwrap_or_default();
            if known.len() < topics.len() || known.iter().any(|topic| topic["errorCode"] != 0) {
                return Ok(false);
            }
            for (topic, partition) in known.iter().flat_map(|topic| {
                let name = topic["name"].as_str().unwrap_or_default().to_owned();
                topic["partitions"].as_array().into_iter().flatten().map(move |partition| (name.clone(), partition))
            }) {
                let leader = partition["leaderId"].as_i64().unwrap_or(-1);
                let count = |name: &str| partition[name].as_array().map_or(0, Vec::len);
                if leader < 0 || count("isrNodes") < count("replicaNodes") {
                    return Ok(false);
                }
                led.entry(leader).or_default().insert((topic, partition["partitionIndex"].as_i64().unwrap_or_default()));
            }
        }
        for (leader, partitions) in led {
            let topics: Vec<Value> = partitions
                .iter()
                .map(|(name, index)| json!({"name": name, "partitions": [{"partitionIndex": index, "timestamp": -1}]}))
                .collect();
            let offsets = self.call(leader, ApiKey::ListOffsets, 1, &json!({"replicaId": -1, "topics": topics}))?;
            let mut partitions =
                offsets["topics"].as_array().into_iter().flatten().flat_map(|topic| topic["partitions"].as_array()).flatten();
            if partitions.any(|partition| partition["errorCode"] != 0) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
