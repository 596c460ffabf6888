//! A plan, played: step by step, and after each step a look at what was found wrong.

use super::converge::{self, Lag};
use super::plan::Plan;
use super::written;
use crate::base::{Duration, EventId, Instant, NodeId, TopicPartition};
use crate::playground::{Command, Kind, Session, SetupError};
use crate::simulation::invariants::{Level, Violation};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Commands of a plan have their outcomes under numbers from here.
const REQUESTS_FROM: u64 = 1;
/// For how long producers go on once all is whole.
const GOES_ON: Duration = Duration::from_secs(3);
/// How long a whole cluster may take to find its way back.
const CONVERGES_WITHIN: Duration = Duration::from_secs(240);
/// How long a group may wait for a member to join, to sync or to be heard of: longer than any plan's members have.
const TIMED_OUT_WITHIN: Duration = Duration::from_secs(60);
/// How often it is looked whether it has.
const LOOKED_EVERY: Duration = Duration::from_secs(1);
/// More steps than any plan takes: something chases its own tail.
const STEPS_MAX: u64 = 3_000_000;

/// Why a plan fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Failure {
    /// The plan's cluster cannot be.
    Setup { message: String },
    /// An invariant does not hold.
    Violation(Violation),
    /// All is whole again, and the cluster does not find its way back.
    Stuck { what: Lag, text: String },
    /// Time does not go on.
    Endless,
    /// The engine panicked.
    Panic { message: String },
}

impl Failure {
    /// Whether two failures are of one kind: what a shorter plan must still show.
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Violation(one), Self::Violation(other)) => one.invariant == other.invariant,
            (Self::Stuck { what: Lag::Failed, text: one }, Self::Stuck { what: Lag::Failed, text: other }) => {
                converge::error_of(one) == converge::error_of(other)
            }
            (Self::Stuck { what: one, .. }, Self::Stuck { what: other, .. }) => one == other,
            (Self::Setup { .. }, Self::Setup { .. }) | (Self::Endless, Self::Endless) => true,
            (Self::Panic { message: one }, Self::Panic { message: other }) => one == other,
            _ => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setup { message } => write!(f, "the cluster cannot be: {message}"),
            Self::Violation(violation) => {
                let EventId(event) = violation.event.unwrap_or(EventId(0));
                write!(f, "{:?} at event {event}: {}", violation.invariant, violation.text)
            }
            Self::Stuck { text, .. } => write!(f, "all is whole again, and yet: {text}"),
            Self::Panic { message } => write!(f, "a panic: {message}"),
            Self::Endless => write!(f, "more than {STEPS_MAX} steps: time does not go on"),
        }
    }
}

impl From<SetupError> for Failure {
    fn from(error: SetupError) -> Self {
        Self::Setup { message: error.to_string() }
    }
}

/// What became of a plan.
#[derive(Clone, Debug)]
pub struct Played {
    pub failure: Option<Failure>,
    pub steps: u64,
    /// Records that producers with acks=all were told are written.
    pub acknowledged: u64,
    /// How long the cluster took to find its way back.
    pub healed_within: Duration,
    pub session: Session,
}

/// Plays a plan to its end, or to the first thing that is wrong.
///
/// # Errors
/// The plan's cluster cannot be.
pub fn play(plan: &Plan) -> Result<Played, Failure> {
    let mut config = plan.setup.config()?;
    config.invariants = Level::Everything;
    let session = Session::new(config).map_err(|error| Failure::Setup { message: error.to_string() })?;
    let mut player = Player { session, steps: 0, requests: REQUESTS_FROM };
    let result = player.play(plan);
    let (failure, healed_within) = match result {
        Ok(span) => (None, span),
        Err(failure) => (Some(failure), Duration::ZERO),
    };
    let acknowledged = converge::acknowledged(&player.session);
    Ok(Played { failure, steps: player.steps, acknowledged, healed_within, session: player.session })
}

struct Player {
    session: Session,
    steps: u64,
    requests: u64,
}

impl Player {
    /// How long the cluster took to find its way back.
    fn play(&mut self, plan: &Plan) -> Result<Duration, Failure> {
        for input in &plan.inputs {
            self.advance(at(input.at_ms))?;
            self.apply(input.command.clone())?;
        }
        self.advance(at(plan.heal_at_ms))?;
        self.apply(Command::HealAll)?;
        self.advance(self.session.now() + GOES_ON)?;
        self.rest_producers()?;
        self.converge(plan)
    }

