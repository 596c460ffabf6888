//! Builds views of a session. Work follows what happened since the view before: a partition's records are decoded once, when its log end
//! moves; what did not change is the same object as before.

pub(in crate::view) mod cluster;
mod groups;
mod hands;
mod keys;
mod story;
mod topics;

use super::{Clock, FramesView, ProducerView, QueueView, StickyView, TransactionView, View};
use crate::base::Instant;
use crate::client::Producer;
use crate::playground::words::is_abort;
use crate::playground::{Client, Kind, Session, Traffic};
use crate::simulation::{Actor, Simulation};
use groups::GroupBook;
use keys::KeyBook;
use std::sync::Arc;
use story::Story;
use topics::TopicBook;

pub(in crate::view) use cluster::newest_image;
pub(in crate::view) use story::told;
pub(in crate::view) use topics::{log_of, stretch, transaction_of};

/// How many seconds of a producer's records are shown.
const RECENT_MAX: usize = 24;

/// Remembers what views need that the session does not tell: the order of appearance, what is decoded, what was shown last.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    keys: KeyBook,
    topics: TopicBook,
    groups: GroupBook,
    story: Story,
    producers: Vec<Meter>,
    last: View,
}

/// What a view looks at anew, where all of it would take too long; the rest is as it was seen last. Brokers, producers and outcomes are told by
/// every view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looks {
    pub topics: bool,
    pub groups: bool,
    /// What happened.
    pub events: bool,
}

impl Looks {
    pub const AT_ALL: Self = Self { topics: true, groups: true, events: true };
}

/// How much a producer wrote, second by second.
#[derive(Clone, Debug)]
struct Meter {
    name: Arc<str>,
    second: u64,
    total: u64,
    recent: Vec<u32>,
}

impl Builder {
    /// The view of this moment. `clock` is there where the one who looks may move time; `bootstrap` where outside clients may connect.
    pub fn build(&mut self, session: &Session, clock: Option<Clock>, bootstrap: &[Arc<str>]) -> View {
        self.build_some(session, clock, bootstrap, Looks::AT_ALL)
    }

    /// The same, with so much going on that a frame cannot show all of it.
    pub fn build_some(&mut self, session: &Session, clock: Option<Clock>, bootstrap: &[Arc<str>], looks: Looks) -> View {
        let simulation = session.simulation();
        let image = cluster::newest_image(simulation);
        // Where nobody runs who knows, what was known last stands.
        let known = image.filter(|_| looks.topics);
        let topics = known.map_or_else(|| self.last.topics.clone(), |image| self.topics.look(simulation, image, &mut self.keys));
        let speed = clock.as_ref().map_or(10, |clock| clock.speed_tenths);
        let groups = if looks.groups { self.groups.look(session, speed, &topics) } else { self.last.groups.clone() };
        let view = View {
            now: session.now(),
            epoch_ms: simulation.config().epoch_ms,
            seed: simulation.config().seed,
            clock,
            timeline: None,
            bootstrap: bootstrap.to_vec(),
            brokers: cluster::brokers(simulation, image),
            controller: cluster::active_controller(simulation),
            controllers: cluster::controllers(simulation, &self.last.controllers),
            faults: Some(cluster::faults(session)),
            producers: self.look_at_producers(session),
            frames: frames(simulation),
            keys: self.keys.first(),
            events: if looks.events { self.story.look(session) } else { self.last.events.clone() },
            outcomes: session.outcomes().map(|outcome| self.kept_outcome(outcome)).collect(),
            topics,
            groups,
        };
        self.last = view.clone();
        view
    }

    /// What comes next is no continuation of what was seen: another moment of the session, or of its like. Keys and topics keep their places,
    /// and so their colours and lines.
    pub fn begin_anew(&mut self) {
        self.topics.begin_anew();
        self.groups.begin_anew();
        self.story = Story::default();
        self.producers.clear();
    }

    fn kept_outcome(&self, outcome: &super::Outcome) -> Arc<super::Outcome> {
        let known = self.last.outcomes.iter().find(|known| ***known == *outcome);
        known.map_or_else(|| Arc::new(outcome.clone()), Arc::clone)
    }

