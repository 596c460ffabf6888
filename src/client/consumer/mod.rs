//! The simulated consumer, as `org.apache.kafka.clients.consumer.KafkaConsumer` with `group.protocol=classic`.
//!
//! `poll` is its loop; `membership` and `rebalance` make it a member of its group; `commit` and `positions` keep and find its place;
//! `validation` sees whether a new leader has what was read; `fetch` and `session` read, `aborted` leaves out what was not committed;
//! `application` is who polls it. Left out: patterns.

mod aborted;
mod application;
mod commit;
pub mod config;
mod fetch;
mod membership;
mod poll;
mod positions;
mod protocol;
mod rebalance;
mod session;
mod subscription;
mod validation;

pub use application::Application;
pub use config::{ConsumerConfig, IsolationLevel, OffsetReset, Strategy};
pub use membership::MemberState;
pub use positions::AT_COMMITTED;
pub use subscription::{Progress, Readiness, Subscription};

use super::alarm::Alarm;
use super::assignor::Assignor;
use super::cluster::Cluster;
use super::config::ConfigError;
use super::connections::Answer;
pub use super::producer::Life;
use crate::base::SortedSet;
use crate::base::{
    ConnectionId, Context, Duration, EventId, EventKind, GenerationId, Instant, LeaderEpoch, NodeId, Offset, ProcessId, TopicPartition,
};
use crate::network::{Action, Listener, Process};
use crate::wire::Rope;
use commit::{Commits, Purpose};
use fetch::Fetcher;
use membership::Group;
use positions::Positions;
use std::sync::Arc;
use subscription::Partitions;
use validation::Validation;

/// How long closing may take (`CloseOptions`' default).
const CLOSE_TIMEOUT: Duration = Duration::from_secs(30);

/// What a request of a consumer was about. A stamp tells in which membership it was sent.
#[derive(Clone, Debug)]
enum Request {
    FindCoordinator,
    Join(u32),
    Sync(u32),
    Heartbeat(u32),
    Leave,
    Commit(u64),
    Committed(u32),
    ListOffsets(u64),
    Validate(u64),
    Fetch(NodeId),
    CloseSession,
}

/// A consumer and its application, as a process of the simulation.
#[derive(Clone, Debug)]
pub struct Consumer {
    name: Arc<str>,
    config: ConsumerConfig,
    life: Life,
    /// What ended it, if an error did: Kafka's name of it and what it says.
    failure: Option<(Arc<str>, Arc<str>)>,
    cluster: Cluster<Request>,
    subscription: Subscription,
    partitions: Partitions,
    group: Option<Group>,
    commits: Commits,
    positions: Positions,
    validation: Validation,
    fetcher: Fetcher,
    /// What connections that this consumer closed itself have left unanswered.
    abandoned: Vec<Answer<Request>>,
    application: Application,
    /// A LeaveGroup is under way.
    leaving: bool,
    close_by: Option<Instant>,
    close_commit_at: Instant,
    close_committed: bool,
    close_left: bool,
    alarm: Option<Alarm>,
}

/// A call that a consumer refuses, in Kafka's words (`IllegalStateException`, `InvalidGroupIdException`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IllegalCall(pub String);

impl std::fmt::Display for IllegalCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for IllegalCall {}

impl Consumer {
    /// A consumer that begins to connect when it is started. `name` is its client id, unless the configuration has another.
    ///
    /// # Errors
    /// A configuration that Kafka refuses, in its words.
    pub fn new(process: ProcessId, name: &str, bootstrap: Vec<NodeId>, config: ConsumerConfig) -> Result<Self, ConfigError> {
        config.check()?;
        let client_id: Arc<str> = if config.client_id.is_empty() { name.into() } else { config.client_id.as_str().into() };
        Ok(Self {
            name: name.into(),
            life: Life::Running,
            failure: None,
            cluster: Cluster::new(process, bootstrap, &config.common(client_id), config.allow_auto_create_topics),
            subscription: Subscription::None,
            partitions: Partitions::default(),
            group: config.group_id.as_deref().map(|id| Group::new(id, config.group_instance_id.as_deref())),
            commits: Commits::default(),
            positions: Positions::default(),
            validation: Validation::default(),
            abandoned: Vec::new(),
            fetcher: Fetcher::default(),
            application: Application::new(Duration::ZERO),
            leaving: false,
            close_by: None,
            close_commit_at: Instant::ZERO,
            close_committed: false,
            close_left: false,
            alarm: None,
            config,
        })
    }

