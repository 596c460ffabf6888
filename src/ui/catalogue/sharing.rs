//! The session itself: its seed, its link, its file, and what becomes of opening and sharing it.

use super::numbers::{face, number};
use crate::base::Instant;

pub const TITLE: &str = "Session";
pub const LEAD: &str = "A session is its seed and what you did. The same seed and the same acts give the same bytes again, in any browser.";
pub const SEED_FORM: &str = "Seed";
pub const SEED: &str = "seed";
pub const BEGIN: &str = "Begin anew with it";
pub const LINK: &str = "Link";
pub const LINK_FIELD: &str = "Link to this session";
pub const COPY_LINK: &str = "Copy the link";
pub const FILE: &str = "File";
pub const SAVE: &str = "Save as a file";
pub const OPEN: &str = "Open a file";

/// How long a text is: "1 204 B".
pub fn size(bytes: usize) -> String {
    format!("{} B", number(bytes as i64))
}

// ── what became of it ──
pub const OPENED: &str = "Opened.";
pub const OPENED_AT_REST: &str = "Opened. Time rests at the moment that was shared.";
pub const DIFFERS: &str = "The session was made by another version: from some moment on it may differ from what was seen.";
pub const NOT_COPIED: &str = "The browser did not let this page write to the clipboard. Mark the link, and copy it yourself.";
pub const UNREADABLE: &str = "The file could not be read.";

pub fn begun(seed: u64) -> String {
    format!("Begun anew with seed {seed}.")
}

pub fn copied(size: &str) -> String {
    format!("Link copied, {size}.")
}

pub fn saved(file: &str, size: &str) -> String {
    format!("Saved as {file}, {size}.")
}

/// How far the playing of a session that is opened has got, in hundredths.
pub fn opening(until: Instant, share: u64) -> String {
    format!("Playing the session up to {}: {share} %", face(until))
}

// ── why it cannot be ──
pub const NOT_BEGUN: &str = "The session has not begun yet.";
pub const NOT_LINKED: &str =
    "The page around does not open links to sessions (its element lacks the attribute 'linked'). Save a file instead.";

pub fn not_a_seed() -> String {
    format!("A seed is a whole number from 0 to {}.", number(i64::MAX))
}

pub fn file_too_large(bytes: f64, most: f64) -> String {
    format!("The file has {} B; a session's file has at most {}.", number(bytes as i64), number(most as i64))
}
