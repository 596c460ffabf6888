//! Commands, carried out: each finds or starts the client that it is for, and has it do what a user of Kafka would have it do.

use super::clients::{Kind, YOU};
use super::command::{Assignor, Bulk, Command, Keys, Reset, Transactions};
use super::outcome::{OutcomeState, Refusal};
use super::pending::{Pending, Work};
use super::session::Session;
use super::traffic::{PER_MINUTE_MAX, Traffic};
use super::transactions::transactions_for;
use crate::base::{Duration, EventId, ProcessId};
use crate::client::admin::{self, AdminConfig, Operation};
use crate::client::config::ConfigError;
use crate::client::consumer::{ConsumerConfig, IllegalCall, OffsetReset, Strategy};
use crate::client::producer::{Acks, ProducerConfig, ProducerRecord};
use crate::client::{Admin, Consumer, Producer, assignor};
use crate::simulation::Actor;
use crate::wire::batch::Header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use std::sync::Arc;

/// How many clients a session may have.
const CLIENTS_MAX: usize = 200;
/// The longest key, value, header or name that a command may carry, in bytes.
const TEXT_MAX: usize = 1_048_576;

/// What a command came to at once.
pub(super) enum Done {
    /// It is carried out.
    Now(String),
    /// The cluster is asked; the outcome follows.
    Asked(ProcessId, Work),
}

impl Session {
    /// Carries out a command, now. What becomes of it is found in [`Session::outcomes`] under `request`; a command that cannot be changes
    /// nothing.
    pub fn apply(&mut self, request: u64, command: Command) {
        let state = match self.refuse_oversized(&command).and_then(|()| self.carry_out(command)) {
            Ok(Done::Now(text)) => OutcomeState::Done { text: text.into(), partition: None, offset: None, took_us: 0 },
            Ok(Done::Asked(process, work)) => return self.wait_for(request, process, work),
            Err(refusal) => refusal.into(),
        };
        self.put_outcome(request, state);
    }

    /// The outcome follows when the cluster has answered.
    pub(super) fn wait_for(&mut self, request: u64, process: ProcessId, work: Work) {
        self.pending.push(Pending { request, since: self.now(), process, work });
        self.put_outcome(request, OutcomeState::Pending);
    }

    pub(super) fn refuse_oversized(&self, command: &Command) -> Result<(), Refusal> {
        let too_long = |field, text: &str| {
            let message = format!("{} bytes are more than a record may have here: {TEXT_MAX}.", text.len());
            if text.len() > TEXT_MAX { Err(Refusal::new(field, message)) } else { Ok(()) }
        };
        let (key, value, headers) = match command {
            Command::Publish { key, value, headers, .. } => (key, value, headers),
            Command::PublishMany { records: Bulk::Same { key, value, headers, .. }, .. } => (key, value, headers),
            Command::PublishMany { records: Bulk::Lines { text, .. } | Bulk::JsonLines { text }, .. } => return too_long("text", text),
            _ => return Ok(()),
        };
        too_long("key", key.as_deref().unwrap_or_default())?;
        too_long("value", value.as_deref().unwrap_or_default())?;
        headers
            .iter()
            .try_for_each(|(name, text)| too_long("headers", name).and_then(|()| too_long("headers", text.as_deref().unwrap_or_default())))
    }

