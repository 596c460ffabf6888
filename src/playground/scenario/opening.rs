//! A scenario on its way to where it ends: played bit by bit, so that a host stays awake.

use super::{Place, Point, Scenario, ScenarioError};
use crate::base::Instant;
use crate::playground::history::History;

/// Commands of what is opened have their outcomes under numbers from here, which no page uses.
const REQUESTS_FROM: u64 = 1 << 52;
/// Steps that are made before the host is asked whether it has time for more.
const STRETCH: u32 = 256;

/// Plays a scenario.
#[derive(Clone, Debug)]
pub struct Opening {
    scenario: Scenario,
    history: History,
    given: usize,
    differs: bool,
}

impl Opening {
    /// Begins with the cluster before its first event.
    ///
    /// # Errors
    /// A set-up that no cluster can have.
    pub fn new(scenario: Scenario) -> Result<Self, ScenarioError> {
        let wrong = |error: crate::playground::SetupError| ScenarioError { place: Place::Whole, message: error.to_string() };
        let history = History::new(scenario.setup.clone()).map_err(wrong)?;
        Ok(Self { scenario, history, given: 0, differs: false })
    }

    /// Goes on until it is done (true), or the host has `enough` for now.
    pub fn play(&mut self, mut enough: impl FnMut() -> bool) -> bool {
        loop {
            let input = self.scenario.inputs.get(self.given);
            let target = input.map_or(self.scenario.until, |input| input.point);
            let mut left = STRETCH;
            while !self.is_at(target) {
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
            let Some(input) = self.scenario.inputs.get(self.given) else { return true };
            self.history.apply(REQUESTS_FROM + self.given as u64, input.command.clone());
            self.given += 1;
            if self.given == self.scenario.opening {
                self.history.opened();
            }
        }
    }

    /// All that comes before a point has happened. Where it was recorded by an engine that makes other steps, time decides.
    fn is_at(&self, point: Point) -> bool {
        match (self.history.next_due(), point.steps) {
            (None, _) => true,
            (Some(due), _) if due > point.at => true,
            (Some(due), Some(steps)) => due == point.at && self.history.position().steps >= steps,
            (Some(_), None) => false,
        }
    }

    /// How far it is, and how far it will go.
    pub const fn progress(&self) -> (Instant, Instant) {
        (self.history.now(), self.scenario.until.at)
    }

    /// The engine made other steps than the one that it was recorded with: it may have taken another course.
    pub const fn differs(&self) -> bool {
        self.differs
    }

    /// What was played.
    pub fn finish(self) -> History {
        self.history
    }
}
