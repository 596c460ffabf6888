//! What several parts say.

use super::numbers::counted;

pub const CLOSE: &str = "Close";
pub const NONE: &str = "none";
pub const YES: &str = "yes";
pub const NO: &str = "no";
pub const NULL: &str = "null";
/// No bytes, which is not null.
pub const EMPTY: &str = "empty";
/// In a cell or a sentence where there is nothing to tell.
pub const NOTHING: &str = "–";

/// The name of the button that opens a thing's menu.
pub fn actions(of: &str) -> String {
    format!("{of}: actions")
}

/// A partition's name: "orders 2".
pub fn partition(topic: &str, partition: i32) -> String {
    format!("{topic} {partition}")
}

pub fn partitions(count: usize) -> String {
    counted(count, "partition")
}

pub fn records(count: i64) -> String {
    counted(usize::try_from(count).unwrap_or_default(), "record")
}

pub fn brokers(count: usize) -> String {
    counted(count, "broker")
}