    pub(super) fn carry_out(&mut self, command: Command) -> Result<Done, Refusal> {
        match command {
            Command::CreateTopic { name, partitions, replication_factor, configs } => {
                let (what, done) = (format!("create topic {name}"), format!("Created topic {name}."));
                self.ask(&what, done, "name", Operation::CreateTopic { name, partitions, replication_factor, configs })
            }
            Command::DeleteTopic { name } => {
                let (what, done) = (format!("delete topic {name}"), format!("Deleted topic {name}."));
                self.ask(&what, done, "name", Operation::DeleteTopic { name })
            }
            Command::AddPartitions { topic, total } => {
                let (what, done) = (format!("give topic {topic} {total} partitions"), format!("{topic} has {total} partitions."));
                self.ask(&what, done, "total", Operation::CreatePartitions { topic, total })
            }
            Command::DeleteGroup { group } => {
                let (what, done) = (format!("delete group {group}"), format!("Deleted group {group}."));
                self.ask(&what, done, "group", Operation::DeleteGroup { group })
            }
            Command::Publish { producer, topic, key, value, headers, partition, base64 } => {
                let read = |field, text: String| if base64 { from_base64(field, &text) } else { Ok(Bytes::from(text)) };
                let header =
                    |(name, value): (String, Option<String>)| Ok(Header::new(name, value.map(|value| read("headers", value)).transpose()?));
                let record = ProducerRecord {
                    topic: topic.into(),
                    partition,
                    key: key.map(|key| read("key", key)).transpose()?,
                    value: value.map(|value| read("value", value)).transpose()?,
                    headers: headers.into_iter().map(header).collect::<Result<_, Refusal>>()?,
                    timestamp: None,
                };
                self.publish(producer.as_deref(), record)
            }
            Command::PublishMany { producer, acks, compression, topic, records, per_minute } => {
                self.publish_many(producer.as_deref(), (acks, compression), topic, records, per_minute)
            }
            Command::StopPublishing { producer } => self.stop_publishing(&producer),
            Command::AddProducer { name, topic, per_minute, keys, acks, config, transactions } => {
                let acks = match acks.as_str() {
                    "all" | "-1" => Acks::All,
                    "1" => Acks::One,
                    "0" => Acks::None,
                    other => return Err(Refusal::new("acks", format!("acks is all, 1 or 0, not '{other}'."))),
                };
                let mut configured = ProducerConfig { acks, ..ProducerConfig::default() };
                config.iter().try_for_each(|(name, value)| configured.set(name, value)).map_err(bad_config)?;
                self.add_producer(name, topic, per_minute, keys, configured, transactions)
            }
            Command::Transaction { ref producer, what } => self.transact(producer, what, &command.to_string()),
            Command::SetProducerRate { producer, per_minute } => {
                check_rate("perMinute", per_minute)?;
                self.change_traffic(&producer, &format!("set {producer} to {per_minute} records a minute"), |traffic| {
                    traffic.per_minute = per_minute
                })
            }
            Command::StopProducer { producer } => {
                self.change_traffic(&producer, &format!("stop {producer}"), |traffic| traffic.running = false)
            }
            Command::StartProducer { producer } => {
                self.change_traffic(&producer, &format!("start {producer}"), |traffic| traffic.running = true)
            }
            Command::RemoveProducer { producer } => self.remove_producer(&producer),
            Command::AddConsumer { group, topics, name, assignor, from, instance_id, per_minute, config } => {
                let mut configured = ConsumerConfig {
                    group_id: Some(group),
                    group_instance_id: instance_id,
                    strategy: strategy(assignor),
                    auto_offset_reset: match from {
                        Reset::Earliest => OffsetReset::Earliest,
                        Reset::Latest => OffsetReset::Latest,
                    },
                    // Position and commits follow the application record by record. With Kafka's 500 a slow one would hold so many that it
                    // stays away from poll for longer than max.poll.interval.ms, and is out of its group.
                    max_poll_records: 1,
                    ..ConsumerConfig::default()
                };
                config.iter().try_for_each(|(name, value)| configured.set(name, value)).map_err(bad_config)?;
                self.add_consumer(name, topics, configured, per_minute)
            }
            Command::SetConsumerPace { consumer, per_minute } => self.set_pace(&consumer, per_minute),
            Command::StopConsumer { consumer } => self.stop_consumer(&consumer),
            Command::CrashConsumer { consumer } => self.crash_consumer(&consumer),
            Command::PauseConsumer { consumer } => self.pause_consumer(&consumer, true),
            Command::ResumeConsumer { consumer } => self.pause_consumer(&consumer, false),
            Command::ResetOffsets { ref group, ref topic, ref partitions, ref to } => {
                let what = command.to_string();
                self.reset_offsets(group.clone(), topic.clone(), partitions.clone(), to.clone(), &what)
            }
            Command::ElectLeader { .. }
            | Command::Reassign { .. }
            | Command::CancelReassignment { .. }
            | Command::DeleteRecords { .. }
            | Command::AlterConfig { .. } => self.administer(command),
            Command::KillBroker { .. }
            | Command::StopBroker { .. }
            | Command::RestartBroker { .. }
            | Command::PauseBroker { .. }
            | Command::ResumeBroker { .. }
            | Command::SlowBroker { .. }
            | Command::FillDisk { .. }
            | Command::FreeDisk { .. }
            | Command::SlowDisk { .. }
            | Command::SetClock { .. }
            | Command::CutLink { .. }
            | Command::HealLink { .. }
            | Command::SetLink { .. }
            | Command::BreakConnections { .. }
            | Command::FaultApi { .. }
            | Command::HealAll => self.fault(&command).map(Done::Now),
            Command::Schedule { after_ms, command } => self.schedule(after_ms, *command).map(Done::Now),
            Command::Chance { per_hour, command } => self.take_chance(per_hour, *command).map(Done::Now),
        }
    }