    // ── what an application does ──

    /// Begins: connects and learns of the cluster. Subscriptions made before take effect now.
    pub fn start(&mut self, cx: &mut Context<'_>) {
        cx.because(EventKind::ClientStarted { client: self.name.clone() });
        if let Some(group) = &mut self.group
            && let Some(rejoin) = &mut group.rejoin
        {
            rejoin.cause = cx.cause;
        }
        self.step(cx);
    }

    /// Subscribes to topics: the group shares their partitions out among its members.
    ///
    /// # Errors
    /// Without a `group.id`, and where partitions were assigned by hand.
    pub fn subscribe(&mut self, cx: &mut Context<'_>, topics: impl IntoIterator<Item = Arc<str>>) -> Result<(), IllegalCall> {
        let Some(group) = &mut self.group else {
            return Err(IllegalCall(
                "To use the group management or offset commit APIs, you must provide a valid group.id in the consumer configuration."
                    .to_owned(),
            ));
        };
        if self.subscription == Subscription::Assigned {
            return Err(IllegalCall("Subscription to topics, partitions and pattern are mutually exclusive".to_owned()));
        }
        group.request_rejoin(cx, "");
        self.subscription = Subscription::Topics(topics.into_iter().collect());
        self.commits.restart_timer(cx.now, &self.config);
        self.want_topics(cx);
        self.step(cx);
        Ok(())
    }

    /// Takes partitions by hand, without a group's help.
    ///
    /// # Errors
    /// Where topics were subscribed to.
    pub fn assign(&mut self, cx: &mut Context<'_>, partitions: impl IntoIterator<Item = TopicPartition>) -> Result<(), IllegalCall> {
        if matches!(self.subscription, Subscription::Topics(_)) {
            return Err(IllegalCall("Subscription to topics, partitions and pattern are mutually exclusive".to_owned()));
        }
        self.subscription = Subscription::Assigned;
        self.partitions.assign(partitions);
        self.fetcher.drop_partitions(&self.partitions);
        self.commits.restart_timer(cx.now, &self.config);
        self.want_topics(cx);
        self.step(cx);
        Ok(())
    }

    /// Gives all back and leaves the group.
    pub fn unsubscribe(&mut self, cx: &mut Context<'_>) {
        let partitions = self.partitions.keys();
        self.revoke(cx, partitions, false);
        if matches!(self.subscription, Subscription::Topics(_)) {
            self.leave(cx, "the consumer unsubscribed from all topics");
            if let Some(group) = &mut self.group {
                group.reset(cx, false, "");
                group.rejoin = None;
            }
        }
        self.subscription = Subscription::None;
        self.want_topics(cx);
        self.step(cx);
    }

    /// Goes on reading a partition at this offset.
    ///
    /// # Errors
    /// A partition that is not its own, a negative offset.
    pub fn seek(&mut self, cx: &mut Context<'_>, partition: &TopicPartition, offset: Offset) -> Result<(), IllegalCall> {
        if offset.0 < 0 {
            return Err(IllegalCall("seek offset must not be a negative number".to_owned()));
        }
        let progress = self.partitions.get_mut(partition).ok_or_else(|| no_state(partition))?;
        progress.seek(offset);
        let (partition, reason) = (partition.clone(), "seek".into());
        cx.trace(EventKind::Sought { client: self.name.clone(), partition, position: offset, reason });
        self.step(cx);
        Ok(())
    }

