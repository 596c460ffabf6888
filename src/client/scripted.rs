//! For tests: a client whose one broker is the test. What the client asks is kept until the test takes and answers it; versions and metadata
//! answer themselves.

use crate::base::{ConnectionId, Context, Duration, EventKind, Instant, NodeId, ProcessId, Recorder, Rng, Uuid};
use crate::network::{Action, Process};
use crate::wire::messages::api_versions_response::{ApiVersion, FinalizedFeatureKey};
use crate::wire::messages::metadata_response::{MetadataResponseBroker, MetadataResponsePartition, MetadataResponseTopic};
use crate::wire::messages::{ApiVersionsResponse, MetadataRequest, MetadataResponse};
use crate::wire::{ApiKey, Request, RequestHeader, Response, Rope, decode, decode_request_header, encode_response};
use bytes::Bytes;
use std::collections::VecDeque;

/// The topic that there is, with two partitions.
pub(crate) const TOPIC: &str = "t";
pub(crate) const TOPIC_ID: Uuid = Uuid([7; 16]);
pub(crate) const BROKER: NodeId = NodeId(1);
/// How long a question is waited for.
const PATIENCE: Duration = Duration::from_secs(100);

/// What a client asked.
pub(crate) struct Question<R> {
    connection: ConnectionId,
    correlation: i32,
    pub version: i16,
    pub request: R,
}

/// A client, and what it has asked.
pub(crate) struct Scripted<P> {
    pub client: P,
    pub now: Instant,
    /// The level of `transaction.version`.
    transaction_version: i16,
    rng: Rng,
    recorder: Recorder,
    asked: VecDeque<(ConnectionId, RequestHeader, Bytes)>,
}

impl<P: Process> Scripted<P> {
    pub fn new(client: P, transaction_version: i16) -> Self {
        let rng = Rng::stream(1, "scripted");
        Self { client, now: Instant::ZERO, transaction_version, rng, recorder: Recorder::default(), asked: VecDeque::new() }
    }

    /// Has the client do something.
    pub fn act<T>(&mut self, what: impl FnOnce(&mut P, &mut Context<'_>) -> T) -> T {
        let mut cx = Context::new(self.now, 0, ProcessId(10_000), &mut self.rng, None, &mut self.recorder);
        let result = what(&mut self.client, &mut cx);
        self.carry();
        result
    }

    fn carry(&mut self) {
        while let Some((action, _)) = self.client.poll_action() {
            match action {
                Action::Connect { connection, .. } => self.act(|client, cx| client.connected(cx, connection)),
                Action::Send { connection, frame } => self.take_in(connection, &frame),
                Action::Close { .. } => {}
            }
        }
    }

    fn take_in(&mut self, connection: ConnectionId, frame: &Rope) {
        let (header, body) = decode_request_header(&frame.to_bytes()).expect("a request");
        let (version, correlation) = (header.version, header.correlation);
        match ApiKey::from_i16(header.api_key) {
            Some(ApiKey::ApiVersions) => self.reply(connection, correlation, version, api_versions(self.transaction_version)),
            Some(ApiKey::Metadata) => {
                let request: MetadataRequest = decode(body, version).expect("a Metadata request");
                self.reply(connection, correlation, version, metadata(&request));
            }
            _ => self.asked.push_back((connection, header, body)),
        }
    }

    fn reply<R: Response>(&mut self, connection: ConnectionId, correlation: i32, version: i16, mut response: R) {
        let frame = encode_response(version, correlation, &mut response).expect("a response");
        self.act(|client, cx| client.receive(cx, connection, frame));
    }

    /// What the client asks next, which is to be this. Time passes until it asks.
    pub fn expect<R: Request>(&mut self) -> Question<R> {
        let until = self.now + PATIENCE;
        while self.asked.is_empty() && self.client.next_due().is_some_and(|due| due <= until) {
            self.wake();
        }
        let (connection, header, body) =
            self.asked.pop_front().unwrap_or_else(|| panic!("nothing is asked, where {} should be", R::KEY.name()));
        assert_eq!(header.api_key, R::KEY as i16, "what is asked is {:?}, not {}", ApiKey::from_i16(header.api_key), R::KEY.name());
        let request = decode(body, header.version).expect("a request");
        Question { connection, correlation: header.correlation, version: header.version, request }
    }

    pub fn answer<R: Request>(&mut self, question: &Question<R>, response: R::Response) {
        self.reply(question.connection, question.correlation, question.version, response);
    }

    /// The connection on which something was asked breaks.
    pub fn cut<R>(&mut self, question: &Question<R>) {
        let connection = question.connection;
        self.act(|client, cx| client.disconnected(cx, connection));
    }

    /// Nothing is asked that was not answered.
    pub fn is_quiet(&self) -> bool {
        self.asked.is_empty()
    }

    pub fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        while self.client.next_due().is_some_and(|due| due <= until) {
            self.wake();
        }
        self.now = until;
    }

    fn wake(&mut self) {
        self.now = self.client.next_due().map_or(self.now, |due| due.max(self.now));
        self.act(|client, cx| client.wake(cx));
    }

    /// What has happened, as far as `tell` tells.
    pub fn events<T>(&self, tell: impl FnMut(&EventKind) -> Option<T>) -> Vec<T> {
        self.recorder.events.iter().map(|event| &event.kind).filter_map(tell).collect()
    }
}

fn api_versions(transaction_version: i16) -> ApiVersionsResponse {
    let version = |key: &ApiKey| {
        let versions = key.stable_versions();
        ApiVersion { api_key: *key as i16, min_version: *versions.start(), max_version: *versions.end(), ..Default::default() }
    };
    ApiVersionsResponse {
        api_keys: ApiKey::ALL.iter().map(version).collect(),
        finalized_features_epoch: 1,
        finalized_features: vec![FinalizedFeatureKey {
            name: "transaction.version".to_owned(),
            max_version_level: transaction_version,
            ..Default::default()
        }],
        ..Default::default()
    }
}

fn metadata(request: &MetadataRequest) -> MetadataResponse {
    let partition = |index| MetadataResponsePartition {
        partition_index: index,
        leader_id: BROKER.0,
        leader_epoch: 0,
        replica_nodes: vec![BROKER.0],
        isr_nodes: vec![BROKER.0],
        ..Default::default()
    };
    let topic = MetadataResponseTopic {
        name: Some(TOPIC.to_owned()),
        topic_id: TOPIC_ID,
        partitions: (0..2).map(partition).collect(),
        ..Default::default()
    };
    let asked = request.topics.iter().flatten().any(|topic| topic.name.as_deref() == Some(TOPIC));
    MetadataResponse {
        brokers: vec![MetadataResponseBroker { node_id: BROKER.0, host: "broker".to_owned(), port: 9092, ..Default::default() }],
        controller_id: BROKER.0,
        topics: if asked { vec![topic] } else { Vec::new() },
        ..Default::default()
    }
}
