//! When a part of a client wants to be woken, and why.

use crate::base::{Context, EventId, EventKind, Instant};

/// A moment to be woken at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alarm {
    pub at: Instant,
    /// What the trace calls it; none: it only looks after itself, and leaves no trace.
    pub name: Option<&'static str>,
    /// The event that set it.
    pub cause: Option<EventId>,
}

impl Alarm {
    pub const fn silent(at: Instant) -> Self {
        Self { at, name: None, cause: None }
    }

    pub const fn named(at: Instant, name: &'static str, cause: Option<EventId>) -> Self {
        Self { at, name: Some(name), cause }
    }

    /// Makes it the cause of what follows.
    pub fn ring(self, cx: &mut Context<'_>) {
        cx.cause = self.cause;
        if let Some(name) = self.name {
            cx.because(EventKind::Timer { name: name.into() });
        }
    }
}

/// The first of them.
pub(super) fn earliest(alarms: impl IntoIterator<Item = Option<Alarm>>) -> Option<Alarm> {
    alarms.into_iter().flatten().min_by_key(|alarm| alarm.at)
}
