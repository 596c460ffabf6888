//! The form for a new topic, and the stage while there is none.

use super::common::{brokers, partitions};

pub const TITLE: &str = "Create topic";
pub const FORM: &str = "New topic";
pub const TOPIC: &str = "topic";
pub const PARTITIONS: &str = "partitions";
pub const REPLICATION_FACTOR: &str = "replication factor";
pub const SUBMIT: &str = "Create topic";
pub const IN_TERMINAL: &str = "The same in a terminal";
pub const SETTING: &str = "Setting";
pub const ADD_SETTING: &str = "Set it";
/// Names that the form offers: the first that is free.
pub const EXAMPLES: [&str; 3] = ["orders", "payments", "clicks"];

/// What it offers when all of them are taken.
pub fn another(number: usize) -> String {
    format!("topic-{number}")
}

/// What the settings' fold says.
pub fn settings(given: usize) -> String {
    if given == 0 { "settings: as the brokers have them".to_owned() } else { format!("settings: {given} of its own") }
}

/// A setting's row goes.
pub fn without(setting: &str) -> String {
    format!("Leave {setting} out")
}

/// What a setting is that is left out.
pub fn else_is(value: &str) -> String {
    format!("Left out, it is {value}.")
}

pub fn preview(count: usize) -> String {
    format!("Preview: {}", partitions(count))
}

/// How many partitions there are beyond those that are drawn, and where all their leaders will be.
pub fn spread(count: usize, beyond: usize, over: usize) -> String {
    let more = if beyond == 0 { String::new() } else { format!("and {beyond} more. ") };
    let leaders = if count == 1 { "its leader".to_owned() } else { format!("the {count} leaders") };
    format!("{more}The controller spreads {leaders} over {}.", brokers(over))
}

// ── no topic yet ──
pub const EMPTY: &str = "Nothing is written yet";

pub fn empty(running: usize, controller: Option<i32>) -> String {
    let are = if running == 1 { "is" } else { "are" };
    let leader = controller.map_or_else(String::new, |id| format!(", and broker {id} is their controller"));
    format!("{} {are} running here{leader}. Create a topic, and its logs appear here.", brokers(running))
}
