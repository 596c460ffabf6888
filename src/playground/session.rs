//! A session: a cluster, the clients that its user started, and the commands that were given. Hosts drive this; it drives the simulation.
//!
//! Everything a command does ends in frames: of an admin client, of producers, of consumers. The applications behind the clients live
//! here: who writes what at which rate.

use super::agenda::Agenda;
use super::clients::{Clients, Kind};
use super::feeds::Feeds;
use super::ledger::Ledger;
use super::outcome::{Outcome, OutcomeState};
use super::pending::{Pending, Work};
use crate::base::{EventId, Instant, NodeId, ProcessId, Rng, Timers};
use crate::client::producer::Life;
use crate::simulation::{Actor, Config, ConfigError, Simulation, Trace};
use std::collections::VecDeque;

/// Of how many commands the outcome is kept.
const OUTCOMES_KEPT: usize = 64;

/// A cluster and what its user does with it, at a moment of virtual time.
#[derive(Clone, Debug)]
pub struct Session {
    pub(super) simulation: Simulation,
    pub(super) clients: Clients,
    /// The applications that write by themselves: when each hands over its next record.
    pub(super) writing: Timers<ProcessId>,
    pub(super) admin: Option<ProcessId>,
    pub(super) pending: Vec<Pending>,
    /// Clients that were told to close.
    pub(super) closing: Vec<ProcessId>,
    /// Commands whose time is to come.
    pub(super) agenda: Agenda,
    /// Many records, on their way into producers.
    pub(super) feeds: Feeds,
    outcomes: VecDeque<Outcome>,
    steps: u64,
    ledger: Ledger,
}

