//! What producer, consumer and admin share: how a client finds the cluster, keeps its metadata fresh, and gets the answers to its requests.

use super::alarm::{Alarm, earliest};
use super::backoff::Backoff;
use super::config::Common;
use super::connections::{Answer, Channel, Connections};
use super::metadata::Metadata;
use crate::base::SortedSet;
use crate::base::{ConnectionId, Context, Duration, EventId, EventKind, Instant, NodeId, ProcessId};
use crate::wire::messages::metadata_request::MetadataRequestTopic;
use crate::wire::messages::{MetadataRequest, MetadataResponse};
use bytes::Bytes;
use std::sync::Arc;

/// What a request is about: the metadata, or something of the client's own.
#[derive(Clone, Debug)]
pub(super) enum Tag<T> {
    Metadata,
    Own(T),
}

/// A client's view of its cluster. `T` is what it wants to know of a request of its own when the answer comes.
#[derive(Clone, Debug)]
pub(super) struct Cluster<T> {
    pub net: Connections<Tag<T>>,
    pub metadata: Metadata,
    bootstrap: Vec<NodeId>,
    /// The topics that metadata is wanted of.
    topics: SortedSet<Arc<str>>,
    allow_auto_create: bool,
    backoff: Backoff,
    max_age: Duration,
    client_id: Arc<str>,
    /// Since when metadata is wanted before its age calls for it, and by reason of what.
    wanted: Option<Option<EventId>>,
    asking: bool,
    /// Not before this; and when it will be too old.
    not_before: Instant,
    expires: Instant,
    /// Attempts in a row that did not settle everything.
    attempts: u32,
    /// When to look again; none while an answer or a connection is awaited.
    alarm: Option<Alarm>,
}

impl<T: Clone> Cluster<T> {
    pub fn new(process: ProcessId, bootstrap: Vec<NodeId>, config: &Common, allow_auto_create: bool) -> Self {
        Self {
            net: Connections::new(process, config),
            metadata: Metadata::default(),
            bootstrap,
            topics: SortedSet::new(),
            allow_auto_create,
            backoff: Backoff::from_ms(config.retry_backoff_ms, config.retry_backoff_max_ms),
            max_age: Duration::from_kafka_ms(config.metadata_max_age_ms),
            client_id: config.client_id.clone(),
            wanted: Some(None),
            asking: false,
            not_before: Instant::ZERO,
            expires: Instant::ZERO,
            attempts: 0,
            alarm: None,
        }
    }

    /// Before retrying a request, after so many failures of it.
    pub fn retry_in(&self, cx: &mut Context<'_>, failures: u32) -> Duration {
        self.backoff.after(failures, cx.rng)
    }

    /// A client met an error that it will retry.
    pub fn note_retry(&self, cx: &mut Context<'_>, error: &str) {
        cx.trace(EventKind::Retried { client: self.client_id.clone(), error: error.into() });
    }

    // ── metadata ──

    /// Says which topics matter. A new one is asked for at once.
    pub fn want_topics(&mut self, cx: &Context<'_>, topics: SortedSet<Arc<str>>) {
        let new = topics.iter().any(|topic| self.metadata.topic(topic).is_none());
        self.topics = topics;
        if new {
            self.want_metadata(cx);
            self.not_before = cx.now;
            self.attempts = 0;
        }
    }

    /// One more topic that matters.
    pub fn want_topic(&mut self, cx: &Context<'_>, topic: &Arc<str>) {
        if !self.topics.contains(topic) {
            let mut topics = self.topics.clone();
            topics.insert(topic.clone());
            self.want_topics(cx, topics);
        }
    }

    pub fn forget_topic(&mut self, topic: &str) {
        self.topics.remove(topic);
    }

    /// Something showed that the metadata is out of date.
    pub fn want_metadata(&mut self, cx: &Context<'_>) {
        if self.wanted.is_none() {
            self.wanted = Some(cx.cause);
        }
    }

    /// Nothing newer is wanted or on its way.
    pub const fn is_fresh(&self) -> bool {
        self.wanted.is_none() && !self.asking
    }

    /// Asks for metadata where it is time to. To be called after every input; costs nothing while there is nothing to do.
    pub fn step(&mut self, cx: &mut Context<'_>) {
        let due = if self.wanted.is_some() { self.not_before } else { self.expires };
        let name = if self.wanted.is_some() { "metadata" } else { "metadata.max.age.ms" };
        self.alarm = (!self.asking).then(|| Alarm::named(due, name, self.wanted.flatten()));
        if !self.asking && due <= cx.now {
            self.alarm = self.ask(cx);
        }
    }

