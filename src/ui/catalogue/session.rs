//! What moves time, and what is done to the session as a whole.

use crate::ui::words;

pub const PLAY: &str = "Play";
pub const PAUSE: &str = "Pause";
pub const STEP: &str = "Step one event";
pub const BACK: &str = "Back one event";
pub const NEXT_NOTABLE: &str = "Run to the next notable event";
pub const BACK_TO_NOW: &str = "Back to now";
pub const TO_START: &str = "Go to the start";
pub const UNDO: &str = "Undo";
pub const REDO: &str = "Redo";
pub const FORK: &str = "Fork here";
pub const HISTORIES: &str = "Histories…";
pub const SHARE: &str = "Share: copy the link";
pub const SESSION: &str = "Session: seed, link, file…";
pub const FIND: &str = "Find anything…";
pub const MARKS: &str = "Key to the marks";
pub const ALL_WORDS: &str = "All words";
pub const RESET: &str = "Reset to the first scene";
pub const HEAL_ALL: &str = "Heal all: restart, resume and mend what is broken";
pub const CREATE_TOPIC: &str = "Create topic…";
pub const ADD_GROUP: &str = "Add group…";
pub const PUBLISH: &str = "Publish a record";
pub const LIGHT: &str = "Light theme";
pub const DARK: &str = "Dark theme";
pub const NETWORK: &str = "Show the network";
pub const FIRST_STEPS: &str = "Three things to try";

pub fn speed(tenths: u32) -> String {
    format!("Speed {}", words::speed(tenths))
}

pub fn show(tab: &str) -> String {
    format!("Show {tab}")
}

// ── keys, by what is written on them ──
pub const SPACE: &str = "Space";
pub const HOME: &str = "Home";
pub const END: &str = "End";
pub const CTRL_Z: &str = "Ctrl Z";
pub const CTRL_SHIFT_Z: &str = "Ctrl Shift Z";
