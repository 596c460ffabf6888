//! Many records at once, from what a person typed, or made up.

use super::command::{Bulk, Keys};
use super::outcome::Refusal;
use super::traffic::Traffic;
use crate::base::Rng;
use crate::client::producer::ProducerRecord;
use crate::wire::batch::Header;
use serde_json::Value;
use std::sync::Arc;

/// The most records that one command publishes.
pub const RECORDS_MAX: usize = 10_000;

/// The records that are meant, in order.
pub(super) fn records(bulk: Bulk, topic: &Arc<str>, rng: Rng) -> Result<Vec<ProducerRecord>, Refusal> {
    let to = || ProducerRecord { topic: Arc::clone(topic), ..ProducerRecord::default() };
    let records = match bulk {
        Bulk::Same { key, value, headers, partition, count } => {
            let headers = headers.into_iter().map(|(name, value)| Header::new(name, value.map(Into::into))).collect();
            let one = ProducerRecord { partition, key: key.map(Into::into), value: value.map(Into::into), headers, ..to() };
            vec![one; bounded(count as usize, "count")?]
        }
        Bulk::Lines { text, key_separator } => {
            let mut records = Vec::new();
            for (number, line) in lines(&text) {
                bounded(records.len() + 1, "text")?;
                records.push(from_line(number, line, key_separator.as_deref(), to())?);
            }
            records
        }
        Bulk::JsonLines { text } => {
            let mut records = Vec::new();
            for (number, line) in lines(&text) {
                bounded(records.len() + 1, "text")?;
                records.push(from_json(number, line, to())?);
            }
            records
        }
        Bulk::Sample { keys, count } => {
            if matches!(keys, Keys::Drawn { count: 0, .. }) {
                return Err(Refusal::new("keys", "At least one key is needed to draw from."));
            }
            let mut shop = Traffic::new(Arc::clone(topic), 1, keys, rng);
            (0..bounded(count as usize, "count")?).map(|_| shop.record()).collect()
        }
    };
    if records.is_empty() { Err(Refusal::new("text", "There is nothing to send: a line is a record.")) } else { Ok(records) }
}

fn bounded(count: usize, field: &'static str) -> Result<usize, Refusal> {
    match count {
        0 => Err(Refusal::new(field, "At least one record is needed.")),
        1..=RECORDS_MAX => Ok(count),
        _ => Err(Refusal::new(field, format!("{count} records are more than one command sends: {RECORDS_MAX}."))),
    }
}

/// Lines that are not blank, numbered from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty())
}

/// As `kafka-console-producer.sh` reads it with `parse.key`.
fn from_line(number: usize, line: &str, separator: Option<&str>, record: ProducerRecord) -> Result<ProducerRecord, Refusal> {
    let Some(separator) = separator.filter(|separator| !separator.is_empty()) else {
        return Ok(ProducerRecord { value: Some(line.to_owned().into()), ..record });
    };
    let (key, value) = line
        .split_once(separator)
        .ok_or_else(|| Refusal::new("text", format!("No key separator found on line number {number}: '{line}'")))?;
    Ok(ProducerRecord { key: Some(key.to_owned().into()), value: Some(value.to_owned().into()), ..record })
}

/// An object that has a `value` is a record, with `key` and `headers` if it has them; any other document is a value.
fn from_json(number: usize, line: &str, record: ProducerRecord) -> Result<ProducerRecord, Refusal> {
    let document: Value = serde_json::from_str(line)
        .map_err(|error| Refusal::new("text", format!("Line {number}, column {}: {}.", error.column(), reason(&error))))?;
    let Some(value) = document.get("value") else {
        return Ok(ProducerRecord { value: Some(line.trim().to_owned().into()), ..record });
    };
    let headers = match document.get("headers") {
        Some(Value::Object(fields)) => fields.iter().map(|(name, value)| header(name, value)).collect(),
        Some(Value::Array(pairs)) => pairs.iter().filter_map(pair).collect(),
        _ => Vec::new(),
    };
    let key = document.get("key").and_then(text).map(Into::into);
    Ok(ProducerRecord { key, value: text(value).map(Into::into), headers, ..record })
}

fn header(name: &str, value: &Value) -> Header {
    Header::new(name.to_owned(), text(value).map(Into::into))
}

/// `["name", "value"]`, or `{"key": "name", "value": "value"}`.
fn pair(value: &Value) -> Option<Header> {
    match value {
        Value::Array(both) => Some(header(both.first()?.as_str()?, both.get(1)?)),
        Value::Object(both) => Some(header(both.get("key")?.as_str()?, both.get("value")?)),
        _ => None,
    }
}

/// A text as it is; null is none; anything else as JSON.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// What serde says, without where.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.split(" at line ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record's key and value.
    type Texts = (Option<String>, Option<String>);

    fn of(bulk: Bulk) -> Result<Vec<Texts>, String> {
        let text = |bytes: Option<bytes::Bytes>| bytes.map(|b| String::from_utf8_lossy(&b).into_owned());
        let made = records(bulk, &"orders".into(), Rng::stream(1, "test")).map_err(|refusal| refusal.message)?;
        Ok(made.into_iter().map(|record| (text(record.key), text(record.value))).collect())
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn lines_are_read_as_the_console_producer_reads_them() {
        let lines =
            |text: &str, separator: Option<&str>| of(Bulk::Lines { text: text.to_owned(), key_separator: separator.map(Into::into) });
        assert_eq!(lines("a\n\nb:c", None), Ok(vec![(None, some("a")), (None, some("b:c"))]));
        assert_eq!(lines("a:b:c\n", Some(":")), Ok(vec![(some("a"), some("b:c"))]));
        assert_eq!(lines("a:b\nc", Some(":")), Err("No key separator found on line number 2: 'c'".to_owned()));
    }

    #[test]
    fn json_lines_are_records_or_values() {
        let json = |text: &str| of(Bulk::JsonLines { text: text.to_owned() });
        assert_eq!(json(r#"{"key":"a","value":{"n":1}}"#), Ok(vec![(some("a"), some(r#"{"n":1}"#))]));
        assert_eq!(json(r#"{"key":7,"value":null}"#), Ok(vec![(some("7"), None)]));
        assert_eq!(json(r#"{"n": 1}"#), Ok(vec![(None, some(r#"{"n": 1}"#))]));
        assert_eq!(json("{}\n{\"a\":"), Err("Line 2, column 5: EOF while parsing a value.".to_owned()));
    }

    #[test]
    fn what_is_made_up_has_keys_that_come_again() {
        let made = of(Bulk::Sample { keys: Keys::Drawn { prefix: "k-".to_owned(), count: 2 }, count: 50 }).expect("records");
        assert!(made.len() == 50 && made.iter().all(|(key, value)| matches!(key.as_deref(), Some("k-1" | "k-2")) && value.is_some()));
        assert!(of(Bulk::Sample { keys: Keys::Users, count: 20_000 }).is_err_and(|message| message.contains("10000")));
    }
}
