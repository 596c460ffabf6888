//! Time: on, step by step, and to any moment of the past.

use super::branch::Branch;
use super::input::Position;
use super::keyframes::Keyframe;
use super::notable::is_notable;
use super::{History, refusal};
use crate::base::{EventId, Instant};
use crate::playground::outcome::Refusal;
use std::sync::Arc;

/// A step leads to the next thing that the trace knows of; so many arrivals and timers without one are enough.
const SILENT_STEPS_MAX: u32 = 2_000;

/// Where to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Right after the step that this event is of.
    Event(EventId),
    /// Right before the step that this event is of: right after the last event before it.
    BeforeEvent(EventId),
    /// When all that was due by then has happened.
    Time(Instant),
    Position(Position),
    /// Just before the input of this number, from 0, in the current course.
    BeforeInput(usize),
    /// The beginning, before the first event.
    Start,
    /// As far as the course was played.
    End,
}

impl History {
    /// Lets time go on until then. In the past, what was done is done again.
    pub fn advance(&mut self, until: Instant) {
        while !self.advance_some(until, u32::MAX) {}
    }

    /// The same, in at most so many steps; true where it is then.
    pub fn advance_some(&mut self, until: Instant, steps_max: u32) -> bool {
        for _ in 0..steps_max {
            if self.next_due().is_none_or(|due| due > until) {
                self.session.advance(until);
                self.note();
                return true;
            }
            self.play_one();
        }
        false
    }

    /// When the next thing happens: by itself, or because it was done then.
    pub fn next_due(&self) -> Option<Instant> {
        match self.next_input() {
            Some(at) => Some(at),
            None => self.session.next_due(),
        }
    }

    /// Lets the next thing happen that the trace knows of, and stops. False where there is none.
    pub fn step(&mut self) -> bool {
        let before = self.last_event();
        for _ in 0..SILENT_STEPS_MAX {
            if !self.play_one() {
                return false;
            }
            if self.last_event() != before {
                return true;
            }
        }
        true
    }

    /// One step, whether or not the trace knows of it.
    pub(in crate::playground) fn step_once(&mut self) {
        self.play_one();
    }

    /// Goes on to the next notable event, at most so many steps; answers with the event, or `None` where none came yet.
    pub fn run_to_notable(&mut self, steps_max: u32) -> Option<EventId> {
        for _ in 0..steps_max {
            let before = self.last_event();
            if !self.play_one() {
                return None;
            }
            let found = self.session.trace().since(before).find(|event| is_notable(&event.kind)).map(|event| event.id);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Goes to a moment of the current course: from the nearest keyframe before it, or from here. A time after its end leads to its end.
    ///
    /// # Errors
    /// The course has no such event, input or position. The playhead stays where it is.
    pub fn seek(&mut self, target: Target) -> Result<(), Refusal> {
        let branch = self.branch();
        match target {
            Target::Event(event) => {
                if event == EventId(0) || event > branch.end_event {
                    return Err(refusal(format!("This history has no event {}: it has 1 to {}.", event.0, branch.end_event.0)));
                }
                // The keyframe must be from before the event, so that the playhead stops right after its step.
                self.go_back(|frame| frame.event < event, |history| history.last_event() < event);
                while self.last_event() < event && self.play_one() {}
            }
            Target::BeforeEvent(event) => {
                self.go_back(|frame| frame.event < event, |history| history.last_event() < event);
                let mut before = self.last_event();
                while self.last_event() < event {
                    before = self.last_event();
                    if !self.play_one() {
                        break;
                    }
                }
                return self.seek(if before == EventId(0) { Target::Start } else { Target::Event(before) });
            }
            Target::Time(at) => {
                let at = at.min(branch.end.at);
                self.go_back(|frame| frame.position.at <= at, |history| history.now() <= at);
                self.advance_within(at);
            }
            Target::Position(position) => self.go_to(position)?,
            Target::BeforeInput(index) => {
                let input = branch.inputs.get(index).ok_or_else(|| refusal(format!("This history has no input {}.", index + 1)))?;
                let position = Position { steps: input.steps, inputs: index, at: input.at };
                self.go_to(position)?;
            }
            Target::Start => self.go_to(Position::default())?,
            Target::End => {
                let end = branch.end;
                self.go_to(end)?;
            }
        }
        self.jumps += 1;
        Ok(())
    }

    fn go_to(&mut self, position: Position) -> Result<(), Refusal> {
        if position > self.branch().end {
            return Err(refusal("This history was not played as far as that."));
        }
        self.go_back(|frame| frame.position <= position, |history| history.applied != usize::MAX && history.position() <= position);
        while (self.session.steps(), self.applied) < (position.steps, position.inputs) && self.play_one() {}
        self.set_time(position.at);
        self.note();
        Ok(())
    }

    /// The time is one of the known course: all that was due by then, and no more than the course was played.
    fn advance_within(&mut self, until: Instant) {
        let end = self.branch().end;
        while self.next_due().is_some_and(|due| due <= until) && (self.session.steps(), self.applied) < (end.steps, end.inputs) {
            self.play_one();
        }
        self.session.advance(until);
        self.note();
    }

    /// Takes up the last keyframe that is before the target, unless the session here is before the target and later than that.
    fn go_back(&mut self, is_before: impl Fn(&Keyframe) -> bool, here_is: impl Fn(&Self) -> bool) {
        let Some(frame) = self.branch().keyframes.last_where(is_before) else { return };
        if here_is(self) && self.session.steps() >= frame.position.steps && self.applied >= frame.position.inputs {
            return;
        }
        let (session, inputs) = (Arc::clone(&frame.session), frame.position.inputs);
        self.session = (*session).clone();
        self.applied = inputs;
    }

    /// One step, or one input that was given at this point. False where nothing will happen by itself.
    fn play_one(&mut self) -> bool {
        if self.next_input().is_some() {
            let Some(input) = self.branch().inputs.get(self.applied).cloned() else { return false };
            self.set_time(input.at);
            self.session.apply(input.request, input.command.clone());
            self.applied += 1;
        } else if !self.session.step() {
            return false;
        }
        self.note();
        true
    }

    /// Sets the time, where no step comes before. Where one does, several happen at this moment and some were waited for.
    pub(in crate::playground) fn set_time(&mut self, at: Instant) {
        if self.session.next_due().is_none_or(|due| due > at) {
            self.session.advance(at);
            self.note();
        }
    }

    /// When the next input is due, if it comes before the next step.
    fn next_input(&self) -> Option<Instant> {
        let input = self.branch().inputs.get(self.applied)?;
        (input.steps <= self.session.steps()).then_some(input.at)
    }

    fn note(&mut self) {
        let (session, applied) = (&self.session, self.applied);
        if let Some(branch) = self.branches.get_mut(self.current) {
            Branch::note(branch, session, applied);
        }
    }
}
