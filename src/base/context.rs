//! What a process is handed with every input: the time, its randomness, and the trace with the cause of what happens next.

use super::event::{Event, EventId, EventKind};
use super::{Instant, ProcessId, Rng};

/// One input's surroundings. Whatever a process does while it handles the input is caused by `cause`.
pub struct Context<'a> {
    pub now: Instant,
    /// The time of day at `Instant::ZERO`, in ms since 1970: records' timestamps are this plus virtual time.
    pub epoch_ms: i64,
    /// Who is handling the input.
    pub process: ProcessId,
    pub rng: &'a mut Rng,
    /// The event that led here.
    pub cause: Option<EventId>,
    recorder: &'a mut Recorder,
}

/// Takes events in as they happen; whoever owns it (the simulation) empties it after each input.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    next: u64,
    pub events: Vec<Event>,
}

impl<'a> Context<'a> {
    pub fn new(
        now: Instant,
        epoch_ms: i64,
        process: ProcessId,
        rng: &'a mut Rng,
        cause: Option<EventId>,
        recorder: &'a mut Recorder,
    ) -> Self {
        Self { now, epoch_ms, process, rng, cause, recorder }
    }

    /// The time of day, in ms since 1970: what a broker or client takes for a record's timestamp.
    pub fn time_ms(&self) -> i64 {
        self.epoch_ms.saturating_add_unsigned(self.now.as_millis())
    }

    /// Notes that something happened, by reason of the current cause. The cause stays as it was.
    pub fn trace(&mut self, kind: EventKind) -> EventId {
        self.recorder.next += 1;
        let id = EventId(self.recorder.next);
        self.recorder.events.push(Event { id, at: self.now, process: self.process, cause: self.cause, kind });
        id
    }

    /// Notes that something happened, and makes it the cause of what follows.
    pub fn because(&mut self, kind: EventKind) -> EventId {
        let id = self.trace(kind);
        self.cause = Some(id);
        id
    }
}
