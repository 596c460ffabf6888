//! What fits on a cell: keys, values and offsets in few letters. Numbers and times are the catalogue's, and are reached from here as well.

pub use super::catalogue::numbers::{clock, face, number, rate, seconds, span, speed};

/// What fits on a cell of a key: all that its topic's keys do not share, or its telling end.
pub fn label(key: &str, prefix: &str, room: usize) -> String {
    if key.is_empty() {
        return "\"\"".to_owned();
    }
    // While a topic has no keys yet, a key's own prefix is left out.
    let tail = || key.rfind(|c: char| !c.is_alphanumeric()).and_then(|at| key.get(at + 1..));
    let shared = if prefix.is_empty() && key.chars().count() > room { tail() } else { key.strip_prefix(prefix) };
    let own = shared.filter(|rest| !rest.is_empty()).unwrap_or(key);
    let length = own.chars().count();
    if length <= room {
        own.to_owned()
    } else if own.chars().all(|c| c.is_ascii_digit()) {
        own.chars().skip(length - room).collect()
    } else {
        own.chars().take(room).collect()
    }
}

/// What fits on a cell of a record without a key: the first letters of its value.
pub fn initials(value: Option<&str>, room: usize) -> String {
    value.unwrap_or_default().chars().filter(|c| c.is_alphanumeric()).take(room).collect()
}

/// The offset under a cell: in full under 100 and on tens, else its last digit.
pub fn offset(offset: i64) -> String {
    if offset < 100 || offset % 10 == 0 { offset.to_string() } else { (offset % 10).to_string() }
}
