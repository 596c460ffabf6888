//! A small cluster behind its door, for those who send it bytes: one broker, a topic `t` with two partitions, and a coordinator for groups.

use bytes::Bytes;
use partita::base::{ConnectionId, Duration, NodeId};
use partita::simulation::{Config, Output, Simulation};
use partita::wire::messages::{CreateTopicsRequest, CreateTopicsResponse, FindCoordinatorRequest, create_topics_request::*};
use partita::wire::{ApiKey, Request, decode_response, encode_request};

pub const TOPIC: &str = "t";

#[derive(Clone)]
pub struct Engine {
    simulation: Simulation,
}

/// What came of bytes that were sent.
#[derive(Debug, Default, PartialEq)]
pub struct Heard {
    /// Frames, without their lengths.
    pub frames: Vec<Bytes>,
    pub closed: bool,
}

impl Engine {
    pub fn start() -> Self {
        let simulation = Simulation::new(Config { brokers: 1, ..Config::default() }).unwrap_or_else(|error| panic!("{error}"));
        let mut engine = Self { simulation };
        engine.advance(Duration::from_secs(5));
        let assignment = |index| CreatableReplicaAssignment { partition_index: index, broker_ids: vec![1], ..Default::default() };
        let topic = CreatableTopic {
            name: TOPIC.to_owned(),
            num_partitions: -1,
            replication_factor: -1,
            assignments: vec![assignment(0), assignment(1)],
            ..Default::default()
        };
        let created: CreateTopicsResponse = engine.ask(7, CreateTopicsRequest { topics: vec![topic], ..Default::default() });
        assert_eq!(created.topics[0].error_code, 0);
        for _ in 0..10 {
            let request = FindCoordinatorRequest { coordinator_keys: vec!["g".to_owned()], ..Default::default() };
            engine.ask(4, request);
            engine.advance(Duration::from_secs(1));
        }
        engine
    }

    pub fn advance(&mut self, span: Duration) {
        let until = self.simulation.now() + span;
        self.simulation.advance(until);
    }

    pub fn connect(&mut self) -> ConnectionId {
        self.simulation.connect("127.0.0.1", NodeId(1)).unwrap_or_else(|| panic!("there is no broker 1"))
    }

    /// Sends bytes as they are, and listens for this time.
    pub fn send(&mut self, connection: ConnectionId, bytes: &[u8], span: Duration) -> Heard {
        self.simulation.receive(connection, bytes);
        let until = self.simulation.now() + span;
        let mut heard = Heard::default();
        loop {
            self.hear(connection, &mut heard);
            // The first answer, or the end, is what all wait for.
            let more = heard.frames.is_empty() && !heard.closed && self.simulation.next_due().is_some_and(|due| due <= until);
            if !more {
                return heard;
            }
            self.simulation.step();
        }
    }

    fn hear(&mut self, connection: ConnectionId, heard: &mut Heard) {
        while let Some(output) = self.simulation.poll_output() {
            match output {
                Output::Bytes { connection: to, bytes } if to == connection => heard.frames.push(bytes.to_bytes().slice(4..)),
                Output::Close { connection: of } if of == connection => heard.closed = true,
                Output::Bytes { .. } | Output::Close { .. } => {}
            }
        }
    }

    /// Asks on a connection of its own. Any answer but the right one is a failure.
    pub fn ask<T: Request>(&mut self, version: i16, mut request: T) -> T::Response {
        let connection = self.connect();
        let frame = encode_request(version, 1, Some("test"), &mut request).unwrap_or_else(|error| panic!("{error}")).to_bytes();
        let heard = self.send(connection, &framed(&frame), Duration::from_secs(30));
        self.simulation.close(connection);
        let [answer] = &heard.frames[..] else { panic!("{} v{version} is answered with {heard:?}", ApiKey::name(T::KEY)) };
        decode_response(answer, version).unwrap_or_else(|error| panic!("{error}")).1
    }
}

/// With its length before it.
pub fn framed(frame: &[u8]) -> Vec<u8> {
    [&(frame.len() as u32).to_be_bytes(), frame].concat()
}
