//! The first minute: three things to try.

pub const TITLE: &str = "Three things to try";
pub const PUBLISH: &str = "Publish a record: its key decides where it goes";
pub const CREATE: &str = "Create a topic: records need one";
pub const ASK: &str = "Ask why: choose an event";
pub const DISMISS: &str = "Hide these";
pub const ALL_DONE: &str = "That was all three. Ctrl K finds everything else, ? explains it.";
pub const DONE: &str = "done";

pub fn kill(broker: i32, topic: &str, partition: i32) -> String {
    format!("Kill broker {broker}, which leads {topic} {partition}")
}
