//! The form for a node's faults.

pub fn title(node: i32) -> String {
    format!("Faults of node {node}")
}

// ── when ──
pub const WHEN: &str = "When";
pub const HAPPENS: &str = "what follows happens";
pub const NOW: &str = "now";
pub const LATER: &str = "later";
pub const CHANCE: &str = "by chance, from the seed";
pub const IN: &str = "in";
pub const SECONDS: &str = "s";
pub const ABOUT: &str = "about";
pub const TIMES_AN_HOUR: &str = "times an hour";

// ── the node's process ──
pub const NODE: &str = "The node";
pub const PAUSE: &str = "Pause";
pub const RESUME: &str = "Resume";
pub const STOP: &str = "Stop";
pub const KILL_PROCESS: &str = "Kill the process";
pub const KILL_MACHINE: &str = "Kill the machine";
pub const RESTART: &str = "Restart";

// ── its links ──
pub const LINK: &str = "Its link";
pub const TO: &str = "to";
pub const CUT: &str = "Cut";
pub const CUT_ONE_WAY: &str = "Cut one way";
pub const BREAK: &str = "Break its connections";
pub const HEAL: &str = "Heal";
pub const LATENCY: &str = "latency";
pub const MS: &str = "ms";
pub const UP_TO: &str = "and up to";
pub const MS_MORE: &str = "ms more";
pub const BANDWIDTH: &str = "bandwidth";
pub const BANDWIDTH_UNIT: &str = "B/s, empty: all there is";
pub const SET_LINK: &str = "Set the link";
pub const ALL_BROKERS: &str = "all brokers";
pub const ALL_CONTROLLERS: &str = "all controllers";
pub const ALL_CLIENTS: &str = "all clients here";
pub const OUTSIDE: &str = "clients from outside";
pub const EVERYTHING: &str = "everything";

pub fn broker(id: i32) -> String {
    format!("broker {id}")
}

pub fn controller(id: i32) -> String {
    format!("controller {id}")
}

// ── its responses ──
pub const RESPONSES: &str = "Its responses";
pub const THE_NEXT: &str = "the next";
pub const RESPONSES_TO: &str = "to";
pub const BECOMES: &str = "what becomes of them";
pub const LOST: &str = "are lost";
pub const ERROR: &str = "answer an error";
pub const WHICH_ERROR: &str = "which error";
pub const DELAY: &str = "take longer";
pub const BY: &str = "by";
pub const SET: &str = "Set";

// ── its machine ──
pub const MACHINE: &str = "Its machine";
pub const EVERY_INPUT: &str = "every input takes";
pub const SLOW: &str = "Slow it down";
pub const EVERY_APPEND: &str = "every append takes its disk";
pub const SLOW_DISK: &str = "Slow the disk";
pub const FILL_DISK: &str = "Fill the disk";
pub const FREE_DISK: &str = "Free the disk";
pub const CLOCK: &str = "its clock is wrong by";
pub const SET_CLOCK: &str = "Set the clock";

// ── what is wrong with what was typed; `field` is a field's name, as above ──
pub const IN_SECONDS: &str = "in seconds";
pub const JITTER: &str = "jitter";
pub const HOW_MANY: &str = "how many";
pub const LONGER_BY: &str = "longer by";

pub fn not_a_number(field: &str, typed: &str) -> String {
    format!("{field}: '{typed}' is not a number.")
}

pub fn below_zero(field: &str, typed: &str) -> String {
    format!("{field}: '{typed}' is below zero.")
}

pub fn not_whole(field: &str, typed: &str) -> String {
    format!("{field}: '{typed}' is not a whole number that can be.")
}
