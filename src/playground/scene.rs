//! The small live scene that a page opens with: a topic of three partitions, a producer, a group of two.

use super::command::{Assignor, Command, Keys, Reset};
use super::session::Session;
use crate::base::{Duration, Instant};
use crate::simulation::{Config, ConfigError};
use std::collections::BTreeMap;

/// Commands of a scene have their outcomes under numbers from here, which no page uses.
const REQUESTS_FROM: u64 = 1 << 52;
/// How long the cluster takes to stand, and to have made the topic.
const CLUSTER_STANDS: Duration = Duration::from_millis(200);
/// How far the scene has come when the page opens: the group is stable, records are read and committed.
const OPENING: Duration = Duration::from_secs(12);

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
        let topic = "orders".to_owned();
        let create = Command::CreateTopic { name: topic.clone(), partitions: 3, replication_factor: 1, configs: BTreeMap::new() };
        self.apply(REQUESTS_FROM, create);
        self.advance(self.now() + CLUSTER_STANDS);
        let producer = Command::AddProducer {
            name: Some("checkout".to_owned()),
            topic: topic.clone(),
            per_minute: 60,
            keys: Keys::Users,
            acks: "all".to_owned(),
        };
        self.apply(REQUESTS_FROM + 1, producer);
        for number in [2, 3] {
            let consumer = Command::AddConsumer {
                group: "billing".to_owned(),
                topics: vec![topic.clone()],
                name: None,
                assignor: Assignor::Default,
                from: Reset::Earliest,
                instance_id: None,
                per_minute: None,
            };
            self.apply(REQUESTS_FROM + number, consumer);
        }
    }
}
