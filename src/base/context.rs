//! What a process is handed with every input: the time, its randomness, and the trace with the cause of what happens next.

use super::event::{EventId, EventKind, Silent};
use super::{Duration, Instant, Offset, ProcessId, Recorder, Rng, TopicPartition};
use std::sync::Arc;

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
        self.recorder.trace(self.now, self.process, self.cause, kind)
    }

    /// Notes that something happened, and makes it the cause of what follows.
    pub fn because(&mut self, kind: EventKind) -> EventId {
        let id = self.trace(kind);
        self.cause = Some(id);
        id
    }

    /// Notes that something awaited did not come in time, and makes that the cause of what follows. Call it where a timer of patience runs
    /// out: a session, a request's timeout, replica.lag.time.max.ms. The event's own cause is the fault that silenced the party (its crash,
    /// its pause, a cut link, a lost frame), if the simulation knows of one; none where it simply had nothing to say.
    pub fn because_of_silence(&mut self, from: Silent, awaited: impl Into<Arc<str>>, waited: Duration) -> EventId {
        self.cause = self.recorder.silenced_by(self.now, self.process, &from, waited);
        self.because(EventKind::Silence { from, awaited: awaited.into(), waited })
    }

    /// Makes the append of this record the cause of what follows, where it is known still: what a log's reader does is caused by the record
    /// that it read, not by its asking. True where it is known.
    pub fn because_of_record(&mut self, partition: &TopicPartition, offset: Offset) -> bool {
        let append = self.recorder.appended_by(partition, offset);
        self.cause = append.or(self.cause);
        append.is_some()
    }

    /// What follows has no cause but itself: a process asks as it always does.
    pub const fn by_itself(&mut self) {
        self.cause = None;
    }
}
