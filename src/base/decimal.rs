//! Numbers with a fraction, as a person writes them.

/// The number that `text` says, as `f64`'s `FromStr` has it: the one nearest to what is written.
#[cfg(not(target_arch = "wasm32"))]
pub fn decimal(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// The number that `text` says, as `f64`'s `FromStr` has it. A browser reads it alike, and has the tables for it that the module need not bring.
#[cfg(target_arch = "wasm32")]
pub fn decimal(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if is_decimal(unsigned) {
        return Some(js_sys::parse_float(text));
    }
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    match unsigned.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => Some(f64::INFINITY * sign),
        "nan" => Some(f64::NAN),
        _ => None,
    }
}

/// Digits, with a point or an exponent.
#[cfg(any(test, target_arch = "wasm32"))]
fn is_decimal(text: &str) -> bool {
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    are_digits(whole) && are_digits(fraction) && are_digits(power) && !power.is_empty() && whole.len() + fraction.len() > 0
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_no_number_is_known_by_its_looks(text in "[0-9.eE+x -]{0,8}") {
            let unsigned = text.strip_prefix(['+', '-']).unwrap_or(&text);
            prop_assert_eq!(is_decimal(unsigned), decimal(&text).is_some(), "{}", text);
        }
    }
}