    // ── what the admin client is asked ──

    pub(super) fn ask(&mut self, what: &str, done: String, field: &'static str, operation: Operation) -> Result<Done, Refusal> {
        let cause = self.note_command(what);
        let process = self.admin()?;
        let number = self.simulation.act_because(process, Some(cause), |actor, cx| match actor {
            Actor::Admin(admin) => admin.submit(cx, operation),
            Actor::Broker(_) | Actor::Controller(_) | Actor::Producer(_) | Actor::Consumer(_) => 0,
        });
        Ok(Done::Asked(process, Work::Admin { number: number.unwrap_or_default(), done: done.into(), field }))
    }

    /// Has the admin client do something; its number tells what became of it.
    pub(super) fn ask_admin(&mut self, cause: EventId, operation: Operation) -> u64 {
        let number = self.admin.and_then(|process| {
            self.simulation.act_because(process, Some(cause), |actor, cx| match actor {
                Actor::Admin(admin) => admin.submit(cx, operation),
                Actor::Broker(_) | Actor::Controller(_) | Actor::Producer(_) | Actor::Consumer(_) => 0,
            })
        });
        number.unwrap_or_default()
    }

    /// What became of what the admin client was asked to do.
    pub(super) fn admin_outcome(&self, number: u64) -> Option<&admin::Outcome> {
        match self.simulation.actor(self.admin?) {
            Some(Actor::Admin(admin)) => admin.outcome(number),
            _ => None,
        }
    }

    /// The session's admin client, made when it is first needed.
    pub(super) fn admin(&mut self) -> Result<ProcessId, Refusal> {
        if let Some(process) = self.admin {
            return Ok(process);
        }
        let admin = Admin::new(self.simulation.next_client(), "admin", self.bootstrap(), AdminConfig::default()).map_err(bad_config)?;
        let process = self.simulation.add_client(Actor::Admin(Box::new(admin)));
        self.admin = Some(process);
        Ok(process)
    }

    // ── producers ──

    fn publish(&mut self, producer: Option<&str>, record: ProducerRecord) -> Result<Done, Refusal> {
        let name = producer.unwrap_or(YOU);
        let cause = self.note_command(&format!("publish to {}", record.topic));
        let process = match self.clients.running(name) {
            Some(client) => client.process,
            None if name == YOU => self.start_producer(cause, YOU, None, ProducerConfig::default())?,
            None => return Err(unknown("producer", name)),
        };
        let number = self.simulation.act_because(process, Some(cause), |actor, cx| match actor {
            Actor::Producer(producer) => Some(producer.send(cx, record)),
            Actor::Broker(_) | Actor::Controller(_) | Actor::Consumer(_) | Actor::Admin(_) => None,
        });
        let number = number.flatten().ok_or_else(|| Refusal::new("producer", format!("'{name}' is not a producer.")))?;
        Ok(Done::Asked(process, Work::Record { number }))
    }

    pub(super) fn start_producer(
        &mut self,
        cause: EventId,
        name: &str,
        traffic: Option<Traffic>,
        config: ProducerConfig,
    ) -> Result<ProcessId, Refusal> {
        let producer = Producer::new(self.simulation.next_client(), name, self.bootstrap(), config).map_err(bad_config)?;
        Ok(self.start(cause, name, Kind::Producer(traffic), Actor::Producer(Box::new(producer))))
    }

    fn add_producer(
        &mut self,
        name: Option<String>,
        topic: String,
        per_minute: u32,
        keys: Keys,
        config: ProducerConfig,
        transactions: Option<Transactions>,
    ) -> Result<Done, Refusal> {
        check_rate("perMinute", per_minute)?;
        let transactions = transactions_for(&config, transactions)?;
        if matches!(keys, Keys::Drawn { count: 0, .. }) {
            return Err(Refusal::new("keys", "At least one key is needed to draw from."));
        }
        let name = self.name_for(name, "p")?;
        let cause = self.note_command(&format!("add producer {name}"));
        let mut traffic = Traffic::new(topic.into(), per_minute, keys, self.application_rng()).in_transactions(transactions);
        let first = traffic.next_due(self.now());
        let process = self.start_producer(cause, &name, Some(traffic), config)?;
        if let Some(first) = first {
            self.writing.set(process, first, Some(cause));
        }
        Ok(Done::Now(format!("Producer {name} writes.")))
    }

