//! Records that are handed to a producer one after another: as fast as it takes them, or at a rate.

use super::bulk;
use super::clients::YOU;
use super::command::Bulk;
use super::execute::{Done, bad_config, check_rate, unknown};
use super::outcome::{OutcomeState, Refusal};
use super::pending::Work;
use super::session::Session;
use crate::base::{Duration, EventId, Instant, ProcessId, SortedMap, Timers};
use crate::client::producer::{Fate, Producer, ProducerConfig, ProducerRecord};
use crate::simulation::{Actor, Simulation};
use std::collections::VecDeque;
use std::sync::Arc;

/// How many records a producer is handed in a millisecond where no rate is set.
const AT_ONCE: usize = 200;

/// Records on their way into a producer, and what became of those that are in it.
#[derive(Clone, Debug)]
pub(super) struct Feed {
    pub process: ProcessId,
    topic: Arc<str>,
    records: Arc<[ProducerRecord]>,
    next: usize,
    /// Between two records; none: as fast as they go.
    gap: Option<Duration>,
    /// Handed over and not settled, by their numbers.
    unsettled: VecDeque<u64>,
    written: SortedMap<i32, u32>,
    last: Option<(i32, i64)>,
    failed: u32,
    error: Option<(Arc<str>, Arc<str>)>,
}

/// All that are under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Feeds {
    begun: u64,
    feeds: SortedMap<u64, Feed>,
    timers: Timers<u64>,
}

impl Feeds {
    pub fn next_due(&self) -> Option<Instant> {
        self.timers.next_due()
    }

    /// Takes note of what became of records, as far as it is known.
    pub fn settle(&mut self, simulation: &Simulation) {
        for feed in self.feeds.values_mut() {
            if let Some(Actor::Producer(producer)) = simulation.actor(feed.process) {
                feed.settle(producer);
            }
        }
    }

    /// What became of a whole feed; none while it goes on.
    pub fn outcome(&self, number: u64, took_us: u64) -> Option<OutcomeState> {
        let Some(feed) = self.feeds.get(&number) else { return Some(OutcomeState::gone()) };
        (feed.next == feed.records.len() && feed.unsettled.is_empty()).then(|| feed.outcome(took_us))
    }

    pub fn forget(&mut self, number: u64) {
        self.feeds.remove(&number);
        self.timers.cancel(&number);
    }
}

impl Feed {
    fn settle(&mut self, producer: &Producer) {
        while let Some(number) = self.unsettled.front() {
            match producer.fate(*number) {
                Some(Fate::Acknowledged(partition, offset)) => {
                    let partition = partition.partition.0;
                    *self.written.entry(partition).or_default() += 1;
                    self.last = Some((partition, offset.0));
                }
                Some(Fate::Failed { error, message, .. }) => {
                    self.failed += 1;
                    self.error = Some((error.clone(), message.clone()));
                }
                // It was settled so long ago that nobody knows how.
                None => {}
                Some(Fate::Blocked | Fate::Batched(_) | Fate::InFlight(_)) => return,
            }
            self.unsettled.pop_front();
        }
    }

    fn outcome(&self, took_us: u64) -> OutcomeState {
        let all = self.records.len();
        if let Some((error, message)) = &self.error {
            let message =
                if all == 1 { message.to_string() } else { format!("{} of {all} records were not written: {message}", self.failed) };
            return OutcomeState::Failed { error: Some(error.clone()), message: message.into(), field: None };
        }
        if all == 1 {
            let (partition, offset) = self.last.unzip();
            return OutcomeState::Done { text: Arc::clone(&self.topic), partition, offset: offset.filter(|o| *o >= 0), took_us };
        }
        let each: Vec<String> = self.written.iter().map(|(partition, count)| format!("{count} to partition {partition}")).collect();
        let text = format!("{all} records to {}: {}", self.topic, each.join(", ")).into();
        OutcomeState::Done { text, partition: None, offset: None, took_us }
    }
}

/// What a feed has done, and will.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub handed: u32,
    pub of: u32,
}

impl Session {
    /// How far the records are that a producer is being handed.
    pub fn feed_of(&self, process: ProcessId) -> Option<Progress> {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let feeds = self.feeds.feeds.values().filter(|feed| feed.process == process && feed.next < feed.records.len());
        feeds
            .map(|feed| Progress { handed: count(feed.next), of: count(feed.records.len()) })
            .reduce(|one, other| Progress { handed: one.handed + other.handed, of: one.of + other.of })
    }

