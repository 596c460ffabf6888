//! What must hold at every moment, whatever fails: Kafka's promises, watched as things happen.
//!
//! One file for each family of invariants, opening with Kafka's rule and the cases in which Kafka itself breaks it. The [`Checker`] is told
//! of every input that a process has handled, and looks at that process alone: what it must agree with is kept here, never read from another
//! process. It changes nothing and decides nothing; what it finds wrong is a [`Violation`], data for a test, a screen, or the explorer.

mod brokers;
mod committed;
mod compaction;
mod groups;
mod metadata;
mod producers;
mod violation;

pub use violation::{Invariant, Level, Violation};

use super::actor::Actor;
use crate::base::{Event, EventId, Instant, NodeId, ProcessId, TopicPartition};
use crate::broker::BrokerDisk;
use crate::client::producer::Acks;
use crate::wire::Batch;
use brokers::Brokers;
use groups::Groups;
use metadata::Metadata;

/// How many violations are kept: what follows the first is mostly its consequence.
const VIOLATIONS_KEPT: usize = 16;

/// What has been seen so far, and what was wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Checker {
    level: Level,
    brokers: Brokers,
    metadata: Metadata,
    groups: Groups,
    violations: Vec<Violation>,
}

/// Where findings go while one input is looked at.
struct Findings<'a> {
    /// What has come to be committed of `__consumer_offsets`.
    coordinated: Vec<(TopicPartition, Batch)>,
    process: ProcessId,
    at: Instant,
    event: Option<EventId>,
    violations: &'a mut Vec<Violation>,
}

impl Findings<'_> {
    fn add(&mut self, invariant: Invariant, text: String) {
        if self.violations.len() < VIOLATIONS_KEPT {
            self.violations.push(Violation { invariant, process: self.process, event: self.event, text });
        }
    }
}

impl Checker {
    /// A checker for a cluster before its first event; none where nothing is to be watched.
    pub fn new(level: Level) -> Option<Self> {
        (level != Level::Off).then(|| Self { level, ..Self::default() })
    }

    /// What was found wrong, in order; the first is what to look at.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// A process begins, or begins anew with what its disk holds.
    pub(super) fn started(&mut self, process: ProcessId) {
        self.brokers.restarted(process);
        self.metadata.restarted(process);
    }

    /// A node's broker ended without a word, alone or with its machine: this is its disk.
    pub(super) fn failed(&mut self, node: NodeId, disk: &BrokerDisk) {
        self.brokers.failed(node, disk);
    }

    /// A process has handled an input at this time, and `events` came of it. Returns what was found wrong, if anything.
    pub(super) fn observe(&mut self, at: Instant, process: ProcessId, actor: &Actor, events: &[Event]) -> Option<Violation> {
        let known = self.violations.len();
        let event = events.last().map(|event| event.id);
        let mut findings = Findings { coordinated: Vec::new(), process, at, event, violations: &mut self.violations };
        match actor {
            Actor::Broker(broker) => {
                self.brokers.observe(self.level, broker, events, &mut findings);
                self.metadata.observe_broker(self.level, broker, &mut findings);
                self.groups.observe_coordinator(broker, events, &self.brokers, &mut findings);
            }
            Actor::Controller(controller) => self.metadata.observe_controller(controller, &mut findings),
            Actor::Producer(producer) if producer.config().acks == Acks::All => self.brokers.acknowledged(events, &mut findings),
            Actor::Consumer(consumer) => {
                self.brokers.consumed(events, &mut findings);
                self.groups.observe_member(consumer, events, &mut findings);
            }
            Actor::Producer(_) | Actor::Admin(_) => {}
        }
        self.violations.get(known).cloned()
    }
}
