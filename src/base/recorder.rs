//! Takes events in as they happen, and remembers what later ones are caused by: who appended which offset, and what silenced whom.
//!
//! None of this is on the wire and no process can read it: it only names causes.

use super::causes::Causes;
use super::event::{Event, EventId, EventKind, Silent};
use super::{Duration, Instant, Offset, ProcessId, TopicPartition};
use crate::base::SortedMap;
use std::sync::Arc;

/// Whoever owns it (the simulation) empties `events` after each input.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    next: u64,
    pub events: Vec<Event>,
    causes: Causes,
    /// What keeps one process from being heard by another, or by all (`None`).
    silences: SortedMap<(ProcessId, Option<ProcessId>), SilencedBy>,
    /// Clients by their client id.
    clients: SortedMap<Arc<str>, ProcessId>,
}

#[derive(Clone, Copy, Debug)]
struct SilencedBy {
    fault: EventId,
    /// When it ended; `None` while it lasts.
    until: Option<Instant>,
}

impl Recorder {
    /// Notes that something happened.
    pub(super) fn trace(&mut self, at: Instant, process: ProcessId, cause: Option<EventId>, kind: EventKind) -> EventId {
        self.next += 1;
        let id = EventId(self.next);
        let cause = self.causes.of(process, cause, &kind);
        self.remember(at, id, process, &kind);
        self.events.push(Event { id, at, process, cause, kind });
        id
    }

    fn remember(&mut self, at: Instant, id: EventId, process: ProcessId, kind: &EventKind) {
        self.causes.learn(id, process, kind);
        match kind {
            EventKind::ClientStarted { client } => {
                self.clients.insert(Arc::clone(client), process);
            }
            EventKind::ClientCrashed { .. } | EventKind::ClientPaused { .. } => self.silence(process, None, id),
            EventKind::ClientResumed { .. } => self.heard_again(at, process, None),
            _ => {}
        }
    }

    /// The event that appended the record at `offset`, as far as it is known.
    pub(super) fn appended_by(&self, partition: &TopicPartition, offset: Offset) -> Option<EventId> {
        self.causes.appended_by(partition, offset)
    }

    // ── silence: the simulation tells of faults ──

    /// From now on `process` is not heard by `by` (`None`: by nobody), for this reason: it was killed or paused, a link was cut.
    pub fn silence(&mut self, process: ProcessId, by: Option<ProcessId>, fault: EventId) {
        self.silences.insert((process, by), SilencedBy { fault, until: None });
    }

    /// `process` can be heard again. What times out a little later still does so because of the fault.
    pub fn heard_again(&mut self, now: Instant, process: ProcessId, by: Option<ProcessId>) {
        if let Some(silence) = self.silences.get_mut(&(process, by)) {
            silence.until = silence.until.or(Some(now));
        }
    }

    /// One frame of `process` to `to` was lost, or a connection between them broke.
    pub fn lost(&mut self, now: Instant, process: ProcessId, to: ProcessId, fault: EventId) {
        let known = self.silences.entry((process, Some(to))).or_insert(SilencedBy { fault, until: Some(now) });
        if known.until.is_some() {
            *known = SilencedBy { fault, until: Some(now) };
        }
    }

    /// The fault that kept `hearer` from hearing of `from` within the time that it waited.
    pub(super) fn silenced_by(&self, now: Instant, hearer: ProcessId, from: &Silent, waited: Duration) -> Option<EventId> {
        let process = match from {
            Silent::Broker { node } => ProcessId::broker(*node),
            Silent::Controller { node } => ProcessId::controller(*node),
            Silent::Client { client } => *self.clients.get(client)?,
        };
        // A party that was not reached had nothing to answer.
        let ways = [(process, None), (process, Some(hearer)), (hearer, Some(process)), (hearer, None)];
        let lasting = |silence: &&SilencedBy| silence.until.is_none_or(|until| until + waited >= now);
        // What silenced it first is the reason; what came on top changed nothing.
        ways.iter().filter_map(|way| self.silences.get(way)).filter(lasting).map(|silence| silence.fault).min()
    }
}
