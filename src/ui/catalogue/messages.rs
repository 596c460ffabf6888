//! The tab Messages: records, how they are looked for, and what can be done with them.

use super::numbers::{counted, number};
use crate::view::Unsettled;

pub const TITLE: &str = "Messages";
pub const TOPIC: &str = "Topic";
pub const PARTITION: &str = "Partition";
pub const ALL_PARTITIONS: &str = "all partitions";
pub const START: &str = "Begin at";
pub const NEWEST: &str = "newest";
pub const OLDEST: &str = "oldest";
pub const OFFSET: &str = "offset…";
pub const TIME: &str = "time…";
pub const OFFSET_AT: &str = "Offset";
pub const TIME_AT: &str = "Time";
pub const TIME_EXAMPLE: &str = "00:03:00";
pub const FILTER: &str = "Filter";
pub const FILTER_EXAMPLE: &str = "key = user-42";
pub const EXAMPLES: &str = "What a filter can say";
pub const EXAMPLES_ARE: &str = "Tests are joined by and, or, not and parentheses. =, !=, <, <=, >, >=, contains and starts compare. A word alone is looked for everywhere.";
pub const DECODING: &str = "Show as";
pub const AUTO: &str = "auto";
pub const TEXT: &str = "text";
pub const JSON: &str = "JSON";
pub const HEX: &str = "hex";
pub const LIVE: &str = "Live";
pub const LIVE_IS: &str = "Shows new records as they are written";
pub const EXPORT: &str = "Export";
pub const EXPORTS: &str = "All records that pass the filter.";
pub const JSON_LINES: &str = "JSON lines";
pub const CSV: &str = "CSV";
pub const MORE: &str = "More";
pub const STOP: &str = "Stop";
pub const NO_TOPIC: &str = "There is no topic yet. Create one, and its records show here.";
pub const NOT_A_NUMBER: &str = "An offset is a whole number.";
pub const EMPTY: &str = "No record passes.";
pub const NOTHING_WRITTEN: &str = "Nothing is written yet: publish a record, or start a producer.";

// ── columns ──
pub const COLUMN_PARTITION: &str = "partition";
pub const COLUMN_OFFSET: &str = "offset";
pub const COLUMN_TIME: &str = "time";
pub const COLUMN_KEY: &str = "key";
pub const COLUMN_VALUE: &str = "value";
pub const COLUMN_HEADERS: &str = "headers";
pub const COLUMN_SIZE: &str = "size";
pub const TOMBSTONE: &str = "null (tombstone)";
pub const CONTROL: &str = "marker of a transaction";
pub const UNCOMMITTED: &str = "not committed yet";

// ── one record ──
pub const VALUE: &str = "Value";
pub const NO_VALUE: &str = "null: a tombstone";
pub const EMPTY_VALUE: &str = "empty: no bytes, which is not null";
pub const GONE: &str = "This record is not in the log: it was removed, or is not written yet at this moment.";
pub const WRITTEN: &str = "written";
pub const BY_BROKER: &str = "LogAppendTime";
pub const BY_PRODUCER: &str = "CreateTime";
pub const BATCH: &str = "batch";
pub const PRODUCER: &str = "producer";
pub const COPY_VALUE: &str = "Copy value";
pub const COPIED: &str = "Copied.";
pub const NOT_COPIED: &str = "The browser did not let this page write to the clipboard.";
pub const EDIT: &str = "Edit in Publish";
pub const REPLAY: &str = "Replay";
pub const REPLAY_TO: &str = "Replay to topic";
pub const WHOLE: &str = "Show all of it";
pub const ON_ITS_WAY: &str = "On its way…";

pub fn records_of(topic: &str) -> String {
    format!("Records of {topic}")
}

/// A row's name; `fate`: what its transaction is in, where that is not committed.
pub fn row(partition: i32, offset: i64, key: Option<&str>, fate: Option<&str>) -> String {
    let name = match key {
        Some("") => format!("partition {partition}, offset {offset}, empty key"),
        Some(key) => format!("partition {partition}, offset {offset}, key {key}"),
        None => format!("partition {partition}, offset {offset}, no key"),
    };
    fate.map_or_else(|| name.clone(), |fate| format!("{name}, {fate}"))
}

/// What its transaction is in, in a word before its value.
pub const fn fate(of: Unsettled) -> &'static str {
    match of {
        Unsettled::Open => "open transaction",
        Unsettled::Aborted => "aborted",
    }
}

/// The same in a sentence, and what follows for who reads.
pub const fn transaction(of: Unsettled) -> &'static str {
    match of {
        Unsettled::Open => "in an open transaction: read_committed consumers wait for its end",
        Unsettled::Aborted => "in an aborted transaction: read_committed consumers pass over it",
    }
}

/// How far a look has got.
pub fn progress(found: usize, looked_at: u64, left: u64, filtered: bool) -> String {
    let (looked_at, left) = (i64::try_from(looked_at).unwrap_or(i64::MAX), i64::try_from(left).unwrap_or(i64::MAX));
    match (filtered, left) {
        (false, 0) => counted(found, "record"),
        (false, left) => format!("{} of {}", number(found as i64), number((found as i64).saturating_add(left))),
        (true, 0) => format!("{} of {}", number(found as i64), number(looked_at)),
        (true, left) => format!("{} of {}, {} to go", number(found as i64), number(looked_at), number(left)),
    }
}

/// The same in full.
pub fn progress_in_full(found: usize, looked_at: u64, left: u64) -> String {
    let (looked_at, left) = (i64::try_from(looked_at).unwrap_or(i64::MAX), i64::try_from(left).unwrap_or(i64::MAX));
    format!("{} shown, {} looked at, {} not looked at", counted(found, "record"), number(looked_at), number(left))
}

pub fn unreadable(batches: u32) -> String {
    format!("{} could not be read", counted(batches as usize, "batch"))
}

pub fn exported(records: u64) -> String {
    format!("{} written to the file", counted(usize::try_from(records).unwrap_or(usize::MAX), "record"))
}

pub fn export_cut(records: u64) -> String {
    format!("The file ends after {}: narrow the filter for the rest.", counted(usize::try_from(records).unwrap_or(usize::MAX), "record"))
}

pub fn bytes(count: u32) -> String {
    format!("{} B", number(i64::from(count)))
}

pub fn cut(shown: usize, all: u32) -> String {
    format!("The first {} of {} B.", number(shown as i64), number(i64::from(all)))
}

pub fn batch(offset: i64, records: i32, codec: &str) -> String {
    format!("from offset {offset}, {}, {codec}", counted(usize::try_from(records).unwrap_or_default(), "record"))
}

pub fn producer(id: i64, epoch: i16, sequence: i32) -> String {
    format!("id {id}, epoch {epoch}, sequence {sequence}")
}

pub fn replayed(topic: &str, partition: i32, offset: Option<i64>) -> String {
    match offset {
        Some(offset) => format!("Written to {topic} {partition} at offset {offset}."),
        None => format!("Sent to {topic} {partition}."),
    }
}

// ── the frame that brought a record ──
pub const BROUGHT_BY: &str = "Brought by";
pub const NO_FRAME: &str = "No Produce request that is kept has brought it.";

pub fn frame_of(api: &str, from: &str, frame: u64) -> String {
    format!("{api} of {from}, frame {frame}")
}

/// A filter, in the words that filters have in every language.
pub fn offsets(first: i64, last: i64) -> String {
    format!("offset >= {first} and offset <= {last}")
}