    fn converge(&mut self, plan: &Plan) -> Result<Duration, Failure> {
        let since = self.session.now();
        loop {
            let Some((what, text)) = converge::lag(&self.session) else { return Ok(self.session.now().since(since)) };
            if matches!(what, Lag::Broker | Lag::Controller) {
                // A node that was stopping when all was made whole has stopped since.
                self.apply(Command::HealAll)?;
            }
            if what == Lag::Partition {
                self.elect_for_forsaken()?;
                self.restart_given_up()?;
            }
            if what == Lag::Failed {
                self.restart_fenced(plan)?;
            }
            if what == Lag::Consumer && self.session.now() >= since + TIMED_OUT_WITHIN {
                self.bring_rebalance(plan)?;
            }
            if self.session.now() >= since + CONVERGES_WITHIN {
                return Err(Failure::Stuck { what, text });
            }
            self.advance(self.session.now() + LOOKED_EVERY)?;
        }
    }

    /// Does what an operator has to, where Kafka itself does not find back.
    fn elect_for_forsaken(&mut self) -> Result<(), Failure> {
        converge::forsaken(&self.session).into_iter().try_for_each(|TopicPartition { topic, partition }| {
            self.apply(Command::ElectLeader { topic: topic.to_string(), partition: partition.0, unclean: true })
        })
    }

    /// Starts brokers again that have given up following a partition.
    fn restart_given_up(&mut self) -> Result<(), Failure> {
        for NodeId(node) in converge::given_up(&self.session) {
            self.apply(Command::KillBroker { node, machine: false })?;
            self.apply(Command::RestartBroker { node })?;
        }
        Ok(())
    }

    /// Starts an application again that was fenced, as whoever runs it has to, where Kafka fences it too: the plan's second member of a name
    /// may meet its own predecessor's id, and any other a coordinator that has no word of the id that the one before gave it.
    fn restart_fenced(&mut self, plan: &Plan) -> Result<(), Failure> {
        for consumer in converge::fenced(&self.session) {
            let adds = |command: &&Command| matches!(command, Command::AddConsumer { name: Some(name), .. } if *name == consumer);
            let added: Vec<&Command> = plan.inputs.iter().map(|input| &input.command).filter(adds).collect();
            let Some(again) = added.last().filter(|_| added.len() > 1 || written::is_forgotten(&self.session, &consumer)) else {
                continue;
            };
            let again = Command::clone(again);
            self.apply(Command::CrashConsumer { consumer: consumer.clone() })?;
            self.apply(again)?;
        }
        Ok(())
    }

    /// Adds a member to a group that owes itself a rebalance, which that brings.
    fn bring_rebalance(&mut self, plan: &Plan) -> Result<(), Failure> {
        let Some(owing) = written::owing(&self.session) else { return Ok(()) };
        let one_more = format!("{owing}-more");
        let joins = |command: &&Command| matches!(command, Command::AddConsumer { group, .. } if **group == *owing);
        let added = plan.inputs.iter().map(|input| &input.command).rfind(joins).cloned();
        match added {
            Some(Command::AddConsumer { group, topics, assignor, from, config, .. })
                if self.session.clients().running(&one_more).is_none() =>
            {
                let (name, instance_id, per_minute) = (Some(one_more), None, None);
                self.apply(Command::AddConsumer { group, topics, name, assignor, from, instance_id, per_minute, config })
            }
            _ => Ok(()),
        }
    }

    fn rest_producers(&mut self) -> Result<(), Failure> {
        let producers: Vec<String> = self
            .session
            .clients()
            .iter()
            .filter(|client| matches!(client.kind, Kind::Producer(Some(_))) && client.crashed.is_none())
            .map(|client| client.name.to_string())
            .collect();
        producers.into_iter().try_for_each(|producer| self.apply(Command::StopProducer { producer }))
    }

    fn apply(&mut self, command: Command) -> Result<(), Failure> {
        self.session.apply(self.requests, command);
        self.requests += 1;
        self.look()
    }

    fn advance(&mut self, until: Instant) -> Result<(), Failure> {
        while self.session.next_due().is_some_and(|due| due <= until) {
            self.session.step();
            self.steps += 1;
            self.look()?;
        }
        self.session.advance(until);
        self.look()
    }

    fn look(&self) -> Result<(), Failure> {
        match self.session.simulation().violations().first() {
            Some(violation) => Err(Failure::Violation(violation.clone())),
            None if self.steps > STEPS_MAX => Err(Failure::Endless),
            None => Ok(()),
        }
    }
}

fn at(ms: u64) -> Instant {
    Instant::ZERO + Duration::from_millis(ms)
}
