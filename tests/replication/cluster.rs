//! A cluster of several brokers, and outside clients that ask it, frame by frame, in virtual time.

use bytes::Bytes;
use partita::base::{ConnectionId, Duration, NodeId, Offset, ProcessId, TopicPartition};
use partita::broker::partition::Partition;
use partita::controller::image::PartitionImage;
use partita::simulation::config::Roles;
use partita::simulation::{Config, Output, Simulation};
use partita::wire::messages::create_topics_request::{CreatableReplicaAssignment, CreatableTopic, CreatableTopicConfig};
use partita::wire::messages::delete_records_request::{DeleteRecordsPartition, DeleteRecordsTopic};
use partita::wire::messages::fetch_request::{FetchPartition, FetchTopic};
use partita::wire::messages::fetch_response::PartitionData;
use partita::wire::messages::produce_request::{PartitionProduceData, TopicProduceData};
use partita::wire::messages::{CreateTopicsRequest, DeleteRecordsRequest, FetchRequest, ProduceRequest};
use partita::wire::{Batch, BatchBuilder, Compression, ErrorCode, FrameReader, Request, decode_response, encode_request};
use std::collections::{BTreeMap, VecDeque};

pub const TOPIC: &str = "t";

pub struct Cluster {
    pub simulation: Simulation,
    readers: BTreeMap<ConnectionId, FrameReader>,
    answers: BTreeMap<ConnectionId, VecDeque<Bytes>>,
    correlation: i32,
}

/// A client's connection to a broker.
#[derive(Clone, Copy)]
pub struct Client(pub ConnectionId);

impl Cluster {
    /// Three brokers, their controllers on nodes of their own, and a topic of one partition on these replicas, the leader first.
    pub fn with_topic(replicas: &[i32], configs: &[(&str, &str)]) -> Self {
        let mut cluster = Self::new(Config { roles: Roles::Apart, ..Config::default() });
        cluster.create(replicas, configs);
        cluster
    }

    pub fn new(config: Config) -> Self {
        let simulation = Simulation::new(config).unwrap();
        let mut cluster = Self { simulation, readers: BTreeMap::new(), answers: BTreeMap::new(), correlation: 0 };
        cluster.wait(2_000);
        cluster
    }

    pub fn create(&mut self, replicas: &[i32], configs: &[(&str, &str)]) {
        self.create_topic(TOPIC, &[replicas], configs);
    }

    /// A topic whose partitions are on these replicas, the leader first.
    pub fn create_topic(&mut self, name: &str, replicas: &[&[i32]], configs: &[(&str, &str)]) {
        let assignment = |(index, replicas): (i32, &&[i32])| CreatableReplicaAssignment {
            partition_index: index,
            broker_ids: replicas.to_vec(),
            ..Default::default()
        };
        let config = |(name, value): &(&str, &str)| CreatableTopicConfig {
            name: (*name).to_owned(),
            value: Some((*value).to_owned()),
            ..Default::default()
        };
        let topic = CreatableTopic {
            name: name.to_owned(),
            num_partitions: -1,
            replication_factor: -1,
            assignments: (0..).zip(replicas).map(assignment).collect(),
            configs: configs.iter().map(config).collect(),
            ..Default::default()
        };
        let client = self.client(1);
        let request = CreateTopicsRequest { topics: vec![topic], timeout_ms: 5_000, ..Default::default() };
        assert_eq!(self.ask(client, 5, request).topics[0].error_code, ErrorCode::None as i16);
        self.wait(1_000);
    }

    pub fn client(&mut self, broker: i32) -> Client {
        Client(self.simulation.connect("127.0.0.1", NodeId(broker)).unwrap())
    }

    /// Lets time go on.
    pub fn wait(&mut self, millis: u64) {
        let until = self.simulation.now() + Duration::from_millis(millis);
        self.simulation.advance(until);
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
        let frame = encode_request(version, self.correlation, Some("test"), &mut request).unwrap();
        let mut bytes = (frame.len() as u32).to_be_bytes().to_vec();
        bytes.extend_from_slice(&frame.to_bytes());
        self.simulation.receive(client.0, &bytes);
    }

    /// The answer to the client's oldest request, if it has come within 10 ms.
    pub fn answer<R: Request>(&mut self, client: Client, version: i16) -> Option<R::Response> {
        self.wait(10);
        let frame = self.answers.get_mut(&client.0)?.pop_front()?;
        Some(decode_response::<R::Response>(&frame, version).unwrap().1)
    }

    /// Asks, and waits for the answer for 60 s at most.
    pub fn ask<R: Request>(&mut self, client: Client, version: i16, request: R) -> R::Response {
        self.send(client, version, request);
        for _ in 0..6_000 {
            if let Some(response) = self.answer::<R>(client, version) {
                return response;
            }
        }
        panic!("no answer to {}", R::NAME);
    }

    /// Writes one record; returns the error and the offset.
    pub fn produce(&mut self, broker: i32, acks: i16, value: &str) -> (ErrorCode, i64) {
        let client = self.client(broker);
        let answer = self.ask(client, 9, produce_request(acks, value));
        let partition = &answer.responses[0].partition_responses[0];
        (ErrorCode::from_i16(partition.error_code).unwrap(), partition.base_offset)
    }

    /// What a consumer reads from offset 0 on: the error, the answer, and the records' values.
    pub fn fetch(&mut self, broker: i32) -> (ErrorCode, PartitionData, Vec<String>) {
        self.fetch_with(broker, "", FetchPartition::default())
    }

