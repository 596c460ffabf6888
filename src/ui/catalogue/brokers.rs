//! The panel of brokers and controllers: how each is, what it leads, and the quorum.

use super::numbers::{counted, number};

pub const TITLE: &str = "Brokers";
pub const CONTROLLERS: &str = "Controllers";
pub const HEAL_ALL: &str = "Heal all";
pub const HEAL_ALL_TITLE: &str = "Restart, resume and heal all that is broken";
pub const IN_FORCE: &str = "Faults in force";
/// Beside the active controller.
pub const CONTROLLER: &str = "controller";

pub fn broker_actions(id: i32) -> String {
    format!("Broker {id}: actions")
}

pub fn controller_actions(id: i32) -> String {
    format!("Controller {id}: actions")
}

// ── how a broker is ──
pub const STARTING: &str = "Starting";
pub const FENCED: &str = "Fenced";
pub const ALIVE: &str = "Alive";
pub const STOPPING: &str = "Hands its partitions over";
pub const PAUSED: &str = "Paused";
pub const HALTED: &str = "Halted";
pub const KILLED: &str = "Killed";
pub const STOPPED: &str = "Stopped";

/// "Killed 11.5 s ago".
pub fn ago(state: &str, span: &str) -> String {
    format!("{state} {span} ago")
}

// ── its duties ──
pub const IS_FENCED: &str = "fenced";
pub const NOT_FENCED: &str = "not fenced yet";
pub const LEADS_NOTHING: &str = "leads nothing";

/// What it leads, by topic.
pub fn leads(topics: &[String]) -> String {
    format!("leads {}", topics.join("; "))
}

/// The partitions of a topic that it leads: "orders 0, 2".
pub fn led(topic: &str, partitions: &[i32]) -> String {
    let list: Vec<String> = partitions.iter().map(i32::to_string).collect();
    format!("{topic} {}", list.join(", "))
}

/// The same where they are many: "34 of orders".
pub fn led_many(topic: &str, partitions: usize) -> String {
    format!("{} of {topic}", number(partitions as i64))
}

pub fn follows(partitions: usize) -> String {
    format!("follows {}", number(partitions as i64))
}

/// Troubles and duties in a line.
pub fn line(parts: &[String]) -> String {
    parts.join("; ")
}

/// The same behind its address.
pub fn at_address(address: &str, line: &str) -> String {
    format!("{address}: {line}")
}

// ── controllers ──
pub fn voter(epoch: i32, log_end: i64) -> String {
    format!("epoch {epoch}, metadata to {}", number(log_end))
}

pub fn voter_in_full(id: i32, role: &str, epoch: i32, log_end: i64) -> String {
    format!("controller {id}: {role}, {}", voter(epoch, log_end))
}

pub const QUORUM: &str = "quorum";
pub const NO_CONTROLLER: &str = "no active controller";

pub fn epoch(epoch: i32) -> String {
    format!("epoch {epoch}")
}

pub fn quorum(voters: usize, active: Option<i32>, epoch: i32) -> String {
    let active = active.map_or_else(|| NO_CONTROLLER.to_owned(), |id| format!("active controller {id}"));
    format!("Quorum of {}, {active}, epoch {epoch}", counted(voters, "voter"))
}
