//! A session as its set-up and its inputs: what a file or a link carries, and all that is needed to have the session again.
//!
//! Everything that comes in is checked before anything is done with it: a scenario that is wrong is refused with the place and what would be
//! right, and what was there stays as it was.

mod command;
mod file;
mod kept;
mod link;
mod moment;
mod opening;

pub use kept::{Courses, KEPT_MAX};
pub use link::{LINK_MAX, PREFIX};
pub use moment::read as read_moment;
pub use opening::Opening;

use super::history::{History, INPUTS_MAX};
use super::{Command, Setup};
use crate::base::{Duration, Instant};
use std::fmt;

/// The version of files and links that is written, and the only one yet that is read.
pub const VERSION: u64 = 1;
/// The longest session: a day.
pub const UNTIL_MAX: Duration = Duration::from_secs(86_400);
/// The longest file, in bytes; and the most that a link's contents inflate to.
pub const TEXT_MAX: usize = 4 * 1_048_576;

/// A session that can be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    pub setup: Setup,
    /// How many of the inputs belong to the scene that it opens with, and are not undone.
    pub opening: usize,
    /// In order of time.
    pub inputs: Vec<ScenarioInput>,
    /// Where it ends, and opens.
    pub until: Point,
}

/// What was done, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioInput {
    pub point: Point,
    pub command: Command,
}

/// A moment, and at which step of it: of a scenario that was written by hand the steps are not known, and all that is due by then happens
/// first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    pub at: Instant,
    pub steps: Option<u64>,
}

/// Why a scenario cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    pub place: Place,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// Where a scenario is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Of a file, both from 1.
    Line { line: usize, column: usize },
    /// Of a link: `checksum`, `input 4`.
    Part(String),
    /// Of what was neither.
    Whole,
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Line { line, column } => write!(f, "line {line}, column {column}: {}", self.message),
            Place::Part(part) => write!(f, "The link's {part}: {}", self.message),
            Place::Whole => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for ScenarioError {}

/// Which part of a scenario is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Setup,
    Opening,
    Inputs,
    /// By number, from 0; and which field of it.
    Input(usize, &'static str),
    Until(&'static str),
}

impl Scenario {
    /// A link's fragment, with or without `#` or what comes before it; or a file's text.
    ///
    /// # Errors
    /// It is damaged, too large, or not what a scenario can be.
    pub fn read(text: &str) -> Result<Self, ScenarioError> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.starts_with('{') { Self::from_file(text) } else { Self::from_link(text) }
    }

    /// The current course of a history up to its playhead.
    pub fn of(history: &History) -> Self {
        let position = history.position();
        let point = |at, steps| Point { at, steps: Some(steps) };
        let inputs = history.inputs().iter().take(history.applied());
        let inputs = inputs.map(|input| ScenarioInput { point: point(input.at, input.steps), command: input.command.clone() }).collect();
        Self { setup: history.setup().clone(), opening: history.opening(), inputs, until: point(position.at, position.steps) }
    }

    /// Plays all of it at once.
    ///
    /// # Errors
    /// A set-up that no cluster can have.
    pub fn play(&self) -> Result<History, ScenarioError> {
        let mut opening = Opening::new(self.clone())?;
        while !opening.play(|| false) {}
        Ok(opening.finish())
    }

    /// Holds what is the same for files and links.
    fn check(&self) -> Result<(), (Part, String)> {
        self.setup.config().map_err(|error| (Part::Setup, error.to_string()))?;
        if self.inputs.len() > INPUTS_MAX {
            return Err((Part::Inputs, format!("A session has at most {INPUTS_MAX} inputs, not {}.", self.inputs.len())));
        }
        if self.opening > self.inputs.len() {
            let message = format!("{} inputs cannot belong to the opening: there are {}.", self.opening, self.inputs.len());
            return Err((Part::Opening, message));
        }
        let mut before = Point::default();
        for (index, input) in self.inputs.iter().enumerate() {
            follows(before, input.point).map_err(|(field, message)| (Part::Input(index, field), message))?;
            before = Point { at: input.point.at, steps: input.point.steps.or(before.steps) };
        }
        follows(before, self.until).map_err(|(field, message)| (Part::Until(field), message))?;
        if self.until.at > Instant::ZERO + UNTIL_MAX {
            let message =
                format!("A session lasts at most {}, not {}.", moment::written(Instant::ZERO + UNTIL_MAX), moment::written(self.until.at));
            return Err((Part::Until("at"), message));
        }
        Ok(())
    }
}

fn follows(before: Point, point: Point) -> Result<(), (&'static str, String)> {
    if point.at < before.at {
        let (at, earliest) = (moment::written(point.at), moment::written(before.at));
        return Err(("at", format!("{at} is before {earliest}, when the input before it was given: inputs are in order of time.")));
    }
    match (before.steps, point.steps) {
        (Some(earlier), Some(steps)) if steps < earlier => {
            Err(("steps", format!("{steps} steps are fewer than the {earlier} of the input before it: steps only grow.")))
        }
        _ => Ok(()),
    }
}
