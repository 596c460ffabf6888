//! The histories that are kept, and two of them side by side.

use super::numbers::{face, number};
use crate::base::Instant;

pub const TITLE: &str = "Histories";
pub const LEAD: &str = "A fork begins where you act in the past, or where you say so. What came after it stays in the history you left.";
pub const COLUMNS: [&str; 5] = ["history", "forked from", "at", "until", "inputs"];
pub const FORK: &str = "Fork here";
pub const CURRENT: &str = "you look at it";

pub fn name_of(history: &str) -> String {
    format!("Name of history {history}")
}

pub fn look_at(history: &str) -> String {
    format!("Look at {history}")
}

pub fn forget(history: &str) -> String {
    format!("Forget {history}")
}

// ── two side by side ──
pub const COMPARE: &str = "Compare";
pub const AGAIN: &str = "Compare again";
pub const YOUR_ACTS: &str = "what you did";
pub const NOTHING_DONE: &str = "nothing";

/// Before the choice of the other one.
pub fn with(history: &str) -> String {
    format!("{history} with")
}

pub fn parted(parted: Instant, at: Instant) -> String {
    format!("They part at {}; this is how they stand at {}, where the shorter one ends.", face(parted), face(at))
}

pub fn records_of(partition: &str) -> String {
    format!("records of {partition}")
}

pub fn acknowledged(count: u64, lost: u64) -> String {
    let acknowledged = number(count as i64);
    if lost == 0 {
        format!("{acknowledged} acknowledged")
    } else {
        format!("{acknowledged} acknowledged, {} of them lost", number(lost as i64))
    }
}

pub fn committed(group: &str, partition: &str) -> String {
    format!("{group} committed {partition}")
}

pub fn generation_of(group: &str) -> String {
    format!("generation of {group}")
}

pub fn partition(leader: &str, epoch: i32, isr: &str, high_watermark: &str, log_end: &str) -> String {
    format!("leader {leader}, epoch {epoch}, ISR {isr}, HW {high_watermark}, LEO {log_end}")
}