    /// Goes on reading a partition at its log's start or end.
    ///
    /// # Errors
    /// A partition that is not its own.
    pub fn seek_to(&mut self, cx: &mut Context<'_>, partition: &TopicPartition, place: OffsetReset) -> Result<(), IllegalCall> {
        let progress = self.partitions.get_mut(partition).ok_or_else(|| no_state(partition))?;
        progress.readiness = Readiness::NeedsReset(place);
        self.step(cx);
        Ok(())
    }

    /// Reads no more from a partition until it is resumed; it stays the consumer's own.
    ///
    /// # Errors
    /// A partition that is not its own.
    pub fn pause(&mut self, cx: &mut Context<'_>, partition: &TopicPartition) -> Result<(), IllegalCall> {
        self.set_paused(cx, partition, true)
    }

    /// Reads on.
    ///
    /// # Errors
    /// A partition that is not its own.
    pub fn resume(&mut self, cx: &mut Context<'_>, partition: &TopicPartition) -> Result<(), IllegalCall> {
        self.set_paused(cx, partition, false)
    }

    fn set_paused(&mut self, cx: &mut Context<'_>, partition: &TopicPartition, paused: bool) -> Result<(), IllegalCall> {
        self.partitions.get_mut(partition).ok_or_else(|| no_state(partition))?.paused = paused;
        self.step(cx);
        Ok(())
    }

    /// Commits all positions; what it came to shows in [`Consumer::progress`] and [`Consumer::commit_error`]. False: there is nothing to
    /// commit, or nobody to commit to.
    pub fn commit(&mut self, cx: &mut Context<'_>) -> bool {
        self.commit_consumed(cx, Purpose::Manual)
    }

    /// Commits these offsets.
    pub fn commit_these(&mut self, cx: &mut Context<'_>, offsets: impl IntoIterator<Item = (TopicPartition, Offset)>) -> bool {
        let offsets = offsets.into_iter().map(|(partition, offset)| (partition, offset, LeaderEpoch(-1))).collect();
        self.commit_offsets(cx, offsets, Purpose::Manual)
    }

    /// How long the application takes over a record from now on; zero: no time.
    pub fn set_pace(&mut self, cx: &mut Context<'_>, pace: Duration) {
        self.application.set_pace(cx.now, pace);
        self.step(cx);
    }

    /// Commits, leaves the group and closes the connections.
    pub fn close(&mut self, cx: &mut Context<'_>) {
        if self.life == Life::Running {
            self.life = Life::Closing;
            self.close_by = Some(cx.now + CLOSE_TIMEOUT);
            self.close_commit_at = cx.now;
            self.step(cx);
        }
    }

    /// Its process ends without a word. The group notices when its session times out.
    pub fn crash(&mut self, cx: &mut Context<'_>) {
        if matches!(self.life, Life::Running | Life::Closing) {
            self.life = Life::Crashed;
            cx.because(EventKind::ClientCrashed { client: self.name.clone() });
            self.cluster.net.close_all(cx);
            self.alarm = None;
        }
    }

    /// An error that the application gets from `poll`, and that ends it: it closes its consumer.
    fn fail(&mut self, cx: &mut Context<'_>, error: &str, message: &str) {
        if self.failure.is_none() {
            self.failure = Some((error.into(), message.into()));
            cx.because(EventKind::ClientFailed { client: self.name.clone(), error: error.into() });
        }
        if self.life == Life::Running {
            self.life = Life::Closing;
            self.close_by = Some(cx.now + CLOSE_TIMEOUT);
        }
    }

    fn want_topics(&mut self, cx: &Context<'_>) {
        let mut topics: SortedSet<Arc<str>> = match &self.subscription {
            Subscription::Topics(topics) => topics.clone(),
            Subscription::Assigned | Subscription::None => SortedSet::new(),
        };
        topics.extend(self.partitions.iter().map(|(partition, _)| partition.topic.clone()));
        if let Some(group) = self.group.as_ref().filter(|group| group.is_leader) {
            topics.extend(group.group_topics.iter().cloned());
        }
        self.cluster.want_topics(cx, topics);
    }

    // ── what can be seen ──

    /// The name commands take.
    pub const fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub const fn config(&self) -> &ConsumerConfig {
        &self.config
    }

