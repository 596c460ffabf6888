//! One course of events: its inputs, how far it went, and what is kept of it.

use super::input::{Input, Position};
use super::keyframes::Keyframes;
use super::notable::Chronicle;
use crate::base::EventId;
use crate::playground::Session;
use std::sync::Arc;

/// Where a history left another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork {
    /// The other's name then.
    pub from: Arc<str>,
    pub position: Position,
}

#[derive(Clone, Debug)]
pub(in crate::playground) struct Branch {
    pub name: Arc<str>,
    pub fork: Option<Fork>,
    pub inputs: Vec<Arc<Input>>,
    /// How far it was played, and the last event of that.
    pub end: Position,
    pub end_event: EventId,
    /// Where it was left when another history was switched to.
    pub playhead: Position,
    pub(super) keyframes: Keyframes,
    pub(super) chronicle: Chronicle,
}

impl Branch {
    pub fn new(name: &str, session: &Session) -> Self {
        let start = Position::of(session, 0);
        Self {
            name: name.into(),
            fork: None,
            inputs: Vec::new(),
            end: start,
            end_event: EventId(0),
            playhead: start,
            keyframes: Keyframes::new(session),
            chronicle: Chronicle::default(),
        }
    }

    /// Whether the two are one up to there.
    pub fn is_as(&self, other: &Self, until: Position) -> bool {
        let (mine, theirs) = (self.inputs.get(..until.inputs), other.inputs.get(..until.inputs));
        let same = mine.zip(theirs).is_some_and(|(mine, theirs)| mine.iter().zip(theirs).all(|(one, two)| Arc::ptr_eq(one, two)));
        same && until <= self.end
    }

    /// The same course up to a point, and nothing after it. `event` is the last until then.
    pub fn up_to(&self, point: Position, event: EventId) -> Self {
        let mut early = self.clone();
        early.inputs.truncate(point.inputs);
        early.keyframes.cut(point);
        early.chronicle.cut(point, event);
        (early.end, early.end_event, early.playhead) = (point, event, point);
        early
    }

    /// The session stands at `inputs` inputs: takes note of what is new.
    pub fn note(&mut self, session: &Session, inputs: usize) {
        let position = Position::of(session, inputs);
        if position < self.end {
            return;
        }
        self.chronicle.look(session);
        self.keyframes.offer(session, inputs);
        self.end = position;
        self.end_event = session.trace().last().unwrap_or(EventId(0));
    }
}
