//! Time as a viewer has it: it runs or rests, quicker or slower than the world's, and goes where it is told.

use super::history::{History, Target};
use super::outcome::Refusal;
use super::setup::Setup;
use super::{Command, Session};
use crate::base::{Duration, EventId, Instant};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Steps that are made at a stretch, before the host is asked whether there is time for more.
const STRETCH_STEPS: u32 = 2;
/// How long a way to a notable event may be: an hour in which nothing notable happens is told, not waited for.
const NOTABLE_WITHIN: Duration = Duration::from_secs(3_600);

/// What a viewer does with time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Time {
    Play,
    Pause,
    /// To the next event, and rests.
    Step,
    /// Right after the event before, and rests. Events of one step come and go together.
    Back,
    /// On to the next notable event, and rests.
    ToNotable,
    Speed {
        times: Speed,
    },
    /// Right after the step that this event is of, and rests.
    SeekEvent {
        event: u64,
    },
    /// To this time, in µs since the session began, and rests.
    Seek {
        at_us: u64,
    },
    /// As far as the history was played.
    ToEnd,
    /// Takes the last command back.
    Undo,
    Redo,
    /// Begins a fork here; without a name it gets one.
    Fork {
        #[serde(default)]
        name: Option<String>,
    },
    /// Looks at another history.
    Switch {
        name: String,
    },
    Rename {
        name: String,
        to: String,
    },
    /// Forgets a history.
    Remove {
        name: String,
    },
    /// Begins anew with what was opened.
    Reset,
    /// Begins anew with another seed and the same set-up and opening.
    Seed {
        seed: u64,
    },
}

/// Virtual time ÷ the world's time, from 0.1 to 1,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Speed(u32);

/// A speed that time cannot have here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpeedError(f64);

impl Speed {
    /// As the world's time.
    pub const REAL: Self = Self(10);
    pub const MIN: Self = Self(1);
    pub const MAX: Self = Self(10_000);

    /// In tenths: 10 is real time. `None` where it is out of range.
    pub const fn from_tenths(tenths: u32) -> Option<Self> {
        if tenths >= Self::MIN.0 && tenths <= Self::MAX.0 { Some(Self(tenths)) } else { None }
    }

    pub const fn tenths(self) -> u32 {
        self.0
    }

    /// How far virtual time goes in a span of the world's.
    pub const fn of(self, span: Duration) -> Duration {
        Duration::from_micros(span.as_micros().saturating_mul(self.0 as u64) / 10)
    }
}

impl TryFrom<f64> for Speed {
    type Error = SpeedError;

    fn try_from(times: f64) -> Result<Self, SpeedError> {
        // What is no number is in no range.
        if (0.1..=1_000.0).contains(&times) { Ok(Self((times * 10.0).round() as u32)) } else { Err(SpeedError(times)) }
    }
}

impl From<Speed> for f64 {
    fn from(speed: Speed) -> Self {
        Self::from(speed.0) / 10.0
    }
}

impl fmt::Display for SpeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Time runs at 0.1 to 1,000 times real time, not at {}.", self.0)
    }
}

impl std::error::Error for SpeedError {}

/// A history that is looked at: hosts give it the world's time, frame by frame.
#[derive(Clone, Debug)]
pub struct Player {
    history: History,
    /// What `Reset` goes back to.
    opened: Box<History>,
    running: bool,
    speed: Speed,
    /// The way to the next notable event ends here at the latest.
    to_notable: Option<Instant>,
    /// Counts what was opened, so that who remembers anything of it begins anew.
    openings: u64,
}

impl Player {
    /// Opens a history where it stands; time runs.
    pub fn open(history: History) -> Self {
        Self { opened: Box::new(history.clone()), history, running: true, speed: Speed::REAL, to_notable: None, openings: 0 }
    }

    pub const fn history(&self) -> &History {
        &self.history
    }

    pub const fn session(&self) -> &Session {
        self.history.session()
    }

    /// Time goes on by itself.
    pub const fn is_running(&self) -> bool {
        self.running
    }

    /// Time is on its way to the next notable event.
    pub const fn is_seeking(&self) -> bool {
        self.to_notable.is_some()
    }

    pub const fn speed(&self) -> Speed {
        self.speed
    }

    /// Changes whenever what is looked at is no continuation of what was looked at before.
    pub const fn jumps(&self) -> (u64, u64) {
        (self.openings, self.history.jumps())
    }

    /// Gives a command, now. See [`History::apply`].
    pub fn apply(&mut self, request: u64, command: Command) {
        self.history.apply(request, command);
    }

    /// Does with time what is asked.
    ///
    /// # Errors
    /// It cannot be; nothing was changed.
    pub fn time(&mut self, time: Time) -> Result<(), Refusal> {
        match time {
            Time::Play => self.running = true,
            Time::Pause => (self.running, self.to_notable) = (false, None),
            Time::Step => {
                self.rest();
                self.history.step();
            }
            Time::Back => self.seek(Target::BeforeEvent(self.history.last_event()))?,
            Time::ToNotable => {
                self.to_notable = Some(self.history.now() + NOTABLE_WITHIN);
                self.running = true;
            }
            Time::Speed { times } => self.speed = times,
            Time::SeekEvent { event } => self.seek(Target::Event(EventId(event)))?,
            Time::Seek { at_us } => self.seek(Target::Time(Instant::from_micros(at_us)))?,
            Time::ToEnd => self.history.seek(Target::End)?,
            Time::Undo => {
                self.history.undo()?;
            }
            Time::Redo => self.history.redo()?,
            Time::Fork { name } => self.history.fork(name.as_deref())?,
            Time::Switch { name } => self.history.switch(&name)?,
            Time::Rename { name, to } => self.history.rename(&name, &to)?,
            Time::Remove { name } => self.history.remove(&name)?,
            Time::Reset => {
                self.history = (*self.opened).clone();
                self.begin();
            }
            Time::Seed { seed } => {
                let setup = Setup { seed, ..self.opened.setup().clone() };
                let again = self.opened.again(setup).map_err(|error| Refusal { message: error.to_string(), field: Some("seed") })?;
                *self.opened = again.clone();
                self.history = again;
                self.begin();
            }
        }
        Ok(())
    }

    /// Lets the world's time go on by `span`. `enough` is asked between stretches whether the host has no more time for this frame; what is
    /// left over is not made up for. True where anything may have changed.
    pub fn go_on(&mut self, span: Duration, mut enough: impl FnMut() -> bool) -> bool {
        if let Some(by) = self.to_notable {
            loop {
                if self.history.run_to_notable(STRETCH_STEPS).is_some() || self.history.now() >= by || self.history.next_due().is_none() {
                    self.rest();
                    return true;
                }
                if enough() {
                    return true;
                }
            }
        }
        if !self.running {
            return false;
        }
        let until = self.history.now() + self.speed.of(span);
        while !self.history.advance_some(until, STRETCH_STEPS) {
            if enough() {
                break;
            }
        }
        true
    }

    fn seek(&mut self, target: Target) -> Result<(), Refusal> {
        self.history.seek(target)?;
        self.rest();
        Ok(())
    }

    const fn rest(&mut self) {
        (self.running, self.to_notable) = (false, None);
    }

    const fn begin(&mut self) {
        (self.running, self.speed, self.to_notable) = (true, Speed::REAL, None);
        self.openings += 1;
    }
}