    fn change_traffic(&mut self, name: &str, what: &str, change: impl FnOnce(&mut Traffic)) -> Result<Done, Refusal> {
        let now = self.now();
        let process = self.clients.running(name).ok_or_else(|| unknown("producer", name))?.process;
        let Some(traffic) = self.clients.traffic_mut(process) else {
            return Err(Refusal::new("producer", format!("'{name}' does not write by itself.")));
        };
        let wrote = traffic.writes();
        change(traffic);
        let next = traffic.next_due(now);
        let cause = self.note_command(what);
        if wrote && next.is_none() {
            self.finish_transaction(process, cause);
        }
        match next {
            Some(next) => self.writing.set(process, next, Some(cause)),
            None => {
                self.writing.cancel(&process);
            }
        }
        Ok(Done::Now(String::new()))
    }

    fn remove_producer(&mut self, name: &str) -> Result<Done, Refusal> {
        let process = self.clients.running(name).ok_or_else(|| unknown("producer", name))?.process;
        let cause = self.note_command(&format!("remove {name}"));
        let closes = self.simulation.act_because(process, Some(cause), |actor, cx| match actor {
            Actor::Producer(producer) => {
                producer.close(cx);
                true
            }
            Actor::Broker(_) | Actor::Controller(_) | Actor::Consumer(_) | Actor::Admin(_) => false,
        });
        if closes != Some(true) {
            return Err(Refusal::new("producer", format!("'{name}' is not a producer.")));
        }
        self.writing.cancel(&process);
        self.closing.push(process);
        Ok(Done::Now(format!("{name} closes.")))
    }

    // ── consumers ──

    fn add_consumer(
        &mut self,
        name: Option<String>,
        topics: Vec<String>,
        mut config: ConsumerConfig,
        per_minute: Option<u32>,
    ) -> Result<Done, Refusal> {
        if topics.is_empty() {
            return Err(Refusal::new("topics", "A consumer needs a topic to subscribe to."));
        }
        if config.group_id.as_deref().unwrap_or_default().is_empty() {
            return Err(Refusal::new("group", "INVALID_GROUP_ID: a group needs a name."));
        }
        per_minute.map_or(Ok(()), |rate| check_rate("perMinute", rate))?;
        let name = self.name_for(name, "c")?;
        config.client_id.clone_from(&name);
        let group: Arc<str> = config.group_id.as_deref().unwrap_or_default().into();
        let consumer = Consumer::new(self.simulation.next_client(), &name, self.bootstrap(), config).map_err(bad_config)?;
        let cause = self.note_command(&format!("add consumer {name} to group {group}"));
        let topics: Vec<Arc<str>> = topics.into_iter().map(Into::into).collect();
        let kind = Kind::Consumer { group: Arc::clone(&group), topics: topics.clone(), per_minute };
        let process = self.start(cause, &name, kind, Actor::Consumer(Box::new(consumer)));
        let subscribed = self.simulation.act_because(process, Some(cause), |actor, cx| match actor {
            Actor::Consumer(consumer) => {
                consumer.set_pace(cx, pace(per_minute));
                consumer.subscribe(cx, topics)
            }
            Actor::Broker(_) | Actor::Controller(_) | Actor::Producer(_) | Actor::Admin(_) => Ok(()),
        });
        if let Some(Err(IllegalCall(message))) = subscribed {
            return Err(Refusal::new("topics", message));
        }
        Ok(Done::Now(format!("{name} joins {group}.")))
    }

    fn consumer_named(&self, name: &str) -> Result<ProcessId, Refusal> {
        let client = self.clients.running(name).ok_or_else(|| unknown("consumer", name))?;
        match client.kind {
            Kind::Consumer { .. } => Ok(client.process),
            Kind::Producer(_) => Err(Refusal::new("consumer", format!("'{name}' is not a consumer."))),
        }
    }

    fn set_pace(&mut self, name: &str, rate: Option<u32>) -> Result<Done, Refusal> {
        rate.map_or(Ok(()), |rate| check_rate("perMinute", rate))?;
        let process = self.consumer_named(name)?;
        let cause = self.note_command(&match rate {
            Some(rate) => format!("let {name} handle {rate} records a minute"),
            None => format!("let {name} handle records as they come"),
        });
        if let Some(client) = self.clients.running_mut(name)
            && let Kind::Consumer { per_minute, .. } = &mut client.kind
        {
            *per_minute = rate;
        }
        self.simulation.act_because(process, Some(cause), |actor, cx| {
            if let Actor::Consumer(consumer) = actor {
                consumer.set_pace(cx, pace(rate));
            }
        });
        Ok(Done::Now(String::new()))
    }