    /// Asks a node, if there is one that can be asked; else says when there may be.
    fn ask(&mut self, cx: &mut Context<'_>) -> Option<Alarm> {
        let Some(channel) = self.least_loaded(cx) else {
            let at = self.candidates().filter_map(|channel| self.net.retry_at(channel)).min()?;
            return Some(Alarm::named(at, "reconnect.backoff.ms", self.wanted.flatten()));
        };
        if !self.net.ensure(cx, channel) {
            return None;
        }
        let name = |topic: &Arc<str>| MetadataRequestTopic { name: Some(topic.to_string()), ..Default::default() };
        let mut request = MetadataRequest {
            topics: Some(self.topics.iter().map(name).collect()),
            allow_auto_topic_creation: self.allow_auto_create,
            ..Default::default()
        };
        let outer = cx.cause;
        cx.cause = self.wanted.flatten().or(outer);
        if self.net.send(cx, channel, &mut request, Tag::Metadata).is_ok() {
            self.asking = true;
            self.wanted = None;
        }
        cx.cause = outer;
        None
    }

    fn candidates(&self) -> impl Iterator<Item = Channel> + '_ {
        let bootstrap = self.bootstrap.iter().filter(|_| self.metadata.brokers.is_empty()).map(|node| Channel::Bootstrap(*node));
        self.metadata.brokers.iter().map(|node| Channel::Broker(*node)).chain(bootstrap)
    }

    /// The node to ask what any node can answer: one that is ready and has least to do, else one that is being connected to, else one that
    /// can be. None while all have to be waited for.
    pub fn least_loaded(&self, cx: &mut Context<'_>) -> Option<Channel> {
        let channels: Vec<_> = self.candidates().collect();
        let start = cx.rng.below(channels.len() as u64) as usize;
        let turned = || channels.iter().cycle().skip(start).take(channels.len()).copied();
        let ready = turned().filter(|channel| self.net.is_ready(*channel)).min_by_key(|channel| self.net.in_flight(*channel));
        ready
            .or_else(|| turned().find(|channel| self.net.is_open(*channel)))
            .or_else(|| turned().find(|channel| self.net.can_connect(cx.now, *channel)))
    }

    fn learn(&mut self, cx: &mut Context<'_>, answer: &Answer<Tag<T>>) {
        self.asking = false;
        let settled = answer.response::<MetadataResponse>().is_ok_and(|response| {
            response.error_code == 0 && {
                let topics = &self.topics;
                self.metadata.update(response, |topic| topics.contains(topic))
            }
        });
        if settled {
            self.attempts = 0;
            self.expires = cx.now + self.max_age;
            self.not_before = cx.now + self.backoff.after(0, cx.rng);
            if self.topics.iter().any(|topic| self.metadata.topic(topic).is_none() && !self.metadata.errors.contains_key(topic)) {
                self.not_before = cx.now;
                self.want_metadata(cx);
            }
        } else {
            self.not_before = cx.now + self.backoff.after(self.attempts, cx.rng);
            self.attempts += 1;
            self.want_metadata(cx);
        }
    }

    // ── inputs ──

    pub fn connected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        self.net.connected(cx, connection);
    }

    /// The answers that a frame brings, to the client's own requests.
    pub fn receive(&mut self, cx: &mut Context<'_>, connection: ConnectionId, frame: Bytes) -> Vec<Answer<T>> {
        let answers = self.net.receive(cx, connection, frame);
        self.own(cx, answers)
    }

    /// What a lost connection leaves unanswered.
    pub fn disconnected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) -> Vec<Answer<T>> {
        let answers = self.net.disconnected(cx, connection);
        self.want_metadata(cx);
        self.own(cx, answers)
    }

    /// What was not answered in time.
    pub fn expire(&mut self, cx: &mut Context<'_>) -> Vec<Answer<T>> {
        let answers = self.net.expire(cx);
        if answers.is_empty() {
            return Vec::new();
        }
        self.want_metadata(cx);
        self.own(cx, answers)
    }

    /// Closes a connection by the client's own will: what it leaves unanswered.
    pub fn abandon(&mut self, cx: &mut Context<'_>, channel: Channel) -> Vec<Answer<T>> {
        let answers = self.net.abandon(cx, channel);
        self.own(cx, answers)
    }

    fn own(&mut self, cx: &mut Context<'_>, answers: Vec<Answer<Tag<T>>>) -> Vec<Answer<T>> {
        let mut own = Vec::with_capacity(answers.len());
        for Answer { channel, tag, outcome } in answers {
            match tag {
                Tag::Own(tag) => own.push(Answer { channel, tag, outcome }),
                Tag::Metadata => self.learn(cx, &Answer { channel, tag: Tag::Metadata, outcome }),
            }
        }
        own
    }

    pub fn alarm(&self) -> Option<Alarm> {
        earliest([self.alarm, self.net.alarm()])
    }
}
