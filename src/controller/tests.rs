//! The controller as its brokers see it: frames in, frames out, and time.

mod alter_partition;
mod brokers;

use super::*;
use crate::base::SortedMap;
use crate::base::{ConnectionId, Context, Duration, EventKind, Instant, NodeId, ProcessId, Recorder, Rng, TopicPartition};
use crate::network::{Action, Listener, Process as _};
use crate::wire::messages::broker_registration_request::Feature as BrokerFeature;
use crate::wire::messages::create_topics_request::CreatableTopic;
use crate::wire::messages::fetch_request::{FetchPartition, FetchTopic};
use crate::wire::messages::{
    AllocateProducerIdsRequest, AllocateProducerIdsResponse, BrokerHeartbeatRequest, BrokerHeartbeatResponse, BrokerRegistrationRequest,
    BrokerRegistrationResponse, CreateTopicsRequest, CreateTopicsResponse, EnvelopeRequest, EnvelopeResponse, FetchRequest, FetchResponse,
};
use crate::wire::{ErrorCode, Request, decode_response, encode_request};
use bytes::Bytes;

/// A controller, a clock, and what it sent.
struct Lab {
    controller: Controller,
    now: Instant,
    rng: Rng,
    recorder: Recorder,
    sent: SortedMap<ConnectionId, Vec<Bytes>>,
    closed: Vec<ConnectionId>,
}

fn connection(number: u32) -> ConnectionId {
    ConnectionId { opener: ProcessId(1), number }
}

impl Lab {
    /// A cluster's only controller, started, with connections 0 to 3.
    fn new() -> Self {
        Self::with_voters(vec![NodeId(1)])
    }

    fn with_voters(voters: Vec<NodeId>) -> Self {
        let config = ControllerConfig {
            node: NodeId(1),
            voters,
            endpoints: SortedMap::new(),
            cluster_id: "cluster".into(),
            settings: BrokerSettings::default(),
            first_connection: 0,
        };
        let mut lab = Self {
            controller: Controller::new(config, ControllerDisk::default()),
            now: Instant::ZERO,
            rng: Rng::stream(1, "controller"),
            recorder: Recorder::default(),
            sent: SortedMap::new(),
            closed: Vec::new(),
        };
        lab.act(|controller, cx| {
            controller.start(cx);
            (0..4).for_each(|number| controller.accepted(cx, connection(number), Listener::Controller, "127.0.0.1"));
        });
        lab
    }

