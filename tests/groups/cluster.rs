//! A cluster of one broker and outside clients that ask it, frame by frame, in virtual time.

use bytes::Bytes;
use partita::base::{ConnectionId, Duration, NodeId};
use partita::simulation::{Config, Output, Simulation};
use partita::wire::messages::create_topics_request::CreatableTopic;
use partita::wire::messages::find_coordinator_response::Coordinator;
use partita::wire::messages::{CreateTopicsRequest, FindCoordinatorRequest};
use partita::wire::{ErrorCode, FrameReader, Request, decode_response, encode_request};
use std::collections::{BTreeMap, VecDeque};

pub const BROKER: NodeId = NodeId(1);

pub struct Cluster {
    pub simulation: Simulation,
    readers: BTreeMap<ConnectionId, FrameReader>,
    answers: BTreeMap<ConnectionId, VecDeque<Bytes>>,
    correlation: i32,
}

/// A client's connection, with the client id that it gives.
#[derive(Clone, Copy)]
pub struct Client {
    connection: ConnectionId,
    id: &'static str,
}

impl Cluster {
    /// A cluster with these settings whose group coordinator is ready.
    pub fn new(settings: &[(&str, &str)]) -> Self {
        let mut cluster = Self::starting(settings);
        let client = cluster.client("setup");
        cluster.wait(1_000);
        for _ in 0..100 {
            if cluster.find_coordinator(client, "any").error_code == 0 {
                return cluster;
            }
            cluster.wait(100);
        }
        panic!("no coordinator within 10 s");
    }

    /// A cluster that has just been started.
    pub fn starting(settings: &[(&str, &str)]) -> Self {
        let mut config = Config { brokers: 1, ..Config::default() };
        for (name, value) in settings {
            config.settings.set(name, value).unwrap();
        }
        let simulation = Simulation::new(config).unwrap();
        Self { simulation, readers: BTreeMap::new(), answers: BTreeMap::new(), correlation: 0 }
    }

    pub fn client(&mut self, id: &'static str) -> Client {
        let connection = self.simulation.connect("127.0.0.1", BROKER).unwrap();
        Client { connection, id }
    }

    /// Lets time go on.
    pub fn wait(&mut self, millis: u64) {
        let until = self.simulation.now() + Duration::from_millis(millis);
        self.simulation.advance(until);
        self.take_output();
    }

    fn take_output(&mut self) {
        while let Some(output) = self.simulation.poll_output() {
            let Output::Bytes { connection, bytes } = output else { continue };
            let reader = self.readers.entry(connection).or_default();
            reader.push(&bytes.to_bytes());
            while let Some(frame) = reader.next_frame().unwrap() {
                self.answers.entry(connection).or_default().push_back(frame);
            }
        }
    }

    pub fn send<R: Request>(&mut self, client: Client, version: i16, mut request: R) {
        self.correlation += 1;
        let frame = encode_request(version, self.correlation, Some(client.id), &mut request).unwrap();
        let mut bytes = (frame.len() as u32).to_be_bytes().to_vec();
        bytes.extend_from_slice(&frame.to_bytes());
        self.simulation.receive(client.connection, &bytes);
    }

    /// The answer to the client's oldest request, if it has come within 10 ms.
    pub fn answer<R: Request>(&mut self, client: Client, version: i16) -> Option<R::Response> {
        self.wait(10);
        let frame = self.answers.get_mut(&client.connection)?.pop_front()?;
        Some(decode_response::<R::Response>(&frame, version).unwrap().1)
    }

    /// Asks, and waits for the answer for 30 s at most.
    pub fn ask<R: Request>(&mut self, client: Client, version: i16, request: R) -> R::Response {
        self.send(client, version, request);
        for _ in 0..3_000 {
            if let Some(response) = self.answer::<R>(client, version) {
                return response;
            }
        }
        panic!("no answer to {}", R::NAME);
    }

    pub fn find_coordinator(&mut self, client: Client, group: &str) -> Coordinator {
        let request = FindCoordinatorRequest { coordinator_keys: vec![group.to_owned()], ..Default::default() };
        self.ask(client, 4, request).coordinators.swap_remove(0)
    }

    pub fn create_topic(&mut self, client: Client, name: &str, partitions: i32) {
        let topic = CreatableTopic { name: name.to_owned(), num_partitions: partitions, replication_factor: 1, ..Default::default() };
        let request = CreateTopicsRequest { topics: vec![topic], timeout_ms: 5_000, ..Default::default() };
        let response = self.ask(client, 5, request);
        assert_eq!(response.topics[0].error_code, ErrorCode::None as i16);
        self.wait(1_000);
    }
}
