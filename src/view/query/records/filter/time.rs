//! Times as a person writes them in a filter.

use crate::playground::scenario::read_moment;

/// How times may be written, for whoever wrote one otherwise.
pub const FORMS: &str = "a time of the session (00:03:21.350), a date (2026-01-01T00:03:21Z), or ms since 1970";

/// A time as a person writes it ([`FORMS`]), in ms since 1970. None where it is no time.
pub fn read(text: &str, epoch_ms: i64) -> Option<i64> {
    if let Some(at) = read_moment(text) {
        return epoch_ms.checked_add_unsigned(at.as_millis());
    }
    if text.len() >= 5 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let (date, clock) = text.split_once(['T', ' ']).unwrap_or((text, "00:00:00"));
    let days = days(date)?;
    let clock = read_moment(clock.strip_suffix('Z').unwrap_or(clock)).filter(|_| clock.len() >= 8)?.as_millis();
    (clock < 86_400_000).then(|| days.checked_mul(86_400_000)?.checked_add_unsigned(clock))?
}

/// Days since 1970 of a date of the Gregorian calendar, `2026-01-01`.
fn days(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-').map(|part| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i64>().ok())?);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years that begin with March have their leap day at the end.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1 - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EPOCH: i64 = 1_767_225_600_000;

    #[test]
    fn times_are_of_the_session_or_of_the_world() {
        for (text, expected) in [
            ("00:03:00", EPOCH + 180_000),
            ("03:21.35", EPOCH + 201_350),
            ("2026-01-01", EPOCH),
            ("2026-01-01T00:00:01.5Z", EPOCH + 1_500),
            ("2024-02-29", 1_709_164_800_000),
            ("1970-01-01T00:00:00", 0),
            ("1767225600001", EPOCH + 1),
        ] {
            assert_eq!(read(text, EPOCH), Some(expected), "{text}");
        }
        for wrong in ["", "noon", "12", "2026-13-01", "2026-01-01T25:00:00", "2026-01-01T1:0", "26-01-01"] {
            assert_eq!(read(wrong, EPOCH), None, "{wrong}");
        }
    }
}