    fn act(&mut self, input: impl FnOnce(&mut Controller, &mut Context<'_>)) {
        let mut cx = Context::new(self.now, 0, ProcessId(100), &mut self.rng, None, &mut self.recorder);
        input(&mut self.controller, &mut cx);
        while let Some((action, _)) = self.controller.poll_action() {
            match action {
                Action::Send { connection, frame } => self.sent.entry(connection).or_default().push(frame.to_bytes()),
                Action::Close { connection } => self.closed.push(connection),
                // Its fellow voters are not there.
                Action::Connect { .. } => {}
            }
        }
    }

    /// Lets time pass, and wakes the controller whenever it wants to be.
    fn advance(&mut self, span: Duration) {
        let until = self.now + span;
        while let Some(due) = self.controller.next_due().filter(|due| *due <= until) {
            self.now = due;
            self.act(|controller, cx| controller.wake(cx));
        }
        self.now = until;
    }

    fn send<R: Request>(&mut self, number: u32, version: i16, mut request: R) {
        let frame = encode_request(version, 7, Some("broker"), &mut request).expect("encodes").to_bytes();
        self.act(|controller, cx| controller.receive(cx, connection(number), frame.into()));
    }

    fn answer<R: Request>(&mut self, number: u32, version: i16) -> Option<R::Response> {
        let frames = self.sent.get_mut(&connection(number)).filter(|frames| !frames.is_empty())?;
        Some(decode_response::<R::Response>(&frames.remove(0), version).expect("decodes").1)
    }

    fn ask<R: Request>(&mut self, version: i16, request: R) -> R::Response {
        self.send(0, version, request);
        self.answer::<R>(0, version).expect("an answer")
    }

    fn register(&mut self, id: i32, incarnation: u8) -> BrokerRegistrationResponse {
        self.ask(4, registration(id, incarnation))
    }

    fn heartbeat(&mut self, id: i32, epoch: i64) -> BrokerHeartbeatResponse {
        let current_metadata_offset = self.controller.image().next_offset().0 - 1;
        self.ask(1, BrokerHeartbeatRequest { broker_id: id, broker_epoch: epoch, current_metadata_offset, ..Default::default() })
    }

    /// A broker that serves.
    fn join(&mut self, id: i32) -> i64 {
        let epoch = self.register(id, 1).broker_epoch;
        assert!(!self.heartbeat(id, epoch).is_fenced);
        epoch
    }

    fn create(&mut self, name: &str) -> CreateTopicsResponse {
        self.ask(7, creation(name))
    }

    fn leader(&self, topic: &str) -> Option<i32> {
        self.controller.image().partition(&TopicPartition::new(topic, 0)).expect("known").leader.map(|id| id.0)
    }

    fn events(&self) -> Vec<&EventKind> {
        self.recorder.events.iter().map(|event| &event.kind).collect()
    }
}

fn registration(id: i32, incarnation: u8) -> BrokerRegistrationRequest {
    let features = SUPPORTED_FEATURES.iter().map(|feature| BrokerFeature {
        name: feature.name.to_owned(),
        min_supported_version: feature.min,
        max_supported_version: feature.max,
        ..Default::default()
    });
    BrokerRegistrationRequest {
        broker_id: id,
        cluster_id: "cluster".to_owned(),
        incarnation_id: Uuid([incarnation; 16]),
        features: features.collect(),
        log_dirs: vec![Uuid([9; 16])],
        ..Default::default()
    }
}

fn creation(name: &str) -> CreateTopicsRequest {
    let topic = CreatableTopic { name: name.to_owned(), num_partitions: 1, replication_factor: 1, ..Default::default() };
    CreateTopicsRequest { topics: vec![topic], timeout_ms: 1_000, ..Default::default() }
}

fn fetch(offset: i64, max_wait_ms: i32) -> FetchRequest {
    fetch_in(1, offset, max_wait_ms)
}

fn fetch_in(epoch: i32, offset: i64, max_wait_ms: i32) -> FetchRequest {
    let partition = FetchPartition {
        fetch_offset: offset,
        partition_max_bytes: 1 << 20,
        current_leader_epoch: epoch,
        last_fetched_epoch: 1,
        ..Default::default()
    };
    let topic = FetchTopic { topic_id: METADATA_TOPIC_ID, partitions: vec![partition], ..Default::default() };
    FetchRequest { cluster_id: Some("cluster".to_owned()), max_wait_ms, topics: vec![topic], ..Default::default() }
}

/// A reader's image after what it fetched.
fn replayed(response: &FetchResponse) -> MetadataImage {
    let partition = &response.responses[0].partitions[0];
    let mut image = MetadataImage::default();
    image.replay(partition.records.as_ref().expect("records"), crate::base::Offset(partition.high_watermark)).expect("replays");
    image
}

#[test]
fn the_only_voter_leads_and_writes_the_clusters_first_records() {
    let lab = Lab::new();
    assert!(lab.controller.is_active());
    assert_eq!(lab.controller.image().leader(), Some(NodeId(1)));
    assert_eq!(lab.controller.image().features().get("metadata.version"), Some(&30));
    assert!(lab.events().contains(&&EventKind::ControllerElected { node: NodeId(1), epoch: 1 }));
}

#[test]
fn a_broker_is_fenced_until_it_has_read_its_registration() {
    let mut lab = Lab::new();
    let epoch = lab.register(2, 1).broker_epoch;
    let behind =
        lab.ask(1, BrokerHeartbeatRequest { broker_id: 2, broker_epoch: epoch, current_metadata_offset: epoch - 1, ..Default::default() });
    assert_eq!((behind.is_caught_up, behind.is_fenced), (false, true));
    let there = lab.heartbeat(2, epoch);
    assert_eq!((there.is_caught_up, there.is_fenced), (true, false));
    assert!(lab.controller.image().is_alive(NodeId(2)));
}

#[test]
fn a_broker_that_falls_silent_is_fenced_and_its_partitions_lose_their_leader() {
    let mut lab = Lab::new();
    let epoch = lab.join(2);
    lab.create("orders");
    assert_eq!(lab.leader("orders"), Some(2));
    lab.advance(Duration::from_millis(8_999));
    assert!(lab.controller.image().is_alive(NodeId(2)));
    lab.advance(Duration::from_millis(1));
    assert!(!lab.controller.image().is_alive(NodeId(2)));
    assert_eq!(lab.leader("orders"), None);
    assert!(!lab.heartbeat(2, epoch).is_fenced);
    assert_eq!(lab.leader("orders"), Some(2));
}

#[test]
fn another_incarnation_waits_for_the_end_of_the_olds_session() {
    let mut lab = Lab::new();
    lab.join(2);
    assert_eq!(lab.register(2, 2).error_code, ErrorCode::DuplicateBrokerRegistration.code());
    lab.advance(Duration::from_secs(9));
    assert_eq!(lab.register(2, 2).error_code, 0);
}

#[test]
fn strangers_are_refused() {
    let mut lab = Lab::new();
    let other = BrokerRegistrationRequest { cluster_id: "other".to_owned(), ..registration(2, 1) };
    assert_eq!(lab.ask(4, other).error_code, ErrorCode::InconsistentClusterId.code());
    let without_features = BrokerRegistrationRequest { features: Vec::new(), ..registration(2, 1) };
    assert_eq!(lab.ask(4, without_features).error_code, ErrorCode::UnsupportedVersion.code());
    assert_eq!(lab.heartbeat(2, 0).error_code, ErrorCode::StaleBrokerEpoch.code());
}

#[test]
fn a_broker_that_leads_nothing_may_stop_at_once() {
    let mut lab = Lab::new();
    let epoch = lab.join(2);
    let stop = BrokerHeartbeatRequest {
        broker_id: 2,
        broker_epoch: epoch,
        current_metadata_offset: 99,
        want_shut_down: true,
        ..Default::default()
    };
    assert!(lab.ask(1, stop).should_shut_down);
    assert!(!lab.controller.image().is_alive(NodeId(2)));
}

#[test]
fn a_reader_gets_the_log_from_where_it_is() {
    let mut lab = Lab::new();
    lab.join(2);
    lab.create("orders");
    let read = lab.ask(17, fetch(0, 0));
    let image = replayed(&read);
    assert_eq!(image.next_offset(), lab.controller.image().next_offset());
    assert!(image.topic("orders").is_some());
}

#[test]
fn a_reader_at_the_end_waits_for_the_next_record() {
    let mut lab = Lab::new();
    lab.join(2);
    let end = lab.controller.image().next_offset().0;
    lab.send(1, 17, fetch(end, 500));
    assert!(lab.answer::<FetchRequest>(1, 17).is_none());
    lab.create("orders");
    let read = lab.answer::<FetchRequest>(1, 17).expect("records have come");
    assert!(!read.responses[0].partitions[0].records.as_ref().expect("records").is_empty());
}

#[test]
fn a_reader_waits_no_longer_than_it_wants() {
    let mut lab = Lab::new();
    let end = lab.controller.image().next_offset().0;
    lab.send(1, 17, fetch(end, 500));
    lab.advance(Duration::from_millis(499));
    assert!(lab.answer::<FetchRequest>(1, 17).is_none());
    lab.advance(Duration::from_millis(1));
    let read = lab.answer::<FetchRequest>(1, 17).expect("its time is up");
    assert!(read.responses[0].partitions[0].records.as_ref().expect("records").is_empty());
}

#[test]
fn a_reader_beyond_the_end_is_told_where_the_log_ends() {
    let mut lab = Lab::new();
    let end = lab.controller.image().next_offset().0;
    let read = lab.ask(17, fetch(end + 5, 0));
    let diverging = &read.responses[0].partitions[0].diverging_epoch;
    assert_eq!((diverging.epoch, diverging.end_offset), (1, end));
}

#[test]
fn a_connections_requests_are_answered_in_order() {
    let mut lab = Lab::new();
    lab.join(2);
    let end = lab.controller.image().next_offset().0;
    lab.send(1, 17, fetch(end, 500));
    lab.send(1, 7, creation("orders"));
    assert!(lab.controller.image().topic("orders").is_none());
    lab.advance(Duration::from_millis(500));
    assert!(lab.answer::<FetchRequest>(1, 17).is_some());
    assert_eq!(lab.answer::<CreateTopicsRequest>(1, 7).expect("its turn has come").topics[0].error_code, 0);
}

#[test]
fn what_came_in_an_envelope_is_answered_in_one() {
    let mut lab = Lab::new();
    lab.join(2);
    let inner = encode_request(7, 42, Some("client"), &mut creation("orders")).expect("encodes").to_bytes();
    let answer: EnvelopeResponse =
        lab.ask(0, EnvelopeRequest { request_data: inner, client_host_address: Bytes::from_static(&[127, 0, 0, 1]), ..Default::default() });
    assert_eq!(answer.error_code, 0);
    let (correlation, created) = decode_response::<CreateTopicsResponse>(&answer.response_data.expect("a response"), 7).expect("decodes");
    assert_eq!((correlation, created.topics[0].error_code), (42, 0));
}

#[test]
fn an_envelope_of_nonsense_is_refused() {
    let mut lab = Lab::new();
    let answer: EnvelopeResponse = lab.ask(0, EnvelopeRequest { request_data: Bytes::from_static(&[0, 19, 0, 7]), ..Default::default() });
    assert_eq!(answer.error_code, ErrorCode::UnsupportedVersion.code());
}

#[test]
fn a_controller_that_is_not_active_says_so() {
    let mut lab = Lab::with_voters(vec![NodeId(1), NodeId(2)]);
    let code = ErrorCode::NotController.code();
    assert_eq!(lab.register(2, 1).error_code, code);
    assert_eq!(lab.create("orders").topics[0].error_code, code);
    assert_eq!(lab.ask(0, EnvelopeRequest::default()).error_code, code);
    assert_eq!(lab.ask(17, fetch_in(0, 0, 0)).responses[0].partitions[0].error_code, ErrorCode::NotLeaderOrFollower.code());
}

#[test]
fn every_broker_gets_producer_ids_of_its_own() {
    let mut lab = Lab::new();
    let epoch = lab.join(2);
    let mut allocate = || {
        let answer: AllocateProducerIdsResponse =
            lab.ask(0, AllocateProducerIdsRequest { broker_id: 2, broker_epoch: epoch, ..Default::default() });
        (answer.error_code, answer.producer_id_start, answer.producer_id_len)
    };
    assert_eq!(allocate(), (0, 0, 1_000));
    assert_eq!(allocate(), (0, 1_000, 1_000));
}

#[test]
fn what_cannot_be_read_ends_the_connection() {
    for frame in [&[][..], &[0, 1], &[0, 99, 0, 0, 0, 0, 0, 1, 255, 255], &[0, 62, 0, 4, 0, 0, 0, 1, 255, 255, 0, 1, 2]] {
        let mut lab = Lab::new();
        let end = lab.controller.image().next_offset();
        lab.act(|controller, cx| controller.receive(cx, connection(0), Bytes::copy_from_slice(frame).into()));
        assert_eq!(lab.closed, [connection(0)], "{frame:?}");
        assert_eq!(lab.controller.image().next_offset(), end);
    }
}

#[test]
fn the_trace_tells_what_the_records_mean() {
    let mut lab = Lab::new();
    lab.join(2);
    lab.create("orders");
    let events = lab.events();
    assert!(events.contains(&&EventKind::BrokerRegistered { node: NodeId(2) }));
    assert!(events.contains(&&EventKind::BrokerUnfenced { node: NodeId(2) }));
    assert!(events.contains(&&EventKind::TopicCreated { topic: "orders".into(), partitions: 1, replication_factor: 1 }));
}
