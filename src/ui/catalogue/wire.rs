//! The tab Wire and the inspector of a frame.

use super::numbers::{number, span};
use crate::base::Duration;

pub const FILTER: &str = "Filter frames";
pub const FILTER_HINT: &str = "from = c1 and api = Fetch";
pub const LIST: &str = "Exchanges, newest first";
pub const TIME: &str = "time";
pub const FROM_TO: &str = "from, to";
pub const REQUEST_COLUMN: &str = "request";
pub const OUT_BACK: &str = "out, back";
pub const LATENCY: &str = "latency";
pub const NOTHING_YET: &str = "No frames yet: they come as soon as the brokers speak with each other.";
pub const NOTHING_FOUND: &str = "No exchange that is kept is of this kind. New ones show as they come.";
pub const CHOOSE: &str = "Choose an exchange: its bytes show here, and its fields beside them.";
pub const GONE: &str = "This frame is not kept any more, or not sent yet at this moment.";

// ── an exchange ──
pub const UNDER_WAY: &str = "under way";
pub const WAITS: &str = "waits";
pub const SILENT: &str = "no answer";
pub const BROKEN: &str = "broken off";

/// What an exchange is called.
pub fn between(from: &str, to: &str, api: &str, version: i16) -> String {
    format!("{from} to {to}, {api} v{version}")
}

pub fn broker(id: &str) -> String {
    format!("broker {id}")
}

pub fn controller(id: &str) -> String {
    format!("controller {id}")
}

/// Before a node's number, for those who hear it.
pub const BROKER: &str = "broker ";
pub const CONTROLLER: &str = "controller ";

pub fn bytes_both(out: u32, back: Option<u32>) -> String {
    match back {
        Some(back) => format!("{}, {} B", number(out.into()), number(back.into())),
        None => format!("{} B", number(out.into())),
    }
}

pub fn took(us: u64) -> String {
    span(Duration::from_micros(us))
}

/// How often an error is in a response.
pub fn error_times(name: &str, count: u32) -> String {
    if count > 1 { format!("{name} ×{count}") } else { name.to_owned() }
}

/// The list stands still while one points at it.
pub fn held(newer: u64) -> String {
    format!("held while you are at it, {} newer frames", number(newer as i64))
}

pub fn kept(frames: u64, bytes: u64) -> String {
    format!("the last {} frames are kept, {} KB", number(frames as i64), number((bytes / 1_024) as i64))
}

// ── a frame ──
pub const REQUEST: &str = "Request";
pub const RESPONSE: &str = "Response";
pub const WHICH: &str = "Which frame";
pub const BYTES: &str = "Bytes";
pub const FIELDS: &str = "Fields";
pub const BACK: &str = "Back to the list";
pub const MORE_ACTS: &str = "Filter, copy, why";
pub const NO_RESPONSE: &str = "There is no response so far.";
pub const COPIED: &str = "Copied.";
pub const NOT_COPIED: &str = "The browser did not let this page write to the clipboard.";

pub fn inflated(codec: &str, bytes: u32) -> String {
    format!("{codec}, inflated: {} B", number(bytes.into()))
}

pub fn first_bytes(shown: usize, all: u32) -> String {
    format!("The first {} of {} bytes.", number(shown as i64), number(all.into()))
}

pub fn size(bytes: u32) -> String {
    format!("{} B", number(bytes.into()))
}

pub fn version(version: &str) -> String {
    format!("v{version}")
}

/// A field's type and bytes.
pub fn at_bytes(kind: &str, start: u32, end: u32) -> String {
    match end - start {
        0 => format!("{kind}, no bytes"),
        1 => format!("{kind}, byte {start}"),
        count => format!("{kind}, bytes {start} to {} ({})", end - 1, number(count.into())),
    }
}

pub const MORE_FIELDS: &str = "There are more fields than are told here.";

pub fn unreadable(why: &str) -> String {
    format!("It cannot be read to its end: {why}")
}

// ── what can be done with one ──
pub fn only(what: &str) -> String {
    format!("Only {what}")
}

pub fn only_between(one: &str, other: &str) -> String {
    format!("Only between {one} and {other}")
}

pub const ALL_FRAMES: &str = "All exchanges";
pub const WHY_SENT: &str = "Why was it sent?";
pub const GO_THERE: &str = "Go to the moment that it was sent";
pub const COPY_HEX: &str = "Copy the bytes as hex";
pub const ITS_FRAMES: &str = "Show its frames";

/// Filters that are offered; their words are the filter's own.
pub const OFFERS: [&str; 10] = [
    "api = Produce",
    "api != Fetch and api != Heartbeat",
    "error = any",
    "from = c1",
    "from = broker and to = broker",
    "to = controller",
    "group = billing",
    "latency > 100ms",
    "state = waiting",
    "\"user-42\"",
];

/// Goes to the record on its tape.
pub fn record_at(topic: &str, partition: i32, offset: i64) -> String {
    format!("{topic} {partition} @ {offset}")
}

/// `{0}`: the record.
pub const ON_TAPE: &str = "On the tape: {0}";
