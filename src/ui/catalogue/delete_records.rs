//! Deleting records before an offset.

use super::numbers::{counted, number};

pub fn title(topic: &str, partition: i32) -> String {
    format!("Delete records of {topic} {partition}")
}

/// Leads to the form.
pub const OPEN: &str = "Delete records before offset…";
pub const LEAD: &str = "As kafka-delete-records.sh does it: the log begins at another offset on all replicas. What lies before can no longer be read by anyone.";
pub const FORM: &str = "Delete records";
pub const BEFORE: &str = "before offset";
pub const ALL: &str = "All that is committed";
pub const DELETE: &str = "Delete records";
pub const NO_OFFSET: &str = "An offset: 0, 1, 2, …";

pub fn beyond(high_watermark: i64) -> String {
    format!("Only what is committed can be deleted: up to the high watermark, {}.", number(high_watermark))
}

pub fn nothing(log_start: i64) -> String {
    format!("Nothing would go: the log begins at {}.", number(log_start))
}

pub fn goes(log_start: i64, before: i64) -> String {
    let count = counted(usize::try_from(before - log_start).unwrap_or_default(), "offset");
    format!("{count} would go, {} to {}. The log would begin at {}.", number(log_start), number(before - 1), number(before))
}

/// A group that has not read all of what would go.
pub fn unread(group: &str, count: i64, before: i64) -> String {
    format!(
        "{group} has not read {} of them. It would never: its consumers find their offset out of range, and go on where auto.offset.reset says ({} at the earliest).",
        number(count),
        number(before)
    )
}