impl Session {
    /// A cluster that is about to start, with no clients.
    ///
    /// # Errors
    /// A configuration that no cluster can have.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        Ok(Self {
            simulation: Simulation::new(config)?,
            clients: Clients::default(),
            writing: Timers::default(),
            admin: None,
            pending: Vec::new(),
            closing: Vec::new(),
            agenda: Agenda::default(),
            feeds: Feeds::default(),
            outcomes: VecDeque::new(),
            steps: 0,
            ledger: Ledger::default(),
        })
    }

    pub const fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// The clients that the user started, in order of appearance.
    pub const fn clients(&self) -> &Clients {
        &self.clients
    }

    /// What became of the last commands, oldest first.
    pub fn outcomes(&self) -> impl ExactSizeIterator<Item = &Outcome> {
        self.outcomes.iter()
    }

    /// What happened, and why.
    pub const fn trace(&self) -> &Trace {
        self.simulation.trace()
    }

    // ── outside clients: see `Simulation` ──

    /// The door for outside clients, and the outputs for them. Time is the session's: advance it with [`Session::advance`].
    pub const fn simulation_mut(&mut self) -> &mut Simulation {
        &mut self.simulation
    }

    // ── time ──

    pub const fn now(&self) -> Instant {
        self.simulation.now()
    }

    /// What producers were told is written, and what of it is lost.
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// How many steps were made: arrivals and timers. With the time, it says at which point of the session one is.
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// When something will happen by itself.
    pub fn next_due(&self) -> Option<Instant> {
        [self.simulation.next_due(), self.writing.next_due(), self.feeds.next_due(), self.agenda.next_due()].into_iter().flatten().min()
    }

    /// Lets all happen that is due by `until`, and sets the time to it.
    pub fn advance(&mut self, until: Instant) {
        while self.next_due().is_some_and(|due| due <= until) {
            self.step();
        }
        self.simulation.advance(until);
    }

    /// Lets the next thing happen. False where there is none.
    pub fn step(&mut self) -> bool {
        let before = |due: &Instant, others: [Option<Instant>; 2]| others.iter().flatten().all(|other| due < other);
        let (simulated, written, fed) = (self.simulation.next_due(), self.writing.next_due(), self.feeds.next_due());
        let handed = [written, fed].into_iter().flatten().min();
        let stepped = if let Some(due) = self.agenda.next_due().filter(|due| before(due, [simulated, handed])) {
            self.simulation.advance(due);
            self.give_due_command();
            true
        } else if let Some(due) = fed.filter(|due| before(due, [simulated, written])) {
            self.simulation.advance(due);
            self.feed_next();
            true
        } else if let Some(due) = written.filter(|due| before(due, [simulated, None])) {
            self.simulation.advance(due);
            self.write_next();
            true
        } else {
            self.simulation.step()
        };
        self.steps += u64::from(stepped);
        self.ledger.look(&self.simulation);
        self.settle_commands();
        self.reap();
        stepped
    }

    /// An application hands its producer the record that is due.
    fn write_next(&mut self) {
        let now = self.now();
        // What made it write is the cause of all that it writes.
        let Some((process, cause)) = self.writing.pop_due(now) else { return };
        let Some(traffic) = self.clients.traffic_mut(process) else { return };
        self.simulation.act_because(process, cause, |actor, cx| {
            if let Actor::Producer(producer) = actor {
                traffic.write(cx, producer);
            }
        });
        let next = traffic.next_due(now);
        if let Some(next) = next {
            self.writing.set(process, next, cause);
        }
    }

    // ── what became of commands ──

    pub(super) fn put_outcome(&mut self, request: u64, state: OutcomeState) {
        if let Some(known) = self.outcomes.iter_mut().find(|outcome| outcome.request == request) {
            known.state = state;
            return;
        }
        if self.outcomes.len() == OUTCOMES_KEPT {
            self.outcomes.pop_front();
        }
        self.outcomes.push_back(Outcome { request, state });
    }

    /// Tells of the commands whose answer has come.
    fn settle_commands(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        self.feeds.settle(&self.simulation);
        // None is added meanwhile.
        let mut at = 0;
        while at < self.pending.len() {
            let mut pending = self.pending.swap_remove(at);
            match self.look_at(&mut pending) {
                Some(state) => self.put_outcome(pending.request, state),
                None => {
                    // Back to its place: the last of all stands there now.
                    self.pending.push(pending);
                    let last = self.pending.len() - 1;
                    self.pending.swap(at, last);
                    at += 1;
                }
            }
        }
    }

    fn look_at(&mut self, pending: &mut Pending) -> Option<OutcomeState> {
        let took_us = (self.now() - pending.since).as_micros();
        match &mut pending.work {
            Work::Record { .. } | Work::Transaction { .. } | Work::Admin { .. } => pending.look(&self.simulation),
            Work::Feed { number } => {
                let outcome = self.feeds.outcome(*number, took_us)?;
                self.feeds.forget(*number);
                Some(outcome)
            }
            Work::Reset(reset) => self.advance_reset(reset, took_us),
        }
    }

    /// Takes away clients that have closed.
    fn reap(&mut self) {
        let simulation = &self.simulation;
        let Some(at) = self.closing.iter().position(|process| has_closed(simulation, *process)) else { return };
        let process = self.closing.swap_remove(at);
        self.simulation.remove(process, None);
        self.clients.forget(process);
    }

    // ── processes for commands ──

    /// What commands call a client; `outside` for all that are not simulated.
    pub fn name_of(&self, process: ProcessId) -> &str {
        self.clients.iter().find(|client| client.process == process).map_or("outside", |client| &*client.name)
    }

    /// Every broker's node: where a client begins to look.
    pub(super) fn bootstrap(&self) -> Vec<NodeId> {
        self.simulation.config().nodes().collect()
    }

    /// A stream of randomness for the application of the client that comes next.
    pub(super) fn application_rng(&self) -> Rng {
        Rng::stream(self.simulation.config().seed, &format!("application {}", self.simulation.next_client().0))
    }

    /// Adds a client and starts it.
    pub(super) fn start(&mut self, cause: EventId, name: &str, kind: Kind, client: Actor) -> ProcessId {
        let process = self.simulation.add_client(client);
        self.clients.add(name, process, kind);
        self.simulation.act_because(process, Some(cause), |actor, cx| match actor {
            Actor::Producer(producer) => producer.start(cx),
            Actor::Consumer(consumer) => consumer.start(cx),
            Actor::Admin(_) | Actor::Broker(_) | Actor::Controller(_) => {}
        });
        process
    }
}

fn has_closed(simulation: &Simulation, process: ProcessId) -> bool {
    match simulation.actor(process) {
        Some(Actor::Producer(producer)) => producer.life() == Life::Closed,
        Some(Actor::Consumer(consumer)) => consumer.life() == Life::Closed,
        Some(Actor::Admin(_) | Actor::Broker(_) | Actor::Controller(_)) | None => true,
    }
}
