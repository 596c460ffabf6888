//! What brokers write for themselves (`__consumer_offsets`, markers), as text: JSON, in the words of Kafka's own descriptions, as
//! `kafka-console-consumer.sh` prints it with the formatters for these topics.

use crate::wire::codec::Value;
use crate::wire::inspect::{Piece, look_into_record};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

/// Key and value of such a record; none of what cannot be read so, or is an application's.
pub(super) fn decoded(topic: &str, control: bool, key: Option<&Bytes>, value: Option<&Bytes>) -> (Option<String>, Option<String>) {
    let (key, value) = look_into_record(topic, control, key, value);
    (json("type", &key), json("version", &value))
}

/// A number, by its name, and what has that number: `{"type":1,"data":{"group":"g",…}}`.
fn json(number: &str, pieces: &[Piece]) -> Option<String> {
    let [first, rest @ ..] = pieces else { return None };
    // What a member of the group wrote into it may be of a protocol that nobody here knows: that stays as it is.
    if pieces.iter().any(|piece| piece.depth == 0 && piece.fault.is_some()) {
        return None;
    }
    let mut out = format!("{{{}:{}", string(number), scalar(&first.value));
    match rest {
        [] => {}
        [only] if only.value != Value::Struct => out.push_str(&format!(",{}:{}", string(&camel(&only.name)), scalar(&only.value))),
        [message, fields @ ..] => {
            out.push_str(",\"data\":");
            inside(&mut out, message, fields);
        }
    }
    out.push('}');
    Some(out)
}

/// A piece with what is in it: those that follow and lie deeper.
fn inside(out: &mut String, piece: &Piece, below: &[Piece]) {
    let own = below.iter().position(|other| other.depth <= piece.depth).unwrap_or(below.len());
    let below = below.get(..own).unwrap_or_default();
    let is_list = matches!(piece.value, Value::Count(_));
    let unread = matches!(piece.value, Value::Bytes(_)) && below.iter().any(|piece| piece.fault.is_some());
    if unread || below.is_empty() && piece.value != Value::Struct && !is_list {
        return out.push_str(&scalar(&piece.value));
    }
    out.push(if is_list { '[' } else { '{' });
    let mut at = 0;
    let mut first = true;
    while let Some(child) = below.get(at) {
        let deeper = below.get(at + 1..).unwrap_or_default();
        if !first {
            out.push(',');
        }
        first = false;
        if !is_list {
            out.push_str(&string(&camel(&child.name)));
            out.push(':');
        }
        inside(out, child, deeper);
        at += 1 + deeper.iter().position(|other| other.depth <= child.depth).unwrap_or(deeper.len());
    }
    out.push(if is_list { ']' } else { '}' });
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::String(text) => string(text),
        Value::Bytes(bytes) => string(&STANDARD.encode(bytes)),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => value.to_string(),
        other => string(&other.to_string()),
    }
}

/// As JSON.
fn string(text: &str) -> String {
    // Writing a text to a string does not fail.
    serde_json::to_string(text).unwrap_or_default()
}

/// `LeaderEpoch` is `leaderEpoch` in JSON.
fn camel(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Bytes {
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
        digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).expect("hex"), 16).expect("hex")).collect()
    }

    /// The bytes as Apache Kafka 4.3.1 wrote them.
    #[test]
    fn a_committed_offset_is_read() {
        let key = hex("0001 0003 672d31 0003 742d31 00000001");
        let value = hex("0004 0000000000000007 00000003 06 736576656e 000001a1fdf78f43 01 00 10 e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2");
        let (key, value) = decoded("__consumer_offsets", false, Some(&key), Some(&value));
        assert_eq!(key.as_deref(), Some(r#"{"type":1,"data":{"group":"g-1","topic":"t-1","partition":1}}"#));
        let value = value.expect("a value");
        let part = r#"{"version":4,"data":{"offset":7,"leaderEpoch":3,"metadata":"seven","commitTimestamp":1795262222147"#;
        assert!(value.starts_with(part), "{value}");
        assert!(serde_json::from_str::<serde_json::Value>(&value).is_ok(), "{value}");
    }

    #[test]
    fn what_is_an_applications_or_damaged_is_left_as_it_is() {
        let key = hex("0001 0003 672d31 0003 742d31 00000001");
        assert_eq!(decoded("orders", false, Some(&key), None), (None, None));
        assert_eq!(decoded("__consumer_offsets", false, Some(&hex("0001 0009 6d")), None).0, None);
        assert_eq!(decoded("__consumer_offsets", false, None, None), (None, None));
    }
}