    fn look_at_producers(&mut self, session: &Session) -> Vec<Arc<ProducerView>> {
        let now = session.now();
        let mut views = Vec::new();
        for client in session.clients().iter() {
            let Kind::Producer(traffic) = &client.kind else { continue };
            let Some(Actor::Producer(producer)) = session.simulation().actor(client.process) else { continue };
            let recent = self.meter(client, producer, now);
            let view = ProducerView {
                name: Arc::clone(&client.name),
                topic: traffic.as_ref().map(|t| Arc::clone(&t.topic)),
                acks: producer.config().acks.name().into(),
                idempotent: producer.config().idempotent(),
                per_minute: traffic.as_ref().map_or(0, |t| t.per_minute),
                running: traffic.as_ref().is_some_and(|t| t.running),
                acknowledged: producer.acknowledged(),
                failed: producer.failed(),
                pending: u32::try_from(producer.pending()).unwrap_or(u32::MAX),
                recent,
                compression: producer.config().compression_type.0.name().into(),
                linger_ms: producer.config().linger_ms,
                batch_size: u32::try_from(producer.config().batch_size).unwrap_or_default(),
                buffer_memory: u64::try_from(producer.config().buffer_memory).unwrap_or_default(),
                buffer_used: u64::try_from(producer.config().buffer_memory)
                    .unwrap_or_default()
                    .saturating_sub(producer.available_memory() as u64),
                in_flight: count(producer.requests_in_flight()),
                in_flight_max: u32::try_from(producer.requests_in_flight_max()).unwrap_or_default(),
                identity: producer.identity().map(|(id, epoch)| (id.0, epoch.0)),
                transaction: transaction(producer, traffic.as_ref()),
                queues: queues(producer),
                handed: session.feed_of(client.process).map(|progress| (progress.handed, progress.of)),
                sticky: sticky(producer),
                error: producer.last_error().filter(|(name, _)| !is_abort(name)).map(|(name, _)| name.into()),
            };
            let known = self.last.producers.iter().find(|known| ***known == view);
            views.push(known.map_or_else(|| Arc::new(view), Arc::clone));
        }
        views
    }

    /// Counts what was acknowledged since the last look into the seconds it came in.
    fn meter(&mut self, client: &Client, producer: &Producer, now: Instant) -> Vec<u32> {
        let second = now.as_millis() / 1_000;
        let total = producer.acknowledged();
        let at = match self.producers.iter().position(|m| m.name == client.name) {
            Some(at) => at,
            None => {
                self.producers.push(Meter { name: Arc::clone(&client.name), second, total, recent: vec![0] });
                self.producers.len() - 1
            }
        };
        let Some(meter) = self.producers.get_mut(at) else { return Vec::new() };
        let seconds = usize::try_from(second.saturating_sub(meter.second)).unwrap_or(usize::MAX).min(RECENT_MAX);
        let came = u32::try_from(total.saturating_sub(meter.total)).unwrap_or(u32::MAX);
        if seconds <= 1 {
            meter.recent.extend(std::iter::repeat_n(0, seconds));
            if let Some(last) = meter.recent.last_mut() {
                *last += came;
            }
        } else {
            // Time ran faster than it was looked at: what came is spread evenly.
            meter.recent.extend(std::iter::repeat_n(came / seconds as u32, seconds));
        }
        let over = meter.recent.len().saturating_sub(RECENT_MAX);
        meter.recent.drain(..over);
        (meter.second, meter.total) = (second, total);
        meter.recent.clone()
    }
}

fn frames(simulation: &Simulation) -> Option<FramesView> {
    let frames = simulation.frames();
    frames.are_kept().then(|| FramesView { first: frames.first(), last: frames.last() })
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn queues(producer: &Producer) -> Vec<QueueView> {
    let view = |(partition, queue): (crate::base::TopicPartition, crate::client::producer::Queue)| QueueView {
        topic: partition.topic,
        partition: partition.partition.0,
        batches: count(queue.batches),
        records: count(queue.records),
        bytes: count(queue.bytes),
        in_flight: count(queue.in_flight),
        attempts: queue.attempts,
        next_sequence: queue.next_sequence,
    };
    producer.queues().into_iter().map(view).collect()
}

fn transaction(producer: &Producer, traffic: Option<&Traffic>) -> Option<TransactionView> {
    let now = producer.transaction()?;
    Some(TransactionView {
        transactional_id: now.transactional_id,
        state: now.state,
        coordinator: now.coordinator,
        waiting: now.waiting,
        records: now.records,
        partitions: now.partitions.into_iter().map(|at| (at.topic, at.partition.0)).collect(),
        committed: now.committed,
        aborted: now.aborted,
        plan: traffic.and_then(Traffic::transactions).map(|plan| (plan.per_transaction, plan.abort_every)),
        error: now.error.map(|failure| (failure.error.into(), failure.message)),
    })
}

fn sticky(producer: &Producer) -> Vec<StickyView> {
    let batch_size = u32::try_from(producer.config().batch_size).unwrap_or_default();
    let view = |(topic, at): (&Arc<str>, crate::client::partitioner::StickyPartition)| StickyView {
        topic: Arc::clone(topic),
        partition: at.partition.0,
        bytes: u32::try_from(at.produced).unwrap_or(u32::MAX),
        batch_size,
    };
    producer.sticky().map(view).collect()
}
