//! Times as a person writes them: `00:12.5` is twelve and a half seconds after the session began, `1:00:00` an hour.

use crate::base::Instant;

/// As short as it can be: minutes, seconds, and of the fraction what there is.
pub(super) fn written(at: Instant) -> String {
    let micros = at.as_micros();
    let (hours, minutes, seconds, rest) = (micros / 3_600_000_000, micros / 60_000_000 % 60, micros / 1_000_000 % 60, micros % 1_000_000);
    let mut text = if hours > 0 { format!("{hours:02}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") };
    if rest > 0 {
        text.push_str(format!(".{rest:06}").trim_end_matches('0'));
    }
    text
}

/// `None` where it is no time.
pub fn read(text: &str) -> Option<Instant> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str, max: usize| !part.is_empty() && part.len() <= max && part.bytes().all(|byte| byte.is_ascii_digit());
    if text.contains('.') && !digits(fraction, 6) {
        return None;
    }
    let micros: u64 = format!("{fraction:0<6}").parse().ok()?;
    let parts: Vec<&str> = whole.split(':').collect();
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(|part| digits(part, 4)) {
        return None;
    }
    let numbers = parts.iter().map(|part| part.parse().ok()).collect::<Option<Vec<u64>>>()?;
    // Only what comes first may be more than a full hour's minutes.
    if numbers.iter().skip(1).any(|number| *number >= 60) {
        return None;
    }
    let seconds = numbers.iter().try_fold(0_u64, |sum, number| sum.checked_mul(60)?.checked_add(*number))?;
    Some(Instant::from_micros(seconds.checked_mul(1_000_000)?.checked_add(micros)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for micros in [0, 1, 500_000, 12_500_000, 59_999_999, 60_000_000, 3_600_000_000, 86_399_000_001] {
            let at = Instant::from_micros(micros);
            assert_eq!(read(&written(at)), Some(at), "{}", written(at));
        }
        assert_eq!(written(Instant::from_micros(12_500_000)), "00:12.5");
    }

    #[test]
    fn what_is_no_time_is_not_read() {
        for wrong in ["", "12", "1:2:3:4", "00:60", "-1:00", "00:1.", "00:01.1234567", "a:b", "00:12,5", "99999:00"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
