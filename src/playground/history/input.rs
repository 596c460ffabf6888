//! Inputs, and points of a session.

use crate::base::Instant;
use crate::playground::{Command, Session};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A command that was given, and when. The same inputs at the same points give the same session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The session's time.
    pub at: Instant,
    /// How many steps the session had made: several happen at one moment.
    pub steps: u64,
    /// The number under which its outcome is told; no part of the session.
    pub request: u64,
    pub command: Command,
    /// In words, without a subject: `kill broker 2`.
    pub text: Arc<str>,
}

impl Input {
    pub(super) const fn point(&self) -> (u64, u64) {
        (self.steps, self.at.as_micros())
    }
}

/// A point of a session: after so many steps and so many inputs, at this time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    pub steps: u64,
    pub inputs: usize,
    pub at: Instant,
}

impl Position {
    pub(super) const fn of(session: &Session, inputs: usize) -> Self {
        Self { steps: session.steps(), inputs, at: session.now() }
    }
}