    fn stop_consumer(&mut self, name: &str) -> Result<Done, Refusal> {
        let process = self.consumer_named(name)?;
        if self.simulation.is_paused(process) {
            return Err(Refusal::new("consumer", format!("{name} stands still: resume it first, or crash it.")));
        }
        let cause = self.note_command(&format!("stop {name}"));
        self.simulation.act_because(process, Some(cause), |actor, cx| {
            if let Actor::Consumer(consumer) = actor {
                consumer.close(cx);
            }
        });
        self.closing.push(process);
        Ok(Done::Now(format!("{name} commits and leaves.")))
    }

    fn pause_consumer(&mut self, name: &str, paused: bool) -> Result<Done, Refusal> {
        let process = self.consumer_named(name)?;
        if self.simulation.is_paused(process) == paused {
            let reason = if paused { format!("{name} stands still already.") } else { format!("{name} is not paused.") };
            return Err(Refusal::new("consumer", reason));
        }
        let cause = self.note_command(&format!("{} {name}", if paused { "pause" } else { "resume" }));
        self.simulation.pause_client(process, &name.into(), paused, Some(cause));
        Ok(Done::Now(format!("{name} {}.", if paused { "stands still" } else { "goes on" })))
    }

    fn crash_consumer(&mut self, name: &str) -> Result<Done, Refusal> {
        let process = self.consumer_named(name)?;
        let cause = self.note_command(&format!("crash {name}"));
        let member_id = self.simulation.act_because(process, Some(cause), |actor, cx| match actor {
            Actor::Consumer(consumer) => {
                let id = consumer.member_id().cloned();
                consumer.crash(cx);
                id
            }
            Actor::Broker(_) | Actor::Controller(_) | Actor::Producer(_) | Actor::Admin(_) => None,
        });
        self.simulation.remove(process, Some(cause));
        let now = self.now();
        if let Some(client) = self.clients.running_mut(name) {
            client.crashed = Some(now);
            client.last_member_id = member_id.flatten();
        }
        Ok(Done::Now(format!("{name} is gone; its group will notice when its session times out.")))
    }

    /// The name that a new client gets: the one it was given, if it is free.
    fn name_for(&self, given: Option<String>, prefix: &str) -> Result<String, Refusal> {
        if self.clients.iter().count() >= CLIENTS_MAX {
            return Err(Refusal::new("name", format!("A session has at most {CLIENTS_MAX} clients.")));
        }
        match given {
            Some(name) if name.is_empty() => Err(Refusal::new("name", "A client needs a name.")),
            Some(name) if name.len() > 255 => Err(Refusal::new("name", "A client's name has at most 255 characters.")),
            Some(name) if self.clients.running(&name).is_some() => {
                Err(Refusal::new("name", format!("There is a client called '{name}' already.")))
            }
            Some(name) => Ok(name),
            None => Ok(self.clients.free_name(prefix)),
        }
    }
}

fn from_base64(field: &'static str, text: &str) -> Result<Bytes, Refusal> {
    STANDARD.decode(text).map(Into::into).map_err(|error| Refusal::new(field, format!("This is no base64: {error}.")))
}

pub(super) fn bad_config(error: ConfigError) -> Refusal {
    Refusal { message: error.message, field: error.name }
}

pub(super) fn unknown(field: &'static str, name: &str) -> Refusal {
    Refusal::new(field, format!("There is no {field} called '{name}'."))
}

pub(super) fn check_rate(field: &'static str, per_minute: u32) -> Result<(), Refusal> {
    if per_minute <= PER_MINUTE_MAX {
        return Ok(());
    }
    Err(Refusal::new(field, format!("{per_minute} records a minute are more than an application here handles: {PER_MINUTE_MAX}.")))
}

/// How long an application takes for a record: none, where it takes them as they come.
fn pace(per_minute: Option<u32>) -> Duration {
    per_minute.map_or(Duration::ZERO, |rate| Duration::from_micros(60_000_000_u64.checked_div(u64::from(rate)).unwrap_or(u64::MAX)))
}

fn strategy(assignor: Assignor) -> Strategy {
    Strategy(match assignor {
        Assignor::Range => vec![assignor::Assignor::Range],
        Assignor::RoundRobin => vec![assignor::Assignor::RoundRobin],
        Assignor::Sticky => vec![assignor::Assignor::Sticky],
        Assignor::CooperativeSticky => vec![assignor::Assignor::CooperativeSticky],
        Assignor::Default => vec![assignor::Assignor::Range, assignor::Assignor::CooperativeSticky],
    })
}
