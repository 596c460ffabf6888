//! The small live scene that a page opens with: a topic of three partitions, a producer, a group of two.

use super::command::{Assignor, Command, Keys, Reset};
use super::history::History;
use super::session::Session;
use super::setup::{Setup, SetupError};
use crate::base::SortedMap;
use crate::base::{Duration, Instant};
use crate::controller::MetadataImage;
use crate::simulation::{Config, ConfigError};

/// Commands of a scene have their outcomes under numbers from here, which no page uses.
const REQUESTS_FROM: u64 = 1 << 52;
/// The cluster is looked at so often on its way to stand.
const LOOK: Duration = Duration::from_millis(100);
/// A cluster that does not stand by then (its voters drew unlikely timeouts) is not waited for any longer.
const STANDS_WITHIN: Duration = Duration::from_secs(30);
/// How far the scene goes on before the page opens: the group is stable, records are read and committed.
const OPENING: Duration = Duration::from_secs(12);

impl History {
    /// The scene, some seconds in, as what was opened.
    ///
    /// # Errors
    /// A set-up that no cluster can have.
    pub fn scene(setup: Setup) -> Result<Self, SetupError> {
        let mut history = Self::new(setup)?;
        history.await_cluster(None);
        for (number, command) in (REQUESTS_FROM..).zip(commands(history.setup().brokers)) {
            let topic = topic_of(&command);
            history.apply(number, command);
            history.await_cluster(topic);
        }
        history.advance(history.now() + OPENING);
        history.opened();
        Ok(history)
    }

    /// Lets time go on until all brokers are alive, and the topic's partitions are led; or it has been waited for long enough.
    pub(super) fn await_cluster(&mut self, topic: Option<String>) {
        while !stands(self.session(), topic.as_deref()) {
            self.advance(self.now() + LOOK);
        }
    }
}

impl Session {
    /// The scene, some seconds in.
    ///
    /// # Errors
    /// A configuration that no cluster can have.
    pub fn scene(config: Config) -> Result<Self, ConfigError> {
        let mut session = Self::new(config)?;
        session.play_scene();
        session.advance(session.now() + OPENING);
        Ok(session)
    }

    /// Gives the scene's commands, as soon as the cluster stands.
    pub fn play_scene(&mut self) {
        while !stands(self, None) {
            self.advance(self.now() + LOOK);
        }
        for (number, command) in (REQUESTS_FROM..).zip(commands(self.simulation().config().brokers)) {
            let topic = topic_of(&command);
            self.apply(number, command);
            while !stands(self, topic.as_deref()) {
                self.advance(self.now() + LOOK);
            }
        }
    }
}

/// The topic has to stand before the clients that use it.
pub(super) fn topic_of(command: &Command) -> Option<String> {
    if let Command::CreateTopic { name, .. } = command { Some(name.clone()) } else { None }
}

/// Whether every broker knows all brokers to be alive, and all leaders of the topic; or it has been waited for long enough.
fn stands(session: &Session, topic: Option<&str>) -> bool {
    let simulation = session.simulation();
    let all = usize::try_from(simulation.config().brokers).unwrap_or_default();
    let knows = |image: &MetadataImage| {
        let led = |name| image.topic(name).is_some_and(|topic| topic.iter().all(|(_, partition)| partition.leader.is_some()));
        image.alive_brokers().count() == all && topic.is_none_or(led)
    };
    session.now() > Instant::ZERO + STANDS_WITHIN || simulation.brokers().all(|broker| knows(broker.image()))
}

/// What the scene is made with: the topic first. It has as many replicas as there are brokers, up to three, and a leader that dies costs
/// nothing that was acknowledged.
fn commands(brokers: i32) -> Vec<Command> {
    let topic = "orders".to_owned();
    let replicas = brokers.clamp(1, 3);
    let configs = SortedMap::from([("min.insync.replicas".to_owned(), (replicas - 1).max(1).to_string())]);
    let create = Command::CreateTopic { name: topic.clone(), partitions: 3, replication_factor: replicas as i16, configs };
    let producer = Command::AddProducer {
        name: Some("checkout".to_owned()),
        topic: topic.clone(),
        per_minute: 60,
        keys: Keys::Users,
        acks: "all".to_owned(),
        config: SortedMap::new(),
        transactions: None,
    };
    let consumer = Command::AddConsumer {
        group: "billing".to_owned(),
        topics: vec![topic],
        name: None,
        assignor: Assignor::Default,
        from: Reset::Earliest,
        instance_id: None,
        per_minute: None,
        config: SortedMap::new(),
    };
    vec![create, producer, consumer.clone(), consumer]
}
