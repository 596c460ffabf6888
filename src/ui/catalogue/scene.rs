//! What the stage says: tapes, strips, lanes, members' lines, brokers and links.

use crate::base::NodeId;
use crate::ui::words::number;
use crate::view::{RecordKind, RecordView};

/// Partitions whose records wait to be read, by number: "24, 25, 26 lag 8 825".
pub fn late(partitions: &str, lag: i64) -> String {
    format!("{partitions} lag {}", number(lag))
}

/// A strip's name.
pub fn strip(partition: i32, leader: Option<NodeId>) -> String {
    match leader {
        Some(leader) => format!("partition {partition}, leader broker {leader}"),
        None => format!("partition {partition}, no leader"),
    }
}

/// Of a strip that stands for several partitions.
pub fn bin(first: i32, last: i32) -> String {
    format!("partitions {first} to {last}")
}

/// A record in full: what a cell says to who points at it.
pub fn record(record: &RecordView) -> String {
    let key = record.key.as_deref().unwrap_or("no key");
    let value = match (record.kind, record.value.as_deref()) {
        (RecordKind::Control, _) => "written by a broker",
        (_, Some(value)) => value,
        (_, None) => "null: a tombstone",
    };
    let again = record.repeats.map(|first| format!("\nthe same as offset {first}: sent again")).unwrap_or_default();
    format!("offset {}\n{key}\n{value}{again}", record.offset)
}

/// How many records there are beyond a tape that was moved.
pub fn newer(count: i64) -> String {
    format!("{} newer", number(count))
}

// ── the legend ──
pub const TOMBSTONE: &str = "tombstone";
pub const DUPLICATE: &str = "duplicate";
pub const COMPACTED: &str = "compacted";

/// What leads back over a tape, to the log's begin at the farthest.
pub fn older(log_start: i64) -> String {
    format!("Older records, from offset {log_start}")
}

/// A member's line: what it owns is named, how late it is stands beside it.
pub fn member_line(label: &str, condition: &str, partitions: &str) -> String {
    let owns = if partitions.is_empty() { "nothing" } else { partitions };
    if condition.is_empty() { format!("{label}, owns {owns}") } else { format!("{label}, {condition}, owns {owns}") }
}
