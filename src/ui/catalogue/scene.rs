//! What the stage says: tapes, strips, lanes, members' lines, brokers and links.

use super::common::partitions;
use super::numbers::{counted, number};
use crate::base::NodeId;
use crate::ui::state::Sorting;
use crate::view::{RecordKind, RecordView, Unsettled};

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

/// Of a strip that stands for several partitions, by number: "3–5".
pub fn bin(partitions: &str) -> String {
    format!("partitions {partitions}")
}

/// How fast partitions grow, by number: "24, 25 1 200/min".
pub fn written(partitions: &str, per_minute: i64) -> String {
    format!("{partitions} {}/min", number(per_minute))
}

// ── strips, for fingers ──
pub const GO_TO: &str = "partition";
pub const STRIP_BEFORE: &str = "The strip before";
pub const STRIP_AFTER: &str = "The strip after";

/// A reach of records has begun with one.
pub const TO_HERE: &str = "Now press the last record to take, on the same tape.";

pub fn reach(topic: &str) -> String {
    format!("Partitions of {topic}")
}

pub fn of_all(count: usize) -> String {
    format!("of {}, or touch the strips", number(i64::try_from(count).unwrap_or_default()))
}

// ── the order of strips ──
pub const SORT: &str = "What the strips are ordered by";

pub fn sort_of(topic: &str) -> String {
    format!("Order of {topic}'s partitions")
}

pub const fn sorting(by: Sorting) -> &'static str {
    match by {
        Sorting::Partition => "by partition",
        Sorting::Lag => "by lag",
        Sorting::Leader => "by leader",
        Sorting::Rate => "by rate",
    }
}

pub fn sort_by(by: Sorting) -> String {
    format!("Order strips {}", sorting(by))
}

/// A record in full: what a cell says to who points at it.
pub fn record(record: &RecordView) -> String {
    let key = match record.key.as_deref() {
        _ if record.kind.is_control() => WRITTEN_BY_BROKER,
        None => "no key",
        Some("") => "empty key",
        Some(key) => key,
    };
    let value = match (record.kind, record.value.as_deref()) {
        (RecordKind::Control, _) => CONTROL,
        (RecordKind::Commit, _) => COMMIT,
        (RecordKind::Abort, _) => ABORT,
        (_, Some("")) => "empty value",
        (_, Some(value)) => value,
        (_, None) => "null: a tombstone",
    };
    let again = record.repeats.map(|first| format!("\nthe same as offset {first}: sent again")).unwrap_or_default();
    let fate = record.transaction.map(|fate| format!("\n{}", unsettled(fate))).unwrap_or_default();
    format!("offset {}\n{key}\n{value}{again}{fate}", record.offset)
}

/// What a record's transaction is in.
pub const fn unsettled(fate: Unsettled) -> &'static str {
    match fate {
        Unsettled::Open => "in an open transaction",
        Unsettled::Aborted => ABORTED,
    }
}

/// How many records there are beyond a tape that was moved.
pub fn newer(count: i64) -> String {
    format!("{} newer", number(count))
}

/// A record that the chosen frame carries, by its name.
pub fn in_frame(name: &str) -> String {
    format!("{name}, in the chosen frame")
}

// ── the legend ──
pub const MARKS: &str = "Marks";
pub const COMMITTED: &str = "committed";
pub const UNCOMMITTED: &str = "uncommitted";
pub const COMMITTED_OFFSET: &str = "committed offset";
pub const POSITION: &str = "position";
pub const TOMBSTONE: &str = "tombstone";
pub const DUPLICATE: &str = "duplicate";
pub const ABORTED: &str = "in an aborted transaction";
/// In the legend: [`ABORTED`] says it in full.
pub const ABORTED_MARK: &str = "aborted";
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

// ── topics ──
pub const TOPICS: &str = "Topics";
pub const CREATE_TOPIC: &str = "Create topic";
pub const THREADS_OF: &str = "Threads of";
pub const HIDE_INTERNAL: &str = "Hide internal topics";

pub fn show_internal(count: usize) -> String {
    format!("Show {}", counted(count, "internal topic"))
}

/// A topic's grid of partitions.
pub fn grid(topic: &str, count: usize) -> String {
    format!("{topic}, {}", partitions(count))
}

