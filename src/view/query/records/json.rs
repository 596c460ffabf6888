//! JSON as it stands in a record: checked, indented and looked into, without changing a number or the order of names.

use std::cmp::Ordering;

/// How deep values may lie in each other.
const DEPTH_MAX: usize = 128;

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Name(String),
    Index(usize),
    /// Every member of an object or array.
    Any,
}

/// The text indented by two spaces; none where it is not JSON.
pub(super) fn pretty(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len().saturating_mul(2));
    let mut scanner = Scanner { text, at: 0 };
    scanner.value(0, Some(&mut out))?;
    scanner.space();
    (scanner.at == text.len()).then_some(out)
}

/// Whether the path leads to a value, as it stands there, of which `is_it` says yes. No where the text is not JSON.
pub(super) fn leads_to<'a>(text: &'a str, path: &[Step], is_it: &mut dyn FnMut(&'a str) -> bool) -> bool {
    Scanner { text, at: 0 }.find(0, path, is_it).unwrap_or(false)
}

/// A JSON string's content; none where it is no string.
pub(super) fn string(raw: &str) -> Option<String> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') { serde_json::from_str(raw).ok() } else { Some(inner.to_owned()) }
}

/// Compares two numbers by their digits, so that none is too long to be told from its neighbour. None where one is no number.
pub(super) fn compare_numbers(one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (decimal(one)?, decimal(other)?);
    let sign = |number: &Decimal| {
        if number.digits.is_empty() {
            0
        } else if number.negative {
            -1
        } else {
            1
        }
    };
    let size = || one.exponent.cmp(&other.exponent).then_with(|| one.digits.cmp(&other.digits));
    Some(sign(&one).cmp(&sign(&other)).then_with(|| match sign(&one) {
        0 => Ordering::Equal,
        1 => size(),
        _ => size().reverse(),
    }))
}

/// ± 0.digits × 10^exponent; without zeros at either end.
struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

fn decimal(text: &str) -> Option<Decimal> {
    let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0');
    let leading = i64::try_from(digits.len() - significant.len()).ok()?;
    let exponent = exponent.parse::<i64>().ok()?.saturating_add(i64::try_from(whole.len()).ok()?).saturating_sub(leading);
    Some(Decimal { negative, digits: significant.trim_end_matches('0').to_owned(), exponent })
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn eats(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    /// What comes next, without the space before it.
    fn next_is(&mut self, byte: u8) -> bool {
        self.space();
        self.eats(byte)
    }

    /// A string with its quotes.
    fn string(&mut self) -> Option<&'a str> {
        let from = self.at;
        if !self.eats(b'"') {
            return None;
        }
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.escape()?,
                0..0x20 => return None,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        self.text.get(from..self.at)
    }

    fn escape(&mut self) -> Option<()> {
        let escaped = *self.text.as_bytes().get(self.at + 1)?;
        let is_hex = |at: usize| self.text.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
        self.at += match escaped {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
            b'u' if (2..6).all(|n| is_hex(self.at + n)) => 6,
            _ => return None,
        };
        Some(())
    }

    /// A number, true, false or null.
    fn scalar(&mut self) -> Option<&'a str> {
        let from = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'E')) {
            self.at += 1;
        }
        let text = self.text.get(from..self.at)?;
        let digits = text.strip_prefix('-').unwrap_or(text);
        let leading_zero = digits.len() > 1 && digits.starts_with('0') && digits.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        (matches!(text, "true" | "false" | "null") || decimal(text).is_some() && !leading_zero).then_some(text)
    }

    /// Reads a value, and writes it indented where `out` is there.
    fn value(&mut self, depth: usize, mut out: Option<&mut String>) -> Option<()> {
        if depth > DEPTH_MAX {
            return None;
        }
        self.space();
        let close = match self.peek()? {
            b'{' => b'}',
            b'[' => b']',
            first => {
                let text = if first == b'"' { self.string()? } else { self.scalar()? };
                write(&mut out, text);
                return Some(());
            }
        };
        write(&mut out, if close == b'}' { "{" } else { "[" });
        self.at += 1;
        let mut empty = true;
        if !self.next_is(close) {
            empty = false;
            loop {
                line(&mut out, depth + 1);
                if close == b'}' {
                    self.space();
                    let name = self.string()?;
                    write(&mut out, name);
                    write(&mut out, ": ");
                    if !self.next_is(b':') {
                        return None;
                    }
                }
                self.value(depth + 1, out.as_deref_mut())?;
                if self.next_is(close) {
                    break;
                }
                if !self.eats(b',') {
                    return None;
                }
                write(&mut out, ",");
            }
        }
        if !empty {
            line(&mut out, depth);
        }
        write(&mut out, if close == b'}' { "}" } else { "]" });
        Some(())
    }

    fn find(&mut self, depth: usize, path: &[Step], is_it: &mut dyn FnMut(&'a str) -> bool) -> Option<bool> {
        self.space();
        let Some((step, rest)) = path.split_first() else {
            let from = self.at;
            self.value(depth, None)?;
            return Some(is_it(self.text.get(from..self.at)?));
        };
        let close = match self.peek()? {
            b'{' => b'}',
            b'[' => b']',
            _ => return self.value(depth, None).map(|()| false),
        };
        self.at += 1;
        if depth > DEPTH_MAX || self.next_is(close) {
            return Some(false);
        }
        for index in 0.. {
            let here = if close == b'}' {
                self.space();
                let raw = self.string()?;
                if !self.next_is(b':') {
                    return None;
                }
                match step {
                    Step::Name(name) => string(raw).as_ref() == Some(name),
                    Step::Any => true,
                    Step::Index(_) => false,
                }
            } else {
                matches!(step, Step::Any) || *step == Step::Index(index)
            };
            if here {
                if self.find(depth + 1, rest, is_it)? {
                    return Some(true);
                }
            } else {
                self.value(depth + 1, None)?;
            }
            if self.next_is(close) {
                break;
            }
            if !self.eats(b',') {
                return None;
            }
        }
        Some(false)
    }
}

