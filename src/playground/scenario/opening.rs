//! A scenario, or all courses of a session, on the way to where it ends: played bit by bit, so that a host stays awake.

use super::kept::{Course, Courses};
use super::{Place, Point, ScenarioError};
use crate::base::{Duration, Instant};
use crate::playground::history::{History, Target};

/// Commands of what is opened have their outcomes under numbers from here, which no page uses.
const REQUESTS_FROM: u64 = 1 << 52;
/// Steps that are made before the host is asked whether it has time for more.
const STRETCH: u32 = 256;

/// Plays a scenario, or one course after another.
#[derive(Clone, Debug)]
pub struct Opening {
    courses: Courses,
    history: History,
    /// Which course is played, whether it has begun, and how many of its inputs it has had.
    at: usize,
    begun: bool,
    given: usize,
    requests: u64,
    differs: bool,
}

impl Opening {
    /// Begins with the cluster before its first event.
    ///
    /// # Errors
    /// A set-up that no cluster can have.
    pub fn new(opened: impl Into<Courses>) -> Result<Self, ScenarioError> {
        let courses = opened.into();
        let wrong = |error: crate::playground::SetupError| ScenarioError { place: Place::Whole, message: error.to_string() };
        let history = History::new(courses.setup.clone()).map_err(wrong)?;
        Ok(Self { courses, history, at: 0, begun: false, given: 0, requests: REQUESTS_FROM, differs: false })
    }

    /// Goes on until it is done (true), or the host has `enough` for now.
    pub fn play(&mut self, mut enough: impl FnMut() -> bool) -> bool {
        while let Some(course) = self.courses.courses.get(self.at) {
            if !self.begun && begin(&mut self.history, &self.courses, course).is_none() {
                // Another version has played what it was left from, and not as far: it is left out.
                self.differs = true;
                self.at += 1;
                continue;
            }
            self.begun = true;
            if !self.play_course(&mut enough) {
                return false;
            }
            (self.at, self.begun, self.given) = (self.at + 1, false, 0);
        }
        true
    }

    fn play_course(&mut self, mut enough: impl FnMut() -> bool) -> bool {
        loop {
            let Some(course) = self.courses.courses.get(self.at) else { return true };
            let input = course.inputs.get(self.given);
            let target = input.map_or(course.end, |input| input.point);
            let command = input.map(|input| input.command.clone());
            let mut left = STRETCH;
            while !is_at(&self.history, target) {
                if left == 0 {
                    if enough() {
                        return false;
                    }
                    left = STRETCH;
                }
                left -= 1;
                self.history.step_once();
            }
            self.history.set_time(target.at);
            self.differs |= target.steps.is_some_and(|steps| steps != self.history.position().steps);
            let Some(command) = command else { return true };
            self.history.apply(self.requests, command);
            self.requests += 1;
            self.given += 1;
        }
    }

    /// How far it is, and how far it will go: of several courses all together.
    pub fn progress(&self) -> (Instant, Instant) {
        let span = |course: &Course| course.end.at.since(course.begin().at);
        let (mut done, mut all) = (Duration::ZERO, Duration::ZERO);
        for (index, course) in self.courses.courses.iter().enumerate() {
            all = all + span(course);
            if index < self.at {
                done = done + span(course);
            } else if index == self.at && self.begun {
                done = done + self.history.now().since(course.begin().at);
            }
        }
        (Instant::ZERO + done, Instant::ZERO + all)
    }

    /// The engine made other steps than the one that it was recorded with: it may have taken another course.
    pub const fn differs(&self) -> bool {
        self.differs
    }

    /// What was played, as it was looked at.
    pub fn finish(self) -> History {
        let Self { courses: Courses { courses, current, opening, .. }, mut history, .. } = self;
        let looked_at = courses.get(current);
        // A course that was left out cannot be looked at; the one that was played last is, then.
        if let Some(name) = looked_at.and_then(|course| course.name.as_deref()) {
            drop(history.switch(name));
        }
        for course in &courses {
            if let (Some(name), Some(playhead)) = (&course.name, course.playhead) {
                history.left_at(name, playhead);
            }
        }
        if let Some(playhead) = looked_at.and_then(|course| course.playhead).filter(|playhead| *playhead != history.position())
            && history.seek(Target::Position(playhead)).is_err()
        {
            drop(history.seek(Target::Time(playhead.at)));
        }
        history.opened_with(opening);
        history
    }
}

/// All that comes before a point has happened. Where it was recorded by an engine that makes other steps, time decides.
fn is_at(history: &History, point: Point) -> bool {
    match (history.next_due(), point.steps) {
        (None, _) => true,
        (Some(due), _) if due > point.at => true,
        (Some(due), Some(steps)) => due == point.at && history.position().steps >= steps,
        (Some(_), None) => false,
    }
}

/// Begins a course: the first at the beginning, others where they were left, if that can be found.
fn begin(history: &mut History, all: &Courses, course: &Course) -> Option<()> {
    let Some(name) = &course.name else { return Some(()) };
    let first = history.branches().next()?.name;
    if all.courses.first() == Some(course) {
        return if **name == *first { Some(()) } else { history.rename(&first, name).ok() };
    }
    match course.left {
        Some((other, position)) => {
            history.switch(all.courses.get(other)?.name.as_deref()?).ok()?;
            history.seek(Target::Position(position)).ok()?;
        }
        None => {
            history.switch(&first).ok()?;
            history.seek(Target::Start).ok()?;
        }
    }
    history.fork(Some(name)).ok()?;
    if let Some((from, position)) = &course.fork {
        history.forked(from, *position);
    }
    Some(())
}
