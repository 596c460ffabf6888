//! The bar at the top and the timeline: what time it is, what moves it, and what the bar tells.

use super::numbers::{face, speed as times};
use crate::base::Instant;

pub const BRAND: &str = "Partita";
pub const MORE: &str = "More";
pub const TIME: &str = "Time";
pub const CLOCK: &str = "Clock";
pub const SPEED: &str = "Speed";
pub const TIMELINE: &str = "Timeline";

// ── what moves time; what a press does too stands behind it in parentheses ──
pub const BACK_TITLE: &str = "Back one event (,)";
pub const STEP_TITLE: &str = "Step one event (.)";
pub const NEXT_TITLE: &str = "Run to the next notable event (>)";
pub const UNDO_TITLE: &str = "Undo (Ctrl Z)";
pub const REDO_TITLE: &str = "Redo (Ctrl Shift Z)";

/// The figure of the speed, which goes round the stops.
pub fn next_stop(tenths: u32) -> String {
    format!("Speed {}, next stop", times(tenths))
}

// ── the session ──
pub const SESSION_TITLE: &str = "Session: seed, link, file";
pub const SEED: &str = "seed";
pub const HISTORIES: &str = "Histories";
/// The one that is looked at.
pub fn history(name: &str) -> String {
    format!("{HISTORIES}: {name}")
}

pub const FORK: &str = "Fork";
pub const FORK_TITLE: &str = "Begin a fork here (F)";
pub const SHARE: &str = "Share";
pub const SHARE_TITLE: &str = "Copy the link to this session (S)";

// ── what the bar tells ──
pub const PAST: &str = "In the past: what you do begins a fork.";
pub const SEEKING: &str = "On the way to the next notable event…";
/// `{0}`: a span of time.
pub const NEXT_EVENT: &str = "next event in {0}";
/// `{0}`: addresses.
pub const CLIENTS_CONNECT: &str = "clients connect to {0}";
pub const COPY: &str = "Copy";
pub const COPY_ADDRESSES: &str = "Copy the addresses";
/// The same in a menu.
pub const COPY_WHERE: &str = "Copy where clients connect";
pub const CONNECTING: &str = "Connecting…";
pub const LOST: &str = "Connection to the server lost.";
/// After [`LOST`], in the same line.
pub fn next_attempt(retry_s: u32) -> String {
    format!(" Next attempt in {retry_s} s.")
}

// ── the timeline ──
/// Where the playhead stands: "00:00:41.350 of 00:02:00.000; last: broker 2 was killed". The end is told in the past only.
pub fn playhead(at: Instant, end: Option<Instant>, last: Option<&str>) -> String {
    let end = end.map(|end| format!(" of {}", face(end))).unwrap_or_default();
    let last = last.map(|last| format!("; last: {last}")).unwrap_or_default();
    format!("{}{end}{last}", face(at))
}
