//! A cluster with one topic or a few, whose only writer is told what to write.

use partita::base::{Duration, NodeId, Offset, TopicPartition};
use partita::log::{Log, ReadLimits};
use partita::playground::{Command, OutcomeState, Session};
use partita::simulation::Config;
use partita::wire::Batch;

pub struct Scene {
    pub session: Session,
    brokers: i32,
    request: u64,
}

impl Scene {
    pub fn new(brokers: i32) -> Self {
        Self::with_settings(brokers, &[])
    }

    pub fn with_settings(brokers: i32, settings: &[(&str, &str)]) -> Self {
        let mut config = Config { brokers, ..Config::default() };
        for (name, value) in settings {
            config.settings.set(name, value).unwrap();
        }
        let mut scene = Self { session: Session::new(config).unwrap(), brokers, request: 0 };
        scene.wait_ms(5_000);
        scene
    }

    /// A topic of one partition, on all brokers.
    pub fn create(&mut self, name: &str, configs: &[(&str, &str)]) {
        let configs = configs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.apply(Command::CreateTopic {
            name: name.to_owned(),
            partitions: 1,
            replication_factor: i16::try_from(self.brokers).unwrap(),
            configs,
        });
        self.wait_ms(1_000);
    }

    /// Writes a record, in a batch of its own.
    pub fn publish(&mut self, topic: &str, key: &str, value: Option<&str>) {
        self.apply(Command::Publish {
            producer: None,
            topic: topic.to_owned(),
            key: Some(key.to_owned()),
            value: value.map(str::to_owned),
            headers: Vec::new(),
            partition: None,
            base64: false,
        });
        self.wait_ms(500);
    }

    pub fn command(&mut self, json: &str) {
        self.apply(serde_json::from_str(json).unwrap());
    }

    fn apply(&mut self, command: Command) {
        self.request += 1;
        let shown = format!("{command:?}");
        self.session.apply(self.request, command);
        self.wait_ms(100);
        let outcome = self.session.outcomes().find(|outcome| outcome.request == self.request).map(|outcome| &outcome.state);
        assert!(!matches!(outcome, Some(OutcomeState::Failed { .. })), "{shown}: {outcome:?}");
    }

    pub fn wait_ms(&mut self, millis: u64) {
        self.session.advance(self.session.now() + Duration::from_millis(millis));
    }

    pub fn log(&self, topic: &str) -> &Log {
        self.log_of(1, topic)
    }

    /// The topic's log on a node's disk.
    pub fn log_of(&self, node: i32, topic: &str) -> &Log {
        let partition = TopicPartition::new(topic, 0);
        self.session.simulation().log_on_disk(NodeId(node), &partition).unwrap_or_else(|| panic!("no {partition:?} on node {node}"))
    }

    /// What a reader finds: the base offsets of the batches, or where the log begins.
    pub fn read_from(&self, topic: &str, offset: i64) -> Result<Vec<i64>, Offset> {
        let log = self.log(topic);
        let limits = ReadLimits { up_to: log.end_offset(), max_bytes: 1 << 20, min_one_batch: true, aborted: false };
        let read = log.read(Offset(offset), limits).map_err(|out| out.start)?;
        Ok(Batch::parse_all(read.records.to_bytes()).unwrap().iter().map(|batch| batch.header.base_offset.0).collect())
    }
}