    pub const fn life(&self) -> Life {
        self.life
    }

    /// The error that ended it: Kafka's name of it and what it says.
    pub fn failure(&self) -> Option<(&str, &str)> {
        self.failure.as_ref().map(|(error, message)| (&**error, &**message))
    }

    pub const fn subscription(&self) -> &Subscription {
        &self.subscription
    }

    /// The partitions it owns, and where it stands in them.
    pub fn progress(&self) -> impl Iterator<Item = (&TopicPartition, &Progress)> {
        self.partitions.iter()
    }

    /// Where it stands in a partition; none where that is not its own.
    pub fn progress_of(&self, partition: &TopicPartition) -> Option<&Progress> {
        self.partitions.get(partition)
    }

    pub const fn application(&self) -> &Application {
        &self.application
    }

    pub fn group(&self) -> Option<&Arc<str>> {
        self.group.as_ref().map(|group| &group.id)
    }

    pub fn member_state(&self) -> Option<MemberState> {
        self.group.as_ref().map(|group| group.state)
    }

    /// The member id the coordinator gave; none before it did.
    pub fn member_id(&self) -> Option<&Arc<str>> {
        self.group.as_ref().map(|group| &group.member_id).filter(|id| !id.is_empty())
    }

    /// None while it is in no generation.
    pub fn generation(&self) -> Option<GenerationId> {
        self.group.as_ref().map(|group| group.generation).filter(|generation| generation.0 >= 0)
    }

    /// The assignor that the group chose.
    pub fn assignor(&self) -> Option<Assignor> {
        self.group.as_ref().and_then(|group| group.protocol)
    }

    pub fn is_leader(&self) -> bool {
        self.group.as_ref().is_some_and(|group| group.is_leader)
    }

    pub fn coordinator(&self) -> Option<NodeId> {
        self.group.as_ref().and_then(|group| group.coordinator)
    }

    /// When it last sent a heartbeat.
    pub fn last_heartbeat(&self) -> Option<Instant> {
        self.group.as_ref().and_then(|group| group.last_heartbeat)
    }

    /// What the last commit failed of, until one succeeds.
    pub fn commit_error(&self) -> Option<(&'static str, &str)> {
        self.commits.error.as_ref().map(|(error, message)| (error.name(), &**message))
    }

    /// Fetches under way.
    pub fn fetches_in_flight(&self) -> usize {
        self.fetcher.in_flight()
    }

    /// Batches fetched that the application has not come to.
    pub fn buffered_batches(&self) -> usize {
        self.fetcher.buffered_batches()
    }

    /// Records of a partition, fetched, that the application has not come to.
    pub fn buffered_records(&self, partition: &TopicPartition) -> usize {
        self.fetcher.buffered_records(partition)
    }
}

fn no_state(partition: &TopicPartition) -> IllegalCall {
    IllegalCall(format!("No current assignment for partition {partition}"))
}

impl Process for Consumer {
    fn accepted(&mut self, _: &mut Context<'_>, _: ConnectionId, _: Listener, _: &str) {}

    fn connected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        self.cluster.connected(cx, connection);
        self.step(cx);
    }

    fn receive(&mut self, cx: &mut Context<'_>, connection: ConnectionId, frame: Rope) {
        let answers = self.cluster.receive(cx, connection, frame.to_bytes());
        self.take_answers(cx, answers);
    }

    fn disconnected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        let answers = self.cluster.disconnected(cx, connection);
        self.take_answers(cx, answers);
    }

    fn next_due(&self) -> Option<Instant> {
        self.alarm.map(|alarm| alarm.at)
    }

    fn wake(&mut self, cx: &mut Context<'_>) {
        if let Some(alarm) = self.alarm.take_if(|alarm| alarm.at <= cx.now) {
            alarm.ring(cx);
            let answers = self.cluster.expire(cx);
            self.take_answers(cx, answers);
        }
    }

    fn poll_action(&mut self) -> Option<(Action, Option<EventId>)> {
        self.cluster.net.poll_action()
    }
}
