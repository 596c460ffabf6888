//! Keyframes: the session as it was at points of its past, from which any other is reached in a short run.
//!
//! A keyframe is a clone: it shares records, trace and all else that did not change. There are at most [`KEYFRAMES_MAX`] of a history, and half
//! as many of one with many processes, each of which a keyframe has a copy of before long. When one more is due, every second goes and the
//! gaps are twice as wide. So the time for a seek grows with the session's age, slowly, and memory is bounded.

use super::input::Position;
use crate::base::EventId;
use crate::playground::Session;
use std::sync::Arc;

/// How many a history that is looked at has at most.
pub const KEYFRAMES_MAX: usize = 64;
/// With more processes than these a history has at most half as many.
const MANY_PROCESSES: usize = 50;
/// How many of each history are kept that is not looked at.
pub const KEYFRAMES_ASIDE: usize = 4;
/// Steps between the first of them.
const GAP: u64 = 512;
/// A process of those that go is freed with every so many steps: until half as many keyframes are there again, thousands are.
const FREED_EVERY: u64 = 4;

#[derive(Clone, Debug)]
pub(super) struct Keyframe {
    pub position: Position,
    /// The last event until then.
    pub event: EventId,
    pub session: Arc<Session>,
}

/// The keyframes of one history, oldest first; the first is its beginning and never goes.
#[derive(Clone, Debug)]
pub(super) struct Keyframes {
    kept: Vec<Keyframe>,
    gap: u64,
    /// Thinned out, and freed bit by bit: all at once would hold up a frame of the page.
    going: Vec<Arc<Session>>,
}

impl Keyframes {
    pub fn new(session: &Session) -> Self {
        let mut frames = Self { kept: Vec::new(), gap: GAP, going: Vec::new() };
        frames.put(session, 0);
        frames
    }

    /// Takes one, if it is time.
    pub fn offer(&mut self, session: &Session, inputs: usize) {
        if session.steps().is_multiple_of(FREED_EVERY) {
            self.free_some();
        }
        if self.kept.last().is_none_or(|last| session.steps() >= last.position.steps.saturating_add(self.gap)) {
            self.put(session, inputs);
        }
    }

    fn put(&mut self, session: &Session, inputs: usize) {
        let many = session.simulation().processes() > MANY_PROCESSES;
        if self.kept.len() >= if many { KEYFRAMES_MAX / 2 } else { KEYFRAMES_MAX } {
            self.thin();
        }
        let event = session.trace().last().unwrap_or(EventId(0));
        let mut kept = session.clone();
        kept.simulation_mut().thin();
        self.kept.push(Keyframe { position: Position::of(session, inputs), event, session: Arc::new(kept) });
    }

    fn thin(&mut self) {
        let mut index = 0;
        let going = &mut self.going;
        self.kept.retain(|frame| {
            index += 1;
            let stays = index % 2 == 1;
            if !stays {
                going.push(Arc::clone(&frame.session));
            }
            stays
        });
        self.gap = self.gap.saturating_mul(2);
    }

    /// Frees a process of those that go, which may be as large as a broker.
    fn free_some(&mut self) {
        let Some(last) = self.going.last_mut() else { return };
        if !Arc::get_mut(last).is_some_and(|session| session.simulation_mut().free_process()) {
            self.going.pop();
        }
    }

    /// Keeps few, while another history is looked at.
    pub fn set_aside(&mut self) {
        while self.kept.len() > KEYFRAMES_ASIDE {
            self.thin();
        }
        self.going.clear();
    }

    /// The last one that passes; they pass from the beginning up to some point.
    pub fn last_where(&self, passes: impl Fn(&Keyframe) -> bool) -> Option<&Keyframe> {
        let after = self.kept.partition_point(passes);
        self.kept.get(after.saturating_sub(1))
    }

    /// The last one that passes.
    pub fn last_that(&self, passes: impl Fn(&Keyframe) -> bool) -> Option<&Keyframe> {
        self.kept.iter().rev().find(|frame| passes(frame))
    }

    /// Forgets those after a point.
    pub fn cut(&mut self, after: Position) {
        let keep = self.kept.partition_point(|frame| frame.position.steps <= after.steps && frame.position.inputs <= after.inputs);
        self.kept.truncate(keep.max(1));
    }

    pub fn len(&self) -> usize {
        self.kept.len()
    }
}
