//! The panel of producers that write by themselves.

use super::numbers::number;

pub const TITLE: &str = "Producers";
pub const NONE: &str = "None writes by itself. Add one, and records come without you.";
pub const ADD: &str = "Add producer";
pub const PER_SECOND: &str = "/s";

pub fn add_to(topic: &str) -> String {
    format!("Add producer to {topic}")
}

pub fn writes_to(topic: &str, acks: &str) -> String {
    format!("to {topic}, acks {acks}")
}

pub fn writes_in_transactions(topic: &str) -> String {
    format!("in transactions, to {topic}")
}

/// With the state of its transaction.
pub fn writes_when(topic: &str, state: &str) -> String {
    format!("{state}, to {topic}")
}

/// What its line says, which may be cut there, and what became of its records.
pub fn in_full(said: &str, acknowledged: u64, failed: u64) -> String {
    format!("{said}\n{} acknowledged, {} failed", number(acknowledged as i64), number(failed as i64))
}

pub fn rate_of(name: &str) -> String {
    format!("{name}: records a second")
}

pub fn stop(name: &str) -> String {
    format!("Stop {name}")
}

pub fn start(name: &str) -> String {
    format!("Start {name}")
}