fn write(out: &mut Option<&mut String>, text: &str) {
    if let Some(out) = out {
        out.push_str(text);
    }
}

fn line(out: &mut Option<&mut String>, depth: usize) {
    if let Some(out) = out {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_and_order_stay_as_they_are() {
        let text = r#"{"z":1.0,"a":[12345678901234567890,{}, []],"e":-1E+2, "s":"a\"\u00fc"}"#;
        let pretty = pretty(text).expect("JSON");
        assert_eq!(
            pretty,
            "{\n  \"z\": 1.0,\n  \"a\": [\n    12345678901234567890,\n    {},\n    []\n  ],\n  \"e\": -1E+2,\n  \"s\": \"a\\\"\\u00fc\"\n}"
        );
    }

    #[test]
    fn what_is_no_json_is_not_indented() {
        for wrong in ["", "{", "{\"a\"}", "[1,]", "01", "1.", "nul", "\"\\x\"", "\"a\nb\"", "{} {}", "'a'", "-", "+1"] {
            assert_eq!(pretty(wrong), None, "{wrong}");
        }
        assert_eq!(pretty(&format!("{}{}", "[".repeat(5_000), "]".repeat(5_000))), None);
    }

    #[test]
    fn paths_lead_to_values() {
        let text = r#"{"a":{"b":[{"c":1},{"c":"two"}],"x\u0079":true}}"#;
        let name = |name: &str| Step::Name(name.to_owned());
        let found = |path: &[Step]| {
            let mut found = Vec::new();
            leads_to(text, path, &mut |raw| {
                found.push(raw);
                false
            });
            found
        };
        assert_eq!(found(&[name("a"), name("b"), Step::Index(1), name("c")]), ["\"two\""]);
        assert_eq!(found(&[name("a"), name("b"), Step::Any, name("c")]), ["1", "\"two\""]);
        assert_eq!(found(&[name("a"), name("xy")]), ["true"]);
        assert_eq!(found(&[name("a"), name("b"), name("c")]), Vec::<&str>::new());
        assert_eq!(found(&[]), [text]);
    }

    #[test]
    fn numbers_compare_by_all_their_digits() {
        for (one, other, expected) in [
            ("1", "1.0", Ordering::Equal),
            ("1e2", "100", Ordering::Equal),
            ("-0", "0", Ordering::Equal),
            ("9007199254740993", "9007199254740992", Ordering::Greater),
            ("-5", "3", Ordering::Less),
            ("-5", "-3", Ordering::Less),
            ("0.01", "0.1", Ordering::Less),
            ("10", "9", Ordering::Greater),
        ] {
            assert_eq!(compare_numbers(one, other), Some(expected), "{one} {other}");
        }
        assert_eq!(compare_numbers("one", "1"), None);
    }

    proptest! {
        #[test]
        fn it_is_json_where_others_say_so(text in "[\\[\\]{}\",: 0-9a.eE+tfnul\\\\-]{0,24}") {
            prop_assert_eq!(pretty(&text).is_some(), serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok(), "{}", text);
        }
    }
}
