//! The tab Events: its filter, the list, and the chosen event's causes and effects.

use super::numbers::number;

// ── the filter ──
pub const FILTER: &str = "Filter of events";
pub const KIND: &str = "Kind";
pub const PARTY: &str = "Party";
pub const TEXT: &str = "Text";
pub const ALL_KINDS: &str = "all kinds";
pub const EVERYONE: &str = "everyone";
pub const SHOW_ALL: &str = "show all";
pub const COMMANDS: &str = "what you did";
pub const ELECTIONS: &str = "elections and ISR";
pub const REBALANCES: &str = "rebalances";
pub const TIMERS: &str = "times that ran out";
pub const FAULTS: &str = "faults and refusals";
pub const RECORDS: &str = "records";
pub const OTHERS: &str = "all others";

pub fn found(count: usize) -> String {
    if count == 1 { "1 event".to_owned() } else { format!("{} events", number(count as i64)) }
}

pub fn topic(name: &str) -> String {
    format!("topic {name}")
}

pub fn group(name: &str) -> String {
    format!("group {name}")
}

pub fn broker(id: i32) -> String {
    format!("broker {id}")
}

pub fn controller(id: i32) -> String {
    format!("controller {id}")
}

pub fn producer(name: &str) -> String {
    format!("producer {name}")
}

pub fn member(name: &str) -> String {
    format!("member {name}")
}

// ── the list ──
pub const LIST: &str = "Events, newest first";
pub const WHY: &str = "why?";
pub const NOTHING_YET: &str = "Nothing has happened yet.";
pub const NONE_FOUND: &str = "None of the last events is like that.";

pub fn why_of(text: &str) -> String {
    format!("why? {text}")
}

// ── the chosen one ──
pub const CAUSES: &str = "Causes and effects";
pub const WHY_TITLE: &str = "Why?";
pub const CHOOSE: &str = "Choose an event: its causes show here, down to what you did, and all that came of it.";
pub const CAME_OF_IT: &str = "What came of it";
pub const NOTHING_CAME: &str = "Nothing yet.";
pub const BY_ITSELF: &str = "It began by itself.";
pub const GO_THERE: &str = "Go to this moment";

pub fn why(text: &str) -> String {
    format!("Why: {text}?")
}

/// Of a thing on the scene that causes or effects tell of.
pub const IN_STORY: &str = "in the chosen event's story";

/// The same behind its name.
pub fn in_story(name: &str) -> String {
    format!("{name}, {IN_STORY}")
}

pub fn go_to(at: &str) -> String {
    format!("Go to {at}")
}

pub fn more(count: u32) -> String {
    format!("and {} more", number(i64::from(count)))
}
