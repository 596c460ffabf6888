//! What a session's trace has forgotten: a keyframe's trace goes back further, and what no keyframe has is played again.

use super::{History, Target};
use crate::base::{Event, EventId};
use crate::playground::Session;
use crate::playground::why::causes;

/// How many stretches of the past a chain of causes is followed through.
const STRETCHES_MAX: usize = 8;
/// For so many events after one that is recalled it is seen what came of it. Fewer than a keyframe keeps.
const FOLLOWED: u64 = 5_000;

impl History {
    /// Looks at a session that keeps this event, and some of what happened after it: the one at the playhead, or an earlier one. None: no such
    /// event has happened.
    pub fn recall<T>(&self, event: EventId, look: impl FnOnce(&Session) -> T) -> Option<T> {
        self.recall_until(event, EventId(event.0.saturating_add(FOLLOWED)), look)
    }

    /// Looks at a session that keeps this event, and all until another, or until the playhead.
    fn recall_until<T>(&self, event: EventId, until: EventId, look: impl FnOnce(&Session) -> T) -> Option<T> {
        if event == EventId(0) || event > self.last_event() {
            return None;
        }
        let keeps = |session: &Session| session.trace().get(event).is_some();
        if keeps(&self.session) {
            return Some(look(&self.session));
        }
        let until = until.min(self.last_event());
        if let Some(frame) = self.branch().keyframes.last_that(|frame| frame.event <= self.last_event() && keeps(&frame.session))
            && frame.event >= until
        {
            return Some(look(&frame.session));
        }
        let mut past = self.clone();
        past.seek(Target::Event(until)).ok()?;
        Some(look(&past.session))
    }

    /// The event and its causes, nearest first, however long ago they were.
    pub fn causes(&self, event: EventId) -> Vec<Event> {
        let mut found: Vec<Event> = Vec::new();
        let mut next = Some(event);
        for _ in 0..STRETCHES_MAX {
            let Some(more) = next.and_then(|event| self.recall_until(event, event, |session| cloned(session, event))) else { break };
            next = more.last().and_then(|last| last.cause.filter(|cause| *cause < last.id));
            found.extend(more);
        }
        found
    }
}

fn cloned(session: &Session, event: EventId) -> Vec<Event> {
    causes(session.trace(), event).into_iter().cloned().collect()
}
