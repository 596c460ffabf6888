//! A key's, a value's or a header's bytes, and how they are shown: always as text, whatever they are.

use super::json;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt::Write as _;

/// Bytes of a record, the first of them perhaps only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// Shared with the log where they are taken from it.
    #[serde(serialize_with = "as_base64", deserialize_with = "from_base64")]
    pub bytes: bytes::Bytes,
    /// How many there are in the record.
    pub len: u32,
}

fn as_base64<S: Serializer>(bytes: &bytes::Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bytes::Bytes, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD.decode(text).map(Into::into).map_err(D::Error::custom)
}

/// How bytes are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decoding {
    /// As JSON where they are, as text where they are that, else in hex.
    #[default]
    Auto,
    Text,
    Json,
    Hex,
}

impl Decoding {
    pub const ALL: [Self; 4] = [Self::Auto, Self::Text, Self::Json, Self::Hex];
}

/// How many bytes a line of hex shows.
const HEX_LINE: usize = 16;
/// How many bytes of what is no UTF-8 a line shows in hex.
const HEX_SHOWN: usize = 48;

impl Payload {
    /// The first `bytes_max` of some bytes.
    pub(super) fn of(bytes: &bytes::Bytes, bytes_max: usize) -> Self {
        let cut = if bytes.len() <= bytes_max {
            bytes.clone()
        } else {
            bytes::Bytes::copy_from_slice(bytes.get(..bytes_max).unwrap_or_default())
        };
        Self { bytes: cut, len: u32::try_from(bytes.len()).unwrap_or(u32::MAX) }
    }

    /// Some of the record's bytes are not here.
    pub const fn is_cut(&self) -> bool {
        (self.bytes.len() as u64) < self.len as u64
    }

    /// The bytes as UTF-8; none where they are not. A character that was cut in two at the end is left out.
    pub fn text(&self) -> Option<&str> {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => Some(text),
            Err(error) if self.is_cut() && error.error_len().is_none() => std::str::from_utf8(self.bytes.get(..error.valid_up_to())?).ok(),
            Err(_) => None,
        }
    }

    pub fn base64(&self) -> String {
        STANDARD.encode(&self.bytes)
    }

    /// One line for a table: text as it stands, with what moves the pen made visible; else hex.
    pub fn line(&self, decoding: Decoding) -> String {
        let text = if decoding == Decoding::Hex { None } else { self.text() };
        let (mut line, shown) = match text {
            Some(text) => (visible(text, false), text.len()),
            None => {
                let bytes = self.bytes.get(..HEX_SHOWN.min(self.bytes.len())).unwrap_or_default();
                (format!("0x{}", hex(bytes)), bytes.len())
            }
        };
        if (shown as u64) < u64::from(self.len) {
            line.push('…');
        }
        line
    }

    /// All lines. Where the bytes are not what they shall be read as, they are shown as the next best: JSON as text, text as hex.
    pub fn page(&self, decoding: Decoding) -> (Decoding, String) {
        if decoding != Decoding::Hex
            && let Some(text) = self.text()
        {
            let pretty = if decoding == Decoding::Text { None } else { json::pretty(text) };
            return pretty.map_or_else(|| (Decoding::Text, visible(text, true)), |pretty| (Decoding::Json, visible(&pretty, true)));
        }
        (Decoding::Hex, dump(&self.bytes))
    }
}

/// A text in which nothing is hidden: control characters and those that turn the direction of writing stand as what they are.
fn visible(text: &str, lines: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' if lines => out.push(c),
            '\n' => out.push('⏎'),
            '\t' => out.push(' '),
            '\r' if lines => {}
            // The picture of each control character stands at its own place from U+2400 on.
            '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
            '\u{7f}' => out.push('\u{2421}'),
            _ if is_hidden(c) => {
                // Writing to a string does not fail.
                let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

/// Characters without a face that change how others are shown, or that stand there unseen.
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// As digits, without spaces.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().saturating_mul(2));
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// As `hexdump -C` has it: where, sixteen bytes, and their letters.
fn dump(bytes: &[u8]) -> String {
    let mut out = String::new();
    for (line, chunk) in bytes.chunks(HEX_LINE).enumerate() {
        let _ = write!(out, "{:08x} ", line.saturating_mul(HEX_LINE));
        for at in 0..HEX_LINE {
            let gap = if at == HEX_LINE / 2 { "  " } else { " " };
            let _ = match chunk.get(at) {
                Some(byte) => write!(out, "{gap}{byte:02x}"),
                None => write!(out, "{gap}  "),
            };
        }
        out.push_str("  ");
        out.extend(chunk.iter().map(|byte| if (0x20..0x7f).contains(byte) { char::from(*byte) } else { '.' }));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload(bytes: &[u8]) -> Payload {
        Payload::of(&bytes::Bytes::copy_from_slice(bytes), usize::MAX)
    }

    #[test]
    fn bytes_are_shown_as_what_they_are() {
        assert_eq!(payload(b"{\"a\":1}").page(Decoding::Auto), (Decoding::Json, "{\n  \"a\": 1\n}".to_owned()));
        assert_eq!(payload(b"{\"a\":1}").page(Decoding::Text), (Decoding::Text, "{\"a\":1}".to_owned()));
        assert_eq!(payload(b"{\"a\":").page(Decoding::Json), (Decoding::Text, "{\"a\":".to_owned()));
        let (decoding, page) = payload(&[0xff, b'a']).page(Decoding::Json);
        assert_eq!(decoding, Decoding::Hex);
        assert_eq!(page.trim_end(), format!("00000000  ff 61{}.a", " ".repeat(45)));
        assert_eq!(payload(&[0xff, 0]).line(Decoding::Auto), "0xff00");
        assert_eq!(payload(b"hi").line(Decoding::Hex), "0x6869");
    }

    #[test]
    fn nothing_in_a_text_is_hidden() {
        assert_eq!(payload("a\u{202e}b\0\n".as_bytes()).line(Decoding::Auto), "a⟨U+202E⟩b␀⏎");
        assert_eq!(payload("a\r\nb\u{200b}".as_bytes()).page(Decoding::Text).1, "a\nb⟨U+200B⟩");
    }

    #[test]
    fn a_cut_is_told_and_breaks_no_letter() {
        let cut = Payload::of(&bytes::Bytes::from("aü"), 2);
        assert!(cut.is_cut());
        assert_eq!(cut.line(Decoding::Auto), "a…");
        assert_eq!(payload(&[b'a', 0xc3]).text(), None);
    }

    #[test]
    fn bytes_survive_json() {
        let one = payload(&[0, 255, 7]);
        let text = serde_json::to_string(&one).expect("plain data");
        assert_eq!(serde_json::from_str::<Payload>(&text).expect("the same"), one);
    }
}
