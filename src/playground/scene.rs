//! The small live scene that a page opens with: a topic of three partitions, a producer, a group of two.

use super::command::{Assignor, Command, Keys, Reset};
use super::history::History;
use super::session::Session;
use super::setup::{Setup, SetupError};
use crate::base::{Duration, Instant};
use crate::simulation::{Config, ConfigError};
use std::collections::BTreeMap;

/// Commands of a scene have their outcomes under numbers from here, which no page uses.
const REQUESTS_FROM: u64 = 1 << 52;
/// How long the cluster takes to stand, and to have made the topic.
const CLUSTER_STANDS: Duration = Duration::from_millis(200);
/// How far the scene has come when the page opens: the group is stable, records are read and committed.
const OPENING: Duration = Duration::from_secs(12);

impl History {
    /// The scene, some seconds in, as what was opened.
    ///
    /// # Errors
    /// A set-up that no cluster can have.
    pub fn scene(setup: Setup) -> Result<Self, SetupError> {
        let brokers = setup.brokers;
        let mut history = Self::new(setup)?;
        history.advance(Instant::ZERO + CLUSTER_STANDS);
        for (number, command) in (REQUESTS_FROM..).zip(commands(brokers)) {
            // The topic has to stand before the clients that use it.
            let is_topic = matches!(command, Command::CreateTopic { .. });
            history.apply(number, command);
            if is_topic {
                history.advance(history.now() + CLUSTER_STANDS);
            }
        }
        history.advance(Instant::ZERO + OPENING);
        history.opened();
        Ok(history)
    }
}

impl Session {
    /// The scene, some seconds in.
    ///
    /// # Errors
    /// A configuration that no cluster can have.
    pub fn scene(config: Config) -> Result<Self, ConfigError> {
        let mut session = Self::new(config)?;
        session.advance(Instant::ZERO + CLUSTER_STANDS);
        session.play_scene();
        session.advance(Instant::ZERO + OPENING);
        Ok(session)
    }

    /// Gives the scene's commands, on a cluster that stands.
    pub fn play_scene(&mut self) {
        let brokers = self.simulation().config().brokers;
        for (number, command) in (REQUESTS_FROM..).zip(commands(brokers)) {
            let is_topic = matches!(command, Command::CreateTopic { .. });
            self.apply(number, command);
            if is_topic {
                self.advance(self.now() + CLUSTER_STANDS);
            }
        }
    }
}

/// What the scene is made with: the topic first. It has as many replicas as there are brokers, up to three, and a leader that dies costs
/// nothing that was acknowledged.
fn commands(brokers: i32) -> Vec<Command> {
    let topic = "orders".to_owned();
    let replicas = brokers.clamp(1, 3);
    let configs = BTreeMap::from([("min.insync.replicas".to_owned(), (replicas - 1).max(1).to_string())]);
    let create = Command::CreateTopic { name: topic.clone(), partitions: 3, replication_factor: replicas as i16, configs };
    let producer = Command::AddProducer {
        name: Some("checkout".to_owned()),
        topic: topic.clone(),
        per_minute: 60,
        keys: Keys::Users,
        acks: "all".to_owned(),
        config: BTreeMap::new(),
    };
    let consumer = Command::AddConsumer {
        group: "billing".to_owned(),
        topics: vec![topic],
        name: None,
        assignor: Assignor::Default,
        from: Reset::Earliest,
        instance_id: None,
        per_minute: None,
        config: BTreeMap::new(),
    };
    vec![create, producer, consumer.clone(), consumer]
}