    pub(super) fn publish_many(
        &mut self,
        producer: Option<&str>,
        (acks, compression): (Option<String>, Option<String>),
        topic: String,
        bulk: Bulk,
        per_minute: Option<u32>,
    ) -> Result<Done, Refusal> {
        per_minute.map_or(Ok(()), |rate| check_rate("perMinute", rate))?;
        if per_minute == Some(0) {
            return Err(Refusal::new("perMinute", "At no records a minute nothing would be sent."));
        }
        let topic: Arc<str> = topic.into();
        let records = bulk::records(bulk, &topic, self.application_rng())?;
        let (name, config) = whose(producer, acks, compression)?;
        let known = self.clients.running(&name).map(|client| client.process);
        if known.is_none() && producer.is_some() {
            return Err(unknown("producer", &name));
        }
        let what = match records.len() {
            1 => format!("publish to {topic}"),
            n => format!("publish {n} records to {topic}"),
        };
        let cause = self.note_command(&what);
        let process = match known {
            Some(process) => process,
            None => self.start_producer(cause, &name, None, config)?,
        };
        let gap = per_minute.map(|rate| Duration::from_micros(60_000_000 / u64::from(rate.max(1))));
        self.feeds.begun += 1;
        let number = self.feeds.begun;
        let (unsettled, written) = (VecDeque::new(), SortedMap::new());
        let feed = Feed { process, topic, records: records.into(), next: 0, gap, unsettled, written, last: None, failed: 0, error: None };
        self.feeds.feeds.insert(number, feed);
        self.feeds.timers.set(number, self.now(), Some(cause));
        Ok(Done::Asked(process, Work::Feed { number }))
    }

    /// What a producer has not been handed yet, it will not be.
    pub(super) fn stop_publishing(&mut self, name: &str) -> Result<Done, Refusal> {
        let process = self.clients.running(name).ok_or_else(|| unknown("producer", name))?.process;
        let mut under_way: Vec<u64> = Vec::new();
        for (number, feed) in &mut self.feeds.feeds {
            if feed.process == process && feed.next < feed.records.len() {
                feed.records = feed.records.iter().take(feed.next).cloned().collect();
                under_way.push(*number);
            }
        }
        if under_way.is_empty() {
            return Err(Refusal::new("producer", format!("'{name}' is not being handed records.")));
        }
        for number in under_way {
            self.feeds.timers.cancel(&number);
        }
        self.note_command(&format!("stop publishing as {name}"));
        Ok(Done::Now(String::new()))
    }

    /// Hands over the records that are due.
    pub(super) fn feed_next(&mut self) {
        let now = self.now();
        let Some((number, cause)) = self.feeds.timers.pop_due(now) else { return };
        let Some(feed) = self.feeds.feeds.get_mut(&number) else { return };
        let count = if feed.gap.is_some() { 1 } else { AT_ONCE };
        let due: Vec<ProducerRecord> = feed.records.iter().skip(feed.next).take(count).cloned().collect();
        feed.next += due.len();
        let (process, more, gap) = (feed.process, feed.next < feed.records.len(), feed.gap);
        let numbers = self.hand_over(process, cause, due);
        if let Some(feed) = self.feeds.feeds.get_mut(&number) {
            match numbers {
                Some(numbers) => feed.unsettled.extend(numbers),
                // Its producer is gone: so is what it was to be handed.
                None => return self.feeds.forget(number),
            }
        }
        if more {
            self.feeds.timers.set(number, now + gap.unwrap_or(Duration::from_millis(1)), cause);
        }
    }

    fn hand_over(&mut self, process: ProcessId, cause: Option<EventId>, records: Vec<ProducerRecord>) -> Option<Vec<u64>> {
        self.simulation.act_because(process, cause, |actor, cx| match actor {
            Actor::Producer(producer) => Some(records.into_iter().map(|record| producer.send(cx, record)).collect()),
            Actor::Broker(_) | Actor::Controller(_) | Actor::Consumer(_) | Actor::Admin(_) => None,
        })?
    }
}

/// What the playground's own producer of such a configuration is called.
pub fn own_producer(acks: &str, compression: &str) -> String {
    let acks = if acks == "all" { String::new() } else { format!("-acks{acks}") };
    let compression = if compression == "none" { String::new() } else { format!("-{compression}") };
    format!("{YOU}{acks}{compression}")
}

/// Whose records they are: those of the producer named, else of the playground's own, of which there is one for each configuration, as in
/// Kafka `acks` and `compression.type` are a producer's.
fn whose(producer: Option<&str>, acks: Option<String>, compression: Option<String>) -> Result<(String, ProducerConfig), Refusal> {
    let mut config = ProducerConfig::default();
    if let Some(name) = producer {
        return match acks.map(|_| "acks").or(compression.map(|_| "compression")) {
            Some(field) => {
                Err(Refusal::new(field, format!("{name} has been made with its own: acks and compression.type are a producer's.")))
            }
            None => Ok((name.to_owned(), config)),
        };
    }
    if let Some(acks) = acks {
        config.set("acks", &acks).map_err(bad_config)?;
    }
    if let Some(compression) = compression {
        config.set("compression.type", &compression).map_err(bad_config)?;
    }
    Ok((own_producer(config.acks.name(), config.compression_type.0.name()), config))
}