    pub fn fetch_with(&mut self, broker: i32, rack: &str, partition: FetchPartition) -> (ErrorCode, PartitionData, Vec<String>) {
        let client = self.client(broker);
        let partition = FetchPartition { partition_max_bytes: 1 << 20, current_leader_epoch: -1, ..partition };
        let request = FetchRequest {
            topics: vec![FetchTopic { topic: TOPIC.to_owned(), partitions: vec![partition], ..Default::default() }],
            max_bytes: 1 << 20,
            rack_id: rack.to_owned(),
            ..Default::default()
        };
        let answer = self.ask(client, 12, request);
        let part = answer.responses[0].partitions[0].clone();
        let values = values(part.records.clone().unwrap_or_default().to_bytes());
        (ErrorCode::from_i16(part.error_code).unwrap(), part, values)
    }

    /// The error of a Fetch that asks for exactly this.
    pub fn fetch_as_is(&mut self, broker: i32, partition: FetchPartition) -> ErrorCode {
        let client = self.client(broker);
        let topic = FetchTopic { topic: TOPIC.to_owned(), partitions: vec![partition], ..Default::default() };
        let answer = self.ask(client, 12, FetchRequest { topics: vec![topic], max_bytes: 1_000, ..Default::default() });
        ErrorCode::from_i16(answer.responses[0].partitions[0].error_code).unwrap()
    }

    /// Moves the log start; returns the error and the low watermark.
    pub fn delete_records(&mut self, broker: i32, offset: i64) -> (ErrorCode, i64) {
        let client = self.client(broker);
        let partition = DeleteRecordsPartition { partition_index: 0, offset, ..Default::default() };
        let topic = DeleteRecordsTopic { name: TOPIC.to_owned(), partitions: vec![partition], ..Default::default() };
        let answer = self.ask(client, 2, DeleteRecordsRequest { topics: vec![topic], timeout_ms: 20_000, ..Default::default() });
        let partition = &answer.topics[0].partitions[0];
        (ErrorCode::from_i16(partition.error_code).unwrap(), partition.low_watermark)
    }

    /// Ends a broker's process; with `machine` all that was not flushed goes too.
    pub fn kill(&mut self, broker: i32, machine: bool) {
        self.simulation.kill(NodeId(broker), machine, None).unwrap();
    }

    pub fn restart(&mut self, broker: i32) {
        self.simulation.restart(NodeId(broker), None).unwrap();
    }

    /// Cuts the link between two nodes, both ways.
    pub fn cut(&mut self, one: i32, other: i32) {
        self.simulation.cut(ProcessId::broker(NodeId(one)), ProcessId::broker(NodeId(other)), false, None);
    }

    pub fn heal(&mut self, one: i32, other: i32) {
        self.simulation.heal(ProcessId::broker(NodeId(one)), ProcessId::broker(NodeId(other)), None);
    }

    /// The leader, as the living brokers know it; -1 for none.
    pub fn leader(&self) -> i32 {
        self.partition_image().leader.map_or(-1, |id| id.0)
    }

    /// The partition, as the first of the living brokers knows it.
    pub fn partition_image(&self) -> PartitionImage {
        self.image_of(TOPIC, 0)
    }

    pub fn image_of(&self, topic: &str, partition: i32) -> PartitionImage {
        let image = self.simulation.brokers().next().expect("a broker").image();
        image.partition(&TopicPartition::new(topic, partition)).expect("a partition").clone()
    }

    /// A broker's replica of the topic's partition.
    pub fn replica(&self, broker: i32) -> &Partition {
        let broker = self.simulation.broker(NodeId(broker)).expect("it lives");
        broker.replicas().partition(&TopicPartition::new(TOPIC, 0)).expect("a replica")
    }

    /// Each broker's log end and high watermark.
    pub fn offsets(&self) -> Vec<(i32, i64, i64)> {
        let of = |id: i32| {
            let broker = self.simulation.broker(NodeId(id))?;
            let replica = broker.replicas().partition(&TopicPartition::new(TOPIC, 0))?;
            let (Offset(end), Offset(committed)) = (replica.log().end_offset(), replica.high_watermark());
            Some((id, end, committed))
        };
        (1..=9).filter_map(of).collect()
    }

    /// The values of the records in a broker's log.
    pub fn log(&self, broker: i32) -> Vec<String> {
        let log = self.replica(broker).log();
        log.batches(log.start_offset(), log.end_offset()).flat_map(|batch| values(batch.to_rope().to_bytes())).collect()
    }

    /// Who is in sync, as the metadata says, in order of their ids.
    pub fn isr(&self) -> Vec<i32> {
        let mut isr: Vec<_> = self.partition_image().isr.iter().map(|id| id.0).collect();
        isr.sort();
        isr
    }
}

pub fn produce_request(acks: i16, value: &str) -> ProduceRequest {
    batch_request(acks, &[value])
}

/// Writes records in one batch.
pub fn batch_request(acks: i16, values: &[&str]) -> ProduceRequest {
    let mut builder = BatchBuilder::new(Compression::None);
    for value in values {
        builder.append(1_767_225_600_000, None, Some(value.as_bytes()), &[]).unwrap();
    }
    let records = Some(builder.build().unwrap().to_rope());
    let data = PartitionProduceData { index: 0, records, ..Default::default() };
    ProduceRequest {
        acks,
        timeout_ms: 10_000,
        topic_data: vec![TopicProduceData { name: TOPIC.to_owned(), partition_data: vec![data], ..Default::default() }],
        ..Default::default()
    }
}

fn values(records: Bytes) -> Vec<String> {
    let batches = Batch::parse_all(records).unwrap();
    let records = batches.iter().flat_map(|batch| batch.records().unwrap().map(Result::unwrap).collect::<Vec<_>>());
    records.map(|record| String::from_utf8(record.value.unwrap_or_default().to_vec()).unwrap()).collect()
}
