//! Numbers, spans of time and rates as this language writes them: what parts thousands and decimals, the names of units, plurals.

use crate::base::{Duration, Instant};

/// Thousands parted by a thin space: `641 203`.
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// `1 partition`, `3 partitions`.
pub fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {one}s", number(n as i64)) }
}

/// A clock's face: hours, minutes and seconds, and apart from them the milliseconds.
pub fn clock(now: Instant) -> (String, String) {
    let ms = now.as_millis();
    (format!("{:02}:{:02}:{:02}", ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60), format!(".{:03}", ms % 1_000))
}

/// A clock's face with its milliseconds.
pub fn face(at: Instant) -> String {
    let (face, millis) = clock(at);
    format!("{face}{millis}")
}

/// A span in the unit that fits: `0.412 s`, `2.1 ms`.
pub fn span(span: Duration) -> String {
    let us = span.as_micros();
    match us {
        0..10_000 => format!("{}.{} ms", us / 1_000, us % 1_000 / 100),
        10_000..100_000 => format!("{} ms", us / 1_000),
        100_000..10_000_000 => format!("{}.{:03} s", us / 1_000_000, us / 1_000 % 1_000),
        10_000_000..120_000_000 => format!("{}.{} s", us / 1_000_000, us / 100_000 % 10),
        _ => format!("{} min {} s", us / 60_000_000, us / 1_000_000 % 60),
    }
}

/// Seconds with one decimal: `0.8 s`.
pub fn seconds(span: Duration) -> String {
    let ms = span.as_millis();
    format!("{}.{} s", ms / 1_000, ms / 100 % 10)
}

/// A speed in tenths: `0.1×`, `100×`.
pub fn speed(tenths: u32) -> String {
    if tenths.is_multiple_of(10) { format!("{}×", tenths / 10) } else { format!("{}.{}×", tenths / 10, tenths % 10) }
}

/// A rate: `2.1/s`.
pub fn rate(per_minute: u32) -> String {
    let tenths = per_minute / 6;
    if tenths.is_multiple_of(10) || tenths >= 1_000 {
        format!("{}/s", number(i64::from(tenths / 10)))
    } else {
        format!("{}.{}/s", tenths / 10, tenths % 10)
    }
}