/// "3 partitions, RF 3, min ISR 2".
pub fn shape(count: usize, replication_factor: i16, min_isr: i32) -> String {
    let min_isr = if replication_factor > 1 { format!(", min ISR {min_isr}") } else { String::new() };
    format!("{}, RF {replication_factor}{min_isr}", partitions(count))
}

pub fn keys(prefix: &str) -> String {
    format!("keys {prefix}…")
}

pub fn unread(group: &str) -> String {
    format!("unread by {group}")
}

// ── deleting one ──
pub const DELETE: &str = "Delete topic";
pub const KEEP: &str = "Keep it";

pub fn delete(topic: &str) -> String {
    format!("Delete {topic}?")
}

/// `{0}`: the topic, `{1}`: [`records`](super::common::records).
pub const DELETE_SURE: &str = "Delete {0} and its {1}? Clients that still use it may have it created again, empty.";

// ── partitions ──
/// A row's name; `replicas` and `alarm` are said of it.
pub fn row(topic: &str, partition: i32, replicas: &str, alarm: Option<&str>, log_start: i64, log_end: i64) -> String {
    let alarm = alarm.map(|alarm| format!(", {alarm}")).unwrap_or_default();
    format!("{topic} partition {partition}, {replicas}{alarm}, offsets {log_start} to {log_end}")
}

pub fn high_watermark(offset: i64) -> String {
    format!("HW {offset}")
}

pub fn log_end(offset: i64) -> String {
    format!("LEO {offset}")
}

pub fn epoch(epoch: i32, leader: Option<i32>) -> String {
    leader.map_or_else(|| format!("epoch {epoch}"), |leader| format!("epoch {epoch}: leader {leader}"))
}

pub const NO_LEADER: &str = "no leader";
pub const REASSIGNING: &str = "reassigning";

pub fn too_few(in_sync: usize, min_isr: i32) -> String {
    format!("{in_sync} of min {min_isr} in sync")
}

// ── a group's lane ──
pub const NOTHING_COMMITTED: &str = "nothing committed";
pub const NO_COMMIT: &str = "no commit";
/// `{0}`: how many records.
pub const LAG: &str = "lag {0}";

pub fn committed(offset: i64) -> String {
    format!("committed {}", number(offset))
}

pub fn behind(records: i64) -> String {
    format!("{} behind", number(records))
}

/// Before a partition's owner: the member from whom it moves.
pub fn moves_from(member: &str) -> String {
    format!("{member} → ")
}

// ── a record's cell ──
/// On a record that a broker wrote.
pub const CONTROL_FACE: &str = "i";
pub const COMMIT_FACE: &str = "C";
pub const ABORT_FACE: &str = "A";
pub const WRITTEN_BY_BROKER: &str = "written by a broker";
pub const CONTROL: &str = "control record";
pub const COMMIT: &str = "transaction marker, commit";
pub const ABORT: &str = "transaction marker, abort";

pub fn gone(offset: i64, why: &str) -> String {
    format!("offset {offset} was compacted away: {why}")
}

/// A record's name in full: "offset 148, key user-42, committed". Of what a broker wrote, or is in a transaction that is not committed, only
/// that is said, once it is replicated.
pub fn cell(record: &RecordView, committed: bool) -> String {
    let key = match record.key.as_deref() {
        _ if record.kind.is_control() => None,
        None => Some("no key".to_owned()),
        Some("") => Some("empty key".to_owned()),
        Some(key) => Some(format!("key {key}")),
    };
    let kind = match (record.kind, record.repeats) {
        (RecordKind::Tombstone, _) => Some(TOMBSTONE),
        (RecordKind::Control, _) => Some(CONTROL),
        (RecordKind::Commit, _) => Some(COMMIT),
        (RecordKind::Abort, _) => Some(ABORT),
        (RecordKind::Data, Some(_)) => Some(DUPLICATE),
        (RecordKind::Data, None) => None,
    };
    let state = match (committed, record.kind.is_control() || record.transaction.is_some()) {
        (false, _) => Some(UNCOMMITTED),
        (true, false) => Some(COMMITTED),
        (true, true) => None,
    };
    let parts = [kind, record.transaction.map(unsettled), state].into_iter().flatten().map(str::to_owned);
    [format!("offset {}", record.offset)].into_iter().chain(key).chain(parts).collect::<Vec<_>>().join(", ")
}
